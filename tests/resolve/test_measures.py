"""What a figure is of."""

import pytest

from onrecord.resolve.measures import topics_of

COUNTED = [
    ("The gunman killed <4> and wounded 7 at the mill.", {"deaths"}),
    ("The gunman killed 4 and wounded <7> at the mill.", {"injuries"}),
    ("<2> dead, 3 hurt in Tarn", {"deaths"}),
    ("2 dead, <3> hurt in Tarn", {"injuries"}),
    ("A total of <978> people have been killed by the fever.", {"deaths"}),
    ("The fever has killed 90 people and infected <over 4,000>.", {"infections"}),
    ("The number of volunteers has risen to <3,500>.", {"size"}),
    ("The Guard counts <4,980> persons.", {"size"}),
    ("The tender covers <6,000> tonnes of gravel.", set()),
]


@pytest.mark.parametrize(("marked", "topics"), COUNTED)
def test_a_figure_is_of_the_topic_nearest_to_it(marked: str, topics: set[str]) -> None:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    assert topics_of(text, (start, end), (0, len(text))) == topics


BECAME = [
    ("<Three hostages> died in Tarn.", {"deaths"}),
    ("<Three hostages> were killed in Tarn.", {"deaths"}),
    ("<Three hostages> were let go in Tarn, and two guards died.", {"captivity"}),
    ("<Three patients> died in Tarn.", {"deaths"}),
]


@pytest.mark.parametrize(("marked", "topics"), BECAME)
def test_what_became_of_those_counted_outweighs_what_they_are_called(marked: str, topics: set[str]) -> None:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    assert topics_of(text, (start, end), (0, len(text)), ((start + len("Three "), end),)) == topics
