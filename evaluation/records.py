"""Scores figures, dates, conditions and misquotes on the Wikinews records and the seed: `python -m evaluation.records`.

Spans are those of the annotated text, which is read as it stands; the definitions are those of `seed/grade.py`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from onrecord.model import Dated
from onrecord.read import conditions, dates, figures, findings


def load_module(path: Path) -> ModuleType:
    """A script as a module, from where it lies."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(shared: Path, pattern: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(name, expected, text) of the annotated articles."""
    if pattern == "seed":
        seed = shared / "seed"
        yield (
            "seed",
            json.loads((seed / "expected.json").read_text(encoding="utf-8")),
            (seed / "article.txt").read_text(encoding="utf-8"),
        )
        return
    folder = shared / "gold" / "wikinews_attributions"
    for path in sorted(folder.glob(pattern + ".json")):
        yield (
            path.stem,
            json.loads(path.read_text(encoding="utf-8")),
            (folder / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8"),
        )


def reading(expected: dict[str, Any], text: str) -> dict[str, Any]:
    """The records of this module's concern, in a Reading's shape."""
    when = expected["article"].get("published") or ("2022-10-15" if "dates_given_2022_10_15" in expected else None)
    published = Dated(value=when, evidence="given") if when else None
    found = dates.find(text, published)
    parts = {"dates": found, "figures": figures.find(text, found), "conditions": conditions.find(text),
             "findings": findings.misquotes(expected["article"].get("title"), text)}  # fmt: skip
    return {
        **msgspec.to_builtins(parts),
        "article": {"text": text, "published": {"value": when} if when else None},
        "attributions": [],
    }


def score(shared: Path, pattern: str, verbose: bool = False) -> dict[str, tuple[int, int]]:
    """The grader's tallies over the articles."""
    grade = load_module(shared / "seed" / "grade.py")
    tally: dict[str, tuple[int, int]] = {}
    for name, expected, text in documents(shared, pattern):
        got = reading(expected, text)
        only = {
            k: v
            for k, v in expected.items()
            if k in ("figures", "dates", "dates_given_2022_10_15", "conditions", "misquote")
        }
        before = dict(tally)
        grade.grade({"attributions": [], "article": {}, **only}, text, got, tally, [])
        if verbose:
            details(name, before, tally, got, text)
    return tally


def details(name: str, before: dict[str, Any], after: dict[str, Any], got: dict[str, Any], text: str) -> None:
    """Prints what was read in an article that is not perfect."""
    for key in ("figures.recall", "figures.precision", "dates", "conditions", "conditions.precision"):
        (h0, n0), (h1, n1) = before.get(key, (0, 0)), after.get(key, (0, 0))
        if h1 - h0 < n1 - n0:
            print(f"{name} {key} {h1 - h0}/{n1 - n0}")
    for f in got["figures"]:
        print("   figure", repr(text[slice(*f["span"])]), f["value"], f["comparator"], f["unit"], f["status"])
    for d in got["dates"]:
        print("   date", repr(text[slice(*d["span"])]), d["value"])
    for c in got["conditions"]:
        print("   condition", c["kind"], repr(text[slice(*c["if"][0])]), "=>", repr(text[slice(*c["then"][0])]))
    for f in got["findings"]:
        print("   finding", f["note"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    for pattern in ("seed", "GUM_news_*", "geovirus_*"):
        tally = score(args.shared, pattern, args.verbose)
        print(pattern, {k: f"{h}/{n}" for k, (h, n) in sorted(tally.items()) if n and not k.startswith("attribution")})


if __name__ == "__main__":
    main()
