"""Where a text names places: by the network's names, and by the gazetteer where the words around say so.

1. the network's places, cut where they hold several ("Ames, Iowa") and grown to their whole name ("South Sudan")
(`tagged`), 2. places in names of another type: "Peru's Health Ministry", or a city taken for a person's (`mistaken`),
3. datelines, 4. other capitalised names that the gazetteer knows (`named`), 5. further mentions of what was found
(`find`). No mention overlaps another, nor, but for steps 2 and 5, a name of another type.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from onrecord.read import countries, gazetteer
from onrecord.read.manner import lexicon
from onrecord.read.names import Name
from onrecord.read.names_words import titles
from onrecord.read.places_sense import candidates, feature, known
from onrecord.text import Span

LARGE = 150_000  # people
LONGEST = 60  # characters of a place's name
WORD = r"[A-ZÀ-Þ][\w’'.-]*"
JOINED = r"(?:(?:of|the|and|el|al|de|la|du|di|da|do|es|sur|on|upon|am) ){0,2}"
RUN = re.compile(rf"(?<![\w’'-]){WORD}(?:[ -]{JOINED}[A-ZÀ-Þ][\w’'-]*){{0,4}}")
LEFT = re.compile(rf"(?:(?<=\s)|^)(?:{WORD} ){{1,2}}$")
RIGHT = re.compile(rf"(?: {JOINED}[A-ZÀ-Þ][\w’-]*){{1,2}}")
CUT = re.compile(r",? and |, |/|(?:^| )of (?:the )?|-[a-z]+$")
DATELINE = re.compile(r"(?:\A|\n\n)([A-Z][A-Z .'’-]{2,30}[A-Z])(?=,| \(| ?[–—-])")
POSSESSIVE = re.compile(r"['’]s? ")
LOCATED = re.compile(r"\b(?:in|near|outside|around) (?:the )?(?:(?:city|town|village|state|province) of )?$", re.I)
JOINT = re.compile(r" (?:of|and) (?:the )?(?=[A-ZÀ-Þ])")
HEAD = re.compile(r"\b([A-Z]\w+) of (?:the )?$")
HOLDER = re.compile(rf", ({WORD}(?: {WORD}){{0,2}})")
AFTER = re.compile(r" ([\w’'-]+)(?: ([\w’'-]+))?")
ENUMERATED = re.compile(r"(?:,|,? and|,? or) $")


@cache
def before(list_name: str) -> re.Pattern[str]:
    """The words of a list, after which a capitalised name is likely a place's."""
    words = "|".join(lexicon("places")[list_name])
    side = r"[a-z]+ern|north|south|east|west|central|city of|town of|village of|province of|state of"
    return re.compile(rf"\b(?:{words})(?:(?: the)? (?:{side}))? $", re.I)


@cache
def features() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words before and after a name that belong to it."""
    table = lexicon("places")["parts"]
    return re.compile(rf"\b(?:{'|'.join(table['before'])}) $"), re.compile(rf" (?:{'|'.join(table['after'])})\b")


class Taken:
    """Which characters belong to a name already."""

    def __init__(self, text: str, names: Iterable[Span]) -> None:
        self.of = bytearray(len(text))
        for span in names:
            self.take(span)

    def take(self, span: Span) -> None:
        """Marks a span."""
        self.of[slice(*span)] = b"\1" * (span[1] - span[0])

    def free(self, span: Span) -> bool:
        """Whether no character of a span is taken."""
        return not any(self.of[slice(*span)])


def is_common(words: str) -> bool:
    """Whether a name of the gazetteer is rather a word of news."""
    return words.lower().rstrip(".") in lexicon("places")["common"]


def dotted(text: str, span: Span) -> Span:
    """A name with the full stop that is its own ("Fla."), and without one that is not ("Ohio.")."""
    start, bare = span[0], text[slice(*span)].rstrip(".")
    own = bare.rpartition(" ")[2] + "." in lexicon("places")["short"] and text.startswith(".", start + len(bare))
    return start, start + len(bare) + own


def is_adjective(words: str) -> bool:
    """Whether a name ends as "Northern Indian" does: it is no place, but of one."""
    last = words.rpartition(" ")[2]
    return words not in countries.places() and (last in countries.demonyms() or last in lexicon("places")["regional"])


def settled(words: str) -> bool:
    """Whether a name is a country's, an area's or a region's own, so that it is a place wherever it stands."""
    found = candidates(words) if not is_common(words) else ()
    if not found or (len(words) < 4 and found[0].kind != "nation"):
        return False
    own = not found[0].other or gazetteer.fold(found[0].name).startswith(gazetteer.fold(words) + " ")
    return found[0].kind in ("nation", "area") or (found[0].kind == "region" and own)


