"""What a number gauges: a queue, things that lie somewhere, a stock, an offer, a lead; and what a bare number goes on with."""

from __future__ import annotations

import pytest

from onrecord.model import Figure
from onrecord.read.figures import find
from onrecord.resolve.gauges import again, goods, is_gauge, will_last
from onrecord.resolve.series import run
from tests.resolve.test_series import marked


def gauged(words: str) -> str:
    """The series of the marked figure of a sentence."""
    text, span, sentence = marked(words)
    return run(text, figure(text, span), sentence, "")[1]


def figure(text: str, span: tuple[int, int]) -> Figure:
    """The figure that is read where a mark stands."""
    return next(f for f in find(text, ()) if f.span[0] < span[1] and span[0] < f.span[1])


GAUGES = [
    ("<140 lorries> were queueing at the Orva crossing on Friday.", "lorry waiting"),
    ("The queue of trucks at the Orva crossing grew to <160>.", "lorry waiting"),
    ("<31 ferries> are drifting off Orva.", "ship waiting"),
    ("<31 ferries> off Orva were painted.", ""),
    ("The waiting list for beds lengthened to <310>.", "bed waiting"),
    ("There were <75 trains> waiting in the yard.", "train waiting"),
    ("A backlog of <2,300 applications> has built up.", "case waiting"),
    ("There are now <420 beds> in the tent hospital.", "bed there"),
    ("Some <1,900 tents> were pitched near the river.", ""),
    ("<1,900 tents> are stored in the hangar.", "tent there"),
    ("<Nine tents> are in the hangar.", ""),
    ("The rice reserve has fallen to <40 days>.", "stock rice"),
    ("There is flour enough for <12 days>.", "stock flour"),
    ("The stock of insulin stood on Monday at <three weeks>.", "stock insulin"),
    ("They spoke of a coal reserve of <30 days>.", "stock coal"),
    ("The dispute lasted for <seven weeks>.", ""),
    ("The walk takes <40 minutes>.", ""),
    ("The company raised its offer to <3.5 per cent>.", "percent offer"),
    ("The bakers were offered <4 per cent>.", "percent offer"),
    ("The mill is prepared to go to <5 per cent>.", "percent offer"),
    ("They went back for a pay rise of <5.5 per cent>.", "percent offer"),
    ("The nurses demand a pay rise of <9 per cent>.", ""),
    ("Mayor Tolm won by <311 votes>.", "votes lead"),
    ("The council’s majority shrank to <four seats>.", "seats lead"),
    ("She polled <4,200 votes>.", ""),
    ("There were <140 people> on board, the line said.", "people aboard"),
    ("She put the number of people aboard at <151>.", "people aboard"),
    ("A tram carrying <60 people> left the rails.", "people aboard"),
    ("A bill carrying <60 people> into debt was dropped.", ""),
    ("The ferry had a crew of nine and <140 passengers> on board.", "passenger aboard"),
    ("<40 crates> were on board.", ""),
    ("There were <89> on the plane.", "people aboard"),
    ("<41 people> were on the bus.", "people aboard"),
    ("She spoke to <41 people> on the bus.", ""),
    ("In the queue there were at the end <90 carts>.", "cart waiting"),
    ("Drivers turned down an offer of <4 per cent>.", "percent offer"),
    ("They came back after accepting a rise of <4.5 per cent>.", "percent offer"),
    ("The mill rejected a demand of <9 per cent>.", ""),
    ("Rye at Tarn was talked at <310 crowns> a tonne.", "crowns rye"),
    ("The daily cost of an idle tanker slid to <21,000 crowns>.", "crowns ship"),
    ("A loaf of bread changed hands at <9 crowns>.", "crowns bread"),
]  # fmt: skip
BARE = [
    ("<160 lorries> were queueing at Orva.", "The guild’s figure was <175> at noon.", True),
    ("<160 lorries> were queueing at Orva.", "“There are no more than <120>,” she said.", True),
    ("<160 lorries> were queueing at Orva.", "He spoke of a figure of about <150>.", True),
    ("<160 lorries> were queueing at Orva.", "The hauliers spoke of <190>.", True),
    ("<160 lorries> were queueing at Orva.", "The customs office put it at <120>.", True),
    ("<160 lorries> were queueing at Orva.", "The last figure was <100>.", False),
    ("<160 lorries> were queueing at Orva.", "She gave the figure as <190>.", True),
    ("<160 lorries> were queueing at Orva.", "On Thursday the number was <131>.", False),
    ("<160 lorries> were queueing at Orva.", "The number was <9,000>.", False),
    ("<160 lorries> were queueing at Orva.", "She is <61>.", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "series"), GAUGES)
def test_what_a_number_gauges(words: str, series: str) -> None:
    assert gauged(words) == series


@pytest.mark.parametrize(("first", "second", "goes_on"), BARE)
def test_what_a_bare_number_goes_on_with(first: str, second: str, goes_on: bool) -> None:
    told, span, _ = marked(first)
    text, bare, _ = marked(f"{told} {second}")
    sentence = (len(told) + 1, len(text))
    last = figure(text, span), ("", "lorry waiting")
    assert again(text, figure(text, bare), sentence, last) == ("", "lorry waiting" if goes_on else "")
    assert again(text, figure(text, bare), sentence, None) == ("", "")


@pytest.mark.parametrize(
    ("words", "good"),
    [
        ("diesel fuel", "diesel"),
        ("no fuel train came, and the petrol", "petrol"),
        ("the fuel", "fuel"),
        ("gasoil", "diesel"),
        ("the bridge", ""),
    ],
)
def test_the_goods_of_a_stock(words: str, good: str) -> None:
    assert goods(words) == good


def test_what_will_last_is_there() -> None:
    text, span, sentence = marked("She said that the coal would now last for <20 days>.")
    assert will_last(text, figure(text, span), sentence)
    text, span, sentence = marked("She said that the coal might be gone in <20 days>.")
    assert not will_last(text, figure(text, span), sentence)


@pytest.mark.parametrize(
    ("series", "is_one"), [("stock coal", True), ("lorry waiting", True), ("metres lake", False), ("", False)]
)
def test_gauges_are_known_by_their_names(series: str, is_one: bool) -> None:
    assert is_gauge(series) == is_one
