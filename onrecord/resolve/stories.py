"""Which articles cover one happening: stories, as articles come, one at a time.

1. `features`: what is kept of an article: its words, heavier where they stand in the headline or the lead, are names or numbers.
2. `keys`: the most telling of them, by which a record finds the stories that may be meant.
3. `assign`: the story that the article joins, or a new one; and which other story the two show to be the same.
4. `moves`: a second look at the articles around a story that has grown, so that the order of arrival hardly matters.

Two stories are as near as their articles are on average (cosine of words weighted by rarity: average link). How near they have to be
grows with the smaller one: a single article joins easily, two bodies of coverage that stay apart are two happenings of one kind.
How rare a word is, is told by the reader's vocabulary, whose order is that of frequency, and by the record as it grows.
`docs/reference/stories.md` says how well this does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from msgspec.structs import replace

from onrecord.model import Noun, Reading
from onrecord.text import digest

THRESHOLD = 0.15  # of nearness, for an article alone
GROWTH = 0.10  # what is asked beyond that of two large stories
LEAD = 80  # words
NAME, NUMBER, LEADING = 1.5, 2.0, 2.0
MAX_TERMS = 200
MAX_SKETCH = 400
KEYS = 16
REACH = 0.05  # below the threshold
AROUND = 5  # stories looked at again beside one that has grown
BACKGROUND = 300  # stories that the background counts for, beside those of the record
LENGTH = 180  # words of an article that the background is told for
WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")

Rarity = Callable[[str], float]
Terms = Mapping[str, float]


class Features(Noun, frozen=True, kw_only=True):
    """What is kept of an article to tell its story by. Weights know nothing of how rare a word is: that changes as the record grows."""

    title: str
    day: str | None = None  # of publication, ISO 8601
    terms: dict[str, float]  # stems of words


class Sketch(Noun, frozen=True, kw_only=True):
    """What the record keeps of a story: the sum of its articles' terms, each article's scaled to length one."""

    story: str  # id
    articles: int
    first: str | None = None  # days of publication
    last: str | None = None
    terms: dict[str, float]


class Decision(Noun, frozen=True, kw_only=True):
    """The story that an article belongs to, or None for a new one, and what else it shows."""

    story: str | None
    score: float  # the nearest story's probability, 0 to 1, whether joined or not
    reason: str  # in words
    same: tuple[
        tuple[str, str, float], ...
    ] = ()  # pairs of stories that are one: the one that stays, the one that goes, probability


def features(reading: Reading) -> Features:
    """What is kept of an article to tell its story by: its words, heavier in headline and lead, as names and as numbers."""
    article = reading.article
    count: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for n, (word, capital) in enumerate(words(article.text)):
        count[word] += 1 + (LEADING if n < LEAD else 0)
        named[word] += (1 + (LEADING if n < LEAD else 0)) * capital
    weighed = {
        w: (1 + math.log(n)) * importance(w, 2 * named[w] > n) for w, n in count.items() if background(w) < COMMON
    }
    kept = sorted(weighed, key=lambda w: (-weighed[w] * plain(w), w))[:MAX_TERMS]
    return Features(
        title=article.title or article.text.partition("\n")[0],
        day=article.published.value[:10] if article.published else None,
        terms={w: round(weighed[w], 3) for w in kept},
    )


def words(text: str) -> Iterable[tuple[str, bool]]:
    """The words of a text as stems, and whether each is written with a capital."""
    for found in WORD.finditer(text.replace("’", "'")):
        word = re.sub(r"'s?$", "", found[0].casefold())
        if len(word) > 1 or word.isdigit():
            yield stem(word), found[0][0].isupper()


def stem(word: str) -> str:
    """A word without its English endings."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif (len(word) > 4 and word.endswith("ed")) or (len(word) > 3 and word.endswith(("ses", "xes", "ches", "shes"))):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def importance(word: str, name: bool) -> float:
    """How much a word says of what happened: names and numbers more than others."""
    return NAME if name else NUMBER if word[0].isdigit() else 1.0


@cache
def shares() -> dict[str, float]:
    """The share of English articles that would use a stem, by its rank in the reader's vocabulary, which is in order of frequency (Zipf's law)."""
    data = (files("onrecord.read") / "weights" / "vocabulary.json").read_bytes()
    vocabulary: dict[str, int] = msgspec.json.decode(data)["model"]["vocab"]
    first = vocabulary["the"]
    found: dict[str, float] = {}
    for word in sorted(vocabulary, key=vocabulary.__getitem__):
        if word.isalnum() and vocabulary[word] >= first:
            found.setdefault(stem(word), share(vocabulary[word] - first + 1))
    return found


def share(rank: int) -> float:
    """The share of articles with a word of this rank."""
    return 1 - math.exp(-LENGTH * 0.08 / (rank + 3))


RARE = share(60_000)  # of words that are not in the vocabulary
COMMON = share(100)  # words above it are in nearly every article


def background(word: str) -> float:
    """The share of articles that would use a word."""
    return shares().get(word, RARE)


def rarities(count: Callable[[str], int], stories: int) -> Rarity:
    """How telling words are, by English at large and by a record of this many stories; each word is looked up once.

    `count` says how many stories of the record used a word when they began or as they grew (`fresh`): counted by stories, not articles, so that much
    covered events do not make their own words common.
    """
    return cache(lambda word: -math.log((BACKGROUND * background(word) + count(word)) / (BACKGROUND + stories)))


def fresh(found: Features, known: Sketch | None) -> list[str]:
    """The words that an article brings into its story (None: a new one), which the record counts."""
    return [word for word in found.terms if known is None or word not in known.terms]


def plain(word: str) -> float:
    """How telling a word is by the background alone."""
    return -math.log(background(word))