def is_thing(text: str, span: Span) -> bool:
    """Whether a name is a building's, a school's or an illness's, by its last word or one that follows."""
    table = lexicon("places")
    last = re.split(r"[\s-]", text[slice(*span)])[-1].lower()
    after = AFTER.match(text, span[1])
    capitals = [w.lower() for w in after.groups() if w and w[0].isupper()] if after else []
    ill = after and after.group(1) in table["illnesses"] and not settled(text[slice(*span)])
    return bool(ill) or any(w in table["things"] for w in (last, *capitals))


def is_place(text: str, span: Span) -> bool:
    """Whether the words around say that an unknown name is a place's: "in X", "the town of X", "X province", "X, Y"."""
    return bool(LOCATED.search(text[max(0, span[0] - 30) : span[0]]) or feature(text, span) or held(text, span[1]))


def held(text: str, at: int) -> bool:
    """Whether a comma and a country or region follow."""
    m = HOLDER.match(text, at, at + 40)
    return m is not None and any(settled(" ".join(m[1].split()[:n]).rstrip(".’'")) for n in (3, 2, 1))


def pieces(text: str, span: Span) -> Iterator[Span]:
    """A name, or the several that it holds."""
    words = text[slice(*span)]
    cuts = [] if known(words) else [m.span() for m in CUT.finditer(words)]
    for (_, start), (end, _) in pairwise([(0, 0), *cuts, (len(words), 0)]):
        if part := words[start:end].strip():
            at = span[0] + words.index(part, start)
            yield at, at + len(part)


def grown(text: str, span: Span) -> Span:
    """A name with the capitalised words beside it that belong to it."""
    left, right = LEFT.search(text, max(0, span[0] - 30), span[0]), RIGHT.match(text, span[1], span[1] + 30)
    starts = [span[0]] + [span[0] - len(w) for w in tails(left.group())] if left else [span[0]]
    ends = [span[1]] + [span[1] + len(w) for w in heads(right.group())] if right else [span[1]]
    wider = [(s, e) for s in starts for e in ends if (s, e) != span and not text[s:e].lower().startswith("the ")]
    found = max((w for w in wider if known(text[slice(*w)])), key=lambda w: w[1] - w[0], default=None)
    if found:
        return found
    head, tail = features()
    before, after = head.search(text, max(0, span[0] - 20), span[0]), tail.match(text, span[1])
    return before.start() if before else span[0], after.end() if after else span[1]


def tails(words: str) -> Iterator[str]:
    """The words at the end, one, two and so on: of "South East ", "East " and "South East "."""
    parts = words.split(" ")[:-1]
    yield from (" ".join(parts[n:]) + " " for n in range(len(parts) - 1, -1, -1))


def heads(words: str) -> Iterator[str]:
    """The words at the head: of " de Janeiro City", " de Janeiro" and " de Janeiro City"."""
    yield from (words[: m.end()] for m in re.finditer(r"[A-ZÀ-Þ][\w’-]*", words))


def tagged(text: str, names: Sequence[Name]) -> Iterator[tuple[Span, bool]]:
    """The network's places, and whether the gazetteer or the words around bear it out."""
    for name in names:
        for part in pieces(text, name.span) if name.type == "place" else ():
            span = dotted(text, grown(text, part))
            words = text[slice(*span)]
            if len(words) > 1 and not is_common(words) and not is_adjective(words) and not is_thing(text, span):
                yield span, bool(candidates(words)) or is_place(text, span)


def surnames(text: str, names: Sequence[Name]) -> set[str]:
    """The words behind the first of every person's name."""
    found = {w for n in names if n.type == "person" for w in text[slice(*n.span)].split()[1:]}
    return {w for w in found if not settled(w)}


def mistaken(text: str, names: Sequence[Name], people: Collection[str]) -> Iterator[Span]:
    """Places in names that are another's by the network: their holder in front, or what is a place by where it stands."""
    for name in names:
        start, end = name.span
        words = text[start:end]
        if name.type == "organisation" and (m := POSSESSIVE.search(words)) and settled(words[: m.start()]):
            yield start, start + m.start()
        elif name.type in ("organisation", "person") and candidates(words) and not is_common(words):
            near = LOCATED.search(text[max(0, start - 30) : start]) or feature(text, name.span) or held(text, end)
            bare = len(words) > 3 and words not in people and not words.isupper()
            area = candidates(words)[0].kind == "area"  # "The Atlantic"
            sure = settled(words) and not area and (name.type == "organisation" or " " in words)
            if (near and bare) or sure or words.endswith(" County"):
                yield name.span
        elif name.type == "organisation" and " and " in words and " of " not in words:
            yield from (p for p in pieces(text, name.span) if settled(text[slice(*p)]))


