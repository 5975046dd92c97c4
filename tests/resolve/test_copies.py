"""Which articles carry the text of an earlier one."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import Copy
from onrecord.resolve.alignment import aligned
from onrecord.resolve.copies import SIZE, WINDOW, Prints, best, compare, containment, keys, prints

WIRE = """Seldrin halves its harbour levy

SELDRIN (Nordwire) - The government of Corriel will halve the levy on ships that call at its largest harbour, the transport ministry announced on Friday, in an effort to win back shipping lines that have moved to cheaper ports along the coast.

The levy, introduced four years ago to pay for a new breakwater, has been blamed for the loss of almost a third of the container traffic in Seldrin since last spring. Two of the largest lines left in the autumn and took some nine hundred jobs with them.

“We priced ourselves out of a market that we used to own, and everybody in this town has paid for it,” Transport Minister Ilse Karvonen told reporters on the quay. “I will not wait until the last crane is sold before I admit it.”

The new rate will apply from the first of May and will be reviewed after twelve months. Ships that carry grain or medicine remain exempt, as do vessels under five hundred tonnes, which make up about half of all calls.

Dockers welcomed the decision but said that it came late. Their union had called three strikes over the winter, the last of which closed the harbour for nine days and left perishable goods rotting on the quays.

The opposition accused the cabinet of buying votes ahead of the council elections in June. It wants the breakwater debt to be spread over twenty years, a proposal that the finance ministry has twice rejected.

Economists at the Maritime Board expect the cut to cost the treasury sixty million crowns a year. Traffic would have to grow by a fifth for the measure to pay for itself, they wrote in a note to parliament."""

OTHER = """Marsh fever spreads north

Doctors in the northern marshes have counted forty new cases of fever within a week, twice as many as in the same week of last year, and fear that the wet spring has brought the mosquitoes out early.

Three villages near the river have closed their schools. Families were told to sleep under nets and to empty every barrel and bucket in which rain may have gathered during the past few days.

The district hospital has cleared a ward and asked the capital for two more physicians. Its director, Oskar Lind, said the stock of medicine would last for ten days at the present rate.

Health officers began to spray the ditches on Tuesday. The work is slow because many of the paths are flooded, and boats had to be borrowed from fishermen who know the channels.

