"""Scores conditions on GUM's Wikinews documents, the Wikinews records and the seed: `python -m evaluation.conditions`.

GUM (`gum_wikinews`): a *wanted* condition is a contingency-condition relation (rst) whose satellite opens with if, unless,
except or only/even with them. It is found where the if-side read overlaps the satellite and the then-side read overlaps the nucleus.
A condition read is right where its if-side overlaps the satellite of any contingency-condition relation ("gum: strict precision"),
or where its marker is "even if" ("gum: precision"): a concession, which GUM files elsewhere and this contract
keeps as a condition. What GUM's annotators left unmarked counts as wrong.

The records and the seed are graded as `seed/grade.py` does, and `kind` is the share right among those found whose kind the gold has.
GUM's documents are halved by place in the list of names: the even ones were looked at while the rules were written, the
odd ones' errors only afterwards.
"""

from __future__ import annotations

import argparse
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.records import documents, load_module
from onrecord.model import Condition
from onrecord.read import conditions
from onrecord.text import Span, overlap

WANTED = re.compile(r"\W*(?:(?:only|even|except|but|and|or|that)\s+)*(?:if|unless|except)\b", re.I)


@dataclass
class Relation:
    """A contingency-condition relation of GUM, as spans of the text."""

    satellite: list[Span]
    nucleus: list[Span]


def tokens(path: Path) -> tuple[str, list[Span]]:
    """A document's running text and the spans of its tokens."""
    parts: list[str] = []
    found: list[Span] = []
    at, gap, skip = 0, "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and "_block" not in line:
            gap = "\n\n" if parts else ""
        elif not line:
            gap = gap or " "
        elif re.match(r"\d", line):
            cells = line.split("\t")
            if "." in cells[0]:
                continue
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                skip = last - first + 1
                word, pieces = cells[1], skip
            elif skip:
                word, pieces, skip = "", 0, skip - 1
            else:
                word, pieces = cells[1], 1
            if word:
                parts += [gap, word]
                at += len(gap)
                found += [(at, at + len(word))] * pieces
                at += len(word)
                gap = "" if "SpaceAfter=No" in cells[9] else " "
    return "".join(parts), found


def relations(rst: Path, found: list[Span]) -> list[Relation]:
    """The contingency-condition relations of a document."""
    body = ElementTree.parse(rst).getroot().find("body")
    assert body is not None
    spans: dict[str, Span] = {}
    parent: dict[str, tuple[str, str]] = {}
    at = 0
    for node in body:
        if node.tag == "segment":
            size = len((node.text or "").split())
            spans[node.attrib["id"]] = (found[at][0], found[at + size - 1][1])
            at += size
        if node.tag in ("segment", "group") and "parent" in node.attrib:
            parent[node.attrib["id"]] = (node.attrib["parent"], node.attrib["relname"])
    assert at == len(found), rst
    return [
        Relation(leaves(i, spans, parent), core(p, spans, parent))
        for i, (p, name) in parent.items()
        if name == "contingency-condition"
    ]


def leaves(node: str, spans: dict[str, Span], parent: dict[str, tuple[str, str]]) -> list[Span]:
    """The segments below a node, satellites with them."""
    own = [spans[node]] if node in spans else []
    return own + [s for i, (p, _) in parent.items() if p == node for s in leaves(i, spans, parent)]


def core(node: str, spans: dict[str, Span], parent: dict[str, tuple[str, str]]) -> list[Span]:
    """The segments that a nucleus comes down to."""
    if node in spans:
        return [spans[node]]
    return [
        s
        for i, (p, name) in parent.items()
        if p == node
        and (
            name in ("span", "same-unit")
            or name.startswith(("joint", "adversative-contrast", "restatement-repetition"))
        )
        for s in core(i, spans, parent)
    ]


def gum(shared: Path, half: int | None = None) -> Iterator[tuple[str, str, list[Relation]]]:
    """(name, text, relations) of the documents: all, or half of them."""
    folder = shared / "gold" / "gum_wikinews"
    for n, path in enumerate(sorted((folder / "dep").glob("*.conllu"))):
        if half is None or n % 2 == half:
            text, found = tokens(path)
            yield path.stem, text, relations(folder / "rst" / f"{path.stem}.rs4", found)


def touches(ones: Iterator[Span] | tuple[Span, ...] | list[Span], others: tuple[Span, ...] | list[Span]) -> bool:
    """Whether any span of one list shares a character with any of the other."""
    return any(overlap(a, b) for a in ones for b in others)


