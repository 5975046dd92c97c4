"""What a claim adds to what was on record before it."""

from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.knowledge import Claim, Origin
from onrecord.resolve.changes import Setting, of_claim
from onrecord.resolve.reversals import Memory, reversed_by


def claim(n: int, who: str, stance: str = "asserts", **more: Any) -> Claim:
    kind = more.pop("origin_kind", "speaker")
    plain: dict[str, Any] = {
        "id": f"claim{n}",
        "kind": "statement",
        "article": f"article{n}",
        "outlet": f"outlet{n}",
        "moment": f"2031-05-{n + 1:02}T08:00:00Z",
        "words": "the harbour will be closed",
        "stance": stance,
        "status": "actual",
        "origin": Origin(id=who, kind=kind, name=who),
        "speaker": who if kind == "speaker" else None,
        "speaker_name": who if kind == "speaker" else None,
    }
    return Claim(**(plain | more))


def kinds(new: Claim, earlier: list[Claim], copied: str | None = None) -> list[str]:
    return [c.kind for c in of_claim(new, earlier, copied)]


def figure(n: int, who: str, low: float, high: float | None = None, **more: Any) -> Claim:
    return claim(n, who, kind="figure", words=str(low), low=low, high=low if high is None else high, **more)


def test_the_first_claim_is_a_new_account() -> None:
    assert kinds(claim(1, "Torv"), []) == ["new-account"]


def test_a_second_independent_origin_confirms_once() -> None:
    first, second, third = claim(1, "Torv"), claim(2, "Karvonen"), claim(3, "Rask")
    assert kinds(second, [first]) == ["confirmed"]
    assert kinds(third, [first, second]) == []


def test_the_same_origin_in_another_outlet_confirms_nothing() -> None:
    assert kinds(claim(2, "Torv"), [claim(1, "Torv")]) == []


def test_a_denial_by_somebody_else() -> None:
    assert kinds(claim(2, "Karvonen", "denies"), [claim(1, "Torv")]) == ["denied"]


def test_a_denial_is_new_once() -> None:
    earlier = [claim(1, "Torv"), claim(2, "Karvonen", "denies")]
    assert kinds(claim(3, "Karvonen", "denies"), earlier) == []


def reverses(now: str, before: str) -> bool:
    old = claim(1, "Torv", "denies", words=before)
    return reversed_by(claim(2, "Torv", words=now), Memory([old])) is not None


def test_a_speaker_who_says_the_contrary_is_a_reversal_and_no_denial_by_another() -> None:
    assert reverses("We are raising the harbour levy in spring", "There will be no harbour levy, not in this spring")
    assert kinds(claim(2, "Torv", "denies"), [claim(1, "Torv")]) == []


def test_saying_it_again_is_no_reversal() -> None:
    first = claim(1, "Torv", "denies", words="There will be no harbour levy in this spring")
    second = claim(2, "Torv", words="We are raising the harbour levy in spring")
    third = claim(3, "Torv", words="The harbour levy will be raised in spring")
    assert reversed_by(third, Memory([first, second])) is None


def test_another_matter_is_no_reversal() -> None:
    assert not reverses("The Lady Torv sailed with a full crew", "The Lady Torv was not short of crew")
    assert not reverses("We are raising the harbour levy in spring", "We do not want war")


def test_a_figure_moves_where_it_agrees_with_none_before() -> None:
    first = figure(1, "Torv", 2000)
    assert kinds(figure(2, "Torv", 3500), [first]) == ["figure-moved"]
    assert kinds(figure(2, "Torv", 2050), [first]) == []
    assert kinds(figure(2, "Karvonen", 2000), [first]) == ["confirmed"]
    assert "figure-moved" not in kinds(figure(3, "Torv", 2000), [first, figure(2, "Torv", 3500)])


def test_figures_of_another_status_are_not_compared() -> None:
    assert kinds(figure(2, "Torv", 3500, status="planned"), [figure(1, "Torv", 2000)]) == []


