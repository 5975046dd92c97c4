"""Examples as flat tensors, on any device, and padded batches cut out of them.

Shapes: n windows with P pieces and N tokens in all, c cues whose segments have M tokens in all; of a batch: B windows, L pieces, T tokens,
K cues, S tokens of a segment. -100 (numbers) and NaN (scores) are not judged.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import torch
from torch import Tensor

from onrecord.read.windows import REACH, segment
from training.data import IGNORE, Example
from training.network import FACT_SETS, STYLES

STEP = 16  # widths on a GPU are multiples of it


class Labels(NamedTuple):
    """What a network, or several, say of all windows."""

    cues: Tensor  # (N, 2, 3) log-probabilities
    names: Tensor  # (N, 9) log-probabilities
    facts: Tensor  # (N, 4) scores
    roles: Tensor  # (M, 2, 3) log-probabilities in both styles


class Flat(NamedTuple):
    """All windows as tensors."""

    pieces: Tensor  # (P,)
    features: Tensor  # (P,)
    first: Tensor  # (N,), within the window
    cues: Tensor  # (N, 2), judged in one style at most
    names: Tensor  # (N,)
    facts: Tensor  # (N, 4)
    at: Tensor  # (M,), the token within the window
    inside: Tensor  # (M,)
    distance: Tensor  # (M,)
    roles: Tensor  # (M,)
    starts: Tensor  # (n, 2), each window's first piece and token
    sizes: Tensor  # (n, 2), how many it has
    segments: Tensor  # (c, 2), each segment's first token and length
    style: Tensor  # (n,)


class Store(NamedTuple):
    """All windows, with what is asked of them one by one."""

    flat: Flat
    soft: Labels | None
    pieces: list[int]  # how many each window has
    tokens: list[int]
    cues: list[range]  # each window's
    lengths: list[int]  # of the cues' segments
    folds: list[int]
    has: list[tuple[bool, bool, bool]]  # whether cues (and so roles), names and facts are annotated


class Roles(NamedTuple):
    """A part of a batch's cues, padded: (K, S) but for `own` (K,) and `soft` (K, S, 2, 3)."""

    at: Tensor
    inside: Tensor
    distance: Tensor
    valid: Tensor
    goal: Tensor
    own: Tensor
    soft: Tensor | None


class Batch(NamedTuple):
    """Windows, padded."""

    pieces: Tensor
    features: Tensor
    valid: Tensor
    first: Tensor
    cues: Tensor
    names: Tensor
    facts: Tensor
    soft: tuple[Tensor, Tensor, Tensor] | None
    roles: list[Roles]


def store(examples: Sequence[Example]) -> Store:
    """All windows as flat tensors."""
    rows: dict[str, list[Any]] = {
        name: [] for name in ("pieces", "features", "first", "cues", "names", "at", "inside", "distance", "roles")
    }
    cues: list[range] = []
    lengths: list[int] = []
    for e in examples:
        window, tokens = e.window, len(e.window.spans)
        rows["pieces"] += window.pieces
        rows["features"] += window.features
        rows["first"] += window.first
        judged = e.cues or [IGNORE] * tokens
        rows["cues"] += [[t if s == e.style else IGNORE for s in range(STYLES)] for t in judged]
        rows["names"] += e.names or [IGNORE] * tokens
        cues.append(range(len(lengths), len(lengths) + len(e.roles)))
        for cue, tags in e.roles:
            a, b = segment(window, cue)
            far = (t - cue[0] if t < cue[0] else max(0, t - cue[-1]) for t in range(a, b))
            rows["at"] += range(a, b)
            rows["inside"] += [int(t in cue) for t in range(a, b)]
            rows["distance"] += [min(max(d, -REACH), REACH) + REACH for d in far]
            rows["roles"] += tags[a:b]
            lengths.append(b - a)
    sizes = [(len(e.window.pieces), len(e.window.spans)) for e in examples]
    starts = list(zip(*([0, *accumulate(s)][:-1] for s in zip(*sizes, strict=True)), strict=True))
    facts = torch.full((len(rows["first"]), FACT_SETS), math.nan)
    for e, (_, start) in zip(examples, starts, strict=True):
        for token, column, score in e.facts:
            facts[start + token, column] = score
    made = {name: torch.tensor(values) for name, values in rows.items()}
    segments = torch.tensor(list(zip([0, *accumulate(lengths)][:-1], lengths, strict=True)))
    style = torch.tensor([float(e.style) for e in examples])
    flat = Flat(
        facts=facts, starts=torch.tensor(starts), sizes=torch.tensor(sizes), segments=segments, style=style, **made
    )
    has = [(e.cues is not None, e.names is not None, bool(e.facts)) for e in examples]
    pieces, tokens = [p for p, _ in sizes], [t for _, t in sizes]
    return Store(flat, None, pieces, tokens, cues, lengths, [e.fold for e in examples], has)


