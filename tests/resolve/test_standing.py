"""How credible an account is by the claims that count for the value in question."""

from onrecord.resolve.standing import credible
from tests.resolve.test_changes import claim, figure


def test_a_figure_that_has_moved_is_confirmed_only_by_who_gives_the_same_value() -> None:
    claims = [figure(1, "Torv", 2000), figure(2, "Karvonen", 3500), figure(3, "Rask", 4900)]
    assert credible(claims).level == 3
    assert credible([*claims, figure(4, "Lunt", 5000)]).level == 1
    assert credible(claims, claims[0]).level == 3


def test_a_denial_counts_whatever_the_value() -> None:
    claims = [figure(1, "Torv", 4900), figure(2, "Karvonen", 4900), figure(3, "Rask", 9000, stance="denies")]
    assert credible(claims).level == 4


def test_statements_all_count() -> None:
    assert credible([claim(1, "Torv"), claim(2, "Karvonen")]).level == 1
    assert credible([]).level == 6
