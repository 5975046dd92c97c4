import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Dated, Piece
from onrecord.read import dates
from onrecord.read.manner import lexicon
from tests import clock

DATELINE = Dated(value="2031-05-14T09:00:00+02:00", evidence="given")  # a Wednesday


def found(text: str, published: Dated | None = DATELINE) -> list[tuple[str, str | None]]:
    return [(text[slice(*d.span)], d.value) for d in dates.find(text, published)]


def values(text: str, published: Dated | None = DATELINE) -> list[str | None]:
    return [value for _, value in found(text, published)]


DAYS = [
    ("He signed it on Friday.", "Friday", "2031-05-09"),
    ("It opened on Wednesday.", "Wednesday", "2031-05-14"),
    ("It will open on Friday.", "Friday", "2031-05-16"),
    ("The council votes on Friday.", "Friday", "2031-05-16"),
    ("The council was to vote on Friday.", "Friday", "2031-05-16"),
    ("The strike planned for Saturday is banned.", "Saturday", "2031-05-17"),
    ("I'll be there on Sunday.", "Sunday", "2031-05-18"),
    ("Voters go to the polls on Sunday.", "Sunday", "2031-05-18"),
    ("She has until Friday to answer.", "Friday", "2031-05-16"),
    ("On Friday the harbour will close.", "Friday", "2031-05-16"),
    ("“Let’s meet on Friday,” he said.", "Friday", "2031-05-16"),
    ("She wouldn't say on Friday how it ended.", "Friday", "2031-05-09"),
    ("In a letter on Friday, “we must stop,” it says.", "Friday", "2031-05-09"),
    ("The shop was open on Friday.", "Friday", "2031-05-09"),
    ("He came last Wednesday.", "last Wednesday", "2031-05-07"),
    ("He comes next Wednesday.", "next Wednesday", "2031-05-21"),
    ("They met on Tuesday last week.", "Tuesday last week", "2031-05-06"),
    ("Talks broke down on March 9.", "March 9", "2031-03-09"),
    ("The war began on November 24.", "November 24", "2030-11-24"),
    ("It will end on November 24.", "November 24", "2031-11-24"),
    ("On 3 June 2029 it rained.", "3 June 2029", "2029-06-03"),
    ("On the twenty-third of May 2029 it rained.", "the twenty-third of May 2029", "2029-05-23"),
    ("Sunday, Dec. 1, 2030 was cold.", "Sunday, Dec. 1, 2030", "2030-12-01"),
    ("Signed 2030-11-02.", "2030-11-02", "2030-11-02"),
    ("It rained yesterday.", "yesterday", "2031-05-13"),
    ("It rained the day before yesterday.", "the day before yesterday", "2031-05-12"),
    ("It broke down on Christmas Eve.", "Christmas Eve", "2030-12-24"),
    ("Easter 2030 was early.", "Easter 2030", "2030-04-21"),
]
PERIODS = [
    ("It rained in February.", "February", "2031-02"),
    ("It rained in March of last year.", "March of last year", "2030-03"),
    ("This week it rained.", "This week", "2031-W20"),
    ("It rained at the weekend.", "the weekend", "2031-W19"),
    ("It rained three weeks ago.", "three weeks ago", "2031-W17"),
    ("It rained last month.", "last month", "2031-04"),
    ("It rained two years ago.", "two years ago", "2029"),
    ("It fell in the second quarter of 2030.", "the second quarter of 2030", "2030-Q2"),
    ("It fell in last year's second quarter.", "last year's second quarter", "2030-Q2"),
    ("Profit fell in the latest quarter.", "the latest quarter", "2031-Q1"),
    ("Profit fell in H1 2030.", "H1 2030", "2030-H1"),
    ("Last summer was dry.", "Last summer", "2030-SU"),
    ("It began in the 1990s.", "the 1990s", "199"),
    ("It began in the '70s.", "the '70s", "197"),
    ("A map of the 17th century burned.", "the 17th century", "16"),
    ("He was born in 1988.", "1988", "1988"),
    ("Sailing Cup 2030 day five: nobody won.", "2030", "2030"),
    ("The 2028-29 season was lost.", "2028-29", "2028/2029"),
    ("The wall of 44 BC stands.", "44 BC", "-0043"),
    ("The budget for fiscal 2032 passed.", "fiscal 2032", "FY2032"),
]
LENGTHS = [
    ("It rained for two weeks.", "two weeks", "P2W"),
    ("It rained for several days.", "several days", "PXD"),
    ("It rained in recent weeks.", "recent weeks", "PXW"),
    ("It rained for two and a half years.", "two and a half years", "P2.5Y"),
    ("It rained for a year and a half.", "a year and a half", "P1.5Y"),
    ("It rained for half an hour.", "half an hour", "PT30M"),
    ("It rained during the past decade.", "the past decade", "P10Y"),
    ("The 12-hour shift is over.", "12-hour", "PT12H"),
]
SETS = [
    ("They meet every Friday.", "every Friday", "XXXX-WXX-5"),
    ("They meet every May.", "every May", "XXXX-05"),
    ("They meet each spring.", "each spring", "XXXX-SP"),
    ("They meet twice a month.", "twice a month", "P1M"),
    ("They meet weekly.", "weekly", "P1W"),
]
REFERENCES = [
    ("She is now free.", "now", "PRESENT_REF"),
    ("She recently left.", "recently", "PAST_REF"),
]


