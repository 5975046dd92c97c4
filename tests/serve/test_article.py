"""The evidence: words marked, records beside them, where the bytes lie, and copies word by word; also for articles that are hostile or long."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from onrecord.model import Attribution, Entity, Figure, ReaderInfo, Reading
from onrecord.serve.kinds import Desk
from onrecord.store import Store, open_store, record
from onrecord.text import digest
from tests.serve.support import Tags, browser, desk_over, is_inert
from tests.serve.test_hostile import ATTACKS, fill
from tests.store.support import LATER, made
from tests.store.test_resolving import LEVY, add, settle
from tests.support import TEXT, article

CROSSING = "SELECT a.id FROM alerts l JOIN articles a ON a.row = l.article ORDER BY l.row LIMIT 1"
pytestmark = pytest.mark.slow


def one(desk: Desk, sql: str, *values: str) -> str:
    with desk.store.reading() as transaction:
        return str(transaction.value(sql, values))


def paragraphs(page: str) -> str:
    """The text of the article on a page."""
    from html import unescape

    body = re.search(r"<article[^>]*>(.*?)</article>", page, re.S)
    assert body
    found = re.findall(r"<(?:h1|p)[^>]*>(.*?)</(?:h1|p)>", body[1], re.S)
    return "\n\n".join(unescape(re.sub("<[^>]+>", "", p)) for p in found)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Store, TestClient]]:
    """An empty record that may be filled, and a browser in front of it."""
    with open_store(tmp_path) as store, desk_over(store, tmp_path) as desk, browser(desk) as client:
        yield store, client


def test_every_word_is_there_and_each_record_has_its_words_and_its_card(client: TestClient, desk: Desk) -> None:
    id = one(desk, CROSSING)
    page, data = client.get(f"/article/{id}").text, client.get(f"/article/{id}.json").json()
    assert paragraphs(page) == data["reading"]["article"]["text"]
    ids = [attrs["id"] for _, attrs in Tags(page).found if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for a in data["reading"]["attributions"] + data["reading"]["figures"] + data["reading"]["events"]:
        part = data["about"]["ids"][a["id"]]
        assert {f"p{part}", f"r{part}"} <= set(ids)
    links = {a["href"] for a in Tags(page).of("a") if (a.get("href") or "").startswith("#")}
    assert {link[1:] for link in links if link} <= set(ids)
    assert is_inert(page)


def test_where_the_bytes_lie_and_what_surrounds_it(client: TestClient, desk: Desk) -> None:
    id = one(desk, CROSSING)
    about = client.get(f"/article/{id}.json").json()["about"]
    page = client.get(f"/article/{id}").text
    kept = about["captures"][0]
    for words in (kept["digest"], kept["file"], f"{kept['offset']:,}", id, about["origin"]["name"], f"/story/{about['story']}"):  # fmt: skip
        assert words in page
    for account in about["accounts"].values():
        assert f'href="/account/{account[:16]}"' in page
        assert client.get(f"/account/{account[:16]}").status_code == 200


def test_figures_and_conditions_can_be_watched_for(client: TestClient, desk: Desk) -> None:
    part = one(desk, "SELECT id FROM conditions ORDER BY row LIMIT 1")
    page = client.get(client.get(f"/part/{part}").headers["location"].partition("#")[0]).text
    assert f'href="/indicators?from={part}"' in page


def test_layers_are_chosen_in_the_address(client: TestClient, desk: Desk) -> None:
    at = f"/article/{one(desk, CROSSING)}"
    every = Tags(client.get(at).text)
    [shown] = [a for a in every.of("div") if a.get("id") == "evidence"]
    assert shown["class"] == "evidence"
    some = Tags(client.get(f"{at}?layers=none&layers=figures&layers=dates").text)
    [shown] = [a for a in some.of("div") if a.get("id") == "evidence"]
    assert {"hide-said", "hide-places", "hide-clutter"} < set(str(shown["class"]).split())
    assert not {"hide-figures", "hide-dates"} & set(str(shown["class"]).split())
    boxes = {
        a["value"]: "checked" in a
        for a in some.of("input")
        if a.get("name") == "layers" and a.get("type") == "checkbox"
    }
    assert {layer for layer, checked in boxes.items() if checked} == {"figures", "dates"}
    assert client.get(f"{at}?layers=everything").status_code == 400


def test_words_are_cited_with_all_that_finds_them_again(client: TestClient, desk: Desk) -> None:
    id = one(desk, CROSSING)
    data = client.get(f"/article/{id}.json").json()
    part = data["about"]["ids"]["f1"]
    page = client.get(f"/article/{id}?cite={part}").text
    cited = re.search(r"<pre>(.*?)</pre>", page, re.S)
    assert cited
    start, end = data["reading"]["figures"][0]["span"]
    paper = data["reading"]["article"]
    for words in (paper["text"][start:end], paper["outlet"]["name"], paper["title"], paper["published"]["value"], paper["capture"], f"http://localhost/article/{id}#p{part}"):  # fmt: skip
        assert words in cited[1]
    assert client.get(f"/article/{id}?cite={'f' * 16}").status_code == 404


def test_the_attributions_as_a_table(client: TestClient, desk: Desk) -> None:
    id = one(desk, CROSSING)
    header, *rows = csv.reader(io.StringIO(client.get(f"/article/{id}.csv").text))
    assert len(rows) == len(client.get(f"/article/{id}.json").json()["reading"]["attributions"])
    assert all(row[header.index("article")] == id for row in rows)


def test_an_id_may_be_short_and_one_that_is_unknown_is_not_found(client: TestClient, desk: Desk) -> None:
    assert client.get(f"/article/{one(desk, CROSSING)[:10]}").status_code == 200
    for path in ("/article/ffffffffffffffff", "/article/nothing", "/part/ffffffffffffffff", "/part/nothing", "/raw/ffffffffffff", "/diff/ffffffffff/ffffffffff"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_part_leads_to_its_words(client: TestClient, desk: Desk) -> None:
    id = one(desk, CROSSING)
    about = client.get(f"/article/{id}.json").json()["about"]
    answer = client.get(f"/part/{about['ids']['f1']}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/article/{id}#p{about['ids']['f1']}")
    assert client.get(f"/part/{id[:12]}").headers["location"] == f"/article/{id}"
    assert client.get(f"/part/{about['captures'][0]['digest'][7:]}").headers["location"] == f"/article/{id}?tab=raw"
    assert client.get(f"/part/{about['reading']}").headers["location"] == f"/article/{id}"


def test_every_place_leads_to_a_mark(client: TestClient, desk: Desk) -> None:
    """Mentions of one place are marked as one, so that the later ones have no mark of their own."""
    with desk.store.reading() as transaction:
        found = transaction.all("SELECT p.id FROM places p JOIN readings r ON r.row = p.reading WHERE r.current = 1 ORDER BY p.row LIMIT 12")  # fmt: skip
    for (part,) in found:
        to, _, anchor = client.get(f"/part/{part}").headers["location"].partition("#")
        assert f'id="{anchor}"' in client.get(to).text


def test_a_part_of_an_older_reading_leads_to_that(small: tuple[Store, TestClient]) -> None:
    store, client = small
    kept, reading = made()
    id = record(store, kept, reading).article
    part = client.get(f"/article/{id}.json").json()["about"]["ids"]["f1"]
    record(store, kept, replace(reading, reader=ReaderInfo(name="en", version="2"), figures=()))
    to = client.get(f"/part/{part}").headers["location"]
    assert f"/article/{id}?reading=" in to
    page = client.get(to.partition("#")[0]).text
    assert f'id="p{part}"' in page
    assert "This is an older reading" in page
    assert f'id="p{part}"' not in client.get(f"/article/{id}").text


def test_copies_word_by_word(small: tuple[Store, TestClient]) -> None:
    store, client = small
    wire = add(store, "Northwire", 3, LEVY)
    changed = LEVY.replace("will be halved", "will not be halved").replace("2,000 dockers", "3,000 dockers")
    copy = add(store, "Marl Gazette", 3, changed.replace("Harbour levy to be halved", "Levy stays"), 9)
    settle(store)
    [beside] = client.get(f"/article/{wire}.json?tab=copies").json()["copies"]
    assert beside["article"]["id"] == copy
    assert [d["flags"] for d in beside["made"]["departures"]] == [["negation"], ["number"]]
    page = client.get(f"/article/{wire}?tab=copies").text
    assert "<ins>not</ins>" in page
    assert "<del>2,000</del>" in page
    assert f"/diff/{wire}/{copy}" in page
    its = client.get(f"/article/{copy}?tab=copies").text
    assert "This article beside its original" in its
    assert "<ins>not</ins>" in its


PARAGRAPH = "“We counted {n} ships on Monday,” Transport Minister Ilse Karvonen told the Tidewire in Seldrin. It had been a calm year of {n} days."  # fmt: skip


def long_reading(count: int) -> Reading:
    """A reading with an attribution and a figure in each of so many paragraphs."""
    title = "The long report of the harbour"
    text = "\n\n".join([title, *(PARAGRAPH.format(n=n) for n in range(1000, 1000 + count))])
    said, figures = [], []
    for n, m in enumerate(re.finditer(r"“(We counted (\d+) ships on Monday),” (.*?) (told)", text), 1):
        said.append(Attribution(id=f"a{n}", kind="direct", content=(m.span(1),), source=(m.span(3),), cue=(m.span(4),), speaker="e1", speaker_kind="named", confidence=0.9))  # fmt: skip
        figures.append(Figure(id=f"f{n}", span=m.span(2), value=int(m[2]), comparator="=", unit="ships", attribution=f"a{n}"))  # fmt: skip
    who = Entity(id="e1", name="Ilse Karvonen", type="person", mentions=tuple(m.span() for m in re.finditer("Ilse Karvonen", text)))  # fmt: skip
    paper = article(text, title, id=digest(text, ""))
    return Reading(input="x", reader=ReaderInfo(name="en", version="0"), article=paper, attributions=tuple(said), entities=(who,), figures=tuple(figures))  # fmt: skip


def test_a_long_article_comes_in_pieces_of_a_bounded_size(small: tuple[Store, TestClient]) -> None:
    store, client = small
    reading = long_reading(600)
    id = keep(store, reading)
    data = client.get(f"/article/{id}.json").json()
    starts = [start for start, _ in data["windows"]]
    assert len(starts) > 3
    pages = [client.get(f"/article/{id}?from={start}").text for start in starts]
    assert all(150_000 < len(page.encode()) < 300_000 for page in pages[:-1])
    shown = "\n\n".join(paragraphs(page) for page in pages)
    assert shown.replace("The long report of the harbour (continued)\n\n", "") == reading.article.text
    assert f'href="/article/{id}?from={starts[1]}"' in pages[0]
    for label in ("a1", "a300", "f600"):
        to, _, anchor = client.get(f"/part/{data['about']['ids'][label]}").headers["location"].partition("#")
        page = client.get(to).text
        assert f'id="{anchor}"' in page
        assert f'id="r{anchor[1:]}"' in page
        assert all(f'id="{link[1:]}"' in page for a in Tags(page).of("a") if (link := a.get("href") or "").startswith("#"))  # fmt: skip


def test_what_is_only_left_out_silently_has_a_record_and_no_words(small: tuple[Store, TestClient]) -> None:
    store, client = small
    text = TEXT.replace(" on Friday", "")
    record(store, *made(reader=None))
    id = record(store, *made(text, fetched=LATER)).article
    page = client.get(f"/article/{id}").text
    assert "silent-edit" in page
    ids = {attrs["id"] for _, attrs in Tags(page).found if attrs.get("id")}
    assert all(link[1:] in ids for a in Tags(page).of("a") if (link := a.get("href") or "").startswith("#"))


def test_a_long_passage_of_a_copy_is_cut(small: tuple[Store, TestClient]) -> None:
    store, client = small
    wire = add(store, "Northwire", 3, LEVY)
    own = " ".join(f"Nobody in Tarn had counted the {n} pear trees." for n in range(1000))
    add(store, "Marl Gazette", 3, f"{LEVY}\n\n{own}", 9)
    settle(store)
    answer = client.get(f"/article/{wire}?tab=copies")
    assert len(answer.content) < 20_000
    assert "9,000 words" in answer.text or "9000 words" in answer.text


def keep(store: Store, reading: Reading) -> str:
    kept, _ = made(reading.article.text, url=None)
    return record(store, kept, replace(reading, article=replace(reading.article, capture=kept.digest))).article


def test_a_text_without_a_space_or_a_break_is_bounded_too(small: tuple[Store, TestClient]) -> None:
    store, client = small
    id = keep(store, Reading(input="x", reader=None, article=article("&<" * 300_000, None, id=digest("&<", ""))))
    windows = client.get(f"/article/{id}.json").json()["windows"]
    assert [start for start, _ in windows[1:]] == [end for _, end in windows[:-1]]
    assert (windows[0][0], windows[-1][1]) == (0, 600_000)
    for start, _ in windows[:2] + windows[-1:]:
        assert len(client.get(f"/article/{id}?from={start}").content) < 300_000


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[tuple[list[str], TestClient]]:
    """The articles of a record of attacks, and a browser."""
    with open_store(tmp_path) as store:
        fill(store, tmp_path)
        with store.reading() as transaction:
            ids = [id for (id,) in transaction.all("SELECT id FROM articles ORDER BY row")]
        with desk_over(store, tmp_path) as desk, browser(desk) as client:
            yield ids, client


def test_hostile_articles_are_inert_on_every_page(attacked: tuple[list[str], TestClient]) -> None:
    ids, client = attacked
    assert len(ids) == len(ATTACKS)
    for id, after in zip(ids, ids[1:] + ids[:1], strict=True):
        part = client.get(f"/article/{id}.json").json()["about"]["ids"]["a1"]
        for path in (f"/article/{id}", f"/article/{id}?tab=raw", f"/article/{id}?tab=copies", f"/article/{id}?cite={part}", f"/diff/{id}/{after}", f"/diff/{id}/{after}?whole=yes"):  # fmt: skip
            answer = client.get(path)
            assert answer.status_code == 200
            assert is_inert(answer.text), path
            tags = Tags(answer.text)
            assert not {"svg", "base", "object", "embed", "style", "img"} & {tag for tag, _ in tags.found}
            assert all(a["src"] == f"/raw/{id}" and a["sandbox"] == "" for a in tags.of("iframe"))
            assert "49" not in answer.text.partition("<title>")[2].partition("</title>")[0]


def test_what_is_cited_of_a_hostile_article_is_words(attacked: tuple[list[str], TestClient]) -> None:
    ids, client = attacked
    data: dict[str, Any] = client.get(f"/article/{ids[0]}.json").json()
    page = client.get(f"/article/{ids[0]}?cite={data['about']['ids']['e1']}").text
    cited = re.search(r"<pre>(.*?)</pre>", page, re.S)
    assert cited
    assert "<" not in cited[1]
    assert "&lt;script&gt;" in cited[1]
