"""Articles of stories that are near each other, all set beside all: the second look at what came one at a time, and the headline of a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.knowledge import Verdict
from onrecord.resolve.stories import ECHO, GROWTH, HOUSE, THRESHOLD, Features, Floats, cost, ordinal
from onrecord.resolve.words import Rarity
from onrecord.text import digest

NOTHING = -9.0  # nearer than this is everything


def title(members: Sequence[Features], rare: Rarity) -> str:
    """The headline that stands for a story: that of the article which is nearest to all others, the earliest among equals."""
    if len(members) < 3:
        return min(members, key=lambda f: f.day or "9").title
    near = similarities(members, rare)
    np.fill_diagonal(near, 0.0)
    order = sorted(
        range(len(members)), key=lambda n: (-round(float(near[n].sum()), 4), members[n].day or "9", members[n].title)
    )
    return members[order[0]].title


def review(stories: Mapping[str, Mapping[str, Features]], rare: Rarity) -> dict[str, str]:
    """A second look at stories that are near each other: the articles that belong elsewhere, each with its story.

    Each story keeps its id where most of its articles stay; a group that comes out of others gets an id of its own.
    """
    everyone = {a: f for members in stories.values() for a, f in members.items()}
    was = {a: s for s, members in stories.items() for a in members}
    groups = regrouped(everyone, rare)
    overlap = [(-n, s, k) for k, group in enumerate(groups) for s, n in Counter(was[a] for a in group).items()]
    name: dict[int, str] = {}
    for _, s, k in sorted(overlap):
        if k not in name and s not in name.values():
            name[k] = s
    for k, group in enumerate(groups):
        name.setdefault(k, digest("story", "split", was[group[0]], *sorted(group)))
    return {a: name[k] for k, group in enumerate(groups) for a in group if name[k] != was[a]}


def verdicts(stories: Mapping[str, Mapping[str, Features]], moves: Mapping[str, str]) -> list[tuple[str, str, Verdict]]:
    """What a `review` showed of stories, for Judgements: that two were one (the left is gone), or that the right fell off the left."""
    out: list[tuple[str, str, Verdict]] = []
    for story, members in stories.items():
        gone = {moves[a] for a in members if a in moves}
        if len(gone) == 1 and all(a in moves for a in members):
            out.append((story, gone.pop(), "same"))
        else:
            out += [(story, other, "different") for other in sorted(gone - set(stories))]
    return out


def regrouped(members: Mapping[str, Features], rare: Rarity) -> list[list[str]]:
    """Articles grouped from scratch, the nearest first: what `assign` comes to where the order of arrival plays no part."""
    ids = sorted(members)
    near = similarities([members[i] for i in ids], rare)
    groups = {n: [id] for n, id in enumerate(ids)}
    size = np.ones(len(ids))
    own = np.array([0.0 if members[i].copy else 1.0 for i in ids])
    while len(groups) > 1:
        body = np.maximum(own, 1.0)
        over = near - THRESHOLD - GROWTH * (1 - 1 / np.minimum(body[:, None], body[None]))
        a, b = (int(x) for x in np.unravel_index(np.argmax(over), over.shape))
        if over[a, b] < 0:
            break
        joined = (near[a] * size[a] + near[b] * size[b]) / (size[a] + size[b])
        near[a], near[:, a] = joined, joined
        near[b] = near[:, b] = near[a, a] = NOTHING
        size[a] += size[b]
        own[a] += own[b]
        groups[a] += groups.pop(b)
    return list(groups.values())


def similarities(found: Sequence[Features], rare: Rarity) -> Floats:
    """How near every two articles are: the cosine of their terms, weighted by rarity, less what days and a common outlet cost, more where both give a number; NOTHING on the diagonal."""
    words = sorted(set().union(*(f.terms for f in found)))
    places = dict(zip(words, range(len(words)), strict=True))
    table = np.zeros((len(found), len(places)), dtype=np.float32)
    for n, f in enumerate(found):
        table[n, list(map(places.__getitem__, f.terms))] = list(f.terms.values())
    table *= np.array(list(map(rare, words)), dtype=np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    days = np.array([ordinal(f.day) if f.day else np.nan for f in found])
    gaps = days[:, None] - days[None]
    answers = np.array([float(f.answers) for f in found])
    late = np.where(gaps > 0, answers[:, None], answers[None])
    outlets = np.array([f.outlet or f"unknown {n}" for n, f in enumerate(found)])
    alike = outlets[:, None] == outlets[None]
    given = sorted({figure for f in found for figure in f.figures})
    echo = np.array([[figure in f.figures for figure in given] for f in found], dtype=np.float32)
    near: Floats = (
        table @ table.T - np.nan_to_num(cost(np.abs(gaps), late)) - HOUSE * alike + ECHO * (echo @ echo.T > 0)
    )
    np.fill_diagonal(near, NOTHING)
    return near