@pytest.mark.parametrize(("text", "words", "value"), DAYS + PERIODS + LENGTHS + SETS + REFERENCES)
def test_value_against_the_dateline(text: str, words: str, value: str) -> None:
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("rows", "type"), [(DAYS, "date"), (PERIODS, "date"), (LENGTHS, "duration"), (SETS, "set"), (REFERENCES, "date")]
)
def test_type(rows: list[tuple[str, str, str]], type: str) -> None:
    assert {d.type for text, _, _ in rows for d in dates.find(text, DATELINE)} == {type}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on May 3-5, 2030.", ["2030-05-03", "2030-05-05"]),
        ("From June 3 to July 2, 2030 it ran.", ["2030-06-03", "2030-07-02"]),
        ("The vote was on May 2, 2030. The following day he left.", ["2030-05-02", "2030-05-03"]),
        ("It began in March 2030. Two years later it ended.", ["2030-03", "2032"]),
        ("He was jailed in 2020. That year he fell ill.", ["2020", "2020"]),
        ("He said on Friday that talks would resume on Monday.", ["2031-05-09", "2031-05-19"]),
    ],
)
def test_one_date_from_another(text: str, expected: list[str]) -> None:
    assert values(text) == expected


NAMED = [
    ("On Sunday, election day, it rained.", [("Sunday", "2031-05-11"), ("election day", "2031-05-11")]),
    ("Opening night, May 3, was cold.", [("Opening night", "2031-05-03"), ("May 3", "2031-05-03")]),
    ("Election day is May 25.", [("Election day", "2031-05-25"), ("May 25", "2031-05-25")]),
    ("Sailing: day five\n\nYesterday, day five, nobody won.", [("day five", "2031-05-13"), ("Yesterday", "2031-05-13"), ("day five", "2031-05-13")]),
    ("It rained from day one until opening night.", []),
    ("Polling day, May 3, was cold; polling day 2027 was not.", [("Polling day", "2031-05-03"), ("May 3", "2031-05-03"), ("2027", "2027")]),
    ("They marked the 30th anniversary of the launch on May 12, 2001.", [("the 30th anniversary", "2031-05-12"), ("May 12, 2001", "2001-05-12")]),
    ("They marked the 30th anniversary of the launch with a march on Friday.", [("the 30th anniversary", "2031-05-09"), ("Friday", "2031-05-09")]),
    ("May 12, the 1st anniversary of the raid, was calm.", [("May 12", "2031-05-12"), ("the 1st anniversary", "2031-05-12")]),
    ("They marked the 1st anniversary of the raid on May 12, 2030.", [("the 1st anniversary", "2031-05-12"), ("May 12, 2030", "2030-05-12")]),
    ("They marked the 2nd anniversary, May 12, 1990, with songs.", [("May 12, 1990", "1990-05-12")]),
    ("The 30th anniversary of his death in 1999 came.", [("1999", "1999")]),
    ("It sank on May 2, 1961. They are marking the date in Seldrin.", [("May 2, 1961", "1961-05-02"), ("the date", "1961-05-02")]),
    ("It sank on May 2, 1961. They set the date of the vote.", [("May 2, 1961", "1961-05-02")]),
    ("It ends on May 25. By that date he will be gone.", [("May 25", "2031-05-25"), ("that date", "2031-05-25")]),
    ("They played on Sunday and will on May 25. The last match of the day was dull.", [("Sunday", "2031-05-11"), ("May 25", "2031-05-25"), ("the day", "2031-05-11")]),
    ("They lost on Tuesday. “We learned from today's game,” she said.", [("Tuesday", "2031-05-13"), ("today", "2031-05-13")]),
    ("They lost on Friday. “We learned from today's game,” she said.", [("Friday", "2031-05-09"), ("today", "2031-05-14")]),
    ("They lost on Tuesday. She learned from today's game.", [("Tuesday", "2031-05-13"), ("today", "2031-05-14")]),
    ("He resigned two days before Christmas.", [("two days before Christmas", "2030-12-23")]),
    ("He left a week after May 3, 2029.", [("a week after May 3, 2029", "2029-05-10")]),
    ("It shut for two days after May 3, 2029.", [("two days", "P2D"), ("May 3, 2029", "2029-05-03")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_day_that_is_told_by_another_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It fell at 8 a.m. on Friday.", "8 a.m. on Friday", "2031-05-09T08:00"),
        ("It fell Tuesday, 10:30 p.m. local time.", "Tuesday, 10:30 p.m. local time", "2031-05-13T22:30"),
        ("It fell at 2300 GMT Monday.", "2300 GMT Monday", "2031-05-12T23:00Z"),
        ("Doors open at 7:15 pm.", "7:15 pm", "T19:15"),
    ],
)
def test_time_and_its_day(text: str, words: str, value: str) -> None:
    assert found(text) == [(words, value)]


def test_time_takes_the_nearest_day_that_was_told() -> None:
    text = (
        "On Friday the hall filled. It shut at 22:30. Weeks passed. "
        + "Nobody spoke of it again. " * 30
        + "At 9:15 it rang."
    )
    assert values(text)[:2] == ["2031-05-09", "2031-05-09T22:30"]
    assert values(text)[-1] == "T09:15"  # too far away


@pytest.mark.parametrize(
    ("text", "value", "timex3"),
    [
        ("He left on Friday night.", "2031-05-09", "2031-05-09TNI"),
        ("He left this morning.", "2031-05-14", "2031-05-14TMO"),
        ("He left this weekend.", "2031-W19", "2031-W19-WE"),
        ("He left on Friday.", "2031-05-09", None),
        ("It rains in the morning.", None, "TMO"),
    ],
)
def test_value_is_a_calendar_period_and_timex3_says_the_rest(text: str, value: str, timex3: str | None) -> None:
    assert [(d.value, d.timex3) for d in dates.find(text, DATELINE)] == [(value, timex3)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital; sun and sat are words.",
        "The Sunday Times of Seldrin; Bloody Sunday; Super Tuesday; Casual Friday.",
        "Some 2,000 people, 1,800 of them students, and 1990 tonnes.",
        "Flight 1950 left gate 12; the score was 3-2.",
        "Room 2031, 10.5 percent, 24/7.",
        "The 40-year-old drove on.",
        "He spoke on “This Week,” the Seldrin Daily News wrote; it keeps up to date.",
        "She told the weekly ‘The Lantern’ and the daily “Corriel Post”.",
    ],
)
def test_no_date(text: str) -> None:
    assert values(text) == []


