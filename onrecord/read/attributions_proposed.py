"""What the network proposes: the attributions of its cues, and of words that are cues inside what somebody says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from onrecord.read import decode, manner, network
from onrecord.read.attributions_found import Found, size
from onrecord.read.network import READING, Cue, Encoded, Network
from onrecord.text import Span, Spans, covers, overlap

SUBJECTS = {
    "he",
    "she",
    "they",
    "it",
    "you",
    "everyone",
    "everybody",
    "nobody",
    "people",
    "officials",
    "police",
    "authorities",
    "experts",
    "scientists",
}
DETERMINERS = {
    "the",
    "a",
    "an",
    "his",
    "her",
    "their",
    "our",
    "my",
    "its",
    "some",
    "many",
    "these",
    "those",
    "several",
    "two",
    "both",
}
AUXILIARY = re.compile(
    r"has|have|had|is|are|was|were|be|been|being|do|does|did|will|would|can|could|may|might|not|never|also|n['’]t"
)


def propose(
    network_: Network,
    encoded: Sequence[Encoded],
    candidates: Sequence[tuple[Cue, float]],
    own: float,
    within: Sequence[Found] = (),
) -> list[Found]:
    """The attributions of candidate cues; `own` is the share of our style of annotation.

    A cue that stands in the content of one `within` has its source there too.
    """
    scores = network.roles(network_, encoded, [c for c, _ in candidates], own)
    held = [holder(encoded, cue, within) for cue, _ in candidates]
    out = []
    for d in decode.drafts(encoded, candidates, scores, held):
        w = encoded[d.window].window
        parts = (decode.spans(w, d.source), decode.spans(w, d.cue), decode.spans(w, d.content))
        out.append(Found(*parts, d.cue_probability, d.content_probability))
    return out


def holder(encoded: Sequence[Encoded], cue: Cue, found: Iterable[Found]) -> Spans:
    """The shortest content that holds all words of a cue; empty where none does."""
    words = tuple(encoded[cue.window].window.spans[t] for t in cue.tokens)
    return min((f.content for f in found if covers(f.content, words)), key=size, default=())


@cache
def nested_cues() -> frozenset[str]:
    """The words that are cues within somebody's words."""
    return frozenset(manner.lexicon("cues")["nested"]["words"])


def words_of_cues(text: str, encoded: Sequence[Encoded], within: Sequence[Found]) -> Iterator[tuple[Cue, float]]:
    """Candidate cues by their words, inside the contents of attributions: a reporting verb with its auxiliaries."""
    known = nested_cues()
    held = [f.content for f in within]
    for number, e in enumerate(encoded):
        spans = e.window.spans
        if not any(overlap((spans[0][0], spans[-1][1]), (c[0][0], c[-1][1])) for c in held):
            continue
        words = [text[s:t].lower() for s, t in spans]
        for t, word in enumerate(words):
            if word not in known or not any(covers(c, (spans[t],)) for c in held):
                continue
            first = t
            while first > 0 and t - first < 3 and AUXILIARY.fullmatch(words[first - 1]):
                first -= 1
            yield Cue(number, tuple(range(first, t + 1))), float(1 - math.exp(e.cues[t, READING, 0]))


def is_free(encoded: Sequence[Encoded], candidate: tuple[Cue, float], found: Iterable[Found]) -> bool:
    """Whether none of a candidate's words is in the cue of a find."""
    cue, _ = candidate
    spans = [encoded[cue.window].window.spans[t] for t in cue.tokens]
    return not any(overlap(s, c) for f in found for c in f.cue for s in spans)


def subject_and_clause(found: Found) -> bool:
    """Whether a candidate has its source right before it and a clause of some words behind it."""
    if not found.source or not 0 <= found.cue[0][0] - found.source[-1][1] <= 24:
        return False
    return found.content[0][0] >= found.cue[-1][1] and found.content[-1][1] - found.content[0][0] >= 12


def with_quotation(found: Found, singles: Sequence[Span]) -> Found:
    """A candidate whose cue is followed at once by a single-quoted quotation says just that."""
    end = found.cue[-1][1]
    quote = next((q for q in singles if 0 < q[0] - end <= 3), None)
    return found._replace(content=(quote,), content_probability=1.0) if quote else found


def like_subject(text: str, source: Spans) -> bool:
    """Whether words can be the subject of a saying: a pronoun, a name, or a noun phrase with its article."""
    words = text[slice(*source[0])].split()
    if words[0].lower() in ("i", "we"):
        return False  # one's own "I say" inside one's own quotation
    return (
        words[0].lower() in SUBJECTS or words[-1][:1].isupper() or (len(words) > 1 and words[0].lower() in DETERMINERS)
    )
