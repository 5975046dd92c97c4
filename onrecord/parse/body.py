"""The body of a page: trafilatura finds it, its lines are sifted, and the page's own date line may speak last.

Blocks that are nothing but links are remembered first, because trafilatura forgets what was a link.
"""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from htmldate import find_date
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from msgspec.structs import replace
from trafilatura.utils import load_html

from onrecord.errors import ParseError
from onrecord.model import Clutter, Dated
from onrecord.parse import clutter, decode
from onrecord.parse.metadata import Metadata, metadata

BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "div", "td", "strong", "aside", "figcaption")
DATE_WORDS = re.compile(r"\b(?:published|posted|updated|first published|date)\b[^\n]{0,40}\d", re.I)


def squeeze(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


LABEL = re.compile(r"[^.:]{2,40}:\s*$")


def link_blocks(tree: HtmlElement) -> set[str]:
    """The texts of blocks whose every word is part of a link, but for a label with a colon before it."""
    found = set()
    for anchor in tree.iter("a"):
        words = squeeze(anchor.text_content())
        node = anchor
        for _ in range(6):
            parent = node.getparent()
            if parent is None or squeeze(parent.text_content()[:2000]) != words:
                break
            node = parent
        if words and (node.tag in BLOCKS or node is not anchor):
            found.add(words)
        parent = node.getparent()
        around = squeeze(parent.text_content()[:400]) if parent is not None and parent.tag in BLOCKS else ""
        if words and around.endswith(words) and LABEL.match(around[: -len(words)].strip()):
            found.add(around)
    return found


def extracted(tree: HtmlElement) -> list[str]:
    """The body's paragraphs as trafilatura finds them."""
    document: Any = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, include_images=False, with_metadata=False
    )
    if document is None:
        return []
    text = document.text if hasattr(document, "text") else document["text"]
    return [p for line in decode.clean(text or "").split("\n") if (p := squeeze(line.removeprefix("- ")))]


def guessed_date(html: str, url: str | None) -> Dated | None:
    """What htmldate finds in the page's markup, never by searching the whole text, where adverts have dates too."""
    try:
        found = find_date(html, extensive_search=False, original_date=True, url=url)
    except Exception:  # a third party's parser on hostile input: no date is an honest answer
        return None
    return Dated(value=found, evidence="meta") if found else None


def read(html: str, url: str | None) -> tuple[Metadata, list[str], tuple[Clutter, ...]]:
    """What a page says about itself, its paragraphs and its clutter. Raises ParseError for a page that cannot be parsed."""
    try:
        tree = load_html(html)
        if tree is None:
            raise ParseError("the page cannot be parsed; is it HTML?")
        about = metadata(tree, url)
        links = link_blocks(tree)
        lines = extracted(tree)
    except (LxmlError, RecursionError, ValueError, AssertionError) as error:
        raise ParseError(f"the page cannot be parsed: {type(error).__name__}") from error
    if about.title:
        about = replace(about, title=squeeze(decode.clean(about.title)))
    if about.published is None:
        about = replace(about, published=guessed_date(html, url))
    kept, removed = clutter.sift(lines, links)
    return about, kept, removed
