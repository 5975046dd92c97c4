"""Bytes of a feed become its entries, whatever it is served as: the bytes are looked at, the content type is only a hint.

1. JSON Feed 1.x, where the first character is a brace.
2. RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, sitemaps and their indexes, by the root element; feeds that are not well formed are
   read by feedparser as well, and the answer with more entries counts.
3. A plain list of addresses.
4. A page: a live blog, the articles of a section, the feeds it names (`sections`).

All is read within bounds (`characters`, `records`): at most `limit` entries are kept, and nothing is read after them.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import Any

import feedparser
import msgspec

from onrecord.errors import ParseError
from onrecord.fetch import sections, sitemaps
from onrecord.fetch.characters import CHUNK, characters, encoding_of, head_of, mend, pieces_from, root_of
from onrecord.fetch.entries import Gathered, entry, headline, web_address
from onrecord.fetch.records import Document, Field, Record
from onrecord.model import Entry, FeedContent
from onrecord.parse.decode import BOMS, MAGIC

LIMIT = 10_000
MAX_JSON = 64 * 2**20
MAX_SECOND_LOOK = 2**18
MAX_JUNK = 4096
ROOTS = ("rss", "rdf", "feed", "channel", "urlset", "sitemapindex", "opml", "html")
LATE_ROOT = re.compile(r"<(rss|rdf:rdf|feed|urlset|sitemapindex)[\s>]", re.I)
BASE = re.compile(r"xml:base\s*=", re.I)
ITEM_END = re.compile(r"</(?:item|entry)\s*>", re.I)
HTML = re.compile(r"<(?:!doctype html|html|head|body|main|div|article|section|p|ul|table|a)\b", re.I)
PUBLISHED = ("pubdate", "published", "issued", "dc:issued", "dc:date", "created", "dc:created")
MODIFIED = ("updated", "modified", "dc:modified")
ORIGINAL = ("feedburner:origlink", "pheedo:origlink")
WANTED = {"title", "link", "guid", *PUBLISHED, *MODIFIED, *ORIGINAL}


class JsonFeed(msgspec.Struct):
    """The part of a JSON Feed that is read; items are decoded one by one, so that a bad one spoils no other."""

    items: list[msgspec.Raw]
    version: Any = None
    title: Any = None


class JsonItem(msgspec.Struct):
    """The part of a JSON Feed's item that is read."""

    id: Any = None
    url: Any = None
    external_url: Any = None
    title: Any = None
    date_published: Any = None
    date_modified: Any = None


def parse_feed(body: bytes, url: str, content_type: str | None = None, *, limit: int = LIMIT) -> FeedContent:
    """What a feed, a sitemap or a page says there is to read. gzip is unpacked by the caller.

    `url` is where the body came from: relative addresses are resolved against it unless the feed names another base.
    Raises ParseError, with one line, for what is none of these.
    """
    encoding = encoding_of(body, content_type)
    head = head_of(body, encoding)
    refuse(body, head)
    name, start = feed_root(head)
    match name:
        case "rss" | "rdf" | "feed" | "channel":
            return read_xml(body, encoding, start, url, limit, "atom" if name == "feed" else "rss")
        case "urlset":
            return sitemaps.read(pieces_from(body, encoding, start), url, limit)
        case "sitemapindex":
            return sitemaps.read_index(pieces_from(body, encoding, start), url, limit)
        case "opml":
            raise ParseError("this is an OPML list of feeds, not a feed; import it as a list")
    if head[start : start + 1] in ("{", "["):
        return read_json(body, encoding, url, limit)
    if sitemaps.is_list(head):
        return sitemaps.read_list(body, encoding, limit)
    if HTML.search(head):
        return sections.read(pieces_from(body, encoding, start), url, limit)
    raise ParseError("this is no feed, sitemap or page; give the address of one")


def feed_root(head: str) -> tuple[str, int]:
    """The root element's name and place. What a broken server says before a feed is passed over, unless it is a page."""
    name, start = root_of(head)
    if name in ROOTS:
        return name, start
    near = head[: start + MAX_JUNK]
    late, page = LATE_ROOT.search(near), HTML.search(near)
    if late and not (page and page.start() < late.start()):
        return late.group(1).lower().rpartition(":")[2], late.start()
    return name, start


def refuse(body: bytes, head: str) -> None:
    """Raises ParseError for what holds no text."""
    if not head.strip("\ufeff \t\r\n"):
        raise ParseError("the feed is empty; try again later, or check its address")
    for magic, what in MAGIC.items():
        if body.startswith(magic):
            raise ParseError(f"this is {what}, not a feed; check its address")
    if (
        body[:4096].count(0) > len(body[:4096]) // 4
        and "\ufffd" in head
        and not body.startswith(tuple(b for b, _ in BOMS))
    ):
        raise ParseError("this is binary, not a feed; check its address")


