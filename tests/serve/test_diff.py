"""Two versions of a page, or two articles, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.model import Dated
from onrecord.store import Store, open_store, record
from tests.serve.support import browser, desk_over, is_inert
from tests.store.support import LATER, made
from tests.support import TEXT

OTHER = "https://www.herald.example/levy"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Store, TestClient]]:
    """An empty record that may be filled, and a browser in front of it."""
    with open_store(tmp_path) as store, desk_over(store, tmp_path) as desk, browser(desk) as client:
        yield store, client


def both(store: Store, text: str, **more: object) -> str:
    """Records the invented article and another version; the address of what changed."""
    old = record(store, *made()).article
    return f"/diff/{old}/{record(store, *made(text, fetched=LATER, **more)).article}"  # type: ignore[arg-type]


def test_words_that_went_and_came_and_that_the_page_does_not_say_so(small: tuple[Store, TestClient]) -> None:
    store, client = small
    at = both(store, TEXT.replace("“a calm year”", "“a dull year”"))
    page, data = client.get(at).text, client.get(f"{at}.json").json()
    assert "<del>calm</del> <ins>dull</ins>" in " ".join(page.split())
    assert "Silent edit" in page
    assert (data["edit"]["silent"], data["one_page"]) == (True, True)
    assert is_inert(page)


def test_a_correction_note_is_shown(small: tuple[Store, TestClient]) -> None:
    store, client = small
    note = "Correction: an earlier version of this article said that the year was dull."
    page = client.get(both(store, f"{TEXT}\n\n{note}")).text
    assert f"The page says that it was changed: <q>{note}</q>" in page
    assert "Silent edit" not in page


def test_another_time_of_modification_owns_up_too(small: tuple[Store, TestClient]) -> None:
    store, client = small
    page = client.get(both(store, TEXT + " Or so.", modified=Dated(value=LATER, evidence="meta"))).text
    assert "another time of modification" in page


def test_versions_are_in_their_order_however_they_are_asked_for(small: tuple[Store, TestClient]) -> None:
    store, client = small
    _, _, old, new = both(store, TEXT + " Or so.").split("/")
    assert client.get(f"/diff/{new}/{old}.json").json()["old"]["id"] == old
    page = client.get(f"/article/{new}").text
    assert f"/diff/{old}/{new}" in page


def test_two_pages_are_no_edit_and_headlines_are_set_beside_each_other(small: tuple[Store, TestClient]) -> None:
    store, client = small
    at = both(store, TEXT.replace("Levy ‘to be halved’ in Seldrin", "Half the levy"), url=OTHER)
    data = client.get(f"{at}.json").json()
    assert (data["edit"], data["one_page"]) == (None, False)
    assert data["parts"][0]["pieces"] == [["old", "Levy ‘to be halved’ in Seldrin"], ["new", "Half the levy"]]


def test_what_is_the_same_is_folded_until_it_is_asked_for(small: tuple[Store, TestClient]) -> None:
    store, client = small
    more = "\n\n".join(f"Paragraph {n} of the levy." for n in range(20))
    old = record(store, *made(f"{TEXT}\n\n{more}")).article
    new = record(store, *made(f"{TEXT}\n\n{more} The end.", fetched=LATER)).article
    at = f"/diff/{old}/{new}"
    assert "paragraphs the same" in client.get(at).text
    assert "Paragraph 3 of the levy." not in client.get(at).text
    assert "Paragraph 3 of the levy." in client.get(f"{at}?whole=yes").text


def test_a_text_beside_itself_says_that_no_word_changed(small: tuple[Store, TestClient]) -> None:
    store, client = small
    id = record(store, *made()).article
    assert "No word changed." in client.get(f"/diff/{id}/{id}").text


def test_long_texts_come_in_pieces(small: tuple[Store, TestClient]) -> None:
    store, client = small
    text = "\n\n".join(f"{n} <><><><><><><> {n} ships of {n}." for n in range(1400))
    old = record(store, *made(text)).article
    new = record(store, *made(text.replace("ships", "boats"), fetched=LATER)).article
    at, seen, pages = f"/diff/{old}/{new}?whole=yes", 0, 0
    start: int | None = 0
    while start is not None:
        answer = client.get(f"{at}&from={start}")
        assert len(answer.content) < 300_000
        seen += answer.text.count("<ins>boats</ins>")
        start = client.get(f"/diff/{old}/{new}.json?whole=yes&from={start}").json()["next"]
        pages += 1
    assert (seen, pages > 1) == (1400, True)


def test_a_paragraph_without_end_is_bounded(small: tuple[Store, TestClient]) -> None:
    store, client = small
    old, new = (record(store, *made(c * 100_000, url=OTHER + c)).article for c in "&<")
    for query in ("", "?whole=yes"):
        answer = client.get(f"/diff/{old}/{new}{query}")
        assert len(answer.content) < 300_000
        assert "The rest" in answer.text
