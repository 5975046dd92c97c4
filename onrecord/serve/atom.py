"""Atom feeds (RFC 4287) of what pages list."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as XML

from msgspec import Struct

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
XML.register_namespace("", NAMESPACE)


class Entry(Struct, frozen=True, kw_only=True):
    """Something that a page lists."""

    id: str
    title: str
    updated: str  # ISO 8601 in UTC
    path: str  # at the desk
    words: str = ""


def feed(title: str, base: str, path: str, entries: Iterable[Entry]) -> bytes:
    """The feed as XML; `base` is the desk's address, without a slash at its end."""
    root, kept = XML.Element(f"{{{NAMESPACE}}}feed"), list(entries)
    add(root, "id", base + path)
    add(root, "title", title)
    add(root, "updated", max((e.updated for e in kept), default=NEVER))
    add(root, "link", rel="self", href=base + path)
    add(add(root, "author"), "name", "onrecord")
    for e in kept:
        entry = add(root, "entry")
        add(entry, "id", f"urn:onrecord:{e.id}")
        add(entry, "title", e.title)
        add(entry, "updated", e.updated)
        add(entry, "link", rel="alternate", href=base + e.path)
        add(entry, "summary", e.words or e.title)
    data: bytes = XML.tostring(root, "utf-8", xml_declaration=True)
    return data


def add(parent: XML.Element, name: str, text: str | None = None, **attributes: str) -> XML.Element:
    """An element, with text that XML can hold."""
    made = XML.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    made.text = None if text is None else "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)  # fmt: skip
    return made
