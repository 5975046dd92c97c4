"""What all kinds of feeds share: clean addresses, moments as ISO 8601, headlines without markup, and a list with a limit."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import quote, urlsplit, urlunsplit

from onrecord.model import Entry
from onrecord.parse.decode import clean
from onrecord.parse.metadata import address, iso

MAX_ADDRESS = 4096
MAX_TITLE = 1000
MIN_OFFERS = 1000
TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->")
TWICE = re.compile(r"&(?:amp;)+", re.I)
UNSAFE = ' "<>\\^`{|}'


def web_address(value: str | None, base: str | None = None) -> str | None:
    """An absolute http(s) address without fragment, user and password; None for what is none."""
    if not value or len(value) > MAX_ADDRESS:
        return None
    full = address(TWICE.sub("&", value), base)  # escaped twice, as many feeds do
    if full is None:
        return None
    try:
        parts = urlsplit(full)
        host, port = parts.hostname or "", parts.port
        path, query = quoted(parts.path or "/"), quoted(parts.query)
        if not host or quoted(host) != host:
            return None
    except (ValueError, UnicodeError):
        return None
    netloc = f"[{host}]" if ":" in host else host
    netloc = netloc if port is None or port == {"http": 80, "https": 443}[parts.scheme] else f"{netloc}:{port}"
    whole = urlunsplit((parts.scheme, netloc, path, query, ""))
    return whole if len(whole) <= MAX_ADDRESS else None


def quoted(part: str) -> str:
    """A part of an address with what may not stand there escaped; letters of all scripts stay. Raises UnicodeError."""
    return "".join(quote(c) if c in UNSAFE or c.isspace() or not c.isprintable() else c for c in part)


def moment(value: str | None) -> str | None:
    """A date of RSS (RFC 822) or of W3C (ISO 8601) as ISO 8601 in its own zone; None where it is none."""
    text = " ".join((value or "")[:100].split())
    if found := iso(re.sub(r"^(\d{4})/(\d\d?)/(\d\d?)", r"\1-\2-\3", text)):
        return found
    try:
        return iso(parsedate_to_datetime(text).isoformat())
    except (ValueError, IndexError, TypeError, OverflowError):  # the standard library on hostile dates
        return None


def headline(value: object) -> str | None:
    """A title as words: markup and escapes resolved, white space folded; None where nothing is left."""
    if not isinstance(value, str):
        return None
    text = TAG.sub("", unescape(TAG.sub("", unescape(value[: 4 * MAX_TITLE]))))
    return " ".join(clean(text).split())[:MAX_TITLE].strip() or None


def entry(url: str | None, title: object = None, published: object = None, modified: object = None) -> Entry | None:
    """An Entry of raw values; None without an address."""
    if url is None:
        return None
    return Entry(
        url=url,
        title=headline(title),
        published=moment(published if isinstance(published, str) else None),
        modified=moment(modified if isinstance(modified, str) else None),
    )


class Gathered:
    """Entries in order, each address once, at most `limit`; `full` says that more was offered than is looked at."""

    def __init__(self, limit: int) -> None:
        self.limit, self.offers = limit, max(5 * limit, MIN_OFFERS)
        self.found: dict[str, Entry] = {}
        self.full = False

    def add(self, item: Entry | None) -> None:
        """Keeps an entry that is new, while there is room."""
        self.offers -= 1
        new = item is not None and item.url not in self.found
        self.full = self.offers < 0 or (new and len(self.found) >= self.limit)
        if item is not None and new and not self.full:
            self.found[item.url] = item

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was kept."""
        return tuple(self.found.values())
