"""Trains teachers side by side, then students that learn from them too, then the mean of these: `python -m training.distil --names DIR --encoder DIR --resume NARROW.pt --out DIR`.

1. The windows are read once. With `--beside 1` the trainings run in this process, one after the other; else each is a process split off from it, so many at a time.
2. Teachers, as large as the encoder that `--teacher` names: each leaves out one part of the documents and writes what it says of every window.
3. Students start from `--resume`, learn from the annotation and from the teachers that have not seen a window, and differ in their seed.
4. `mean.pt` holds the mean of the students' weights.

`--minutes` is for one training.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import torch

from training import data, soft, train
from training.batches import Store


def run(jobs: Sequence[argparse.Namespace], kept: Store, shown: list[int], held: Store | None, beside: int) -> None:
    """Trains each, in a process of its own where several run at a time. Raises RuntimeError where one of these fails."""
    if beside == 1:
        for job in jobs:
            train.train(job, kept, shown, held)
        return
    for at in range(0, len(jobs), beside):
        children = []
        for job in jobs[at : at + beside]:
            child = os.fork()
            if not child:
                status = 1
                try:
                    train.train(job, kept, shown, held)
                    status = 0
                finally:
                    os._exit(status)
            children.append(child)
        ended = [os.waitpid(child, 0)[1] for child in children]
        if any(ended):
            raise RuntimeError("a training failed")


def with_(args: argparse.Namespace, name: str, **values: object) -> argparse.Namespace:
    """The arguments of one training."""
    return argparse.Namespace(**{**vars(args), "out": args.out / f"{name}.pt", "labels_out": None, **values})


def distil(args: argparse.Namespace) -> None:
    if args.beside > 1:
        torch.set_num_threads(1)  # threads do not outlive the splitting
    args.out.mkdir(parents=True, exist_ok=True)
    kept, shown, held = train.load(args)
    labels = [args.out / f"labels{n}.pt" for n in range(args.teachers)]
    own = {"encoder": args.teacher or args.encoder, "rate": args.teacher_rate, "decay": 0.99, "resume": None}
    teachers = [
        with_(args, f"teacher{n}", leave_out=n % data.FOLDS, labels_out=path, seed=args.seed + 100 + n, **own)
        for n, path in enumerate(labels)
    ]
    run(teachers, kept, shown, held, args.beside)
    names = [f"student{n}" for n in range(args.students)]
    students = [with_(args, name, seed=args.seed + n) for n, name in enumerate(names)]
    run(students, soft.labelled(kept, labels), shown, held, args.beside)
    states = [torch.load(args.out / f"{name}.pt", weights_only=True) for name in names]
    mean = {k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]}
    torch.save(mean, args.out / "mean.pt")


def main() -> None:
    parser = train.parser()
    parser.description = __doc__
    parser.add_argument("--teachers", type=int, default=data.FOLDS, help="one for each part of the documents, at least")
    parser.add_argument("--teacher", type=Path, help="folder with the teachers' encoder, where it is another one")
    parser.add_argument("--teacher-rate", type=float, default=1e-4)
    parser.add_argument("--students", type=int, default=3)
    parser.add_argument("--beside", type=int, default=1, help="how many trainings run at a time")
    distil(parser.parse_args())


if __name__ == "__main__":
    main()
