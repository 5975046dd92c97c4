"""Sayings given by their place: headlines, words that come from somebody, quotations that go on."""

import pytest

from onrecord.model import Article, Attribution, Reading
from onrecord.read import layout, read
from onrecord.read.names import Name
from onrecord.read.quotes import quoted
from onrecord.read.speakers import resolve
from tests.support import at

BODY = "\n\nThe river rose on Monday. Nobody was hurt."


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Monitors count at least 900 tents on the island", ("Monitors", "count", "at least 900 tents on the island")),
        ("Weekly: army has lost 40 boats", ("Weekly", ":", "army has lost 40 boats")),
        ("Shame! Inspectors find 12 rats in kitchen", ("Inspectors", "find", "12 rats in kitchen")),
        ("Harbour chief says after vote: we stay open", ("Harbour chief", "says", "we stay open")),
        ("Bank has lost €3 million, auditors say", ("auditors", "say", "Bank has lost €3 million")),
        ("Dam will not hold, Quarrin’s spy chief says", ("Quarrin’s spy chief", "says", "Dam will not hold")),
        ("Winter: river rises yet again", None),
        ("Norland: bridge over the delta falls", None),
        ("Sisters find lost ring in garden", None),
        ("Ferry aground: crew of 12 wait", None),
    ],
)
def test_headlines(headline: str, said: tuple[str, str, str] | None) -> None:
    text = headline + BODY
    found = [tuple(text[slice(*s)] for s in (x.source, x.cue, x.content[0])) for x in layout.find(text)]
    assert found == ([said] if said else [])


def test_a_line_that_is_no_headline_says_nothing() -> None:
    assert layout.find("Weekly: army has lost 40 boats") == []


def test_words_that_come_from_somebody() -> None:
    text = "The number came from a retired teacher who was there: no more than twelve. The order came from above: nobody spoke."
    assert [(text[slice(*x.source)], text[slice(*x.content[0])]) for x in layout.find(text)] == [
        ("a retired teacher who was there", "no more than twelve.")
    ]


@pytest.mark.parametrize(
    ("clause", "source", "cue"),
    [
        ("grumbled the old ferryman on Monday.", "the old ferryman", "grumbled"),
        ("a man who lives there sighed.", "a man who lives there", "sighed"),
        ("ironised Ilka Marsh.", "Ilka Marsh", "ironised"),
    ],
)
def test_what_follows_a_comma_and_a_mark_says_who_said_it(clause: str, source: str, cue: str) -> None:
    text = f"“Nothing has ever sunk here,” {clause}"
    found = layout.find(text, quoted(text))
    assert [(text[slice(*x.source)], text[slice(*x.cue)]) for x in found] == [(source, cue)]
    assert layout.find(text.replace(",”", "”"), quoted(text.replace(",”", "”"))) == []


QUARREL = (
    "A quarrel about water\n\nEngineer Ilka Marsh has built dams for years. “The wall is sound,” she said on Monday. “We measured it twice.”\n\n"
    "“If it rains for a month we open the gates. Nobody needs to be afraid.”\n\nThe gates were built in 1970."
)


def reading(text: str) -> Reading:
    return read(Article(id="", capture="", text=text, language="en"))


def contents(found: Reading) -> list[list[str]]:
    return [[found.article.text[slice(*s)] for s in a.content] for a in found.attributions]


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("Three boats were lost. The fisheries ministry spoke of ", "The fisheries ministry"),
        ("The government of Norland has spoken of ", "The government of Norland"),
        ("The old lighthouse speaks of ", None),
        ("Nobody knows who spoke of ", None),
    ],
)
def test_a_quotation_is_said_by_who_spoke_of_it(before: str, source: str | None) -> None:
    text = f"Boats lost at Kell\n\n{before}“fairy tales for tourists”. It rained."
    found = layout.spoken_of(text, quoted(text))
    assert [(text[slice(*f.source)], text[slice(*f.content[0])]) for f in found] == (
        [(source, "“fairy tales for tourists”")] if source else []
    )


def test_a_paragraph_that_is_a_quotation_goes_on_from_the_one_before() -> None:
    assert contents(reading(QUARREL))[0][-1] == "If it rains for a month we open the gates. Nobody needs to be afraid."


def test_a_quotation_behind_other_words_is_nobodys() -> None:
    parted = QUARREL.replace("\n\n“If", "\n\nThe river was low on Monday.\n\n“If")
    assert not any("If it rains" in words for said in contents(reading(parted)) for words in said)


def test_you_is_the_one_who_is_asked() -> None:
    text = "Ana Pohl: You say 900 left?\n\nRuben Katz: We counted."

    def said(id: str, source: str, cue: str, content: str, n: int = 0, within: str | None = None) -> Attribution:
        return Attribution(id=id, kind="indirect", source=(at(source, text),), cue=(at(cue, text, n),), content=(at(content, text),), within=within, confidence=1.0)  # fmt: skip

    given = (
        said("a1", "Ana Pohl", ":", "You say 900 left?"),
        said("a2", "You", "say", "900 left", within="a1"),
        said("a3", "Ruben Katz", ":", "We counted.", 1),
    )
    found, entities = resolve(
        text, given, [Name(at("Ana Pohl", text), "person"), Name(at("Ruben Katz", text), "person")]
    )
    names = {e.id: e.name for e in entities}
    assert [names.get(a.speaker or "") for a in found] == ["Ana Pohl", "Ruben Katz", "Ruben Katz"]
    alone, _ = resolve(text, (said("a1", "You", "say", "900 left"),), [])
    assert alone[0].speaker is None


def test_officers_who_are_not_named_are_anonymous_where_an_outlet_cites_them() -> None:
    text = "Gate is open\n\nThe gate has been open for a week, The Beacon reported on Sunday, citing four officers whom it did not name."
    found = {text[slice(*a.source[0])]: a for a in reading(text).attributions}
    assert (
        found["four officers"].speaker_kind == "anonymous" and found["four officers"].within == found["The Beacon"].id
    )
    assert found["The Beacon"].speaker_kind == "outlet"