Last year the fever killed eleven people, most of them elderly. A vaccine that is being tested in the south will not be ready before the autumn, according to its makers."""

STANDING = "The Daily Tern has reported from the coast of Corriel since the days of the tall ships. It is owned by its readers and takes no money from the state. Members receive the weekend edition by post and can attend the yearly meeting in the old customs house, where the editors answer questions about what the paper printed and what it did not."


def body(text: str) -> list[str]:
    return text.split("\n\n")[1:]


def made(*paragraphs: str, headline: str = "A headline of its own") -> str:
    return "\n\n".join((headline, *paragraphs))


def kind(later: str, earlier: str = WIRE) -> str | None:
    copy = compare("later", prints(later), "earlier", prints(earlier))
    return copy.kind if copy else None


def swapped(text: str, share: float) -> str:
    """A text with other words in places."""
    chance = random.Random(7)
    return " ".join(w if chance.random() > share else "instead" for w in text.split(" "))


def restyled(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace(", ", ",  ").upper()


LEAD, LOSS, SAID, RATE, DOCKERS, OPPOSITION, ECONOMISTS = body(WIRE)
FEVER = body(OTHER)

WHOLE = {
    "with boilerplate": made(*body(WIRE), "© Nordwire. This text may not be published or rewritten.", "Sign up to our newsletter."),
    "in another style": restyled(WIRE),
    "cut": made(LEAD, LOSS, SAID),
    "a brief": made(LEAD, LOSS),
    "in another order": made(LEAD, DOCKERS, RATE, SAID, ECONOMISTS, LOSS, OPPOSITION),
    "with other words": made(*(swapped(p, 0.06) for p in body(WIRE))),
    "without quotations": made(LEAD, LOSS, RATE, DOCKERS, OPPOSITION, ECONOMISTS),
    "under a lead of its own": made("Shipping lines may soon come back to Seldrin, where calling will be cheaper from May.", *body(WIRE)[1:]),
    "with a paragraph of its own": made(LEAD, LOSS, SAID, FEVER[1], RATE, DOCKERS, OPPOSITION, ECONOMISTS),
    "sentences dropped": made(*(p.split(". ")[0] + "." for p in body(WIRE))),
}  # fmt: skip

EMBEDDED = {
    "half in a longer article": made(*FEVER[:2], LEAD, LOSS, RATE, DOCKERS, *FEVER[2:]),
    "at the end of another": made(*FEVER, *body(WIRE)),
    "in a live page": made(
        *FEVER, *(p + " Nobody else had said so." for p in FEVER), *body(WIRE)[:5], *reversed(FEVER)
    ),
}

OWN = {
    "another matter": OTHER,
    "a sentence": made(*FEVER[:3], LOSS.split(". ")[0] + ".", *FEVER[3:]),
    "the same statement": made(FEVER[0], SAID, FEVER[2]),
    "nothing but a headline": made(*FEVER, headline="Seldrin halves its harbour levy"),
}


@pytest.mark.parametrize("how", WHOLE)
def test_a_copy_stays_whole_however_it_was_edited(how: str) -> None:
    assert kind(WHOLE[how]) == "whole"


@pytest.mark.parametrize("how", EMBEDDED)
def test_a_text_among_words_of_the_articles_own_is_embedded(how: str) -> None:
    assert kind(EMBEDDED[how]) == "embedded"


@pytest.mark.parametrize("how", OWN)
def test_what_others_share_makes_no_copy(how: str) -> None:
    assert kind(OWN[how]) is None


@pytest.mark.parametrize("how", [*WHOLE, *EMBEDDED])
def test_the_keys_find_every_copy(how: str) -> None:
    assert set(keys(prints((WHOLE | EMBEDDED)[how]))) & set(keys(prints(WIRE)))


def test_a_long_statement_quoted_by_both_is_no_copy_whatever_the_marks() -> None:
    statement = " ".join(FEVER[1:4])
    one = made(LEAD, f"“{statement}” she said.", LOSS)
    for opening, closing in ("“”", "‘’", '""'):
        assert kind(made(FEVER[4], f"{opening}{statement}{closing} he said.", FEVER[0]), one) is None
    assert kind(made(FEVER[4], statement, FEVER[0]), one) is None
    assert kind(made(LEAD, statement, LOSS), made(LEAD, statement, LOSS)) == "whole"


def test_what_stands_under_every_article_is_no_copy() -> None:
    assert kind(made(FEVER[0], FEVER[1], STANDING), made(LEAD, LOSS, STANDING)) is None
    assert kind(made(FEVER[0], FEVER[1], STANDING), made(FEVER[0], LOSS, STANDING)) == "whole"


def test_the_same_few_words_are_no_copy() -> None:
    short = made("This page is not available in your country. We are sorry.")
    assert kind(short, short) is None
    assert kind("", "") is None
    assert kind(made("", ""), WIRE) is None


def test_the_share_is_of_the_earlier_text() -> None:
    copy = compare("b", prints(made(LEAD, LOSS, SAID)), "a", prints(WIRE))
    assert copy and (copy.article, copy.of) == ("b", "a")
    words = [len(re.findall(r"[^\W_]+", p)) for p in body(WIRE)]
    assert copy.share == pytest.approx((sum(words[:3]) - SIZE + 1) / (sum(words) - SIZE + 1))


def test_the_copy_to_follow_is_whole_and_holds_most() -> None:
    a, b, c = (
        Copy(article="x", of=of, kind=kind, share=share)  # type: ignore[arg-type]
        for of, kind, share in (("a", "embedded", 1.0), ("b", "whole", 0.4), ("c", "whole", 0.9))
    )
    assert best([a, b, c]) == best([c, b, a]) == c
    assert best([a]) == a
    assert best([]) is None


def test_fingerprints_are_small_and_the_same_after_packing() -> None:
    found = prints(WIRE)
    assert Prints.unpack(found.pack()) == found
    assert len(found.pack()) <= 4 * len(WIRE.split()) + 40
    assert found == prints(restyled(WIRE).replace("\n\n", "\n\n\n"))


WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(300)]), min_size=WINDOW + SIZE - 1, max_size=120)


@given(WORDS, WORDS, WORDS, WORDS, WORDS)
def test_a_stretch_of_a_window_in_both_gives_a_key_in_both(
    a: list[str], b: list[str], c: list[str], d: list[str], both: list[str]
) -> None:
    one, two = prints(" ".join(a + both + b)), prints(" ".join(c + both + d))
    assert set(keys(one)) & set(keys(two))
    assert 0 <= containment(one, two) <= 1
    assert all(0 <= key < 2**31 for key in keys(one))


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(a: str, b: str) -> None:
    one, two = prints(a), prints(b)
    assert keys(one) == keys(one)
    compare("a", one, "b", two)


def test_words_in_common_are_aligned() -> None:
    later = made("A lead that nobody else has.", LOSS.replace("almost a third", "one quarter"), DOCKERS)
    found = [(WIRE[slice(*p)], later[slice(*q)]) for p, q in aligned(WIRE, later)]
    assert [p for p, _ in found][-3:] == [
        LOSS.split("almost")[0].strip(),
        LOSS.split("third")[1].strip(),
        DOCKERS,
    ]
    assert all(p == q for p, q in found)


def test_long_copies_are_aligned_too() -> None:
    long = [f"Line {n} of the list says that number {n * 7} was drawn on day {n * 3}." for n in range(400)]
    a, b = (
        made(*long),
        made(" ".join(["Elsewhere.", *long[:200], "Something else was said.", *long[200:]]), headline="Drawn"),
    )
    shared = sum(end - start for (start, end), _ in aligned(a, b))
    assert shared > 0.98 * len("\n\n".join(long))


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]), max_size=60),
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]), max_size=60),
)
def test_aligned_runs_hold_the_same_words_in_order(a: list[str], b: list[str]) -> None:
    one, two = " ".join(a), " ".join(b)
    found = aligned(one, two)
    assert all(one[slice(*p)].split() == two[slice(*q)].split() != [] for p, q in found)
    for (p, q), (r, s) in zip(found, found[1:], strict=False):
        assert p[1] <= r[0] and q[1] <= s[0]


def test_one_passage_is_enough_where_the_agency_is_named() -> None:
    later, earlier = prints(made(body(WIRE)[4], *body(OTHER))), prints(WIRE)
    assert compare("later", later, "earlier", earlier) is None
    found = compare("later", later, "earlier", earlier, named=True)
    assert found and found.kind == "embedded"


def test_a_copy_behind_a_beginning_of_its_own_is_embedded() -> None:
    """However much of it is the copy: an editor's first sentence is no beginning of its own."""
    first = "The crown recovered half of its losses in Seldrin on Friday, dealers said, and the insurers of grain barges were only a little less easily soothed than the bankers who had sold it all week long."
    second = "Three of them took back what they had said about the northern strait. The agency’s report follows."
    assert kind(made(first, second, *body(WIRE))) == "embedded"
    assert kind(made(first, *body(WIRE)[1:])) == "whole"