def wanted(text: str, relation: Relation) -> bool:
    """Whether a relation is marked by if, unless or except."""
    return any(WANTED.match(text, s) for s, _ in relation.satellite)


def concession(text: str, read: Condition) -> bool:
    """Whether a condition read is marked by "even if"."""
    return text[slice(*read.marker[0])].lower() == "even if"


def score_gum(shared: Path, half: int | None = None, verbose: bool = False) -> dict[str, float]:
    """Recall of GUM's if/unless/except, and precision, strict and with concessions."""
    found = all_wanted = strict = right = read = 0
    for name, text, gold in gum(shared, half):
        got = conditions.find(text)
        for r in (r for r in gold if wanted(text, r)):
            all_wanted += 1
            hit = any(touches(c.if_, r.satellite) and touches(c.then, r.nucleus) for c in got)
            found += hit
            if verbose and not hit:
                print(
                    f"{name} missed: {[text[slice(*s)] for s in r.satellite]} => {[text[slice(*s)] for s in r.nucleus]}"
                )
        for c in got:
            exact = any(touches(c.if_, r.satellite) for r in gold)
            strict += exact
            right += exact or concession(text, c)
            if verbose and not exact:
                print(f"{name} read {'(concession)' if concession(text, c) else ''}: {shown(text, c)}")
        read += len(got)
    return {
        "recall": found / all_wanted,
        "precision": right / read,
        "strict precision": strict / read,
        "wanted": all_wanted,
    }


def shown(text: str, c: Condition) -> str:
    """A condition for people."""
    sides = [" … ".join(text[slice(*s)] for s in side) for side in (c.marker, c.if_, c.then)]
    return f"{c.kind}: {sides[0]!r} {sides[1]!r} => {sides[2]!r}"


def score_records(shared: Path, pattern: str, verbose: bool = False) -> dict[str, float]:
    """The grader's recall and precision, and the share of kinds right among the conditions found."""
    grade = load_module(shared / "seed" / "grade.py")
    hits = total = kinds = kinds_right = precise = read = 0
    for name, expected, text in documents(shared, pattern):
        got = conditions.find(text)
        align = grade.Alignment(text, text)
        sides = [(align.of_read(c.if_), align.of_read(c.then)) for c in got]
        ifs: list[Any] = []
        for c in expected.get("conditions", []):
            one, two = (align.of_gold(grade.spans_of(text, c[k])) for k in ("if", "then"))
            ifs.append(one)
            k = next((k for k, (i, t) in enumerate(sides) if grade.overlaps(one, i) and grade.overlaps(two, t)), None)
            if not c.get("borderline"):
                total += 1
                hits += k is not None
            if k is not None and c.get("kind"):
                kinds += 1
                kinds_right += got[k].kind == c["kind"]
                if verbose and got[k].kind != c["kind"]:
                    print(f"{name} wanted {c['kind']}: {shown(text, got[k])}")
            if verbose and k is None:
                print(
                    f"{name} missed{' (borderline)' if c.get('borderline') else ''}: {c['kind']} {c['if']} {c['then']}"
                )
        right = [any(w & i for w in ifs) for i, _ in sides]
        precise += sum(right)
        read += len(got)
        if verbose:
            print(
                *(f"{name} extra {shown(text, c)}" for c, ok in zip(got, right, strict=True) if not ok),
                sep="\n",
                end="",
            )
    return {"recall": hits / total, "precision": precise / read, "kind": kinds_right / kinds}


def score(shared: Path) -> dict[str, float]:
    """All figures, by name."""
    found = {f"gum: {k}": v for k, v in score_gum(shared).items()}
    for name, half in (("looked at", 0), ("not looked at", 1)):
        found |= {f"gum, half {name}: {k}": v for k, v in score_gum(shared, half).items()}
    for pattern in ("seed", "GUM_news_*", "geovirus_*"):
        found |= {f"{pattern}: {k}": v for k, v in score_records(shared, pattern).items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--verbose", type=int, choices=(0, 1), help="print what is wrong in one half of GUM, and in the records"
    )
    args = parser.parse_args()
    if args.verbose is not None:
        score_gum(args.shared, args.verbose, verbose=True)
        for pattern in ("seed", "GUM_news_*", "geovirus_*"):
            score_records(args.shared, pattern, verbose=True)
    for name, value in score(args.shared).items():
        print(f"conditions: {name:44} {value:.4f}")


if __name__ == "__main__":
    main()
