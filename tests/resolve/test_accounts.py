"""Which claims speak of the same thing, and how credible they are together."""

from functools import reduce
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.knowledge import Origin
from onrecord.resolve.accounts import begun, joined, place, score
from onrecord.resolve.facts import Fact, Voice
from onrecord.resolve.standing import Said, credibility
from onrecord.resolve.tallies import Tally
from onrecord.resolve.terms import numbers, terms

TORV = Origin(id="torv", kind="speaker", name="Torv")


def same(a: Fact, b: Fact) -> float:
    """How well a claim fits the account that another began."""
    return score(a, begun("", b, b.article))


def fact(words: str, kind: Any = "statement", stance: Any = "asserts", **more: Any) -> Fact:
    plain: dict[str, Any] = {
        "kind": kind,
        "label": "a1",
        "article": "article",
        "spans": ((0, len(words)),),
        "words": words,
        "sentence": (0, len(words)),
        "terms": frozenset(terms(words)),
        "numbers": numbers(words) if kind == "statement" else frozenset(),
        "voice": Voice(stance=stance, firmness="CT+", origin=TORV),
        "moment": "2031-05-14T08:00:00Z",
    }
    return Fact(**(plain | more))


TOGETHER = [
    (fact("the harbour council will close the northern quay in June"), fact("the northern quay would be closed by the harbour council")),
    (
        fact("some 2,000 conscripts were called up for the Guard", "figure", unit="men", low=2000, high=2000),
        fact("3,500 conscripts have been called up for the Guard", "figure", unit="men", low=3500, high=3500),
    ),
    (fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE"), fact("Rask, a pilot, was arrested in Tarn", "event", type="COERCE")),
]  # fmt: skip
APART = [
    (fact("the harbour council will close the northern quay in June"), fact("the ferry to Marl was late again because of ice")),
    (fact("the council will close 3 northern quays"), fact("the council will close 5 northern quays")),
    (
        fact("2,000 conscripts were called up", "figure", unit="men", countries=frozenset({"AA"})),
        fact("2,000 conscripts were called up", "figure", unit="men", countries=frozenset({"BB"})),
    ),
    (
        fact("5,000 tonnes of grain were shipped", "figure", unit="tonnes"),
        fact("5,000 sacks of grain were shipped", "figure", unit="sacks"),
    ),
    (
        fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE", day="2031-05-01"),
        fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE", day="2031-05-09"),
    ),
]  # fmt: skip


def figure(words: str, **more: Any) -> Fact:
    return fact(words, "figure", **({"unit": "people"} | more))


TOGETHER += [
    (fact("the guard is complete"), fact("The guard is complete.")),
    (
        figure("the ferry ran aground in fog with 214 aboard", low=214, high=214),
        figure("a ferry that carried 214 was aground off Tarn", low=214, high=214),
    ),
    (
        figure("2,000 signed up", low=2000, high=2000, topics=frozenset({"size"}), actors=frozenset({"guard"})),
        figure("it has grown to 4,900", low=4900, high=4900, topics=frozenset({"size"}), actors=frozenset({"guard"})),
    ),
    (
        fact("Torv asked the council for forty new pilots", "event", type="REQUEST", actors=frozenset({"torv"})),
        fact(
            "Torv asked the council for forty new pilots", "event", type="REQUEST", actors=frozenset({"another Torv"})
        ),
    ),
]


def count(words: str, value: float, topic: str = "infections", **more: Any) -> Fact:
    """A tally of Tarn."""
    known = Tally(**({"places": frozenset({"tarn"}), "tied": True} | more.pop("tally", {})))
    return figure(words, low=value, high=value, topics=frozenset({topic}), tally=known, article=words, **more)


TOGETHER += [
    (count("96 people are sick in Tarn", 96), count("the number of cases stood at 148", 148)),
    (count("two men have died", 2, "deaths"), count("the toll is 5", 5, "toll")),
    (count("317 patients", 317), count("the true toll is 317", 317, "toll")),
    (count("317 patients", 317, tally={"tied": False}), count("317 cases of fever at Tarn", 317)),
]
APART += [
    (count("96 people are sick in Tarn", 96), count("148 cases in Marl", 148, tally={"places": frozenset({"marl"})})),
    (count("96 people are sick in Tarn", 96), count("12 more fell ill", 12, tally={"part": True})),
    (
        count("96 suspected cases", 96, tally={"doubt": "suspected"}),
        count("40 confirmed cases", 40, tally={"doubt": "confirmed"}),
    ),
    (
        count("96 soldiers have died", 96, "deaths", tally={"who": "soldiers"}),
        count("40 children have died", 40, "deaths", tally={"who": "children"}),
    ),
    (count("96 people are sick in Tarn", 96), count("the toll is 5", 50, "toll")),
]


def again(words: str, value: float, series: str = "captivity", **more: Any) -> Fact:
    """A count or a level of the mint at Orva, told anew."""
    known = {"series": series, "tied": True, "names": frozenset({"orva"})} | more.pop("tally", {})
    topics = frozenset() if " " in series else frozenset({series})
    unit = series.split()[0] if " " in series else "people"
    plain = {"low": value, "high": value, "unit": unit, "topics": topics, "article": words, "tally": Tally(**known)}
    return fact(words, "figure", **(plain | more))


def things(words: str, value: float, unit: str, rest: str, **more: Any) -> Fact:
    """A count of things or soldiers, in a sentence that has more to say."""
    known = Tally(**({"who": "soldiers"} if unit == "people" else {}) | more.pop("tally", {}))
    plain = {"low": value, "high": value, "unit": unit, "terms": frozenset(terms(f"{words} {rest}")), "tally": known}
    return figure(words, **(plain | {"article": words} | more))


TOGETHER += [
    (
        things("31 drones", 31, "drones", "shot down over the marsh since Monday"),
        things("57 drones", 57, "drones", "the army says that gunners shot 57 of them"),
    ),
    (
        things("19,000 reservists", 19000, "people", "have been called up in the north"),
        things("More than 22,000 reservists", 22000, "people", "called to the colours, officers told us"),
    ),
]
APART += [
    (  # which differ by too much
        things("31 drones", 31, "drones", "shot down over the marsh since Monday"),
        things("570 drones", 570, "drones", "the army says that gunners shot 570 of them"),
    ),
    (  # a part of them
        things("31 drones", 31, "drones", "shot down over the marsh since Monday"),
        things("57 drones", 57, "drones", "shot down by boys", tally={"part": True}),
    ),
    (  # of which nothing more is told in common
        things("31 drones", 31, "drones", "shot down over the marsh since Monday"),
        things("57 drones", 57, "drones", "bought from a maker of kites"),
    ),
    (  # a few, which may be any
        things("eight drones", 8, "drones", "shot down over the marsh since Monday"),
        things("16 drones", 16, "drones", "gunners shot 16 of them"),
    ),
    (  # people without arms, whom their fate tells apart
        things("31 children", 31, "people", "were carried by the bus to a lesson", tally={"who": "children"}),
        things("57 children", 57, "people", "the judge says the bus left on the quay", tally={"who": "children"}),
    ),
]
TOGETHER += [
    (again("19 clerks are held", 19), again("they kept 21 in the vault", 21)),
    (again("6,800 travellers stuck", 6800, "stranding"), again("300 customers abroad", 300, "stranding")),
    (again("the lake stood at 88.4", 88.4, "metres lake"), again("it fell to 85.1", 85.1, "metres lake")),
    (
        again("60 raiders there", 60, "presence", tally={"who": "gunmen"}),
        again("90 rebels inside", 90, "presence", tally={"who": "gunmen", "names": frozenset()}),
    ),
    (
        again("three captives died", 3, "deaths", tally={"who": "captives"}),
        again("five captives died", 5, "deaths", tally={"who": "captives"}, moment="2031-05-20T08:00:00Z"),
    ),
]
APART += [
    (again("19 clerks are held", 19), again("21 remain in the wards", 21, "hospital")),
    (again("19 clerks are held", 19), again("21 miners are held", 21, tally={"names": frozenset({"skerry"})})),
    (again("19 clerks are let go", 19, "release"), again("21 were let go", 21, "release")),
    (again("nine died", 9, "deaths"), again("14 rebels died", 14, "deaths", tally={"who": "gunmen"})),
    (again("nine died", 9, "deaths"), again("twelve died", 12, "deaths", moment="2031-05-20T08:00:00Z")),
    (
        again("nine died in Tarn", 9, "deaths", tally={"own": frozenset({"tarn"})}),
        again("twelve died in Marl near Tarn", 12, "deaths", tally={"own": frozenset({"tarn", "marl"})}),
    ),
    (again("the lake stood at 88.4", 88.4, "metres lake"), again("power cost 85.1", 85.1, "crowns power")),
    (again("40 are held", 40), again("19 of them are held", 19, tally={"part": True})),
]
TOLD = "fever in Tarn has struck islanders since the spring flood"
APART += [
    (fact("to visit the northern quay at Tarn", act="order"), fact("they visit the northern quay at Tarn")),
    (fact("I am so scared of the flood"), fact("I am not too scared of the flood")),
    (figure(TOLD, low=20, high=20), figure(TOLD, low=19000, high=19000)),
    (figure(TOLD, low=20, high=20, topics=frozenset({"deaths"})), figure(TOLD, low=30, high=30, topics=frozenset({"infections"}))),
    (figure(TOLD, low=20, high=20, topics=frozenset({"deaths"})), figure(TOLD, low=30, high=30)),
    (figure(TOLD, low=20, high=20, spans=((0, 5),)), figure(TOLD, low=30, high=30, spans=((9, 12),))),
    (figure(TOLD, low=20, high=20, article="one"), figure(TOLD, low=30, high=30, article="two", moment="2031-09-14T08:00:00Z")),
    (fact("the camp at Tarn"), fact("the observers were cleared for a visit to the camp at Tarn on the river bank")),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), TOGETHER)
