"""The record from Python, beyond what the pages of docs/api show."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord import InputError, Record, SetupError, open_record
from onrecord.api import moment
from onrecord.cli import main
from tests.support import EXAMPLES

PIER = EXAMPLES / "pier-row.html"
NOTE = b"Levy to fall\n\nThe levy will fall by half, Transport Minister Ilse Karvonen said on Friday."


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "desk", create=True)


def test_importing_the_package_loads_nothing_and_every_public_name_is_there() -> None:
    code = "import sys, onrecord; print(sorted(m for m in sys.modules if m.startswith('onrecord')), 'msgspec' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['onrecord'] False"
    assert all(getattr(onrecord, name).__name__ == name for name in onrecord.__all__)
    assert set(onrecord.__all__) <= set(dir(onrecord))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        onrecord.nothing  # noqa: B018


def test_a_record_that_is_not_there_is_not_made_by_mistake(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="there is no record in"):
        open_record(tmp_path / "desk")
    assert not (tmp_path / "desk").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match="cannot be made"):
        open_record(tmp_path / "file" / "desk", create=True)


def test_what_is_added_here_is_what_the_command_line_has(record: Record, tmp_path: Path) -> None:
    with record:
        (done,) = record.add(PIER).recorded
    home = ("--home", str(tmp_path / "desk"))
    again = CliRunner().invoke(main, [*home, "add", "--workers", "0", str(PIER)])
    assert "1 article in the record" in again.stderr
    assert CliRunner().invoke(main, [*home, "verify"]).exit_code == 0
    shown = json.loads(CliRunner().invoke(main, [*home, "show", "--format", "json", done.article]).stdout)
    assert shown["article"]["title"] and len(shown["captures"]) == 1


def test_a_page_that_changed_is_an_edit_and_old_readings_are_left_out(record: Record) -> None:
    url = "https://tidewire.example/levy"
    with record:
        record.add(NOTE, url=url, published="2031-05-16")
        (second,) = record.add(NOTE.replace(b"half", b"a third"), url=url, published="2031-05-16").recorded
        assert second.edit and second.edit.silent
        assert [r.article.url for r in record.readings()] == [url, url]


def test_failures_stay_in_the_record_and_stop_nothing(record: Record) -> None:
    with record:
        added = record.add(b"\x00\x01", PIER, b"")
        assert [(f.stage, len(added.recorded)) for f in added.failures] == [("parse", 1), ("parse", 1)]
        from onrecord import store

        assert len(store.failures(record.store)) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda r: r.add(NOTE, published="soon"), "is no date"),
        (lambda r: r.add(NOTE, PIER, url="https://a.example/"), "one source only"),
        (lambda r: r.add(NOTE, reader="xx"), "there is no reader 'xx'"),
        (lambda r: list(r.readings(since="2031-13-01")), "is no day or moment"),
        (lambda r: r.attributions(since="yesterday"), "is no day or moment"),
        (lambda r: r.show("zz"), "is no id"),
        (lambda r: r.archived("abcdef0123"), "nothing in the record has an id"),
        (lambda r: r.story("abcdef0123"), "no stories have an id"),
        (lambda r: r.arm("figure > 5 ships", condition="abcdef01"), "a question in words, or condition="),
        (lambda r: r.arm(), "a question in words, or condition="),
        (lambda r: r.evidence("nothing"), "no indicator begins with 'nothing'"),
        (lambda r: r.disarm("nothing"), "no indicator begins with 'nothing'"),
    ],
)
def test_what_is_asked_wrongly_is_one_clear_line(record: Record, call: object, message: str) -> None:
    with record, pytest.raises(InputError, match=message) as caught:
        call(record)  # type: ignore[operator]
    assert len(str(caught.value).splitlines()) == 1
    with open_record(record.home) as again:
        assert not list(again.readings())


def test_an_empty_record_answers_everything_with_nothing(record: Record) -> None:
    with record:
        assert not (record.stories() or record.changes() or record.conditions() or record.indicators())
        assert not (record.alerts() or record.attributions() or list(record.readings()))
        assert record.test("figure > 5 ships").evidence == ()


def test_readings_are_given_in_pages_while_more_come_in(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.store import listing

    monkeypatch.setattr(listing, "PAGE", 2)
    with record:
        for n in range(5):
            record.add(NOTE.replace(b"half", b"%d per cent" % n), published="2031-05-16")
        seen = []
        for reading in record.readings():
            if not seen:
                record.add(NOTE.replace(b"half", b"9 per cent"), published="2031-05-16")
            seen.append(reading.article.id)
        assert len(seen) == len(set(seen)) == 6


def test_it_works_where_an_event_loop_runs(record: Record) -> None:
    async def inside() -> int:
        return len(record.add(NOTE).recorded)

    with record:
        assert asyncio.run(inside()) == 1


def test_moments() -> None:
    assert moment(None) is None
    assert moment("2031-05-14") == moment(date(2031, 5, 14)) == "2031-05-14"
    assert moment("2031-05-14T09:00+02:00") == "2031-05-14T07:00:00Z"
    assert moment(datetime(2031, 5, 14, 9, tzinfo=timezone(timedelta(hours=2)))) == "2031-05-14T07:00:00Z"
    assert moment(datetime(2031, 5, 14, 9)) == moment(datetime(2031, 5, 14, 9, tzinfo=UTC)) == "2031-05-14T09:00:00Z"
