"""Names that stand again where the network passed them over: of several words, of one firm, acronyms of what is named in full."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import EntityType
from onrecord.read import acronyms
from onrecord.read.manner import lexicon
from onrecord.read.names_spans import Name, clashing, places_of
from onrecord.read.words_at import places
from onrecord.text import Span

OWNS = re.compile(r"[’']s? ")
LONGER = re.compile(r"[-’']\w{3}| (?:of )?([A-Z][\w-]+|\d)")
OFFICE = re.compile(r" (?:Chief|Vice|Deputy|Senior|Executive)\b")
CAPITAL = re.compile(r"[A-Z][a-zà-ÿ]+[A-Z]?\w*")
ACRONYM = re.compile(r"(?<![\w.-])[A-Z][A-Z0-9]{2,6}(?![\w-])")


def repeated(text: str, names: Sequence[Name], tagged: Sequence[Span]) -> list[Name]:
    """The names with the places where one of several words, or an acronym, stands again and the network passed it over."""
    out = list(names)
    tagged = sorted(tagged)
    known = {w: n.type for n in names if " " in (w := text[slice(*n.span)]) or (len(w) > 2 and w.isupper())}
    single = single_bodies(text, names)
    known |= single
    known |= abbreviated(text, names)
    for words, starts in places_of(text, known).items():
        for start in starts:
            end = start + len(words)
            clash = clashing(out, (start, end))
            near = tagged[max(0, bisect_left(tagged, (start, 0)) - 1) : bisect_left(tagged, (end, 0))]
            part = all(n.span[0] == start and n.span[1] < end and n.type == known[words] for n in out[clash])
            inside = [s for s, e in near if e > start]  # "Foo's Bar 9", tagged as one thing
            free = part if out[clash] else not inside or (inside == [start] and OWNS.match(text, end))
            if free and not (words in single and goes_on(text, end)):
                out[clash] = [Name((start, end), known[words])]
    return out


def goes_on(text: str, end: int) -> bool:
    """Whether a name that ends here is the beginning of another: "Foo | 787", "Foo | Motors", but not "Foo | President"."""
    m = LONGER.match(text, end)
    office = m and m[1] and (m[1].lower() in lexicon("speakers")["roles"]["words"] or OFFICE.match(text, end))
    return bool(m) and not office


def single_bodies(text: str, names: Sequence[Name]) -> dict[str, EntityType]:
    """Organisations of one word that is no word of the text in lower case."""
    bodies = [n for n in names if n.type in ("organisation", "outlet")]
    single = {w: n.type for n in bodies if CAPITAL.fullmatch(w := without_form(text[slice(*n.span)]))}
    plain = {*places(text), *lexicon("speakers")["organisation"]["ends"]} if single else set()
    return {w: kind for w, kind in single.items() if len(w) > 3 and w.lower() not in plain}


def without_form(words: str) -> str:
    """A firm's name without what says that it is one: "Foo" of "Foo Inc."."""
    first, _, last = words.partition(" ")
    return first if last.lower().strip(".,") in acronyms.CORPORATE else words


def abbreviated(text: str, names: Sequence[Name]) -> dict[str, EntityType]:
    """Acronyms of organisations that the text names in three words or more."""
    briefs = {
        i: n.type
        for n in names
        if n.type in ("organisation", "outlet")
        for i in acronyms.initials(text[slice(*n.span)])
        if len(i) > 2
    }
    return {m: briefs[m.casefold()] for m in ACRONYM.findall(text) if m.casefold() in briefs}
