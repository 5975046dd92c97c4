"""Scores kind, act, negation and certainty on annotated attributions: `python -m evaluation.manner --shared ../shared`."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.read import manner, quotes

FIELDS = ("kind", "act", "negated", "certainty")


def records(shared: Path, pattern: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(text, annotated attribution) pairs."""
    folder = shared / "gold" / "wikinews_attributions"
    for path in sorted(folder.glob(pattern + ".json")):
        text = (folder / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield from (
            (text, a) for a in json.loads(path.read_text(encoding="utf-8"))["attributions"] if a["cue"] and a["content"]
        )


def judge(text: str, record: dict[str, Any]) -> dict[str, Any]:
    """What `manner` says of an annotated attribution."""
    cue, content = tuple(map(tuple, record["cue"])), tuple(map(tuple, record["content"]))
    what = manner.act(text, cue, content)
    denied = manner.negated(text, cue)
    how = manner.kind(text, cue, content, quotes.quoted(text), quotes.single(text))
    return {
        "kind": how,
        "act": what,
        "negated": denied,
        "certainty": manner.certainty(text, cue, content, what, denied),
    }


def score(shared: Path, pattern: str, verbose: bool = False) -> dict[str, float]:
    """The share right of each field, over required and borderline records alike."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text, record in records(shared, pattern):
        got = judge(text, record)
        for field in FIELDS:
            if record.get(field) is None:
                continue
            total[field] += 1
            right[field] += got[field] == record[field]
            if verbose and got[field] != record[field]:
                words = [text[s:e] for s, e in record["cue"]], [text[s:e][:60] for s, e in record["content"]]
                print(f"{field}: {record[field]} read as {got[field]}: {words}")
    return {f: right[f] / total[f] for f in FIELDS if total[f]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    for pattern in ("GUM_news_*", "geovirus_*"):
        print(pattern, {k: round(v, 3) for k, v in score(args.shared, pattern, args.verbose).items()})


if __name__ == "__main__":
    main()
