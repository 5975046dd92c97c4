"""Organisations, towns and countries that the network passed over or found in part."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from onrecord.read import acronyms, countries, gazetteer, words_at
from onrecord.read.manner import lexicon
from onrecord.read.names_outlets import is_outlet
from onrecord.read.names_spans import Name as Name
from onrecord.read.names_spans import clashing
from onrecord.read.names_tagged import stripped
from onrecord.read.names_words import SMALL, STARTERS, VAGUE, is_land, is_organisation, organisation_words
from onrecord.text import Span


def with_bodies(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the organisations that brackets introduce with their acronym, and with those known the world over."""
    out = list(names)
    briefs = set()
    for full, brief in acronyms.introduced(text):
        words, clash, mark = text[slice(*full)], clashing(out, full), clashing(out, brief)
        kinds = {n.type for n in out[clash]}
        if is_organisation(words) or "organisation" in kinds | {n.type for n in out[mark]}:
            kinds = {"organisation"}
        role = words.split()[0].lower() in lexicon("speakers")["roles"]["words"]  # "Member of the Foo Parliament (MFP)"
        if len(kinds) == 1 and not role and all(full[0] <= n.span[0] and n.span[1] <= full[1] for n in out[clash]):
            out[clash] = [Name(full, *kinds)]
            out[clashing(out, brief)] = [Name(brief, *kinds)]
            briefs.add(text[slice(*brief)])
    for m in acronyms.known(text):
        clash = clashing(out, m.span())
        inside = all(m.start() <= n.span[0] and n.span[1] <= m.end() for n in out[clash])
        if inside and m.group() not in briefs and not any(n.type == "outlet" for n in out[clash]):
            out[clash] = [Name(m.span(), "outlet" if is_outlet(text, m.span()) else "organisation")]
    return with_organisations(text, out)


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Capitalised words that end as an organisation's name does."""
    ends = "|".join(w.capitalize() for w in sorted(organisation_words()[0] - VAGUE) if w.isalpha())
    return re.compile(
        rf"(?<![\w.’'-])(?<!\d )(?:[A-ZÀ-Þ][\w-]*(?:[’']s?)? ){{1,5}}(?:{ends})\b(?! [A-Z]| of [A-Z]| for [A-Z]| (?:[a-z]+ )?(?:elect|primar))"
    )


def with_organisations(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the organisations that say what they are where the network passed over them."""
    out = list(names)
    for m in organisation_pattern().finditer(text):
        span = stripped(text, m.span(), "organisation")
        if not span or headline_like(text, span):
            continue
        clash = clashing(out, span)
        if not out[clash] and is_organisation(text[slice(*span)]):
            out[clash] = [Name(span, "organisation")]
    return out


def headline_like(text: str, span: Span) -> bool:
    """Whether most words of the line around are capitalised."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    words = text[start : end if end >= 0 else len(text)].split()[:20]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words)


@cache
def country_pattern() -> re.Pattern[str]:
    """The names of whole countries but for abbreviations; not beside other capitals, nor in the name of an election."""
    words = sorted((n for n in countries.names() if len(n) > 4), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?<!\d )(?:"
        + "|".join(map(re.escape, words))
        + r")(?![\w-]| [A-Z]| (?:[a-z]+ )?(?:elect|referend|primar))"
    )


ABBREVIATED = re.compile(r"(?<=\b[Tt]he )(?:US|UK|USA|UAE)(?![\w-]| [A-Z])")  # "in the US"


@cache
def first_words() -> frozenset[str]:
    """The words that names of countries begin with."""
    return frozenset(m[0] for n in countries.names() if (m := words_at.RUN.match(n)))


TOWN = re.compile(
    r"([A-ZÀ-Þ](?:(?<=\bin .)|(?<=\bnear .)|(?<=\bfrom .)|(?<=\bof .)|(?<=\boutside .)|(?<=\bto .)|(?<=\bat .)|(?<=\bthrough .))"
    r"[a-zà-ÿ]+[ -]?(?:[A-ZÀ-Þ][a-zà-ÿ]+[ -]?){0,2}(?<=\w)), ([A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?=[^\w’'-])"
)


def with_towns(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the towns that stand before the state or country they lie in: "Foo, Ohio"."""
    out = list(names)
    for m in TOWN.finditer(text):
        clash = clashing(out, m.span(1))
        first = m[1].split()[0].lower()
        land = is_land(m[2]) or any(e.kind == "region" for e in gazetteer.look_up(m[2]))
        if land and not out[clash] and first not in STARTERS | SMALL and m[1] not in countries.demonyms():
            out[clash] = [Name(m.span(1), "place")]
    return out


def with_countries(text: str, names: Sequence[Name], tagged: Sequence[Span]) -> list[Name]:
    """The names with the countries that the network passed over or found in part. `tagged`: what it tagged, events too."""
    tagged = sorted(tagged)
    starts = [s for s, _ in tagged]
    out = list(names)
    whole = words_at.matches(text, country_pattern(), words_at.places(text), first_words())
    for m in (*whole, *ABBREVIATED.finditer(text)):
        start, end = m.span()
        near = tagged[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        clash = clashing(out, m.span())
        if all(start <= s and e <= end for s, e in (*near, *(n.span for n in out[clash])) if start < e):
            out[clash] = [Name(m.span(), "place")]
    return out


def joined(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with those made one that are halves of an organisation's name around "and"."""
    out: list[Name] = []
    for name in names:
        if (
            out
            and out[-1].type == name.type == "organisation"
            and text[out[-1].span[1] : name.span[0]] == " and "
            and is_organisation(text[slice(*name.span)])
            and " " in (first := text[slice(*out[-1].span)])
            and organisation_words()[0].isdisjoint(first.lower().split()[1:])
        ):
            out[-1] = Name((out[-1].span[0], name.span[1]), name.type)
        else:
            out.append(name)
    return out