def test_two_versions_of_one_quotation_are_no_reversal() -> None:
    said = "We will not close the harbour in this year or the next one."
    cut = said.replace("not ", "")
    earlier = [claim(1, "Torv", "denies", words=said, quoted=True)]
    [change] = of_claim(claim(2, "Torv", words=cut, quoted=True), earlier, None)
    assert change.kind == "quotation-differs"
    assert change.drifts[0].their_words == "not"
    assert change.other == "article1"


def test_a_copy_that_drops_whom_it_has_it_from() -> None:
    original = claim(1, "sources", origin_kind="anonymous")
    copy = claim(2, "Marl Courier", origin_kind="outlet")
    assert "attribution-dropped" in kinds(copy, [original], "article1")
    assert "attribution-dropped" not in kinds(copy, [original], None)


def test_a_claim_changes_nothing_that_was_said_after_it() -> None:
    assert kinds(claim(1, "Torv", "denies"), [claim(2, "Karvonen")]) == []


def test_ids_are_the_same_when_it_is_done_twice() -> None:
    one, two = (list(of_claim(claim(2, "Karvonen"), [claim(1, "Torv")], None)) for _ in range(2))
    assert one == two


def test_who_denies_what_nobody_has_on_record_is_news_and_who_says_no_denies_nothing() -> None:
    assert kinds(claim(1, "Torv", "denies", words="that the ferry had been short of crew"), []) == ["denied"]
    assert kinds(claim(1, "Torv", "denies", words="There will be no harbour levy"), []) == ["new-account"]


def test_a_description_confirms_nothing() -> None:
    assert kinds(claim(2, "harbour minister"), [claim(1, "Torv")]) == []
    assert kinds(claim(2, "Torv"), [claim(1, "harbour minister")]) == []


def test_an_outlet_is_one_whether_it_speaks_or_is_spoken_of() -> None:
    own = claim(1, "The Marl Lamp", origin_kind="anonymous")
    assert kinds(claim(2, "Marl Lamp"), [own]) == []


def test_a_figure_is_confirmed_by_the_one_it_agrees_with() -> None:
    earlier = [figure(1, "Torv", 2000), figure(2, "Marl Lamp", 5000, origin_kind="anonymous")]
    above = claim(2, "Marl Lamp", kind="figure", words="more than 5,000", low=5000, high=None, origin_kind="anonymous")
    more = claim(3, "Karvonen", kind="figure", words="at least 5,600", low=5600, high=None)
    assert "confirmed" in kinds(more, [earlier[0], above])
    assert "confirmed" not in kinds(more, earlier)


def test_a_figure_that_is_only_near_confirms_nothing() -> None:
    assert kinds(figure(2, "Karvonen", 2080), [figure(1, "Torv", 2000)]) == []


def test_a_denied_figure_is_denied_of_those_who_gave_it() -> None:
    above = claim(2, "Marl Lamp", kind="figure", words="more than 5,000", low=5000, high=None, origin_kind="anonymous")
    denial = claim(3, "Rask", "denies", kind="figure", words="beyond 5,000", low=5000, high=None)
    [change] = of_claim(denial, [figure(1, "Torv", 2000), above], None)
    assert (change.kind, change.other) == ("denied", "article2")
    assert kinds(denial, [figure(1, "Torv", 2000)]) == []


def test_speech_of_nobody_known_denies_nothing() -> None:
    assert kinds(claim(2, "Marl Lamp", "denies", origin_kind="outlet"), [claim(1, "Torv")]) == []


def test_who_only_repeats_a_paper_is_no_second_origin_beside_it() -> None:
    first = claim(1, "The Marl Lamp", origin_kind="anonymous")
    repeated = claim(2, "Tarn Bell", origin_kind="outlet")
    assert kinds(claim(3, "Karvonen"), [first, repeated]) == ["confirmed"]


def test_an_attribution_is_dropped_where_an_unnamed_source_becomes_a_fact() -> None:
    first = claim(1, "The Marl Lamp", origin_kind="anonymous")
    fact = claim(2, "Tarn Bell", origin_kind="outlet")
    lamp, torv = (Setting(named=frozenset({name})) for name in ("Marl Lamp", "Torv"))
    assert "attribution-dropped" in [c.kind for c in of_claim(fact, [first], None, lamp)]
    assert [c.kind for c in of_claim(fact, [claim(1, "Torv")], None, torv)] == []


