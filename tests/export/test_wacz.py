"""The package of a story, opened by hand: every digest, every offset, every page; and by the reference tool where that is installed."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from onrecord.cli import main
from onrecord.export import cdxj, wacz
from onrecord.export.formats import FORMATS, export
from onrecord.fetch.warc import Evidence
from onrecord.model import decode_reading
from onrecord.store import bundles, knowing, open_store
from onrecord.store.exporting import select

Opened = zipfile.ZipFile


def story_of(home: Path) -> str:
    """The story with the most articles."""
    with open_store(home) as store:
        return max(knowing.stories(store, limit=100), key=lambda s: (s.articles, s.id)).id


def packed(home: Path, path: Path, *more: str) -> Any:
    """The command that writes the package of that story."""
    return CliRunner().invoke(
        main, ["--home", str(home), "export", "wacz", "--story", story_of(home), "-o", str(path), *more]
    )


@pytest.fixture(scope="module")
def path(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wacz") / "story.wacz"
    assert packed(demonstration, made).exit_code == 0
    return made


@pytest.fixture
def package(path: Path) -> Iterator[Opened]:
    with zipfile.ZipFile(path) as opened:
        yield opened


def lines(package: Opened, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in package.read(name).splitlines()]


def index(package: Opened) -> list[tuple[str, str, dict[str, Any]]]:
    found = [line.split(" ", 2) for line in gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()]
    return [(key, moment, json.loads(rest)) for key, moment, rest in found]


def digest(data: bytes) -> str:
    return "sha256:" + sha256(data).hexdigest()


def check_digests(package: Opened) -> dict[str, Any]:
    """The manifest, all of whose digests hold, and which lists every file."""
    manifest: dict[str, Any] = json.loads(package.read("datapackage.json"))
    assert json.loads(package.read("datapackage-digest.json")) == {
        "path": "datapackage.json",
        "hash": digest(package.read("datapackage.json")),
    }
    listed = {r["path"]: r for r in manifest["resources"]}
    assert {*listed, "datapackage.json", "datapackage-digest.json"} == set(package.namelist())
    for name, resource in listed.items():
        data = package.read(name)
        assert (resource["hash"], resource["bytes"]) == (digest(data), len(data)), name
        assert resource["name"] == name.rpartition("/")[2]
    return manifest


def test_every_file_is_listed_with_its_digest(package: Opened) -> None:
    manifest = check_digests(package)
    assert (manifest["profile"], manifest["wacz_version"]) == ("data-package", "1.1.1")
    assert manifest["title"] and "not what is true" in manifest["description"]
    assert package.testzip() is None


def test_what_is_packed_already_is_stored_as_it_is(package: Opened) -> None:
    for name in ("archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"):
        assert package.getinfo(name).compress_type == zipfile.ZIP_STORED


def test_the_index_leads_to_every_record(package: Opened) -> None:
    """As a reader does it: from the block that the keys name to the line, from the line to the bytes, from the bytes to the page."""
    archive, found = package.read("archive/data.warc.gz"), index(package)
    assert [f[:2] for f in found] == sorted(f[:2] for f in found) and len(found) > 3
    for key, moment, line in found:
        offset, length = int(line["offset"]), int(line["length"])
        member = archive[offset : offset + length]
        assert line["filename"] == "data.warc.gz" and digest(member) == line["recordDigest"]
        [record] = list_of(member)
        assert record.rec_headers.get_header("WARC-Target-URI") == line["url"] and cdxj.surt(line["url"]) == key
        assert record.rec_headers.get_header("WARC-Date").translate({ord(c): None for c in "-:TZ"}) == moment
        assert record.rec_headers.get_header("WARC-Payload-Digest") == line["digest"] == digest(record.body)
        assert (line["mime"], line["status"]) == ("text/html", "200")


class Read:
    """A record and its payload, checked by warcio."""

    def __init__(self, record: Any) -> None:
        self.rec_type, self.rec_headers = record.rec_type, record.rec_headers
        self.body: bytes = record.content_stream().read()


def list_of(data: bytes) -> list[Read]:
    return [Read(record) for record in ArchiveIterator(io.BytesIO(data), check_digests="raise")]


def test_the_archive_holds_an_opening_and_the_records_that_are_indexed(package: Opened) -> None:
    records = list_of(package.read("archive/data.warc.gz"))
    assert [r.rec_type for r in records] == ["warcinfo", *["response"] * len(index(package))]


def test_the_keys_name_each_block(package: Opened) -> None:
    meta, *keys = package.read("indexes/index.idx").decode().splitlines()
    assert meta == '!meta 0 {"format":"cdxj-gzip-1.0","filename":"index.cdx.gz"}'
    for line in keys:
        key, moment, rest = line.split(" ", 2)
        where = json.loads(rest)
        block = package.read("indexes/index.cdx.gz")[where["offset"] : where["offset"] + where["length"]]
        assert digest(block) == where["digest"] and gzip.decompress(block).decode().startswith(f"{key} {moment} ")


def test_records_are_those_of_the_evidence(package: Opened, demonstration: Path) -> None:
    kept = b"".join(p.read_bytes() for p in sorted((demonstration / "evidence").iterdir()))
    archive = package.read("archive/data.warc.gz")
    for _, _, line in index(package):
        assert archive[int(line["offset"]) : int(line["offset"]) + int(line["length"])] in kept


def test_each_page_is_indexed_and_has_the_text_that_was_read(package: Opened) -> None:
    head, *pages = lines(package, "pages/pages.jsonl")
    assert head["format"] == "json-pages-1.0"
    indexed = {(f["url"], moment, f["digest"]) for _, moment, f in index(package)}
    assert {(p["url"], p["ts"].translate({ord(c): None for c in "-:TZ"}), p["digest"]) for p in pages} == indexed
    texts = {r["article"]["id"]: r["article"]["text"] for r in lines(package, "onrecord/readings.jsonl")}
    assert pages and all(texts[p["article"]] == p["text"] for p in pages)
    assert len({p["id"] for p in pages}) == len(pages)


def test_readings_are_readings_and_the_story_is_the_story(package: Opened, demonstration: Path) -> None:
    readings = [decode_reading(line) for line in package.read("onrecord/readings.jsonl").splitlines()]
    story = json.loads(package.read("onrecord/story.json"))
    assert [r.article.id for r in readings] == [c["article"] for c in story["coverage"]]
    assert story["story"]["id"] == story_of(demonstration) and story["accounts"]


def test_the_same_record_gives_the_same_bytes(path: Path, demonstration: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.wacz"
    packed(demonstration, again)
    assert again.read_bytes() == path.read_bytes()
    command = [sys.executable, "-m", "onrecord", "--home", str(demonstration), "export", "wacz", "--story", story_of(demonstration)]  # fmt: skip
    assert subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout == path.read_bytes()


def test_what_was_erased_is_named_and_the_rest_is_whole(demonstration: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(demonstration, tmp_path / "home"))
    with open_store(home) as store, store.reading() as transaction:
        first = bundles.covered(transaction, knowing.story_row(transaction, story_of(home)))[0]
    with Evidence(home / "evidence") as evidence:
        evidence.erase(first.captures[0])
    result = packed(home, tmp_path / "rest.wacz")
    assert result.exit_code == 1 and "was erased" in result.output and "without 1 captures" in result.output
    with zipfile.ZipFile(tmp_path / "rest.wacz") as package:
        manifest = check_digests(package)
        [lost] = lines(package, "onrecord/missing.jsonl")
        assert first.captures[0].digest in lost["reason"] and "missing.jsonl" in manifest["description"]
        assert first.captures[0].digest not in {f["digest"] for _, _, f in index(package)}
        assert len(lines(package, "onrecord/readings.jsonl")) == len(lines(package, "pages/pages.jsonl"))


def test_since_leaves_out_earlier_articles(demonstration: Path, tmp_path: Path) -> None:
    with open_store(demonstration) as store:
        id = story_of(demonstration)
        last = knowing.story(store, id).coverage[-1]
        export(FORMATS["wacz"], select(store, story=id, since=last.moment), str(tmp_path / "late.wacz"))
    with zipfile.ZipFile(tmp_path / "late.wacz") as package:
        assert [r["article"]["id"] for r in lines(package, "onrecord/readings.jsonl")] == [last.article]


def test_it_is_of_one_story(demonstration: Path) -> None:
    result = CliRunner().invoke(main, ["--home", str(demonstration), "export", "wacz", "-o", "never.wacz"])
    assert result.exit_code == 1 and "give --story" in result.output and not Path("never.wacz").exists()


@pytest.mark.parametrize(
    ("url", "key"),
    [  # the keys that the package surt 0.3.1 makes of these
        ("http://www.Example.org/A/?b&a", "org,example)/a?a&b"),
        ("https://news.example:8443/x/", "example,news:8443)/x"),
        ("http://example.org", "org,example)/"),
        ("https://www2.example.org/Path/To?z=1&a=2&a=1#frag", "org,example)/path/to?a=1&a=2&z=1"),
        ("http://example.org/a//b", "org,example)/a/b"),
        ("https://example.org:443/", "org,example)/"),
        ("http://user@example.org/a b", "org,example)/a%20b"),
        ("https://example.org/É", "org,example)/%c3%89"),
        ("file:page.html", "file:page.html"),
    ],
)
def test_keys_of_addresses(url: str, key: str) -> None:
    assert cdxj.surt(url) == key


@pytest.mark.parametrize("url", ["http://[::1", "http://x.example:port/", "a b\nc", ""])
def test_what_is_no_address_is_a_key_without_white_space(url: str) -> None:
    assert not set(cdxj.surt(url)) & set(" \n")


def test_an_index_of_several_blocks() -> None:
    lines = [f"org,example)/{n:03} 20310514000000 {{}}\n" for n in reversed(range(25))]
    data, keys = cdxj.packed(lines, size=10)
    assert gzip.decompress(data).decode() == "".join(sorted(lines))
    assert [k.split(" ")[0] for k in keys.splitlines()] == ["!meta", *(f"org,example)/{n:03}" for n in (0, 10, 20))]


@pytest.mark.parametrize("moment", ["1969-07-20T20:17:00Z", "2199-01-01T00:00:00Z"])
def test_moments_that_a_zip_file_cannot_tell(moment: str) -> None:
    out = io.BytesIO()
    package = wacz.Package(out, moment)
    package.add("pages/pages.jsonl", iter([b"{}\n"]))
    package.close({})
    assert zipfile.ZipFile(out).read("pages/pages.jsonl") == b"{}\n"


def test_the_reference_tool_finds_it_valid(path: Path) -> None:
    tool = shutil.which("wacz")
    if tool is None:
        pytest.skip(
            "py-wacz is not installed (its dependency surt is AGPL): pip install wacz==0.6.0 in an environment of its own"
        )
    result = subprocess.run([tool, "validate", "-f", str(path)], capture_output=True, text=True)
    assert "the passed WACZ is valid" in result.stdout and result.returncode == 0
