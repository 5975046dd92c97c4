"""The growth of a story."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.watch.definition import from_words
from onrecord.watch.growth import most
from onrecord.watch.match import match
from tests.watch.support import FESTIVAL, resolved


def test_which_articles_count() -> None:
    by_story, by_topic = (
        from_words("growth 3 origins in 2 days of story s1"),
        from_words("growth 3 origins in 2 days of draft"),
    )
    assert [i.label for i in match(by_story, resolved("The choir won.", FESTIVAL, story="s1"))] == ["s1"]
    assert match(by_story, resolved("The choir won.", FESTIVAL, story="s2")) == ()
    assert [i.crossing for i in match(by_topic, resolved("Men are called up.", FESTIVAL, story="s3"))] == ["counts"]
    assert match(by_topic, resolved("The choir won.\n\nMen are called up.", FESTIVAL, story="s3")) == ()
    assert match(by_topic, resolved("Men are called up.", FESTIVAL)) == ()  # of no story yet
    known = resolved("The choir won.", FESTIVAL, story="s3", setting=("draft",))  # to be of a story that speaks of it
    assert [i.crossing for i in match(by_topic, known)] == ["counts"]
    assert match(by_story, replace(known, story="s2")) == ()


def test_most_origins_within_some_days() -> None:
    seen = [("2031-05-01", "a"), ("2031-05-02T23:00:00Z", "b"), ("2031-05-02", "a"), ("2031-05-04", "c")]
    assert (most(seen, 1), most(seen, 2), most(seen, 3), most(seen, 4)) == (2, 2, 3, 3)
    assert most([], 3) == 0


@given(st.lists(st.tuples(st.dates().map(str), st.sampled_from("abcd"))).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))), st.integers(1, 9))  # fmt: skip
def test_the_order_does_not_matter_and_longer_is_no_less(two: tuple[list[tuple[str, str]], list[tuple[str, str]]], days: int) -> None:  # fmt: skip
    assert most(two[0], days) == most(two[1], days) <= most(two[0], days + 1)
