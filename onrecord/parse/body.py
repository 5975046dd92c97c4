"""The body of a page: trafilatura finds it, its lines are sifted, and the page's own date line may speak last.

What the markup says of lines is remembered first (blocks that are nothing but links, links to topics, small boxes with a
telling name), because trafilatura forgets it.
"""

from __future__ import annotations

import re
from functools import cache

from htmldate import find_date
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from msgspec.structs import replace

from onrecord.errors import ParseError
from onrecord.model import Clutter, ClutterKind, Dated
from onrecord.parse import clutter, decode, search
from onrecord.parse.metadata import Metadata, metadata
from onrecord.parse.signed import signature
from onrecord.parse.tree import tree_of

BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "div", "td", "strong", "aside", "figcaption")


def squeeze(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


MAX_BOX = 3000
MAX_LINKED = 2000
MAX_BOX_LINE = 400
MAX_BOX_SHARE = 0.2
TOPIC = re.compile(r"[/?&](?:tags?|topics?|categor(?:y|ies)|keywords?)[/=]", re.I)
BOX_NAMES: dict[ClutterKind, str] = {
    "signup": r"newsletter|sign-?up|subscri(?:be|ption)|cta|call-to-action|donat(?:e|ion)s?|member(?:ship)?-(?:appeal|prompt)|paywall-(?:message|prompt)",
    "teaser": r"related|recommend(?:ed|ations?)|read-?(?:more|next|also)|trending|most-?(?:read|popular)|teasers?|promo",
    "advert": r"advert(?:isement)?s?|sponsor(?:ed)?|affiliate",
    "credit": r"author-?(?:bio|info|box|description)|about-?(?:the-?)?author|bio|copyright|(?:photo|image|media)-?credits?",
    "interface": r"comments?|share|sharing|social|breadcrumbs?|tags?|disqus|print",
}
BOX = re.compile(
    rf"(?<![^\s_-])(?:{'|'.join(f'(?P<{kind}>{names})' for kind, names in BOX_NAMES.items())})(?![^\s_-])", re.I
)
LABEL = re.compile(r"[^.:]{2,40}:\s*$")


def link_blocks(tree: HtmlElement) -> set[str]:
    """The texts of blocks whose every word is part of a link, but for a label with a colon before it."""
    found = set()
    texts: dict[HtmlElement, str] = {}  # of parents, which many links share

    def text_of(node: HtmlElement) -> str:
        if node not in texts:
            texts[node] = squeeze(node.text_content()[:MAX_LINKED])
        return texts[node]

    for anchor in tree.iter("a"):
        if (anchor.get("href") or "#").startswith("#") or not (words := squeeze(anchor.text_content())):
            continue
        node, parent = anchor, anchor.getparent()
        for _ in range(6):
            if parent is None or (node.tail or "").strip() or text_of(parent) != words:
                break
            node, parent = parent, parent.getparent()
        if node.tag in BLOCKS or node is not anchor:
            found.add(words)
        last = parent is not None and parent.tag in BLOCKS and not (node.tail or "").strip()
        around = text_of(parent) if last else ""
        if around.endswith(words) and LABEL.match(around[: -len(words)].strip()):
            found.add(around)
    return found


def topic_links(tree: HtmlElement) -> set[str]:
    """The words of links that lead to a topic's page, where they are but a few."""
    return {
        words
        for anchor in tree.iter("a")
        if (anchor.get("rel") == "tag" or TOPIC.search(anchor.get("href") or ""))
        and 0 < len((words := squeeze(anchor.text_content())).split()) <= 4
    }


def boxes(tree: HtmlElement) -> dict[str, ClutterKind]:
    """The lines in boxes whose class or id says what they are.

    A box that holds much of the page, or its headline, is no box; the page's description of itself is no clutter.
    """
    found: dict[str, ClutterKind] = {}
    named = cache(BOX.search)  # many elements have the same names
    limit = min(MAX_BOX_SHARE * len(squeeze(tree.text_content())), MAX_BOX)
    standfirsts = {
        squeeze(meta.get("content") or "")
        for meta in tree.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower().endswith("description")
    }
    for node in tree.iter("div", "aside", "section", "ul", "p", "span", "footer", "figure", "form"):
        box = named(f"{node.get('class') or ''} {node.get('id') or ''}")
        if box is None or len(text := squeeze(node.text_content())) > limit:
            continue
        if node.find(".//h1") is not None:
            continue
        kind: ClutterKind = box.lastgroup  # type: ignore[assignment]
        for line in (text, *(squeeze(block.text_content()) for block in node.iter(*BLOCKS))):
            if 0 < len(line) <= MAX_BOX_LINE and line not in standfirsts:
                found.setdefault(line, kind)
    return found


def bold_labels(tree: HtmlElement) -> set[str]:
    """The paragraphs that begin with a label in bold and a colon."""
    found = set()
    for mark in tree.iter("strong", "b"):
        parent = mark.getparent()
        if parent is None or parent.tag != "p" or (parent.text or "").strip() or parent[0] is not mark:
            continue
        if re.fullmatch(r"[^.:]{3,60}:\s*", mark.text_content().strip()):
            found.add(squeeze(parent.text_content()))
    return found


def extracted(tree: HtmlElement) -> list[str]:
    """The body's paragraphs as trafilatura finds them. The tree is used up."""
    text = decode.clean(search.body_text(tree))
    return [p for line in text.split("\n") if (p := squeeze(line.removeprefix("- ")))]


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
        tree = tree_of(html)
        if tree is None:
            raise ParseError("the page cannot be parsed; is it HTML?")
        search.lighten(tree)
        about = metadata(tree, url)
        hints = clutter.Hints(
            links=link_blocks(tree), topics=topic_links(tree), boxes=boxes(tree), bold_labels=bold_labels(tree)
        )
        lines = extracted(tree)
    except (LxmlError, RecursionError, ValueError, AssertionError) as error:
        raise ParseError(f"the page cannot be parsed: {type(error).__name__}") from error
    if about.title:
        about = replace(about, title=squeeze(decode.clean(about.title)))
    if about.published is None:
        about = replace(about, published=guessed_date(html, url))
    kept, removed = clutter.sift(lines, hints, about.byline, about.title)
    if not about.byline and (
        signed := next((s for c in removed if c.kind == "credit" and (s := signature(c.text))), None)
    ):
        about = replace(about, byline=signed.names)
    return about, kept, removed
