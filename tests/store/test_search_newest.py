"""The newest that match are found, all of them and in order, wherever they stand and however they are looked for."""

import unicodedata
from collections.abc import Iterator
from importlib import import_module
from itertools import islice, pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store import Store, search
from onrecord.store.counted import find
from onrecord.store.words import folded, places, plain_words, signature
from tests.store.support import TEXT, URL, keep

VOCABULARY = ("tide", "éve", "levy", "quay")
WORDS = st.lists(st.sampled_from((*VOCABULARY, "a", "b")), max_size=40)


def stands(words: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(islice(words, at, at + len(phrase))) == phrase for at in range(len(words)))


def may_stand(signed: bytes, phrase: list[str]) -> bool:
    bits = int.from_bytes(signed, "little")
    return all(bits >> (place % (8 * len(signed))) & 1 for place in places(phrase))


@pytest.fixture
def texts(store: Store) -> Iterator[dict[str, str]]:
    """Some articles of few words in every order, by their ids, the oldest first."""
    random = Random(7)
    yield {
        keep(store, text, url=f"{URL}/{n}"): text
        for n in range(24)
        for text in [" ".join(random.choices(VOCABULARY, k=random.choice((1, 2, 6, 12))))]
    }


def test_phrases_of_articles_are_found_where_they_stand_and_nowhere_else(store: Store, texts: dict[str, str]) -> None:
    for phrase in (p for length in (1, 2, 3) for p in product(VOCABULARY, repeat=length)):
        expected = [id for id, text in texts.items() if stands(text.split(), phrase)][::-1]
        found = find(store, f'"{" ".join(phrase)}"', where="article", best=False, limit=50)
        assert [hit.article for hit in found.hits] == expected, phrase


def test_phrases_beside_words_alternatives_and_minus(store: Store, texts: dict[str, str]) -> None:
    asked = {
        '"tide éve" levy': lambda w: stands(w, ("tide", "éve")) and "levy" in w,
        '"tide éve" OR quay': lambda w: stands(w, ("tide", "éve")) or "quay" in w,
        '"tide éve" OR "levy levy"': lambda w: stands(w, ("tide", "éve")) or stands(w, ("levy", "levy")),
        'tide -"tide tide"': lambda w: "tide" in w and not stands(w, ("tide", "tide")),
    }
    for query, holds in asked.items():
        expected = [id for id, text in texts.items() if holds(text.split())][::-1]
        found = find(store, query, where="article", best=False, limit=50)
        assert [hit.article for hit in found.hits] == expected and expected, query


@pytest.mark.parametrize("first", [1, 2, 300])
def test_attributions_are_found_in_order_through_all_readings(store: Store, monkeypatch: pytest.MonkeyPatch, first: int) -> None:  # fmt: skip
    monkeypatch.setattr(import_module("onrecord.store.newest"), "FIRST", first)
    monkeypatch.setattr(import_module("onrecord.store.counted"), "CANDIDATES", 5)
    outlets = ["Tidewire", "Gull Post", "Tidewire", "Tidewire", "Gull Post", "Tidewire", "Gull Post", "Tidewire", "Tidewire"]  # fmt: skip
    ids = [keep(store, TEXT, url=f"{URL}/{n}", outlet=outlet) for n, outlet in enumerate(outlets)]
    for query, outlet in product(("priced", '"priced ourselves out"', '"ourselves priced"'), (None, "Gull Post")):
        expected = [id for id, at in zip(ids, outlets, strict=True) if outlet in (None, at) and query != '"ourselves priced"'][::-1][:5]  # fmt: skip
        found = find(store, query, outlet=outlet, best=False)
        assert [hit.article for hit in found.hits] == expected, (query, outlet)


def test_nothing_is_found_in_an_empty_record(store: Store) -> None:
    for where in ("content", "source", "article"):
        assert search(store, '"priced out"', where=where) == []  # type: ignore[arg-type]


@given(WORDS)
def test_a_signature_knows_every_pair_of_its_words(words: list[str]) -> None:
    signed = signature(words)
    assert all(may_stand(signed, words[at : at + n]) for n in (2, 3) for at in range(len(words)))


def test_a_signature_seldom_takes_other_words_for_a_pair() -> None:
    words = [f"w{n * n % 701}" for n in range(750)]
    others = [(a, b) for a, b in product(words[:40], repeat=2) if (a, b) not in set(pairwise(words))]
    taken = sum(may_stand(signature(words), [a, b]) for a, b in others)
    assert 0 < taken < len(others) / 10
    assert len(signature(words)) == 750 and len(signature([])) == 8 and len(signature(["w"] * 9_000)) == 8192


@given(st.text())
def test_a_word_folds_as_a_whole_does(word: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    assert folded(word) == bare.lower()


def test_words_of_a_text_are_folded() -> None:
    assert plain_words("Čapek’s WELL-known  café_1") == ["capek", "s", "well", "known", "cafe", "1"]
