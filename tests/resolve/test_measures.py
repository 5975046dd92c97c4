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
