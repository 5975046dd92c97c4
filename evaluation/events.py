"""Scores events: `python -m evaluation.events [--shared ../shared] [--verbose]`.

PLOVER's sentences (`gold/plover_gsr`, the old types mapped to the manual's): a sentence's event is found when one of its type is read
there; what is read beyond is extra. Each type has P, R and F1; macro is their plain mean. Actors and recipients are scored end to
end: a name is right when one holds all words of the other; those of an event that was missed are missed. Wikinews records: the share of events of that type
anchored in those words. Own sentences (`tests/read/events.toml`): type and status. The seed: `seed/grade.py`.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.records import documents
from onrecord.model import Article, Capture, Reading
from onrecord.parse import parse
from onrecord.read import events, network, read

TYPES = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
NOW = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
OWN = Path(__file__).parent.parent / "tests" / "read" / "events.toml"
IDLE = {"the", "a", "an", "of", "in", "and", "s"}


class Gold(NamedTuple):
    """One annotated event of a sentence."""

    type: str
    actors: list[str]
    recipients: list[str]


def sentences(shared: Path) -> Iterator[tuple[str, list[Gold]]]:
    """The annotated sentences, each with its events."""
    found: dict[str, list[Gold]] = {}
    for row in json.loads((shared / "gold" / "plover_gsr" / "PLOVER_GSR_CAMEO.json").read_text(encoding="utf-8")):
        if text := row.get("text"):
            sides = [sides_of(row.get(k)) for k in ("source", "target")]
            found.setdefault(text.strip(" {}"), []).append(Gold(NOW.get(row["event"], row["event"]), *sides))
    yield from found.items()


def sides_of(given: Any) -> list[str]:
    """The names of one side; the file has lists, single objects and strings."""
    rows = given if isinstance(given, list) else [given] if given else []
    return [n for a in rows if (n := a.get("actorText") if isinstance(a, dict) else a) and isinstance(n, str)]


def reading(text: str) -> Reading:
    """A sentence, read as it stands."""
    return read(Article(id="0", capture="0", text=text, language="en"), net=network.shipped())


def whole(text: str) -> Reading:
    """An article, the road from its text."""
    return read(parse(Capture(name="text", body=text.encode())), net=network.shipped())


def folded(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - IDLE


def same(a: str, b: str) -> bool:
    """Whether one name holds all words of the other."""
    return bool(folded(a) and folded(b)) and (folded(a) <= folded(b) or folded(b) <= folded(a))


def f1(hits: float, wanted: float, got: float) -> dict[str, float]:
    p, r = hits / got if got else 0.0, hits / wanted if wanted else 0.0
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}


def plover(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Types, actors, recipients and extras of PLOVER's sentences."""
    tally: Counter[tuple[str, str]] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    for text, gold in sentences(shared):
        got = reading(text)
        known = {e.id: e.name for e in got.entities}
        left = list(got.events)
        tally.update(("got", v.type) for v in left)
        for g in gold:
            tally["wanted", g.type] += 1
            answer = next((v for v in left if v.type == g.type), None)
            if answer:
                left.remove(answer)
                tally["hit", g.type] += 1
            for side, wanted in (("actor", g.actors), ("recipient", g.recipients)):
                ids = (answer.actors if side == "actor" else answer.recipients) if answer else ()
                told = [known[i] for i in ids] if wanted else []
                names[side, "wanted"] += len(wanted)
                names[side, "got"] += len(told)
                names[side, "hit"] += sum(any(same(w, t) for t in told) for w in wanted)
                names[side, "right"] += sum(any(same(w, t) for w in wanted) for t in told)
                if verbose and answer and wanted and not all(any(same(w, t) for t in told) for w in wanted):
                    print(f"  {side} {wanted} got {told}: {text[:170]}")
            if verbose and not answer:
                print(f"MISSED {g.type}: {[(v.type, text[slice(*v.anchor[0])]) for v in left]} {text[:220]}")
        if verbose and left:
            print(
                f"EXTRA {[(v.type, text[slice(*v.anchor[0])]) for v in left]} gold {[g.type for g in gold]}: {text[:200]}"
            )
    out: dict[str, float] = {}
    for t in TYPES:
        scores = f1(tally["hit", t], tally["wanted", t], tally["got", t])
        out |= {f"type {t} {k}": v for k, v in scores.items()}
    out["type macro F1"] = sum(out[f"type {t} F1"] for t in TYPES) / len(TYPES)
    for side in ("actor", "recipient"):
        p = names[side, "right"] / (names[side, "got"] or 1)
        r = names[side, "hit"] / (names[side, "wanted"] or 1)
        out |= {f"{side} P": p, f"{side} R": r, f"{side} F1": 2 * p * r / (p + r) if p + r else 0.0}
    total = sum(n for (what, _), n in tally.items() if what == "got")
    out["extra events"] = 1 - sum(n for (what, _), n in tally.items() if what == "hit") / (total or 1)
    return out


