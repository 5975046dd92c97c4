"""Which articles cover one happening, as they come one at a time."""

from collections import Counter
from itertools import permutations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.stories import Shelf, arrive, b_cubed
from onrecord.model import Dated, Figure, Outlet, Reading
from onrecord.resolve import regrouping, stories, words
from onrecord.resolve.stories import Features, Sketch
from tests.support import article

QUAKES = {
    "north1": "Quake of magnitude 6.2 shakes Norvell\n\nA quake of magnitude 6.2 struck Norvell province on Monday, killing 14 people in the town of "
    "Askeby, Governor Tilda Roo said. The tremor was felt in Korsand.",
    "north2": "Fourteen dead in Askeby\n\nFourteen people died in Askeby when a quake of magnitude 6.2 hit Norvell, said the province's governor, Tilda Roo. "
    "Korsand sent rescuers.",
    "north3": "Rescuers dig in Askeby after Norvell quake\n\nRescuers from Korsand searched Askeby for survivors of the 6.2 quake. Governor Tilda Roo of Norvell "
    "put the dead at 14.",
    "south1": "Quake of magnitude 5.1 rattles Pellam coast\n\nA quake of magnitude 5.1 struck off Pellam on Thursday. Mayor Ivo Strand of Dunmere said no one "
    "was hurt, but the harbour wall has cracked.",
    "south2": "Dunmere harbour wall cracked by tremor\n\nThe harbour wall of Dunmere cracked in a 5.1 quake off the Pellam coast, Mayor Ivo Strand said. No one "
    "was hurt.",
    "levy": "Harbour levy halved in Seldrin\n\nTransport Minister Ilse Karvonen told the Tidewire that Seldrin would halve its levy on ships.",
}
GOLD = {"north1": "n", "north2": "n", "north3": "n", "south1": "s", "south2": "s", "levy": "l"}


def features(text: str, day: str | None = None, outlet: str | None = None) -> Features:
    when = Dated(value=day, evidence="meta") if day else None
    printed = Outlet(name=outlet, domain=None) if outlet else None
    made = article(text, title=text.partition("\n")[0], published=when, outlet=printed)
    return stories.features(Reading(input="", reader=None, article=made))


FOUND = {id: features(text) for id, text in QUAKES.items()}
RARE = words.rarities(lambda word: 0, 0)


def sketches(*ids: str) -> list[Sketch]:
    return [stories.sketch(id, FOUND[id], RARE) for id in ids]


def test_two_quakes_are_two_stories_and_the_levy_a_third() -> None:
    assert b_cubed(GOLD, arrive(list(QUAKES), FOUND)) == (1.0, 1.0, 1.0)


def test_an_article_joins_its_story_and_says_why() -> None:
    decision = stories.assign(FOUND["north2"], sketches("south1", "north1", "levy"), RARE)
    assert decision.story == "north1" and decision.score > 0.5
    assert "askeby" in decision.reason


def test_an_article_unlike_all_others_begins_a_story() -> None:
    decision = stories.assign(FOUND["levy"], sketches("south1", "north1"), RARE)
    assert decision.story is None and decision.score < 0.1
    assert stories.assign(FOUND["levy"], [], RARE).reason == "nothing like it in the record"


def test_weeks_between_keep_alike_articles_apart() -> None:
    known = stories.sketch("old", features(QUAKES["south1"], "2031-03-01"), RARE)
    soon = stories.assign(features(QUAKES["south2"], "2031-03-03T08:00:00Z"), [known], RARE)
    late = stories.assign(features(QUAKES["south2"], "2031-06-03"), [known], RARE)
    assert (soon.story, late.story) == ("old", None)


def days(first: str | None, last: str | None, answers: int = 0) -> Sketch:
    return Sketch(story=f"{first}", articles=2, answers=answers, first=first, last=last, terms={})


def test_the_first_days_between_cost_the_most() -> None:
    known = days("2031-03-01", "2031-03-02")
    costs = [stories.delay(known, days(day, day)) for day in ("2031-03-02", "2031-03-03", "2031-03-12", "2031-03-13")]
    assert costs[0] == 0 and costs[1] - costs[0] > costs[3] - costs[2] > 0
    assert stories.delay(days(None, None), known) == 0


