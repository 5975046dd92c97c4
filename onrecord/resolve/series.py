"""What a figure is told anew of from report to report: people in one state, or how high one thing stands.

1. The number may be the value of something that its clause names: "the death toll rose to five", "they put the number of hostages at 34", "the lake stood at 482.3 metres".
2. Those it counts are in a state that is said of them: "37 people were being held", "leaving 4,200 passengers stranded", "holding 34 workers".
3. Of those who bear arms it tells how many are somewhere: "some 190 gunmen are now at the dam".
4. Else it may tell of a queue, a stock, an offer or a lead (`gauges`), or of what is given off, cancelled, taken out or allowed (`flows`).

Word lists: `lexicon/series.toml`, and the words of change of `lexicon/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.bare import meant
from onrecord.resolve.crowds import crowd
from onrecord.resolve.deeds import Deed, deed
from onrecord.resolve.flows import cancelled, flow
from onrecord.resolve.gauges import gauge
from onrecord.resolve.measures import COUNTED, TOLL, hedges, is_measure, topics_in, unit_of
from onrecord.resolve.rates import bond, rate
from onrecord.resolve.words import stem
from onrecord.text import Span, envelope

FAR = 160  # characters before a number where what it is the value of is looked for
NEAR = 90  # and behind it, where a state is
AROUND = 300  # and around it, where it is told who holds those who are held
WORD = re.compile(r"[^\W\d_][\w-]+(?:'s\b)?")
CLAUSE = re.compile(
    r"[;:(]|\s[-–—]+\s|,\s(?:and|but|while)\b|\b(?:when|while|because|although|said|says|say|reported|announced|added|that)\s"
)
LEADING = re.compile(r"^(?:On|By|At|In|Since|Until|As of|Late|Early)\s[^,]{1,30},\s*")  # "In early March, "
DAY = re.compile(
    r"^(?:On|By|At|Since|Late|Early|Last)\s(?:on\s)?([A-Z]\w+)(?:\s(?:morning|afternoon|evening|night|noon|at noon|at midnight))?\s"
)
TRAILING = re.compile(
    r"(?:[\s,]+(?:which|that|who|has|have|had|is|are|was|were|been|being|still|now|already|also|will|would|could|may|might|is expected|does|do|did|not))+\s*$"
)
CORE = re.compile(
    r",|\s(?:behind|of|in|for|on|off|at|from|near|above|below|under|over|outside|along|around|to|by|with|after|since|between|during|which|that)\s"
)
NEAREST = re.compile(
    r"\s(?:in|of|for|with|on)\s(?P<what>[^,]{2,40}),\swhich(?:\s(?:has|have|had))?\s*$"
)  # "trading in its shares, which"
JOINED = re.compile(r"\s(?:and|but|before|then)$")
LIMITED = re.compile(r"(?:no|not)\s(?:higher|lower|more|less|deeper|larger)\sthan\b")  # which stands without "at"
EACH = re.compile(r"\s(?:an?|per)\s(?P<what>[a-z]+)\b")
FIRST = re.compile(r"[a-z]+(?=\s)")
SINCE = re.compile(r"\bsince\b", re.I)
LABEL = re.compile(
    r"^(?P<what>[A-Z][\w’-]+(?:\s[\w’-]+){0,2}(?:\s(?:at|in|on|for|of|from|to)\s[^.:;“”]{2,40})?):\s$"
)  # before the sum on a list of prices
THEY = re.compile(r"^(?P<before>.+?)\s(?:after|before|once|until|as)\s(?:they|these|it)$")  # who are meant stand before
DETERMINED = re.compile(r"^(?:the|a|an|its|their|his|her|this|that)\s+", re.I)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """How a number is said to be the value of something, and what may stand between it and a state."""
    value = lexicon("series")["value"]
    hedge = hedges("between")
    moving = [*lexicon("figures")["change"]["words"], *lexicon("series")["more"]["change"]]
    change = either(w for w in moving if w not in ("up", "down", "go", "goes"))
    by = r"(?:\s\w+ly|\sagain|\sback|\sfurther)*(?:\s(?:(?:by|from)\s(?:[^.;:,]|[.,](?=\d)){1,40}?|[\d.,]+[^.;:,]{1,20}?))?"
    return {
        "object": re.compile(rf"\b(?:(?:{either(value['to'])})(?=[^;:]*\sto{hedge}\s*$)|(?:{either(set(value['made']) - set(value['to']))})|(?:{either(value['found'])})(?=[^;:]*\sat{hedge}\s*$))\s(?P<what>(?:the|its|their|his|her|a|[a-z]+\s(?:in|for|of|among))\s[^;:]*?)\s(?:{either(value['as'])}){hedge}\s*$"),
        "subject": re.compile(rf"\b(?:(?:{change}){by}\sto|(?:is|are|was|were|been)(?:\sback)?\s(?:up|down)\sto|(?:{either(value['at'])})(?:\s\w+ly|\s(?:{either(value['when'])}))?\sat|(?:{either(value['is'])})){hedge}\s*$"),
        "traded": re.compile(rf"\b(?:{either(value['traded'])}|(?:{either(value['spent'])})\sthe\s(?:{either(value['spells'])})(?:\sup|\sdown)?\sat|(?:is|are|was|were|been|being)\s[a-z]+\sat){hedge}\s*$"),
        "stood": re.compile(rf"\b(?:{either(value['at'])})(?:\s\w+ly|\s(?:{either(value['when'])})|\son\s[A-Z]\w+day(?:\s[a-z]+)?)*\s$"),
        "apposed": re.compile(rf",\s(?:now|currently|by now|at present){hedge}\s*$"),
        "hedged": re.compile(rf"{hedge}\s*$", re.I),
    }  # fmt: skip


@cache
def acts() -> re.Pattern[str]:
    """The verbs by which something that has a value rises, falls or stands."""
    value, moving = lexicon("series")["value"], lexicon("figures")["change"]["words"]
    verbs = {*moving, *lexicon("series")["more"]["change"], *value["at"], *value["is"], *value["spent"], *value["went"]}
    return re.compile(rf"\s(?:(?:has|have|had)\s)?(?:{either(verbs - {'up', 'down'})})\b")


PRESENCE = "presence"  # the topic of how many of those who bear arms are somewhere


def run(text: str, f: Figure, sentence: Span, who: str) -> tuple[str, str]:
    """The topic that a figure is tied to, and the level that it gives; each empty where it is none. `who` is whom of people it counts."""
    own = value_of(text, f.span, sentence)
    what = meant(text, f, own)
    whole = envelope((f.span, *f.of)) if all(s[0] >= f.span[0] for s in f.of) else f.span
    money = rate(text, f, sentence, own or traded(text, f.span, sentence))
    if money:
        return "", money
    if is_measure(f.unit):
        timed = unit_of(f.unit) == "time"
        gauged = gauge(text, f, sentence, whole[1], what) or ("" if timed else flow(text, f, sentence, what))
        gauged = gauged or bond(f, text[max(sentence[0], f.span[0] - FAR) : f.span[0]], what)
        named = what or traded(text, f.span, sentence) or labelled(text, f.span, sentence)
        each = priced(text, f.span, sentence) if named else ""
        return "", gauged or ("" if timed else level(unit_of(f.unit), named) or level(unit_of(f.unit), each))
    stopped = cancelled(text, f, sentence, whole[1], what)
    if stopped:
        return "", stopped
    told = state(text, whole, sentence, what)
    gathered = "" if told else crowd(text, f, sentence, whole[1], what)
    if gathered:
        return "", gathered
    told = told or counted_in(what)
    told = told or (PRESENCE if is_present(text, whole, sentence, what, who) else "")
    if told:
        return told, ""
    done = deed(text, f, sentence, whole[1], what, who, subject)
    return "", done.name if done else gauge(text, f, sentence, whole[1], what)


def done_by(text: str, f: Figure, sentence: Span, who: str) -> Deed | None:
    """The deed that a figure counts on, with who did it."""
    end = envelope((f.span, *f.of))[1] if all(s[0] >= f.span[0] for s in f.of) else f.span[1]
    return deed(text, f, sentence, end, meant(text, f, value_of(text, f.span, sentence)), who, subject)


def counted_in(what: str) -> str:
    """The topic of the words that a number is the value of: deaths of "the death toll from the derailment"."""
    found = [topic for _, topic, _ in topics_in(what, (0, len(what))) if topic in COUNTED]
    return next((t for t in found if t != TOLL), found[0] if found else "")


def value_of(text: str, span: Span, sentence: Span) -> str:
    """The words for what a number is said to be the value of, in its clause; none where it is not."""
    first = FIRST.match(text, *span)
    verb = first is not None and first[0] in lexicon("series")["value"]["is"]  # which a number may have: "exceed 40"
    before = text[max(sentence[0], span[0] - FAR) : first.end() if first and verb else span[0]]
    made = patterns()["object"].search(before)
    if made:
        return made["what"]
    told = patterns()["subject"].search(before)
    if not told and LIMITED.match(text, *span):
        told = patterns()["stood"].search(before)
    if not told and text[span[1] : span[1] + 1] == ",":
        told = patterns()["apposed"].search(before)
    return subject(before[: told.start()]) if told else ""


def traded(text: str, span: Span, sentence: Span) -> str:
    """The words for what a sum or measure is the price or level of, whatever was done at it: "wheat was talked at 9 marks"."""
    before = text[max(sentence[0], span[0] - FAR) : span[0]]
    told = patterns()["traded"].search(before)
    return subject(before[: told.start()]) if told else ""


def priced(text: str, span: Span, sentence: Span) -> str:
    """The thing that a sum is the price of by the words behind it, where what stands at it is only named: "Tarn Mills closed at 5.80 marks a share"."""
    told = EACH.match(text, span[1], sentence[1])
    return told["what"] if told and told["what"] in things() else ""


def labelled(text: str, span: Span, sentence: Span) -> str:
    """The words for what a sum is the price of, where it stands behind them as on a list: "Rooms at Orva: 90 marks"."""
    told = LABEL.match(text[sentence[0] : span[0]])
    noun = told and not CLAUSE.search(f"{told['what']} ") and not DETERMINED.match(told["what"])
    return told["what"] if told and noun else ""


def subject(words: str) -> str:
    """The last clause of some words, without its day and what belongs to its verb; of a mere "they" the thing that is known and was named before."""
    clause = CLAUSE.split(words)[-1].strip()
    if JOINED.search(clause):  # "Tarn's shares lost a tenth and closed at": what they are is before the first verb
        first = acts().search(clause)
        return subject(clause[: first.start()]) if first else ""
    meant = THEY.search(TRAILING.sub("", clause))
    if meant:
        found = [m.start() for m in WORD.finditer(meant["before"]) if m[0] in things()]
        return meant["before"][found[-1] :] if found else ""
    nearest = NEAREST.search(clause)
    if nearest and not things().keys().isdisjoint(WORD.findall(nearest["what"])):
        return nearest["what"]
    day = DAY.match(clause)
    clause = clause[day.end() :] if day and is_time(day[1]) else LEADING.sub("", clause)
    return TRAILING.sub("", clause).strip()


def is_time(name: str) -> bool:
    """Whether a name is a day's or a month's."""
    return not times().isdisjoint(name.lower().split())


def is_dated(name: str) -> bool:
    """Whether words of a dateline are its day, which may be shortened: "Feb"."""
    table = lexicon("dates")
    short = {*table["month_abbreviations"], *table["weekday_abbreviations"]}
    return is_time(name) or not short.isdisjoint(name.lower().split())


@cache
def times() -> frozenset[str]:
    """The names of days and months."""
    table = lexicon("dates")
    return frozenset({*table["weekdays"], *table["months"]})


def state(text: str, end: Span, sentence: Span, what: str) -> str:
    """The state that those whom a number counts are in; `end` is the number with those it counts, `what` that which it is the value of."""
    before, behind = text[max(sentence[0], end[0] - FAR) : end[0]], text[end[1] : min(sentence[1], end[1] + NEAR)]
    found = (
        name
        for name, its in states().items()
        if its["before"].search(before) or its["behind"].match(behind) or its["subject"].search(what)
    )
    told = next(found, "")  # fmt: skip
    return "arrests" if told == "captivity" and in_custody(text, end) else told


def in_custody(text: str, end: Span) -> bool:
    """Whether those who are held are in the hands of the police by the words around: nobody speaks of hostages, and somebody of police stations."""
    around = text[max(0, end[0] - AROUND) : end[1] + AROUND]
    return bool(custody()[0].search(around)) and not custody()[1].search(around)


@cache
def custody() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words around those who are held by the police, and around those who are held by others."""
    table = lexicon("series")["custody"]
    police, others = (re.compile(rf"\b(?:{either(table[k])})\b", re.I) for k in ("police", "others"))
    return police, others


