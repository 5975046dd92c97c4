"""Lists of feeds as OPML 2.0, the format in which feed readers hand their subscriptions on."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from onrecord.errors import ParseError
from onrecord.fetch.characters import NOT_XML, encoding_of, head_of, pieces_from, root_of
from onrecord.fetch.entries import headline, web_address
from onrecord.fetch.records import Document

MAX_OUTLINES = 100_000


def read_opml(body: bytes, url: str = "") -> list[tuple[str | None, str]]:
    """The feeds of an OPML list, (title, address), at any depth, in order, each address once.

    Raises ParseError where the bytes are no OPML.
    """
    encoding = encoding_of(body)
    name, start = root_of(head_of(body, encoding))
    if name != "opml":
        raise ParseError(
            "this is no OPML list of feeds; export one from your feed reader, or give the feeds one by one"
        )
    document = Document(pieces_from(body, encoding, start), {"outline"}, set(), set(), url or None)
    found: dict[str, str | None] = {}
    for record in document:
        at = record.attributes
        where = web_address(at.get("xmlurl"), record.base)
        if where and where not in found:
            text = headline(at.get("text"))
            found[where] = headline(at.get("title")) or (text if text != where else None)
        if len(found) >= MAX_OUTLINES:
            break
    if document.deep and not found:
        raise ParseError("the outlines are nested deeper than any list of feeds; it is not read")
    return [(title, where) for where, title in found.items()]


def write_opml(feeds: Iterable[tuple[str | None, str]]) -> bytes:
    """An OPML 2.0 list of feeds, given as (title, address)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>Feeds</title></head>",
        "<body>",
    ]
    lines += [outline(title, url) for title, url in feeds]
    return ("\n".join([*lines, "</body>", "</opml>"]) + "\n").encode("utf-8")


def outline(title: str | None, url: str) -> str:
    """One feed as an outline; what XML cannot hold is left out."""
    words = " ".join(NOT_XML.sub("", title or "").split())
    where = NOT_XML.sub("", url)
    named = f" title={quoteattr(words)}" if words else ""
    return f'<outline type="rss" text={quoteattr(words or where)}{named} xmlUrl={quoteattr(where)}/>'
