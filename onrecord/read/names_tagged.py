"""Runs of tokens that the network tags as names, cut apart where they hold several, without titles and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from onrecord.model import EntityType
from onrecord.read import acronyms, countries
from onrecord.read.manner import lexicon
from onrecord.read.names_words import FORMS, first_names, is_land, is_organisation, outside, titles
from onrecord.read.network import Encoded
from onrecord.text import Span

NATION = re.compile(r"(?:U\.S\.|US|UK|EU|UN|U\.N\.)\s+")
LAST_LOWER = re.compile(r"\s+[a-zà-ÿ][\w’'-]*$")


def tagged(encoded: Encoded) -> Iterator[tuple[Span, np.ndarray]]:
    """Runs of name tokens of one window with the summed log-probabilities of the four types."""
    inside = np.flatnonzero(np.exp(encoded.names[:, 0]) < 0.5).tolist()
    if not inside:
        return
    opening, going_on = encoded.names[:, 1::2], encoded.names[:, 2::2]
    by_type = np.logaddexp(opening, going_on)
    begins = (np.logaddexp.reduce(opening, axis=1) > np.logaddexp.reduce(going_on, axis=1)).tolist()
    kinds = by_type.argmax(1).tolist()
    spans = encoded.window.spans
    run: list[int] = []
    for t in [*inside, -1]:
        if run and (t != run[-1] + 1 or (begins[t] and kinds[t] != kinds[run[0]])):
            yield (spans[run[0]][0], spans[run[-1]][1]), by_type[run].sum(0)
            run = []
        run.append(t)


def apart(text: str, span: Span) -> Iterator[Span]:
    """The names of what was tagged as one: an acronym in brackets ("Foo Bar (FB"), an owner ("Fooland's Bar Front", "Foo Party's Ann
    Bar"), two bodies around "and" ("Foo Agency and the Bar Council"), lines."""
    start, end = span
    for m in SEAM.finditer(text, start, end):
        left, right = text[start : m.start()], text[m.end() : end]
        if separate(m[0], left, right):
            yield from unbracketed(text, (start, m.start()))
            start = m.end()
    yield from unbracketed(text, (start, end))


OWNING = "'’"
SEAM = re.compile(r"[’']s?\s+(?=[A-Z])|\s+and\s+(?=[A-Z]|the [A-Z])|,\s+(?=[A-Z])")
BETWEEN_BRACKETS = re.compile(r"[^\s()](?:[^()\n]*[^\s()])?")


def owns(words: str) -> bool:
    """Whether what owns a name is one of its own: a country, a state, an organisation by its words, an acronym."""
    return is_land(words) or is_organisation(words) or (words.isupper() and words.isalpha() and len(words) > 1)


def separate(seam: str, left: str, right: str) -> bool:
    """Whether the words on either side of an owner's mark, a comma or "and" are names of their own."""
    if seam[0] in OWNING:
        return owns(left)
    lands = is_land(left) and is_land(right.split(",")[0])
    if seam[0] == ",":
        return lands or left.lower().endswith(FORMS)
    return lands or both_bodies(left, right)


def both_bodies(left: str, right: str) -> bool:
    """Whether the words on either side of "and" are organisations by themselves."""
    right = right.removeprefix("the ")
    return all(is_organisation(w) or acronyms.body(w) is not None for w in (left, right))


def unbracketed(text: str, span: Span) -> Iterator[Span]:
    """The parts of a stretch between brackets and line ends."""
    for part in BETWEEN_BRACKETS.finditer(text, *span):
        yield part.span()


PLACE = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
PLACES = re.compile(r"[^,]+(?:, (?!D\.?C)[A-ZÀ-Þ][^,]*)+")  # "Foo, Bar County", but "Washington, D.C."


def places_within(text: str, span: Span) -> Sequence[Span]:
    """The places that commas part in a name, "Foo, Bar County", but for a dateline's."""
    if text[span[0] - 1 : span[0]] in ("", "\n"):
        return [span]
    return [m.span() for m in PLACE.finditer(text, *span)] if PLACES.fullmatch(text, *span) else [span]


HOME = re.compile(r"((?:[A-ZÀ-Þ][\w.’'-]*\s+)+[A-ZÀ-Þ][\w’'-]+)\s+(?:of|from|for)\s")  # "Ann Bar of the Foo Party"
AT_HOME = re.compile(r"\s+(?:of|from|for)\s+(?:the\s+)?(\S.*)")
FIRST = re.compile(r"([\w’'-]+)\s+(?=\S)")


def stripped(text: str, span: Span, kind: EntityType) -> Span | None:
    """A name without titles, articles and possessive; None where nothing capitalised is left."""
    start, end = span
    if kind == "person":
        nation = NATION.match(text, start, end)
        start = nation.end() if nation else start
        title = titles().match(text, start, end)
        start = title.end() if title and title.end() < end else start
        start += behind_role(text[start:end])
        home = HOME.match(text, start, end)
        end = home.end(1) if home else end
    while (first := FIRST.match(text, start, end)) and outside(first.group(1)):
        start = first.end()
    while (tail_word := LAST_LOWER.search(text, start, end)) and tail_word.start() > start:
        end = tail_word.start()
    for tail in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(tail):
            end -= len(tail)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    words = text[start:end]
    last = words.split()[-1].lower() if words else ""
    if last == words.lower() and outside(words):
        return None
    bare_title = titles().fullmatch(words + " ") or (kind == "person" and last in lexicon("speakers")["roles"]["words"])
    return (
        (start, end)
        if any(c.isupper() for c in words) and not bare_title and words not in countries.demonyms()
        else None
    )


def behind_role(words: str) -> int:
    """Where a person's name begins behind the role that was tagged with it: "Harbour Minister Ann Bar"."""
    roles = lexicon("speakers")["roles"]["words"]
    found = [m.end() for m in FIRST.finditer(words) if m[1].lower() in roles]
    return found[-1] if found and words.split()[0].lower() not in first_names() else 0


def is_home(words: str) -> bool:
    """Whether what a person is "of" is a body: an acronym, or an organisation by its words."""
    return (
        is_organisation(words)
        or acronyms.body(words) is not None
        or (words.isupper() and words.isalpha() and 2 < len(words) < 7)
    )
