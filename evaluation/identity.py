"""Scores who is who: `python -m evaluation.identity --shared ../shared`.

**pairs** (nomenklatura's name pairs): each name is a profile with nothing else; precision, recall and F1 of the verdict "same", by schema. *five folds* is
the same with weights that were trained on the other four fifths (`training/identity.py`): what to expect of names that nobody trained on.

**MEANTIME**: all names (NAM mentions) of people and organisations in the first six sentences that have an identity across documents. *entities*: a document's mentions of one entity are one profile, as
reading gives them; *mentions*: every name by itself. A profile knows the names of the others in its document. Candidates come through keys, judgements through `compare`, the answer through `clusters`. B³ over
mentions.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.knowledge import Judgement, Profile
from onrecord.model import EntityType
from onrecord.resolve import identity
from onrecord.resolve.spelling import fullest
from training import identity as training

TYPES: dict[str, EntityType] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
SENTENCES = 5  # the last that is fully annotated


class Known(NamedTuple):
    """A profile whose identity is annotated."""

    id: str
    profile: Profile
    identity: str
    mentions: int


Said = tuple[float, bool, bool]  # probability, said to be the same, is the same


def judged(
    rows: Iterable[training.Row], learned: identity.Learned | None = None, verbose: bool = False
) -> Iterator[tuple[str, Said]]:
    """(schema, what was said and is true) of each pair."""
    for row in rows:
        a, b = (Profile(names=(n,), type=row.type) for n in (row.a, row.b))
        verdict, p, reason = identity.compare(a, b, learned)
        yield row.schema, (p, verdict == "same", row.same)
        if verbose and (verdict == "same") != row.same:
            print(f"{'missed' if row.same else 'wrong '} {p:.2f} {row.schema}: {row.a} | {row.b} ({reason})")


def in_folds(rows: Sequence[training.Row], verbose: bool = False) -> Iterator[tuple[str, Said]]:
    """The same of each fold, with weights from the others."""
    for n in range(training.FOLDS):
        others = [r for r in rows if training.fold_of(r) != n]
        learned = {people: tuple(training.trained(others, people).values()) for people in (True, False)}
        yield from judged((r for r in rows if training.fold_of(r) == n), learned, verbose)


def by_schema(found: Iterable[tuple[str, Said]]) -> dict[str, float]:
    """Precision, recall and F1 by schema, and how far off the probabilities are."""
    tally: dict[str, list[Said]] = defaultdict(list)
    for schema, said in found:
        tally[schema].append(said)
        tally["all"].append(said)
    out = {f"{name} {k}": v for name, said in tally.items() for k, v in ratios(said).items()}
    return out | {"all calibration error": calibration_error(tally["all"])}


def ratios(found: Sequence[Said]) -> dict[str, float]:
    """Precision, recall and F1."""
    right = sum(s and t for _, s, t in found)
    said, true = sum(s for _, s, _ in found), sum(t for *_, t in found)
    return {"P": right / max(1, said), "R": right / max(1, true), "F1": 2 * right / max(1, said + true)}


def calibration_error(found: Sequence[Said]) -> float:
    """The mean difference of probability and share that is the same, over fifths of the scale."""
    fifths: dict[int, list[Said]] = defaultdict(list)
    for said in found:
        fifths[min(4, int(said[0] * 5))].append(said)
    return sum(abs(sum(p - t for p, _, t in part)) for part in fifths.values()) / len(found)


def named(document: dict[str, Any], types: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The names of a document that have an identity."""
    for m in document["mentions"]:
        if m["syn"] == "NAM" and m["sent"] <= SENTENCES and m["instance"] and m["type"] in types:
            yield m


def meantime(shared: Path, *, whole: bool, types: Sequence[str] = ("PER", "ORG")) -> list[Known]:
    """The profiles of MEANTIME: one an entity and document, or one a mention."""
    out = []
    path = shared / "gold" / "meantime_wikinews" / "docs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for n, m in enumerate(named(document, types)):
            groups[m["instance"], m["type"] if whole else f"{m['type']} {n}"].append(m["text"])
        titles = {k: fullest(v)[0] if k[1][:3] != "PER" else min(v, key=len) for k, v in groups.items()}
        for (gold, kind), texts in groups.items():
            beside = frozenset(t.casefold() for (g, _), t in titles.items() if g != gold)
            profile = Profile(names=tuple(fullest(texts)), type=TYPES[kind[:3]], beside=beside)
            out.append(Known(f"{document['id']} {gold} {kind}", profile, gold, len(texts)))
    return out