@cache
def states() -> dict[str, dict[str, re.Pattern[str]]]:
    """The expressions of each state."""
    between = lexicon("series")["between"]
    are, adverbs = either(between["are"]), either(between["adverbs"])
    hedge = hedges("between")

    def some(words: Iterable[str]) -> str:
        return either(words) or r"(?!)"

    return {
        name: {
            "before": re.compile(rf"\b(?:{some(its['before'])}){hedge}\s*$", re.I),
            "behind": re.compile(
                rf"^(?:\s(?:who|which|that)\s(?:have|has|had)\s[\w’'-]+(?:\s[\w’'-]+){{0,3}}?(?=\s(?:{are})\b))?(?:\sof\s(?:the|those|these|its|their)(?:\s\d[\d,]*)?)?(?:\s(?!and\b|or\b|who\b|\d)[\w’'-]+){{0,5}}?\s(?:(?:{are})(?:\s(?:{adverbs}))*\s(?:{some(its['behind'])})|(?:{some(its['bare'])}))\b"
            ),
            "subject": re.compile(rf"\b(?:{some(its['subject'])})\b", re.I),
        }
        for name, its in lexicon("series")["state"].items()
    }


def is_present(text: str, end: Span, sentence: Span, what: str, who: str) -> bool:
    """Whether a number tells how many who bear arms are somewhere."""
    table = lexicon("series")["presence"]
    if who not in table["who"]:
        return False
    before, behind = text[max(sentence[0], end[0] - FAR) : end[0]], text[end[1] : min(sentence[1], end[1] + NEAR)]
    return bool(
        present()[0].search(before) or present()[1].match(behind) or re.match(r"the (?:number|strength)\b", what, re.I)
    )