def test_the_same_thing_in_other_words(a: Fact, b: Fact) -> None:
    assert same(a, b) > 0
    assert same(a, b) == same(b, a)


@pytest.mark.parametrize(("a", "b"), APART)
def test_another_thing(a: Fact, b: Fact) -> None:
    assert same(a, b) == 0


def test_one_claim_that_contradicts_keeps_another_out() -> None:
    early = fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE", day="2031-05-01")
    undated = fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE")
    late = fact("Police arrested the pilot Rask in Tarn", "event", type="COERCE", day="2031-05-09")
    account = joined(begun("story", early, "1"), undated)
    assert place(undated, [account]) == account
    assert place(late, [account]) is None


def test_an_account_keeps_its_id_and_its_first_claim() -> None:
    first = fact("the harbour council will close the northern quay in June")
    account = begun("story", first, "1")
    for n in range(20):
        account = joined(account, fact(f"the northern quay will be closed in June, {n}"))
    assert account.id == begun("story", first, "1").id
    assert account.facts[0] == first
    assert len(account.facts) == 10


def said(origin: str, stance: str = "asserts", kind: str = "speaker") -> Said:
    return Said(origin=origin, kind=kind, name=origin, stance=stance)


LEVELS = [
    ([said("Torv"), said("Karvonen")], 1),
    ([said("Torv"), said("Torv")], 3),
    ([said("Torv"), said("Karvonen", "hedges")], 2),
    ([said("Torv"), said("Karvonen"), said("Rask", "denies")], 4),
    ([said("Torv"), said("Karvonen", "denies"), said("Rask", "denies")], 5),
    ([said("Marl Courier", kind="anonymous")], 6),
    ([said("Torv", "hedges")], 6),
    ([said("Torv", "denies"), said("Karvonen", "denies")], 1),
    ([], 6),
    ([said("Torv"), said("harbour minister")], 3),
    ([said("The Marl Lamp", kind="outlet"), said("Marl Lamp")], 3),
]


