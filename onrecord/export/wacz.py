"""One story with its evidence in a file that others can open and check without us: WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/).

The archived records go in as they lie in the evidence, byte for byte. Files of the package, in the order in which they are written:

1. `archive/data.warc.gz`: the records of all captures that showed an article of the story;
2. `indexes/index.cdx.gz` and `indexes/index.idx`: where each record lies (see `cdxj`);
3. `pages/pages.jsonl`: the pages, with the text that was read;
4. `onrecord/readings.jsonl`: the reading of each article; `onrecord/story.json`: the story as the record has it; `onrecord/missing.jsonl`:
   captures whose bytes are not there, with the reason, where there are any;
5. `datapackage.json`, with length and SHA-256 of each of these; `datapackage-digest.json`, with its own.

The same record gives the same bytes: moments are those of the record, never the clock's.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, BinaryIO

import msgspec

from onrecord import __version__
from onrecord.errors import EvidenceError
from onrecord.export import cdxj
from onrecord.fetch.keeping import packed, record_id
from onrecord.fetch.warc import Evidence
from onrecord.knowledge import StoryView
from onrecord.model import Failure, Kept, Reading
from onrecord.store import bundles, knowing
from onrecord.store.bundles import Covered
from onrecord.store.exporting import Selection

VERSION = "1.1.1"
WARC, PAGES = "archive/data.warc.gz", "pages/pages.jsonl"
READINGS, STORY, MISSING = "onrecord/readings.jsonl", "onrecord/story.json", "onrecord/missing.jsonl"
STORED = (".gz", ".idx")  # what is packed already must lie as it is
EARLIEST, LATEST = "1980-01-01T00:00:00Z", "2107-12-31T23:59:58Z"  # that a ZIP file can tell
ZIP64 = 2**31  # bytes from which a file of the package may need the wide form

Member = Callable[[Kept], bytes]
Readings = Callable[[], Iterator[Reading]]


class Package:
    """A ZIP file that is being written, with length and digest of each file in it. What it is written to need not be seekable."""

    def __init__(self, file: BinaryIO, moment: str) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._when = tuple(int(n) for n in re.findall(r"\d+", min(max(moment, EARLIEST), LATEST))[:6])
        self.resources: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterable[bytes], most: int = 0) -> None:
        """Adds a file piece by piece; `most` is its length where it may be of gigabytes."""
        digest, length = sha256(), 0
        with self._zip.open(self._entry(path), "w", force_zip64=most >= ZIP64) as out:
            for piece in pieces:
                digest.update(piece)
                length += len(piece)
                out.write(piece)
        self.resources.append({"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": length})  # fmt: skip

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path, self._when)  # type: ignore[arg-type]
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if path.endswith(STORED) else zipfile.ZIP_DEFLATED
        return entry

    def close(self, manifest: dict[str, Any]) -> None:
        """Writes the manifest with what was added, and its digest; the package is whole then."""
        data = pretty(manifest | {"resources": self.resources})
        self._zip.writestr(self._entry("datapackage.json"), data)
        digest = {"path": "datapackage.json", "hash": cdxj.digest_of(data)}
        self._zip.writestr(self._entry("datapackage-digest.json"), pretty(digest))
        self._zip.close()


def write(selection: Selection, out: BinaryIO) -> list[Failure]:
    """Writes the package of the story that was asked for; a Failure for each capture that could not go in. Raises InputError."""
    assert selection.story
    evidence = Evidence(selection.store.home / "evidence")
    story = knowing.story(selection.store, selection.story)
    with selection.store.reading() as transaction:
        every = bundles.covered(transaction, knowing.story_row(transaction, selection.story))
        articles = [c for c in every if selection.since is None or c.moment >= selection.since]
        return write_package(story, articles, lambda: bundles.readings(transaction, articles), evidence.member, out)


def write_package(story: StoryView, articles: Sequence[Covered], readings: Readings, member: Member, file: BinaryIO) -> list[Failure]:  # fmt: skip
    """Writes the package of a story; a Failure for each capture that could not go in, as its bytes are gone or not what they were.

    `readings` gives the readings of the articles from the first on each time that it is called; `member` a record of the evidence.
    """
    missing: list[Failure] = []
    index: list[cdxj.Indexed] = []
    package = Package(file, moment_of(story, articles))
    package.add(WARC, records(story, articles, member, index, missing), sum(k.length for c in articles for k in c.captures))  # fmt: skip
    data, keys = cdxj.packed([i.line for i in index])
    package.add(f"indexes/{cdxj.PACKED}", [data])
    package.add(f"indexes/{cdxj.KEYS}", [keys.encode()])
    package.add(PAGES, pages(articles, readings(), index))
    package.add(READINGS, (line(r) for r in readings()))
    package.add(STORY, [pretty(msgspec.to_builtins(story))])
    if missing:
        package.add(MISSING, (line(m) for m in missing))
    package.close(manifest(story, articles, index, len(missing)))
    return missing


def records(story: StoryView, articles: Sequence[Covered], member: Member, index: list[cdxj.Indexed], missing: list[Failure]) -> Iterator[bytes]:  # fmt: skip
    """The records of the WARC file; each is noted in `index`, or in `missing` where it cannot be had."""
    first = opening(story, moment_of(story, articles))
    yield first
    offset = len(first)
    for kept in captures(articles):
        try:
            data = member(kept)
        except EvidenceError as error:
            missing.append(Failure(input=kept.url or kept.digest, stage=error.stage, reason=f"{kept.digest}: {error}"))
            continue
        index.append(cdxj.indexed(data, WARC.rpartition("/")[2], offset))
        yield data
        offset += len(data)


def captures(articles: Sequence[Covered]) -> list[Kept]:
    """The captures of articles, each once."""
    return list({k.digest: k for c in articles for k in c.captures}.values())


def opening(story: StoryView, moment: str) -> bytes:
    """The record that opens the WARC file."""
    block = f"software: onrecord/{__version__}\r\nformat: WARC File Format 1.1\r\nisPartOf: story {story.story.id}\r\n"
    headers = {"WARC-Record-ID": record_id("wacz", story.story.id, moment), "WARC-Date": moment, "WARC-Filename": WARC.rpartition("/")[2]}  # fmt: skip
    return packed("warcinfo", headers, "application/warc-fields", block.encode())


def pages(articles: Sequence[Covered], readings: Iterator[Reading], index: Sequence[cdxj.Indexed]) -> Iterator[bytes]:
    """The lines of the list of pages: each capture under the first article that it showed."""
    yield line({"format": "json-pages-1.0", "id": "pages", "title": "All pages"})
    left = {i.digest: i for i in index}
    for covered, reading in zip(articles, readings, strict=True):
        for kept in covered.captures:
            if found := left.pop(kept.digest, None):
                yield line(page(found, kept, reading))


def page(found: cdxj.Indexed, kept: Kept, reading: Reading) -> dict[str, Any]:
    """A page: an address and a moment that lead to its record, what it is called, and the text that was read."""
    article = reading.article
    return {
        "id": kept.digest.removeprefix("sha256:")[:16], "url": found.url, "ts": found.moment, "title": article.title or found.url,
        "text": article.text, "size": kept.size, "digest": kept.digest, "article": article.id,
    }  # fmt: skip


def manifest(story: StoryView, articles: Sequence[Covered], index: Sequence[cdxj.Indexed], missing: int) -> dict[str, Any]:  # fmt: skip
    """What `datapackage.json` says besides the list of files."""
    moment = moment_of(story, articles)
    found: dict[str, Any] = {
        "profile": "data-package", "wacz_version": VERSION, "title": story.story.title or f"Story {story.story.id[:12]}",
        "description": described(story, len(index), missing), "created": moment, "modified": moment, "software": f"onrecord {__version__}",
    }  # fmt: skip
    if index:
        found |= {"mainPageUrl": index[0].url, "mainPageDate": index[0].moment}
    return found


def described(story: StoryView, records: int, missing: int) -> str:
    """What the package is, for whoever opens it."""
    s = story.story
    lost = f" Of {missing} captures the bytes are not there; {MISSING} says why." if missing else ""
    return (
        f"What {s.outlets} outlets published on one story from {s.first} to {s.last}: {records} archived pages as they were received, "
        f"with what was read from each ({READINGS}: who said what, by offsets into the text) and how the accounts stand ({STORY}). "
        f"It tells what was reported, not what is true.{lost} Made from the record of story {s.id}."
    )


def moment_of(story: StoryView, articles: Sequence[Covered]) -> str:
    """The latest moment that the package knows of, to the second, in UTC."""
    known = [k.fetched for k in captures(articles) if k.fetched] or [story.story.last]
    return max(known)[:19].rstrip("Z") + "Z"


def line(noun: object) -> bytes:
    """A noun as a line of JSON."""
    return msgspec.json.encode(noun) + b"\n"


def pretty(value: object) -> bytes:
    """A value as JSON for people."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