@cache
def present() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells that somebody is somewhere: before a number, and behind those it counts."""
    table, between = lexicon("series")["presence"], lexicon("series")["between"]
    hedge = patterns()["hedged"].pattern
    are, adverbs = either(between["are"]), either(between["adverbs"])
    return (
        re.compile(rf"\b(?:{either(table['before'])}){hedge}", re.I),
        re.compile(rf"^(?:\s(?:{are}))?(?:\s(?:{adverbs}))*\s(?:{either(table['behind'])})\b", re.I),
    )


def level(unit: str | None, what: str) -> str:
    """The name of a level by its unit and the thing that stands so high; none where no thing is named."""
    thing = head(what)
    in_all = " in all" if SINCE.search(what) else ""  # what has come together since a day is no level of one
    return f"{unit} {thing}{in_all}" if thing and unit else ""


def head(what: str) -> str:
    """The thing that some words name: the lake of "the lake behind the dam" or "the lake's level", the wheat of "the price of wheat"."""
    core, of = cut(DETERMINED.sub("", what))
    words = [
        w.removesuffix("'s") for w in WORD.findall(core.replace("’", "'")) if not w.endswith("'s") or is_thing(w[:-2])
    ]
    plain = [w.lower() for n, w in enumerate(words) if n == 0 or w[0].islower()]  # the first may be no name
    told = [w for w in plain if w not in lexicon("series")["level"]["generic"]]
    if not told:
        return head(of) if plain else ""
    named = len(words) > 1 and told == [words[0].lower()] and words[0][0].isupper()  # and may be one
    return "" if named and not is_thing(told[0]) else things().get(told[-1], stem(told[-1]))


def cut(what: str) -> tuple[str, str]:
    """Words before the first preposition, and those behind it where it is "of", or "for" before no name."""
    found = CORE.search(what)
    if not found:
        return what, ""
    behind = what[found.end() :]
    goes_on = found[0] == " of " or (found[0] == " for " and behind[:1].islower())
    return what[: found.start()], behind if goes_on else ""


def is_thing(word: str) -> bool:
    """Whether a word is known to be for a thing, though a name may begin with it: "Lake Tarn"."""
    return word in things() or word in lexicon("series")["level"]["features"]


@cache
def things() -> dict[str, str]:
    """Words for one thing, with the word that stands for them all."""
    return {word: thing for thing, words in lexicon("series")["thing"].items() for word in words.split()}
