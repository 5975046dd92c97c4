"""What the tests of several streams ask: of one article, and of the record once a stream has been replayed.

A stream's test module holds a `Stream` (its folder, its size, what is known to miss) and a class that derives from `AsksStream`. What is known to miss is run all
the same: it shows as xfailed, and as xpassed once it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from evaluation import demo as scorer
from onrecord.demo import DEMONSTRATION, Written, articles, expected, papers
from onrecord.demo.pages import page
from onrecord.demo.replay import moments
from onrecord.model import Capture, Figure, Reading
from onrecord.parse import parse
from onrecord.read import read
from onrecord.store import open_store
from onrecord.watch.indicator import FigureTest

STREAMS = Path(__file__).parent.parent / "streams"
Cases = Iterator[tuple[str, Any]]  # what a case is called, and what is wanted of it

# one article ------------------------------------------------------------------------------------------------------------


def reading_of(article: Written) -> Reading:
    """The reading of an article as it was first published."""
    url = f"http://{article.paper.host}{article.path}"
    body = page(article).encode()
    return read(parse(Capture(name=article.id, body=body, url=url, content_type="text/html; charset=utf-8")), input=article.id)  # fmt: skip


def parses_as_written(wrote: Written) -> None:
    """The page of an article gives what was written."""
    got = reading_of(wrote).article
    assert got.outlet and got.published
    assert (got.title, got.outlet.name) == (wrote.title, wrote.paper.name)
    assert datetime.fromisoformat(got.published.value) == wrote.moment
    lines = got.text.split("\n\n")
    assert [line for line in lines if line in wrote.text.split("\n\n")] == wrote.text.split("\n\n")
    assert len("".join(line for line in lines if line not in wrote.text)) < 80  # a credit or a byline may stay


def has_figure(article: Written, want: dict[str, Any]) -> None:
    """A figure that is expected is read in its sentence."""
    got = reading_of(article)
    start = got.article.text.index(want["sentence"])
    near = [f for f in got.figures if start <= f.span[0] < start + len(want["sentence"])]
    assert any(stated(f) == (want["value"], want.get("high", want["value"]), want["comparator"]) for f in near)


def stated(figure: Figure) -> tuple[float | None, float | None, str]:
    """What a figure says: both ends, and how it is compared."""
    if figure.value is None:
        return figure.low, figure.high, "range"
    return figure.value, figure.value, figure.comparator


# a stream ---------------------------------------------------------------------------------------------------------------


class Stream:
    """A stream: its articles, what is expected of them, and what is known to miss, by the names of the cases."""

    def __init__(self, name: str, misses: dict[str, str], *, sizes: range, days: int, outlets: int) -> None:
        self.folder, self.misses = STREAMS / name, misses
        self.sizes, self.days, self.outlets = sizes, days, outlets
        self.by_id = {a.id: a for a in articles(self.folder)}
        self.texts = {id: a.text for id, a in self.by_id.items()}
        self.expected = expected(self.folder)
        self.copies = [(c, g["of"], kind) for g in self.expected["copies"] for kind in ("whole", "embedded") for c in g.get(kind, ())]  # fmt: skip
        self.conditions = [i for i in self.expected["indicators"] if "article" in i]
        self.stories = [s for s in self.expected["stories"] if not s.get("either")]
        self.alerts = [a for a in self.expected["alerts"] if not a.get("either")]

    @cached_property
    def due(self) -> dict[str, list[Any]]:
        """The changes that must be found, by kind."""
        return {kind: [d for d in scorer.expected_changes(self.expected, kind, self.texts) if d.needed] for kind in scorer.CHANGES}  # fmt: skip

    def told(self) -> Iterator[tuple[str, str]]:
        """All words that are expected of articles: (article, words)."""
        wanted = self.expected
        for table in ("figures", "quiet", "denials", "findings", "confirmed"):
            yield from ((e["article"], e[key]) for e in wanted[table] for key in ("words", "sentence", "body") if key in e)  # fmt: skip
        yield from ((e["article"], e["sentence"]) for e in [*wanted["alerts"], *self.conditions])
        yield from ((s["article"], s["words"]) for r in wanted["reversals"] for s in (r["before"], r["after"]))
        yield from ((q["variant"]["article"], q["variant"]["words"]) for q in wanted["quotations"])
        yield from ((id, q["said"]) for q in wanted["quotations"] for id in q["in"])
        yield from ((e["article"], old) for e in wanted["edits"] for old, _ in e["changes"])

    def named(self) -> set[str]:
        """The articles that are named beside another one."""
        wanted = self.expected
        named = {id for t in ("alerts", "denials") for e in wanted[t] for id in e.get("repeated", ())}
        named |= {id for e in wanted["confirmed"] for id in e["against"]}
        return named | {id for r in wanted["reversals"] for s in ("before", "after") for id in r[s].get("also", ())}

    def replayed(self, home: Path) -> scorer.Found:
        """What the record holds of the stream once it has been replayed, in the order in which it appeared, and its indicators armed."""
        scorer.follow(home, self.folder, looks=moments(self.folder), count=0)
        with open_store(home) as store:
            return scorer.look_into(store, self.folder)


def over(cases: Callable[[Stream], Cases]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of each case of a stream, which it is given as `want`."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        test.cases = cases  # type: ignore[attr-defined]
        return test

    return mark


def once(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of the whole stream, which misses by its name."""
    return over(lambda stream: iter([(name, stream)]))


