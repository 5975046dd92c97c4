"""The search for a page's body: trafilatura's own steps, but only those that the page needs.

For every page trafilatura runs its extractor, then a second algorithm (readability), and measures the page once more. Both are needed only
where the first answer is short, odd, or much shorter than the page:

1. Scripts and styles go, before anything else is read from the tree; JSON-LD stays (`lighten`).
2. trafilatura's extractor runs, on the tree that trafilatura would hand to it (`prune`, `body_text`).
3. Its answer stands where trafilatura would prefer no other (`stands`, by trafilatura's own conditions).
4. Every other page goes the whole of trafilatura's road.

The steps and limits are those of trafilatura 2.3, some of them no part of its public interface: tests/parse/test_search.py holds
what is found here to what trafilatura finds by itself.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

import trafilatura
from lxml.etree import XPath, _Element, strip_elements
from lxml.html import HtmlElement
from trafilatura import core, xpaths
from trafilatura.baseline import html2txt
from trafilatura.external import SANITIZED_XPATH, try_readability
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import delete_element, xmltotxt

ODD = XPath(SANITIZED_XPATH)
PROSE = XPath("boolean(.//p//text())")
WORDS = XPath("//text()[not(parent::script)]", smart_strings=False)
APPENDED = ("mvp-post-add", "infinite", "elementor-share-buttons")
COMMENTS_ID, COMMENTS_CLASS = re.compile(xpaths._COMMENTS_ID), re.compile(xpaths._COMMENTS_CLASS)
DISQUS = ("disqus_thread", "dsq-comments")
NO_ARTICLE = ("script", "a", "nav", "footer", "aside")
LINKED = 1.25  # readability keeps few blocks in which links make up more than a fifth of the words


@cache
def options() -> Any:
    """What is asked of trafilatura: the body with its tables, without readers' comments and pictures."""
    return Extractor(output_format="python", comments=False, tables=True, images=False)


def lighten(tree: HtmlElement) -> None:
    """Takes out scripts and styles, which no step reads and which are most of many pages. JSON-LD stays."""
    for node in list(tree.iter("script", "style")):
        if node.tag == "style" or "ld+json" not in (node.get("type") or ""):
            delete_element(node)


def prune(tree: HtmlElement) -> None:
    """Takes out articles that were appended to the page's own, and readers' comments, as trafilatura does before all else."""
    parts = [
        (node, name, kind)
        for node in tree.iterdescendants("div", "section", "aside", "details", "ol", "ul")
        if (name := node.get("id") or "") + (kind := node.get("class") or "")
    ]
    names = "\n".join([kind for _, _, kind in parts] + [name for _, name, _ in parts])
    if any(word in names for word in APPENDED):
        prune_unwanted_nodes(tree, xpaths.RAW_TREE_PRUNE_XPATH)
    comments = [node for node, name, kind in parts if of_comments(node.tag, name, kind)]
    if comments and not core._forum_thread_page(tree):
        for node in comments:
            delete_element(node)


def of_comments(tag: str, name: str, kind: str) -> bool:
    """Whether an element's id and class say that it holds readers' comments."""
    if tag == "aside":
        return False
    return bool(
        COMMENTS_ID.match(name) or COMMENTS_CLASS.search(kind) or (tag not in ("ol", "ul") and name.startswith(DISQUS))
    )


def squeezed(text: str) -> int:
    """The length of a text with its white space folded."""
    return len(" ".join(text.split()))


def stands(body: _Element, found: int, tree: HtmlElement) -> bool:
    """Whether trafilatura would keep its extractor's body of `found` characters, whatever its other ways bring."""
    if found < options().min_extracted_size or ODD(body):
        return False
    if not PROSE(body) or len(body.findall(".//table")) > len(body.findall(".//p")):
        return False
    return covers(found, tree) and longest(found, tree)


def covers(found: int, tree: HtmlElement) -> bool:
    """Whether a text is long, or long enough for its page."""
    enough = found / core.ESCALATION_PAGE_SHARE
    if found >= core.ESCALATION_MAX_LENGTH:
        return True
    words: Any = WORDS(tree)
    if squeezed(" ".join(words)) <= enough:
        return True
    return len(html2txt(tree)) <= enough


def longest(found: int, tree: HtmlElement) -> bool:
    """Whether readability finds no text more than twice as long; it is asked only where the page has so much."""
    data = sum(len(node.text or "") for node in tree.iter("script"))
    if len(tree.text_content()) - data <= 2 * found:
        return True
    words = copy(tree)
    strip_elements(words, *NO_ARTICLE, with_tail=False)
    if LINKED * squeezed(words.text_content()) <= 2 * found:
        return True
    return squeezed(try_readability(copy(tree)).xpath("string()")) <= 2 * found


def body_text(tree: HtmlElement) -> str:
    """The body's lines as trafilatura gives them, "" where there is none. `tree` is a page's after `lighten`, and is used up."""
    prune(tree)
    try:
        cleaned = convert_tags(tree_cleaning(copy(tree), options()), options())
        body, text = extract_content(cleaned, options())
        if stands(body, len(text), tree):
            return xmltotxt(body, False) or ""
    except (TypeError, ValueError):  # characters that no tree can hold: trafilatura gives such pages up as well
        return ""
    document: Any = trafilatura.bare_extraction(tree, options=options())
    return document.text or "" if document is not None else ""