def read_xml(body: bytes, encoding: str, start: int, url: str, limit: int, kind: str) -> FeedContent:
    """What an RSS or Atom feed says."""
    kept, title, home = Gathered(limit), None, None
    heads = {"channel", "feed"}
    document = Document(pieces_from(body, encoding, start), {"item", "entry"}, WANTED, heads, url or None)
    for record in document:
        if record.name in heads:
            title, home = title or own_title(record), home or own_home(record)
        else:
            kept.add(entry_of(record, home))
        if kept.full:
            break
    if not kept.full and document.faulty:
        again = second_look(body, encoding, start, url, limit)
        kept = again if len(again.found) > len(kept.found) else kept
    if document.deep and not kept.found:
        raise ParseError("elements are nested deeper than in any feed; it is not read")
    truncated = kept.full or document.broken_off
    return FeedContent(kind="atom" if kind == "atom" else "rss", title=title, entries=kept.entries, truncated=truncated)


def own_title(record: Record) -> str | None:
    """The title, where a record of the feed itself is one."""
    return headline(record.fields[0].text) if record.fields[0].name == "title" else None


def own_home(record: Record) -> str | None:
    """The feed's home page, where a record of the feed itself is one: a base of last resort."""
    return web_address(record.fields[0].text) if record.fields[0].name == "link" else None


def entry_of(record: Record, home: str | None) -> Entry | None:
    """The Entry of one item or entry."""

    def text(names: tuple[str, ...]) -> str | None:
        return next((f.text for n in names for f in record.fields if f.name == n and f.text.strip()), None)

    return entry(address_of(record, home), text(("title",)), text(PUBLISHED), text(MODIFIED))


def address_of(record: Record, home: str | None) -> str | None:
    """Where the article is: the original address, else an alternate link, else a guid that is one, else RDF's own name."""
    links = [f for f in record.fields if f.name == "link" and f.attributes.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda f: "html" not in f.attributes.get("type", "html"))
    guids = [
        f for f in record.fields if f.name == "guid" and f.attributes.get("ispermalink", "true").lower() != "false"
    ]
    found = [(f.text, f.base) for f in record.fields if f.name in ORIGINAL]
    found += [(pointed(f), f.base) for f in links]
    found += [(f.text.strip(), None) for f in guids]
    found.append((record.attributes.get("about", ""), record.base))
    return next((url for value, base in found if value.strip() and (url := web_address(value, base or home))), None)


def pointed(link: Field) -> str:
    """Where a link of RSS (its words) or of Atom (its href) points."""
    return link.attributes.get("href") or link.text


def second_look(body: bytes, encoding: str, start: int, url: str, limit: int) -> Gathered:
    """What feedparser makes of the whole items in the first 256 Ki characters of a feed that is not well formed.

    Nothing is fetched. Bases are taken out: within each other they cost feedparser time that grows with the square.
    """
    kept = Gathered(limit)
    pieces = islice(mend(pieces_from(body, encoding, start)), MAX_SECOND_LOOK // CHUNK)
    text = "".join(pieces)[:MAX_SECOND_LOOK]
    ends = [m.end() for m in ITEM_END.finditer(text)][:limit]
    if not ends:
        return kept
    text = BASE.sub("ignored=", text[: ends[-1]])
    try:
        found = feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # a third party's parser on hostile input: what the first look gave is the answer
        return kept
    for item in islice(found.get("entries", ()), limit + 1):
        where = web_address(item.get("feedburner_origlink"), url) or web_address(item.get("link"), url)
        kept.add(entry(where, *(dict.get(item, key) for key in ("title", "published", "updated"))))
    return kept


def read_json(body: bytes, encoding: str, url: str, limit: int) -> FeedContent:
    """What a JSON Feed says. Raises ParseError where it is none, or not whole."""
    if len(body) > MAX_JSON:
        raise ParseError(f"the JSON has more than {MAX_JSON // 2**20} MiB; it is not read")
    text = "".join(characters(body, encoding)).lstrip("\ufeff")
    try:
        feed = msgspec.json.decode(text, type=JsonFeed)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise ParseError("this is JSON, but no whole JSON Feed (it has no list of items); check the address") from None
    kept = Gathered(limit)
    for raw in feed.items:
        kept.add(json_entry(raw, url))
        if kept.full:
            break
    return FeedContent(kind="json", title=headline(feed.title), entries=kept.entries, truncated=kept.full)


def json_entry(raw: msgspec.Raw, url: str) -> Entry | None:
    """The Entry of one item of a JSON Feed; None where it is none or has no address."""
    try:
        item = msgspec.json.decode(raw, type=JsonItem)
    except (msgspec.DecodeError, RecursionError):
        return None
    named = (item.url, item.external_url)
    where = next((w for v in named if isinstance(v, str) and (w := web_address(v, url))), None)
    where = where or web_address(item.id if isinstance(item.id, str) else None)
    return entry(where, item.title, item.date_published, item.date_modified)


__all__ = ["LIMIT", "parse_feed"]
