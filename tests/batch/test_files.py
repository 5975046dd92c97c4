"""WARC files are found on disk and behind addresses, and a lost connection never passes for damage."""

import functools
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from onrecord.batch import files
from onrecord.batch.cutting import cut
from onrecord.batch.files import Steady, Warc, find
from onrecord.batch.reading import numbered
from onrecord.batch.run import Settings, backfill
from onrecord.errors import InputError, SetupError
from onrecord.fetch.archive import captures
from tests.batch.support import ids, instant, pages, write_warc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    write_warc(tmp_path / "a.warc.gz", pages(4))
    write_warc(tmp_path / "deep" / "b.warc", pages(2, first=10), gzip=False)
    (tmp_path / ".hidden.warc.gz").write_bytes(b"")
    (tmp_path / "page.html").write_bytes(b"<p>")
    return tmp_path


def names(*words: object) -> list[str]:
    return [Path(w.name).name for w in find(map(str, words))]


def test_files_folders_and_patterns_are_found_once_each(folder: Path) -> None:
    assert names(folder) == ["a.warc.gz", "b.warc"]
    assert names(folder / "*.warc.gz") == ["a.warc.gz"]
    assert names(folder / "a.warc.gz", folder, f"file://{folder}/a.warc.gz") == ["a.warc.gz", "b.warc"]
    (first, _) = find([str(folder)])
    assert first == Warc(str(folder.resolve() / "a.warc.gz"), (folder / "a.warc.gz").stat().st_size)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("none.warc.gz", "there is no such file; check the name"),
        ("*.none", "no file fits this pattern"),
        ("page.html", "this is no WARC file"),
        (".hidden.warc.gz", "this is no WARC file"),
        ("empty", "the folder holds no WARC files"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(folder: Path, word: str, said: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match=said) as raised:
        find([str(folder / word)])
    assert "\n" not in str(raised.value) and word in str(raised.value)


@pytest.mark.parametrize("word", ["nonsense://x/y.warc.gz", "memory://none.warc.gz", "http://127.0.0.1:9/x.warc.gz"])
def test_addresses_that_cannot_be_used_are_said_in_one_line(word: str) -> None:
    with pytest.raises((InputError, SetupError), match=word.split("//")[0]) as raised:
        find([word])
    assert "\n" not in str(raised.value)


def test_any_file_system_of_fsspec_will_do(folder: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/news/a.warc.gz", (folder / "a.warc.gz").read_bytes())
    system.pipe("/news/notes.txt", b"")
    for word in ("memory://news", "memory://news/*.warc.gz", "memory://news/a.warc.gz"):
        (found,) = find([word])
        assert found == Warc("memory:///news/a.warc.gz", (folder / "a.warc.gz").stat().st_size)
    backfill(["memory://news"], folder / "out", Settings(workers=0, unit=3_000), answer=instant)
    assert len(ids(folder / "out")) == 4


class Ranged(http.server.SimpleHTTPRequestHandler):
    """Serves parts of files, as the hosts of archives do."""

    honours, breaks = True, 0

    def do_GET(self) -> None:
        asked, data = self.headers.get("Range"), Path(self.translate_path(self.path)).read_bytes()
        if not asked or not self.honours:
            super().do_GET()
            return
        if Ranged.breaks:
            Ranged.breaks -= 1
            self.send_error(503)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        part = data[int(first) : int(last or len(data)) + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes" if self.honours else "none")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    pytest.importorskip("aiohttp", reason="fsspec needs it for https://")
    monkeypatch.setattr(files, "PAUSE", 0.01)
    monkeypatch.setattr(Ranged, "honours", True)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranged, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_files_of_a_web_server_are_read_in_parts(site: str, folder: Path) -> None:
    (warc,) = find([f"{site}/a.warc.gz"])
    parts = [list(numbered(unit)) for unit in cut(warc.name, 3_000).units()]
    assert len(parts) > 1
    assert [found for part in parts for *_, found in part] == list(captures(folder / "a.warc.gz"))


def test_a_server_that_stumbles_is_asked_again(site: str, folder: Path) -> None:
    (warc,) = find([f"{site}/a.warc.gz"])
    (unit,) = cut(warc.name, 10**9).units()
    Ranged.breaks = files.TRIES - 1
    assert [found for *_, found in numbered(unit)] == list(captures(folder / "a.warc.gz"))


def test_a_server_that_fails_is_no_damage(site: str, folder: Path) -> None:
    (warc,) = find([f"{site}/a.warc.gz"])
    (unit,) = cut(warc.name, 10**9).units()
    Ranged.breaks = 1_000
    try:
        with pytest.raises(InputError, match="it cannot be read"):
            list(numbered(unit))
    finally:
        Ranged.breaks = 0


def test_a_server_that_gives_no_parts_is_said(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ranged, "honours", False)
    with pytest.raises(InputError, match="only from their beginning; get the file first"):
        cut(find([f"{site}/a.warc.gz"])[0].name, 3_000)


def test_reads_are_tried_again_from_where_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAUSE", 0.0)

    class Shaky(io.BytesIO):
        left = 3

        def read(self, size: int | None = -1) -> bytes:
            self.left -= 1
            if self.left > 0:
                super().read(2)
                raise ConnectionError("reset")
            return super().read(size)

    assert Steady(Shaky(b"abcdef"), "x", 4).read(6) == b"abcdef"
    hopeless = Steady(Shaky(b"abcdef"), "x", 1)
    with pytest.raises(InputError, match="x: it cannot be read: reset"):
        hopeless.read(6)
    assert hopeless.error, "for who takes the exception for damage"
