"""What a number tells anew of a flow: what is given off in a day, what is cancelled, what was taken out in all, a limit, how far a closed zone reaches.

1. Of a weight or volume: how much of a substance something gives off in a stretch of time ("gave off 300 tonnes of methane in a day").
2. Of services that run: how many were cancelled, on a day or in all ("grounded 80 ferries", "cancellations since Monday have passed 700").
3. Of a sum: what has come together over some days ("customers took out 40 million marks between Monday and Friday"), and the most that is allowed
   ("limited withdrawals to 300 marks a day", "may now withdraw 900 marks a day").
4. Of a small weight: how much of a substance is in something ("80 milligrams of nitrate a litre").
5. Of a stretch of land: how much of it has burned.
6. Of a length: how far a zone reaches that was closed ("closed everything within 3 kilometres of the well").

Word lists: `lexicon/series.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.measures import hedges, unit_of
from onrecord.resolve.words import stem
from onrecord.text import Span

FAR = 160  # characters before a number where words that tell of what flow it is may stand
NEAR = 70  # and behind it
FLOW = re.compile(r" (?:cancelled|cancelled in all|output a \w+|limit)$")
CUT = re.compile(r"[,;:.]|\s(?:in|on|at|from|for|over|during|since|has|have|had)\b")
OPEN = re.compile(r"\b(?:may|can|could|allowed to|able to|free to)\b[^.;,]{0,30}$", re.I)


def is_flow(series: str) -> bool:
    """Whether a figure tells of what is cancelled, given off, or allowed at most."""
    return bool(FLOW.search(series))


def flow(text: str, f: Figure, sentence: Span, what: str) -> str:
    """The flow that a figure with a measure, or a sum, tells of, by name; `what` is that which it is said to be the value of. Empty where nothing is known."""
    unit = unit_of(f.unit) or ""
    before = text[max(sentence[0], f.span[0] - FAR) : f.span[0]]
    behind = text[f.span[1] : min(sentence[1], f.span[1] + NEAR)]
    found = limit(before, behind, what) or output(before, behind, what) or in_all(before, behind)
    found = found or (content(text, f, before) if unit in lexicon("series")["flow"]["content"]["units"] else "")
    found = found or (burnt(before, behind) if unit in lexicon("series")["flow"]["burnt"]["units"] else "")
    if found:
        return f"{unit} {found}"
    return (
        f"{unit} zone" if unit in lexicon("series")["flow"]["zone"]["units"] and is_zone(before, text, f.span) else ""
    )


def limit(before: str, behind: str, what: str) -> str:
    """The limit that a sum or measure is, by what it holds for: "withdrawal limit"."""
    table = patterns()
    made = table["limited"].search(before) or table["limit on"].search(what)
    allowed = table["allowed"].search(before) if table["rate"].match(behind) else None
    told = kind_of(made["what"]) if made else kind_of(allowed["what"]) if allowed else ""
    return f"{told} limit" if told else ""


def is_allowed(text: str, f: Figure, sentence: Span) -> bool:
    """Whether a figure that by its grammar tells of no fact tells what is allowed: "may now withdraw 900 marks a day"."""
    before = text[max(sentence[0], f.span[0] - FAR) : f.span[0]]
    behind = text[f.span[1] : min(sentence[1], f.span[1] + NEAR)]
    return bool(patterns()["allowed"].search(before) and patterns()["rate"].match(behind))


def output(before: str, behind: str, what: str) -> str:
    """What is given off or turned out, and in what time: "methane output a day"."""
    table = patterns()
    rate, own = table["rate"].match(behind), table["output of"].search(what)
    if not rate:
        return ""
    substance = own["what"] if own else rate["of"] if table["gave off"].search(before) else ""
    thing = CUT.split((substance or "").strip())[0].lower()
    return f"{thing} output a {period(rate['period'])}" if thing else ""


def in_all(before: str, behind: str) -> str:
    """What came together over some days, where that is told with a verb: "withdrawal in all"."""
    told = patterns()["moved"].search(before)
    over = patterns()["over"].match(behind)
    return f"{kind_of(told['what'])} in all" if told and over and not OPEN.search(before) else ""


def content(text: str, f: Figure, before: str) -> str:
    """The substance that something holds so much of, by its own word or by the last that so many of this unit before it were of; none of what is only allowed."""
    if patterns()["only allowed"].search(before):
        return ""
    own = text[slice(*f.of[-1])] if f.of else ""
    if not own:
        found = [m["what"] for m in patterns()["so much of"].finditer(text, 0, f.span[0]) if m["unit"] == f.unit]
        own = found[-1] if found else ""
    return stem(own.split()[-1].lower()) if own else ""


def burnt(before: str, behind: str) -> str:
    """That so much land has burned, where its sentence tells of a fire."""
    return "burnt" if patterns()["fire"].search(f"{before} # {behind}") else ""


def is_zone(before: str, text: str, span: Span) -> bool:
    """Whether a length tells how far a closed zone reaches."""
    words = before + text[slice(*span)]
    named = patterns()["zone of"].search(before) and not patterns()["demand"].search(before)
    return bool(named or patterns()["closed"].search(words))


def cancelled(text: str, f: Figure, sentence: Span, end: int, what: str) -> str:
    """How many services were cancelled, by their kind, on a day or in all; `end` is where the words that the number counts end."""
    before, behind = text[max(sentence[0], f.span[0] - FAR) : f.span[0]], text[end : min(sentence[1], end + NEAR)]
    table, things = patterns(), services("service")
    if f.of or f.unit:
        thing = things.get((text[slice(*f.of[-1])] if f.of else f.unit or "").split()[-1].lower(), "")
        told = table["cancelled"].search(before) or table["were cancelled"].match(behind)
        return f"{thing} cancelled" if thing and told else ""
    total = table["total"].search(before)
    if not (table["cancellations"].search(what) or table["of cancellations"].search(before) or total):
        return ""
    things = services("service", "runs")
    named = [things[m[0].lower()] for m in table["services"].finditer(text, 0, f.span[0])]
    since = total or table["since"].search(f"{what} {before}")
    return f"{named[-1]} cancelled{' in all' if since else ''}" if named else ""


def kind_of(words: str) -> str:
    """The deed that some words name, as "withdrawal" of "took out"; empty where it is none that sums or limits are told of."""
    return deeds().get(" ".join(words.lower().split()), "")


@cache
def deeds() -> dict[str, str]:
    """Words for deeds that sums and limits are told of, with the noun that stands for them all."""
    return {word: deed for deed, words in lexicon("series")["deed"].items() for word in words}


@cache
def services(*tables: str) -> dict[str, str]:
    """Words for services that run, or for those who run them, with the word that stands for each kind."""
    return {word: kind for t in tables for kind, words in lexicon("series")[t].items() for word in words.split()}


def period(word: str) -> str:
    """The stretch of time that a rate is told for: "day" of "daily" or "24 hours"."""
    known: dict[str, str] = lexicon("series")["flow"]["period"]
    return known.get(" ".join(word.lower().split()), word.lower())


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The expressions of each flow."""
    table = lexicon("series")["flow"]
    between = lexicon("series")["between"]
    hedge = hedges(*between["adverbs"], "no more than", "not more than")
    are, adverbs = either(between["are"]), either(between["adverbs"])
    deed, gone = either(deeds()), either(table["cancelled"]["verbs"])
    none, zone = either(table["cancelled"]["nouns"]), either(table["zone"]["nouns"])
    return {
        "limited": re.compile(rf"\b(?:{either(table['limit']['verbs'])})\s(?:\w+\s){{0,2}}?(?P<what>{deed})\sto{hedge}\s*$", re.I),
        "limit on": re.compile(rf"\b(?:{either(table['limit']['nouns'])})\s(?:on|for)\s(?:\w+\s){{0,2}}?(?P<what>{deed})\b", re.I),
        "allowed": re.compile(rf"\b(?:may|can|could|allowed to|able to)(?:\s(?:{adverbs}|again|only))*\s(?P<what>{deed}){hedge}\s*$", re.I),
        "rate": re.compile(rf"^(?:\sof\s(?P<of>[a-z][\w -]{{1,40}}?))?\s(?:in\s)?(?:a\s|an\s|per\s|each\s|every\s|one\s|a\ssingle\s)?(?P<period>{either(table['period'])})\b", re.I),
        "gave off": re.compile(rf"\b(?:{either(table['output']['verbs'])}){hedge}\s*$", re.I),
        "output of": re.compile(rf"\b(?:{either(table['output']['nouns'])})\sof\s(?P<what>[a-z][\w -]{{1,40}})", re.I),
        "moved": re.compile(rf"\b(?P<what>{deed}){hedge}\s*$", re.I),
        "over": re.compile(rf"^(?:\s(?:in\s\w+\s)?)?\s?(?:{either(table['sum']['over'])})\b", re.I),
        "only allowed": re.compile(rf"\b(?:{either(table['content']['allowed'])})\b[^.;,]{{0,40}}$", re.I),
        "so much of": re.compile(rf"\b(?P<unit>{either(table['content']['units'])})\sof\s(?:the\s)?(?P<what>[a-z][\w-]+)\b"),
        "fire": re.compile(rf"\b(?:{either(table['burnt']['words'])})\b", re.I),
        "closed": re.compile(rf"\b(?:{either(table['zone']['verbs'])})\s(?:(?:off|down)\s)?(?:everything|everyone|everybody|anything|all\s\w+|the\s\w+|roads|land|houses)\s(?:lying\s|living\s)?within\b[^.;,]*$", re.I),
        "zone of": re.compile(rf"\b(?:{zone})\sof{hedge}\s*$", re.I),
        "demand": re.compile(rf"\b(?:{either(lexicon('series')['gauge']['offer']['demand'])})\b", re.I),
        "cancelled": re.compile(rf"\b(?:{gone}){hedge}\s*$", re.I),
        "were cancelled": re.compile(rf"^\s(?:{are}|have been|had been|has been|{adverbs})(?:\s(?:{adverbs}))*\s(?:{gone})\b", re.I),
        "cancellations": re.compile(rf"\b(?:{none})\b", re.I),
        "of cancellations": re.compile(rf"\b(?:{none})\b[^.;,]{{0,60}}$", re.I),
        "total": re.compile(rf"\b(?:{none})\b[^.]{{1,100}}\btotal\b[^.;,]{{0,30}}$", re.I),
        "since": re.compile(r"\b(?:since|so far|in all|altogether|in total|total number)\b", re.I),
        "services": re.compile(rf"(?<![\w-])(?:{either(services('service', 'runs'))})(?![\w-])", re.I),
    }  # fmt: skip
