"""What makes a figure a tally that can be followed over time: of which place it is, whether it counts all or a part, and whether it is said to have moved.

1. A figure is of the places that its sentence names, those that are part of a speaker's or a body's name left out; where that names none, of those of the headline, else of
the first paragraph, else of the dateline, if they are no more than two. A country counts only where no place within it is named.
2. A figure counts a part where its words say so: "40 of the patients", "12 more", "30 a day".
3. It moved where it says so: "rose to 148", "up from 260", "revised from 40 to 52"; what it moved from is an earlier value.

Word lists: `lexicon/accounts.toml`, and the words of change of `lexicon/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.model import Figure, Noun
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.bare import meant
from onrecord.resolve.measures import SIZE, SUFFERED, TOLL, WALKOUT, hedges, is_measure
from onrecord.resolve.places import Map, capitals, within, words_of_names
from onrecord.resolve.series import PRESENCE, value_of
from onrecord.text import Span
from onrecord.watch.topics import tied, topic

BESIDE = re.compile(r"(?:,\s(?:as|while|and|but)|\s(?:while|whereas))\s")  # between clauses that tell of two things
THERE = re.compile(r"\bthere\s(?:are|were|is|was|have been|had been)\s(?:\w+\s){0,2}$", re.I)
THEM = re.compile(r"\sof\s(?:them|us)\b")  # "there were 900 of them": all of them
WHOLE = re.compile(r"\d\s+of\s+(?:[\w’'-]+\s+){0,3}$")  # "40 of the guild's 90 members": the whole is no tally
FAR = 200  # and where the words of a move are looked for
NEAR = 20  # and behind it, where the day stands that it was told of
AROUND = 70  # characters before or behind a number where it is told to be a part, or to have moved


class Tally(Noun, frozen=True, kw_only=True):
    """What is known of a figure besides what it counts."""

    places: frozenset[str] = frozenset()  # folded names
    series: str = ""  # what it is told anew of: "captivity", "metres lake"; "" where that is not sure
    names: frozenset[str] = (
        frozenset()
    )  # folded words of the names that it may be of, its sentence's and those that its article is about
    own: frozenset[str] = frozenset()  # and of the places that its sentence itself names
    site: frozenset[str] = frozenset()  # else those of headline or first paragraph
    lands: frozenset[str] = frozenset()  # and of the land that its dateline names, which holds its places
    doubt: str = ""  # "confirmed" or "suspected", where it is said of those it counts
    who: str = ""  # whom of people it counts, as "soldiers"; "" for anybody
    tied: bool = False  # to its topic by the make of the sentence, not only by standing near it
    part: bool = False
    change: bool = False  # a share by which something grew or fell, and no level that could move
    earlier: bool = False  # it is given as what another figure moved from
    moved: str | None = (
        None  # the words of what it moved from, "" where that is not said; None where it is not said to have moved
    )


def tally(
    text: str,
    f: Figure,
    figures: Sequence[Figure],
    sentence: Span,
    places: Map,
    topics: Iterable[str],
    run: tuple[str, str],
) -> Tally:
    """What is known of a figure of a reading; `run` is the topic that it is tied to, and the level it gives."""
    beside = [
        g
        for g in figures
        if sentence[0] <= g.span[0] < sentence[1] and g.span != f.span and abs(g.span[0] - f.span[0]) <= FAR
    ]
    behind = max(sentence[0], places.start), sentence[1]
    own = within(places.text[slice(*(clause(places.text, f.span, behind) if run[1] else behind))], places.narrow)
    sure = any(t in run or t == TOLL or (t != SIZE and tied(text, sentence, f.span, f.of, topic((t,)))) for t in topics)
    return Tally(
        series=run[1] or next((t for t in topics if sure and t in (*SUFFERED, PRESENCE, WALKOUT)), ""),
        names=places.about | (capitals(places.text[slice(*behind)]) & places.names),
        own=words_of_names(own),
        site=words_of_names(own) or places.site,
        lands=places.lands,
        places=where(places.text[slice(*sentence)], places),
        doubt=doubt(text[slice(*f.span)], text[f.span[1] : min(sentence[1], f.span[1] + AROUND)]),
        who=counted_who(text, f, sentence),
        tied=sure,
        part=not is_whole(text, f, run) and is_part(text, f.span, sentence),
        change=f.unit == "percent" and is_change(text, f.span, sentence),
        earlier=is_earlier(text, f.span, sentence),
        moved=moved(text, f, beside, sentence),
    )


def clause(text: str, span: Span, sentence: Span) -> Span:
    """The part of a sentence that a level or gauge stands in, as far as an "as" or "while" parts it: what is named in the other is another matter."""
    cuts = [m.span() for m in BESIDE.finditer(text, *sentence)]
    return max((b for _, b in cuts if b <= span[0]), default=sentence[0]), min(
        (a for a, _ in cuts if a >= span[1]), default=sentence[1]
    )


def where(sentence: str, places: Map) -> frozenset[str]:
    """The places that a figure of a sentence is of."""
    if patterns()["world"].search(sentence):
        return frozenset()
    own = within(sentence, places.narrow | places.wide)
    if own & places.wide and patterns()["everywhere"].search(sentence):
        return frozenset(own & places.wide)
    return frozenset(own & places.narrow or own or places.setting)


def doubt(words: str, behind: str) -> str:
    """Whether a figure counts what is confirmed, or what is only suspected."""
    table = lexicon("accounts")["doubt"]
    told = [w.lower() for w in re.findall(r"\w+", words)] + [w.lower() for w in re.findall(r"\w+", behind)[:3]]
    return next((kind for kind, its in table.items() if not set(its.split()).isdisjoint(told)), "")


def who(unit: str | None) -> str:
    """Whom of people a unit counts: soldiers and troops are one, people and cases are anybody."""
    return classes().get((unit or "").lower(), "")


def counted_who(text: str, f: Figure, sentence: Span) -> str:
    """Whom of people a figure counts, by its unit, by their arms, or by what it is the value of: "the number of gunmen at the dam"."""
    if armed().search(text, *f.span):
        return "gunmen"
    known = who(f.unit)
    what = "" if known or f.of else meant(text, f, value_of(text, f.span, sentence))
    return known or next((classes()[w] for w in re.findall(r"[\w-]+", what.lower()) if w in classes()), "")


@cache
def armed() -> re.Pattern[str]:
    """Words for people that bear arms, whoever they are."""
    return re.compile(rf"\b(?:{either(lexicon('series')['presence']['armed'])})\b", re.I)


@cache
def classes() -> dict[str, str]:
    """Words for people of one kind, with the word that stands for them all."""
    return {word: kind for kind, words in lexicon("accounts")["who"].items() for word in words.split()}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The words that make a figure a part, and those by which it moved."""
    table, change = (
        lexicon("accounts")["tally"],
        either(w for w in lexicon("figures")["change"]["words"] if w not in ("up", "down")),
    )
    hedge = hedges()
    any = r"(?:[^.;,]|[.,](?=\d))"  # the marks within a number end nothing
    return {
        "inside": re.compile(rf"\b(?:{either(table['further'])})\b(?!\sthan)|\bof\s(?:the|them|those|these|its|their)\b", re.I),
        "people of": re.compile(rf"\bof\s(?:the|its|their)\s(?:{either(table['people'])})\b", re.I),
        "before": re.compile(rf"\b(?:{either(table['among'])}){hedge}\s*$", re.I),
        "behind": re.compile(rf"^\s*,?\s*(?:{either(table['rate'])})\b(?!\s(?:earlier|ago|later|before|after))", re.I),
        "everywhere": re.compile(rf"\b(?:{either(table['everywhere'])})\b", re.I),
        "world": re.compile(rf"\b(?:{either(table['world'])})\b", re.I),
        "from": re.compile(rf"(?:\b(?:up|down)\sfrom|\b(?:{change})\b{any}*?\bfrom){hedge}\s*$", re.I),
        "against": re.compile(rf"[\s,](?:{either(lexicon('series')['against']['words'])}){hedge}\s*$"),
        "then": re.compile(rf"^\s(?:{'|'.join(lexicon('series')['against']['then'])})\b"),
        "to": re.compile(rf"\b(?:{change})(?:\s\w+ly|\ssharply|\sagain|\supwards?|\sdownwards?|\sup|\sdown)*(?:\s(?:by|from)\s(?:{any}|,){{1,60}}?|\s(?:the|its|their|his|her)\s{any}{{1,80}}?)?\sto{hedge}\s*$", re.I),
        "by": re.compile(rf"\b(?:{change}|up|down)(?:\sby)?{hedge}\s*$", re.I),
        "since": re.compile(r"^(?:[^.;]|[.](?=\d)){0,60}?[ ,](?:up|down) from\b", re.I),
        "back": re.compile(rf"\b(?:{change})\b[^.;]*?\bto{hedge}\s[^,.;]{{1,30}},\sfrom{hedge}\s*$", re.I),
    }  # fmt: skip


