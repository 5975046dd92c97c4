"""Families: who "his father" and "the daughter" are, from what an article has said of who is whose.

Word list: `lexicon/descriptions.toml`, `[kin]`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord.read.descriptions import table
from onrecord.read.entities_names import Entity, Gender
from onrecord.read.numbers import either


@cache
def relations() -> dict[str, tuple[str, Gender]]:
    """A word of a family to its relation and its gender: "daughter" to child, "f"."""
    genders: tuple[tuple[str, Gender], ...] = (("m", "m"), ("f", "f"), ("both", None))
    return {w: (kin, gender) for kin, row in table()["kin"].items() for key, gender in genders for w in row[key]}


@cache
def owned() -> re.Pattern[str]:
    """A word of a family behind its owner's name: "'s eldest daughter"."""
    return re.compile(rf"[’'](?:s )?\s?(?:[\w-]+ ){{0,2}}?({either(relations())})\b")


class Families:
    """Who is what to whom, as an article has said so far."""

    def __init__(self) -> None:
        self.members: dict[str, dict[Entity, set[Entity]]] = defaultdict(dict)  # relation -> who -> whose

    def add(self, owners: Sequence[Entity], word: str, who: Entity) -> None:
        """Remembers that somebody is that to the owners, and they the other to them."""
        kin, gender = relations()[word]
        who.gender = who.gender or gender
        mine = [o for o in owners if o is not who]
        self.members[kin].setdefault(who, set()).update(mine)
        for owner in mine:
            self.members[table()["kin"][kin]["other"]].setdefault(owner, set()).add(who)

    def find(self, owners: Sequence[Entity], word: str) -> Entity | None:
        """The one person who is that to an owner; to anybody, where no owner is given."""
        kin, gender = relations()[word]
        fit = [
            e
            for e, whose in self.members[kin].items()
            if e.gender in (gender, None) or gender is None
            if e not in owners and (not owners or whose.intersection(owners))
        ]
        return fit[0] if len(fit) == 1 else None
