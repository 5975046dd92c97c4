"""The road: capture → parse → read. What fails at a stage is a Failure, a value; a bug is let through."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from onrecord import inputs, readers
from onrecord.errors import InputError
from onrecord.fetch.page import fetch
from onrecord.model import Article, Capture, Failure, Reading
from onrecord.parse import parse
from onrecord.read import MAX_CHARACTERS
from onrecord.settings import Settings


def parse_capture(
    capture: Capture, *, published: str | None = None, url: str | None = None, feed_date: str | None = None
) -> Article:
    """The article of one capture. Raises InputError, or ParseError below it, where it holds none or one too long to read."""
    article = parse(capture, published=published, url=url, feed_date=feed_date)
    if len(article.text) > MAX_CHARACTERS:
        raise InputError(f"the article has {len(article.text):,} characters; at most {MAX_CHARACTERS:,} are read")
    return article


def read_capture(
    capture: Capture,
    *,
    published: str | None = None,
    url: str | None = None,
    without: Collection[str] = (),
    reader: str | None = None,
    fast: bool = False,
) -> Reading:
    """The Reading of one capture, `without` some of its parts, or by the `fast` reader. Raises InputError, or ParseError below it, where it holds no article."""
    article = parse_capture(capture, published=published, url=url)
    return readers.read(article, input=capture.name, without=without, reader=reader, fast=fast)


def run(
    found: Iterable[Capture | Failure],
    *,
    published: str | None = None,
    url: str | None = None,
    without: Collection[str] = (),
    reader: str | None = None,
    fast: bool = False,
) -> Iterator[Reading | Failure]:
    """A Reading or Failure for each capture, in order."""
    for item in found:
        if isinstance(item, Failure):
            yield item
            continue
        try:
            yield read_capture(item, published=published, url=url, without=without, reader=reader, fast=fast)
        except InputError as error:
            yield Failure(input=item.name, stage=error.stage, reason=str(error))


def read_page(
    source: str | Path | bytes,
    *,
    published: str | None = None,
    url: str | None = None,
    allow_private: bool = False,
    without: Collection[str] = (),
    reader: str | None = None,
    fast: bool = False,
) -> Reading:
    """Reads one page: a path, an http(s) address, or the bytes of a page or text.

    `published` (a day or an ISO time) and `url` say what the page cannot; `without` names parts that are not wanted
    (`onrecord.read.OPTIONAL`); `reader` names the reader to ask, where the article's language is not to decide; `fast` lets
    ours read with a smaller network, which misses a little more. Raises InputError, with one clear line.
    """
    settings = replace(Settings(), allow_private=allow_private)
    word = "-" if isinstance(source, bytes) else str(source)
    stdin = io.BytesIO(source if isinstance(source, bytes) else b"")
    item = next(inputs.captures([word], settings, stdin, fetch))
    if isinstance(item, Failure):
        raise InputError(f"{item.input}: {item.reason}")
    return read_capture(item, published=published, url=url, without=without, reader=reader, fast=fast)
