"""Scores temporal expressions on MEANTIME and GUM: `python -m evaluation.dates --shared ../shared`.

Definitions, those of TempEval-3 (UzZaman et al. 2013), under which HeidelTime has a value F1 of 0.797 on MEANTIME and 0.620
on GUM:

- *relaxed*: a found expression matches an annotated one that it overlaps, each at most once, the most words shared
  first; *strict*: their spans are equal.
- *value F1*: precision and recall count the relaxed matches whose values are equal (end to end); *value of matched* is
  their share of the relaxed matches.
- MEANTIME: expressions of the sentences 0 to 5, which alone are annotated. Values are compared as strings, the reader's
  `timex3` where there is one, after `PnDE` is written as `P10nY`. Every type counts. Annotations that share a span count once.
- GUM: TEI's `when`, `from` and `to` are days, months or years, so values are compared as first and last day. It marks no
  durations, sets or PRESENT_REF and the like: found ones are left out. *every type* counts these as false.
- *right day*: of the annotated values that are one full day, the share found with that day (a time of that day counts);
  *of found* leaves out those where nothing was found.
- *docs/s*: articles a second on one core, median of three passes.

Halves (`--half`): a document belongs to 0 or 1 by the first byte of its id's SHA-256; rules were written from 0; 1 was read twice,
afterwards: one rule was mended from it, and `dates_named` written from the days missed in both.
"""

from __future__ import annotations

import argparse
import calendar
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from onrecord.model import Date, Dated
from onrecord.read import dates
from onrecord.text import Span, overlap

ANNOTATED = 5  # the last sentence of a MEANTIME article that is fully annotated
FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}


class Gold(NamedTuple):
    """An annotated expression; its value is made comparable."""

    span: Span
    value: str


class Document(NamedTuple):
    """An annotated text, its dateline, how far it is annotated, and its expressions."""

    name: str
    published: Dated | None
    text: str
    end: int
    gold: list[Gold]


def half_of(name: str) -> int:
    """The half of the data that a document belongs to."""
    return hashlib.sha256(name.encode()).digest()[0] % 2


def days(value: str) -> str:
    """A calendar value as "first/last" day; what is none stays as it is."""
    begins, ends = (edges(part) for part in (value.split("/") * 2)[:2])
    return f"{begins[0]}/{ends[1]}" if begins and ends else value


def edges(value: str) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 or TEI value; years that are not known are left as they are."""
    value = re.sub(r"T.*$", "", value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value, value
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return f"{value}-01", f"{value}-{calendar.monthrange(int(m[1]), int(m[2]))[1]}"
    if re.fullmatch(r"\d{2,4}", value):
        return f"{value:0<4}-01-01", f"{value:9<4}-12-31"
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return (monday + timedelta(5 if m[3] else 0)).isoformat(), (monday + timedelta(6)).isoformat()
    if m := re.fullmatch(r"(\d{4})-(?:([QH])(\d)|(SP|SU|FA|AU|WI))", value):
        size = {"Q": 3, "H": 6}.get(m[2], 3)
        first = (int(m[3]) - 1) * size + 1 if m[2] else SEASONS[m[4]]
        last = int(m[1]) * 12 + first - 1 + size - 1
        end = calendar.monthrange(last // 12, last % 12 + 1)[1]
        return f"{m[1]}-{first:02}-01", f"{last // 12}-{last % 12 + 1:02}-{end}"
    return None


def plain(value: str) -> str:
    """A TIMEX3 value as it is compared: decades of a duration in years."""
    return re.sub(r"^P(\d+)DE$", lambda m: f"P{int(m[1]) * 10}Y", value.strip())


def dated(value: str | None) -> Dated | None:
    """The day that a set gives as an article's publication."""
    return Dated(value=value, evidence="given") if value else None


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def meantime(shared: Path) -> Iterator[Document]:
    """MEANTIME's articles, as far as they are annotated."""
    for d in lines(shared / "gold" / "meantime_wikinews" / "docs.jsonl"):
        end = d["sentences"][min(ANNOTATED, len(d["sentences"]) - 1)][1]
        marked = {(t["start"], t["end"]): plain(t["value"] or "") for t in d["timex"] if t["sent"] <= ANNOTATED}
        yield Document(d["id"], dated(d["date"]), d["text"], end, [Gold(s, v) for s, v in sorted(marked.items())])


def gum(shared: Path) -> Iterator[Document]:
    """GUM's Wikinews articles."""
    for d in lines(shared / "gold" / "timex_gum" / "docs.jsonl"):
        yield Document(
            d["id"],
            dated(d["date"]),
            d["text"],
            len(d["text"]),
            [Gold((t["start"], t["end"]), tei(t)) for t in d["timex"]],
        )


def tei(mark: dict[str, str]) -> str:
    """The days of a TEI date; a recurring month ("--10") is XXXX-10."""
    first = (
        mark.get("when") or mark.get("from") or mark.get("notBefore") or mark.get("to") or mark.get("notAfter") or ""
    )
    last = mark.get("when") or mark.get("to") or mark.get("notAfter") or first
    return days(f"{first}/{last}") if FULL_DAY.match(first) or first[:1].isdigit() else re.sub(r"^--", "XXXX-", first)


