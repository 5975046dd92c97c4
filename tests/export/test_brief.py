"""The brief of a story: every sentence rests on words of an article, hedges stay hedges, and nothing hostile gets through."""

from __future__ import annotations

import html.parser
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from onrecord.cli import main
from onrecord.export import brief_accounts, brief_html, brief_md, brief_pdf
from onrecord.export.brief import Brief, Section, brief
from onrecord.export.notes import Item, Notes, Run, Sentence, quoted, sentence
from onrecord.export.telling import Piece
from onrecord.knowledge import StoryLine
from onrecord.store import coverage, knowing, open_store, standings
from onrecord.store.bundles import Source

EVIL = "<script>alert(1)</script> [x](javascript:y) **b** `c` \u202e=1+1 https://bad.example/ {0} www.bad.example"


@pytest.fixture(scope="module")
def briefs(demonstration: Path) -> list[Brief]:
    """The briefs of all stories of the demonstration."""
    with open_store(demonstration) as store:
        ids = [s.id for s in knowing.stories(store, limit=100)]
        with store.reading() as transaction:
            return [brief(transaction, id) for id in ids]


@pytest.fixture(scope="module")
def texts(demonstration: Path) -> dict[str, str]:
    with open_store(demonstration) as store, store.reading() as transaction:
        return {id: " ".join(text.split()) for id, text in transaction.all("SELECT id, text FROM articles")}


def items(section: Section) -> Iterator[Item]:
    todo = list(section.items)
    while todo:
        item = todo.pop()
        yield item
        todo += item.items


def sentences(b: Brief) -> Iterator[Sentence]:
    yield b.standfirst
    for section in b.sections:
        for item in items(section):
            yield from item.sentences


def part(b: Brief, id: str) -> Section:
    return next(s for s in b.sections if s.id == id)


def test_every_sentence_rests_on_notes(briefs: list[Brief]) -> None:
    count = 0
    for b in briefs:
        numbers = [n.number for n in b.notes]
        assert numbers == list(range(1, len(numbers) + 1))
        for said in sentences(b):
            count += 1
            assert said.notes and set(said.notes) <= set(numbers), said.words
    assert count > 300


def test_every_note_leads_to_exact_words(briefs: list[Brief], texts: dict[str, str]) -> None:
    for n in (n for b in briefs for n in b.notes):
        for words in n.words.split(" … "):
            assert words in texts[n.source.article] or words == (n.source.title or ""), n
        assert n.source.capture.startswith("sha256:") and n.path.startswith("/article/" + n.source.article)


def test_words_of_an_article_stand_in_that_article(briefs: list[Brief], texts: dict[str, str]) -> None:
    for b in briefs:
        articles = {n.number: n.source for n in b.notes}
        for said in sentences(b):
            told = "".join(r.words for r in said.runs if r.role in ("quoted", "claim")).strip("… ")
            sources = [articles[n] for n in said.notes]
            assert not told or any(
                told in texts[s.article] or told == " ".join((s.title or "").split()) for s in sources
            ), told


def force(briefs: list[Brief]) -> tuple[Brief, Item]:
    """The account of how large the invented force is, which moved and was denied."""
    return next(
        (b, i)
        for b in briefs
        for i in part(b, "accounts").items
        if i.title == "How many people? The latest value told is at least 5,600"
    )


def test_a_moved_figure_is_told_with_its_range_and_its_voices(briefs: list[Brief]) -> None:
    _, account = force(briefs)
    assert account.sentences[0].words == "The values told run from 2,000 people to at least 5,600 recruits."
    assert (
        account.sentences[1].words.startswith("Besides: ") and "6,000 people, as planned" in account.sentences[1].words
    )
    assert "Admiralty F5" in account.sentences[2].words and "contradicted by" in account.sentences[2].words
    says, denies = account.items
    assert (says.label, denies.label) == ("Says so", "Denies it, or says the contrary")
    told = " ".join(s.words for i in says.items for s in i.sentences)
    for value in ("2,000", "3,500", "4,900", "5,600", "more than 5,000", "told as planned"):
        assert value in told
    assert "Irena Kolst denies it" in denies.items[0].sentences[0].words


