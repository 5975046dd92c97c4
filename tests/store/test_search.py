"""Search: the same finds on both databases, whatever the user types."""

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.store import Store, search
from onrecord.store.words import Term, folded, terms
from tests.store.support import TEXT, URL, keep

WIRE = "https://www.gullpost.example/storm"


@pytest.fixture
def filled(store: Store) -> Store:
    keep(store)
    keep(store, url=WIRE, outlet="Gull Post", published="2026-01-15")
    keep(
        store,
        "Storm over Seldrin\n\nThe café said nothing of a halved levy. The priced tide turned.",
        url=WIRE + "/2",
        outlet="Gull Post",
        published=None,
    )
    return store


def said(store: Store, query: str, **more: object) -> list[str]:
    return [
        hit.words[slice(*(n - hit.context[0] for n in hit.hits[0]))] if hit.hits else hit.words
        for hit in search(store, query, **more)
    ]  # type: ignore[arg-type]


def test_a_find_shows_its_words_in_context_and_who_said_them(filled: Store) -> None:
    hit = search(filled, "priced out", outlet="Tidewire")[0]
    assert TEXT[slice(*hit.context)] == hit.words and "“We priced ourselves out,”" in hit.words
    assert [TEXT[a:b] for a, b in hit.hits] == ["priced", "out"]
    assert (hit.outlet, hit.kind, hit.certainty, hit.published, hit.url) == (
        "Tidewire",
        "direct",
        "CT+",
        "2026-02-28",
        URL,
    )
    assert hit.speaker and "Karvonen" in hit.speaker and hit.attribution


def test_words_phrases_minus_and_or(filled: Store) -> None:
    assert len(search(filled, "priced")) == 2
    assert len(search(filled, "PRICED ourselves")) == 2
    assert not search(filled, '"ourselves priced"') and len(search(filled, '"priced ourselves out"')) == 2
    assert not search(filled, "priced -out") and not search(filled, "priced year")
    assert len(search(filled, "priced OR calm")) == 6
    assert len(search(filled, "priced OR calm -harbour")) == 4


def test_where_to_look(filled: Store) -> None:
    assert not search(filled, "officials") and len(search(filled, "officials", where="source")) == 2
    assert said(filled, "cafe", where="article") == ["café"]
    assert len(search(filled, "levy", where="article")) == 3
    assert {hit.attribution for hit in search(filled, "levy", where="article")} == {None}


def test_filters(filled: Store) -> None:
    assert len(search(filled, "priced", speaker="KARVONEN")) == 2 and not search(filled, "priced", speaker="Nobody")
    assert len(search(filled, "priced", outlet="gull post")) == 1 and not search(filled, "priced", outlet="Elsewhere")
    assert len(search(filled, "priced", outlet="tidewire.example")) == 1
    assert (
        len(search(filled, "priced", since="2026-02-01")) == 1
        and len(search(filled, "priced", until="2026-01-15")) == 1
    )
    assert len(search(filled, "priced", since="2026-01-15", until="2026-02-28")) == 2
    assert not search(filled, "priced", since="2026-03-01") and not search(
        filled, "priced", since="2026-02-01", until="2026-01-01"
    )
    assert len(search(filled, "levy", certainty="Uu", kind="indirect")) == 2 and not search(
        filled, "levy", kind="direct"
    )
    assert len(search(filled, "tide", where="article", since="2026-03")) == 1  # first seen then, as it bears no date
    assert len(search(filled, "", speaker="Karvonen")) == 4
    assert len(search(filled, "")) == 8 and len(search(filled, "", where="article")) == 3


def test_a_filter_that_is_none_is_refused_in_one_line(filled: Store) -> None:
    for wrong in ({"since": "yesterday"}, {"kind": "loud"}, {"certainty": "sure"}):
        with pytest.raises(InputError, match="give one"):
            search(filled, "levy", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="belong to attributions"):
        search(filled, "levy", where="article", speaker="Karvonen")


def test_pages_of_results_do_not_overlap(filled: Store) -> None:
    first, second = search(filled, "levy OR priced", limit=2), search(filled, "levy OR priced", limit=2, offset=2)
    assert len(first) == len(second) == 2 and not {h.attribution for h in first} & {h.attribution for h in second}


def test_only_the_current_reading_is_found(store: Store) -> None:
    keep(store, reader="1")
    assert len(search(store, "priced")) == 1
    keep(store, reader="2")
    assert len(search(store, "priced")) == 1


def test_what_was_recorded_last_is_found_at_once(store: Store) -> None:
    for n in range(3):
        keep(store, url=f"{URL}/{n}")
        assert len(search(store, "priced")) == n + 1


def test_the_best_find_comes_first_also_under_a_filter(store: Store) -> None:
    best = keep(store, "Tide, tide and tide\n\nThe tide of the tide, a tide.", url=URL + "/best")
    for n in range(5):
        keep(
            store,
            f"Harbour news {n}\n\nShips went out, ships came in with the tide, and more ships were seen later on.",
            url=f"{URL}/{n}",
        )
    for filters in ({}, {"outlet": "Tidewire"}, {"since": "2026-01-01"}):
        assert search(store, "tide", where="article", **filters)[0].article == best  # type: ignore[arg-type]


def test_very_common_words_come_newest_first(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("onrecord.store.search")
    monkeypatch.setattr(module, "COMMON", 1)
    monkeypatch.setattr(module, "CANDIDATES", 1)
    assert [hit.outlet for hit in search(filled, "priced", limit=1)] == ["Gull Post"]


def test_what_a_query_means() -> None:
    assert terms('a "b c" -d') == [Term(("a",)), Term(("b", "c")), Term(("d",), False)]
    assert terms("a OR b OR c d") == [Term(("a",), True, (("b",), ("c",))), Term(("d",))]
    assert terms('well-known "open') == [Term(("well", "known")), Term(("open",))]
    assert terms("OR - \" * ' (") == [] and folded("Čapek") == "capek"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(['"', "OR", "AND", "NOT", "NEAR(", ")", "*", "-", ":", "^", "levy", "content:", "'", "\\", "{a}", "%s", "?", "\0"]), max_size=12).map(" ".join)))  # fmt: skip
def test_search_never_raises_whatever_is_typed(filled: Store, query: str) -> None:
    for where in ("content", "source", "article"):
        search(filled, query, where=where)  # type: ignore[arg-type]
    search(filled, query, speaker=query, outlet=query)
