"""What a number is said of by its clause."""

import pytest

from onrecord.read import figures
from onrecord.watch.subject import measured, subject


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lake behind Quarrin’s occupied Holm Dam fell to 479.4 metres on Saturday.", ["lake"]),
        ("At Bruk the river stood at 7.7 metres.", ["river"]),
        ("On Saturday at noon Lake Orr stood at 479.1 metres.", ["Lake Orr"]),
        ("The water level in Ostrel’s reservoir stood at 479 metres.", ["Ostrel’s reservoir", "water"]),
        ("In Corriel recruitment has reached 6,000.", ["recruitment"]),
        ("Snow on the pass at Grein reached 215 centimetres.", ["Snow"]),
        ("The Arle, swollen by rain, has reached 7.8 metres.", ["Arle"]),
        ("Engineers measured the lake at 478 metres.", ["lake"]),
        ("The price of wheat hit 305 crowns.", ["wheat"]),
        ("The number of gunmen at Velk has passed 220.", ["gunmen"]),
        ("The gunmen at Velk number no more than 250.", ["gunmen"]),
        ("He said the church of Ostrel stands at 410 metres.", ["church"]),
        ("Officials said on Friday that the level had dropped below 480 metres.", []),
        ("After the mobilisation prices rose to 6,000 crowns.", None),
        ("The gunmen hold 310 miners.", None),
    ],
)
def test_the_subject_of_a_number(text: str, words: list[str] | None) -> None:
    said = subject(text, (0, len(text)), next(iter(figures.find(text, ()))).span)
    found = [" ".join(w.text for w in phrase) for phrase in measured(said)] if said else None
    assert found == words
