import csv as stdlib_csv
import io
import json as stdlib_json
import re
from html import unescape

import pytest
from msgspec.structs import replace

from onrecord.export import csv, html, json, terminal
from onrecord.model import Clutter, Reading
from tests.support import TEXT, article, reading

HOSTILE = "<script>alert(1)</script>\x1b[31m{{7*7}}\u202e=cmd|' /C calc'!A0 \"'><img src=x onerror=alert(1)>"


def written(module: object, *readings: Reading) -> str:
    out = io.StringIO()
    module.write(readings, out)  # type: ignore[attr-defined]
    return out.getvalue()


def hostile() -> Reading:
    """A Reading with hostile words in every free field."""
    base = reading()
    bad = replace(
        base.article,
        title=HOSTILE,
        text=HOSTILE + base.article.text[len(HOSTILE) :],
        byline=(HOSTILE,),
        url=HOSTILE,
        clutter=(Clutter(text=HOSTILE, kind="promo"),),
    )
    entities = tuple(replace(e, name=HOSTILE, role=HOSTILE, country=HOSTILE) for e in base.entities)
    return replace(
        base,
        input=HOSTILE,
        article=bad,
        entities=entities,
        findings=tuple(replace(f, note=HOSTILE) for f in base.findings),
    )


def test_json_is_a_reading_a_line() -> None:
    lines = written(json, reading(), reading()).splitlines()
    assert len(lines) == 2 and all(stdlib_json.loads(line)["schema"] == "onrecord.reading/1" for line in lines)


def test_csv_is_an_attribution_a_row() -> None:
    rows = list(stdlib_csv.DictReader(io.StringIO(written(csv, reading()))))
    assert [r["id"] for r in rows] == ["a1", "a2", "a3", "a4"]
    assert rows[0]["speaker"] == "Ilse Karvonen" and rows[0]["venue"] == "Tidewire" and rows[2]["within"] == "a2"
    assert rows[3]["content"] == "If traffic exceeds 4,000 ships … the levy will return" and rows[3]["negated"] == "yes"


def test_csv_cells_are_no_formulas() -> None:
    assert csv.guarded("=1+1") == "'=1+1" and csv.guarded("-5") == "'-5" and csv.guarded("plain") == "plain"
    body = written(csv, hostile()).split("\n", 1)[1]
    assert all(not cell.startswith(("=", "+", "@")) for row in stdlib_csv.reader(io.StringIO(body)) for cell in row)


def test_terminal_report_says_all() -> None:
    report = written(terminal, reading())
    for words in ("Levy ‘to be halved’ in Seldrin", "Ilse Karvonen, Transport Minister  told  certain  via Tidewire", "[anonymous]", "denied or not said", "└ in these words:",
                  "more than 4,000 ships", "COMMITMENT: if traffic exceeds 4,000 ships", "MISQUOTE", "promo: Read more"):  # fmt: skip
        assert words in report
    assert "\x1b" not in report and all(len(line) <= 110 for line in report.splitlines())
    assert not any(line != line.rstrip() for line in report.splitlines())


def test_terminal_cannot_be_driven_by_an_article() -> None:
    report = written(terminal, hostile())
    assert "\x1b" not in report and "\u202e" not in report


def test_html_reproduces_the_text_and_links_both_ways() -> None:
    page = written(html, reading())
    body = re.search(r"<article[^>]*>(.*?)</article>", page, re.S)
    assert body
    plain = unescape(re.sub(r"<[^>]+>", "", body.group(1).replace("</h1>\n<p>", "\n\n").replace("</p>\n<p>", "\n\n")))
    assert plain == TEXT
    for record in ("a1", "a2", "a3", "a4", "f1", "c1", "d1", "n1"):
        assert f'id="r1-{record}"' in page and f'href="#t-r1-{record}"' in page and f'id="t-r1-{record}"' in page
    assert 'class="s c e"' in page  # the nested source, within the outer content


def test_html_marks_nesting() -> None:
    assert re.search(r'class="[^"]*\bc n2"[^>]*>a calm year<', written(html, reading()))


def test_html_escapes_everything_and_needs_no_network() -> None:
    page = written(html, hostile())
    outside = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.S)
    assert "<script>alert" not in page and "<img" not in page and "onerror=alert(1)&gt;" in page
    assert page.count("<script>") == 1 and "http://" not in outside and "https://" not in outside
    assert "default-src &#x27;none&#x27;" in page


def test_broken_ids_do_not_loop() -> None:
    base = reading()
    circular = replace(
        base,
        attributions=tuple(
            replace(a, within="a2" if a.id == "a3" else "a3" if a.id == "a2" else None) for a in base.attributions
        ),
    )
    assert written(terminal, circular) and written(html, circular)


@pytest.mark.parametrize("module", [terminal, html, csv, json])
def test_an_unread_article_is_said_to_be_unread(module: object) -> None:
    unread = Reading(input="x.html", reader=None, article=article("Titel\n\nEin Satz.", "Titel", language="de"))
    out = written(module, unread)
    if module in (terminal, html):
        assert "no reader for the language “de”" in out


def test_csv_comes_back_as_it_went_out() -> None:
    cells = [row for r in (reading(), hostile()) for row in csv.rows(r)]
    back = list(stdlib_csv.reader(io.StringIO(written(csv, reading(), hostile()))))
    assert back == [list(csv.HEADER), *cells]
    assert all(cell.isprintable() or "\u202e" in cell for row in back for cell in row)