def test_without_a_dateline_relative_dates_cannot_be_known() -> None:
    assert values("On Friday, or on March 9, or on March 9, 2030.", None) == [None, None, "2030-03-09"]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Harbour shut\n\nMonday, March 3, 2031\n\nIt shut on Friday.", None, "2031-02-28"),
        ("Harbour shut\n\nMonday, March 3, 2031\n\nIt shut on Friday.", "2031-03-09", "2031-02-28"),
        ("Harbour shut\n\nMonday, March 3, 2031\n\nIt shut on Friday.", "2030-03-09", "2030-03-08"),  # not ahead of it
        ("PORT SELDRIN, May 2 (Tidewire) - It shut on Monday.", "2031-05-14", "2031-04-28"),
        ("It shut on Monday.", "0001-01-01", None),
        ("It shut on Monday.", "no day", None),
    ],
)
def test_what_is_counted_from(text: str, published: str | None, value: str | None) -> None:
    assert values(text, Dated(value=published, evidence="given") if published else None)[-1] == value


def test_in_a_live_blog_the_day_of_the_update_is_counted_from() -> None:
    text = "Storm\n\nIt broke yesterday.\n\nIt ended yesterday."
    second = (text.index("It ended"), len(text))
    piece = Piece(span=second, published=Dated(value="2031-05-11T08:00:00Z", evidence="json-ld"))
    assert [d.value for d in dates.find(text, DATELINE, (piece,))] == ["2031-05-13", "2031-05-10"]


