"""Finds set beside each other: twins and conflicts dropped, sources parted, and what quotations, layout and citing add."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.read import chains, contents, inverted, labels, layout
from onrecord.read.attributions_found import Found, alike, clash, parent_of
from onrecord.text import Span, Spans, covers, overlap

MARGIN = 0.15  # how much surer an attribution must be to push out one that would hold it
FREE_SCORE = 0.74  # what the second style must reach where it speaks alone
LAYOUT_SCORE = 0.8  # of what layout alone attributes
RELATIVE = re.compile(r"(?:who|whom|whose)\b")


# What a sentence's words may stand behind: a dateline; what begins a clause of its own; what ends a sentence behind its saying.
DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ’' .-]+\b[^\n]{0,60}?\s[-–—]+\s")
CLAUSE = re.compile(r"(?:and|but|while|whereas|though|although|so|yet|or|which|who)\b")
ENDING = re.compile(r"(?:\s(?:on|late|early|in|at|yesterday|today|last|this)\b[^.;:“”]{0,40})?[.,;]")
LEAST_WORDS = 3
# Who heard it, between a saying and what is added behind; what is added; what makes a main clause of some words, or none.
HEARD = re.compile(
    r"(?:\s(?:the |this |our )?(?:[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,4}|reporters|journalists|newspaper|paper|agency))?(?:\s(?:on|late|early|in|at)\b[^,.;:“”]{0,40})?,\s"
)
ADDED = re.compile(r"(?:an?|the|some|more|nearly|almost|most|twice|half|up|down|far|many)\s")
MAIN = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|[a-z]{3,}ed)\b")
ADVERBIAL = re.compile(
    r"(?:In|On|At|By|During|After|Since|For|With|As|When|If|Although|Though|While|Before|Until|Because|Under|From)\b"
)
MAIN_WORDS = 6


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
    """The finds and what layout, or the order of words, alone attributes, where no find has those words yet; what documents say in its own view."""
    papers = list(inverted.seen(text))
    found = [f for f in found if not any(overlap(f.cue[0], p.cue) for p in papers)]
    out = list(found)
    for label in (*labels.find(text, quotes), *layout.find(text, (*quotes, *singles)), *inverted.find(text), *papers):
        content = tuple(mended for s in label.content if (mended := contents.edges(text, s)))
        taken = [
            f
            for f in found
            if any(overlap(s, t) for s in f.content for t in label.content) and not covers(label.content, f.cue)
        ]
        if content and not taken:
            out.append(Found((label.source,), (label.cue,), content, 1.0, 1.0, LAYOUT_SCORE))
    return sorted(out, key=lambda f: f.cue)


def from_the_start(text: str, found: Sequence[Found], quotes: Sequence[Span]) -> list[Found]:
    """The finds, with all of a sentence for what is said where its speaker ends it and the words begin within it: "The bridge, the only one, was shut | before dawn, the mayor said."."""
    return [
        f._replace(content=(*whole, *f.content[1:])) if (whole := before_it(text, f, found, quotes)) else f
        for f in found
    ]


def first_word(text: str, at: int) -> int:
    """Where the sentence of a place begins, behind a dateline."""
    low = max(text.rfind(mark, 0, at) + len(mark) if mark in text[:at] else 0 for mark in ("\n", ". ", "” "))
    opening = DATELINE.match(text, low)
    return opening.end() if opening and opening.end() <= at else low


def with_clause_before(text: str, found: Sequence[Found], quotes: Sequence[Span]) -> list[Found]:
    """The finds, with the clause before a speaker whose words were taken for what is only added behind: "There are 42,000 there, two envoys told the Post, a strength that …"."""
    out = []
    for f in found:
        clause = clause_before(text, f, found, quotes)
        out.append(f._replace(content=(clause, *f.content)) if clause else f)
    return out


def clause_before(text: str, f: Found, found: Sequence[Found], quotes: Sequence[Span]) -> Span | None:
    """Such a clause; None where what stands before the speaker is none, or is somebody's already."""
    if len(f.source) != 1 or not f.cue or not f.content or not f.source[0][1] <= f.cue[0][0] < f.content[0][0]:
        return None
    if not HEARD.fullmatch(text, f.cue[-1][1], f.content[0][0]) or not ADDED.match(text, f.content[0][0]):
        return None
    start = f.source[0][0]
    low = first_word(text, start)
    inside = text[low:start]
    told = (
        inside.endswith(", ")
        and len(inside.split()) >= MAIN_WORDS
        and MAIN.search(inside)
        and not ADVERBIAL.match(inside)
    )
    spoken = any(low <= c[0] < start for g in found if g is not f for c in (*g.cue, *g.content))
    return (low, start - 2) if told and not spoken and not any(q[0] < start and low < q[1] for q in quotes) else None


def before_it(text: str, f: Found, found: Sequence[Found], quotes: Sequence[Span]) -> Spans:
    """The first fragment of such words from the beginning of their sentence on; none where they begin a clause of their own, or others speak before them."""
    if not f.source or len(f.content) != 1 or not f.content[0][1] <= f.source[0][0] < f.cue[0][0]:
        return ()
    start, end = f.content[0]
    low = first_word(text, start)
    inside = text[low:start]
    apart = not inside.endswith(", ") or not text[start : start + 1].islower() or CLAUSE.match(text, start)
    if apart or text[end : f.source[0][0]].strip() != "," or not ENDING.match(text, f.cue[-1][1]):
        return ()
    spoken = any(low <= c[0] < start for g in found if g is not f for c in g.cue)
    marked = any(q[0] < start and low < q[1] for q in quotes)
    return () if spoken or marked or len(inside.split()) < LEAST_WORDS else ((low, end),)


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
