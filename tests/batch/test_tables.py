"""What is written as rows reads back as the same nouns."""

from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.batch.tables import PARTS, SCHEMAS, Noticed, day_of, describe, reading_of, rows_of
from onrecord.model import (
    Capture,
    Clutter,
    Dated,
    Estimate,
    Event,
    EventDate,
    Failure,
    Figure,
    Piece,
    Reading,
    decode_reading,
    encode,
)
from onrecord.store.readings import reading_id
from onrecord.text import digest
from tests.support import reading

CAPTURE = Capture(name="https://a.example/x", url="https://a.example/x", body=b"page", fetched="2031-05-17T01:00:00Z")
BARE = decode_reading(encode(reading()))  # as a worker hands it over: whole degrees are floats
FULL = replace(
    BARE,
    article=replace(
        BARE.article,
        modified=Dated(value="2031-05-17T09:00:00+02:00", evidence="json-ld"),
        pieces=(Piece(span=(0, 10), published=Dated(value="2031-05-16", evidence="text"), title="First"), Piece(span=(12, 20))),
        clutter=(Clutter(text="Read more", kind="promo"), Clutter(text="Advert", kind="advert")),
    ),
    events=(Event(id="v1", type="PROTEST", status="actual", anchor=((3, 9), (12, 20)), actors=("e1", "e2"), date=EventDate(value="2031-05", precision="month"), place="p1", attribution="a1"),),
    estimates=(Estimate(span=(0, 4), band="likely", low=55, high=80, attribution="a4"),),
)  # fmt: skip


def noticed(got: Reading | Failure, capture: Capture | None = CAPTURE) -> Noticed:
    return Noticed(7, "/warcs/x.warc.gz", 100, 50, capture, got)


def through_files(got: Reading) -> Reading:
    """A Reading that went through Arrow's tables of all kinds."""
    rows = {name: pa.Table.from_pylist(r, schema=SCHEMAS[name]).to_pylist() for name, r in rows_of(noticed(got)).items()}  # fmt: skip
    return reading_of(rows["articles"][0], {name: rows.get(name, []) for name in PARTS})


@pytest.mark.parametrize("whole", [BARE, FULL, replace(BARE, reader=None)], ids=["bare", "full", "unread"])
def test_a_reading_goes_round(whole: Reading) -> None:
    assert encode(through_files(whole)) == encode(whole)


number = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)


@given(value=number, low=number, high=number)
def test_numbers_stay_what_they_are_to_the_last_digit(
    value: float | None, low: float | None, high: float | None
) -> None:
    one = Figure(id="f1", span=(0, 4), value=value, low=low, high=high, comparator="=")
    assert encode(through_files(replace(BARE, figures=(one,)))) == encode(replace(BARE, figures=(one,)))


@given(
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    roles=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
)
def test_any_words_go_round(title: str | None, roles: list[str]) -> None:
    whole = replace(BARE, article=replace(BARE.article, title=title, byline=tuple(roles)))
    assert encode(through_files(whole)) == encode(whole)


def test_every_field_of_every_noun_has_a_column() -> None:
    for table, part in PARTS.items():
        fields = {f.encode_name for f in msgspec.structs.fields(part.noun)} - {"id"}
        assert fields <= set(SCHEMAS[table].names), table
    lists = {f for f in Reading.__struct_fields__ if f not in ("schema", "input", "reader", "article")}
    assert set(PARTS) == lists


def test_parts_bear_the_ids_of_the_record_and_their_words() -> None:
    rows = rows_of(noticed(FULL))
    first = rows["attributions"][0]
    assert first["id"] == digest(reading_id(FULL), "a1")
    assert (first["speaker_name"], first["venue_name"]) == ("Ilse Karvonen", "Tidewire")
    assert (first["cue_words"], first["content_words"]) == ("told", "We priced ourselves out")
    assert rows["dates"][0]["id"] == digest(reading_id(FULL), "date 0") and rows["dates"][0]["words"] == "Friday"
    assert rows["captures"][0]["article"] == FULL.article.id


def test_the_day_is_that_of_publication_or_else_of_capture() -> None:
    unpublished = replace(BARE, article=replace(BARE.article, published=None))
    failure = Failure(input="x", stage="parse", reason="no article")
    assert day_of(noticed(BARE)) == "2031-05-16"
    assert day_of(noticed(unpublished)) == day_of(noticed(failure)) == "2031-05-17"
    assert day_of(noticed(failure, None)) is None


def test_half_a_character_in_a_name_does_not_stop_the_tables() -> None:
    odd = replace(CAPTURE, name="caf\udce9.html", url=None)
    rows = rows_of(noticed(Failure(input="caf\udce9.html", stage="parse", reason="no \ud800"), odd))
    for name, found in rows.items():
        pa.Table.from_pylist(found, schema=SCHEMAS[name])
    assert rows["failures"][0]["input"] == "caf?.html"


def test_the_reference_describes_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "backfill.md").read_text(encoding="utf-8")
    assert "\n".join(describe()).strip() in page
