"""What an export is of, on both databases: each article once, with everything, and in no more memory for more articles."""

from __future__ import annotations

import tracemalloc

import pytest

from onrecord import arming
from onrecord.errors import InputError
from onrecord.resolving import resolve
from onrecord.store import Store, exporting, knowing, record, show
from onrecord.store.dossier import Dossier
from onrecord.store.exporting import select
from onrecord.watch.definition import from_words
from tests.store.support import keep, made
from tests.store.test_resolving import ANON, LEVY, OTHER, OWN, add

COURIER = LEVY.replace("to be halved", "is halved")


@pytest.fixture
def told(store: Store) -> Store:
    """A record of two stories, one of them with a copy, and a page in a language that nobody reads."""
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 1, COURIER, hour=12)
    add(store, "Marl Courier", 3, OWN)
    add(store, "Tarn Weekly", 2, OTHER)
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    keep(store, "Kel vanta\n\nNu sarro.", url="https://vanta.example/1", reader=None)
    list(resolve(store))
    return store


def of(store: Store, **asked: object) -> list[Dossier]:
    return list(select(store, **asked).dossiers())  # type: ignore[arg-type]


def test_the_whole_record_comes_with_what_was_not_read(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = of(told)
    monkeypatch.setattr(exporting, "PAGE", 2)
    assert of(told) == whole and len(whole) == 6
    assert [d.reading.reader is None for d in whole].count(True) == 1
    assert len({d.article.id for d in whole}) == 6


def test_a_dossier_has_all_that_surrounds_an_article(told: Store) -> None:
    copy = next(d for d in of(told) if d.copy)
    original = next(d for d in of(told) if copy.copy and d.article.id == copy.copy.of)
    assert copy.story and copy.story == original.story and copy.origin and original.origin
    assert copy.captures[0].digest == copy.article.capture and copy.grade == "F"
    assert copy.said and {s.account for s in copy.said} == copy.standings.keys()
    assert all(copy.standings[s.account].articles >= 2 for s in copy.said if s.kind == "statement")
    assert {s.name for s in copy.people.values()} & {"Ilse Karvonen"}


def test_ids_are_those_that_show_takes(told: Store) -> None:
    d = next(d for d in of(told) if d.reading.attributions and d.reading.figures)
    for a in d.reading.attributions:
        shown = show(told, d.ids[a.id])
        assert shown.id == d.ids[a.id] and shown.record["id"] == a.id and shown.reading == d.reading_id
    if d.reading.dates:
        assert show(told, d.ids["d1"]).noun == "date"


def test_of_a_story(told: Store) -> None:
    story = next(s for s in knowing.stories(told) if s.copies)
    found = of(told, story=story.id[:12])
    assert len(found) == story.articles and {d.story.id for d in found if d.story} == {story.id}


def test_of_a_speaker_only_what_they_said(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(told, speaker="Karvonen")
    monkeypatch.setattr(exporting, "PAGE", 1)
    assert of(told, speaker="Karvonen") == found and len(found) >= 2
    for d in found:
        assert d.attributions and all(d.people[a.speaker].name == "Ilse Karvonen" for a in d.attributions if a.speaker)
        assert all(f.attribution in {a.id for a in d.attributions} for f in d.figures)
        assert {s.label for s in d.said} <= {x.id for x in (*d.attributions, *d.figures, *d.events)}
    named = next(s for s in found[0].people.values() if s.name == "Ilse Karvonen")
    assert of(told, speaker=named.id[:16]) == found
    assert of(told, speaker="the Karvonen") == found, "an outlet is called The Lamplighter here and Lamplighter there"
    with pytest.raises(InputError, match="nobody in the record"):
        select(told, speaker="Zzyzx")


def test_of_a_speaker_only_the_alerts_that_they_raised(told: Store) -> None:
    arming.arm(told, from_words("statement by Karvonen about levy"))
    arming.arm(told, from_words("statement about dockers"))
    whole, hers = of(told), of(told, speaker="Karvonen")
    names = {i: w.indicator.name for i, w in select(told).indicators().items()}
    assert {names[a.indicator] for d in hers for a in d.alerts} == {"statement by Karvonen about levy"}
    assert {names[a.indicator] for d in whole for a in d.alerts} > {"statement by Karvonen about levy"}


def test_since_goes_by_when_an_article_appeared(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = sorted(d.moment for d in of(told) if d.moment)
    later = of(told, since=moments[2])
    monkeypatch.setattr(exporting, "PAGE", 1)
    assert [d.moment for d in later] == moments[2:] and of(told, since=moments[2]) == later
    story = next(s for s in knowing.stories(told) if s.copies)
    assert [d.moment for d in of(told, story=story.id, since=moments[1])] == [m.moment for m in of(told, story=story.id) if m.moment and m.moment >= moments[1]]  # fmt: skip


def test_of_articles_by_their_ids(told: Store) -> None:
    first, *_, last = of(told)
    assert of(told, articles=(last.article.id[:10], first.article.id)) == [last, first]
    with pytest.raises(InputError, match="no articles"):
        select(told, articles=("ffffffffff",))
    with pytest.raises(InputError, match="one of --story"):
        select(told, story="a" * 12, speaker="x")


def test_more_articles_need_no_more_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 10)

    def peak() -> int:
        tracemalloc.start()
        for _ in select(store).dossiers():
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    def grow(start: int, end: int) -> None:
        for n in range(start, end):
            kept, reading = made(url=f"https://www.tidewire.example/{n}", fetched=f"2026-03-01T12:00:{n % 60:02}Z")
            record(store, kept, reading)

    grow(0, 20)
    peak()
    few = peak()
    grow(20, 200)
    assert peak() < 1.5 * few