def pairs(gold: list[Gold], found: list[Gold]) -> list[tuple[Gold, Gold]]:
    """Annotated and found expressions that overlap, one to one, the largest overlap first."""
    near = [
        (min(g.span[1], f.span[1]) - max(g.span[0], f.span[0]), g, f)
        for g in gold
        for f in found
        if overlap(g.span, f.span)
    ]
    used: set[Span] = set()
    taken: set[Span] = set()
    out = []
    for _, g, f in sorted(near, key=lambda x: -x[0]):
        if g.span not in taken and f.span not in used:
            taken.add(g.span)
            used.add(f.span)
            out.append((g, f))
    return out


def harmonic(right: int, found: int, wanted: int) -> float:
    """F1 of so many right among so many found and wanted."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def has_day(d: Date) -> bool:
    """Whether GUM would mark such an expression: no duration, set, or reference to past, present or future as such."""
    return d.type in ("date", "time") and not (d.value or "").endswith("_REF") and not (d.value or "").startswith("T")


def show(document: Document, matched: list[tuple[Gold, Gold]], found: list[Gold]) -> None:
    """Prints what was missed, what was found and is not annotated, and what has another value."""

    def line(sign: str, span: Span, note: str) -> None:
        s, e = span
        around = f"{document.text[max(0, s - 70) : s]}[[{document.text[s:e]}]]{document.text[e : e + 40]}"
        print(f"{document.name[:24]:24} {sign} {note} | {around!r}")

    for g in document.gold:
        if g not in [x for x, _ in matched]:
            line("missed", g.span, g.value)
    for f in found:
        if f not in [x for _, x in matched]:
            line("extra ", f.span, f.value)
    for g, f in matched:
        if g.value != f.value:
            line("value ", f.span, f"{g.value} got {f.value}")


def tally(
    documents: list[Document], value: Callable[[str], str], counts: Callable[[Date], bool], verbose: bool
) -> dict[str, float]:
    """The figures of one set."""
    n: Counter[str] = Counter()
    for document in documents:
        read = [d for d in dates.find(document.text, document.published) if d.span[1] <= document.end]
        found = [Gold(d.span, value(d.timex3 or d.value or "")) for d in read if counts(d)]
        matched = pairs(document.gold, found)
        n["gold"] += len(document.gold)
        n["found"] += len(found)
        n["every"] += len(read)
        n["relaxed"] += len(matched)
        n["strict"] += sum(g.span == f.span for g, f in matched)
        n["value"] += sum(g.value == f.value for g, f in matched)
        day = {g: one_day(g.value) for g in document.gold if one_day(g.value)}
        n["days"] += len(day)
        n["days found"] += sum(g in day for g, _ in matched)
        n["right days"] += sum(g in day and one_day(f.value) == day[g] for g, f in matched)
        if verbose:
            show(document, matched, found)
    return {
        **{f"{k} P": n[k] / max(n["found"], 1) for k in ("relaxed", "strict", "value")},
        **{f"{k} R": n[k] / max(n["gold"], 1) for k in ("relaxed", "strict", "value")},
        **{f"{k} F1": harmonic(n[k], n["found"], n["gold"]) for k in ("relaxed", "strict", "value")},
        "value F1, every type": harmonic(n["value"], n["every"], n["gold"]),
        "value of matched": n["value"] / max(n["relaxed"], 1),
        "right day": n["right days"] / max(n["days"], 1),
        "right day of found": n["right days"] / max(n["days found"], 1),
    }


def one_day(value: str) -> str | None:
    """The day, where a comparable value is one day or a time of it."""
    first, _, last = value.partition("/")
    return first[:10] if FULL_DAY.match(first) and last in ("", first) else None


def speed(documents: list[Document]) -> float:
    """Articles a second, median of three passes."""

    def once() -> float:
        begun = time.perf_counter()
        for d in documents:
            dates.find(d.text, d.published)
        return time.perf_counter() - begun

    once()
    return len(documents) / median(once() for _ in range(3))


def score(shared: Path, half: int | None = None, verbose: bool = False) -> dict[str, float]:
    """Every figure, by name: "dates: MEANTIME value F1" and so on. `half` 0 or 1 scores that half of the documents."""
    out: dict[str, float] = {}
    everything: list[Document] = []
    for name, source, value, counts in (
        ("MEANTIME", meantime, plain, lambda d: True),
        ("GUM", gum, days, has_day),
    ):
        documents = [d for d in source(shared) if half is None or half_of(d.name) == half]
        everything += documents
        out |= {f"dates: {name} {k}": v for k, v in tally(documents, value, counts, verbose).items()}
    out["dates: docs/s"] = speed(everything)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--half", type=int, choices=(0, 1), help="only this half of the documents")
    parser.add_argument("--verbose", action="store_true", help="print what is missed, extra, or has another value")
    args = parser.parse_args()
    for name, value in score(args.shared, args.half, args.verbose).items():
        print(f"{name:40} {value:8.3f}")


if __name__ == "__main__":
    main()
