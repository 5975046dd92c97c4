"""Live blogs: a schema.org LiveBlogPosting becomes one article, and each of its updates a dated piece of it.

The text is the description, where there is one, and then the updates in the order of the page, each its headline and its
paragraphs. Updates without words of their own do not count; where there are none, the page is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Clutter, Dated, Piece
from onrecord.parse import clutter, decode
from onrecord.parse.metadata import Metadata, address, blocks, dates, headline, iso, metas, same, types
from onrecord.parse.tree import tree_of

MARK = "LiveBlogPosting"
MAX_UPDATES = 2_000
MAX_BLOCKS = 500
DROPPED = re.compile(r"<(script|style|template|svg|iframe)\b[^<>]{0,2000}>.{0,20000}?</\1\s*>", re.I | re.S)
BREAK = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote|section|article|tr|table|figure|figcaption)\b[^<>]{0,2000}>", re.I
)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->")


class Update(Struct, frozen=True):
    """One update: its lines, the first of which may be its headline, and what it says about itself."""

    lines: tuple[str, ...]
    title: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    url: str | None = None


class LiveBlog(Struct, frozen=True):
    """What a live blog gives to its article."""

    about: Metadata
    intro: list[str]
    updates: list[Update]
    removed: tuple[Clutter, ...]

    @property
    def paragraphs(self) -> list[str]:
        """All lines of the body, in order."""
        return [*self.intro, *(line for update in self.updates for line in update.lines)]


def posting(tree: HtmlElement) -> dict[str, Any] | None:
    """The JSON-LD LiveBlogPosting that describes the page itself, also inside @graph or lists; or None."""
    queue: list[Any] = list(islice(blocks(tree), MAX_BLOCKS))
    for _ in range(MAX_UPDATES):
        if not queue:
            break
        item = queue.pop(0)
        if isinstance(item, list):
            queue = item[:100] + queue
        elif isinstance(item, dict):
            if any(kind.endswith(MARK) for kind in types(item)):
                return item
            queue += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]
    return None


def lines_of(value: Any) -> list[str]:
    """Words of JSON-LD as paragraphs: breaks kept, markup stripped, also where it was escaped."""
    if not isinstance(value, str):
        return []
    text = value
    for _ in range(2):
        text = unescape(TAG.sub("", BREAK.sub("\n", DROPPED.sub("", text))))
    return [line for raw in decode.clean(text).split("\n") if (line := " ".join(raw.split()))]


def moment(value: Any) -> Dated | None:
    """A date of JSON-LD, where it is one."""
    found = iso(value)
    return Dated(value=found, evidence="json-ld") if found else None


def update_of(item: Any, base: str | None) -> Update | None:
    """An update of a live blog; None where it holds no words but a headline."""
    if not isinstance(item, dict):
        return None
    body = lines_of(item.get("articleBody")) or lines_of(item.get("text"))
    if not body:
        return None
    title = " ".join(lines_of(item.get("headline")) or lines_of(item.get("name"))) or None
    named = [title] if title and not same(title, body[0]) else []
    where = item.get("url") or item.get("@id")
    return Update(
        lines=(*named, *body),
        title=title,
        published=moment(item.get("datePublished")),
        modified=moment(item.get("dateModified")),
        url=address(where, base) if isinstance(where, str) else None,
    )


def updates_of(blog: dict[str, Any], base: str | None) -> Iterator[Update]:
    """The updates that hold words, in the order of the page."""
    found = blog.get("liveBlogUpdate")
    for item in (found if isinstance(found, list) else [found])[:MAX_UPDATES]:
        if update := update_of(item, base):
            yield update


def retold(tree: HtmlElement, blog: dict[str, Any], about: Metadata, url: str | None) -> Metadata:
    """What the page says about itself, on the live blog's own word rather than on one of its updates'."""
    meta = metas(tree)
    title = headline(tree, blog, meta, about.outlet)
    published, modified = dates(tree, blog, meta, url or about.canonical_url)
    title = " ".join(decode.clean(title).split()) if title else about.title
    if published is None and about.published and about.published.evidence != "json-ld":
        published = about.published
    return replace(about, title=title, published=published, modified=modified)


def sifted(intro: list[str], updates: Sequence[Update]) -> tuple[list[str], list[Update], tuple[Clutter, ...]]:
    """Introduction and updates without clutter, and the clutter. The lines are sifted as one article."""
    lines = [*intro, *(line for update in updates for line in update.lines)]
    kept, removed = clutter.sift(lines)
    left = iter(kept)
    waiting = next(left, None)

    def taken(group: Sequence[str]) -> tuple[str, ...]:
        nonlocal waiting
        out = []
        for line in group:
            if line == waiting:
                out.append(line)
                waiting = next(left, None)
        return tuple(out)

    first = list(taken(intro))
    return first, [u for update in updates if (u := replace(update, lines=taken(update.lines))).lines], removed


def read(html: str, about: Metadata, url: str | None) -> LiveBlog | None:
    """The live blog that a page holds, or None where it is no live blog or its updates hold no words."""
    if MARK not in html:
        return None
    try:
        tree = tree_of(html)
        blog = posting(tree) if tree is not None else None
    except (LxmlError, RecursionError, ValueError, AssertionError):
        return None
    if blog is None:
        return None
    about = retold(tree, blog, about, url)
    found = list(updates_of(blog, url or about.canonical_url))
    intro = lines_of(blog.get("description")) if found else []
    title = about.title or ""
    intro, updates, removed = sifted(
        [line for line in intro if not same(line, title)],
        [replace(u, lines=tuple(line for line in u.lines if not same(line, title))) for u in found],
    )
    return LiveBlog(about, intro, updates, removed) if updates else None


def pieces(text: str, updates: Sequence[Update]) -> tuple[Piece, ...]:
    """The updates as spans of the article's text, which ends with their lines, joined by blank lines."""
    blocks_ = ["\n\n".join(update.lines) for update in updates]
    at = len(text) - len("\n\n".join(blocks_))
    found = []
    for update, block in zip(updates, blocks_, strict=True):
        found.append(
            Piece(
                span=(at, at + len(block)),
                published=update.published,
                modified=update.modified,
                url=update.url,
                title=update.title,
            )
        )
        at += len(block) + 2
    return tuple(found)
