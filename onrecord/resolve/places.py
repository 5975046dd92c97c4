"""The places of an article, and those that it is set in.

They are those that the gazetteer knows, what stands with a capital behind "in" or "at", or behind "town of" and the like, and its dateline's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.model import Noun, Reading
from onrecord.read.countries import demonyms, whole
from onrecord.read.manner import lexicon
from onrecord.resolve.series import is_dated, is_time
from onrecord.resolve.terms import weight
from onrecord.resolve.words import stem
from onrecord.text import Span, overlap

CAPITAL = r"[A-ZÀ-Þ][\w’'-]*\w"
BEHIND = re.compile(
    rf"(?:(?P<before>\w+)\s)?\b(?:in|at|(?P<of>of)|across|near|around|throughout|outside|off)\s+(?:the\s+)?(?P<name>{CAPITAL}(?:\s{CAPITAL})*)"
)
DATELINE = re.compile(
    rf"(?P<city>[A-ZÀ-Þ]{{3,}}(?:[ -][A-ZÀ-Þ]{{2,}})*)(?:,\s(?P<land>{CAPITAL}(?:\s{CAPITAL})*))?[^\n]{{0,40}}?\s?(?:—|–|--?)\s"
)
NAME = re.compile(r"[A-ZÀ-Þ][\w-]+(?:[’']s\b)?")
INNER = re.compile(
    r"(?<=[\w,’'] )[A-ZÀ-Þ][\w-]+(?:[’']s\b)?|\b[A-ZÀ-Þ][\w-]+[’']s\b"
)  # within a sentence, or whose something is
PLAIN = re.compile(r"(?<![\w’'])[a-zß-ÿ][\w-]+")
LEAD = 600  # characters of a first paragraph
TELLING = 3.2  # the weight of a word that is not in many names
FEW = 2  # places of a headline or a first paragraph, so that a figure without a place may be of them


class Map(Noun, frozen=True, kw_only=True):
    """The places of an article, and its text without the names of speakers and bodies, which may hold some."""

    text: str

    narrow: frozenset[str]
    wide: frozenset[str]  # countries, and what a dateline names behind its place
    setting: frozenset[str]  # those of headline, dateline and first paragraph
    lands: frozenset[str] = frozenset()  # words of what a dateline names behind its place
    start: int = 0  # where the text begins behind its dateline
    site: frozenset[str] = (
        frozenset()
    )  # words of those of headline and first paragraph, where an article may be written in another place than it is about
    names: frozenset[str] = frozenset()  # folded words of its names
    about: frozenset[str] = frozenset()  # and of those that headline or first paragraph hold


def body_of(text: str) -> int:
    """Where an article begins behind its headline, if it has one: with its dateline, if it has one."""
    return text.find("\n\n") + 2 if "\n\n" in text else 0


def places_of(reading: Reading) -> Map:
    """The places of an article, and those that it is set in."""
    text = reading.article.text
    body = body_of(text)
    lines = DATELINE.match(text, body)
    wide = {folded(lines["land"])} if lines and lines["land"] and not is_dated(lines["land"]) else set()
    lands = words_of_names(wide)
    named = {*found(reading), *({folded(lines["city"])} if lines else ())} - {""}
    wide |= {n for n in named if whole(n.title())}
    start, end = lines.end() if lines else body, end_of_lead(text, body)
    bare = blank(text, [m for e in reading.entities if e.type in ("person", "outlet") for m in e.mentions])
    names = named_in(bare[start:], named - wide) - words_of_names(wide)
    return Map(
        text=masked(reading),
        start=start,
        lands=lands,
        site=words_of_names(within(f"{text[:body]} {text[start:end]}", named - wide)),
        names=names,
        about=names & capitals(f"{bare[:body]} {bare[start:end]}") or often(bare[start:], names),
        narrow=frozenset(named - wide),
        wide=frozenset(wide),
        setting=frozenset(setting(text, body, lines, named - wide, wide)),
    )


def setting(text: str, body: int, lines: re.Match[str] | None, narrow: set[str], wide: set[str]) -> set[str]:
    """The places that an article is set in: who writes from the capital may write of another town. None where it names too many."""
    end = text.find("\n\n", body) if "\n\n" in text[body:] else len(text)
    first = text[lines.end() if lines else body : end]
    found = (
        within(text[:body], narrow)
        or within(first, narrow)
        or within(text[body:end], narrow)
        or within(text[:end], wide)
    )
    return found if len(found) <= FEW else set()


def end_of_lead(text: str, body: int) -> int:
    """Where the first paragraph ends, or what is read of it does."""
    end = text.find("\n\n", body)
    return min(end if end > 0 else len(text), body + LEAD)


def capitals(text: str) -> frozenset[str]:
    """The words with a capital of a text, folded."""
    return frozenset(folded(w) for w in NAME.findall(text))


def often(text: str, names: frozenset[str]) -> frozenset[str]:
    """The name that stands most often in a text, where one does more than once."""
    counts = Counter(w for w in map(folded, NAME.findall(text)) if w in names)
    return frozenset(name for name, count in counts.most_common(1) if count > 1)


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """Names by their words, those left out that many names hold: the dam of "Tarn Dam". A name of one word, or of such words only, is left as it is."""
    parts = ((name, [folded(w) for w in name.split() if weight(stem(folded(w))) >= TELLING]) for name in names)
    return frozenset(w for name, its in parts for w in (its if " " in name and its else [name]))


def named_in(body: str, places: Iterable[str]) -> frozenset[str]:
    """The words of a body that are names and tell something: never without a capital, and none that many names hold; and those of its places."""
    plain = set(PLAIN.findall(body))
    inner = {folded(w) for w in set(INNER.findall(body))}
    found = {w for w in inner if w not in plain and not is_time(w) and weight(stem(w)) >= TELLING}
    return frozenset(found | words_of_names(places)) - {folded(d) for d in demonyms()}


def masked(reading: Reading) -> str:
    """The text with blanks for those who speak, and for bodies of more than one word."""
    bodies = [m for e in reading.entities if e.type not in ("place", "person") and " " in e.name for m in e.mentions]
    return blank(reading.article.text, [*bodies, *(s for a in reading.attributions for s in a.source)])


def blank(text: str, spans: Iterable[Span]) -> str:
    """A text with blanks for some of its words."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def found(reading: Reading) -> Iterator[str]:
    """The names of places in a text, folded: no days, persons and bodies."""
    text = reading.article.text
    others = [
        m
        for e in reading.entities
        if e.type in ("person", "outlet") or (" " in e.name and e.type != "place")
        for m in e.mentions
    ]
    for m in BEHIND.finditer(text):
        taken = any(overlap(m.span("name"), other) for other in others)
        settled = not m["of"] or (m["before"] or "").lower() in lexicon("accounts")["tally"]["settled"]
        if settled and not taken and not is_time(m["name"]):
            yield folded(m["name"])
    yield from (folded(p.name) for p in reading.places if p.geonames_id is not None and p.name not in demonyms())


def folded(name: str) -> str:
    """A place's name as it is compared."""
    return re.sub(r"[’']s?$", "", name.casefold()).removeprefix("the ").strip()


def within(text: str, names: Iterable[str]) -> set[str]:
    """Of these names those that stand in a text."""
    low = text.casefold()
    return {n for n in names if n in low and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", low)}