def each(table: Iterable[Any], name: str, *keys: str) -> Cases:
    """The cases of a table: called by a name and what stands under some keys."""
    for one in table:
        yield " ".join([name, *((str(one[k]) for k in keys) if isinstance(one, dict) else [str(one)])]), one


class AsksStream:
    """What is asked of a stream; a class with a `stream` derives from it."""

    stream: Stream

    @classmethod
    def asked(cls) -> Iterator[tuple[str, Any]]:
        """All cases of all tests."""
        for test in vars(AsksStream).values():
            if hasattr(test, "cases"):
                yield from test.cases(cls.stream)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Gives each test its cases; those that are known to miss are marked with the reason."""
        if cases := getattr(metafunc.function, "cases", None):
            misses = self.stream.misses
            metafunc.parametrize("want", [pytest.param(want, id=id, marks=[pytest.mark.xfail(strict=False, reason=misses[id])] if id in misses else []) for id, want in cases(self.stream)])  # fmt: skip

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls, tmp_path_factory: pytest.TempPathFactory) -> scorer.Found:
        """What the record holds of the stream."""
        return cls.stream.replayed(tmp_path_factory.mktemp(cls.stream.folder.name))

    # what was written ---------------------------------------------------------------------------------------------------

    def test_the_stream_is_of_the_size_and_the_other_make_that_was_meant(self) -> None:
        its = self.stream
        assert len(its.by_id) in its.sizes
        assert len({a.moment.date() for a in its.by_id.values()}) == its.days
        own = papers(its.folder)
        assert {a.outlet for a in its.by_id.values()} == set(own) and len(own) == its.outlets
        others = [DEMONSTRATION, *(f for f in STREAMS.iterdir() if f != its.folder)]
        assert {p.name for f in others for p in papers(f).values()}.isdisjoint(p.name for p in own.values())
        assert sorted(id for story in its.expected["stories"] for id in story["articles"]) == sorted(its.by_id)

    def test_the_words_that_are_expected_stand_in_their_articles(self) -> None:
        assert [(id, words) for id, words in self.stream.told() if words not in self.stream.texts[id]] == []

    def test_what_is_named_beside_an_article_is_an_article(self) -> None:
        wanted = self.stream.expected
        assert self.stream.named() <= set(self.stream.by_id)
        assert {a["indicator"] for a in wanted["alerts"]} == {i["key"] for i in wanted["indicators"]}

    def test_every_copy_follows_its_original_and_credits_the_agency_in_some_words(self) -> None:
        its = self.stream
        credits, silent = its.expected["credits"]["words"], its.expected["credits"].get("none", [])
        assert sorted((*credits, *silent)) == sorted({copy for copy, _, _ in its.copies})
        assert all(its.by_id[copy].moment > its.by_id[of].moment for copy, of, _ in its.copies)
        for id, words in credits.items():
            assert any(words in there for there in (*(line.text for line in its.by_id[id].lines), *its.by_id[id].byline)), id  # fmt: skip

    def test_every_miss_that_is_known_is_one_that_is_asked_for(self) -> None:
        assert set(self.stream.misses) <= {id for id, _ in self.asked()}

    # what is read -------------------------------------------------------------------------------------------------------

    @over(lambda s: each(s.by_id, "page"))
    def test_a_page_parses_to_what_was_written(self, want: str) -> None:
        parses_as_written(self.stream.by_id[want])

    @over(lambda s: each(s.expected["figures"], "figure", "article", "words"))
    def test_a_figure_is_read(self, want: dict[str, Any]) -> None:
        has_figure(self.stream.by_id[want["article"]], want)

    @over(lambda s: each([f for f in s.expected["findings"] if f["kind"] == "misquote"], "misquote", "article"))
    def test_a_headline_that_misquotes_is_flagged(self, want: dict[str, Any]) -> None:
        got = reading_of(self.stream.by_id[want["article"]])
        assert [f.kind for f in got.findings if f.kind == "misquote"] == ["misquote"]

    # what the record makes of it ----------------------------------------------------------------------------------------

    @once("armed no other")
    def test_nothing_else_is_armed_from_a_condition(self, found: scorer.Found, want: Stream) -> None:
        assert sorted(article for article, _ in found.armed) == sorted(i["article"] for i in want.conditions)

    @over(lambda s: each(s.conditions, "armed", "key"))
    def test_an_indicator_waits_for_what_the_warning_says(self, found: scorer.Found, want: dict[str, Any]) -> None:
        (armed,) = (i for article, i in found.armed if article == want["article"])
        bounds = [(b.sign, b.value) for b in armed.test.bounds] if isinstance(armed.test, FigureTest) else []
        wanted = [(want["comparator"], want["value"])] if "value" in want else []
        assert (armed.kind, bounds) == (want["kind"], wanted)

    @over(lambda s: each([s for s in s.stories if len(s["articles"]) > 1], "story", "name"))
    def test_the_articles_of_a_happening_are_one_story(self, found: scorer.Found, want: dict[str, Any]) -> None:
        assert len({found.story[a] for a in want["articles"]}) == 1

    @over(lambda s: each(s.stories, "apart", "name"))
    def test_a_happening_is_kept_apart_from_others(self, found: scorer.Found, want: dict[str, Any]) -> None:
        free = {a for s in self.stream.expected["stories"] if s.get("either") for a in s["articles"]}
        others = set(self.stream.by_id) - free - set(want["articles"])
        assert {found.story[a] for a in want["articles"]}.isdisjoint(found.story[a] for a in others)

    @once("threads")
    def test_no_story_mixes_two_threads(self, found: scorer.Found, want: Stream) -> None:
        assert scorer.stories(found, want.expected)["stories, no two threads in one"].extra == []

    @once("copies")
    def test_copies_are_found_with_their_kind_and_nothing_else_is_one(self, found: scorer.Found, want: Stream) -> None:
        assert found.copies == set(want.copies)

    @over(lambda s: (("origin " + copy, (copy, s.by_id[of].paper.name)) for copy, of, _ in s.copies))
    def test_a_copy_has_the_agency_for_its_origin(self, found: scorer.Found, want: tuple[str, str]) -> None:
        copy, agency = want
        short = self.stream.expected["credits"].get("short", {})
        assert found.origins[copy] in (agency, short.get(agency))

    @over(lambda s: each(s.alerts, "alert", "indicator", "article"))
    def test_an_alert_fires(self, found: scorer.Found, want: dict[str, Any]) -> None:
        assert [key for key, alert in found.alerts if scorer.answers(want, key, alert)]

    @over(lambda s: each(s.alerts, "first", "indicator", "article"))
    def test_an_alert_fires_where_it_was_first_said(self, found: scorer.Found, want: dict[str, Any]) -> None:
        assert want["article"] in [key for key, alert in found.alerts if scorer.answers(want, key, alert)]

    @once("alerts no other")
    def test_no_other_alert_fires(self, found: scorer.Found, want: Stream) -> None:
        assert scorer.alerts(found, want.expected).extra == []

    @over(lambda s: each(s.expected["quiet"], "quiet", "article", "words"))
    def test_a_decoy_fires_nothing(self, found: scorer.Found, want: dict[str, Any]) -> None:
        assert [a.sentence for key, a in found.alerts if key == want["article"] and want["words"] in a.sentence] == []

    @over(lambda s: each([q for q in s.expected["quiet"] if q.get("against")], "against", "article", "words"))
    def test_evidence_against_is_kept(self, found: scorer.Found, want: dict[str, Any]) -> None:
        assert [how for key, how, sentence in found.seen if key == want["article"] and want["words"] in sentence] == ["against"]  # fmt: skip

    @over(lambda s: ((f"change {kind} {d.article} {n}", (kind, d)) for kind, due in s.due.items() for n, d in enumerate(due)))  # fmt: skip
    def test_a_change_is_found(self, found: scorer.Found, want: tuple[str, Any]) -> None:
        kind, due = want
        carried = {copy: of for copy, of, _ in self.stream.copies}
        assert any(scorer.meant(due, c, carried) for c in found.changes if c.kind == kind)

    @over(lambda s: each(scorer.CHANGES, "no other change"))
    def test_no_other_change_is_claimed(self, found: scorer.Found, want: str) -> None:
        assert scorer.changes(found, self.stream.expected, want).extra == []

    @over(lambda s: each(s.expected["people"], "name", "name"))
    def test_spellings_of_a_name_are_one(self, found: scorer.Found, want: dict[str, Any]) -> None:
        ids = [found.names.get(spelling, set()) for spelling in want["spellings"]]
        assert len(set().union(*ids)) == 1 and all(ids)

    @over(lambda s: each(s.expected["people"], "not", "name"))
    def test_a_name_is_not_another_one(self, found: scorer.Found, want: dict[str, Any]) -> None:
        ids = [set().union(*(found.names.get(n, set()) for n in names)) for names in (want["spellings"], want["not"])]
        assert all(ids) and ids[0].isdisjoint(ids[1])
