"""Scores certainty: `python -m evaluation.certainty --shared ../shared`.

Events, `factuality`: labels from -3 to 3; every file of the folder is scored. Pearson's r and the mean error of the score, and F1 of
the two minority classes by the name that was read: *open* (labels between -1 and 2; PR+, PS+, PS- or Uu read) and *not* (labels up
to -1; CT- or PR- read). "minority F" is their mean.
UDS asks whether a thing has happened or will, and how sure one is: what is still to come has a label as low as what was denied. "r, as
degrees" takes its labels below 0 as 0 where the reader sees no negation.

MEANTIME's labels are its certainty and polarity: CERTAIN is 3 or -3, PROBABLE 1.5, POSSIBLE 0.75, and 0 where any of certainty, polarity and time
is UNDERSPECIFIED; what is certain and FUTURE ("called for a recount") is 3. "MEANTIME articles" are both parts together, in two halves by
article: the misses of one were listed before the last rules were written; of the other it was only looked at which verdicts changed.

MEANTIME's documents: certainty and polarity as annotated there, in the sentences that also stand in the sets above, on running text.

Attributions: certainty given spans (`evaluation.manner`): the share right, and the macro F1 of the values other than CT+.

The rules were written looking at MEANTIME_train, at errors on UDS_IH2_dev, and, for the attributions, at GeoVirus; verbs were sorted and levels set
after means over MV2_train and UDS_IH2_dev, and after r on all of them. MEANTIME_dev's errors were looked at, in the last rounds those of its listed articles. MV2_dev was scored, never looked at.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from evaluation import manner
from onrecord.read import certainty
from onrecord.read.certainty_words import sentence_at
from onrecord.text import Span

POSITIVE, NEGATIVE = 2.0, -1.0  # gold labels from which on an event counts as happened, as not happened
NOT = ("CT-", "PR-")
Row = tuple[str, Span, float]


def events(path: Path) -> Iterator[Row]:
    """(text, span, label) of each event of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        words = record["text"].split()
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        for target in record["targets"]:
            first, end = target["span1"]
            last = min(end, len(words)) - 1
            yield " ".join(words), (starts[first], starts[last] + len(words[last])), float(target["label"])


def f1(gold: Sequence[str], read: Sequence[str], name: str) -> float:
    """F1 of one class."""
    both = sum(g == r == name for g, r in zip(gold, read, strict=True))
    total = sum(g == name for g in gold) + sum(r == name for r in read)
    return 2 * both / total if total else 0.0


def gold_class(label: float) -> str:
    """The class of a label."""
    return "happened" if label >= POSITIVE else "not" if label <= NEGATIVE else "open"


def read_class(name: str) -> str:
    """The class of a value of FactBank."""
    return "happened" if name == "CT+" else "not" if name in NOT else "open"


def negated(text: str, span: Span) -> bool:
    """Whether the reader sees a negation above the event."""
    links = certainty.chain(*sentence_at(text, span))
    return certainty.value(links) < 0 or any(k.negative for k in links)


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's r."""
    return float(np.corrcoef(a, b)[0, 1])


def score_events(path: Path) -> dict[str, float]:
    """The figures of one file."""
    rows = list(events(path))
    figures = score_rows(rows)
    if path.name.startswith("UDS"):
        degrees = [max(x, 0.0) if not negated(t, s) else x for t, s, x in rows]
        figures["r, as degrees"] = correlation(degrees, [certainty.factuality(t, s).score for t, s, _ in rows])
    return figures


def score_rows(rows: Sequence[Row]) -> dict[str, float]:
    """The figures of some events."""
    read = [certainty.factuality(text, span) for text, span, _ in rows]
    labels, scores = [label for *_, label in rows], [r.score for r in read]
    gold, got = [gold_class(x) for x in labels], [read_class(r.certainty) for r in read]
    figures = {
        "r": correlation(labels, scores),
        "mean error": float(np.abs(np.array(labels) - scores).mean()),
        "open F": f1(gold, got, "open"),
        "not F": f1(gold, got, "not"),
    }
    figures["minority F"] = (figures["open F"] + figures["not F"]) / 2
    return figures


def folded(sentence: str) -> str:
    """A sentence as both forms of MEANTIME have it."""
    return "".join(sentence.split()).replace("``", "“")


