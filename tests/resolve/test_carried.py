"""What a copy made of the text that it carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.model import Attribution, ReaderInfo, Reading
from onrecord.resolve.alignment import aligned, gaps, pieces
from onrecord.resolve.carried import FEW, Departure, carried
from tests.support import article, at

WIRE = (
    "Levy halved in Seldrin\n\n"
    "SELDRIN, May 14 (NWA) — The harbour levy will be halved from June, and 400 ships will pay less, Transport Minister Ilse Karvonen said.\n\n"
    "The captain of the ferry had not been told of the plan. Two of the pilots were told on Monday, the harbour master said in a letter to the council.\n\n"
    "The council of the four lakes meets again in the autumn. It has nine members and a secretary, and its seat is in an old customs house."
)


def reading(text: str, *said: Attribution) -> Reading:
    return Reading(input="x", reader=ReaderInfo(name="en", version="0"), article=article(text), attributions=said)


def found(copy: str) -> tuple[Departure, ...]:
    return carried(reading(WIRE), reading(copy)).departures


def shown(departure: Departure) -> str:
    signs = {"same": "{}", "old": "[-{}-]", "new": "[+{}+]"}
    return " ".join(signs[kind].format(" ".join(words.split())) for kind, words in departure.pieces)


def test_a_copy_that_changes_nothing_departs_nowhere() -> None:
    copy = WIRE.replace("Levy halved in Seldrin", "Ships to pay less").replace("from June", "from  June")
    made = carried(reading(WIRE), reading(copy))
    assert made.departures == () and made.share == 1.0


def test_a_dropped_not_is_flagged() -> None:
    [one] = found(WIRE.replace("had not been told", "had been told"))
    assert (one.kind, one.flags) == ("left out", ("negation",))
    assert shown(one) == "The captain of the ferry had [-not-] been told of the plan. Two of the"


@pytest.mark.parametrize(
    ("words", "instead", "kind", "flags"),
    [
        ("400 ships", "4,000 ships", "changed", ("number",)),
        ("nine members", "twelve members", "changed", ("number",)),
        ("The council", "Perhaps the council", "changed", ("hedge",)),
        ("meets again in the autumn", "meets again in the autumn unless it rains", "changed", ("exception",)),
        ("an old customs house", "an ancient customs house", "changed", ()),
        (" It has nine members and a secretary, and its seat is in an old customs house.", "", "left out", ()),
        ("SELDRIN, May 14 (NWA) — ", "", "left out", ()),
    ],
)
def test_what_a_small_difference_changes(words: str, instead: str, kind: str, flags: tuple[str, ...]) -> None:
    [one] = found(WIRE.replace(words, instead, 1))
    assert (one.kind, one.flags) == (kind, flags)


def test_a_passage_that_was_written_anew_is_shown_whole_and_not_flagged() -> None:
    last = WIRE.rsplit("\n\n", 1)[1]
    anew = "Nobody has seen nine ferries in a row since the customs house was sold, and the pilots would not say more than that about it."
    [one] = found(WIRE.replace(last, anew))
    assert one.words > FEW and one.flags == ()
    assert [kind for kind, _ in one.pieces] == ["same", "old", "new"]


def test_differences_side_by_side_are_one() -> None:
    [one] = found(WIRE.replace("an old customs house", "a new toll house"))
    assert shown(one) == "and a secretary, and its seat is in [-an old customs-] [+a new toll+] house."
    [one] = found(WIRE.replace("an old customs house", "one old toll house"))
    assert shown(one) == "and a secretary, and its seat is in [-an-] [+one+] old [-customs-] [+toll+] house."


def test_an_attribution_is_dropped_where_the_copy_says_it_by_itself() -> None:
    content = "The harbour levy will be halved from June, and 400 ships will pay less"
    said = Attribution(id="a1", kind="indirect", source=(at("Transport Minister Ilse Karvonen", WIRE),), cue=(at("said", WIRE),), content=(at(content, WIRE),), confidence=0.9)  # fmt: skip
    plain = WIRE.replace(", Transport Minister Ilse Karvonen said", "")
    assert carried(reading(WIRE, said), reading(plain)).dropped == ("a1",)
    assert carried(reading(WIRE, said), reading(WIRE)).dropped == ()
    reworded = WIRE.replace(", Transport Minister Ilse Karvonen said", ", the ministry told the council")
    theirs = replace(said, source=(at("the ministry", reworded),), cue=(at("told", reworded),), content=(at(content, reworded),))  # fmt: skip
    assert carried(reading(WIRE, said), reading(reworded, theirs)).dropped == ()


words = st.lists(st.sampled_from(["the", "a", "lake", "ferry", "not", "400", "said.", "council,", "“yes”", "harbour\n\n", "levy"]), max_size=40).map(" ".join)  # fmt: skip


@given(words, words)
def test_the_pieces_are_both_texts(a: str, b: str) -> None:
    runs = aligned(a, b)
    parts = list(gaps(a, b, runs))
    assert len(parts) == len(runs) + 1
    for side, text in ((0, a), (1, b)):
        spans = sorted([p[side] for p in parts] + [r[side] for r in runs])
        assert "".join(text[slice(*s)] for s in spans) == text
    found = list(pieces(a, b))
    assert "".join("".join(w for k, w in found if k in ("same", "old")).split()) == "".join(a.split())
    assert all(w.strip() for _, w in found)


@given(words, words)
def test_a_share_is_a_share(a: str, b: str) -> None:
    made = carried(reading(a), reading(b))
    assert 0 <= made.share <= 1
    assert all(0 <= d.old[0] <= d.old[1] <= len(a) and 0 <= d.new[0] <= d.new[1] <= len(b) for d in made.departures)