@pytest.mark.parametrize(("claims", "level"), LEVELS)
def test_credibility_follows_the_admiralty_scale(claims: list[Said], level: int) -> None:
    found = credibility(claims)
    assert found.level == level
    assert found.reason


def test_one_telling_among_two_is_recognised_whoever_is_named_in_the_other() -> None:
    first = fact("Torv asked the council for forty pilots", "event", type="REQUEST", actors=frozenset({"torv"}))
    other = fact(
        "Torv, who heads the council of Tarn, asked for forty pilots",
        "event",
        type="REQUEST",
        actors=frozenset({"torv"}),
    )
    copy = fact("Torv asked the council for forty pilots", "event", type="REQUEST", actors=frozenset({"another Torv"}))
    account = joined(begun("story", first, "1"), other)
    assert place(copy, [account]) == account


def gauge(words: str, number: float, *, more: dict[str, Any] | None = None, **tally: Any) -> Fact:
    known = Tally(**({"series": "lorry waiting", "names": frozenset({"orva"})} | tally))
    return fact(words, "figure", low=number, high=number, tally=known, **(more or {}))


QUEUE = gauge("140 lorries were queueing", 140, more={"unit": "lorries", "of": frozenset({"lorri"})})


def toll(number: float, day: int, **tally: Any) -> Fact:
    """A death toll of a day in May, told by an article of its own."""
    known = Tally(**({"series": "deaths", "names": frozenset({"orva"}), "tied": True} | tally))
    words, more = f"{number:g} dead", {"unit": "people", "topics": frozenset({"deaths"}), "article": f"a{day}"}
    return fact(words, "figure", low=number, high=number, tally=known, moment=f"2031-05-{day:02}T10:00:00Z", **more)


def test_a_number_of_old_times_joins_none_of_now() -> None:
    of: dict[str, Any] = {"topics": frozenset({"size"}), "actors": frozenset({"guard"})}
    now = figure("2,000 signed up", low=2000, high=2000, **of)
    then = figure("2,900 had signed up in 2019", low=2900, high=2900, status="historical", **of)
    assert score(then, begun("", now, "c")) == score(now, begun("", then, "c")) == 0