COUNT = Setting(counts=True)


def counted(n: int, who: str, value: float, words: str) -> Claim:
    return replace(figure(n, who, value), words=words)


def moves(new: Claim, earlier: list[Claim], here: Setting = COUNT) -> list[str]:
    return [c.words for c in of_claim(new, earlier, None, here) if c.kind == "figure-moved"]


def test_an_exact_count_moves_by_little_and_a_rounded_one_by_more() -> None:
    assert moves(counted(2, "Torv", 289, "289"), [counted(1, "Torv", 268, "268")]) == ["268 → 289 (Torv)"]
    assert moves(counted(2, "Torv", 4870, "4,870"), [counted(1, "Torv", 5000, "5,000")]) == []


def test_what_an_article_says_to_have_moved_moves_once() -> None:
    here = Setting(counts=True, moved="260")
    assert moves(counted(2, "Torv", 300, "300"), [], here) == ["260 → 300 (Torv)"]
    assert moves(counted(2, "Torv", 300, "300"), [counted(1, "Karvonen", 300, "300")], here) == []
    assert moves(figure(2, "Torv", 148), [figure(1, "Torv", 231)], Setting(counts=True, earlier=True)) == []


def test_the_very_same_count_is_handed_on_and_confirms_nothing() -> None:
    assert "confirmed" not in kinds(figure(2, "Karvonen", 317), [figure(1, "Torv", 317)])
    assert "confirmed" in kinds(figure(2, "Karvonen", 300), [figure(1, "Torv", 300)])


def test_an_officer_of_a_body_is_no_second_origin_beside_it() -> None:
    here = Setting(role="ministry spokesman Aino Karvonen")
    changes = of_claim(claim(2, "Aino Karvonen"), [claim(1, "Health Ministry")], None, here)
    assert "confirmed" not in [c.kind for c in changes]


def test_a_clause_is_turned_round_by_itself() -> None:
    before = claim(
        1,
        "Torv",
        "denies",
        words="The harbour water is safe to drink, and we will not ask anybody to boil it",
        quoted=True,
    )
    after = claim(
        5,
        "Torv",
        "denies",
        words="The harbour water is not safe to drink, and we ask everybody to boil it",
        quoted=True,
    )
    unsafe = claim(5, "Torv", words="The harbour water is unsafe to drink")
    for now in (after, unsafe):
        assert (change := reversed_by(now, Memory([before]))) and change.kind == "reversal"
    assert reversed_by(claim(6, "Torv", words="the harbour water is safe to drink"), Memory([before])) is None


@pytest.mark.parametrize(("reached", "turned"), [("3,500", False), ("5,600", True)])
def test_a_limit_that_numbers_keep_to_reverses_nothing(reached: str, turned: bool) -> None:
    before = claim(1, "Torv", words=f"The number of herring boats in the harbour has reached {reached}")
    now = claim(4, "Torv", "denies", words="The number of herring boats in the harbour will not exceed 5,000")
    assert bool(reversed_by(now, Memory([before]))) == turned


def test_the_version_that_agrees_with_another_is_no_finding() -> None:
    said = "We will not close the harbour in this year or the next one."
    earlier = [
        claim(1, "Torv", "denies", words=said, quoted=True),
        claim(2, "Torv", words=said.replace("not ", ""), quoted=True),
    ]
    assert kinds(claim(3, "Torv", "denies", words=said, quoted=True), earlier) == []


def test_what_a_sentence_recalls_of_an_earlier_day_confirms_nothing() -> None:
    earlier = [claim(1, "Karvonen")]
    assert "confirmed" in [c.kind for c in of_claim(claim(2, "Torv"), earlier, None)]
    assert "confirmed" not in [c.kind for c in of_claim(claim(2, "Torv"), earlier, None, Setting(recalled=True))]