def datelines(text: str) -> Iterator[Span]:
    """Places in capitals at the head of a paragraph, before a dash or an agency."""
    return (m.span(1) for m in DATELINE.finditer(text) if known(m[1]) and not is_common(m[1]))


def longest(text: str, run: Span) -> Span | None:
    """The longest beginning of a run of capitalised words that the gazetteer knows."""
    start, end = run[0], min(run[1], run[0] + LONGEST)
    while start < end:
        words = text[start:end]
        bare = words.removesuffix("'s").removesuffix("’s").rstrip("'’")
        span = dotted(text, (start, start + len(bare)))
        form = text[slice(*span)]
        if known(form) and (form not in countries.demonyms() or form in countries.places()):
            return span
        cut = max(words.rfind(" "), words.rfind("-"))
        if cut < 0:
            return None
        end = start + cut
    return None


def is_tail(text: str, at: int) -> bool:
    """Whether what begins here ends another name: "Bank of England"."""
    m = HEAD.search(text, max(0, at - 30), at)
    return m is not None and m[1] in lexicon("places")["heads"]


def alone(text: str, span: Span, end: int) -> bool:
    """Whether the run of capitalised words ends with a name, or goes on with a title or what the name possesses."""
    if text[span[1] : span[1] + 1] == "$":
        return False
    if (
        span[1] == end
        or text.startswith(". ", span[1])
        or POSSESSIVE.match(text, span[1])
        or text[slice(*span)].isupper()
    ):
        return True
    rest = text[span[1] : end].lstrip(" .'’s")
    return not rest[:1].isupper() or bool(titles().match(rest + " "))


def named(text: str, taken: Taken) -> Iterator[tuple[Span, bool]]:
    """Names of the gazetteer in what is not taken, and whether the words around say that they are places."""
    for run in runs(text):
        span = longest(text, run)
        if span and taken.free(span) and alone(text, span, run[1]) and not is_tail(text, span[0]):
            yield span, placed(text, span)


def runs(text: str) -> Iterator[Span]:
    """Runs of capitalised words; one that goes on behind "and" or "of" gives its rest too."""
    for m in RUN.finditer(text):
        yield m.span()
        yield from ((joint.end(), m.end()) for joint in JOINT.finditer(text, *m.span()))


def placed(text: str, span: Span) -> bool:
    """Whether the words around say that a name is a place's, or it is one by itself."""
    words = text[slice(*span)]
    if settled(words) or (len(words) > 3 and held(text, span[1])):
        return True
    if len(words) < 4 or is_common(words) or is_thing(text, span):
        return False
    ahead, large = text[max(0, span[0] - 30) : span[0]], max(e.population for e in candidates(words)) >= LARGE
    after_word = before("before").search(ahead) or (large and before("before_large").search(ahead))
    return bool(after_word or feature(text, span))


def find(text: str, names: Sequence[Name]) -> list[Span]:
    """The mentions of places, in order, none overlapping another."""
    own, found = Taken(text, ()), dict[Span, str]()

    def keep(span: Span) -> None:
        if 0 < span[1] - span[0] <= LONGEST and own.free(span):
            own.take(span)
            found[span] = gazetteer.fold(text[slice(*span)])

    by_network, people = list(tagged(text, names)), surnames(text, names)
    for span in (*(s for s, sure in by_network if sure), *mistaken(text, names, people), *datelines(text)):
        keep(span)
    doubtful = [s for s, sure in by_network if not sure]
    for span, sure in named(text, Taken(text, (*found, *(n.span for n in names if n.type != "place")))):
        near = (max(0, span[0] - 6), span[0])
        listed = not own.free(near) and ENUMERATED.search(text, *near) and not is_common(text[slice(*span)])
        if (sure or listed) and text[slice(*span)] not in people:
            keep(span)
        else:
            doubtful.append(span)
    surfaces = set(found.values())
    for span in (*doubtful, *(n.span for n in names if n.type == "organisation")):
        words = text[slice(*span)]
        if len(words) > 3 and words not in people and gazetteer.fold(words) in surfaces:
            keep(span)
    return sorted(found)