@pytest.mark.parametrize("text", ["It rained on February 30, 2031.", "It rained on 31/31/2031.", "In the 0th century."])
def test_no_such_day_has_no_value(text: str) -> None:
    assert values(text) in ([None], [])


def words_of(section: object) -> list[str]:
    """Every word of a lexicon."""
    if isinstance(section, dict):
        return [w for k, v in section.items() for w in (k, *words_of(v))]
    return [w for v in section for w in words_of(v)] if isinstance(section, list) else [str(section)]


PARTS = [
    *words_of(lexicon("dates")),
    *(
        "the",
        "a",
        "last",
        "next",
        "ago",
        "later",
        "from now",
        "every",
        "of",
        "and a half",
        "two",
        "BC",
        "AD",
        "century",
    ),
    *(
        "0",
        "00",
        "1",
        "29",
        "31",
        "99",
        "1999",
        "9999",
        "5000",
        "3.5",
        "10:30",
        "25:61",
        "p.m.",
        "opening night",
        "day five",
        "the 30th anniversary",
        "that date",
        "first match of the day",
        "“today's”",
        "before",
        "GMT",
        "'",
        "’s",
        "٣",
        "²",
    ),
    *("-", "–", "/", ",", ".", "\n", "\u00a0", "\u202e", "יום", "الجمعة"),
]
MADE_UP = st.lists(
    st.builds(
        lambda w, f, gap: f(w) + gap,
        st.sampled_from(PARTS),
        st.sampled_from((str, str.title, str.upper)),
        st.sampled_from((" ", "", "-")),
    ),
    max_size=12,
).map("".join)


@given(
    MADE_UP, st.sampled_from((None, "0001-01-01", "1000-01-01", "2028-02-29", "2031-05-14", "8999-12-31", "9999-12-31"))
)
@settings(max_examples=300)
def test_whatever_is_written_the_spans_are_in_order(text: str, day: str | None) -> None:
    end = 0
    for d in dates.find(text, Dated(value=day, evidence="given") if day else None):
        assert end <= d.span[0] < d.span[1] <= len(text)
        end = d.span[1]


def seconds(text: str) -> float:
    return clock.seconds(lambda: dates.find(text, DATELINE))


HARD = {
    "one sentence": "the minister who on Friday spoke of May and of 2030 and ",
    "only numbers": "1990 12 5,000 10:30 31 ",
    "right to left inside English": "قال الوزير on Friday יום שני May 3 ב־2030 ",
    "days in a row": "May 12 and 13 and 14, ",
    "months alone": "May ",
    "dashes": "1990-",
    "holidays": "New Year's Christmas ",
    "times without a day": "at 10:30 ",
    "lines": "Friday\n",
    "other names of days": "Day five, May 3, “today's match of the day, the 30th anniversary, ” that date, ",
    "articles": "a the in ",
}


@pytest.mark.parametrize("piece", HARD.values(), ids=HARD)
def test_time_grows_with_the_length(piece: str) -> None:
    seconds(piece * 10)
    size = 12_000 // len(piece)
    short, long = seconds(piece * size), seconds(piece * size * 8)
    assert long < 8 * 3 * short + 0.2
    assert long < 10


def test_a_sentence_of_two_thousand_words_keeps_its_dates() -> None:
    text = "The minister " + "who spoke of trade and of tolls " * 280 + "resigned on Friday."
    assert values(text) == ["2031-05-09"]


def test_right_to_left_words_move_no_span() -> None:
    text = "He said \u202bאמר ביום שני\u202c on Friday, أيار, that it ended on 3 May 2030."
    assert found(text) == [("Friday", "2031-05-09"), ("3 May 2030", "2030-05-03")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The board would cut fares in October unless costs rise.", "2031-10"),
        ("It passed by 112 votes to 98 late on Tuesday.", "2031-05-13"),
        ("The airline would sue if the strike was not called off by Friday.", "2031-05-16"),
        ("It will be his first visit since taking office in January.", "2031-01"),
    ],
)
def test_verbs_that_look_like_others(text: str, value: str) -> None:
    assert values(text) == [value]
