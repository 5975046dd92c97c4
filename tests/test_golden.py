"""Golden pages: small texts written for the purpose, with their reviewed readings as marked text in `golden/`."""

from pathlib import Path

import pytest

from onrecord.model import Capture
from onrecord.parse import parse
from onrecord.read import read
from onrecord.text import Span
from tests import marked
from tests.support import reading

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    """The words of spans, without marks at their edges."""
    return [text[s:e].strip(" .,“”‘’\"'") for s, e in spans]


def test_marked_text_round_trip() -> None:
    base = reading()
    text, records = marked.parse(marked.show(base.article.text, base.attributions, base))
    assert text == base.article.text
    assert [(r.source, r.cue, r.content) for r in records.values()] == [
        (a.source, a.cue, a.content) for a in base.attributions
    ]
    assert records[3].within == 2 and records[1].speaker == "Ilse Karvonen"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden_page(path: Path) -> None:
    text, records = marked.parse(path.read_text(encoding="utf-8").strip())
    article = parse(Capture(name=path.name, body=text.encode()))
    assert article.text == text, "a golden page must come through parse unchanged"
    got = read(article)
    names = {e.id: e.name for e in got.entities}
    found = {(tuple(words(text, a.cue)), tuple(words(text, a.content))): a for a in got.attributions}
    shown = marked.show(text, got.attributions, got)
    for number, record in records.items():
        a = found.get((tuple(words(text, record.cue)), tuple(words(text, record.content))))
        assert a, f"record {number} was not read so:\n{shown}"
        assert words(text, a.source) == words(text, record.source), shown
        if record.speaker:
            assert names.get(a.speaker or "") == record.speaker, shown
        parent = records.get(record.within) if record.within else None
        if parent:
            holder = next(x for x in got.attributions if x.id == a.within)
            assert words(text, holder.cue) == words(text, parent.cue), shown
    assert len(got.attributions) <= len(records) + 1, f"more was read than was said:\n{shown}"
