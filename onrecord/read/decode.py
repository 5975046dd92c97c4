"""From probabilities to spans: cues, then for each cue its source and content.

1. Cues: runs of tokens whose probability of belonging to a cue reaches a threshold, cut where a new one begins.
2. Content: the best path through outside/source/content (Viterbi) on which every change of label costs; changing
   inside a quotation costs more, since people are quoted in whole quotations. Fragments come free.
3. Source: the run with the greatest evidence for being the source.

The costs and thresholds were chosen on PolNeAR's development part: `python -m evaluation.tune`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.read.network import Cue, Encoded, Floats
from onrecord.read.windows import INSIDE, MARK, SHAPES, Window, segment
from onrecord.text import Span, Spans

OUTSIDE_TAG, SOURCE_TAG, CONTENT_TAG = range(3)
CUE_THRESHOLD = 0.5
CHANGE = 2.0  # nats for changing the label between neighbouring tokens
IMPOSSIBLE = -50.0  # nats
CHANGE_INSIDE = 2.0  # nats more between two tokens of one quotation


class Draft(NamedTuple):
    """An attribution as decoded: token numbers within one window, and two probabilities."""

    window: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    cue_probability: float
    content_probability: float  # the mean over the content's words; the styles differ on its quotation marks


def cues(encoded: Sequence[Encoded], own: float, threshold: float = CUE_THRESHOLD) -> list[tuple[Cue, float]]:
    """The cues of all windows with their probabilities, in order of the text; `own` is the share of our style, against PolNeAR's."""
    if not encoded:
        return []
    polnear, reading = np.exp(np.concatenate([e.cues for e in encoded])).swapaxes(0, 1)
    outside, begin, inside = ((1 - own) * polnear + own * reading).T
    starts = [0, *accumulate(len(e.cues) for e in encoded)]  # of each window among the tokens of all
    found, run = [], list[int]()
    for t in [*np.flatnonzero(1 - outside >= threshold).tolist(), -1]:
        if run and (t != run[-1] + 1 or begin[t] > inside[t] or t in starts):
            number = bisect_right(starts, run[0]) - 1
            tokens = tuple(x - starts[number] for x in run)
            found.append((Cue(number, tokens), float((1 - outside[run]).max())))
            run = []
        run.append(t)
    return found


def best_paths(scores: NDArray[np.float32], costs: NDArray[np.float32]) -> NDArray[np.int64]:
    """Viterbi for K sequences at once: scores (K, S, 3), costs (K, S) of a change into each position -> labels (K, S)."""
    k, steps = scores.shape[:2]
    gain, cost = np.ascontiguousarray(scores.swapaxes(0, 1)), np.ascontiguousarray(costs.T)[:, :, None]
    total, moved = (
        gain.copy(),
        np.zeros((steps, k, 1), dtype=np.float32),
    )  # the best up to a step; the same less a change
    for s in range(1, steps):
        before = total[s - 1]
        np.subtract(np.maximum.reduce(before, axis=1, keepdims=True), cost[s], out=moved[s])
        np.add(np.maximum(before, moved[s]), gain[s], out=total[s])
    best, changed = total.argmax(2), np.ascontiguousarray((total[:-1] < moved[1:]).transpose(1, 2, 0))
    path = np.zeros((k, steps), dtype=np.int64)
    for n in range(k):
        end = steps
        while end:  # the run of one label that ends here
            label = best[end - 1, n]
            into = np.flatnonzero(changed[n, label, : end - 1])
            start = int(into[-1]) + 1 if len(into) else 0
            path[n, start:end] = label
            end = start
    return path


def change_costs(quoted: NDArray[np.bool_]) -> Floats:
    """What a change of label costs on entering each token of a segment; `quoted`: which of them lie in quotation marks."""
    costs = np.full(len(quoted), CHANGE, dtype=np.float32)
    costs[1:] += CHANGE_INSIDE * (quoted[1:] & quoted[:-1])
    return costs


def inside_quotations(window: Window) -> NDArray[np.bool_]:
    """Which tokens of a window lie in quotation marks."""
    return np.asarray(np.array(window.features)[window.first] // SHAPES == INSIDE)


def source_run(scores: Floats) -> tuple[int, int] | None:
    """The run `[i, j)` of source tokens with the greatest summed log-odds, or None."""
    tags = scores.argmax(1)
    best, found, i = 0.0, None, 0
    while i < len(tags):
        if tags[i] != SOURCE_TAG:
            i += 1
            continue
        j = i
        while j < len(tags) and tags[j] == SOURCE_TAG:
            j += 1
        weight = float((scores[i:j, SOURCE_TAG] - scores[i:j, OUTSIDE_TAG]).sum())
        if weight > best:
            best, found = weight, (i, j)
        i = j
    return found


def drafts(
    encoded: Sequence[Encoded],
    found: Sequence[tuple[Cue, float]],
    scores: Sequence[Floats],
    holders: Sequence[Spans],
) -> list[Draft]:
    """The drafts of all cues. `scores` are what `network.roles` gave for the cues; a content may be empty.

    `holders` are the words that each source must lie in, where there are any: the content that the cue stands in.
    """
    if not found:
        return []
    bounds = [segment(encoded[c.window].window, c.tokens) for c, _ in found]
    longest = max(b - a for a, b in bounds)
    quoted = {w: inside_quotations(encoded[w].window) for w in {c.window for c, _ in found}}
    table = np.zeros((len(found), longest, 3), dtype=np.float32)
    costs = np.zeros((len(found), longest), dtype=np.float32)
    for i, ((cue, _), (a, b)) in enumerate(zip(found, bounds, strict=True)):
        table[i, : b - a] = scores[i]
        table[i, [t - a for t in cue.tokens if t < b]] = 0.0  # the cue itself is neither
        costs[i, : b - a] = change_costs(quoted[cue.window][a:b])
        if holders[i]:
            starts, ends = np.array(encoded[cue.window].window.spans[a:b]).T
            held = ((s <= starts) & (ends <= e) for s, e in holders[i])
            table[i, : b - a, SOURCE_TAG][~np.logical_or.reduce(list(held))] = IMPOSSIBLE
    paths = best_paths(table, costs)
    out = []
    for i, ((cue, probability), (a, b)) in enumerate(zip(found, bounds, strict=True)):
        free = [t for t in range(a, b) if t not in cue.tokens]
        run = source_run(table[i, : b - a])
        source = tuple(t for t in range(a + run[0], a + run[1]) if t not in cue.tokens) if run else ()
        content = tuple(t for t in free if paths[i, t - a] == CONTENT_TAG and t not in source)
        window = encoded[cue.window].window
        words = [t for t in content if window.features[window.first[t]] % SHAPES != MARK] or list(content)
        sure = float(np.exp(table[i, [t - a for t in words], CONTENT_TAG]).mean()) if words else 0.0
        out.append(Draft(cue.window, cue.tokens, source, content, probability, sure))
    return out


def spans(window: Window, numbers: Sequence[int]) -> Spans:
    """Token numbers as spans of the text, neighbours joined."""
    out: list[Span] = []
    last = -2
    for t in numbers:
        start, end = window.spans[t]
        if t == last + 1 and out:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
        last = t
    return tuple(out)
