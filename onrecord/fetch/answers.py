"""What an answer amounts to, decided from plain values: a capture, nothing new, or an error; and when to ask again."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from onrecord.errors import FetchError
from onrecord.fetch.addresses import shown
from onrecord.model import Capture, Noun

DAY = 86_400.0
TOO_MANY = 60.0  # how long a host is left alone that says 429 and not for how long
FIRST_TRY, MAX_TRIES = 60.0, 20
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410, 451)
TEXTUAL = re.compile(r"text/|application/(.*\b(xml|json|rss|atom|rdf)\b|xhtml|octet-stream|(x-)?gzip)|$")

Headers = tuple[tuple[str, str], ...]


class NotModified(Noun, frozen=True, kw_only=True):
    """The host says that nothing changed since the tag or date that we gave it."""

    url: str
    fetched: str


Fetched = Capture | NotModified


class Answer(NamedTuple):
    """What came back; the body only of a 200."""

    status: int
    headers: Headers
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return first(self.headers, name)

    @property
    def redirects(self) -> bool:
        """Whether it leads elsewhere."""
        return self.status in REDIRECTS and bool(self.header("location"))


def first(headers: Headers, name: str) -> str:
    """The first header of this name, or nothing."""
    return next((v for k, v in headers if k == name), "")


def judged(url: str, here: str, answer: Answer, conditional: bool, fetched: str) -> Fetched:
    """What an answer amounts to. Raises FetchError for all but a page and, where we asked for it, "not modified"."""
    if answer.status == 304 and conditional:
        return NotModified(url=here, fetched=fetched)
    if answer.status != 200:
        hint = "check the address" if answer.status in GONE else "try again later"
        raise FetchError(
            f"{shown(here)} answered {answer.status}; {hint}",
            retry_after=pause_asked(answer, datetime.fromisoformat(fetched).timestamp()),
            permanent=answer.status in GONE,
        )
    if not answer.body:
        raise FetchError(f"{shown(here)} came back empty")
    return Capture(
        name=url,
        body=answer.body,
        url=here,
        content_type=answer.header("content-type") or None,
        fetched=fetched,
        status=answer.status,
        headers=answer.headers,
    )


def moment(now: float) -> str:
    """A time as a WARC has it: ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_try(attempts: int, now: float, retry_after: float | None, rng: random.Random) -> float:
    """When to ask again after so many failures in a row: a minute, doubled with each, at most a day, and never sooner than
    was asked. A part is left to chance, so that feeds that failed together do not come back together."""
    step = min(DAY, FIRST_TRY * 2.0 ** min(max(attempts, 1) - 1, MAX_TRIES))
    asked = min(retry_after or 0.0, DAY)
    return now + max(step * rng.uniform(0.5, 1.0), asked * rng.uniform(1.0, 1.1))


def pause_asked(answer: Answer, now: float) -> float | None:
    """The seconds of Retry-After (a number or a date, RFC 9110), at most a day; a minute for a 429 without."""
    if answer.status < 400:
        return None
    value = answer.header("retry-after").strip()
    left: float | None = TOO_MANY if answer.status == 429 else None
    if re.fullmatch(r"\d+", value):
        left = float(value[:9])
    elif value:
        with contextlib.suppress(ValueError, OverflowError, TypeError):
            left = parsedate_to_datetime(value).timestamp() - now
    return min(left, DAY) if left and left > 0 else None


def conditions(etag: str | None, last_modified: str | None) -> Headers:
    """The headers of a conditional request; what could not stand in one is left out."""
    found = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return tuple((k, v) for k, v in found if v and re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]{0,1000}[\x21-\x7e])?", v))


def lowered(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers as text, their names in lower case."""
    return tuple((k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in headers)


def location(answer: Answer) -> str:
    """Where a redirect leads; servers send UTF-8 there, whatever the standard says."""
    raw = answer.header("location").encode("latin-1")
    return raw.decode("utf-8", "replace")


def refuse_media(here: str, answer: Answer) -> None:
    """Raises FetchError for pictures, films and other things that hold no words."""
    kind = answer.header("content-type").split(";")[0].strip().lower()
    if not TEXTUAL.match(kind):
        raise FetchError(f"{shown(here)} is {kind[:60]}, not a page", permanent=True)
