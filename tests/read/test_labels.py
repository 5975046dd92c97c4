"""Speakers given by layout alone."""

from onrecord.read import labels
from onrecord.read.quotes import quoted


def found(text: str) -> list[tuple[str, list[str]]]:
    return [(text[slice(*x.source)], [text[slice(*s)] for s in x.content]) for x in labels.find(text, quoted(text))]


def test_a_transcript_in_capitals() -> None:
    text = "TARN: Was it late?\n\nVELL: It was.\n\nTARN: Why?\n\nVELL: Fog."
    assert found(text) == [("TARN", ["Was it late?"]), ("VELL", ["It was."]), ("TARN", ["Why?"]), ("VELL", ["Fog."])]


def test_a_transcript_in_quotation_marks_with_an_answer_over_two_paragraphs() -> None:
    text = '"TARN: Was it late?\n\n"VELL: It was.\n\n"There was fog.\n\n"TARN: Why?\n\n"VELL: Fog."\n\nHe left.'
    assert found(text)[1] == ("VELL", ["It was.", '"There was fog.'])
    assert found(text)[3] == ("VELL", ['Fog."'])


def test_a_label_inside_a_quotation_is_no_speaker() -> None:
    assert found("“Reminder: the gate shuts at nine. Come early.”") == []


def test_calling_up_men_says_nothing() -> None:
    text = "Tarn has called up 900 men, and Rask called the plan overdue."
    assert labels.is_call_up(text, ((5, 15),))
    assert not labels.is_call_up(text, ((text.index("called the"), text.index("called the") + 6),))
