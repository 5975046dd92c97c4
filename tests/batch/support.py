"""WARC files of invented news, as a crawler writes them, and readers that go wrong on purpose."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.batch.manifest import read_manifest
from onrecord.model import Article, Dated, Entity, Failure, Reading
from onrecord.read import reader
from onrecord.text import digest, digest_of_bytes
from onrecord.workers import Job

NAMES = ("Ilse Karvonen", "Oona Rask", "Teodor Vance", "Marit Solheim", "Anselm Okoro", "Petra Lindqvist")
ROLES = ("Transport Minister", "harbour master", "mayor of Seldrin", "union leader", "chief economist")
SAID = (
    "the harbour levy of {n} crowns will be halved before the spring",
    "at least {n} people were moved from the lower town after the flood",
    "the ferry had been late on {n} of the last 300 days",
    "traffic through the strait would have to exceed {n} ships before the rules change",
    "it was too early to say whether the {n} tonnes of grain had left the port",
)


def words(seed: int, length: int) -> str:
    """An article of about so many words."""
    rng, paragraphs, count = random.Random(seed), [], 0
    while count < length:
        name, role = rng.choice(NAMES), rng.choice(ROLES)
        said = rng.choice(SAID).format(n=rng.randint(20, 9000))
        also = rng.choice(SAID).format(n=rng.randint(20, 9000))
        paragraph = (
            f"The {role} {name} said on Monday that {said}. “{also[0].upper()}{also[1:]},” {name.split()[1]} told reporters "
            f"in Seldrin. According to two officials, {rng.choice(SAID).format(n=rng.randint(20, 9000))}. "
            f"The council meets again on the {rng.randint(2, 28)}th of May, and nobody expects it to be brief."
        )
        paragraphs.append(f"<p>{paragraph}</p>")
        count += len(paragraph.split())
    return "\n".join(paragraphs)


def page(n: int, length: int = 60, day: str | None = None, filler: int = 0) -> bytes:
    """A page with the n-th article. `filler` bytes that do not pack well stand beside it, as scripts do."""
    day = day or f"2031-05-{n % 2 + 10}"
    script = f"<script>var d='{random.Random(n).randbytes(filler // 2).hex()}';</script>" if filler else ""
    return (
        f"<html lang='en'><head><title>Harbour report {n}</title><meta property='article:published_time' content='{day}T08:00:00Z'>"
        f"<meta property='og:site_name' content='The Seldrin Gazette'>{script}</head>"
        f"<body><article><h1>Harbour report number {n}</h1>\n{words(n, length)}</article></body></html>"
    ).encode()


Page = tuple[str, bytes, str]


def pages(count: int, first: int = 0, length: int = 60, filler: int = 0) -> Iterator[Page]:
    """So many pages: address, body, moment."""
    for n in range(first, first + count):
        yield (
            f"https://gazette.example/news/{n}",
            page(n, length, filler=filler),
            f"2031-05-20T{n // 60 % 24:02}:{n % 60:02}:00Z",
        )


def write_warc(path: Path, found: Iterable[Page], *, gzip: bool = True) -> Path:
    """A WARC file as Common Crawl's: a warcinfo record, then request and response of each page."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for url, body, moment in found:
            write_page(writer, url, body, moment)
    return path


def write_page(writer: WARCWriter, url: str, body: bytes, moment: str, kind: str = "text/html; charset=utf-8") -> None:
    """The two records of one page."""
    date = {"WARC-Date": moment}
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "gazette.example")], is_http_request=True)
    writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b""), http_headers=asked, warc_headers_dict=date))  # fmt: skip
    head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=date))  # fmt: skip


def shy(job: Job) -> Reading | Failure:
    """A reader with a bug."""
    raise ZeroDivisionError("a bug")


def instant(job: Job) -> Reading | Failure:
    """A reader that needs no weights: the page without its tags, and its first word as an entity."""
    capture = job.capture
    body = capture.body.decode("utf-8", "replace")
    text = " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", body, flags=re.S)[:20_000].split())
    if "no article" in text:
        return Failure(input=capture.name, stage="parse", reason="the page holds no article")
    day = re.search(r"published_time' content='([^']+)", body)
    article = Article(
        id=digest(text, capture.url or ""),
        capture=digest_of_bytes(capture.body),
        url=capture.url,
        published=Dated(value=day[1], evidence="meta") if day else None,
        language="en",
        text=text,
    )
    first = Entity(id="e1", name=text.split()[0], type="person", mentions=((0, len(text.split()[0])),))
    return Reading(input=capture.name, reader=reader(), article=article, entities=(first,))


def instant_but_deadly(job: Job) -> Reading | Failure:
    """The same, killed by a certain page."""
    if b"poison" in job.capture.body:
        os.kill(os.getpid(), signal.SIGKILL)
    return instant(job)


def instant_but_slow(job: Job) -> Reading | Failure:
    """The same, taking its time."""
    time.sleep(0.04)
    return instant(job)


def ids(out: Path, column: str = "id", table: str = "articles") -> list[str]:
    """What the files that the manifest names hold in a column."""
    return [value for name in read_manifest(out).files() if name.startswith(f"{table}/")
            for value in pq.ParquetFile(out / name).read([column]).column(column).to_pylist()]  # fmt: skip


def strays(out: Path) -> list[str]:
    """The files of the tables that the manifest does not name, and what lies in the staging folder."""
    named = set(read_manifest(out).files())
    files = {str(p.relative_to(out)) for p in out.rglob("*.parquet")}
    return sorted(files - named) + sorted(named - files)


def forked(work: Callable[[], None], hook: Callable[[str, tuple[object, ...]], None] | None = None) -> int:
    """Works in a process of its own, in which `hook` hears of every file that is opened or moved; its exit code, negative where a signal ended it."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            if hook:
                sys.addaudithook(hook)
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