def on(kept: Store, device: torch.device) -> Store:
    """The store on a device."""
    soft = Labels(*(x.to(device) for x in kept.soft)) if kept.soft else None
    return kept._replace(flat=Flat(*(x.to(device) for x in kept.flat)), soft=soft)


def places(start: Tensor, size: Tensor, width: int) -> tuple[Tensor, Tensor]:
    """Where the cells of padded rows are in the flat tensors, and which are no padding: (B, width) both."""
    cell = torch.arange(width, device=start.device)
    valid = cell < size.unsqueeze(1)
    return torch.where(valid, start.unsqueeze(1) + cell, 0), valid


def cut(values: Tensor, where: tuple[Tensor, Tensor], fill: float) -> Tensor:
    """Padded rows out of flat values."""
    at, valid = where
    rows = values[at]
    return torch.where(valid.view(*valid.shape, *[1] * (rows.dim() - 2)), rows, fill)


def width(sizes: Iterable[int], device: torch.device) -> int:
    """How wide padded rows are: on a GPU in steps, as each new width costs it time to choose how to work."""
    step = STEP if device.type == "cuda" else 1
    return math.ceil(max(sizes) / step) * step


def tokens_of(kept: Store, numbers: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Where the tokens of some windows are, padded."""
    chosen = torch.tensor(numbers).to(kept.flat.starts.device)
    wide = width((kept.tokens[n] for n in numbers), chosen.device)
    return places(kept.flat.starts[chosen, 1], kept.flat.sizes[chosen, 1], wide)


def cues_of(kept: Store, numbers: Sequence[int]) -> list[list[tuple[int, int]]]:
    """The cues of some windows as (row of the batch, number of the cue), in two parts: the shorter segments first."""
    found = [(row, cue) for row, n in enumerate(numbers) for cue in kept.cues[n]]
    found.sort(key=lambda f: kept.lengths[f[1]])
    half = math.ceil(len(found) / 2)
    return [part for part in (found[:half], found[half:]) if part]


def segments_of(kept: Store, part: Sequence[tuple[int, int]]) -> tuple[Tensor, Tensor]:
    """Where the segments of some cues are, padded."""
    chosen = torch.tensor([cue for _, cue in part]).to(kept.flat.segments.device)
    start, length = kept.flat.segments[chosen].unbind(1)
    return places(start, length, width((kept.lengths[cue] for _, cue in part), chosen.device))


def roles(kept: Store, numbers: Sequence[int], part: Sequence[tuple[int, int]], wide: int) -> Roles:
    """Some cues of a batch whose windows have so many tokens, padded."""
    flat, where = kept.flat, segments_of(kept, part)
    row = torch.tensor([row for row, _ in part]).to(flat.at.device)
    own = flat.style[torch.tensor([numbers[row] for row, _ in part]).to(flat.at.device)]
    at = torch.where(where[1], cut(flat.at, where, 0) + row.unsqueeze(1) * wide, 0)
    soft = cut(kept.soft.roles, where, math.nan) if kept.soft else None
    inside, distance, goal = (cut(x, where, f) for x, f in ((flat.inside, 0), (flat.distance, 0), (flat.roles, IGNORE)))
    return Roles(at, inside, distance, where[1].long(), goal, own, soft)


def batch(kept: Store, numbers: Sequence[int]) -> Batch:
    """Some windows, padded."""
    flat = kept.flat
    chosen = torch.tensor(numbers).to(flat.starts.device)
    wide = width((kept.pieces[n] for n in numbers), chosen.device)
    pieces, tokens = places(flat.starts[chosen, 0], flat.sizes[chosen, 0], wide), tokens_of(kept, numbers)
    soft = tuple(cut(x, tokens, math.nan) for x in kept.soft[:3]) if kept.soft else None
    return Batch(
        cut(flat.pieces, pieces, 0),
        cut(flat.features, pieces, 0),
        pieces[1].long(),
        cut(flat.first, tokens, 0),
        cut(flat.cues, tokens, IGNORE),
        cut(flat.names, tokens, IGNORE),
        cut(flat.facts, tokens, math.nan),
        soft,  # type: ignore[arg-type]
        [roles(kept, numbers, part, tokens[0].size(1)) for part in cues_of(kept, numbers)],
    )


def order(kept: Store, numbers: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    """One epoch of some windows in random order; those of like length go together so that padding stays small."""
    mixed = list(numbers)
    rng.shuffle(mixed)
    chunks = []
    for at in range(0, len(mixed), size * 20):
        chunk = sorted(mixed[at : at + size * 20], key=lambda n: kept.pieces[n])
        chunks += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(chunks)
    yield from chunks


def endless(kept: Store, numbers: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Batches of one epoch after another."""
    while True:
        yield from order(kept, numbers, size, rng)