def anchored(shared: Path, pattern: str, verbose: bool = False) -> dict[str, float]:
    """The share of an article's listed events that are read, with type and place in the text, and how many are read in all."""
    hit = wanted = got = 0
    for name, expected, text in documents(shared, pattern):
        if not expected.get("events"):
            continue
        r = whole(text)
        if verbose:
            known = {e.id: e.name for e in r.entities}
            for v in r.events:
                print(
                    name,
                    v.type,
                    v.status,
                    [known[i] for i in v.actors],
                    [known[i] for i in v.recipients],
                    r.article.text[max(0, v.anchor[0][0] - 60) : v.anchor[0][1] + 40].replace("\n", " "),
                )
        got += len(r.events)
        for g in expected["events"]:
            wanted += 1
            words = g["text"]
            right = any(
                v.type == g["type"] and r.article.text[slice(*v.anchor[0])] and near(r.article.text, words, v.anchor[0])
                for v in r.events
            )
            hit += right
            if verbose and not right:
                print("   MISSED", name, g["type"], words)
    return {"found": hit / (wanted or 1), "read": float(got)}


def near(text: str, words: str, span: tuple[int, int]) -> bool:
    """Whether an anchor lies in an occurrence of the words."""
    return any(m.start() < span[1] and span[0] < m.end() for m in re.finditer(re.escape(words), text))


def own(verbose: bool = False) -> dict[str, float]:
    """The invented sentences: the share with that type and status."""
    cases: list[dict[str, Any]] = tomllib.loads(OWN.read_text(encoding="utf-8"))["sentence"]
    typed = right = 0
    for case in cases:
        found = reading(case["text"]).events
        of_type = [v for v in found if v.type == case["type"]]
        typed += bool(of_type)
        ok = any(v.status == case["status"] for v in of_type)
        right += ok
        if verbose and not ok:
            print(
                f"OWN wanted {case['type']} {case['status']}, got {[(v.type, v.status) for v in found]}: {case['text']}"
            )
    return {"type": typed / len(cases), "status": right / len(cases)}


def speed(shared: Path, seconds: float = 1.0) -> float:
    """Milliseconds of events alone for 750 words of the Wikinews records."""
    given = [whole(text) for _, _, text in documents(shared, "GUM_news_*")]
    words = 0
    begun = time.process_time()
    done = 0
    while (spent := time.process_time() - begun) < seconds:
        r = given[done % len(given)]
        events.find(r.article.text, r.entities, r.dates, r.places)
        words += len(r.article.text.split())
        done += 1
    return 1000 * spent / words * 750


def score(shared: Path, verbose: bool = False) -> dict[str, float]:
    """All shares by name."""
    out = {f"PLOVER: {k}": v for k, v in plover(shared, verbose).items()}
    if OWN.exists():
        out |= {f"own: {k}": v for k, v in own(verbose).items()}
    for name, pattern in (("seed", "seed"), ("wikinews", "geovirus_*")):
        out |= {f"{name}: {k}": v for k, v in anchored(shared, pattern, verbose).items()}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    for name, value in score(args.shared, args.verbose).items():
        print(f"{name:44} {value:8.3f}")
    print(f"{speed(args.shared):.2f} ms for 750 words")


if __name__ == "__main__":
    main()