def is_part(text: str, span: Span, sentence: Span) -> bool:
    """Whether a figure counts a part of something, or what was added to it, or the whole that another one is a part of."""
    before, behind = (
        text[max(sentence[0], span[0] - AROUND) : span[0]],
        text[span[1] : min(sentence[1], span[1] + AROUND)],
    )
    table = patterns()
    return bool(
        table["inside"].search(text, *span)
        or table["before"].search(before)
        or table["behind"].search(behind)
        or WHOLE.search(before)
    )


def is_whole(text: str, f: Figure, run: tuple[str, str]) -> bool:
    """Whether a number that looks like a part is none: a price a day, a lead by so many, those of a body's people who are in a state."""
    priced = bool(run[1]) and is_measure(f.unit)
    if THERE.search(text[max(0, f.span[0] - AROUND) : f.span[0]]) and THEM.match(text, f.span[1]):
        return True
    return priced or run[1].endswith(" lead") or (bool(run[0]) and bool(patterns()["people of"].search(text, *f.span)))


def is_change(text: str, span: Span, sentence: Span) -> bool:
    """Whether a figure tells by how much something grew or fell: "rose 14 per cent"."""
    return bool(patterns()["by"].search(text[max(sentence[0], span[0] - AROUND) : span[0]]))


def is_earlier(text: str, span: Span, sentence: Span) -> bool:
    """Whether a figure is what another one is said to have moved from."""
    before = text[max(sentence[0], span[0] - AROUND) : span[0]]
    back = patterns()["from"].search(before) or patterns()["back"].search(before)
    return bool(back) or is_set_beside(text, span, sentence)


def is_set_beside(text: str, span: Span, sentence: Span) -> bool:
    """Whether a figure is what another one is set beside as of an earlier day: "against 3,400 on Monday"."""
    before, behind = (
        text[max(sentence[0], span[0] - AROUND) : span[0]],
        text[span[1] : min(sentence[1], span[1] + NEAR)],
    )
    return bool(patterns()["against"].search(before) and patterns()["then"].match(behind))


def moved(text: str, f: Figure, beside: Sequence[Figure], sentence: Span) -> str | None:
    """The words of what a figure is said to have moved from; empty where it only says that it moved; None where it does not."""
    before, behind = (
        text[max(sentence[0], f.span[0] - FAR) : f.span[0]],
        text[f.span[1] : min(sentence[1], f.span[1] + FAR)],
    )
    told = bool(patterns()["to"].search(before) or patterns()["since"].match(behind))
    told = told or any(0 < g.span[0] - f.span[1] <= AROUND and is_set_beside(text, g.span, sentence) for g in beside)
    if not told or is_earlier(text, f.span, sentence):
        return None
    return next((text[slice(*g.span)] for g in beside if is_earlier(text, g.span, sentence)), "")
