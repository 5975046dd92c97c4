"""Every figure against its floor: `make gate`. Exits 1 where one falls below; floors only rise.

`floors.toml` holds the floors, each with the goal it is on the way to. Raising: edit the file. Lowering takes a reason in the file.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from evaluation import (
    accounts,
    articles,
    certainty,
    conditions,
    copies,
    dates,
    entities,
    events,
    identity,
    manner,
    pages,
    places,
    polnear,
    speakers,
    stories,
)
from evaluation import figures as numbers
from onrecord.read import network

FLOORS = Path(__file__).with_name("floors.toml")


def figures(shared: Path) -> dict[str, float]:
    """All figures by the names that the floors use."""
    found = {f"polnear dev: {k}": v for k, v in polnear.summary(polnear.score(shared)).items()}
    quick = network.shipped(fast=True)
    found |= {f"fast, polnear dev: {k}": v for k, v in polnear.summary(polnear.score(shared, quick)).items()}
    for name in ("seed", "GUM_news_*"):
        found |= {f"fast, {name}: {k}": v for k, v in articles.score(shared, name, quick).items()}
    for name in articles.SETS:
        found |= {f"{name}: {k}": v for k, v in articles.score(shared, name).items()}
    for pattern in ("GUM_news_*", "geovirus_*"):
        found |= {f"given spans, {pattern}: {k}": v for k, v in manner.score(shared, pattern).items()}
        given = speakers.score(shared, pattern, network.shipped(), network.vocabulary())
        found |= {f"given spans, {pattern}: {k}": v for k, v in given.items()}
    measured = entities.figures(shared, network.shipped())
    found |= {k: v for k, v in measured.items() if not k.endswith(" n")}
    found |= {f"figures, {k}": v for k, v in numbers.score(shared).items()}
    found |= {f"conditions, {k}": v for k, v in conditions.score(shared).items()}
    found |= dates.score(shared)
    found |= {f"places: {k}": v for k, v in places.score(shared).items() if k.startswith("all, ")}
    found |= {f"certainty, {k}": v for k, v in certainty.score(shared).items()}
    told = stories.score(shared / "gold" / "ecb_stories" / "docs.jsonl", shuffles=2)
    found |= {f"stories, ECB+: {k}": v for k, v in told.items() if "order" not in k}
    found |= {f"events, {k}": v for k, v in events.score(shared).items()}
    found |= {f"accounts, {k}": v for k, v in accounts.score(shared).items()}
    found |= {f"copies, {k}": v for k, v in copies.score(shared).items()}
    found |= {f"identity, {k}": v for k, v in identity.score(shared).items()}
    found |= {f"pages: {k}": v for k, v in pages.score(shared / "pages", verbose=False).items()}
    found["pages: body F1 above trafilatura"] = found["pages: body F1"] - found["pages: body F1 of trafilatura"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    found = figures(args.shared)
    failed = 0
    print(f"{'figure':64} {'measured':>9} {'floor':>8} {'goal':>8}")
    for name, value in found.items():
        entry = table.get(name, {})
        floor, ceiling, goal = entry.get("floor"), entry.get("ceiling"), entry.get("goal")
        bad = (floor is not None and value < floor) or (ceiling is not None and value > ceiling)
        failed += bad
        bound = floor if floor is not None else ceiling
        print(
            f"{name:64} {value:9.4f} {bound if bound is not None else '':>8} {goal if goal is not None else '':>8} {'BELOW ITS FLOOR' if bad else ''}"
        )
    missing = sorted(set(table) - set(found))
    for name in missing:
        print(f"{name}: has a floor and was not measured")
    sys.exit(1 if failed or missing else 0)


if __name__ == "__main__":
    main()
