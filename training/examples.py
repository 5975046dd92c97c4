"""Loads all training windows, in an order that is always the same."""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord.read.windows import Vocabulary
from training import data
from training.data import Example

HERE = Path(__file__).parent


def load(args: argparse.Namespace) -> tuple[list[Example], list[Example]]:
    """What is annotated in our own style, and all else. Prints how many each set has."""
    vocabulary = Vocabulary((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    polnear = list(data.polnear(args.gold / "polnear" / "train.jsonl", vocabulary))
    if args.with_dev:
        polnear += data.polnear(args.gold / "polnear" / "dev.jsonl", vocabulary)
    wikinews = list(
        data.wikinews(args.gold / "wikinews_attributions", "*" if args.with_dev else "geovirus_*", vocabulary)
    )
    own = list(data.annotated(HERE / "annotations" / "wikinews.jsonl", args.gold, vocabulary))
    own += data.written(HERE / "written", vocabulary)
    sets = {
        "wikinews": wikinews,
        "own": own,
        "polnear": polnear,
        "nested": list(data.nested(args.gold / "polnear" / "train.jsonl", vocabulary, args.nested)),
        "names": list(data.names(args.names / "train.jsonl", vocabulary)) if args.names else [],
        "facts": list(data.facts(args.gold / "factuality", vocabulary)),
    }
    for what, some in sets.items():
        pieces, cues = sum(len(e.window.pieces) for e in some), sum(len(e.roles) for e in some)
        print(f"{what}: {len(some)} windows, {pieces} pieces, {cues} cues, {sum(len(e.facts) for e in some)} facts")
    return wikinews + own, [e for what, some in sets.items() if what not in ("wikinews", "own") for e in some]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the training windows come from, and how often each set is shown."""
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--names", type=Path, help="folder made by training/names_data.py")
    parser.add_argument(
        "--encoder",
        type=Path,
        required=True,
        help="folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2",
    )
    parser.add_argument("--with-dev", action="store_true", help="train on the development parts too")
    parser.add_argument("--nested", type=int, default=500)
    parser.add_argument(
        "--own", type=int, default=4, help="how often an epoch shows what is annotated in our own style"
    )
