"""Where the time of reading goes: `python -m benchmarks.profile`.

Milliseconds of processor time for an article of 750 words, by part, over the pages of `benchmarks.bench`. The parts are timed by
wrapping their entry points, which costs next to nothing; "the rest" is what none of them has. `--fast` times the fast reader.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bench import WORDS, articles_in, pages, whole
from onrecord import pipeline
from onrecord.model import Capture
from onrecord.parse import parse
from onrecord.read import (
    attributions,
    conditions,
    dates,
    events,
    figures,
    findings,
    names,
    network,
    places,
    speakers,
)

PARTS = (
    ("parse", pipeline, "parse_capture"),
    ("encoder", network, "encode"),
    ("role head", network, "roles"),
    ("attributions, rules", attributions, "find"),
    ("names", names, "find"),
    ("speakers", speakers, "resolve"),
    ("dates", dates, "find"),
    ("figures", figures, "find"),
    ("places", places, "find"),
    ("events", events, "find"),
    ("conditions", conditions, "find"),
    ("findings", findings, "misquotes"),
)


def watched(spent: Counter[str], stack: list[str], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its own time counted under a name, without that of the parts that it calls."""

    def call(*args: Any, **kwargs: Any) -> Any:
        begun = time.process_time()
        stack.append(name)
        try:
            return work(*args, **kwargs)
        finally:
            took = time.process_time() - begun
            stack.pop()
            spent[name] += took
            if stack:
                spent[stack[-1]] -= took

    return call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--fast", action="store_true", help="the fast reader")
    args = parser.parse_args()
    bodies = pages(args.shared)
    articles = articles_in(parse(Capture(name="x", body=b)).text for b in bodies)
    whole(bodies[0], args.fast)
    spent: Counter[str] = Counter()
    stack: list[str] = []
    for name, module, function in PARTS:
        setattr(module, function, watched(spent, stack, name, getattr(module, function)))
    begun = time.process_time()
    for body in bodies:
        whole(body, args.fast)
    total = time.process_time() - begun
    print(f"{len(bodies)} pages, {articles:.0f} articles of {WORDS} words: {total / articles * 1000:.1f} ms each")
    for name, seconds in [*spent.most_common(), ("the rest", total - spent.total())]:
        print(f"  {name:22} {seconds / articles * 1000:7.1f} ms  {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
