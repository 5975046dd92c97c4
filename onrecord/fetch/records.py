"""XML as a stream of records, within bounds of time and memory: no tree is built, and the reader may stop at any record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from msgspec import Struct

from onrecord.fetch.characters import mend

MAX_DEPTH = 200
MAX_TEXT = 20_000
MAX_FIELDS = 300
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}


class Field(Struct):
    """An element of a record: its name, attributes, words, and the base of its addresses."""

    name: str
    attributes: dict[str, str]
    base: str | None
    text: str = ""


class Record(Struct):
    """An item, entry or url of a document, or (named for its parent) a field of the document itself."""

    name: str
    attributes: dict[str, str]
    base: str | None
    fields: list[Field]


class TooDeep(Exception):
    """Elements are nested deeper than in any feed."""


def joined(base: str | None, value: str | None) -> str | None:
    """A base within a base; one that cannot be used is ignored."""
    if not value or len(value) > 2048:
        return base
    try:
        return urljoin(base or "", value.strip())
    except ValueError:
        return base


class Target:
    """What lxml calls while it parses: gathers the wanted fields of the entries, and of the elements in `heads`."""

    def __init__(
        self, entries: frozenset[str], wanted: frozenset[str], heads: frozenset[str], base: str | None
    ) -> None:
        self.entries, self.wanted, self.heads = entries, wanted, heads
        self.ready: list[Record] = []
        self.names: list[str] = []
        self.bases: list[str | None] = [base]
        self.own = ""
        self.record: Record | None = None
        self.record_depth = 0
        self.field: Field | None = None
        self.field_depth = 0
        self.words: list[str] = []
        self.room = 0
        self.begun = False

    def name_of(self, tag: str) -> str:
        """The local name in lower case, with a prefix for the vocabularies that matter."""
        if not tag.startswith("{"):
            return tag.lower().removeprefix("atom:").removeprefix("rss:")
        namespace, _, local = tag[1:].partition("}")
        if namespace == self.own:
            return local.lower()
        prefix = "news:" if "sitemap-news" in namespace else PREFIXES.get(namespace, "?:")
        return prefix + local.lower()

    def start(self, tag: str, attributes: Any) -> None:
        if len(self.names) >= MAX_DEPTH:
            raise TooDeep
        if not self.begun:
            self.begun, self.own = True, tag[1:].partition("}")[0] if tag.startswith("{") else ""
        name, parent = self.name_of(tag), self.names[-1] if self.names else ""
        self.names.append(name)
        self.bases.append(joined(self.bases[-1], attributes.get(XML_BASE)))
        if name in self.entries:
            self.finish()
            self.field, self.room = None, 0
            self.record = Record(name, self.kept(attributes), self.bases[-1], [])
            self.record_depth = len(self.names)
        elif self.field is None and name in self.wanted and self.is_home(parent):
            self.field = Field(name, self.kept(attributes), self.bases[-1])
            self.field_depth, self.words, self.room = len(self.names), [], MAX_TEXT

    def is_home(self, parent: str) -> bool:
        """Whether fields of this parent count."""
        return parent in self.heads or (
            self.record is not None and (len(self.names) == self.record_depth + 1 or parent == "news:news")
        )

    @staticmethod
    def kept(attributes: Any) -> dict[str, str]:
        """The first attributes, none of them monstrous."""
        return {
            str(k).rpartition("}")[2].lower(): str(v) for k, v in list(attributes.items())[:20] if len(v) <= MAX_TEXT
        }

    def data(self, text: str) -> None:
        if self.room > 0:
            self.words.append(text[: self.room])
            self.room -= len(text)

    def end(self, tag: str) -> None:
        depth = len(self.names)
        if self.field is not None and depth <= self.field_depth:
            self.close_field(self.names[-2] if depth > 1 else "")
        if self.record is not None and depth <= self.record_depth:
            self.finish()
        if self.names:
            self.names.pop()
            self.bases.pop()

    def close_field(self, parent: str) -> None:
        """The field is whole: it belongs to the record, or makes one of its own."""
        assert self.field is not None
        self.field.text = "".join(self.words)
        if self.record is None:
            self.ready.append(Record(parent, {}, self.field.base, [self.field]))
        elif len(self.record.fields) < MAX_FIELDS:
            self.record.fields.append(self.field)
        self.field, self.room = None, 0

    def finish(self) -> None:
        """The record, where one is open, is whole."""
        if self.record is not None:
            self.ready.append(self.record)
        self.record = None

    def comment(self, text: str) -> None:
        """Comments say nothing."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor do processing instructions."""

    def close(self) -> None:
        """Nothing is made at the end."""


class Document:
    """An XML document as a stream of records. `broken_off`, `faulty` and `deep` (given up for its depth) tell afterwards
    what was wrong."""

    def __init__(
        self, text: Iterator[str], entries: set[str], wanted: set[str], heads: set[str], base: str | None
    ) -> None:
        self.text = text
        self.target = Target(frozenset(entries), frozenset(wanted), frozenset(heads), base)
        target: Any = self.target
        # resolve_entities: without it libxml2 leaves "&#38;" in attributes; no declaration ever reaches it (`after_prolog`)
        self.parser = etree.XMLParser(target=target, recover=True, resolve_entities=True, no_network=True,
                                      load_dtd=False, huge_tree=False, encoding="utf-8")  # fmt: skip
        self.deep = False

    def __iter__(self) -> Iterator[Record]:
        """The records that are whole, in order."""
        try:
            for piece in mend(self.text):
                self.parser.feed(piece.encode("utf-8", "replace"))
                yield from self.target.ready
                self.target.ready.clear()
        except (TooDeep, etree.LxmlError, ValueError) as error:
            self.deep = isinstance(error, TooDeep)
            yield from self.target.ready
            self.target.ready.clear()

    @property
    def faulty(self) -> bool:
        """Whether the document is not well formed, in a way that another reader may get over."""
        return self.broken_off or len(self.parser.feed_error_log) > 0

    @property
    def broken_off(self) -> bool:
        """Whether the document stops before its end."""
        return bool(self.target.names) or not self.target.begun
