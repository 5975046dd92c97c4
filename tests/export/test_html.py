"""The page keeps every word, and every record is a click away from its words and back."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.export import html
from onrecord.export.view import in_order
from onrecord.model import Attribution, Dated, Reading
from onrecord.text import Spans, merge
from tests.store.support import full
from tests.support import TEXT, article, reading


class Page(HTMLParser):
    """What a browser sees: ids, links, and the words of the article with the records of each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: dict[str, str] = {}
        self.open: list[str] = []
        self.closing = ""
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes.update(found)
        self.ids += [found["id"]] if found.get("id") else []  # type: ignore[list-item]
        self.links += [found["href"]] if found.get("href") else []  # type: ignore[list-item]
        if "data-r" in found:
            self.open, self.closing = (found["data-r"] or "").split(), tag

    def handle_endtag(self, tag: str) -> None:
        self.open = [] if tag == self.closing else self.open

    def handle_data(self, data: str) -> None:
        for record in self.open:
            self.words[record] = self.words.get(record, "") + data


def words_at(text: str, spans: Spans) -> str:
    return "".join(text[a:b] for a, b in merge(spans))


def article_text(page: str) -> str:
    body = re.search(r"<article[^>]*>(.*?)</article>", page, re.S)
    assert body
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(h1|p)>\n<p>", "\n\n", body.group(1))))


def test_each_record_marks_exactly_its_words() -> None:
    found = reading()
    words = Page(html.page([found])).words
    for a in found.attributions:
        assert words[f"r1-{a.id}"] == words_at(TEXT, (*a.source, *a.cue, *a.content))
    for e in found.entities:
        assert words[f"r1-{e.id}"] == words_at(TEXT, e.mentions)
    assert words["r1-f1"] == "exceeds 4,000 ships" and words["r1-d1"] == "Friday"


def test_links_lead_somewhere_and_ids_are_unique() -> None:
    page = Page(html.page([reading(), reading()]))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert {f"t-r2-{r}" for r in ("a1", "a2", "a3", "a4", "e1", "e2", "e3", "f1", "d1", "c1", "n1")} <= set(page.ids)


def test_an_event_is_marked_and_put_into_words() -> None:
    page = html.page([full()])
    assert Page(page).words["r1-v1"] == "exceeds"
    assert "MOBILIZE · " in page and " · planned · 2026 · " in page


words_and_breaks = st.text(alphabet="ab <&\"'\n\u202e", min_size=1, max_size=60)


@settings(max_examples=60)
@given(words_and_breaks, st.data())
def test_any_overlap_keeps_the_text_and_the_words(text: str, data: st.DataObject) -> None:
    edges = st.integers(0, len(text))
    pairs = st.tuples(edges, edges).map(lambda p: (min(p), max(p))).filter(lambda p: p[0] < p[1])
    spans = data.draw(st.lists(st.lists(pairs, min_size=1, max_size=3).map(tuple), max_size=4))
    said = tuple(Attribution(id=f"a{n}", kind="mixed", content=s, confidence=0.5) for n, s in enumerate(spans))
    page = html.page([Reading(input="x", reader=reading().reader, article=article(text, None), attributions=said)])
    shown = article_text(page).removeprefix("(no headline)\n\n")
    assert shown == text
    seen = Page(page).words
    for a in said:  # a paragraph break belongs to no record
        assert seen.get(f"r1-{a.id}", "").replace("\n", "") == words_at(text, a.content).replace("\n", "")


def test_hostile_ids_and_values_stay_text() -> None:
    bad = '"><script>x</script>'
    base = reading()
    said = tuple(replace(a, id=bad + a.id, within=bad + "a2" if a.within else None) for a in base.attributions)
    named = tuple(replace(e, id=bad + e.id) for e in base.entities)
    figures = tuple(replace(f, id=bad, unit=bad, attribution=bad + "a4") for f in base.figures)
    paper = replace(base.article, id=bad, capture=bad, language=bad, url="javascript:alert(1)", published=Dated(value=bad, evidence="meta"))  # fmt: skip
    page = html.page([replace(base, article=paper, attributions=said, entities=named, figures=figures)])
    assert page.count("<script>") == 1
    seen = Page(page)
    assert not seen.attributes & {"onclick", "onerror", "style", "src"} and "img" not in seen.tags
    assert not any(link.startswith("javascript") for link in seen.links)


def test_in_a_circle_nothing_gets_lost() -> None:
    base = reading()
    turned = {"a1": "a1", "a2": "a3", "a3": "a2"}
    circular = replace(base, attributions=tuple(replace(a, within=turned.get(a.id)) for a in base.attributions))
    assert [a.id for a in in_order(circular)] == ["a1", "a2", "a3", "a4"]


def test_five_thousand_words_stay_below_a_megabyte() -> None:
    times, base = 5000 // len(TEXT.split()) + 1, reading()
    text = "\n\n".join([TEXT] * times)

    def moved(a: Attribution, n: int) -> Attribution:
        by = n * (len(TEXT) + 2)
        source, cue, content = (tuple((s + by, e + by) for s, e in spans) for spans in (a.source, a.cue, a.content))
        return replace(a, id=f"{a.id}.{n}", within=None, source=source, cue=cue, content=content)

    said = tuple(moved(a, n) for n in range(times) for a in base.attributions)
    page = html.page([replace(base, article=replace(base.article, text=text), attributions=said)])
    assert len(page.encode()) < 1_000_000


def test_nothing_read_is_a_page_too() -> None:
    assert "Nothing was read." in html.page([])
