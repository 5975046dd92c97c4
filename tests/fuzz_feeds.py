"""Mutates feeds, sitemaps, pages and OPML lists, and reads them: `python -m tests.fuzz_feeds --inputs 10000`.

An input may be refused with a ParseError; anything else that is raised, an address that is not clean or comes twice, or ten
seconds for one input is a bug, and is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from onrecord.errors import ParseError
from onrecord.fetch.entries import web_address
from onrecord.fetch.feeds import parse_feed
from onrecord.fetch.opml import read_opml, write_opml
from tests.fetch import test_feeds as examples
from tests.fuzz import LIMIT, cut, flip, insert, lie, repeat, swap

FEEDS = [
    text.encode()
    for text in (
        examples.RSS,
        examples.ATOM,
        examples.RDF,
        examples.SITEMAP,
        examples.INDEX,
        examples.JSON,
        examples.SECTION,
    )
]
FEEDS += [examples.OPML, b"https://a.example/1\nhttps://a.example/2\n" * 20]
SOUP = [b"<item>", b"</item>", b"<entry>", b"<channel>", b"</channel>", b"<title>", b"<link>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE rss [", b"<!ENTITY a 'b'>", b"]>", b"&a;", b"&amp;",
        b"&#0;", b"&#xD800;", b"&#x110000;", b"&nbsp;", b"&", b"<", b">", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<?xml version='1.0' encoding='utf-16'?>", b"<?", b"xml:base='http://[x/'", b" xmlns:a='b'",
        b"<a:b>", b"http://", b"https://x:y@[::1]:99999/", b"{", b"}", b"[", b'"', b"\\u0000", b"99999999999999999999", b"Wed, 99 Foo 0000 99:99 +9999", b"<html><a href='x'>", b"x" * 3000, b"<urlset>", b"<outline>"]  # fmt: skip
NESTS = (b"<a>", b"<item>", b"<entry>", b"<outline text='x'>", b"[", b'{"items":', b"<div>")


def season(feed: bytearray, rng: random.Random) -> None:
    """What feeds are made of is thrown in where it does not belong."""
    for _ in range(rng.randint(1, 15)):
        at = rng.randrange(len(feed) + 1)
        feed[at:at] = rng.choice(SOUP)


def nest(feed: bytearray, rng: random.Random) -> None:
    """Elements are nested deep."""
    at = rng.randrange(len(feed) + 1)
    feed[at:at] = rng.choice(NESTS) * rng.choice((20, 400, 30_000))


def multiply(feed: bytearray, rng: random.Random) -> None:
    """A long stretch is said again, very many times."""
    at = rng.randrange(len(feed))
    feed[at:at] = bytes(feed[at : at + 1500]) * rng.choice((10, 200, 1500))


def marry(feed: bytearray, rng: random.Random) -> None:
    """One feed goes on as another."""
    other = rng.choice(FEEDS)
    feed[rng.randrange(len(feed)) :] = other[rng.randrange(len(other)) :]


MUTATIONS = (flip, cut, repeat, insert, lie, swap, season, season, nest, marry)


def mutated(seed: int) -> bytes:
    """The input of that seed."""
    rng = random.Random(seed)
    feed = bytearray(rng.choice(FEEDS))
    for _ in range(rng.randint(1, 4)):
        if feed:
            (multiply if rng.random() < 0.01 else rng.choice(MUTATIONS))(feed, rng)
    return bytes(feed)


def check(seed: int) -> bool:
    """Reads one mutated input as a feed and as a list; whether it was either. Raises AssertionError, or what the bug raised."""
    body, begun, found = mutated(seed), time.monotonic(), 0
    try:
        content = parse_feed(body, "https://tidewire.example/feed")
        addresses = [e.url for e in content.entries]
        assert len(set(addresses)) == len(addresses), "an address comes twice"
        assert all(web_address(url) == url for url in (*addresses, *content.feeds)), "an address is not clean"
        found += 1
    except ParseError as error:
        assert "\n" not in str(error), f"more than one line: {error}"
    try:
        feeds = read_opml(body)
        again = read_opml(write_opml(feeds))
        assert [url for _, url in again] == [url for _, url in feeds], "the list does not survive being written"
        found += 1
    except ParseError as error:
        assert "\n" not in str(error), f"more than one line: {error}"
    spent = time.monotonic() - begun
    assert spent < LIMIT, f"took {spent:.1f} seconds"
    return found > 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    bugs = read = 0
    slowest, begun = 0.0, time.monotonic()
    for seed in range(args.first, args.first + args.inputs):
        try:
            read += check(seed)
        except Exception as error:  # every one of them is a finding
            bugs += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:200]}", flush=True)
        now = time.monotonic()
        slowest, begun = max(slowest, now - begun), now
    print(
        f"{args.inputs} mutated inputs: {read} read, {args.inputs - read - bugs} refused, {bugs} bugs, slowest {slowest:.1f} s"
    )
    sys.exit(1 if bugs else 0)


if __name__ == "__main__":
    main()
