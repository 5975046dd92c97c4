"""Which articles cover one happening: stories, as articles come, one at a time.

1. `features`: what is kept of an article: its words, heavier where they stand in the headline or the lead, are names or numbers; the numbers of headline and lead, with
   what they count; whether these deny something.
2. `keys`: the most telling of them, by which a record finds the stories that may be meant.
3. `assign`: the story that the article joins, or a new one.
4. `regrouping.review`: a second look at the story and those `around` it, grouped from scratch: stories join, split and give articles to each other, so that
   the order of arrival hardly matters.

Two stories are as near as their articles are on average (cosine of words weighted by rarity: average link). How near they have to be
grows with the smaller one: a single article joins easily, two bodies of coverage that stay apart are two happenings of one kind.
Days that lie between two, and a common outlet, make them less near; a number that both give makes them nearer, and who denies something pays less for the days. How rare a word is, is told by the reader's vocabulary, whose order is that of frequency, and by the record as it grows.
`docs/reference/stories.md` says how well this does.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from onrecord.model import Noun, Reading
from onrecord.resolve.measures import unit_of
from onrecord.resolve.refusals import is_refusal
from onrecord.resolve.words import COMMON, Rarity, background, importance, plain, stem, words
from onrecord.text import digest, words_of

THRESHOLD = 0.15  # of nearness, for an article alone
GROWTH = 0.17  # what is asked beyond that of two large stories
LEAD = 80  # words
LEADING = 2.0
FIGURES = 4  # numbers of something that are kept of headline and lead
ECHO = 0.04  # how much nearer it makes two articles that they have one in common
TELLING = 10  # the least such number that tells something
MAX_TERMS = 200
MAX_SKETCH = 400
KEYS = 16
REACH = 0.15  # below the threshold
AROUND = 5  # stories looked at again beside one that has grown
LOOK = 60  # articles looked at again at most
SOON, FIRST, DAILY = 3, 0.05, 0.01  # days between two: what each of the first few costs, and each further one
ANSWER = 0.5  # by how much less the first ones do where the later article denies something
HOUSE = 0.07  # what it costs that both are of one outlet

# "MARL, Oct 8 (TNA) - ": where a reporter sat and for whom, which all that an agency sends that day from there has in common.
DATELINE = re.compile(r"(?<=\n\n)[A-ZÀ-Þ][^\n()]{1,70}?\s\([A-Z][\w\s/]{1,20}\)\s*[-–—]{1,2}\s")
GAPS = re.compile(r"\s+")
Floats = npt.NDArray[np.float64]
Terms = Mapping[str, float]
NOT_KNOWN: Mapping[str, float] = {}


class Features(Noun, frozen=True, kw_only=True):
    """What is kept of an article to tell its story by. Weights know nothing of how rare a word is: that changes as the record grows."""

    title: str
    day: str | None = None  # of publication, ISO 8601
    outlet: str | None = None  # its domain, or its name
    terms: dict[str, float]  # stems of words
    figures: tuple[str, ...] = ()  # that headline and lead give, with what they count: "86 ship"
    copy: bool = False  # it carries another article's text whole
    answers: bool = False  # its lead denies something: what it is about was told before


class Sketch(Noun, frozen=True, kw_only=True):
    """What the record keeps of a story: the sum of its articles' terms, each article's scaled to length one."""

    story: str  # id
    articles: int
    copies: int = 0  # of these, such as carry another's text whole: they are no coverage of their own
    answers: int = 0  # and of these, such as deny what was told before
    first: str | None = None  # days of publication
    last: str | None = None
    outlets: dict[str, int] = msgspec.field(default_factory=dict)  # with how many of the articles each printed
    figures: dict[str, int] = msgspec.field(default_factory=dict)  # with how many of the articles give each
    terms: dict[str, float]


class Decision(Noun, frozen=True, kw_only=True):
    """The story that an article belongs to, or None for a new one."""

    story: str | None
    score: float  # the nearest story's probability, 0 to 1, whether joined or not
    reason: str  # in words


def features(reading: Reading) -> Features:
    """What is kept of an article to tell its story by: its words, heavier in headline and lead, as names and as numbers."""
    article = reading.article
    count: defaultdict[str, float] = defaultdict(float)
    named: defaultdict[str, float] = defaultdict(float)
    found = words(DATELINE.sub(" ", article.text, count=1))
    for some, worth in ((found[:LEAD], 1 + LEADING), (found[LEAD:], 1)):
        for word, capital in some:
            count[word] += worth
            if capital:
                named[word] += worth
    weighed = {
        w: (1 + math.log(n)) * importance(w, 2 * named.get(w, 0.0) > n)
        for w, n in count.items()
        if background(w) < COMMON
    }
    end = lead_end(article.text)
    kept = sorted(weighed, key=lambda w: (-weighed[w] * plain(w), w))[:MAX_TERMS]
    return Features(
        title=article.title or article.text.partition("\n")[0],
        day=article.published.value[:10] if article.published else None,
        outlet=(article.outlet.domain or article.outlet.name) if article.outlet else None,
        terms={w: round(weighed[w], 3) for w in kept},
        figures=tuple(dict.fromkeys(figures(reading, end)))[:FIGURES],
        answers=denies(reading, end),
    )


def lead_end(text: str) -> int:
    """Where the headline and the lead end."""
    return next((m.end() for n, m in enumerate(GAPS.finditer(text), 1) if n == LEAD), len(text))


def figures(reading: Reading, end: int) -> Iterator[str]:
    """The numbers that the headline and the lead give, with what they count, as "86 ship": who denies, repeats or asks after one speaks of the same happening."""
    for f in reading.figures:
        value = f.value if f.value is not None else f.low
        if value is not None and value >= TELLING and f.span[0] < end:
            of = words_of(reading.article.text, f.of).split(" of ")[0]
            yield f"{value:g} {unit_of(f.unit) or stem(of.rpartition(' ')[2].casefold())}".strip()


def denies(reading: Reading, end: int) -> bool:
    """Whether the headline or the lead denies something."""
    text, lead = reading.article.text, (a for a in reading.attributions if a.content and a.content[0][0] < end)
    return any(a.certainty.endswith("-") or is_refusal(words_of(text, a.content), words_of(text, a.cue)) for a in lead)


def keys(found: Features | Sketch) -> tuple[str, ...]:
    """The most telling words of an article or a story, by which a record finds stories that it may belong to."""
    telling = sorted(found.terms, key=lambda w: (-found.terms[w] * plain(w), w))[:KEYS]
    return (*telling, *found.figures)


def begun(article: str) -> str:
    """The id of the story that an article begins."""
    return digest("story", article)


def sketch(story: str, found: Features, rare: Rarity) -> Sketch:
    """A story of one article."""
    outlets = {found.outlet: 1} if found.outlet else {}
    terms = scaled(found.terms, rare)
    return Sketch(
        story=story,
        articles=1,
        copies=int(found.copy),
        answers=int(found.answers),
        figures=dict.fromkeys(found.figures, 1),
        first=found.day,
        last=found.day,
        outlets=outlets,
        terms=terms,
    )


def merged(known: Sketch, more: Features | Sketch, rare: Rarity) -> Sketch:
    """A story with one more article, or with another story; it keeps its id."""
    other = more if isinstance(more, Sketch) else sketch(known.story, more, rare)
    terms = dict(known.terms)
    for word, weight in other.terms.items():
        terms[word] = terms.get(word, 0.0) + weight
    if len(terms) > MAX_SKETCH:
        kept = sorted(terms, key=lambda w: (-terms[w] * rare(w), w))[:MAX_SKETCH]
        terms = {w: terms[w] for w in kept}
    days = sorted(d for d in (known.first, known.last, other.first, other.last) if d)
    return replace(
        known,
        articles=known.articles + other.articles,
        copies=known.copies + other.copies,
        answers=known.answers + other.answers,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        outlets=dict(Counter(known.outlets) + Counter(other.outlets)),
        figures=dict((Counter(known.figures) + Counter(other.figures)).most_common(MAX_SKETCH)),
        terms=terms,
    )


def sketched(story: str, members: Iterable[Features], rare: Rarity) -> Sketch:
    """The sketch of a story from its articles, such as after a move."""
    first, *others = members
    return reduce(lambda known, found: merged(known, found, rare), others, sketch(story, first, rare))


def scaled(terms: Terms, rare: Rarity) -> dict[str, float]:
    """Terms scaled so that, weighted by rarity, they have length one."""
    length = math.sqrt(sum((x * rare(w)) ** 2 for w, x in terms.items())) or 1.0
    return {w: round(x / length, 5) for w, x in terms.items()}


def nearness(a: Sketch, b: Sketch, rare: Rarity) -> float:
    """The mean cosine between the articles of one story and those of another (average link)."""
    small, large = sorted((a.terms, b.terms), key=len)
    total = 0.0  # the innermost loop of resolving: in the plain
    for word in [w for w in small if w in large]:
        total += small[word] * large[word] * rare(word) ** 2
    return total / (a.articles * b.articles)


def margin(a: Sketch, b: Sketch, rare: Rarity, near: float | None = None) -> float:
    """By how much two stories are nearer than they have to be to be one; `near` is their `nearness`, where it is known."""
    near = nearness(a, b, rare) if near is None else near
    needed = THRESHOLD + GROWTH * (1 - 1 / min(told(a), told(b)))
    return near - needed - delay(a, b) - house(a, b) + echo(a, b)


def told(story: Sketch) -> int:
    """How many articles of a story have words of their own."""
    return max(1, story.articles - story.copies)


def delay(a: Sketch, b: Sketch) -> float:
    """What the days cost that lie between two stories; nothing where a day is not known."""
    if not (a.first and a.last and b.first and b.last):
        return 0.0
    gap = max(ordinal(a.first) - ordinal(b.last), ordinal(b.first) - ordinal(a.last), 0)
    later = max(a, b, key=lambda s: s.first or "")
    return float(cost(np.array(float(gap)), np.array(later.answers / later.articles)))


def cost(days: Floats, answers: Floats) -> Floats:
    """What days between two articles cost: the first ones the most, as coverage of a happening is densest on its day; not where the later one `answers` the earlier."""
    costs: Floats = FIRST * np.minimum(days, SOON) * (1 - ANSWER * answers) + DAILY * np.maximum(days - SOON, 0)
    return costs


def house(a: Sketch, b: Sketch) -> float:
    """What it costs that articles of two stories are of one outlet, whose own words make them alike whatever they are about."""
    shared = sum(n * b.outlets.get(outlet, 0) for outlet, n in a.outlets.items())
    return HOUSE * shared / (a.articles * b.articles)


def echo(a: Sketch, b: Sketch) -> float:
    """What it gains that articles of two stories give the same number of the same thing: it is told on, denied or asked after."""
    shared = sum(n * b.figures.get(figure, 0) for figure, n in a.figures.items())
    return ECHO * min(1.0, shared / (a.articles * b.articles))


def ordinal(day: str) -> int:
    """A day as a number."""
    return date.fromisoformat(day).toordinal()


def probability(over: float) -> float:
    """A margin as the chance that two are one."""
    return round(1 / (1 + math.exp(min(-over / 0.03, 700.0))), 3)


def assign(found: Features, candidates: Sequence[Sketch], rare: Rarity) -> Decision:
    """Which of the candidate stories an article belongs to."""
    own = sketch("", found, rare)
    ranked = sorted(((margin(own, c, rare), c) for c in candidates), key=lambda x: (-x[0], x[1].story))
    if not ranked or ranked[0][0] < 0:
        score = probability(ranked[0][0]) if ranked else 0.0
        return Decision(
            story=None, score=score, reason="nothing near enough" if ranked else "nothing like it in the record"
        )
    over, best = ranked[0]
    return Decision(story=best.story, score=probability(over), reason=reason(own, best, rare))


def reason(a: Sketch, b: Sketch, rare: Rarity) -> str:
    """Why two are one, in words: the most telling words that they share."""
    shared = sorted((w for w in a.terms if w in b.terms), key=lambda w: -a.terms[w] * b.terms[w] * rare(w) ** 2)
    return f"both speak of {', '.join(shared[:5])}"


def around(
    story: Sketch, candidates: Sequence[Sketch], rare: Rarity, how_near: Mapping[str, float] = NOT_KNOWN
) -> list[str]:
    """The stories to `review` together when one has grown: itself, then those near it; none where it is too large to be looked at again. `how_near` is what is known of their `nearness`."""
    others = (c for c in candidates if c.story != story.story)
    ranked = sorted((-margin(story, c, rare, how_near.get(c.story)), c.story, c.articles) for c in others)
    chosen, total = [], story.articles
    for over, other, articles in [(0.0, story.story, 0), *ranked[:AROUND]]:
        total += articles
        if total <= LOOK and over < REACH:
            chosen.append(other)
    return chosen
