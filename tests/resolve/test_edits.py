"""What changed between two versions of a page, and whether the page owns up to it."""

import time

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Article, Clutter, Dated, Edit, Piece
from onrecord.resolve.edits import changed, compare, finding, holds
from tests.support import TEXT, article, at


def version(text: str, id: str = "new", modified: str | None = None, **more: object) -> Article:
    return article(text, id=id, modified=Dated(value=modified, evidence="meta") if modified else None, **more)


OLD = version(TEXT, "old", "2026-03-01T09:00:00Z")


def edit(text: str, modified: str | None = "2026-03-01T09:00:00Z", old: Article = OLD, **more: object) -> Edit | None:
    return compare(old, version(text, modified=modified, **more))


def words(found: Edit | None, old: str, new: str) -> list[tuple[str, str]]:
    assert found
    return [(old[a:b], new[c:d]) for (a, b), (c, d) in found.changes]


def test_the_words_that_changed_are_pointed_at_in_both_texts() -> None:
    text = TEXT.replace("4,000 ships", "5,000 ships").replace("on Friday", "on Thursday evening")
    found = edit(text)
    assert words(found, TEXT, text) == [("Friday.", "Thursday evening."), ("4,000", "5,000")]
    assert found and (found.old, found.new, found.silent) == ("old", "new", True)


def test_words_that_came_in_or_went_out_leave_an_empty_span_at_their_place() -> None:
    text = TEXT.replace(" told the Tidewire", " told")
    assert words(edit(text), TEXT, text) == [("the Tidewire", "")]
    back = compare(version(text, "old"), version(TEXT))
    assert words(back, text, TEXT) == [("", "the Tidewire")]


def test_white_space_quotation_marks_and_clutter_are_no_edit() -> None:
    assert edit(TEXT.replace(" ", "  ").replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")) is None
    assert edit(TEXT, modified="2026-03-02", clutter=(Clutter(text="Read more: the tides", kind="promo"),)) is None


def test_a_new_paragraph_is_one_change() -> None:
    text = TEXT + "\n\nThe minister has resigned."
    assert words(edit(text), TEXT, text) == [("", "The minister has resigned.")]


def test_another_time_of_modification_is_not_silent() -> None:
    text = TEXT.replace("4,000", "5,000")
    assert [(e.modified_changed, e.silent) for e in (edit(text, "2026-03-02T09:00:00Z"), edit(text), edit(text, None)) if e] == [(True, False), (False, True), (False, True)]  # fmt: skip


def test_a_note_owns_up_to_the_change() -> None:
    text = TEXT.replace("4,000", "5,000")
    notes = (
        "Correction: an earlier version gave the wrong number of ships.",
        "This article was amended on 2 March 2026 to correct the number of ships.",
        "Updated to add a comment by the harbour master.",
        "Clarification: the levy is due yearly.",
        "• This story has been updated with the minister’s words.",
        "An earlier version of this article misstated the number of ships.",
        "Editor’s note: the number of ships was wrong.",
        "Korrektur: In einer früheren Version stand eine falsche Zahl.",
    )
    for note in notes:
        found = edit(f"{text}\n\n{note}")
        assert found and found.correction == note and not found.silent, note
    in_clutter = edit(text, clutter=(Clutter(text=notes[0], kind="interface"),))
    assert in_clutter and in_clutter.correction == notes[0]


def test_other_words_and_an_old_note_own_up_to_nothing() -> None:
    for more in (
        "The bank corrected its forecast on Friday.",
        "The correction of prices was sharp.",
        "He updated the crew.",
        "They asked for clarification.",
    ):
        found = edit(f"{TEXT}\n\n{more}")
        assert found and found.silent, more
    note = "\n\nCorrection: an earlier version gave the wrong number of ships."
    found = edit(TEXT.replace("Friday", "Monday") + note, old=version(TEXT + note, "old"))
    assert found and found.correction is None


def test_a_silent_edit_is_a_finding_at_the_new_words() -> None:
    text = TEXT.replace("4,000", "5,000")
    found = edit(text)
    assert found
    assert (made := finding(found)) and made.kind == "silent-edit" and made.spans == (at("5,000", text),)
    assert not (spoken := edit(text, "2026-04-01")) or finding(spoken) is None


def test_updates_that_a_live_blog_gains_are_its_nature() -> None:
    old, gained = "Live: storm\n\nTen houses are lost.", "Eleven roads are closed."
    text = old.replace("\n\n", f"\n\n{gained}\n\n", 1)
    first = Piece(span=at("Ten houses are lost.", old), url="https://x.example/1")
    pieces = (
        Piece(span=at(gained, text), url="https://x.example/2"),
        Piece(span=at("Ten houses are lost.", text), url="https://x.example/1"),
    )
    assert compare(version(old, "old", pieces=(first,)), version(text, pieces=pieces)) is None
    changed_too = text.replace("Ten", "Two")
    assert compare(version(old, "old", pieces=(first,)), version(changed_too, pieces=pieces))


@given(
    st.lists(st.sampled_from(["a", "b", "the ", " tide", "\n\n", ". "]), max_size=30),
    st.lists(st.sampled_from(["a", "b", "the ", " tide", "\n\n", "“c” "]), max_size=30),
)
def test_the_changes_turn_one_text_into_the_other(first: list[str], second: list[str]) -> None:
    old, new = "".join(first), "".join(second)
    changes = changed(old, new)
    out, done = [], 0
    for (start, end), (a, b) in changes:
        out += [*old[done:start].split(), *new[a:b].split()]
        done = end
    assert done <= len(old)
    flat = " ".join([*out, *old[done:].split()])
    assert flat == " ".join(new.split()) or "“" in new
    assert holds(Edit(old="", new="", changes=tuple(changes), modified_changed=False, silent=True), old, new)


def test_long_and_hostile_texts_take_little_time() -> None:
    many = [f"Line {n % 7} of {n} words." for n in range(20_000)]
    hostile = [
        ("\n\n".join(many), "\n\n".join(reversed(many))),
        ("a b " * 100_000, "b a " * 100_000),
        ("x\n\n" * 900 + "y", "y\n\n" + "x\n\nz\n\n" * 400),
        (" ".join("abc"[n % 3] for n in range(999)), " ".join("cab"[n * n % 3] for n in range(999))),
    ]
    begun = time.process_time()
    for old, new in hostile:
        changed(old, new)
    assert time.process_time() - begun < 8
