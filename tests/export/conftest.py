"""Two records to export: the demonstration's, and a small one whose every word is hostile."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import arming
from onrecord.export.formats import FORMATS
from onrecord.model import Outlet, Reading
from onrecord.resolving import resolve
from onrecord.store import Store, judging, open_store, record
from onrecord.store.exporting import Selection, select
from onrecord.watch.definition import from_words
from tests.store.support import made

HOSTILE = "<script>alert(1)</script> \x1b[31m\x07\x7f\x85 {{7*7}} \u202e\u2066=cmd|' /C calc'!A0 \"'\\\\u0041 \\ 𝕏🜁 \u2028 ^^<x> ]] \ufffe\uffff é"
NAME = "X<\x1b\"\\\u202e𝕏>'"  # one word, so that it still is a name
URL = 'https://www.tidewire.example/a b?<"q">=`{|}\\^[1]#\u202eé%zz'
TEXTUAL = ("annotations", "annotation-collection", "plover", "ftm", "stix", "schemaorg", "prov", "prov-turtle")


def export(name: str, selection: Selection) -> str:
    """What a format writes."""
    out = io.BytesIO()
    FORMATS[name].load()(selection, out)
    return out.getvalue().decode("utf-8")


@pytest.fixture(scope="session")
def demo(demonstration: Path) -> Iterator[Selection]:
    """The demonstration, whole."""
    with open_store(demonstration) as store:
        yield select(store)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selection]:
    """Two articles with hostile words in every free field, an alert and a judgement."""
    with open_store(tmp_path_factory.mktemp("hostile")) as store:
        for n in range(2):
            add_hostile(store, n)
        list(resolve(store))
        arming.arm(store, from_words("statement about priced", HOSTILE))
        with store.reading() as transaction:
            ids = [id for (id,) in transaction.all("SELECT id FROM actors ORDER BY row LIMIT 2")]
        judging.judge(store, "different", *ids, by=HOSTILE, reason=HOSTILE)
        yield select(store)


def add_hostile(store: Store, n: int) -> None:
    """An article whose text begins with hostile words, at a hostile address."""
    kept, reading = made(url=f"{URL}{n}", body=f"{n}".encode())
    shift = len(HOSTILE) + 2
    text = f"{HOSTILE}\n\n{reading.article.text}{n}"
    article = replace(reading.article, id=f"{n}" * 64, text=text, title=HOSTILE, byline=(HOSTILE,), outlet=Outlet(name=HOSTILE, domain='a"b\\<c>.example'))  # fmt: skip
    moved = shifted(reading, shift)
    entities = tuple(replace(e, role=HOSTILE, name=f"{e.name} {NAME}") for e in moved.entities)
    record(store, kept, replace(moved, article=article, entities=entities, input=HOSTILE))


def shifted(reading: Reading, by: int) -> Reading:
    """A Reading with every span moved."""

    def move(found: object) -> object:
        if isinstance(found, dict):
            return {name: value if name == "article" else move(value) for name, value in found.items()}
        if not isinstance(found, list | tuple):
            return found
        return [found[0] + by, found[1] + by] if len(found) == 2 and isinstance(found[0], int) else [move(v) for v in found]  # fmt: skip

    return msgspec.convert(move(msgspec.to_builtins(reading)), Reading)
