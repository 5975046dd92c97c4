"""Who said what: from a text to attributions, before anybody is resolved.

1. The network proposes cues and, for each, source and content (`network`, `decode`): once in the style that knows no
   nesting, once in the style that does; the second adds what lies inside the contents of the first.
2. `contents` mends the edges: whole quotations, continued paragraphs, no outer marks.
3. Attributions whose cue lies in another's content get `within`.
4. `manner` says how: direct or not, which act, denied or not, how firmly.
5. The confidence is calibrated on PolNeAR's development part.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.model import Attribution
from onrecord.read import contents, decode, manner, network
from onrecord.read.network import POLNEAR, READING, Encoded, Network
from onrecord.read.quotes import quoted, single
from onrecord.text import Span, Spans, covers, overlap

TOP_THRESHOLD = 0.6
NESTED_THRESHOLD = 0.5

# From `python -m evaluation.tune`: coefficients for `features`, the least score kept, and what share of attributions of a
# score were right (score, share), between which confidence is interpolated.
WEIGHTS = (0.32, 3.19, 6.04, 1.12, 1.07)
LEAST_SCORE = 0.38
RELIABILITY = ((0.0, 0.08), (0.15, 0.22), (0.35, 0.27), (0.55, 0.41), (0.65, 0.5), (0.75, 0.71), (0.85, 0.92), (1.0, 0.95))


class Found(NamedTuple):
    """An attribution as spans of the text, with the network's two probabilities."""

    source: Spans
    cue: Spans
    content: Spans
    cue_probability: float
    content_probability: float


def propose(network_: Network, encoded: Sequence[Encoded], style: int, threshold: float) -> list[Found]:
    """What the network finds in one style of annotation."""
    candidates = decode.cues(encoded, style, threshold)
    scores = network.roles(network_, encoded, [c for c, _ in candidates], style)
    out = []
    for d in decode.drafts(encoded, candidates, scores):
        w = encoded[d.window].window
        parts = (decode.spans(w, d.source), decode.spans(w, d.cue), decode.spans(w, d.content))
        out.append(Found(*parts, d.cue_probability, d.content_probability))
    return out


def inside(child: Found, parent: Found) -> bool:
    """Whether the child's cue and content lie in the parent's content."""
    return child is not parent and covers(parent.content, child.cue) and covers(parent.content, child.content)


def parent_of(child: Found, others: Iterable[Found]) -> Found | None:
    """The attribution with the shortest content that holds the child, or None."""
    holders = [p for p in others if inside(child, p)]
    return min(holders, key=lambda p: sum(e - s for s, e in p.content), default=None)


def clash(a: Found, b: Found) -> bool:
    """Whether two finds share words of their cues."""
    return any(overlap(x, y) for x in a.cue for y in b.cue)


def together(top: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """The finds of the first style, and those of the second that lie within their contents, in order of their cues."""
    found = list(top)
    for candidate in more:
        if not any(clash(candidate, f) for f in found) and parent_of(candidate, found):
            found.append(candidate)
    return sorted(found, key=lambda f: f.cue[0])


def features(found: Found, text: str, quotes: Sequence[Span]) -> tuple[float, ...]:
    """What the confidence is computed from: 1, log of cue and content probability, has a source, is wholly quoted."""
    is_quoted = all(any(a <= s and e <= b for a, b in quotes) for s, e in found.content)
    logs = (math.log(max(p, 1e-6)) for p in (found.cue_probability, found.content_probability))
    return (1.0, *logs, float(bool(found.source)), float(is_quoted))


def score(found: Found, text: str, quotes: Sequence[Span]) -> float:
    """How sure the network is of an attribution as a whole, from 0 to 1."""
    z = sum(w * x for w, x in zip(WEIGHTS, features(found, text, quotes), strict=True))
    return 1 / (1 + math.exp(-z))


def confidence(score_: float) -> float:
    """The share of attributions of such a score that were right on development data."""
    for (low, a), (high, b) in itertools.pairwise(RELIABILITY):
        if score_ <= high:
            return round(a + (b - a) * (score_ - low) / (high - low), 3)
    return RELIABILITY[-1][1]


def find(text: str, network_: Network, encoded: Sequence[Encoded]) -> tuple[Attribution, ...]:
    """All attributions of a text in the order of their cues; `speaker` and its kin are left open."""
    top = propose(network_, encoded, POLNEAR, TOP_THRESHOLD)
    more = propose(network_, encoded, READING, NESTED_THRESHOLD)
    quotes, singles = quoted(text), single(text)
    found = [
        f._replace(content=c, source=contents.tidy(text, f.source), cue=contents.tidy(text, f.cue))
        for f in together(top, more)
        if (c := contents.mend(text, f.content, f.cue, quotes))
    ]
    scores = {id(f): score(f, text, quotes) for f in found}
    found = [f for f in found if scores[id(f)] >= LEAST_SCORE]
    ids = {id(f): f"a{n}" for n, f in enumerate(found, 1)}
    out = []
    for f in found:
        parent = parent_of(f, found)
        act, negated = manner.act(text, f.cue, f.content), manner.negated(text, f.cue)
        out.append(
            Attribution(
                id=ids[id(f)],
                kind=manner.kind(text, f.cue, f.content, quotes, singles),
                act=act,
                source=f.source,
                cue=f.cue,
                content=f.content,
                within=ids[id(parent)] if parent else None,
                negated=negated,
                certainty=manner.certainty(text, f.cue, f.content, act, negated),
                confidence=confidence(scores[id(f)]),
            )
        )
    return tuple(out)
