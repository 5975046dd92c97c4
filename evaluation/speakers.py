"""Scores speakers on annotated attributions, whose spans are given: `python -m evaluation.speakers --shared ../shared`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from evaluation.records import documents, load_module
from onrecord.model import Attribution
from onrecord.read import names, network, speakers
from onrecord.read.network import Network
from onrecord.read.windows import Vocabulary, windows


def given(record: dict[str, Any]) -> Attribution:
    """An annotated attribution as the reader's noun."""
    spans = {r: tuple((s, e) for s, e in record[r]) for r in ("source", "cue", "content")}
    return Attribution(id=record["id"], kind=record["kind"], within=record.get("within"), confidence=1.0, **spans)


def score(shared: Path, pattern: str, net: Network, vocabulary: Vocabulary, verbose: bool = False) -> dict[str, float]:
    """Shares right: speaker of required attributions, speaker kind, and entities found."""
    same_name = load_module(shared / "seed" / "grade.py").same_name
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, expected, text in documents(shared, pattern):
        records = [a for a in expected["attributions"] if a["cue"]]
        known = {a["id"] for a in records}
        records = [a if a.get("within") in known else {**a, "within": None} for a in records]
        found = names.find(text, network.encode(net, windows(text, vocabulary)))
        resolved, entities = speakers.resolve(text, [given(a) for a in records], found)
        called = {e.id: e for e in entities}
        for record, a in zip(records, resolved, strict=True):
            if record.get("borderline"):
                continue
            also = record.get("speaker_also") or []
            wanted = [w for w in (record["speaker"], *([also] if isinstance(also, str) else also)) if w]
            got = called[a.speaker].name if a.speaker else None
            if wanted:
                total["speaker"] += 1
                hit = any(same_name(w, got) for w in wanted)
                right["speaker"] += hit
                if verbose and not hit:
                    print(
                        f"{name} speaker {wanted[0]!r} got {got!r}: {[text[s:e] for s, e in a.source]} {[text[s:e] for s, e in a.cue]}"
                    )
            if record.get("speaker_kind"):
                total["kind"] += 1
                right["kind"] += record["speaker_kind"] == a.speaker_kind
                if verbose and record["speaker_kind"] != a.speaker_kind:
                    print(
                        f"{name} kind {record['speaker_kind']} got {a.speaker_kind}: {[text[s:e] for s, e in a.source]}"
                    )
            if record.get("venue"):
                total["venue"] += 1
                venue = called[a.venue].name if a.venue else None
                right["venue"] += same_name(record["venue"], venue)
                if verbose and not same_name(record["venue"], venue):
                    print(f"{name} venue {record['venue']} got {venue}: {[text[s:e] for s, e in a.cue]}")
        for e in expected.get("entities", []):
            if "mentions_at_least" in e and not e.get("borderline"):
                total["entity"] += 1
                hits = [x for x in entities if any(same_name(c, x.name) for c in (e["name"], *(e.get("also") or [])))]
                right["entity"] += any(len(x.mentions) >= e["mentions_at_least"] for x in hits)
                if e.get("role"):
                    total["role"] += 1
                    right["role"] += any((x.role or "").lower() == e["role"].lower() for x in hits)
                    if verbose:
                        print("   role", e["role"], "|", [(x.name, x.role, x.country) for x in hits])
    return {k: right[k] / n for k, n in total.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--checkpoint", type=Path, help="a PyTorch checkpoint to use instead of the shipped network")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    net: Network
    if args.checkpoint:
        from training.runner import TorchNetwork

        net = TorchNetwork(args.checkpoint)
    else:
        net = network.shipped()
    for pattern in ("seed", "GUM_news_*", "geovirus_*"):
        print(
            pattern,
            {k: round(v, 3) for k, v in score(args.shared, pattern, net, network.vocabulary(), args.verbose).items()},
        )


if __name__ == "__main__":
    main()
