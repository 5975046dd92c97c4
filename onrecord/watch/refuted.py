"""Evidence against that does not say what its number counts: a number that is on record is called untrue, and another is put in its place.

1. "Seventeen is a fairy tale": the number that crosses the threshold, in the same article or on record of the same affair, is said not to be so. 2. "That number is
false": the sentence before holds it. 3. "There are no more than 13": what who refutes it says himself, in the two sentences behind, and which stays short of
the threshold. None of them fires; all are kept as evidence against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.knowledge import Resolved
from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span
from onrecord.watch import extent
from onrecord.watch.again import overlapping
from onrecord.watch.extent import Extent
from onrecord.watch.indication import Indication
from onrecord.watch.indicator import FigureTest
from onrecord.watch.match_figures import fits_unit, is_bare
from onrecord.watch.weigh import Weight, chain, fated, in_condition, sentence_of, weigh

AHEAD = 2  # how many sentences behind a refusal are looked at


def refused(test: FigureTest, resolved: Resolved, told: Sequence[Extent] | None = None) -> Iterator[Figure]:
    """The figures across the threshold that are said not to be so and are one of those `told`; all of them where None is given."""
    text, asked = resolved.reading.article.text, extent.wanted(test.bounds)
    for f in resolved.reading.figures:
        claim = extent.claimed(f, text[slice(*f.span)])
        if not claim or not is_beyond(claim, asked) or not (fits_unit(test, f) or is_bare(test, f)):
            continue
        if (told is None or any(overlapping(claim, n) for n in told)) and is_untrue(resolved, f):
            yield f


def is_untrue(resolved: Resolved, f: Figure) -> bool:
    """Whether a number is said not to be so, or called untrue as what its sentence is about: "Seventeen is a fairy tale"."""
    text, sentence = resolved.reading.article.text, sentence_of(resolved.reading.article.text, f.span)
    if fated(text, f.span, f.span, sentence, Weight("actual")).value == "negated":
        return not in_condition(resolved.reading, f.span)
    return weigh(resolved, f.span, f.span, f.status, f.attribution, sentence).value == "negated"


def against(
    test: FigureTest, resolved: Resolved, found: Sequence[Indication], told: Sequence[Extent]
) -> list[Indication]:
    """What was found, with what refutes a number that it holds or that is `told` on record of the affair."""
    text, figures = resolved.reading.article.text, {f.id: f for f in resolved.reading.figures}
    asked = extent.wanted(test.bounds)
    claims = {i: extent.claimed(figures[i.label], text[slice(*figures[i.label].span)]) for i in found}
    crossed = [i for i, n in claims.items() if n and is_beyond(n, asked) and (i.fires or i.crossing == "against")]
    known = [*told, *(n for i in crossed if (n := claims[i]))]
    labels = {i.label for i in found if i.crossing != "untied"}
    again = [kept(resolved, f, "it is a number that is on record, and is said not to be so") for f in refused(test, resolved, known) if f.id not in labels]  # fmt: skip
    named = [
        i
        for sentence in dict.fromkeys(i.sentence for i in (*crossed, *again))
        for i in looking_back(resolved, sentence)
        if i.sentence not in {j.sentence for j in (*crossed, *again)}
    ]
    refusals = [*(i for i in crossed if i.crossing == "against"), *again, *named]
    own = {i.label: i for refusal in refusals for i in instead(test, resolved, refusal, asked)}
    better = {i.label: i for i in again} | own
    rest = [i for i in found if i.label not in better or i.crossing not in ("untied", "approaches")]
    labels = {i.label for i in rest}
    return [*rest, *named, *(i for label, i in better.items() if label not in labels)]


def is_beyond(claim: Extent, asked: Extent) -> bool:
    """Whether a number lies across the threshold."""
    return extent.stands(claim, asked) in ("crossed", "reaches past")


def kept(resolved: Resolved, f: Figure, why: str) -> Indication:
    """A figure as evidence against."""
    text = resolved.reading.article.text
    return Indication(
        record="figure",
        label=f.id,
        crossing="against",
        sentence=sentence_of(text, f.span),
        attribution=f.attribution,
        reason=f"“{text[slice(*f.span)]}”: {why}",
    )


@cache
def reports() -> re.Pattern[str]:
    """What a number that was named before is called: "that number", "the report"."""
    return re.compile(rf"\b(?:that|this|the|such an?)\s+(?:[\w’'-]+\s+)?(?:{either(lexicon('indicators')['fate']['report'])})\b", re.I)  # fmt: skip


def looking_back(resolved: Resolved, sentence: Span) -> Iterator[Indication]:
    """What calls the number of a sentence untrue without repeating it, in the sentence behind it."""
    text = resolved.reading.article.text
    for behind in list(following(text, sentence))[:1]:
        for m in reports().finditer(text, *behind):
            said = next(
                (a for a in resolved.reading.attributions if any(s <= m.start() < e for s, e in a.content)), None
            )
            label = said.id if said else None
            if weigh(resolved, m.span(), m.span(), "actual", label, behind).value == "negated":
                yield Indication(
                    record="attribution" if said else "sentence",
                    label=label or "",
                    crossing="against",
                    sentence=behind,
                    attribution=label,
                    reason=f"“{m.group()}” is the one of the sentence before, and is said not to be so",
                )
                return


def instead(test: FigureTest, resolved: Resolved, refusal: Indication, asked: Extent) -> Iterator[Indication]:
    """The numbers short of the threshold that who refutes one names behind it."""
    text = resolved.reading.article.text
    near = {refusal.sentence, *following(text, refusal.sentence)}
    for f in resolved.reading.figures:
        claim = extent.claimed(f, text[slice(*f.span)])
        sentence = sentence_of(text, f.span)
        if not claim or sentence not in near or not (fits_unit(test, f) or is_bare(test, f)):
            continue
        same = speaker(resolved, f.attribution) == speaker(resolved, refusal.attribution)
        weight = weigh(resolved, f.span, f.span, f.status, f.attribution, sentence)
        if same and extent.is_short(claim, asked) and weight.value == "actual":
            yield kept(resolved, f, "it is put in the place of the number that is refuted")


def speaker(resolved: Resolved, attribution: str | None) -> str | None:
    """Who says something, by the label; None for the article itself."""
    said = chain(resolved.reading, attribution)
    return (said[0].speaker or said[0].id) if said else None


def following(text: str, sentence: Span) -> Iterator[Span]:
    """The sentences behind one, the nearest first."""
    for _ in range(AHEAD):
        start = next((m.start() for m in re.finditer(r"\S", text[sentence[1] :])), None)
        if start is None:
            return
        sentence = sentence_of(text, (sentence[1] + start, sentence[1] + start + 1))
        yield sentence
