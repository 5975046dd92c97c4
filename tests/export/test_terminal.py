"""The report fits its terminal and cannot drive it."""

import io

import pytest
from msgspec.structs import replace

from onrecord.export import terminal
from onrecord.model import Dated
from tests.store.support import full
from tests.support import TEXT, reading

SIXTY = """\
Levy ‘to be halved’ in Seldrin
Tidewire · Oona Rask · 2031-05-16 (meta)
page.html

SAID (4)
  Ilse Karvonen, Transport Minister  told  certain  via
  Tidewire  quoted
    “We priced ourselves out”

  Ilse Karvonen, Transport Minister  recalled  certain
  partly quoted
    that the harbour master had promised “a calm year”

    └ in these words:
      harbour master  had promised  certain  via Ilse
      Karvonen  quoted
        “a calm year”
"""


def printed(width: int, **changes: object) -> str:
    out = io.StringIO()
    terminal.write([replace(reading(), **changes)], out, width)
    return out.getvalue()


def test_at_sixty_columns() -> None:
    assert printed(60).startswith(SIXTY)


@pytest.mark.parametrize("width", [12, 40, 60, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(len(line) <= width for line in printed(width).splitlines())


def test_a_wide_terminal_wraps_nothing() -> None:
    assert "  Ilse Karvonen, Transport Minister  recalled  certain  partly quoted\n" in printed(120)


@pytest.mark.parametrize("bad", ["\x1b]0;owned\x07", "\x9b31m", "\u202egnp", "\u2066x", "\r", "\x00", "\ud800"])
def test_control_is_neutralised_in_every_field(bad: str) -> None:
    base = reading()
    article = replace(
        base.article,
        title=bad,
        text=TEXT.replace("“We", bad[:1] + "We"),
        language=bad,
        published=Dated(value=bad, evidence="meta"),
    )
    figures = tuple(replace(f, unit=bad) for f in base.figures)
    dates = tuple(replace(d, value=bad) for d in base.dates)
    for reader in (base.reader, None):
        report = printed(100, input=bad, reader=reader, article=article, figures=figures, dates=dates)
        assert not set(report) & set("\x1b\x07\x9b\u202e\u2066\r\x00\ud800")


def test_soft_hyphens_are_left_out() -> None:
    assert terminal.safe("Minis\u00adter\ufeff") == "Minister"


def test_an_event_has_a_line_and_cannot_drive_the_terminal() -> None:
    events = full().events
    assert "EVENTS (1)\n  exceeds  =  MOBILIZE" in printed(120, events=events)
    bad = tuple(replace(v, type="\x1b[31m", mode="\x9b", actors=("\x07",)) for v in events)
    assert not {"\x1b", "\x9b", "\x07"} & set(printed(120, events=bad))
