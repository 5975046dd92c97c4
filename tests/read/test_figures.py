import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Dated, Figure
from onrecord.read import dates, figures
from tests import clock

SENTENCES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))[
    "sentence"
]


def read(text: str) -> list[tuple[object, ...]]:
    found = figures.find(text, dates.find(text, Dated(value="2031-05-14", evidence="given")))
    return [(f.value, f.low, f.high, f.comparator, f.unit) for f in found]


@pytest.mark.parametrize(
    ("text", "value", "comparator", "unit"),
    [
        ("The paper counted some 1,800 reservists.", 1800, "~", "reservists"),
        ("It warned if the call-up exceeds 4,000 people.", 4000, ">", "people"),
        ("At least 14 ships left.", 14, ">=", "ships"),
        ("Fewer than twenty boats came.", 20, "<", "boats"),
        ("Up to 700 nets were sold.", 700, "<=", "nets"),
        ("Two million voters stayed at home.", 2_000_000, "=", "voters"),
        ("It cost €2.1 billion.", 2_100_000_000, "=", "EUR"),
        ("Fines of up to $44,000 are due.", 44_000, "<=", "USD"),
        ("Prices rose 4.25 percent.", 4.25, "=", "percent"),
        ("Turnout was 58%.", 58, "=", "percent"),
        ("One hundred and nine cases were found.", 109, "=", "cases"),
        ("Thousands of fans came.", 1000, ">=", "fans"),
    ],
)
def test_value_hedge_and_unit(text: str, value: float, comparator: str, unit: str) -> None:
    assert [(v, c, u) for v, _, _, c, u in read(text)] == [(value, comparator, unit)]


def test_a_range_is_one_figure() -> None:
    assert read("It will take 5,000 to 6,000 people.") == [(None, 5000, 6000, "=", "people")]
    assert read("Between 40 and 50 ships call.")[0][:4] == (None, 40, 50, "=")


def test_dozens_have_a_low_end_only() -> None:
    assert read("Dozens of workers left.") == [(None, 24, None, "~", "workers")]


@pytest.mark.parametrize(
    "text",
    ["Several people came.", "On May 3, 2030 it rained.", "Anna Berg, 42, agreed.", "The 22nd fair opened.", "The H5N1 virus and the STS-134 flight.", "It opened at 10:30.",
     "One of the reasons is rain.", "They won 3-1.", "A six-year-old child.", "In 1991 it closed.", "Call 096234600 now."],
)  # fmt: skip
def test_what_is_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s["text"][:40] for s in SENTENCES])
def test_sentences_with_all_their_figures(sentence: dict[str, Any]) -> None:
    text, wanted = sentence["text"], sentence.get("figures", [])
    found = figures.find(text, dates.find(text, Dated(value="2031-05-14", evidence="given")))
    assert len(found) == len(wanted), found
    for f, want in zip(found, wanted, strict=True):
        agrees(text, f, want)


def agrees(text: str, f: Figure, want: dict[str, Any]) -> None:
    """That a figure is the one wanted; a value that is not named is null, low and high only where named."""
    assert text[slice(*f.span)] in want["words"] or want["words"] in text[slice(*f.span)]
    assert (f.value, f.comparator) == (want.get("value"), want.get("comparator", "="))
    if "value" not in want:
        assert (f.low, f.high) == (want.get("low"), want.get("high"))
    assert f.unit == want.get("unit", f.unit)
    if "of" in want:
        assert text[slice(*f.of[0])].endswith(want["of"])


def test_status_follows_the_sentence() -> None:
    text = "If 6,000 people come, it shuts. It will hire 300 guards. It has 20 rooms. It did not sell 50 beds. It used to feed 90 horses."
    assert [f.status for f in figures.find(text, ())] == [
        "hypothetical",
        "planned",
        "actual",
        "negated",
        "historical",
    ]


