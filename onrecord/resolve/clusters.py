"""Who is who by all judgements about pairs.

1. Of each pair one judgement holds: a person's before the machine's, the latest among equals; a verdict of None takes back what the same person judged before it. 2. Pairs that people judge the
same are joined, the latest first, but for two that people judge different. 3. Then those that the machine holds the same, the surest first, but for what
anybody judges different. Ties go by the ids, so the order in which judgements come changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.knowledge import Judgement

MACHINE = "machine"
Pair = tuple[str, str]


def clusters(ids: Iterable[str], judgements: Iterable[Judgement]) -> dict[str, str]:
    """The id that stands for each id's identity: the first, in the alphabet, of those that are judged the same.

    "same" carries over from pair to pair, but never joins two that are judged different. Judgements about other ids than those given carry over, too, and one of
    those may stand for the rest: the answer for an id does not depend on which others are asked for.
    """
    asked, held = sorted(set(ids)), standing(judgements)
    known = sorted({*asked, *(i for pair in held for i in pair)})
    groups = {i: frozenset((i,)) for i in known}
    human = {p: j for p, j in held.items() if j.by != MACHINE}
    apart: dict[str, set[str]] = {i: set() for i in known}
    mark(apart, human)
    for j in sorted((j for j in human.values() if j.verdict == "same"), key=lambda j: (j.when, j.id), reverse=True):
        join(groups, j, apart)
    mark(apart, held)
    sure = [j for p, j in held.items() if p not in human and j.verdict == "same"]
    for j in sorted(sure, key=lambda j: (-(j.score or 0.0), j.left, j.right)):
        join(groups, j, apart)
    return {i: min(groups[i]) for i in asked}


def standing(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """The judgement that holds for each pair."""
    latest: dict[tuple[Pair, str], Judgement] = {}
    for j in sorted(judgements, key=lambda j: (j.when, j.id)):
        latest[pair_of(j), j.by] = j
    held: dict[Pair, Judgement] = {}
    for (pair, _), j in sorted(latest.items(), key=lambda item: rank(item[1])):
        if j.verdict is not None:
            held[pair] = j
    return held


def pair_of(judgement: Judgement) -> Pair:
    """The ids of a judgement, in the alphabet's order."""
    left, right = sorted((judgement.left, judgement.right))
    return left, right


def rank(judgement: Judgement) -> tuple[bool, str, str]:
    """What the judgements of one pair are ordered by, the one that holds last."""
    return judgement.by != MACHINE, judgement.when, judgement.id


def mark(apart: dict[str, set[str]], held: dict[Pair, Judgement]) -> None:
    """Notes who is judged different from whom."""
    for (left, right), j in held.items():
        if j.verdict == "different":
            apart[left].add(right)
            apart[right].add(left)


def join(groups: dict[str, frozenset[str]], judgement: Judgement, apart: dict[str, set[str]]) -> None:
    """Makes two groups one, unless members of them are judged different."""
    left, right = groups[judgement.left], groups[judgement.right]
    if left is right or any(apart[i] & right for i in left):
        return
    both = left | right
    for i in both:
        groups[i] = both