def keys(found: Features) -> tuple[str, ...]:
    """The most telling words of an article, by which a record finds stories that it may belong to."""
    return tuple(sorted(found.terms, key=lambda w: (-found.terms[w] * plain(w), w))[:KEYS])


def sketch(story: str, found: Features, rare: Rarity) -> Sketch:
    """A story of one article."""
    return Sketch(story=story, articles=1, first=found.day, last=found.day, terms=scaled(found.terms, rare))


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
        first=days[0] if days else None,
        last=days[-1] if days else None,
        terms=terms,
    )


def scaled(terms: Terms, rare: Rarity) -> dict[str, float]:
    """Terms scaled so that, weighted by rarity, they have length one."""
    length = math.sqrt(sum((x * rare(w)) ** 2 for w, x in terms.items())) or 1.0
    return {w: round(x / length, 5) for w, x in terms.items()}


def nearness(a: Sketch, b: Sketch, rare: Rarity) -> float:
    """The mean cosine between the articles of one story and those of another (average link)."""
    small, large = sorted((a.terms, b.terms), key=len)
    shared = (x * large[w] * rare(w) ** 2 for w, x in small.items() if w in large)
    return sum(shared) / (a.articles * b.articles)


def margin(a: Sketch, b: Sketch, rare: Rarity) -> float:
    """By how much two stories are nearer than they have to be to be one."""
    return nearness(a, b, rare) - THRESHOLD - GROWTH * (1 - 1 / min(a.articles, b.articles))


def probability(over: float) -> float:
    """A margin as the chance that two are one."""
    return round(1 / (1 + math.exp(-over / 0.03)), 3)


def assign(found: Features, candidates: Sequence[Sketch], rare: Rarity) -> Decision:
    """Which of the candidate stories an article belongs to, and which of them it shows to be one story."""
    own = sketch("", found, rare)
    ranked = sorted(((margin(own, c, rare), c) for c in candidates), key=lambda x: (-x[0], x[1].story))
    if not ranked or ranked[0][0] < 0:
        score = probability(ranked[0][0]) if ranked else 0.0
        return Decision(
            story=None, score=score, reason="nothing near enough" if ranked else "nothing like it in the record"
        )
    over, best = ranked[0]
    grown = merged(best, found, rare)
    same = [(best.story, c.story, probability(m)) for _, c in ranked[1:] if (m := margin(grown, c, rare)) >= 0]
    return Decision(story=best.story, score=probability(over), reason=reason(own, best, rare), same=tuple(same[:1]))


def reason(a: Sketch, b: Sketch, rare: Rarity) -> str:
    """Why two are one, in words: the most telling words that they share."""
    shared = sorted((w for w in a.terms if w in b.terms), key=lambda w: -a.terms[w] * b.terms[w] * rare(w) ** 2)
    return f"both speak of {', '.join(shared[:5])}"


def around(story: Sketch, candidates: Sequence[Sketch], rare: Rarity) -> list[str]:
    """The stories so near to one that has grown that a second look at them is worth it, the nearest first."""
    ranked = sorted((-margin(story, c, rare), c.story) for c in candidates if c.story != story.story)
    return [s for over, s in ranked[:AROUND] if over < REACH]


def regrouped(members: Mapping[str, Features], rare: Rarity) -> list[list[str]]:
    """Articles grouped from scratch, the nearest first: what `assign` comes to where the order of arrival plays no part."""
    ids = sorted(members)
    near = similarities([members[i].terms for i in ids], rare)
    groups = {n: [id] for n, id in enumerate(ids)}
    size = np.ones(len(ids))
    while len(groups) > 1:
        over = near - THRESHOLD - GROWTH * (1 - 1 / np.minimum(size[:, None], size[None]))
        a, b = (int(x) for x in np.unravel_index(np.argmax(over), over.shape))
        if over[a, b] < 0:
            break
        joined = (near[a] * size[a] + near[b] * size[b]) / (size[a] + size[b])
        near[a], near[:, a] = joined, joined
        near[b], near[:, b], near[a, a] = -9, -9, -9
        size[a] += size[b]
        groups[a] += groups.pop(b)
    return list(groups.values())


def similarities(found: Sequence[Terms], rare: Rarity) -> np.ndarray:
    """The cosine between every two articles' terms, weighted by rarity; -9 between each and itself."""
    places = {w: n for n, w in enumerate(sorted({w for terms in found for w in terms}))}
    weights = np.array([rare(w) for w in places])
    table = np.zeros((len(found), len(places)), dtype=np.float32)
    for n, terms in enumerate(found):
        table[n, [places[w] for w in terms]] = list(terms.values())
    table *= weights
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    near = table @ table.T
    np.fill_diagonal(near, -9)
    return near


def review(stories: Mapping[str, Mapping[str, Features]], rare: Rarity) -> dict[str, str]:
    """A second look at stories that are near each other: the articles that belong elsewhere, each with its story.

    Each story keeps its id where most of its articles stay; a group that has none is named by its first article.
    """
    everyone = {a: f for members in stories.values() for a, f in members.items()}
    was = {a: s for s, members in stories.items() for a in members}
    overlap = [
        (n, s, k, g) for k, g in enumerate(regrouped(everyone, rare)) for s, n in Counter(was[a] for a in g).items()
    ]
    groups = {k: g for _, _, k, g in overlap}
    name: dict[int, str] = {}
    for _, s, k, _ in sorted(overlap, key=lambda x: (-x[0], x[1], x[2])):
        if k not in name and s not in name.values():
            name[k] = s
    for k, g in groups.items():
        name.setdefault(k, digest("story", "split", was[g[0]], *sorted(g)))
    return {a: name[k] for k, g in groups.items() for a in g if name[k] != was[a]}