@pytest.mark.parametrize(
    ("unit", "of", "sentence"),
    [
        ("pilgrims", "pilgrims", "The number of pilgrims has risen to 3,500."),
        ("people", "Enrolment", "Enrolment exceeds 5,000."),
        ("people", "Recruitment", "Recruitment in the hill towns has gone beyond 5,000."),
        ("people", "death toll", "The death toll rose to 4."),
        ("people", "garrison", "A garrison of more than 1,200 held it."),
        ("people", "union", "The union has grown beyond 700."),
        ("arrests", "Arrests", "Arrests in both towns have climbed to 90."),
        (None, None, "The strength of the quake reached 7.1."),
        (None, None, "The army moved 41."),
        ("horses", "horses", "The army has reached 300 horses."),
        (None, None, "Prices rose to 300."),
    ],
)
def test_a_noun_before_a_bare_number_says_what_it_counts(unit: str | None, of: str | None, sentence: str) -> None:
    (found,) = figures.find(sentence, ())
    assert (found.unit, "".join(sentence[slice(*s)] for s in found.of) or None) == (unit, of)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("hypothetical", "More than 800 cases would be a warning sign"),
        ("hypothetical", "A garrison of more than 1,200 could mean that a landing is near, the analyst said."),
        ("hypothetical", "Anything above 300 would trigger the alarm."),
        ("hypothetical", "The arrival of more than 30 boats a day might signal a new route."),
        ("hypothetical", "The mayor was unable to confirm a report that the crowd on the eastern bank had at noon passed 9,000."),
        ("hypothetical", "The ministry neither confirmed nor denied that 300 had died."),
        ("hypothetical", "The firm did not say that 50 beds were sold."),
        ("planned", "Some 600 soldiers will be sent to the coast."),
        ("planned", "The minister said that some 700 nurses would be hired."),
        ("actual", "The 300 passengers could see the shore."),
        ("actual", "A law that jailed 300 people might be repealed."),
        ("actual", "In May the yard sold 300 boats."),
        ("negated", "The ministry rejects claims that in the east more than 60 villages are cut off."),
        ("negated", "Colonel Brandt denied on Tuesday that the militia, which he leads, had grown beyond 7,500 members."),
        ("negated", "They did not send 300 soldiers."),
        ("actual", "He did not mention the union’s count of at least 2,300 strikers."),
        ("actual", "The weekly said, on the word of a nurse whom it did not name, that the total was more than 900."),
        ("actual", "It cited clerks who did not want to be named, and 450 files were lost."),
        ("actual", "He did not come, but 300 others did."),
        ("actual", "Quarrin denied visas to 300 students."),
        ("actual", "The firm did not dispute that it had sold 300 boats."),
    ],
)  # fmt: skip
def test_status_is_of_the_clause_that_holds_the_number(status: str, sentence: str) -> None:
    found = figures.find(sentence, ())
    assert [f.status for f in found] == [status]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("historical", "In 2027 the Legion recruited 7,200 people."),
        ("historical", "The Legion enlisted 7,200 men in the spring of 2019."),
        ("historical", "In that war, 40,000 people were displaced."),
        ("historical", "Some 300 people lived there ten years ago."),
        ("actual", "On Monday the Legion recruited 7,200 people."),
        ("actual", "Since 2019, 3,000 people have drowned."),
        ("actual", "The war that began in 2014 has killed 13,000 people."),
    ],
)
def test_a_number_of_a_year_long_past_is_history(status: str, sentence: str) -> None:
    published = Dated(value="2031-05-14", evidence="given")
    assert [f.status for f in figures.find(sentence, dates.find(sentence, published), published)] == [status]


NEWS = (
    "The ministry said at least 14 of some 3,400 reservists from Velmora, aged 20 to 30, had lost about $2.5 million "
    "in 2029, up 4.2 percent, when one of them killed twelve. "
)


def seconds(text: str) -> float:
    return clock.seconds(lambda: figures.find(text, ()))


@pytest.mark.parametrize(
    "piece",
    [NEWS, NEWS.replace(". ", " and "), "12,345 people and ", "1,234 5,678 91 3.5\n", "12 people 5% ",
     "הממשלה אמרה \u202b12,000 איש\u202c and 12 boats. ", "from 3 to 5 ", "." * 150],
    ids=["article", "sentence", "people", "numbers", "percent", "right-to-left", "ranges", "dots"],
)  # fmt: skip
def test_time_grows_with_the_text_alone(piece: str) -> None:
    short = piece * (8_000 // len(piece))
    seconds(short)
    assert seconds(short * 4) < 8 * seconds(short) + 0.1


def test_right_to_left_text_keeps_its_spans() -> None:
    text = "He said \u202bהממשלה אמרה 12,000 איש\u202c and at least 12 boats left."
    found = figures.find(text, ())
    assert [(text[slice(*f.span)], f.value) for f in found] == [("12,000", 12000), ("at least 12 boats", 12)]


def test_a_page_of_numbers_only_has_no_figures() -> None:
    assert figures.find("1,234 5,678\n12 13 14\n" * 20, ()) == ()


@pytest.mark.parametrize(
    "text",
    ["9" * 200_000, "12 345 6 " * 20_000, "123,456\n" * 25_000, "1-" * 40_000, "one in " * 6_000, "$" * 100_000 + "5",
     "five and " * 6_000, "half a " * 6_000, "5" + " " * 60_000 + "in", "about some nearly " * 6_000 + "5", "12 pounds " * 6_000],
    ids=["digits", "spaced", "lines", "dashes", "ratios", "signs", "words", "halves", "blanks", "hedges", "pounds"],
)  # fmt: skip
def test_hostile_text_is_read_in_bounds(text: str) -> None:
    assert seconds(text) < 5