def test_what_is_only_more_than_a_number_confirms_little_more_than_it() -> None:
    more = replace(figure(1, "Torv", 300), high=None)
    assert "confirmed" in kinds(figure(2, "Karvonen", 320), [more])
    assert "confirmed" not in kinds(figure(2, "Karvonen", 370), [more])


def test_a_share_by_which_something_grew_moves_no_other() -> None:
    older = [figure(1, "Torv", 14)]
    assert len(moves(figure(2, "Torv", 49), older, Setting())) == 1
    assert moves(figure(2, "Torv", 49), older, Setting(change=True)) == []


def test_a_thing_that_is_open_now_and_shut_then_reverses_nobody() -> None:
    before = claim(1, "Torv", words="the bottom gates of the harbour dam were open")
    assert (
        reversed_by(claim(5, "Torv", words="The bottom gates of the harbour dam were shut"), Memory([before])) is None
    )


def level(n: int, who: str, metres: float, day: int) -> tuple[Claim, Setting]:
    """A level of a lake as somebody gave it, and of which day of May."""
    told = Setting(counts=True, level=True, day=f"2031-05-{day:02}", recalled=day < n)
    return figure(n, who, metres), told


def test_a_level_moves_by_little_from_one_day_to_the_next() -> None:
    (first, _), (second, here) = level(1, "operator", 88.4, 2), level(3, "operator", 88.1, 4)
    assert [c.kind for c in of_claim(second, [first], None, here)] == ["figure-moved"]


def test_a_second_instrument_confirms_a_level_of_its_day_and_moves_nothing() -> None:
    (first, _), (second, here) = level(1, "Operator", 88.4, 2), level(5, "Commission", 88.3, 2)
    assert [c.kind for c in of_claim(second, [first], None, here)] == ["confirmed"]


def test_a_level_that_fell_from_nobody_knows_what_has_not_moved_yet() -> None:
    claimed, _ = level(1, "operator", 88.4, 2)
    here = Setting(counts=True, level=True, moved="")
    assert [c.kind for c in of_claim(claimed, [], None, here)] == ["new-account"]


def test_no_more_than_a_number_is_nearly_that_and_fewer_may_be_any() -> None:
    counted, here = figure(1, "Torv", 120), Setting(counts=True)
    most = replace(figure(2, "Rask", 150), low=None, words="no more than 150")
    fewer = replace(most, words="fewer than 150")
    assert [c.kind for c in of_claim(most, [counted], None, here)] == ["figure-moved"]
    assert [c.kind for c in of_claim(fewer, [counted], None, here)] == []


def test_a_figure_moves_from_who_gave_the_last_one_first_and_not_where_somebody_thought_it_likely() -> None:
    counted = [figure(1, "Torv", 120), figure(2, "Rask", 190), figure(3, "Lysk", 190)]
    (moved,) = of_claim(figure(4, "Karvonen", 260), counted, None, Setting(counts=True))
    assert (moved.kind, moved.other) == ("figure-moved", "article2")
    likely = [*counted, figure(3, "Marl", 260, stance="hedges")]
    assert [c.kind for c in of_claim(figure(4, "Karvonen", 260), likely, None, Setting(counts=True))] == []


def test_who_said_that_there_will_be_none_of_it_and_does_it_reverses_himself() -> None:
    before = "There will be no rationing in Seldrin, this winter or any other"
    assert reverses("From Monday diesel will be rationed in Seldrin", before)
    assert reverses("We will ration diesel", before)
    assert not reverses("From Monday diesel will be rationed in Orrest", before)
    assert reverses("The ferry will be closed on Friday", "There will be no closure of the ferry")
    assert not reverses("The school will be closed on Friday", "There will be no closure of the ferry")
    assert not reverses("Pensions will be increased", "There will be no increase")
    assert not reverses("Pensions will be increased", "There will be no increase in fares")


def test_a_count_of_a_state_moves_also_where_its_article_names_who_gave_the_last() -> None:
    older = [counted(1, "Torv", 60, "60 people")]
    new, named = counted(2, "Lamp", 41, "41 people"), frozenset({"Torv"})
    new = replace(new, origin=replace(new.origin, kind="outlet"))
    assert moves(new, older, Setting(counts=True, named=named)) == []
    assert moves(new, older, Setting(counts=True, named=named, anew=True)) == ["60 people → 41 people (Lamp)"]


