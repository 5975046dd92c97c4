"""What bears out a number that was contradicted, and who comes round to it."""

from msgspec.structs import replace

from onrecord.knowledge import Claim, Origin
from onrecord.resolve.bearing import borne_out, confirms
from tests.resolve.test_changes import figure


def unnamed(n: int, number: float) -> Claim:
    own = Origin(id="lamp:unnamed", kind="anonymous", name="Marl Lamp")
    return figure(n, "Marl Lamp", number, origin_kind="anonymous", origin=own)


def at_most(n: int, who: str, number: float) -> Claim:
    return replace(figure(n, who, number), words=f"no more than {number:g}", low=None, high=number)


def bears(new: Claim, *older: Claim, role: str = "") -> str | None:
    found = borne_out(new, list(older), new.moment[:10], role)
    return found.article if found else None


def test_a_third_who_goes_as_far_away_from_what_was_set_against_a_number_bears_it_out() -> None:
    told, against = unnamed(1, 86), at_most(2, "Torv", 70)
    assert bears(figure(3, "Strand Observatory", 91), told, against) == "article1"
    assert bears(figure(3, "Strand Observatory", 78), told, against) is None  # between the two
    assert bears(figure(3, "Strand Observatory", 120), told, against) is None  # too far
    assert bears(figure(9, "Strand Observatory", 91), told, against) is None  # long after


def test_a_number_that_nobody_contradicted_is_not_borne_out_by_another() -> None:
    assert bears(figure(3, "Strand Observatory", 91), unnamed(1, 86)) is None
    assert (
        bears(figure(3, "Strand Observatory", 91), unnamed(1, 86), at_most(0, "Torv", 70)) is None
    )  # of the day before


def test_only_the_first_bears_it_out_and_nobody_of_no_name() -> None:
    told, against, first = unnamed(1, 86), at_most(2, "Torv", 70), figure(3, "Strand Observatory", 91)
    assert bears(figure(4, "Karvonen", 92), told, against, first) is None
    assert bears(figure(3, "harbour official", 91), told, against) is None
    assert bears(figure(3, "head of the Strand Observatory", 91), told, against) == "article1"


def test_who_contradicted_a_number_concedes_it_also_after_others_and_by_his_body() -> None:
    told, against = unnamed(1, 86), at_most(2, "head of Marl’s Ports Authority", 70)
    seen = figure(3, "Strand Observatory", 91)
    assert bears(figure(4, "Marl Ports Authority", 88), told, against, seen) == "article1"
    assert bears(figure(4, "Marl Ports Authority", 72), told, against, seen) is None
    again = figure(5, "Marl Ports Authority", 87)
    assert bears(again, told, against, seen, figure(4, "Marl Ports Authority", 88)) is None


def test_a_denial_is_conceded_with_a_number_near_the_denied_one() -> None:
    told, denied = unnamed(1, 230), figure(2, "Torv", 230, stance="denies")
    assert bears(figure(3, "Torv", 240), told, denied) == "article1"
    assert bears(figure(3, "Torv", 150), told, denied) is None


def test_the_instrument_of_a_named_body_confirms_where_it_measured_anew() -> None:
    level = figure(1, "Marl Hydro", 479.4)
    assert confirms(figure(2, "radar altimeter of the Strand Commission", 479.1), level, "Marl Hydro had reported")
    assert not confirms(figure(2, "radar altimeter of the Strand Commission", 479.4), level, "")
    assert not confirms(figure(2, "gauge of Marl Hydro", 479.1), level, "")
    assert not confirms(figure(2, "radar altimeter", 479.1), level, "")
