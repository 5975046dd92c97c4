"""A record that tables were loaded into is the one that adding the WARC files would have made."""

import gzip
import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.batch.load import load
from onrecord.batch.run import Settings, backfill
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.fetch.warc import Evidence
from onrecord.store import failures, known_ends, open_store, verify
from onrecord.store.clock import now
from tests.batch.support import forked, instant, page, pages, write_warc

OWN = {"warc_file", "warc_offset", "made_when", "first_seen", "last_seen", "judged_when"}  # of one record alone
HALF_HOUR = "2031-05-21T00:30:00Z"


def onrecord(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def contents(home: Path) -> dict[str, list[str]]:
    """The rows of every table, without what two records of the same things differ in; JSON in one order, as sets have none."""
    with closing(sqlite3.connect(home / "onrecord.db")) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'") if "_words_" not in n and n != "identity" and not n.startswith("sqlite")]  # fmt: skip
        found = {}
        for name in names:
            own = OWN | (
                {"row"} if name == "failures" else set()
            )  # add tells of some failures before it is done with earlier pages
            columns = [c[1] for c in db.execute(f"PRAGMA table_info({name})") if c[1] not in own]
            found[name] = sorted(repr([settled(v) for v in row]) for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}"))  # fmt: skip
    found.pop("loads", None)
    return found


def settled(value: object) -> object:
    """A value whose order, where it is JSON of a set, does not depend on the process."""
    return sorted(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


@pytest.fixture
def warcs(tmp_path: Path) -> Path:
    """Pages of two files: one edited later, one without an article twice, one shown twice, and a damaged record."""
    folder = tmp_path / "warcs"
    folder.mkdir()
    edited = ("https://gazette.example/news/2", page(2).replace(b"Harbour report", b"Harbour account"), HALF_HOUR)
    empty = [(f"https://gazette.example/{n}", b"<p>404</p>", HALF_HOUR) for n in "aa"]
    write_warc(folder / "a.warc.gz", [*pages(6), *empty, *pages(1)])
    write_warc(folder / "b.warc.gz", [edited, *pages(3, first=50)])
    data = bytearray((folder / "b.warc.gz").read_bytes())
    data[-40:-36] = b"\0\1\2\3"
    (folder / "b.warc.gz").write_bytes(data)
    return folder


def tables(warcs: Path, **more: object) -> Path:
    out = warcs.parent / "out"
    backfill([str(warcs)], out, Settings(workers=0, unit=4_000), **more)  # type: ignore[arg-type]
    return out


def test_load_makes_the_record_that_add_makes(warcs: Path) -> None:
    out, home, other = tables(warcs), warcs.parent / "home", warcs.parent / "other"
    loaded = onrecord(home, "load", str(out))
    assert loaded.exit_code == 0, loaded.stderr
    assert "9 new articles of 12 captures, 3 failures" in loaded.stderr, loaded.stderr
    assert onrecord(other, "add", str(warcs), "--workers", "0").exit_code == 1, "some of it cannot be read"
    ours, theirs = contents(home), contents(other)
    for table in theirs:
        assert ours[table] == theirs[table], table
    assert len(ours["edits"]) == 1 and len(ours["resolved"]) == 9 and ours["stories"]
    assert onrecord(home, "verify").exit_code == 0


def test_twice_is_once(warcs: Path) -> None:
    out, home = tables(warcs), warcs.parent / "home"
    onrecord(home, "load", str(out))
    before = contents(home)
    again = onrecord(home, "load", str(out))
    assert again.exit_code == 0 and "0 new articles of 0 captures, 0 failures; 3 parts of" in again.stderr, again.stderr
    assert contents(home) == before, "failures are not counted twice"


def test_killed_anywhere_and_run_again_it_is_the_same(warcs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each life is a little longer than the one before: killed before a transaction, when bytes are kept, or behind one."""
    monkeypatch.setattr("onrecord.batch.load.AT_ONCE", 3)
    out, home, other = tables(warcs, answer=instant), warcs.parent / "home", warcs.parent / "other"
    lives = 0
    while True:
        lives += 1
        left = lives

        def count(*_: object) -> str:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return now()

        if forked(lambda: bring(out, home, when=count, step=count)) == 0:
            break
    assert lives > 5
    bring(out, other)
    assert contents(home) == contents(other)
    with open_store(home) as store, Evidence(home / "evidence") as evidence:
        assert list(verify(store, lambda kept: evidence.read(kept).body)) == []
        assert list(evidence.stray(known_ends(store))) == [], "bytes that no row knew are used"


def bring(out: Path, home: Path, **more: Any) -> None:
    with open_store(home) as store, Evidence(home / "evidence") as evidence:
        load(out, store, evidence, **more)


def test_warc_files_that_were_moved_are_found_by_their_names(warcs: Path) -> None:
    out, home = tables(warcs, answer=instant), warcs.parent / "home"
    warcs.rename(warcs.parent / "elsewhere")
    refused = onrecord(home, "load", str(out))
    assert refused.exit_code == 1 and "give their folder with --warcs" in refused.stderr
    assert onrecord(home, "load", str(out), "--no-resolve", "--warcs", str(warcs.parent / "elsewhere")).exit_code == 0
    assert onrecord(home, "verify").exit_code == 0


def test_another_file_of_the_same_name_and_size_is_refused(warcs: Path) -> None:
    out = tables(warcs, answer=instant)
    path = warcs / "a.warc.gz"
    size = path.stat().st_size
    write_warc(path, pages(6, first=20))
    path.write_bytes(path.read_bytes()[:size].ljust(size, b"\0"))
    with pytest.raises(InputError, match=r"a.warc.gz is not what it was when it was read"):
        bring(out, warcs.parent / "home")


def test_missing_tables_are_said(warcs: Path) -> None:
    out = tables(warcs, answer=instant)
    shutil.rmtree(out / "articles")
    with pytest.raises(InputError, match="tables that the manifest names cannot be read"):
        bring(out, warcs.parent / "home")
    assert "no tables are here" in onrecord(warcs.parent / "home", "load", str(warcs)).stderr


def test_a_file_that_is_one_gzip_stream_is_loaded_too(tmp_path: Path) -> None:
    plain = write_warc(tmp_path / "x.warc", pages(5), gzip=False).read_bytes()
    (tmp_path / "x.warc").unlink()
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(plain))
    backfill([str(tmp_path / "x.warc.gz")], tmp_path / "out", Settings(workers=0, unit=100), answer=instant)
    bring(tmp_path / "out", tmp_path / "home")
    with open_store(tmp_path / "home") as store, Evidence(tmp_path / "home" / "evidence") as evidence:
        assert list(verify(store, lambda kept: evidence.read(kept).body)) == [] and failures(store) == []


def test_a_forgotten_article_does_not_come_back(warcs: Path) -> None:
    out, home = tables(warcs, answer=instant), warcs.parent / "home"
    onrecord(home, "load", str(out), "--no-resolve")
    (found, *_) = articles(home)
    assert onrecord(home, "forget", found, "--yes").exit_code == 0
    onrecord(home, "load", str(out), "--no-resolve")
    assert found not in set(articles(home))


def articles(home: Path) -> Iterator[str]:
    with closing(sqlite3.connect(home / "onrecord.db")) as db:
        yield from [id for (id,) in db.execute("SELECT id FROM articles")]


def test_the_words_lead_back_to_the_bytes(warcs: Path) -> None:
    out, home = tables(warcs, answer=instant), warcs.parent / "home"
    onrecord(home, "load", str(out), "--no-resolve")
    with closing(sqlite3.connect(home / "onrecord.db")) as db:
        (part,) = db.execute("SELECT id FROM entities LIMIT 1").fetchone()
    shown = json.loads(onrecord(home, "show", part, "--format", "json").stdout)
    assert shown["words"] and shown["captures"][0]["file"].endswith(".warc.gz")
