"""Sayings whose speaker stands behind a day, or has told an outlet."""

import pytest

from onrecord.read.inverted import find, seen

SAID = [
    ("The bridge at Tarn is open again, informed on Sunday evening the Ministry of Roads.", ("the Ministry of Roads", "informed", "The bridge at Tarn is open again")),
    ("The bridge at Tarn is open again, declared on Monday in the parliament Ilma Rask.", ("Ilma Rask", "declared", "The bridge at Tarn is open again")),
    ("The bridge at Tarn is open again, stated on Monday the deputy mayor Ilma Rask.", ("the deputy mayor Ilma Rask", "stated", "The bridge at Tarn is open again")),
    ("The bridge at Tarn is closed, two engineers of the works have told the Harn Post.", ("two engineers of the works", "have told", "The bridge at Tarn is closed")),
    ("There are nine cracks in the bridge, more than the city says, an engineer has told Radio Harn.", ("an engineer", "has told", "There are nine cracks in the bridge, more than the city says")),
]  # fmt: skip
SILENT = [
    "The bridge at Tarn was closed, reported on Monday as safe.",
    "The bridge is open again, Ilma Rask informed on Sunday the Ministry of Roads.",
    "The plan, announced on Monday in Tarn, is dead.",
    "The bridge, said Ilma Rask on Monday, is open.",
    "The bridge is closed, as two engineers have told the Harn Post.",
    "The bridge is closed, two engineers have told people.",
]


@pytest.mark.parametrize(("text", "parts"), SAID)
def test_the_speaker_behind_a_day(text: str, parts: tuple[str, str, str]) -> None:
    (found,) = find("Roads\n\n" + text)
    whole = "Roads\n\n" + text
    assert (whole[slice(*found.source)], whole[slice(*found.cue)], whole[slice(*found.content[0])]) == parts


@pytest.mark.parametrize("text", SILENT)
def test_other_orders_of_words_say_nothing(text: str) -> None:
    assert list(find(text)) == []


def test_who_informed_the_press() -> None:
    text = "The bridge at Tarn is open again, the Harbour Master, Odo Lenn, informed journalists in Harn."
    (found,) = find(text)
    assert (text[slice(*found.source)], text[slice(*found.cue)]) == ("the Harbour Master, Odo Lenn", "informed")
    assert list(find("The bridge at Tarn is open again, and the guild informed journalists of it.")) == []


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Nine piers of the bridge are cracked, workers at two quarries have told the Post.", "workers at two quarries", "have told"),
        ("Nine piers of the bridge are cracked, two divers of the works who were there told the Post on Monday.", "two divers of the works who were there", "told"),
        ("Nine piers of the bridge are cracked, two divers of the works who were there said.", "two divers of the works who were there", "said"),
        ("Nine piers of the bridge are cracked, three masons told reporters by the river.", "three masons", "told"),
    ],
)  # fmt: skip
def test_more_is_said_of_the_speakers(text: str, source: str, cue: str) -> None:
    (found,) = find(text)
    assert (text[slice(*found.source)], text[slice(*found.cue)]) == (source, cue)
    assert text[slice(*found.content[0])] == "Nine piers of the bridge are cracked"


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Nine piers of the bridge are cracked, says a letter that the Harn Post has seen.", "a letter", "says"),
        ("Nine piers of the bridge are cracked, according to a report from the works which this newspaper has read.", "a report from the works", "according to"),
        ("Nine piers of the bridge are cracked, an internal memo seen by the Harn Post shows.", "an internal memo", "shows"),
        ("Nine piers of the bridge are cracked, minutes of the meeting show.", "minutes of the meeting", "show"),
        ("Nine piers of the bridge are cracked, it emerged from minutes of the meeting on Monday.", "minutes of the meeting", "emerged"),
    ],
)  # fmt: skip
def test_what_a_document_says_is_its_own(text: str, source: str, cue: str) -> None:
    (found,) = seen(text)
    assert (text[slice(*found.source)], text[slice(*found.cue)]) == (source, cue)
    assert text[slice(*found.content[0])] == "Nine piers of the bridge are cracked"


@pytest.mark.parametrize(
    "text",
    [
        "Nine piers of the bridge are cracked, a bridge that the Harn Post has seen.",
        "The mayor has torn up the letter, says a clerk that the Harn Post has seen.",
        "Nine piers are cracked, and a letter shows.",
    ],
)
def test_what_is_no_document_says_nothing(text: str) -> None:
    assert list(seen(text)) == []
