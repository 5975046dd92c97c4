"""Which claims of an account count for how credible it is: of a figure that has moved, only those that give the value in question."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge import Claim
from onrecord.resolve.accounts import Credibility, Said, credibility, named_only
from onrecord.resolve.comparing import agree


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
