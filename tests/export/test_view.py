"""How a figure is put into words."""

import pytest

from onrecord.export import view
from onrecord.read import figures


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some 3,400 wooden boats sank.", "about 3,400 wooden boats"),
        ("It cost more than $2.5 million.", "more than 2.5 million USD"),
        ("Dozens of boats sank.", "24 or more boats"),
        ("They want 300 to 400 homes.", "300 to 400 homes"),
        ("A third of the harbour is gone.", "0.3333 of harbour"),
        ("At most 4.2% of voters came.", "at most 4.2 percent of voters"),
        ("At least one person left.", "at least 1 person"),
        ("It sold 1,234,567 tickets.", "1,234,567 tickets"),
    ],
)
def test_a_figure_in_words(text: str, words: str) -> None:
    assert [view.figure_words(f, text) for f in figures.find(text, ())] == [words]
