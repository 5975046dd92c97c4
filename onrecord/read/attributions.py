"""Who said what: from a text to attributions, before anybody is resolved.

1. The network proposes cues and, for each, source and content (`network`, `decode`): with both learned styles of annotation mixed,
   and once more in the style that knows nesting, for cues of which the mix was not sure; the second adds what lies inside the contents of the first.
2. `contents` mends the edges: whole quotations, continued paragraphs, no outer marks; quotations that a saying leads up to
   join it, `labels` adds what layout alone attributes, `chains` who passes on whose words. A long text is read in parts.
3. Attributions whose cue lies in another's content get `within`.
4. `manner` says how: direct or not, which act, denied or not, how firmly.
5. The confidence is calibrated on PolNeAR's development part.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from onrecord.model import Attribution
from onrecord.read import absolutes, contents, decode, labels, manner
from onrecord.read.attributions_found import Found, alike, parent_of
from onrecord.read.attributions_proposed import (
    is_free,
    like_subject,
    propose,
    subject_and_clause,
    with_quotation,
    words_of_cues,
)
from onrecord.read.attributions_together import (
    from_the_start,
    together,
    with_cited,
    with_clause_before,
    with_going_on,
    with_labels,
    with_orphans,
    with_outer_subjects,
    with_parted_sources,
    without_conflicts,
    without_twins,
)
from onrecord.read.network import Encoded, Network
from onrecord.read.quotes import is_closed, quoted, single
from onrecord.text import Span, Spans, covers

TOP_CUES, TOP_ROLES = 0.3, 0.5  # the share of our own style at top level, beside PolNeAR's
TOP_THRESHOLD = 0.3
NESTED_THRESHOLD = 0.5
NESTED_CONTENT = 0.8  # how sure the content must be where only a cue's word speaks for it
BLOCK = 20_000  # code points of a part of a long text
NEAR_MARK = 3  # code points between a quotation's end and the next paragraph

# From `python -m evaluation.tune`: coefficients for `features`, the least score kept, and what share of attributions of a
# score were right (score, share), between which confidence is interpolated.
WEIGHTS = (0.32, 3.19, 6.04, 1.12, 1.07)
LEAST_SCORE = 0.46
LEAST_CUE = 0.43  # a cue less sure reaches no such score, whatever its content is
RELIABILITY = (
    (0.0, 0.17),
    (0.15, 0.22),
    (0.35, 0.31),
    (0.5, 0.4),
    (0.66, 0.54),
    (0.77, 0.68),
    (0.82, 0.91),
    (0.92, 0.93),
    (1.0, 0.95),
)


def features(found: Found, text: str, quotes: Sequence[Span]) -> tuple[float, ...]:
    """What the confidence is computed from: 1, log of cue and content probability, has a source, is wholly quoted."""
    is_quoted = all(any(a <= s and e <= b for a, b in quotes) for s, e in found.content)
    logs = (math.log(max(p, 1e-6)) for p in (found.cue_probability, found.content_probability))
    return (1.0, *logs, float(bool(found.source)), float(is_quoted))


def score_of(found: Found, text: str, quotes: Sequence[Span]) -> float:
    """How sure the network is of an attribution as a whole, from 0 to 1."""
    z = sum(w * x for w, x in zip(WEIGHTS, features(found, text, quotes), strict=True))
    return 1 / (1 + math.exp(-z))


def confidence(score_: float) -> float:
    """The share of attributions of such a score that were right on development data."""
    for (low, a), (high, b) in itertools.pairwise(RELIABILITY):
        if score_ <= high:
            return round(a + (b - a) * (score_ - low) / (high - low), 3)
    return RELIABILITY[-1][1]


def mended(text: str, found: Iterable[Found], quotes: Sequence[Span]) -> list[Found]:
    """The finds with their edges mended and their scores; those without content left are gone."""
    out = []
    for f in found:
        if content := contents.mend(text, f.content, f.cue, quotes):
            named, content = contents.divided(text, contents.whole_name(f.source, f.cue, quotes), content)
            source = contents.whole_noun(text, contents.tidy(text, named), f.cue)
            content = contents.parenthetical(text, source, f.cue, contents.one_sentence(text, content, quotes))
            whole = f._replace(content=content, source=source, cue=contents.tidy(text, f.cue))
            out.append(whole._replace(score=score_of(whole, text, quotes)))
    return out


def blocks(text: str, encoded: Sequence[Encoded]) -> Iterator[tuple[int, str, list[Encoded]]]:
    """A long text in parts of some windows each, with where each part begins; what is compared with all else is so compared within bounds.

    A part ends at a window's end, where no quotation is open if one such end is near.
    """
    if len(text) <= BLOCK:
        yield 0, text, list(encoded)
        return
    start, part = 0, list[Encoded]()
    opened, at = quoted(text), 0
    for e, following in itertools.zip_longest(encoded, encoded[1:]):
        part.append(e)
        end = following.window.spans[0][0] if following else len(text)
        if following and end - start < BLOCK:
            continue
        while at < len(opened) and opened[at][1] < end - NEAR_MARK:
            at += 1
        goes_on = at < len(opened) and opened[at][0] < end and not is_closed(text, opened[at])
        if following and goes_on and end - start < 2 * BLOCK:
            continue
        yield start, text[start:end], [moved(x, -start) for x in part]
        start, part = end, []


def moved(encoded: Encoded, by: int) -> Encoded:
    """A window with its spans moved."""
    if not by:
        return encoded
    window = encoded.window._replace(spans=[(s + by, e + by) for s, e in encoded.window.spans])
    return encoded._replace(window=window)


def find(text: str, network_: Network, encoded: Sequence[Encoded]) -> tuple[Attribution, ...]:
    """All attributions of a text in the order of their cues; `speaker` and its kin are left open."""
    out: list[Attribution] = []
    for start, part, windows in blocks(text, encoded):
        quotes, singles = quoted(part), single(part)
        found = found_in(part, network_, windows, quotes, singles)
        out += described(part, found, quotes, singles, start, len(out))
    return tuple(out)


def found_in(
    text: str, network_: Network, encoded: Sequence[Encoded], quotes: Sequence[Span], singles: Sequence[Span]
) -> list[Found]:
    """The finds of a text, in the order of their cues; `quotes` and `singles` are its quotations."""
    likely = [x for x in decode.cues(encoded, TOP_CUES, TOP_THRESHOLD) if x[1] >= LEAST_CUE]
    proposed = propose(network_, encoded, likely, TOP_ROLES)
    bare = [f for f in proposed if not f.content]
    first = [f for f in mended(text, (f for f in proposed if f.content), quotes) if f.score >= LEAST_SCORE]
    first = without_conflicts(first)
    own = [x for x in decode.cues(encoded, 1.0, NESTED_THRESHOLD) if is_free(encoded, x, first)]
    nested = [f for f in propose(network_, encoded, own, 1.0, first) if f.content]
    nested = [
        f._replace(content=contents.clause(text, f.content, quotes)) if parent_of(f, first) else f for f in nested
    ]
    spoken = [x for x in words_of_cues(text, encoded, first) if is_free(encoded, x, [*first, *nested])]
    by_word = propose(network_, encoded, spoken, 1.0, first)
    by_word = [with_quotation(f, singles) for f in by_word if f.content and f.source and like_subject(text, f.source)]
    sure = (f for f in by_word if f.content_probability >= NESTED_CONTENT and subject_and_clause(f))
    more = [*nested, *(f._replace(cue_probability=max(f.cue_probability, NESTED_THRESHOLD)) for f in sure)]
    found = with_outer_subjects(text, without_twins(together(first, mended(text, more, quotes))))
    found = without_conflicts(with_cited(text, with_parted_sources(text, found)))
    found = with_labels(text, with_orphans(text, found, bare, quotes), quotes, singles)
    found = with_going_on(text, found, quotes, singles)
    found = with_clause_before(text, from_the_start(text, found, quotes), quotes)
    found = absolutes.parted(text, found)
    found = [f for f in found if not any(is_word_of(f, g) for g in found)]
    return [f for f in found if not labels.is_reference(text, f.cue) and not labels.is_call_up(text, f.cue)]


def is_word_of(f: Found, other: Found) -> bool:
    """Whether what was taken for a saying is a word of who says the same: "a Norlandian *weekly* reported"."""
    return (
        f is not other
        and bool(f.cue and other.source)
        and covers(other.source, f.cue)
        and alike(f.content, other.content)
    )


def negates(text: str, f: Found) -> bool:
    """Whether the saying is denied, or nobody's."""
    return manner.negated(text, f.cue) or manner.nobody(text, f.source)


def described(
    text: str, found: Sequence[Found], quotes: Sequence[Span], singles: Sequence[Span], start: int, before: int
) -> Iterator[Attribution]:
    """The finds of a part that begins at `start` as attributions of the whole, numbered from `before` on."""
    ids = {id(f): f"a{n}" for n, f in enumerate(found, before + 1)}

    def whole(spans: Spans) -> Spans:
        return tuple((s + start, e + start) for s, e in spans)

    for f in found:
        parent = parent_of(f, found)
        act, negated = manner.act(text, f.cue, f.content), negates(text, f)
        yield Attribution(
            id=ids[id(f)],
            kind=manner.kind(text, f.cue, f.content, quotes, singles),
            act=act,
            source=whole(f.source),
            cue=whole(f.cue),
            content=whole(f.content),
            within=ids[id(parent)] if parent else None,
            negated=negated,
            certainty=manner.certainty(text, f.cue, f.content, act, negated),
            confidence=confidence(f.score),
        )
