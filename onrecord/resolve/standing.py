"""How credible an account is, by the Admiralty scale. Of a figure that has moved, only the claims count that give the value in question.

1: two independent origins agree and nobody contradicts; 2: one origin holds to it, another
thinks it likely; 3: one origin on the record; 4: contradicted by one independent origin; 5: by two or more; 6: nothing to judge by,
as one unnamed source or a guess is all there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.resolve.comparing import agree
from onrecord.resolve.origins import bare, one_description, owned


class Credibility(Noun, frozen=True, kw_only=True):
    """The second half of the Admiralty pair, with its reason in words."""

    level: int  # 1 to 6
    reason: str


class Said(Noun, frozen=True, kw_only=True):
    """What counts of a claim for its account's credibility."""

    origin: str  # id
    kind: str  # of the origin
    name: str
    stance: str


def credible(claims: Sequence[Claim], focus: Claim | None = None) -> Credibility:
    """How credible an account is, or what one claim of it says. Of a figure the latest value counts, unless `focus` gives another."""
    about = focus or next((c for c in reversed(claims) if c.stance != "denies"), None)
    counted = [c for c in claims if c.stance == "denies" or c.kind != "figure" or about is None or agree(c, about)]
    return credibility([said(c) for c in counted])


def independent(claims: Sequence[Claim]) -> int:
    """How many origins tell an account, as its credibility counts them: who is only described may be one of those who say the same by name."""
    found: set[str] = set()
    for denies in (False, True):
        roots = {c.origin.root: said(c) for c in claims if (c.stance == "denies") == denies}
        found |= named_only(roots).keys()
    return len(found)


def said(claim: Claim) -> Said:
    """A claim as credibility takes it; independent is who has another root."""
    return Said(origin=claim.origin.root, kind=claim.origin.kind, name=claim.origin.name, stance=claim.stance)


def credibility(said: Sequence[Said]) -> Credibility:
    """How credible an account is, by who asserts it and who denies it."""
    asserting = named_only(origins(s for s in said if s.stance == "asserts"))
    hedging = {k: v for k, v in origins(s for s in said if s.stance == "hedges").items() if k not in asserting}
    denying = {k: v for k, v in origins(s for s in said if s.stance == "denies").items() if k not in asserting}
    if not asserting and not hedging and denying:
        asserting, denying = denying, {}  # nobody says otherwise: what is on record is that it is not so
    level, reason = level_of(asserting, hedging, denying)
    return Credibility(level=level, reason=reason)


def level_of(asserting: dict[str, Said], hedging: dict[str, Said], denying: dict[str, Said]) -> tuple[int, str]:
    """The level, and why."""
    if denying:
        return (4 if len(denying) == 1 else 5), f"contradicted by {names(denying)}"
    if len(asserting) >= 2:
        return 1, f"{len(asserting)} independent origins agree: {names(asserting)}"
    if asserting and hedging:
        return 2, f"said by {names(asserting)}; {names(hedging)} also thinks so, less firmly"
    if asserting and all(s.kind != "anonymous" for s in asserting.values()):
        return 3, f"one origin only: {names(asserting)}"
    if asserting:
        return 6, f"one unnamed source only, through {names(asserting)}"
    return 6, f"nobody commits to it; {names(hedging)} thinks it possible" if hedging else "no origin is known"


def origins(said: Iterable[Said]) -> dict[str, Said]:
    """One claim of each origin; an outlet is one whether it speaks or is spoken of, "The Lamp" and "Lamp" alike."""
    found: dict[str, Said] = {}
    described: list[str] = []  # names, of which few are
    for s in {s.origin: s for s in said}.values():
        name = bare(s.name)
        if owned(s.name)[1][:1].islower():
            name = next((other for other in described if one_description(other, s.name)), name)
            described += [] if name in found else [name]
        found[name] = s
    return found


def named_only(some: dict[str, Said]) -> dict[str, Said]:
    """Those who are known by name, if any are: "a minister" may be one of them, and makes no second origin."""
    known_by_name = {name: s for name, s in some.items() if not is_described(s.kind, s.name)}
    return known_by_name or dict(list(some.items())[:1])


def is_described(kind: str, name: str) -> bool:
    """Whether a speaker is known by a description only, as "defence minister": such a one may be anybody, also one who is named elsewhere."""
    return kind == "speaker" and name[:1].islower()


def names(some: dict[str, Said]) -> str:
    """The names of origins, three at most."""
    listed = sorted({s.name for s in some.values()})
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
