"""How the weights of `resolve/identity` were made: `python -m training.identity --shared ../shared` writes `onrecord/lexicon/identity_weights.toml`.

Logistic regression, one for persons and one for everything else, over the features of `resolve/alike` on the name pairs of nomenklatura's benchmark (MIT licence).
Every weight keeps the sign that its feature has by its meaning, or is 0. Pairs where a rule decides or takes part (contradictions, acronyms, surnames alone, other first names, words
that only one body has) are left out. `python -m evaluation.identity` does the same on four folds of five, to measure on the fifth.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.model import EntityType
from onrecord.resolve import alike, identity, spelling

PENALTY = 3.0  # of squared weights; 1, 3 and 10 do as well as one another in five folds
STEPS = 4000
FOLDS = 5
OUT = Path(__file__).parent.parent / "onrecord" / "lexicon" / "identity_weights.toml"
Array = np.ndarray[Any, np.dtype[np.float64]]


class Row(NamedTuple):
    """A pair of names and whether they are one's."""

    schema: str
    type: EntityType
    a: str
    b: str
    same: bool


def pairs(shared: Path) -> Iterator[Row]:
    """The pairs, those of legal entities and vessels as organisations."""
    with (shared / "gold" / "name_pairs" / "cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind: EntityType = "person" if row["schema"] == "Person" else "organisation"
            yield Row(row["schema"], kind, row["name1"], row["name2"], row["is_match"] == "true")


def fold_of(row: Row) -> int:
    """Which of the folds a pair is in."""
    return int(hashlib.sha256(row.b.encode()).hexdigest(), 16) % FOLDS


def features(row: Row) -> list[float] | None:
    """The features of a pair; None where a rule decides or takes part."""
    a, b = alike.in_order(spelling.spelled(row.a, row.type), spelling.spelled(row.b, row.type))
    if row.type == "person":
        alikeness, other_given = alike.person(a, b)
        ruled = bool(alike.clash(a, b, True)) or other_given or identity.bare(a, b) is not None
        return None if ruled else list(alikeness.values())
    found, more = alike.body(a, b)
    ruled = bool(alike.clash(a, b, False) or alike.acronym(a, b)[0] or more) or alike.other_form(a, b)
    return None if ruled else list(found.values())


def fit(x: Array, y: Array, signs: Array) -> Array:
    """Weights of the features as they are: accelerated projected gradient on standardised ones."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    mean[0], spread[0] = 0.0, 1.0
    z = (x - mean) / spread
    penalty = np.full(len(signs), PENALTY)
    penalty[0] = 0
    step = 1 / (np.linalg.norm(z, 2) ** 2 / 4 + PENALTY)
    w = v = np.zeros(len(signs))
    t = 1.0
    for _ in range(STEPS):
        new = v - step * (z.T @ (1 / (1 + np.exp(-z @ v)) - y) + penalty * v)
        new = np.where((signs != 0) & (new * signs < 0), 0, new)
        after = (1 + (1 + 4 * t * t) ** 0.5) / 2
        w, v, t = new, new + (t - 1) / after * (new - w), after
    found = w / spread
    found[0] = w[0] - (w[1:] * mean[1:] / spread[1:]).sum()
    return np.asarray(found)


def trained(rows: list[Row], people: bool) -> dict[str, float]:
    """The weights from some pairs."""
    table = alike.PERSON if people else alike.BODY
    data = [(f, r.same) for r in rows if (r.type == "person") == people and (f := features(r))]
    x, y = np.array([f for f, _ in data]), np.array([float(same) for _, same in data])
    found = fit(x, y, np.array(list(table.values())))
    return {name: round(float(w), 3) + 0.0 for name, w in zip(table, found, strict=True)}


def written(rows: list[Row]) -> str:
    """The weights file."""
    lines = ["# Weights of the features of resolve/alike, in logits. Made with: python -m training.identity"]
    for head, people in (("person", True), ("body", False)):
        lines += ["", f"[{head}]", *(f'"{k}" = {w}' for k, w in trained(rows, people).items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    OUT.write_text(written(list(pairs(args.shared))), encoding="utf-8")


if __name__ == "__main__":
    main()
