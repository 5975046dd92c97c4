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
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.model import Attribution
from onrecord.read import chains, contents, decode, inverted, labels, layout, manner, network
from onrecord.read.network import READING, Cue, Encoded, Network
from onrecord.read.quotes import is_closed, quoted, single
from onrecord.text import Span, Spans, covers, overlap

TOP_CUES, TOP_ROLES = 0.3, 0.5  # the share of our own style at top level, beside PolNeAR's
TOP_THRESHOLD = 0.3
NESTED_THRESHOLD = 0.5
NESTED_CONTENT = 0.8  # how sure the content must be where only a cue's word speaks for it
BLOCK = 20_000  # code points of a part of a long text
NEAR_MARK = 3  # code points between a quotation's end and the next paragraph
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

# From `python -m evaluation.tune`: coefficients for `features`, the least score kept, and what share of attributions of a
# score were right (score, share), between which confidence is interpolated.
WEIGHTS = (0.32, 3.19, 6.04, 1.12, 1.07)
LEAST_SCORE = 0.46
LEAST_CUE = 0.43  # a cue less sure reaches no such score, whatever its content is
MARGIN = 0.15  # how much surer an attribution must be to push out one that would hold it
FREE_SCORE = 0.74  # what the second style must reach where it speaks alone
TWIN = 0.8  # of their characters in common, and two contents are one
LAYOUT_SCORE = 0.8  # of what layout alone attributes
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

RELATIVE = re.compile(r"(?:who|whom|whose)\b")


class Found(NamedTuple):
    """An attribution as spans of the text, with the network's two probabilities."""

    source: Spans
    cue: Spans
    content: Spans
    cue_probability: float
    content_probability: float
    score: float = 0.0  # how sure the network is of it as a whole, once its content is mended
    passed: bool = False  # whether another passes it on: "citing two officials"


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


def inside(child: Found, parent: Found) -> bool:
    """Whether the child's cue and content lie in the parent's content."""
    if child is parent or not parent.content[0][0] <= child.cue[0][0] < parent.content[-1][1]:
        return False
    return covers(parent.content, child.cue) and covers(parent.content, child.content)


def cites(child: Found, parent: Found) -> bool:
    """Whether the child's words are passed on by the parent, which gives them only once: "the agency reported, citing …"."""
    return child is not parent and child.passed and not parent.passed and alike(child.content, parent.content)


def parent_of(child: Found, others: Iterable[Found]) -> Found | None:
    """The attribution with the shortest content that holds the child, or None."""
    holders = [p for p in others if inside(child, p) or cites(child, p)]
    return min(holders, key=lambda p: size(p.content), default=None)


def size(spans: Spans) -> int:
    """How many characters the fragments hold."""
    return sum(e - s for s, e in spans)


def alike(a: Spans, b: Spans) -> bool:
    """Whether two contents share most of their characters."""
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return common >= TWIN * (size(a) + size(b) - common)


def clash(a: Found, b: Found) -> bool:
    """Whether two finds share words of their cues."""
    return any(overlap(x, y) for x in a.cue for y in b.cue)


