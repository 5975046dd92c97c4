"""What the speakers of an article said before, and what turns it round."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.knowledge import Claim
from onrecord.resolve.changes import Change
from onrecord.resolve.reversals import OPPOSITE, Memory, is_turned, reversed_by
from onrecord.store import accounts as kept_accounts
from onrecord.store.affair import Affair

MEMORY = 60  # earlier statements of a speaker that a new one may contradict


class Sayings:
    """What some speakers, by row, said until a moment. All of it is read only of those who may reverse: where one of two claims may deny."""

    def __init__(self, affair: Affair, speakers: Iterable[int], moment: str) -> None:
        self.affair, self.moment = affair, moment
        turned = kept_accounts.turned_before(affair.transaction, sorted(set(speakers)), moment, MEMORY)
        self.turned = {speaker: Memory(claims) for speaker, claims in turned.items() if claims}
        self.own: dict[int, list[tuple[str, int]]] = {}  # the article's own claims so far, of each speaker
        self.turning: set[int] = set()  # speakers one of whose claims may deny
        self.until: dict[int, int] = {}  # how many of their own claims count as said before
        self.known: dict[int, Memory] = {}

    def reversal(self, claim: Claim, speaker: int, turns: bool) -> Change | None:
        """What a statement reverses of what its speaker said before; `turns`: it may deny. Statements are given in their order."""
        self.own.setdefault(speaker, []).append((claim.id, claim.number))
        if turns:
            self.turning.add(speaker)
        if claim.stance not in OPPOSITE or not (speaker in self.turning or speaker in self.turned):
            return None
        self.until.setdefault(speaker, len(self.own[speaker]))
        if not turns and not (speaker in self.turned and is_turned(claim, self.turned[speaker])):
            return None
        return reversed_by(claim, self.memory(speaker))

    def memory(self, speaker: int) -> Memory:
        """All that a speaker said until now: the article's own claims count that were told when this was first of interest."""
        if speaker not in self.known:
            self.affair.write_claims()
            later = set(self.own[speaker][self.until[speaker] :])
            said = kept_accounts.said_before(self.affair.transaction, speaker, self.moment, MEMORY + len(later))
            self.known[speaker] = Memory([c for c in said if (c.id, c.number) not in later][-MEMORY:])
        return self.known[speaker]