def test_who_denies_what_was_told_before_pays_less_for_the_days_between_and_not_who_was_denied() -> None:
    before, after = days("2031-03-01", "2031-03-01"), days("2031-03-02", "2031-03-02")
    denial = days("2031-03-02", "2031-03-02", answers=2)
    assert stories.delay(before, denial) == stories.delay(denial, before) < stories.delay(before, after)
    assert stories.delay(days("2031-03-01", "2031-03-01", answers=2), after) == stories.delay(before, after)


def test_articles_that_give_the_same_number_of_the_same_thing_are_nearer() -> None:
    told = [msgspec.structs.replace(FOUND[id], figures=("86 ship",)) for id in ("north1", "levy")]
    plain, echoing = (
        stories.margin(stories.sketch("", one, RARE), stories.sketch("x", other, RARE), RARE)
        for one, other in ((FOUND["north1"], FOUND["levy"]), told)
    )
    assert abs(echoing - plain - stories.ECHO) < 1e-6
    assert "86 ship" in stories.keys(told[0])


def test_numbers_are_those_of_headline_and_lead_with_what_they_count() -> None:
    text = (
        "Eighty-six ships wait off Norvell\n\nSome 230 fishermen were idle. "
        + "Grey water rose. " * 40
        + "It cost 57 sheep."
    )
    figures = (
        figure(text, "Eighty-six", 86, of="ships"),
        figure(text, "230", 230, "people"),
        figure(text, "57", 57, of="sheep"),
    )
    assert stories.features(Reading(input="x", reader=None, article=article(text), figures=figures)).figures == (
        "86 ship",
        "230 people",
    )


def figure(text: str, words: str, value: int, unit: str | None = None, of: str = "") -> Figure:
    start, counted = text.index(words), text.index(of) if of else 0
    spans = ((counted, counted + len(of)),) if of else ()
    return Figure(id=words, span=(start, start + len(words)), value=value, comparator="=", unit=unit, of=spans)


def test_copies_are_no_coverage_of_their_own() -> None:
    first, second = (FOUND[id] for id in ("north1", "south1"))
    copied = [msgspec.structs.replace(found, copy=True) for found in (first, second)]
    three = stories.sketched("north", [first, FOUND["north2"], FOUND["north3"]], RARE)
    one, carried = (stories.sketched("south", [second, more], RARE) for more in (second, copied[1]))
    assert stories.told(one) == 2 and stories.told(carried) == 1
    assert stories.margin(carried, three, RARE) > stories.margin(one, three, RARE)


def test_what_an_outlet_prints_twice_is_less_alike_than_its_words_say() -> None:
    first, again, elsewhere = (
        features(QUAKES[id], None, by) for id, by in (("north1", "Herald"), ("north2", "Herald"), ("north2", "Courier"))
    )
    near = regrouping.similarities([first, again, elsewhere], RARE)
    assert abs(near[0, 2] - near[0, 1] - stories.HOUSE) < 1e-6
    known = stories.sketch("north", first, RARE)
    one, other = (stories.margin(stories.sketch("", found, RARE), known, RARE) for found in (again, elsewhere))
    assert abs(other - one - stories.HOUSE) < 1e-6
    both = stories.sketched("both", [first, elsewhere], RARE)
    assert both.outlets == {"Herald": 1, "Courier": 1} and stories.house(both, known) == stories.HOUSE / 2


def test_headline_lead_names_and_numbers_weigh_more() -> None:
    kept = FOUND["north1"].terms
    assert kept["askeby"] > kept["town"] and kept["14"] > kept["town"]
    far = features("Storm\n\n" + "grey water " * 60 + "reached Askeby.")
    assert far.terms["askeby"] < kept["askeby"]


def test_a_dateline_says_nothing_of_what_happened() -> None:
    told = features("Quake in Norvell\n\nKORSAND, March 3 (TNA) - A quake struck Norvell (province) - again.").terms
    assert "quak" in told and "norvell" in told and not {"korsand", "tna", "march"} & set(told)
    assert "norvell" in features("Norvell\n\nNorvell (again) shook.").terms


def test_words_that_stand_everywhere_are_not_kept() -> None:
    assert not {"the", "of", "and", "was"} & set(FOUND["north1"].terms)


def test_keys_are_the_telling_words_and_bring_the_versions_of_a_story_together() -> None:
    keys = {id: set(stories.keys(found)) for id, found in FOUND.items()}
    assert len(keys["north1"]) <= stories.KEYS
    assert {"askeby", "norvell"} <= keys["north1"] & keys["north2"] & keys["north3"]
    assert not keys["levy"] & keys["north1"]


