"""The shorter search must find what trafilatura's whole road finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from trafilatura import xpaths

from onrecord.parse import search
from onrecord.parse.tree import tree_of

EXAMPLES = sorted(Path("examples").glob("*.html"))
SENTENCE = "The harbour office of New Tarn said on Monday that the levy would be paid by every ship, and by no boat. "
MENU = "".join(f'<li><a href="/{n}">Section {n} of the paper and what is in it</a></li>' for n in range(40))


def page(body: str) -> str:
    return f"<html><head><title>Levy</title><style>p {{}}</style></head><body>{body}</body></html>"


def whole_road(html: str) -> str:
    """What trafilatura finds by itself."""
    document = trafilatura.bare_extraction(
        html, include_comments=False, include_tables=True, include_images=False, with_metadata=False
    )
    return document.text or "" if document is not None else ""


def found(html: str) -> str:
    tree = tree_of(html)
    assert tree is not None
    search.lighten(tree)
    return search.body_text(tree)


ARTICLE = "".join(f"<p>{number} {SENTENCE}</p>" for number in range(20))
PAGES = {
    "an article": page(f"<nav><ul>{MENU}</ul></nav><article>{ARTICLE}</article><script>var x = 'no words'</script>"),
    "a short article under a long menu": page(f"<ul>{MENU}</ul><div class='entry'><p>{SENTENCE}</p></div>"),
    "text that no extractor of trafilatura's own sees": page(
        f"<div class='x'><div class='entry'><p>{SENTENCE * 3}</p></div></div><div><span>{SENTENCE * 60}</span></div>"
    ),
    "tables instead of paragraphs": page(
        f"<article><p>{SENTENCE * 3}</p>" + f"<table><tr><td>{SENTENCE}</td></tr></table>" * 4 + "</article>"
    ),
    "readers' comments": page(
        f"<article>{ARTICLE}<div id='comments'><p>{SENTENCE} (a reader)</p></div><ol class='commentlist'><li>{SENTENCE} "
        f"(another)</li></ol></article>"
    ),
    "another article appended": page(
        f"<article>{ARTICLE}</article><div class='infinite-scroll'><article>{ARTICLE}{ARTICLE}</article></div>"
    ),
    "nothing": page(""),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_search_finds_what_the_whole_road_finds(name: str) -> None:
    assert found(PAGES[name]) == whole_road(PAGES[name])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_it_does_so_on_the_examples(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert found(html) == whole_road(html)


def test_an_article_goes_no_further_than_the_first_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "try_readability", None)
    monkeypatch.setattr(search.trafilatura, "bare_extraction", None)
    assert found(PAGES["an article"]).count("harbour office") == 20


def test_json_ld_stays_when_scripts_go() -> None:
    tree = tree_of(
        page('<script type="application/ld+json">{}</script>after<script>let y</script> it<style>p{}</style>')
    )
    assert tree is not None
    search.lighten(tree)
    assert [node.get("type") for node in tree.iter("script", "style")] == ["application/ld+json"]
    assert tree.text_content().endswith("{}after it")


PIECES = ("div", "section", "aside", "p", "ol", "ul", "article")
NAMES = (
    "comments",
    "commentary",
    "comol",
    "disqus_thread",
    "dsq-comments",
    "article-comments",
    "Comment-list",
    "post",
    "infinite-scroll",
)
ELEMENTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["id", "class"]), st.sampled_from(NAMES)), max_size=8
)


@given(ELEMENTS)
@settings(deadline=None)
def test_the_same_comments_go_as_with_the_expressions_of_trafilatura(elements: list[tuple[str, str, str]]) -> None:
    html = page("".join(f'<{tag} {key}="{name}">{name}' for tag, key, name in elements))
    ours, theirs = tree_of(html), tree_of(html)
    assert ours is not None and theirs is not None
    search.prune(ours)
    search.prune_unwanted_nodes(theirs, xpaths.RAW_TREE_PRUNE_XPATH)
    search.prune_unwanted_nodes(theirs, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH)
    assert [(n.tag, n.text) for n in ours.iter()] == [(n.tag, n.text) for n in theirs.iter()]