def test_what_rests_on_one_origin_is_said_to(briefs: list[Brief]) -> None:
    with_one = [b for b in briefs if any("one origin only" in s.words for i in part(b, "happened").items for s in i.sentences)]  # fmt: skip
    assert with_one
    for b in with_one:
        first = part(b, "unconfirmed").items[0].sentences[0].words
        assert re.match(r"\d+ of the points under “What is reported to have happened” rests? on the word of one origin alone", first)  # fmt: skip


def test_changes_and_alerts_are_told_with_both_sides(briefs: list[Brief]) -> None:
    changes = [s for b in briefs for i in part(b, "changes").items for s in i.sentences]
    assert any(s.words.startswith("Reversal: ") and len(s.notes) == 2 for s in changes)
    alerts = [i for b in briefs for i in part(b, "alerts").items]
    assert any("Still missing: a second independent origin" in s.words for i in alerts for s in i.sentences)


def test_no_word_is_a_verdict(briefs: list[Brief]) -> None:
    ours = " ".join(r.words for b in briefs for s in sentences(b) for r in s.runs if r.role in ("plain", "strong"))
    assert not re.search(r"(?i)\b(?:true|false|lie[sd]?|lying|fake|proves?|proven|in fact|debunked|confirmed that)\b", ours)  # fmt: skip


def test_who_does_not_commit_is_not_made_to(demonstration: Path) -> None:
    """Words that an article reports of somebody who "declined to say" are nobody's belief."""
    with open_store(demonstration) as store, store.reading() as transaction:
        for s in knowing.stories(store, limit=100):
            row = knowing.story_row(transaction, s.id)
            told, _ = standings.of_story(transaction, row, s.id, 200)
            book = brief_accounts.Book(transaction, [x.article for t in told for x in t.sayings])
            for t in told:
                for x in t.sayings:
                    words = brief_accounts.voice(book, t, x).words
                    if x.firmness == "Uu" and x.claim.stance == "hedges":
                        assert "is not reported to commit to it" in words
                    if x.claim.stance == "asserts":
                        assert "thinks it" not in words.partition(":")[0]


def test_since_narrows_changes_and_alerts(demonstration: Path, briefs: list[Brief]) -> None:
    b = next(b for b in briefs if part(b, "changes").items)
    with open_store(demonstration) as store, store.reading() as transaction:
        row = knowing.story_row(transaction, b.story.id)
        [newest] = coverage.changes(transaction, row, 1, new=False)
        late = brief(transaction, b.story.id, newest.moment)
        none = brief(transaction, b.story.id, "2099-01-01T00:00:00Z")
    assert 1 <= len(part(late, "changes").items) <= len(part(b, "changes").items)
    assert not part(none, "changes").items and not part(none, "alerts").items
    assert len(part(none, "timeline").items) == len(part(b, "timeline").items)


def hostile() -> Brief:
    """A brief of a page that would like to be more than words."""
    notes = Notes()
    evil = Source(article="a" * 64, outlet=EVIL, title=EVIL, moment="2031-05-14T09:14:00Z", published=EVIL, url="javascript:alert(1)", capture="sha256:" + "0" * 64)  # fmt: skip
    told = notes.of(evil, EVIL, "b" * 64)
    web = notes.of(replace(evil, url="https://ok.example/a?b=1&c=<x>"), "other words", "c" * 16)
    fine = notes.of(replace(evil, article="d" * 64, url="https://ok.example/a?b=1&c=2"), "וזה", None)
    said = Sentence(runs=(Run(EVIL, "strong"), *quoted([Piece(words=EVIL, meant=False), Piece(words="שלום עולם 北京", meant=True)])), notes=(told, web))  # fmt: skip
    item = Item(title=EVIL, sentences=(said,), items=(Item(label=EVIL, items=(Item(sentences=(said, sentence(EVIL, notes=(fine,), aside=True))),)),))  # fmt: skip
    line = StoryLine(id="e" * 64, title=EVIL, first="2031-05-14T09:14:00Z", last="2031-05-14T09:14:00Z", articles=1, outlets=1, origins=1, copies=0, changes={})  # fmt: skip
    section = Section(id="accounts", title="Accounts", lead=EVIL, items=(item, Item(sentences=(said,))))
    return Brief(story=line, title=EVIL, standfirst=said, moment="14 May 2031, 09:14 UTC", sections=(section,), notes=notes.all(), reading=(EVIL,), made_by="onrecord")  # fmt: skip


