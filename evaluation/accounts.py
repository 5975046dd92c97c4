"""Scores accounts: `python -m evaluation.accounts [--shared ../shared] [--wrong]`, pairs of claims that speak of the same thing or do not.

The pairs of `account_pairs.jsonl` point at claims of the demonstration and of texts under `shared/gold`, by article, offsets and a digest of the words. All
these articles are read and set beside each other in a record of their own; a pair is told to be the same where both claims are in one account.
A claim that the machine does not make is in no account. One half of the pairs was used to choose rules and thresholds, the other half is reported.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from onrecord import demo
from onrecord.demo import pages
from onrecord.model import Article, Capture, Dated, Kept, Outlet
from onrecord.pipeline import parse_capture
from onrecord.read import read
from onrecord.resolving import resolve
from onrecord.store import Store, open_store, record
from onrecord.text import digest

PAIRS = Path(__file__).with_name("account_pairs.jsonl")
FIT = 0.3  # of the words that a label and a claim cover together, both must cover this share
SEEN = "2034-03-01T00:00:00Z"  # when texts without a date are said to have been first seen


class Place(msgspec.Struct, frozen=True):
    """Where a claim stands: the set, the article in it, offsets in code points, and a digest of the words there."""

    set: Literal["demo", "meantime_wikinews", "geovirus", "ecb_stories"]
    doc: str
    start: int
    end: int
    words: str


class Pair(msgspec.Struct, frozen=True):
    """Two claims, and whether they speak of the same thing."""

    half: Literal["tune", "report"]
    kind: Literal["statement", "figure", "event"]
    same: bool
    left: Place
    right: Place


def labelled() -> list[Pair]:
    """The pairs. Raises msgspec's ValidationError for a line that is none."""
    return [msgspec.json.decode(line, type=Pair) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


@cache
def texts(shared: Path, name: str) -> dict[str, str]:
    """The texts of a gold set, by their ids."""
    lines = (shared / "gold" / name / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    return {d["id"]: d["text"] for d in map(json.loads, lines)}


def shown() -> Iterator[tuple[str, Article]]:
    """The articles of the demonstration as they are parsed from their pages, by the names of their files."""
    for a in demo.articles():
        url = f"https://{a.paper.host}{a.path}"
        yield a.id, parse_capture(Capture(name=url, url=url, body=pages.page(a).encode(), content_type="text/html"))


def plain(name: str, id: str, text: str) -> Article:
    """A text of a gold set as an article of an outlet of its own."""
    when = dated(text) if name == "meantime_wikinews" else None
    return Article(
        id=digest(name, id), capture="sha256:" + digest(text), outlet=Outlet(name=id, domain=None), text=text, url=f"https://{name}.example/{id}",
        published=Dated(value=when, evidence="text") if when else None,
    )  # fmt: skip


def dated(text: str) -> str | None:
    """The day that stands below the headline."""
    line = text.split("\n")[1:2]
    try:
        return datetime.strptime(line[0].strip(), "%B %d, %Y").date().isoformat()
    except (ValueError, IndexError):
        return None


def wanted(pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """The articles that the pairs are of, by set and id."""
    return {(p.set, p.doc) for pair in pairs for p in (pair.left, pair.right)}


def articles(shared: Path, chosen: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    """The whole demonstration, and what is chosen of other sets."""
    found = {("demo", id): a for id, a in shown()}
    return found | {(s, d): plain(s, d, texts(shared, s)[d]) for s, d in sorted(chosen) if s != "demo"}


def put(store: Store, found: Iterable[Article]) -> None:
    """Reads articles and sets them beside each other, through the real road."""
    for a in found:
        kept = Kept(digest=a.capture, url=a.url, size=len(a.text))
        record(store, kept, read(a), when=SEEN)
    for _ in resolve(store):
        pass


Claims = dict[tuple[str, str], list[tuple[str, int, int, int]]]


def claims(store: Store) -> Claims:
    """By article's id and kind: (words, start, end, account) of each claim."""
    out: Claims = defaultdict(list)
    sql = "SELECT a.id, f.kind, f.words, f.words_at, f.account FROM facts f JOIN articles a ON a.row = f.article"
    with store.reading() as transaction:
        for id, kind, words, at, account in transaction.all(sql):
            spans = json.loads(at)
            out[id, kind].append((words, spans[0][0], spans[-1][1], account))
    return out


def account(found: Claims, article: Article, kind: str, place: Place) -> int | None:
    """The account of the claim that fits a label best; None where none does."""
    fits = [(share((place.start, place.end), (s, e)), n) for _, s, e, n in found.get((article.id, kind), ())]
    best = max(fits, default=(0.0, 0))
    return best[1] if best[0] >= FIT else None


def share(a: tuple[int, int], b: tuple[int, int]) -> float:
    """What two spans have in common, of what they cover together."""
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0]))


Told = tuple[Pair, bool, bool]


def told(shared: Path) -> list[Told]:
    """Each pair, whether the machine puts it together, and whether it makes both claims. Raises SystemExit where words have moved."""
    pairs = labelled()
    found = articles(shared, wanted(pairs))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        put(store, found.values())
        made = claims(store)
    out = []
    for pair in pairs:
        for p in (pair.left, pair.right):
            if digest(found[p.set, p.doc].text[p.start : p.end]) != p.words:
                raise SystemExit(f"other words stand at {p.start}:{p.end} of {p.set} {p.doc}")
        one, two = (account(made, found[p.set, p.doc], pair.kind, p) for p in (pair.left, pair.right))
        out.append((pair, one is not None and one == two, one is not None and two is not None))
    return out


def scores(some: Iterable[Told]) -> dict[str, float]:
    """P, R and F of pairs; recall also of those of which the machine makes both claims."""
    listed = list(some)
    right = sum(said and pair.same for pair, said, _ in listed)
    p, r = right / max(1, sum(said for _, said, _ in listed)), right / max(1, sum(pair.same for pair, _, _ in listed))
    read_right = right / max(1, sum(pair.same and both for pair, _, both in listed))
    return {"P": p, "R": r, "F": 2 * p * r / max(p + r, 1e-9), "R of claims read": read_right, "n": len(listed)}


def score(shared: Path) -> dict[str, float]:
    """The figures of the half that is reported, by kind and together."""
    return by_kind(t for t in told(shared) if t[0].half == "report")


def by_kind(some: Iterable[Told]) -> dict[str, float]:
    """Figures by kind, and of all."""
    listed = list(some)
    groups = {"all": listed} | {k: [t for t in listed if t[0].kind == k] for k in ("statement", "figure", "event")}
    return {f"{name} {k}": v for name, group in groups.items() for k, v in scores(group).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--wrong", action="store_true", help="also name the pairs of the tuning half that are told wrongly"
    )
    args = parser.parse_args()
    found = told(args.shared)
    for half in ("tune", "report"):
        for name, value in by_kind(t for t in found if t[0].half == half).items():
            print(f"{half:8} {name:28} {value:8.3f}")
    for pair, said, both in found if args.wrong else ():
        if pair.half == "tune" and said != pair.same:
            print("together" if said else "apart" if both else "unread", pair.kind, *(f"{p.doc} {p.start}:{p.end}" for p in (pair.left, pair.right)))  # fmt: skip


if __name__ == "__main__":
    main()