def score_halves(shared: Path) -> dict[str, float]:
    """MEANTIME's two halves by article: one whose misses were listed, one held out; salted so that both have rare labels."""
    lines = (shared / "gold" / "meantime_wikinews" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    article = {folded(line): d["id"] for d in map(json.loads, lines) for line in d["text"].split("\n")}
    halves: dict[str, list[Row]] = {"listed": [], "held out": []}
    for path in sorted((shared / "gold" / "factuality").glob("MEANTIME_*.jsonl")):
        for row in events(path):
            salted = "5" + article.get(folded(row[0]), "")
            halves["held out" if crc32(salted.encode()) % 2 else "listed"].append(row)
    return {f"{name}: {k}": v for name, rows in halves.items() for k, v in score_rows(rows).items()}


def score_attributions(shared: Path) -> dict[str, float]:
    """Certainty of annotated attributions, given spans."""
    gold, got = [], []
    for text, record in manner.records(shared, "geovirus_*"):
        if record.get("certainty"):
            gold.append(record["certainty"])
            got.append(manner.judge(text, record)["certainty"])
    rare = [name for name in sorted(set(gold)) if name != "CT+" and gold.count(name) >= 5]
    return {
        "right": sum(g == r for g, r in zip(gold, got, strict=True)) / len(gold),
        "macro F of the rest": sum(f1(gold, got, name) for name in rare) / len(rare),
    }


def score_documents(shared: Path) -> dict[str, float]:
    """Polarity and certainty of the MEANTIME events whose sentences are in the sets that may be used."""
    folder = shared / "gold"
    known = {
        folded(json.loads(line)["text"])
        for path in (folder / "factuality").glob("MEANTIME_*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    gold, got = [], []
    for line in (folder / "meantime_wikinews" / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        text = record["text"]
        for event in record["events"]:
            if event.get("certainty") not in ("CERTAIN", "PROBABLE", "POSSIBLE") or event.get("polarity") not in (
                "POS",
                "NEG",
            ):
                continue
            begin, end = text.rfind("\n", 0, event["start"]) + 1, text.find("\n", event["end"])
            if folded(text[begin : end if end >= 0 else len(text)]) not in known:
                continue
            gold.append(
                "not" if event["polarity"] == "NEG" else "happened" if event["certainty"] == "CERTAIN" else "open"
            )
            name = certainty.factuality(text, (event["start"], event["end"])).certainty
            got.append(read_class(name))
    return {
        "events": len(gold),
        "right": sum(g == r for g, r in zip(gold, got, strict=True)) / max(1, len(gold)),
        "not F": f1(gold, got, "not"),
    }


def score(shared: Path) -> dict[str, float]:
    """All figures by name, as the gate uses them."""
    found = {}
    for path in sorted((shared / "gold" / "factuality").glob("*.jsonl")):
        found |= {f"{path.stem}: {k}": v for k, v in score_events(path).items()}
    found |= {f"MEANTIME articles {k}": v for k, v in score_halves(shared).items()}
    found |= {f"MEANTIME documents: {k}": v for k, v in score_documents(shared).items()}
    found |= {f"attributions: {k}": v for k, v in score_attributions(shared).items()}
    return found


def speed(shared: Path) -> dict[str, float]:
    """Milliseconds of processor time: of an event, of 750 words' events (about 55 here), of their estimative words."""
    lines = (shared / "gold" / "meantime_wikinews" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    spans = [(d["text"], (e["start"], e["end"])) for d in documents for e in d["events"]]
    shares = sum(len(d["text"].split()) for d in documents) / 750
    certainty.factuality(*spans[0])
    times = [time.process_time()]
    for text, span in spans:
        certainty.factuality(text, span)
    times.append(time.process_time())
    for d in documents:
        list(certainty.estimates(d["text"]))
    times.append(time.process_time())
    events, words = (1000 * (b - a) for a, b in pairwise(times))
    return {
        "an event": events / len(spans),
        "750 words' events": events / shares,
        "750 words' estimates": words / shares,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    for name, value in score(args.shared).items():
        print(f"{name:44} {value:8.3f}")
    for name, value in speed(args.shared).items():
        print(f"{'ms, ' + name:44} {value:8.3f}")


if __name__ == "__main__":
    main()