def resolved(known: Sequence[Known]) -> tuple[dict[str, str], list[tuple[Known, Known, Judgement]]]:
    """Who is who, by candidates that share a key."""
    index: dict[str, list[Known]] = defaultdict(list)
    judgements = []
    for one in known:
        keys = identity.keys(one.profile)
        for other in {o.id: o for k in keys for o in index[k]}.values():
            verdict, p, reason = identity.compare(one.profile, other.profile)
            left, right = sorted((one.id, other.id))
            j = Judgement(id=f"{left} {right}", about="actor", left=left, right=right, verdict=verdict, by="machine", when="", score=p, reason=reason)  # fmt: skip
            judgements.append((one, other, j))
        for k in keys:
            index[k].append(one)
    return identity.clusters([k.id for k in known], [j for *_, j in judgements]), judgements


def b_cubed(known: Sequence[Known], found: dict[str, str]) -> dict[str, float]:
    """B³ precision, recall and F1 over mentions."""
    sizes: dict[Any, int] = defaultdict(int)
    for one in known:
        for key in (("found", found[one.id]), ("gold", one.identity), (found[one.id], one.identity)):
            sizes[key] += one.mentions
    total = sum(one.mentions for one in known)
    both = [(one.mentions, sizes[found[one.id], one.identity], one) for one in known]
    p = sum(n * b / sizes["found", found[o.id]] for n, b, o in both) / total
    r = sum(n * b / sizes["gold", o.identity] for n, b, o in both) / total
    return {"B3 P": p, "B3 R": r, "B3 F1": 2 * p * r / (p + r)}


def score(shared: Path, verbose: bool = False) -> dict[str, float]:
    """All figures."""
    rows = list(training.pairs(shared))
    out = {f"pairs: {k}": v for k, v in by_schema(judged(rows)).items()}
    out |= {f"pairs, five folds: {k}": v for k, v in by_schema(in_folds(rows, verbose)).items()}
    for name, whole, types in (("entities", True, ("PER", "ORG")), ("mentions", False, ("PER", "ORG")), ("mentions with places", False, ("PER", "ORG", "LOC"))):  # fmt: skip
        known = meantime(shared, whole=whole, types=types)
        found, judgements = resolved(known)
        out |= {f"MEANTIME {name}: {k}": v for k, v in b_cubed(known, found).items()}
        if verbose and name != "mentions with places":
            details(known, found, judgements)
    return out


def details(known: Sequence[Known], found: dict[str, str], judged: Iterable[tuple[Known, Known, Judgement]]) -> None:
    """Prints who was put together wrongly or left apart."""
    wrong: dict[tuple[str, str], str] = {}
    for a, b, j in judged:
        if (j.verdict == "same") != (a.identity == b.identity):
            wrong[a.profile.names[0], b.profile.names[0]] = f"{j.verdict} {j.score:.2f} ({j.reason})"
    for names, how in wrong.items():
        print(f"{' | '.join(names)}: {how}")
    sets: dict[str, set[str]] = defaultdict(set)
    for one in known:
        sets[one.identity].add(found[one.id])
    for gold, parts in sets.items():
        if len(parts) > 1:
            print("in", len(parts), gold, sorted({o.profile.names[0] for o in known if o.identity == gold}))


def speed(known: Sequence[Known]) -> float:
    """Microseconds a comparison of two profiles takes that share a key, with tables and names at hand."""
    pairs = [(a.profile, b.profile) for a, b, _ in resolved(known)[1]]
    start = time.perf_counter()
    for a, b in pairs:
        identity.compare(a, b)
    return 1e6 * (time.perf_counter() - start) / len(pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    start = time.perf_counter()
    for name, value in score(args.shared, args.verbose).items():
        print(f"{name:52} {value:.4f}")
    print(f"all in {time.perf_counter() - start:.1f} s")
    print(f"a comparison: {speed(meantime(args.shared, whole=True)):.0f} µs")


if __name__ == "__main__":
    main()
