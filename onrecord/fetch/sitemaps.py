"""Sitemaps: sets of addresses (with Google's news extension), indexes of further sitemaps, and plain lists of addresses.

Follows sitemaps.org 0.9; an address that is none is passed over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from onrecord.fetch.entries import Gathered, entry, web_address
from onrecord.fetch.records import Document, Record
from onrecord.model import Entry, FeedContent

WANTED = {"loc", "lastmod", "news:title", "news:publication_date"}
MAX_LINE = 4096
ADDRESS_LINE = re.compile(r"https?://[^\s<>\"]+$", re.I)


def first(record: Record, name: str) -> str | None:
    """The words of a record's first field of that name."""
    return next((f.text for f in record.fields if f.name == name and f.text.strip()), None)


def entry_of(record: Record) -> Entry | None:
    """The Entry of one `url` of a sitemap."""
    return entry(
        web_address(first(record, "loc"), record.base),
        first(record, "news:title"),
        first(record, "news:publication_date"),
        first(record, "lastmod"),
    )


def read(text: Iterator[str], url: str, limit: int) -> FeedContent:
    """What a sitemap says. `text` begins with its root element."""
    kept = Gathered(limit)
    document = Document(text, {"url"}, WANTED, set(), url or None)
    for record in document:
        kept.add(entry_of(record))
        if kept.full:
            break
    return FeedContent(kind="sitemap", entries=kept.entries, truncated=kept.full or document.broken_off)


def read_index(text: Iterator[str], url: str, limit: int) -> FeedContent:
    """The sitemaps that an index names, in order."""
    feeds: dict[str, None] = {}
    document = Document(text, {"sitemap"}, {"loc"}, set(), url or None)
    full = False
    for record in document:
        found = web_address(first(record, "loc"), record.base)
        full = found is not None and found not in feeds and len(feeds) >= limit
        if full:
            break
        if found:
            feeds[found] = None
    return FeedContent(kind="sitemap-index", feeds=tuple(feeds), truncated=full or document.broken_off)


def is_list(head: str) -> bool:
    """Whether a text is a list of addresses, one a line; a last line that is cut off does not count against it."""
    lines = [line.strip() for line in head.lstrip("\ufeff").split("\n")[:50] if line.strip()]
    if len(lines) > 1 and len(head) > MAX_LINE:
        lines.pop()
    return bool(lines) and all(len(line) <= MAX_LINE and ADDRESS_LINE.match(line) for line in lines)


def read_list(body: bytes, encoding: str, limit: int) -> FeedContent:
    """The addresses of a plain list."""
    kept = Gathered(limit)
    stream = io.TextIOWrapper(io.BytesIO(body), encoding=encoding, errors="replace")
    while not kept.full and (line := stream.readline(MAX_LINE + 1)):
        line = line.replace("\0", "").strip().lstrip("\ufeff")
        if ADDRESS_LINE.match(line):
            kept.add(entry(web_address(line)))
    return FeedContent(kind="sitemap", entries=kept.entries, truncated=kept.full)