def test_a_toll_follows_from_day_to_day() -> None:
    told = [toll(3, 1), toll(11, 2), toll(27, 4)]
    account = reduce(joined, told[1:], begun("", told[0], "c"))
    assert score(toll(46, 6), account) > 0  # by way of the 27
    assert score(toll(46, 6), begun("", told[0], "c")) == 0
    assert score(toll(46, 6, site=frozenset({"tarn"})), begun("", toll(27, 4, site=frozenset({"orva"})), "c")) == 0


def test_a_state_that_lasts_is_told_from_places_of_one_affair() -> None:
    def sheltered(number: float, day: int, site: str, *names: str) -> Fact:
        told = toll(number, day, series="shelter", site=frozenset({site}), names=frozenset({"mell", *names}))
        return replace(told, topics=frozenset({"shelter"}))

    first = begun("", sheltered(2700, 4, "orva", "orva"), "c")
    assert score(sheltered(4600, 6, "tarn", "orva"), first) > 0
    assert score(sheltered(4600, 6, "tarn", "tarn"), first) == 0


def test_a_count_goes_on_where_it_was_told_anew_rather_than_where_it_was_planned() -> None:
    planned = fact("the zone will reach 12 kilometres", "figure", low=12.0, high=12.0, unit="kilometres", status="planned", terms=frozenset({"zone", "closed", "crater", "friday"}))  # fmt: skip
    known = Tally(series="kilometres zone", names=frozenset({"orva"}))
    before = fact("the zone reached 8 kilometres", "figure", low=8.0, high=8.0, unit="kilometres", tally=known, terms=frozenset({"zone", "well", "crater"}))  # fmt: skip
    new = replace(
        before,
        words="a closed zone of 12 kilometres",
        low=12.0,
        high=12.0,
        article="c",
        terms=planned.terms - {"friday"},
    )
    two = [begun("", planned, "1"), begun("", replace(before, article="b"), "2")]
    assert place(new, two) == two[1]


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (gauge("190 trucks stood in line", 190, more={"unit": "trucks", "of": frozenset({"truck"})}), True),
        (gauge("the queue grew to 190", 190), True),
        (gauge("190 lorries were in the yard", 190, series="lorry there"), False),
        (gauge("190 trucks stood in line", 190, names=frozenset({"tarn"})), True),  # the same speaker tells it anew
        (gauge("190 trucks stood in line", 190, more={"status": "historical"}), False),
        (gauge("190 trucks stood in line", 190, part=True), False),
    ],
)
def test_a_gauge_goes_on_whatever_its_things_are_called(other: Fact, together: bool) -> None:
    assert (same(QUEUE, other) > 0) == together


def test_gauges_of_two_places_are_two_but_a_land_is_no_other_place() -> None:
    here = gauge("140 lorries were queueing", 140, own=frozenset({"orva"}), lands=frozenset({"torvia"}))
    there = gauge("90 lorries were queueing", 90, own=frozenset({"tarn"}))
    land = gauge("190 lorries were queueing", 190, names=frozenset({"torvia"}), own=frozenset({"torvia"}))
    assert same(here, there) == 0
    assert same(here, land) > 0
    assert place(land, [begun("story", there, "a"), begun("story", here, "b")]) == begun("story", here, "b")


def test_what_is_recalled_of_old_times_is_no_number_that_moves() -> None:
    old = {"status": "historical", "unit": "lorries"}
    assert (
        same(gauge("112 lorries stood at Orva", 112, more=old), gauge("140 lorries stood at Orva", 140, more=old)) == 0
    )


def test_a_count_that_its_affair_follows_goes_on_where_nothing_else_ties_it() -> None:
    """Only where it has moved already: one arrest of old ties no other."""

    def held(number: float, day: int, words: str, *names: str) -> Fact:
        known = Tally(series="arrests", tied=True, names=frozenset(names))
        plain = {"low": number, "high": number, "topics": frozenset({"arrests"}), "article": words, "tally": known}
        return figure(words, moment=f"2031-05-{day:02}T08:00:00Z", **plain)

    first, second = held(38, 4, "38 people detained in the square", "torvia"), held(44, 5, "44 in cells", "torvia")
    new = held(60, 6, "Since Tuesday 60 persons have been taken away")
    once = begun("", first, "a")
    assert place(new, [once]) is None
    moved = joined(once, second)
    assert place(new, [moved]) == moved
    assert place(held(600, 6, "Since Tuesday 600 persons have been taken away"), [moved]) is None
    assert place(new, [moved, begun("", held(50, 5, "50 shoplifters arrested", "marl"), "b")]) is None
