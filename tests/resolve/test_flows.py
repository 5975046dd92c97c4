"""What a number tells anew of a flow: what is given off, cancelled, taken out or allowed, and how far a closed zone reaches."""

from __future__ import annotations

import pytest

from onrecord.resolve.flows import is_allowed, is_flow
from tests.resolve.test_gauges import figure, gauged
from tests.resolve.test_series import marked

FLOWS = [
    ("The well gave off <310 tonnes> of methane in a day.", "tonnes methane output a day"),
    ("It vents <90 tonnes> of methane a day, the inspector said.", "tonnes methane output a day"),
    ("The well’s output of methane stood at <470 tonnes> a day on Friday.", "tonnes methane output a day"),
    ("The plant emitted <2,000 tonnes> of soot a year.", "tonnes soot output a year"),
    ("The well gave off <310 tonnes> of methane.", ""),
    ("The lorry carried <310 tonnes> of grain a day.", ""),
    ("The gale grounded <86 flights> at two airports.", "flight cancelled"),
    ("Orva Lines cancelled <40 sailings> on Friday.", "sailing cancelled"),
    ("<63 trains> were cancelled on Friday.", "train cancelled"),
    ("Airlines stayed at home. Cancellations fell to <74> on Friday.", "flight cancelled"),
    ("No ferry left. Cancellations since Monday have now passed <700>.", "sailing cancelled in all"),
    ("Airlines wait. Cancellations fell to 74 on Friday; the week’s total stands a little over <510>.", "flight cancelled in all"),
    ("The gale grounded <three children> at their aunt’s.", ""),
    ("They saw <86 flights> land.", ""),
    ("Savers took out <44 million marks> between Monday and Friday.", "marks withdrawal in all"),
    ("Withdrawals since Monday had reached <61 million marks>.", "marks withdrawal in all"),
    ("Savers may take out <44 million marks> between Monday and Friday.", ""),
    ("She took out <300 marks>.", ""),
    ("The bank limited withdrawals to <300 marks> a day.", "marks withdrawal limit"),
    ("The bank capped all cash withdrawals to <300 marks> a day.", "marks withdrawal limit"),
    ("Savers may now withdraw <900 marks> a day.", "marks withdrawal limit"),
    ("Savers may now withdraw <900 marks>.", ""),
    ("The mayor closed everything within <3 kilometres> of the well.", "kilometres zone"),
    ("The mayor widened the closed zone around the well to <5 kilometres>, from 3.", "kilometres zone"),
    ("Police drew an exclusion zone of <4 kilometres> around the well.", "kilometres zone"),
    ("The neighbours demanded an exclusion zone of <9 kilometres>.", ""),
    ("She lives within <3 kilometres> of the well.", ""),
    ("Rooms at Orva: <90 marks>, without breakfast.", "marks lodging"),
    ("The mayor said one thing only: <90 marks>.", ""),
    ("Mayor Tolm said: <90 marks>.", ""),
    ("Trading in the shares of Orva Lines stopped after they had fallen to <0.40 marks>.", "marks share"),
    ("Its shares fell to <1.10 marks>.", "marks share"),
    ("The well water held <80 milligrams> of nitrate a litre.", "milligrams nitrat"),
    ("They found 80 milligrams of nitrate. “We found no more than <30 milligrams>,” she said.", "milligrams nitrat"),
    ("The law allows <50 milligrams> of nitrate a litre.", ""),
    ("The blaze has spread to <3,000 hectares> of heath.", "hectares burnt"),
    ("<900 acres> have burned since Friday.", "acres burnt"),
    ("The farm has <900 acres> of rye.", ""),
    ("Eggs rose to <5.20 marks> a dozen.", "marks egg"),
    ("The column of smoke stood at <800 metres>.", "metres plume"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "series"), FLOWS)
def test_what_a_number_tells_of_a_flow(words: str, series: str) -> None:
    assert gauged(words) == series


@pytest.mark.parametrize(
    ("series", "flows"),
    [("flight cancelled", True), ("tonnes soot output a year", True), ("marks withdrawal limit", True), ("marks box", False), ("kilometres zone", False)],
)  # fmt: skip
def test_what_is_a_flow(series: str, flows: bool) -> None:
    assert is_flow(series) is flows


def test_what_is_allowed_a_day_is_a_fact() -> None:
    def allowed(words: str) -> bool:
        text, span, sentence = marked(words)
        return is_allowed(text, figure(text, span), sentence)

    assert allowed("Savers may now withdraw <900 marks> a day.")
    assert not allowed("The loss may reach <900 marks> a day.")