class Tags(html.parser.HTMLParser):
    """The elements of a page, and their addresses and ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [v or "" for k, v in attrs if k in ("href", "src")]
        self.ids += [v or "" for k, v in attrs if k == "id"]


def test_a_page_stands_alone_and_its_links_lead_somewhere(briefs: list[Brief]) -> None:
    for b in briefs:
        tags = Tags("".join(brief_html.pieces(b)))
        assert len(set(tags.ids)) == len(tags.ids)
        inner = {link[1:] for link in tags.links if link.startswith("#")}
        assert inner <= set(tags.ids) and {f"n{n.number}" for n in b.notes} <= inner
        assert all(link.startswith(("#", "https://")) for link in tags.links)
        assert not {"script", "img", "link", "iframe"} & set(tags.names)


def test_a_page_takes_nothing_from_an_article_but_words() -> None:
    page = "".join(brief_html.pieces(hostile()))
    tags = Tags(page)
    assert "script" not in tags.names and "&lt;script&gt;" in page
    assert [link for link in tags.links if not link.startswith("#")] == ["https://ok.example/a?b=1&c=2"]
    assert "default-src 'none'" in page.replace("&#x27;", "'")


def test_markdown_takes_nothing_from_an_article_but_words() -> None:
    text = "\n".join(brief_md.lines(hostile()))
    assert "<script" not in text and "\u202e" not in text
    assert "\\[x\\](javascript:y)" in text and "\\*\\*b\\*\\*" in text and "\\`c\\`" in text
    assert "https\\://bad" in text and "www\\.bad" in text
    assert re.findall(r"<(https?:[^>]*)>", text) == ["https://ok.example/a?b=1&c=2"]


def test_markdown_defines_the_notes_that_it_uses(briefs: list[Brief]) -> None:
    for b in briefs:
        text = "\n".join(brief_md.lines(b))
        defined = re.findall(r"^\[\^(\d+)\]: ", text, re.M)
        assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(defined) and len(defined) == len(b.notes)
        assert [line for line in text.splitlines() if line.startswith("#")][0] == f"# {brief_md.plain(b.title)}"


def pdf(b: Brief) -> bytes:
    out = io.BytesIO()
    brief_pdf.write_brief(b, out)
    return out.getvalue()


def test_a_pdf_is_the_same_each_time_and_says_what_it_is(briefs: list[Brief]) -> None:
    b = max(briefs, key=lambda b: len(b.notes))
    data = pdf(b)
    assert data == pdf(b) and data.startswith(b"%PDF-")
    assert b"/Lang" in data and b"/Outlines" in data and b"/DisplayDocTitle true" in data
    assert data.count(b"/Subtype /Link") > len(b.notes) and b"/Helvetica" not in data.partition(b"trailer")[0].replace(b"/BaseFont /Helvetica", b"")  # fmt: skip


def test_a_pdf_bears_any_words() -> None:
    assert len(pdf(hostile())) > 5_000


def test_a_pdf_has_its_words_as_text(briefs: list[Brief], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    b, _ = force(briefs)
    (tmp_path / "b.pdf").write_bytes(pdf(b))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True).stdout  # fmt: skip
    flat = " ".join(text.split())
    for words in (
        "Accounts set against each other",
        "The values told run from 2,000 people",
        "How to read this",
        "1 of ",
    ):
        assert words in flat
    assert all(f"at the desk {n.path[:20]}".lower() in flat.lower() for n in b.notes[:3])


@pytest.mark.parametrize("format", ["brief-md", "brief-html", "brief-pdf"])
def test_the_command_writes_it(demonstration: Path, tmp_path: Path, format: str) -> None:
    runner, path = CliRunner(), tmp_path / "brief"
    with open_store(demonstration) as store:
        id = knowing.stories(store)[0].id
    words = ["--home", str(demonstration), "export", format]
    assert runner.invoke(main, [*words, "--story", id[:12], "-o", str(path)]).exit_code == 0
    assert path.stat().st_size > 3_000
    assert runner.invoke(main, [*words, "--story", id[:12]]).stdout_bytes == path.read_bytes()
    for asked in ([], ["--speaker", "Kolst"]):
        result = runner.invoke(main, [*words, *asked])
        assert result.exit_code == 1 and "give --story ID" in result.output
