"""Scores parsing on real pages: `python -m evaluation.pages --pages ../shared/pages [--verbose]`.

- body: F1 over 4-word shingles (the article-extraction-benchmark's measure), averaged over its pages, beside trafilatura
  alone on the same pages.
- headline: exactly right but for white space and the form of quotation marks; day and full timestamp with zone, on the
  outlets' pages.
- clutter: lines left in the text that are labelled clutter, and lines taken out that are labelled article, per 100 pages,
  on all pages and on two halves of them (by the digest of the page's name).

A *clutter line* is a line that does not tell the story but belongs to the page around it, or wants something of the reader
for the outlet's sake: teasers and links to other pages, sign-ups, subscription offers, calls to follow, share or comment,
adverts and disclosures of paid content, credits (photo, agency, reporting, copyright, who the author is), legal notes, and
the page's own furniture (dates, reading times, tags, poll counts, rules, bare addresses, section names above the headline,
markup that became text). Not clutter: headings, standfirsts, lists, tables, embedded posts with their signature, pull
quotes, source notes in the body ("[Wired]"), corrections and editors' notes, what a press release says of its company, and
the steps and codes of an article that is about offers. A caption that says what a picture shows is neither: right whether
it stays or goes. A line that repeats one that is kept is not counted as dropped.

The labels are digests of lines in `clutter_labels.toml`, of every line that trafilatura finds on these pages, whatever our
filter makes of it. All were read by one reader (lines over 135 characters by their beginning and end), in order, with
their page around them. A suspicious line without a label is counted as `unlabelled`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura

from onrecord.errors import InputError
from onrecord.model import Article, Capture
from onrecord.parse import parse

TOKEN = re.compile(r"\w+", re.UNICODE)
LABELS = Path(__file__).with_name("clutter_labels.toml")


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """The n-word shingles of a text; a text shorter than n is one shingle."""
    words = TOKEN.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words)


def f1(true: str, found: str) -> float:
    """F1 of two texts' shingles."""
    a, b = shingles(true), shingles(found)
    common = sum((a & b).values())
    p, r = common / (sum(b.values()) or 1), common / (sum(a.values()) or 1)
    return 2 * p * r / (p + r) if p + r else 0.0


def body_of(article: Article) -> str:
    """The text without its headline."""
    return article.text[len(article.title) :] if article.title else article.text


def line_id(line: str) -> str:
    """The name of a line in the labels."""
    return hashlib.sha256(" ".join(line.split()).encode()).hexdigest()[:16]


def pages(folder: Path) -> Iterator[tuple[str, bytes, str | None]]:
    """All pages: name, bytes, address."""
    urls = json.loads((folder / "outlets" / "urls.json").read_text(encoding="utf-8"))
    truth = json.loads((folder / "benchmark" / "ground-truth.json").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("outlets/*.html.gz")):
        yield path.name, gzip.decompress(path.read_bytes()), urls.get(path.name, {}).get("url")
    for path in sorted(folder.glob("benchmark/html/*.html.gz")):
        yield path.name, gzip.decompress(path.read_bytes()), truth.get(path.name.split(".")[0], {}).get("url")


WORDS_OF_CLUTTER = re.compile(
    r"\b(?:subscri\w+|newsletters?|cookies?|photos?|read|advert\w*|sponsor\w*|follow|click|share|copyright|sign up|e-?mail)\b",
    re.I,
)


def suspicious(line: str) -> bool:
    """Whether a line must have a label: it does not end as a sentence does, is short, or has a word that clutter has."""
    return not re.search(r"[.!?…”\"’')]$", line) or len(line.split()) < 12 or WORDS_OF_CLUTTER.search(line) is not None


def half(name: str) -> int:
    """Which half of the pages a page is in."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def same_moment(a: str, b: str) -> bool:
    """Whether two ISO times are one moment, both with a zone."""
    try:
        x, y = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return False
    return x.tzinfo is not None and y.tzinfo is not None and x == y


def fold(title: str) -> str:
    """A headline with plain quotation marks, dashes and single spaces."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
    return " ".join(title.translate(table).split())


