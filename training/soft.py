"""Soft labels: what several trained networks say of every training window, for another to learn beside the annotation.

Each teacher was trained without one part of the documents (`training.train --leave-out`). Where a window is annotated,
only teachers that have not seen it are asked: what they doubt, annotators are of two minds about. Elsewhere all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.batches import Labels, Roles, Store, batch, cues_of, segments_of, tokens_of
from training.network import CUE_TAGS, FACT_SETS, NAME_TAGS, ROLE_TAGS, STYLES, Network

SIZE = 128  # windows at once


def in_both_styles(net: Network, states: Tensor, roles: Roles) -> Tensor:
    """The role head's log-probabilities (K, S, 2, 3)."""
    answers = []
    for style in range(STYLES):
        own = torch.full_like(roles.own, style)
        answers.append(net.roles(states.flatten(0, 1), roles.at, roles.inside, roles.distance, own, roles.valid))
    return torch.stack(answers, 2).float().log_softmax(-1)


@torch.inference_mode()
def answers(net: Network, kept: Store) -> Labels:
    """What a network says of all windows."""
    net.eval()
    device, tokens = kept.flat.pieces.device, len(kept.flat.first)
    out = Labels(
        torch.zeros(tokens, STYLES, CUE_TAGS, device=device),
        torch.zeros(tokens, NAME_TAGS, device=device),
        torch.zeros(tokens, FACT_SETS, device=device),
        torch.zeros(len(kept.flat.at), STYLES, ROLE_TAGS, device=device),
    )
    order = sorted(range(len(kept.pieces)), key=lambda n: kept.pieces[n])
    for at in range(0, len(order), SIZE):
        numbers = order[at : at + SIZE]
        some = batch(kept, numbers)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            states, cues, names, facts = net.encode(some.pieces, some.features, some.first, some.valid)
            said = [in_both_styles(net, states, r) for r in some.roles]
        where, valid = tokens_of(kept, numbers)
        cues = cues.float().unflatten(-1, (STYLES, CUE_TAGS)).log_softmax(-1)
        for kind, values in zip(out, (cues, names.float().log_softmax(-1), facts.float()), strict=False):
            kind[where[valid]] = values[valid]
        for part, values in zip(cues_of(kept, numbers), said, strict=True):
            where, valid = segments_of(kept, part)
            out.roles[where[valid]] = values[valid]
    return Labels(*(x.half().cpu() for x in out))


def save(path: Path, labels: Labels, left_out: int) -> None:
    """Writes a teacher's answers with the part that it has not seen (-1 for none)."""
    torch.save({"left out": left_out, **labels._asdict()}, path)


def mean(teachers: Sequence[tuple[int, Tensor]], fold: Tensor, annotated: Tensor) -> Tensor:
    """The mean over teachers (left-out part, values) of values (N, …): all where not annotated, else those that left out the fold."""
    total, count = torch.zeros_like(teachers[0][1], dtype=torch.float32), torch.zeros(len(fold))
    for left_out, values in teachers:
        asked = (~annotated | (fold == left_out)).float()
        total += values.float() * asked.view(-1, *[1] * (values.dim() - 1))
        count += asked
    return total / count.view(-1, *[1] * (total.dim() - 1))


def labelled(kept: Store, paths: Sequence[Path]) -> Store:
    """The store with the mean of the teachers' answers. What is annotated and every teacher has seen gets NaN, which is not learned."""
    saved = [torch.load(path, weights_only=True) for path in paths]
    fold = torch.tensor(kept.folds)
    segments = torch.tensor([sum(kept.lengths[c] for c in cues) for cues in kept.cues])

    def of(name: str, head: int, sizes: Tensor) -> Tensor:
        has = torch.tensor([h[head] for h in kept.has]).repeat_interleave(sizes)
        linear = name == "facts"
        teachers = [(s["left out"], s[name] if linear else s[name].float().exp()) for s in saved]
        found = mean(teachers, fold.repeat_interleave(sizes), has)
        return found if linear else found.clamp(min=1e-6).log()

    tokens = torch.tensor(kept.tokens)
    soft = Labels(of("cues", 0, tokens), of("names", 1, tokens), of("facts", 2, tokens), of("roles", 0, segments))
    return kept._replace(soft=soft)
