"""The facts of one reading, made ready for comparison with those of other articles: statements, figures and events.

1. An attribution whose content is for the most part another attribution ("X reported that Y said …") is a link in a chain and no
   claim of its own; neither are questions and feelings.
2. A headline only repeats, and "two lists", "eight minutes" are no figures that anybody would set beside others.
3. What a figure or an event is about is told by its sentence, the words nearest to it first.
4. Whether a fact is asserted, hedged or denied follows from the certainty of what it stands in and from its own status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from onrecord.knowledge import Resolved
from onrecord.model import Attribution, Event, Figure, Reading
from onrecord.read.sentences import sentences
from onrecord.resolve.bare import asked, is_bare, meant, with_noun
from onrecord.resolve.beside import (
    around,
    attributions,
    countries,
    first,
    in_condition,
    is_link,
    known,
    mentioned,
    moment,
    near,
    sentence_of,
    speaker_of,
    spoken,
    spoken_by,
    voice,
)
from onrecord.resolve.crowds import is_crowd
from onrecord.resolve.deeds import Deed, is_called_up, is_deed, root
from onrecord.resolve.doings import PREFIX as DOING
from onrecord.resolve.doings import doing
from onrecord.resolve.facts import SPOKEN, Fact
from onrecord.resolve.flows import is_allowed
from onrecord.resolve.gauges import again, is_gauge, will_last
from onrecord.resolve.lent import with_units
from onrecord.resolve.measures import COUNTED, SUFFERED, TOLL, WALKOUT, is_measure, topics_in, topics_of, unit_of
from onrecord.resolve.metric import metric, scaled
from onrecord.resolve.places import folded, places_of
from onrecord.resolve.rates import coins_of, is_rate
from onrecord.resolve.refusals import about, is_refusal, only_turned_down, rules_out
from onrecord.resolve.series import done_by, in_custody, run, value_of
from onrecord.resolve.stances import (
    FEW_WORDS,
    context,
    is_compared,
    is_denied,
    is_open,
    is_pointing,
    is_refused,
    is_turned_down,
    stands_refused,
    told_by,
)  # fmt: skip
from onrecord.resolve.tallies import Tally, counted_who, tally
from onrecord.resolve.terms import numbers, terms, weight
from onrecord.resolve.words import stem
from onrecord.text import Span, envelope, overlap, words_of

SILENT = ("question", "feeling")
FEW = 10
NEAR = 30  # characters before a number where its verb is
MOST = 400  # claims of one article: what stands further down is not set beside others
TELLING = 3.2  # the weight of a word that is in few names but its own
NEARLY = 0.05  # how far an estimate may be from the number that it stands for
# What befell those of a number without a noun, by the verb that it is the subject of.
BEFELL = re.compile(
    r"(?:\sof\s(?:the|them|those|these)\b[^.,;:]{0,30}?)?(?P<verb>\s(?:have|has|had|were|are|was)(?:\s(?:been|also|already|since))*\s[a-z]+)\b"
)
CAPPED = re.compile(r"(?:exceed|surpass|top|pass)(?:s|es|ed)?\b", re.I)
PRESENT = re.compile(r"\b(?:does|do|did|has|have|had)(?:\snot|n[’']t)\s$")
PLACE = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]+")  # a name of one word, no acronym


def facts(resolved: Resolved) -> tuple[Fact, ...]:
    """Every claim of a reading, in the order of the article."""
    text = resolved.reading.article.text
    where = list(sentences(text))
    found = [*statements(resolved, where), *figures(resolved, where), *events(resolved, where)]
    body = max(text.find("\n\n"), 0)
    told = sorted((f for f in found if envelope(f.spans)[0] >= body), key=lambda f: envelope(f.spans))[:MOST]
    exact = [f for f in told if is_gauge(f.tally.series) and is_exact(f)]
    return tuple(roughly(f) if any(is_rounded(f, g) for g in exact) else f for f in told)


def is_exact(fact: Fact) -> bool:
    """Whether a figure is one number, without a word that makes it an estimate."""
    return fact.low is not None and fact.low == fact.high and fact.words[:1].isdigit()


def is_rounded(fact: Fact, exact: Fact) -> bool:
    """Whether an estimate is what the same article gives exactly: "nearly 80" of which it says "78"."""
    one = fact.tally.series == exact.tally.series and not is_exact(fact) and fact.low is not None
    return one and abs((fact.low or 0.0) - (exact.low or 0.0)) <= NEARLY * (exact.low or 0.0) and fact.low != exact.low


def roughly(fact: Fact) -> Fact:
    """A figure that is told again, exactly, and so is no number of its own."""
    return replace(fact, tally=replace(fact.tally, series="", part=True))


def statements(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """The statements that are claims of their own."""
    reading = resolved.reading
    for a in reading.attributions:
        if a.act in SILENT or is_link(reading, a) or is_compared(reading.article.text, a):
            continue
        cue = words_of(reading.article.text, a.cue)
        for n, span in enumerate(spoken(a.content, where)):
            words = reading.article.text[slice(*span)]
            open = is_open(a, words) or only_turned_down(cue, words)
            denied = not open and is_denied(a, words) != rules_out(cue)
            refuses = not open and (is_refusal(words, cue) or is_turned_down(reading.article.text, a, where, span))
            points = refuses or (denied and (is_pointing(words) or (a.negated and a.certainty == "CT-")))
            own = about(words) if refuses else frozenset(terms(words))
            before = context(reading.article.text, a, where, span, len(own) < FEW_WORDS) if points else ""
            yield Fact(
                kind="statement",
                label=a.id,
                number=n,
                article=reading.article.id,
                spans=(span,),
                words=words,
                sentence=sentence_of(where, span),
                terms=own | set(map(str, numbers(words))),
                refuses=refuses,
                points=points,
                excludes=rules_out(cue),
                context=about(before) | set(map(str, numbers(before))),
                actors=mentioned(resolved, (span,)),
                countries=countries(reading, span),
                numbers=numbers(words),
                act=a.act,
                quoted=a.kind == "direct" or cue == ":",  # what a transcript gives is said in these words
                voice=voice(resolved, a.id, a, denied=denied or refuses, open=open),
                moment=moment(resolved),
            )


def figures(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """The figures that are put on record, but for those that are only supposed."""
    reading, by_label = resolved.reading, attributions(resolved.reading)
    text, events, places = reading.article.text, {e.id: e for e in reading.events}, places_of(reading)
    last: tuple[Figure, tuple[str, str]] | None = None  # the figure before that tells something anew, and what
    every = list(with_units(text, reading.figures, where))
    for read in every:
        f = read
        sentence = sentence_of(where, f.span)
        f, told = told_anew(text, f, every, sentence, last)
        goes_with = ""  # whom of people those before it are whose number it tells anew
        if (
            last
            and is_bare(f)
            and told == last[1]
            and told == again(text, f, sentence, last, value_of(text, f.span, sentence))
        ):
            goes_with = counted_who(text, last[0], sentence_of(where, last[0].span))
        topics = frozenset(told[:1]) if told[0] else topics_of(text, f.span, near(f.span, sentence), f.of)
        if not (f.unit or f.of or any(told)):
            told = befell(text, f, sentence, topics), ""
        if not (any(told) or topics & COUNTED or is_small(f, topics)):
            told = "", goes_on(text, f, sentence)
        if any(told):
            last = f if f.unit or last is None else last[0], told
        topics = frozenset() if is_gauge(told[1]) or is_crowd(told[1]) else topics
        given = (told[1].startswith("stock ") and will_last(text, f, sentence)) or (
            told[1].endswith(" limit") and is_allowed(text, f, sentence)
        )
        capped = f.status == "negated" and is_capped(text, f.span)
        status = "actual" if given or capped else f.status
        named, unit = metric(told[1], unit_told(f, told))
        own = unit_of(f.unit) if named != told[1] else None
        told = told[0], named
        if (
            status == "hypothetical"
            or in_condition(reading, f.span)
            or not (f.unit or f.of or any(told))
            or (is_small(f, topics) and not told[1])
        ):
            continue
        known_of = tally(text, f, every, sentence, places, topics, told)
        known_of = known_of if known_of.who or not goes_with else replace(known_of, who=goes_with)
        done = done_by(text, f, sentence, known_of.who) if is_deed(told[1]) else None
        known_of = of_doer(known_of, done) if done else of_coins(known_of) if is_rate(told[1]) else known_of
        offered = told[1].endswith(" offer")  # who offers so much does no more than say so
        measured, said = events.get(f.event or ""), told_by(text, by_label, f.attribution)
        yield Fact(
            kind="figure",
            label=f.id,
            article=reading.article.id,
            spans=(f.span,),
            words=text[slice(*f.span)],
            sentence=sentence,
            terms=around(text, f.span, sentence) - spoken_by(said, text),
            topics=topics,
            tally=of_teller(known_of, said, reading) if is_gauge(told[1]) and not is_rate(told[1]) else known_of,
            actors=mentioned(resolved, (sentence,), but="place") - speaker_of(resolved, said),
            countries=lands_of(done, told[1], countries(reading, sentence)),
            of=counted(f, text),
            unit=unit,
            low=scaled(first(f.low, None if f.comparator in ("<", "<=") else f.value), own),
            high=scaled(first(f.high, None if f.comparator in (">", ">=") else f.value), own),
            type=measured.type if measured else None,
            status=status,
            voice=voice(
                resolved,
                said.id if said else "",
                said,
                denied=is_refused(said, status) or stands_refused(text, by_label, said, sentence),
                sure=offered,
            ),  # fmt: skip
            moment=moment(resolved),
        )


def events(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """What is reported to have happened, to be planned, or not to have happened."""
    reading, by_label = resolved.reading, attributions(resolved.reading)
    text = reading.article.text
    for e in reading.events:
        if e.status == "hypothetical":
            continue
        span, said = envelope(e.anchor), by_label.get(e.attribution or "")
        sentence = sentence_of(where, span)
        yield Fact(
            kind="event",
            label=e.id,
            article=reading.article.id,
            spans=e.anchor,
            words=text[slice(*sentence)],
            sentence=sentence,
            terms=around(text, span, sentence),
            actors=known(resolved, e.actors),
            recipients=known(resolved, e.recipients),
            countries=countries(reading, sentence),
            type=e.type,
            day=day_of(reading, e, said, sentence),
            status=e.status,
            voice=voice(
                resolved,
                e.attribution or "",
                said,
                denied=is_refused(said, e.status) or stands_refused(text, by_label, said, sentence),
            ),  # fmt: skip
            moment=moment(resolved),
        )


def day_of(reading: Reading, e: Event, said: Attribution | None, sentence: Span) -> str | None:
    """The day of an event; None where it is only the day on which somebody told of it: "has resigned, she said on Tuesday"."""
    if e.date is None or said is None or e.type in SPOKEN:
        return e.date.value if e.date else None
    value = e.date.value
    given = [d.span for d in reading.dates if d.value == value and sentence[0] <= d.span[0] < sentence[1]]
    told = bool(given) and not any(overlap(span, part) for span in given for part in said.content)
    return None if told else value


def befell(text: str, f: Figure, sentence: Span, topics: frozenset[str]) -> str:
    """The topic of a number without a noun of which it is said right behind it what befell them: "three of the 40 have died" are people."""
    behind = BEFELL.match(text, f.span[1], sentence[1])
    told = {t for _, t, _ in topics_in(text, behind.span("verb"))} if behind else set()
    return next((t for t in topics & told & SUFFERED if t != TOLL), "")


def goes_on(text: str, f: Figure, sentence: Span) -> str:
    """What those whom a figure counts are or do, by name, where that is no state that is known by one."""
    end = max(s[1] for s in (f.span, *f.of)) if all(s[0] >= f.span[0] for s in f.of) else f.span[1]
    return doing(text, f, sentence, end, meant(text, f, value_of(text, f.span, sentence)))


def is_small(f: Figure, around: frozenset[str]) -> bool:
    """Whether a figure is a stretch of time, or counts a few of what nobody counts: only of people who suffer something is a few a figure."""
    largest = max((abs(n) for n in (f.value, f.low, f.high) if n is not None), default=0)
    return unit_of(f.unit) == "time" or (f.comparator == "=" and largest < FEW and not around & SUFFERED)


def counted(f: Figure, text: str) -> frozenset[str]:
    """The terms of what a figure counts; people are people, whatever they are called, so that their words part nothing."""
    return frozenset() if unit_of(f.unit) == "people" else frozenset(terms(words_of(text, f.of)))


def of_doer(known: Tally, done: Deed) -> Tally:
    """What is known of a deed that is counted on: it is of who did it as well, or of nobody else."""
    who = "soldiers" if is_called_up(done.name) else known.who
    if done.alone:
        nowhere: frozenset[str] = frozenset()
        return replace(known, names=done.by, own=nowhere, site=nowhere, lands=nowhere, who=who)
    return replace(known, names=known.names | done.by, who=who)


def of_coins(known: Tally) -> Tally:
    """What is known of a rate: it is of its coins, wherever it is told."""
    nowhere: frozenset[str] = frozenset()
    return replace(known, names=coins_of(known.series), own=nowhere, site=nowhere, lands=nowhere, part=False)


def told_anew(
    text: str, f: Figure, figures: list[Figure], sentence: Span, last: tuple[Figure, tuple[str, str]] | None
) -> tuple[Figure, tuple[str, str]]:
    """What a figure tells anew, by its topic and its level, with the noun that it has from others where it has none of its own."""
    told = run(text, f, sentence, counted_who(text, f, sentence))
    told = told if any(told) else again(text, f, sentence, last, value_of(text, f.span, sentence))
    if any(told) or not is_bare(f):
        return f, told
    if question := asked(text, f):
        words, g = question
        told = anything(words, g, (0, len(words)))
        told = told if any(told) else (suffered(words), "")
        told = ("arrests", "") if told[0] == "captivity" and in_custody(text, f.span) else told
        return (replace(f, unit=g.unit), told) if any(told) else (f, told)
    found = ((g, anything(text, g, sentence)) for g in with_noun(text, f, figures, sentence))
    return next(((g, told) for g, told in found if any(told)), (f, ("", "")))


def suffered(words: str) -> str:
    """What those of whom a question asks how many they are suffer by its words; empty where it names nothing."""
    return next((t for _, t, _ in topics_in(words, (0, len(words))) if t in SUFFERED and t != TOLL), "")


def anything(text: str, f: Figure, sentence: Span) -> tuple[str, str]:
    """What a figure tells anew by its sentence alone."""
    told = run(text, f, sentence, counted_who(text, f, sentence))
    return told if any(told) else ("", goes_on(text, f, sentence))


def is_capped(text: str, span: Span) -> bool:
    """Whether a number that its words deny is told as a ceiling: what "does not exceed 40" is no more than 40, unlike what will not."""
    return bool(CAPPED.match(text, *span) and PRESENT.search(text[max(0, span[0] - NEAR) : span[0]]))


def unit_told(f: Figure, told: tuple[str, str]) -> str | None:
    """The unit of a figure by what it tells anew: people where only they do that, a coin of a rate, else its own."""
    if told[0] == WALKOUT or told[1].startswith(f"{DOING}people "):
        return "people"
    if is_rate(told[1]):
        return next(filter(is_measure, sorted(coins_of(told[1]))), None)
    return unit_of(f.unit) or ("people" if told[0] else None)


def lands_of(done: Deed | None, series: str, named: frozenset[str]) -> frozenset[str]:
    """The lands that keep a figure from others: of a deed those who did it, of a rate none, else those that its sentence names."""
    return frozenset(map(root, done.by)) if done else frozenset() if is_rate(series) else named


def of_teller(known: Tally, a: Attribution | None, reading: Reading) -> Tally:
    """What is known of a gauge that is of no place by its sentence, where one bare name tells it that is nobody's: "Tarn reported 12" is of Tarn."""
    name = words_of(reading.article.text, a.source) if a and not known.own else ""
    people = (m for e in reading.entities if e.type == "person" for m in e.mentions)
    if not a or not PLACE.fullmatch(name) or any(overlap(m, s) for m in people for s in a.source):
        return known
    return replace(known, own=frozenset({folded(name)})) if weight(stem(folded(name))) >= TELLING else known