def together(top: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """The finds of the first style, and of the second those that lie within their contents, or are sure and touch none of them."""
    found = list(top)
    for candidate in more:
        if any(clash(candidate, f) for f in found):
            continue
        own = (*candidate.content, *candidate.cue)
        free = candidate.score >= FREE_SCORE and not any(
            overlap(x, y) for f in top for x in own for y in (*f.content, *f.cue)
        )
        if free or parent_of(candidate, found):
            found.append(candidate)
    return sorted(found, key=lambda f: f.cue[0])


def without_twins(found: Sequence[Found]) -> list[Found]:
    """Of finds that give the same words, but for a few, to the same source, the surest one."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: -f.score):
        if not any(k.source == f.source and alike(k.content, f.content) for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.cue)


def without_conflicts(found: Sequence[Found]) -> list[Found]:
    """Of two finds of which one lies in the other but has its source outside, the surer one: they are two views of one saying.

    One that holds a much surer find is dropped too.
    """
    dropped: set[int] = set()
    for child in found:
        parent = parent_of(child, [f for f in found if id(f) not in dropped]) if not child.passed else None
        if parent and child.source and not covers(parent.content, child.source):
            dropped.add(id(min(child, parent, key=lambda f: f.score)))
        elif parent and parent.score < child.score - MARGIN:
            dropped.add(id(parent))
    return [f for f in found if id(f) not in dropped]


def with_outer_subjects(text: str, found: Sequence[Found]) -> list[Found]:
    """The finds, none with a source in words that another says while it says its own outside of them.

    "Orlan said that Moravia had been warned and called it madness": it is Orlan who called.
    """
    out = []
    for f in found:
        others = [
            g
            for g in found
            if g.source
            and g.cue < f.cue
            and f.source
            and covers(g.content, f.source)
            and not any(overlap(c, x) for c in g.content for x in (*f.cue, *f.content))
            and not contents.ENDS.search(text, g.cue[0][0], f.cue[0][0])
        ]
        out.append(f._replace(source=max(others, key=lambda g: g.cue).source) if others else f)
    return out


def with_parted_sources(text: str, found: Sequence[Found]) -> list[Found]:
    """The finds, with two sources that were read as one set apart: "According to the Herald, Professor Marr said …"."""
    out = list(found)
    for n in range(len(out)):
        outer = out[n]
        if not outer.content:
            continue
        if parted := chains.at_comma(text, outer.cue, outer.source, outer.content):
            old, new = outer.content[0][0], parted[1][0][0]
            out = [
                f._replace(source=((new, f.source[-1][1]),)) if f.source and f.source[0][0] == old else f for f in out
            ]
            out[n] = outer = outer._replace(source=parted[0], content=parted[1])
        for inner in out:
            apart = outer.cue < outer.source and inner.cue > inner.source
            if apart and (left := chains.divided(text, outer.source, inner.source)):
                said = (inner.source[0][0], max(outer.content[-1][1], inner.content[-1][1]))
                out[n] = outer._replace(source=left, content=(said,))
                break
    return out


def with_cited(text: str, found: Sequence[Found]) -> list[Found]:
    """The finds and those whom another cites for the same words: "the agency reported, citing two officials"."""
    out = [f._replace(passed=bool(chains.PARTICIPLE.fullmatch(text, *f.cue[0]))) for f in found]
    out = [
        f for f in out if not (f.passed and RELATIVE.match(text, f.content[0][0]))
    ]  # "citing a clerk whom it did not name"
    for link in chains.passed(text):
        hosts = [
            (n, f)
            for n, f in enumerate(out)
            if link.sentence[0] <= f.cue[0][0] < link.sentence[1] and not covers(f.content, (link.cue,))
        ]
        if any(overlap(link.cue, s) for f in out for s in f.cue) or not hosts:
            continue
        n, host = min(hosts, key=lambda h: abs(h[1].cue[0][0] - link.cue[0]))
        if any(overlap(s, (link.cue[0], link.source[1])) for s in host.source):
            own = chains.before(text, host.cue, link.cue) if host.cue[-1][1] < link.cue[0] else None
            if own is None:
                continue
            host = host._replace(source=own)
            out[n] = host
        out.append(host._replace(source=(link.source,), cue=(link.cue,), passed=True))
    return sorted(out, key=lambda f: f.cue)


def with_orphans(text: str, found: Sequence[Found], bare: Sequence[Found], quotes: Sequence[Span]) -> list[Found]:
    """The finds with the quotations that they lead up to and that nobody else says; `bare` finds have a cue but no content yet."""
    out = list(found)
    spare = [
        f._replace(source=contents.tidy(text, f.source), cue=contents.tidy(text, f.cue), score=LAYOUT_SCORE)
        for f in bare
    ]
    for quote in contents.orphans(text, [f.content for f in found], quotes):
        mended = contents.edges(text, quote)
        before = [
            f for f in (*out, *spare) if f.cue[-1][1] <= quote[0] and contents.introduces(text, f.content, f.cue, quote)
        ]
        if mended and before:
            last = max(before, key=lambda f: f.cue)
            grown = last._replace(content=(*last.content, mended))
            out = [grown if f is last else f for f in out] if last in out else [*out, grown]
    return sorted(out, key=lambda f: f.cue)


def with_labels(text: str, found: Sequence[Found], quotes: Sequence[Span], singles: Sequence[Span]) -> list[Found]:
    """The finds and what layout, or the order of words, alone attributes, where no find has those words yet."""
    out = list(found)
    for label in (*labels.find(text, quotes), *layout.find(text, (*quotes, *singles)), *inverted.find(text)):
        content = tuple(mended for s in label.content if (mended := contents.edges(text, s)))
        taken = [
            f
            for f in found
            if any(overlap(s, t) for s in f.content for t in label.content) and not covers(label.content, f.cue)
        ]
        if content and not taken:
            out.append(Found((label.source,), (label.cue,), content, 1.0, 1.0, LAYOUT_SCORE))
    return sorted(out, key=lambda f: f.cue)


def with_going_on(text: str, found: Sequence[Found], quotes: Sequence[Span], singles: Sequence[Span]) -> list[Found]:
    """The finds, with the paragraphs that are nothing but a quotation and go on from the last one's."""
    out = list(found)
    for quote in sorted((*quotes, *singles)):
        before = [f for f in out if f.content and f.cue[0][0] < quote[0] and f.source]
        taken = [s for f in out for s in (*f.content, *f.cue)]
        mended = contents.edges(text, quote)
        if not before or not mended or contents.words_in(text, quote) < contents.ORPHAN:
            continue
        last = max(before, key=lambda f: max((*f.content, *f.cue)))
        if is_quoted_in(last, (*quotes, *singles)) and layout.goes_on(text, quote, last.content, taken):
            out[out.index(last)] = last._replace(content=(*last.content, mended))
    return out


def is_quoted_in(found: Found, quotes: Sequence[Span]) -> bool:
    """Whether the last fragment of a content lies in quotation marks."""
    start, end = found.content[-1]
    return any(a <= start and end <= b for a, b in quotes)


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
            source = contents.tidy(text, named)
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
    return [f for f in found if not labels.is_reference(text, f.cue) and not labels.is_call_up(text, f.cue)]


def described(
    text: str, found: Sequence[Found], quotes: Sequence[Span], singles: Sequence[Span], start: int, before: int
) -> Iterator[Attribution]:
    """The finds of a part that begins at `start` as attributions of the whole, numbered from `before` on."""
    ids = {id(f): f"a{n}" for n, f in enumerate(found, before + 1)}

    def whole(spans: Spans) -> Spans:
        return tuple((s + start, e + start) for s, e in spans)

    for f in found:
        parent = parent_of(f, found)
        act, negated = manner.act(text, f.cue, f.content), manner.negated(text, f.cue)
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