def test_a_word_of_many_stories_tells_less_but_one_much_covered_story_does_not_make_its_own_common() -> None:
    assert words.rarities(lambda word: 50, 100)("askeby") < words.rarities(lambda word: 1, 100)("askeby")
    shelf = Shelf()
    for id in ("north1", "south1", "north2", "north3"):
        shelf.add(id, FOUND[id])
    assert shelf.counts["askeby"] == 1 and shelf.counts["magnitud"] == 2


def test_the_nearness_of_stories_is_the_mean_over_their_articles() -> None:
    two = stories.sketched("a", [FOUND["north1"], FOUND["north2"]], RARE)
    alone = sketches("north1", "north2", "north3")
    mean = sum(stories.nearness(s, alone[2], RARE) for s in alone[:2]) / 2
    assert abs(stories.nearness(two, alone[2], RARE) - mean) < 1e-3
    assert abs(stories.nearness(alone[0], alone[0], RARE) - 1) < 1e-3


def test_a_second_look_joins_splits_and_moves() -> None:
    torn = {"x": {"north1": FOUND["north1"]}, "y": {i: FOUND[i] for i in ("north2", "north3")}}
    moves = regrouping.review(torn, RARE)
    assert moves == {"north1": "y"} and regrouping.verdicts(torn, moves) == [("x", "y", "same")]
    mixed = {"x": {i: FOUND[i] for i in ("north1", "north2", "south1", "south2", "levy")}}
    moves = regrouping.review(mixed, RARE)
    assert "north1" not in moves or "south1" not in moves
    assert moves.get("south1", "x") == moves.get("south2", "x") != moves.get("levy", "x")
    assert {v for *_, v in regrouping.verdicts(mixed, moves)} == {"different"}
    assert regrouping.review({"x": {i: FOUND[i] for i in ("north1", "north2")}}, RARE) == {}


def test_a_story_too_large_is_not_looked_at_again() -> None:
    small, near = sketches("north1", "north2")
    assert stories.around(small, [near], RARE) == ["north1", "north2"]
    large = msgspec.structs.replace(small, articles=stories.LOOK + 1)
    assert stories.around(large, [near], RARE) == []


def test_the_headline_that_stands_for_a_story_is_that_of_its_middle() -> None:
    members = [FOUND[i] for i in ("levy", "north1", "north2", "north3")]
    assert regrouping.title(members, RARE) in {FOUND[i].title for i in ("north1", "north2", "north3")}
    early, late = features(QUAKES["south1"], "2031-03-01"), features(QUAKES["south2"], "2031-03-02")
    assert regrouping.title([late, early], RARE) == early.title


def test_what_is_kept_round_trips_and_is_small() -> None:
    known = stories.sketched("a", [FOUND["north1"], FOUND["north2"]], RARE)
    for noun in (FOUND["north1"], known):
        assert msgspec.json.decode(msgspec.json.encode(noun), type=type(noun)) == noun
    long = features("Quake\n\n" + " ".join(f"Word{n}" for n in range(5000)))
    assert len(long.terms) == stories.MAX_TERMS


def test_empty_and_foreign_texts_are_stories_too() -> None:
    odd = {
        "empty": features(""),
        "marks": features("…\n\n— !"),
        "greek": features("Σεισμός στη Νορβέλ\n\nΣεισμός 6,2 στη Νορβέλ."),
    }
    found = arrive(list(odd), odd)
    assert len(set(found.values())) == 3


@settings(max_examples=30)
@given(st.permutations(list(QUAKES)))
def test_any_order_gives_the_same_stories(order: list[str]) -> None:
    assert b_cubed(GOLD, arrive(order, FOUND))[2] == 1.0


@settings(max_examples=30)
@given(st.lists(st.sampled_from(list(QUAKES)), min_size=1, unique=True))
def test_every_article_has_one_story_and_the_sketches_count_them(order: list[str]) -> None:
    shelf = Shelf()
    for id in order:
        shelf.add(id, FOUND[id])
    assert set(shelf.story) == set(order)
    assert {s: k.articles for s, k in shelf.sketches.items()} == {s: len(m) for s, m in shelf.members.items() if m}
    assert +shelf.counts == Counter(word for sketch in shelf.sketches.values() for word in sketch.terms)


def test_permutations_of_three_agree() -> None:
    for order in permutations(["north1", "south1", "north3"]):
        found = arrive(order, FOUND)
        assert found["north1"] == found["north3"] != found["south1"]
