"""A Capture becomes an Article: all cleaning happens here, and afterwards the text is fixed.

1. bytes to characters (`decode`), 2. what the page says about itself (`metadata`), 3. the body (`body`, `liveblog` where
the page is one, or `plain` for plain text), 4. clutter out (`clutter`), 5. language, 6. the text: headline, blank line,
paragraphs.
"""

from __future__ import annotations

import re

from onrecord.errors import InputError, ParseError
from onrecord.model import Article, Capture, Dated
from onrecord.parse import body, clutter, decode, liveblog, plain
from onrecord.parse.language import language_of
from onrecord.parse.metadata import Metadata, iso, same
from onrecord.text import digest, digest_of_bytes

LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype|html|head|body|article|div|meta|title|p|h1|script|main|section|span|table|ul|a|br|img)\b[^<>]{0,2000}>",
    re.I,
)


def given_date(value: str) -> Dated:
    """A date given by the user, a day or an ISO time. Raises InputError where it is none."""
    found = iso(value.strip())
    if not found or not re.match(r"\d{4}-\d{1,2}-\d{1,2}", value.strip()):
        raise InputError(
            f"{value!r} is no date; give a day such as 2031-05-14 or an ISO time such as 2031-05-14T09:00+02:00"
        )
    return Dated(value=found, evidence="given")


def feed_says(value: str | None) -> Dated | None:
    """The date that a feed gives, where it is one."""
    found = iso(value) if value else None
    return Dated(value=found, evidence="feed") if found else None


def is_html(text: str, content_type: str | None) -> bool:
    """Whether a text is a page rather than plain text."""
    if content_type and "text/plain" in content_type.lower():
        return False
    return len(LOOKS_LIKE_HTML.findall(text[:20_000])) >= 2


def parse(
    capture: Capture, *, published: str | None = None, url: str | None = None, feed_date: str | None = None
) -> Article:
    """The article that a capture holds. `published` and `url` say what the capture cannot; `feed_date` is what the feed that
    led to it says, for a page without a date.

    Raises ParseError where the bytes hold no article, InputError where `published` is no date.
    """
    when = given_date(published) if published else None
    address = url or capture.url
    decode.refuse_binary(capture.body)
    raw = decode.as_text(capture.body, capture.content_type)
    updates: list[liveblog.Update] = []
    if is_html(raw, capture.content_type):
        decode.refuse_depth(raw)
        about, paragraphs, removed = body.read(raw, address)
        if blog := liveblog.read(raw, about, address):
            about, paragraphs, removed, updates = blog.about, blog.paragraphs, blog.removed, blog.updates
    else:
        about, paragraphs, removed = plain.read(decode.clean(raw))
    paragraphs = [p for p in paragraphs if not (about.title and same(p, about.title))]
    if not any(len(p) > 20 for p in paragraphs):
        raise ParseError("no article was found in the input; give the page of one article")
    text = "\n\n".join([about.title, *paragraphs] if about.title else paragraphs)
    return Article(
        id=digest(text, address or ""),
        capture=digest_of_bytes(capture.body),
        url=address,
        canonical_url=about.canonical_url,
        outlet=about.outlet,
        title=about.title,
        byline=about.byline,
        language=language_of(paragraphs, about.language),
        published=when or about.published or feed_says(feed_date),
        modified=about.modified,
        text=text,
        clutter=removed,
        pieces=liveblog.pieces(text, updates),
    )


__all__ = ["Metadata", "clutter", "parse"]