def test_an_outlet_that_only_gives_the_same_number_confirms_nothing_unless_it_estimates() -> None:
    old = figure(1, "Harbour Board", 3000)
    assert kinds(figure(2, "The Tern", 3000, origin_kind="outlet"), [old]) == []
    estimate = replace(figure(2, "The Tern", 3000, origin_kind="outlet"), words="about 3,000")
    assert kinds(estimate, [old]) == ["confirmed"]


def test_what_is_said_of_a_known_thing_in_passing_confirms_nothing() -> None:
    old, new = figure(1, "Harbour Board", 4), replace(figure(2, "Mira Karvonen", 4), words="four people")
    beside = Setting(sentence="It is about the storm that has killed four people, Mira Karvonen said.", counts=True)
    itself = Setting(sentence="The storm killed four people, Mira Karvonen said.", counts=True)
    assert [c.kind for c in of_claim(new, [old], None, beside)] == []
    assert [c.kind for c in of_claim(new, [old], None, itself)] == ["confirmed"]


def test_the_same_words_but_for_a_not_are_a_misquotation_days_later_too() -> None:
    said = claim(1, "Marr", "denies", words="We did not count the wounded of Arle", quoted=True)
    later = claim(5, "Marr", words="We did count the wounded of Arle", quoted=True)
    assert "quotation-differs" in kinds(later, [said])
    assert reversed_by(later, Memory([said])) is None
    assert reversed_by(claim(5, "Marr", words="We did count the wounded of Arle"), Memory([said])) is not None


def test_an_attribution_is_dropped_where_only_unnamed_sources_have_put_a_round_figure_on_record() -> None:
    first = figure(1, "The Marl Lamp", 22000, origin_kind="anonymous")
    denied = figure(1, "Torv", 22000, stance="denies")
    own = figure(2, "Tarn Bell", 22000, origin_kind="outlet")
    named = Setting(named=frozenset({"Torv"}), sentence="More than 22,000 have been called up.")
    assert "attribution-dropped" in [c.kind for c in of_claim(own, [first, denied], None, named)]
    also = figure(1, "Rask", 22000)
    assert "attribution-dropped" not in [c.kind for c in of_claim(own, [first, also], None, named)]
    later = figure(9, "Tarn Bell", 22000, origin_kind="outlet")
    assert "attribution-dropped" not in [c.kind for c in of_claim(later, [first, denied], None, named)]


def test_who_says_it_anew_in_a_transcript_misquotes_nobody() -> None:
    before = claim(1, "Torv", words="I do not think that the order has been given", quoted=True)
    after = claim(3, "Torv", words="I think that the order has been given", quoted=True)
    assert [c.kind for c in of_claim(after, [before], None)] == ["quotation-differs"]
    assert "quotation-differs" not in [c.kind for c in of_claim(after, [before], None, Setting(spoken=True))]


@pytest.mark.parametrize(("words", "number", "kind"), [("Some 43,500", 43500, None), ("Some 2,000", 2000, "confirmed")])
def test_an_outlet_that_gives_a_precise_number_has_it_from_a_count(words: str, number: int, kind: str | None) -> None:
    """Though it says "some"; what is round may be its own guess."""
    counted = figure(1, "Torv", number)
    own = replace(figure(2, "Marl Courier", number, origin_kind="outlet"), words=words)
    assert next((c.kind for c in of_claim(own, [counted], None, Setting(counts=True)) if c.kind == "confirmed"), None) == kind  # fmt: skip


def test_what_a_thing_did_before_is_said_in_passing() -> None:
    first = figure(1, "Torv", 12)
    told = Setting(sentence="Police arrested the man whose firm built the roof that fell and killed 12.0, Rask said.")
    again = figure(2, "Rask", 12)
    assert "confirmed" not in [c.kind for c in of_claim(again, [first], None, told)]
    assert "confirmed" in [c.kind for c in of_claim(again, [first], None, Setting(sentence="Rask said 12.0."))]