def expected_fields(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each outlet page with its hand-checked fields."""
    for path in sorted((folder / "outlets").glob("*.json")):
        if path.name == "urls.json":
            continue
        entries = list(json.loads(path.read_text(encoding="utf-8")).values())
        named = sorted((folder / "outlets").glob(path.stem + "_*.html.gz"))
        yield from ((p.name, e) for p, e in zip(named, entries[-len(named) :], strict=False))


def score(folder: Path, verbose: bool) -> dict[str, float]:
    truth = json.loads((folder / "benchmark" / "ground-truth.json").read_text(encoding="utf-8"))
    labels = tomllib.loads(LABELS.read_text(encoding="utf-8")) if LABELS.exists() else {}
    labels = {kind: frozenset(ids) for kind, ids in labels.items()}
    labelled = frozenset().union(*labels.values())
    articles: dict[str, Article | None] = {}
    ours, theirs, left, dropped, unlabelled = [], [], [0, 0], [0, 0], 0
    for name, data, url in pages(folder):
        try:
            article = parse(Capture(name=name, body=data, url=url))
        except InputError as error:
            article = None
            if verbose:
                print(f"{name}: {error}", file=sys.stderr)
        articles[name] = article
        if name.split(".")[0] in truth:
            gold = truth[name.split(".")[0]]["articleBody"]
            ours.append(f1(gold, body_of(article)) if article else 0.0)
            theirs.append(f1(gold, trafilatura.extract(data, include_comments=False) or ""))
            if verbose and ours[-1] < theirs[-1] - 0.01:
                print(f"body {name[:20]} {ours[-1]:.3f} trafilatura {theirs[-1]:.3f}", file=sys.stderr)
        kept = body_of(article).split("\n\n") if article else []
        for line in filter(None, kept):
            if line_id(line) in labels.get("clutter", []):
                left[half(name)] += 1
                mark = "left"
            elif suspicious(line) and line_id(line) not in labelled:
                unlabelled += 1
                mark = "?"
            else:
                continue
            if verbose:
                print(f"{mark} {name[:20]} {line_id(line)} {line[:140]}", file=sys.stderr)
        for clutter in article.clutter if article else ():
            wrong = line_id(clutter.text) in labels.get("article", []) and clutter.text not in kept
            dropped[half(name)] += wrong
            if verbose:
                mark = "dropped" if wrong else "out"
                print(
                    f"{mark} {name[:20]} {line_id(clutter.text)} {clutter.kind} {clutter.text[:120]}", file=sys.stderr
                )
    head = day = stamp = with_day = with_stamp = count = 0
    for name, fields in expected_fields(folder):
        article = articles[name]
        count += 1
        got = article.published.value if article and article.published else ""
        want = str(fields.get("publishing_date") or "").replace(" ", "T")
        title_right = bool(article and article.title and fold(article.title) == fold(fields.get("title") or ""))
        head += title_right
        with_day += bool(want)
        day += bool(want) and got[:10] == want[:10]
        with_stamp += len(want) > 10
        stamp += len(want) > 10 and same_moment(got, want)
        if verbose and (not title_right or got[:10] != want[:10] or not same_moment(got, want)):
            print(
                f"fields {name}: {article.title if article else None!r} / {fields.get('title')!r}; {got} / {want}",
                file=sys.stderr,
            )
    total = len(articles)
    halves = [sum(half(name) == h for name in articles) for h in (0, 1)]
    return {
        "body F1": sum(ours) / len(ours),
        "body F1 of trafilatura": sum(theirs) / len(theirs),
        "clutter lines left per 100 pages": 100 * sum(left) / total,
        "article lines dropped per 100 pages": 100 * sum(dropped) / total,
        **{f"clutter lines left per 100 pages, half {h}": 100 * left[h] / halves[h] for h in (0, 1)},
        **{f"article lines dropped per 100 pages, half {h}": 100 * dropped[h] / halves[h] for h in (0, 1)},
        "unlabelled suspicious lines": unlabelled,
        "headline": head / count,
        "day": day / with_day,
        "timestamp": stamp / with_stamp,
        "pages without article": sum(a is None for a in articles.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    result = score(args.pages, args.verbose)
    print(json.dumps(result) if args.json else "\n".join(f"{k:40} {v:.3f}" for k, v in result.items()))


if __name__ == "__main__":
    main()
