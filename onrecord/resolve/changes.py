"""Changes: what a claim adds to what was on record of the same thing before it.

A claim may be the first of its account, confirm it (the second independent origin), deny it, move its figure, or contradict what the same
speaker said before. Two versions of one quotation that differ where it matters are a finding, and no reversal of the speaker; so is a
copy that says by itself what its original had from somebody.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.accounts import bare, is_described
from onrecord.resolve.claims import matter
from onrecord.resolve.drift import Drift, drifts, versions
from onrecord.resolve.drift import words as words_in
from onrecord.resolve.terms import likeness
from onrecord.text import digest

ChangeKind = Literal[
    "new-account", "confirmed", "denied", "figure-moved", "reversal", "quotation-differs", "attribution-dropped",
    "silent-edit", "misquote",
]  # fmt: skip
OPPOSITE = {"asserts": "denies", "denies": "asserts"}
MATTER, ALIKE = 2, 0.6  # terms that two statements must share to be on one matter, and their share of the lighter
TOLERANCE = 0.1  # a figure that differs by a smaller share has not moved
CLOSE = 0.02  # and one that confirms another differs by no more than this
OWN_WORD = ("outlet", "agency")  # origins that speak for themselves
SHORT = 160  # characters of a claim that are shown


class Change(Noun, frozen=True, kw_only=True):
    """What changed, in words, with the claims it rests on: the new one first."""

    id: str
    kind: ChangeKind
    words: str
    article: str  # that brought it
    other: str | None = None  # the article of the claim it is set against
    claim: str | None = None  # the id of the new claim
    against: str | None = None  # and of the other
    drifts: tuple[Drift, ...] = ()


def of_claim(new: Claim, earlier: Sequence[Claim], copied: str | None, named: Container[str] = ()) -> Iterator[Change]:
    """What a claim changes in its account; `copied` is the article that its own one carries, `named` are those whom that one names."""
    older = [c for c in earlier if c.moment <= new.moment and c.article != new.article]
    if not earlier:
        yield first_of(new)
    if not older:
        return
    if versions := misquoted(new, older):
        other, found = versions
        yield made("quotation-differs", new, other, differing(found), found)
        return
    theirs = [c for c in older if c.article == copied or is_named(c, named)]
    yield from dropped(new, [c for c in theirs if c.article == copied or c.origin.kind == "anonymous"])
    if any(c.article == copied for c in older):
        return
    by_itself = new.origin.kind in OWN_WORD and bool(theirs)  # it names whom it has this from
    unnamed = new.origin.kind == "anonymous" and any((c.low, c.high) == (new.low, new.high) for c in theirs)
    yield from origins_of(new, older, repeats=by_itself or unnamed)
    if new.kind == "figure" and not by_itself:
        yield from moved(new, older)


def first_of(new: Claim) -> Change:
    """The first claim of an account: somebody denies what nobody else has on record, or it is simply new."""
    if denies(new):
        return made("denied", new, None, f"{voice(new)} denies: {shortened(new)}")
    return made("new-account", new, None, f"{voice(new)}: {shortened(new)}")


def denies(claim: Claim) -> bool:
    """Whether a statement is denied by the word that reports it, and is no negative statement: "denied that", unlike "said that no"."""
    turning = lexicon("accounts")["polarity"]["words"].split()
    plain = not any(word.shape in turning for word in words_in(claim.words))
    return claim.kind == "statement" and claim.stance == "denies" and plain and bool(matter(claim.words))


def is_named(claim: Claim, named: Container[str]) -> bool:
    """Whether an article names the one whose word a claim is."""
    name = claim.origin.name
    return name in named or name.removeprefix("The ") in named or claim.speaker in named


def made(kind: ChangeKind, new: Claim, other: Claim | None, words: str, found: tuple[Drift, ...] = ()) -> Change:
    """A change."""
    return Change(
        id=digest(kind, *key(new), *(key(other) if other else ())),
        kind=kind,
        words=words,
        article=new.article,
        other=other.article if other else None,
        claim=new.id,
        against=other.id if other else None,
        drifts=found,
    )


def key(claim: Claim) -> tuple[str, str]:
    """What tells a claim from every other."""
    return claim.id, str(claim.number)


def misquoted(new: Claim, older: Sequence[Claim]) -> tuple[Claim, tuple[Drift, ...]] | None:
    """The first version of the same quotation, in another outlet, where this one differs from every other in what matters."""
    if not new.quoted:
        return None
    theirs = [
        c
        for c in older
        if c.quoted and c.speaker == new.speaker and c.outlet != new.outlet and versions(new.words, c.words)
    ]
    found = [(c, tuple(d for d in drifts(new.words, c.words) if d.kind != "harmless")) for c in theirs]
    return found[0] if found and all(drift for _, drift in found) else None


def differing(found: tuple[Drift, ...]) -> str:
    """Where two versions of a quotation differ, in words."""
    first = found[0]
    ours, theirs = first.our_words, first.their_words
    where = f"“{ours}” here, “{theirs}” there" if ours and theirs else f"“{theirs}” is missing here" if theirs else f"“{ours}” is only here"  # fmt: skip
    return f"the quotation differs in a {first.kind}: {where}"


def origins_of(new: Claim, older: Sequence[Claim], *, repeats: bool) -> Iterator[Change]:
    """A first independent confirmation, or a denial. The same words in quotation marks twice are one saying, whoever is said to have said them."""
    asserting = [c for c in older if c.stance == "asserts"]
    others = [
        c for c in asserting if another(new, c) and agree(new, c, 0.0) and (c.kind != "figure" or c.status != "planned")
    ]
    before = any(c.stance == "denies" and not another(new, c) for c in older)
    unknown = new.kind == "statement" and new.origin.kind in (*OWN_WORD, "anonymous") and new.speaker is None
    if new.stance == "denies" and others and not before and not unknown:
        yield made("denied", new, others[0], f"{voice(new)} denies: {shortened(new)}")
    agreeing = told_by_others(new, [c for c in asserting if c.status == new.status and agree(new, c, CLOSE)])
    one = len({bare(c.origin.name) for c in agreeing}) == 1 and all(independent(new, c) for c in agreeing)
    if new.stance == "asserts" and one and not repeats and not any(c.quoted and new.quoted for c in agreeing):
        yield made("confirmed", new, agreeing[0], f"a second origin, {voice(new)}: {shortened(new)}")


def told_by_others(new: Claim, agreeing: list[Claim]) -> list[Claim]:
    """Of those who said so before the ones who count: newsrooms that only said so too are none beside those whose word it is."""
    attributed = [c for c in agreeing if c.origin.kind not in OWN_WORD]
    return agreeing if new.origin.kind in OWN_WORD else attributed or agreeing


def another(a: Claim, b: Claim) -> bool:
    """Whether two claims have different origins; an outlet is one whether it speaks or is spoken of."""
    return a.origin.root != b.origin.root and bare(a.origin.name) != bare(b.origin.name)


def independent(a: Claim, b: Claim) -> bool:
    """Whether it is sure that two origins are two: who is only described, as "the minister", may be the other."""
    described = any(is_described(c.origin.kind, c.origin.name) for c in (a, b))
    return another(a, b) and not described


def moved(new: Claim, older: Sequence[Claim]) -> Iterator[Change]:
    """A figure that is another than those that were asserted of the same thing."""
    asserted = [c for c in older if c.stance == "asserts" and c.status == new.status]
    if new.stance != "denies" and asserted and not any(agree(new, c) for c in asserted):
        last = max(asserted, key=lambda c: c.moment)
        yield made("figure-moved", new, last, f"{last.words} → {new.words} ({voice(new)})")


def agree(a: Claim, b: Claim, tolerance: float = TOLERANCE) -> bool:
    """Whether two figures may be the same number, or nearly so; claims without numbers agree."""
    lowest, highest = float("-inf"), float("inf")
    a_low, a_high = widened(a.low, lowest), widened(a.high, highest)
    b_low, b_high = widened(b.low, lowest), widened(b.high, highest)
    margin = tolerance * max((abs(n) for n in (a.low, a.high, b.low, b.high) if n is not None), default=0.0)
    return a_low <= b_high + margin and b_low <= a_high + margin


def widened(value: float | None, otherwise: float) -> float:
    """An end of a figure; open where it is not known."""
    return otherwise if value is None else value


def reversed_by(new: Claim, before: Sequence[Claim]) -> Change | None:
    """The same speaker on the same matter, the other way round: a pair, and no verdict. `before` is what the speaker said until then.

    Who has said the new thing before does not reverse by saying it again.
    """
    opposite = OPPOSITE.get(new.stance)
    same = [c for c in before if key(c) != key(new) and on_one_matter(new, c)]
    if opposite is None or any(c.stance == new.stance for c in same):
        return None
    turned = [c for c in same if c.stance == opposite and c.moment < new.moment and not versions(new.words, c.words)]
    if not turned:
        return None
    old = turned[-1]
    change = made("reversal", new, old, f"{voice(new)}, before: {shortened(old)} Now: {shortened(new)}")
    shared = sorted(matter(new.words) & matter(old.words))
    return replace(
        change, id=digest("reversal", new.speaker or "", new.stance, *shared)
    )  # once, whoever prints it first


def on_one_matter(a: Claim, b: Claim) -> bool:
    """Whether two statements speak of the same thing, names apart."""
    one, other = matter(a.words), matter(b.words)
    return len(one & other) >= MATTER and likeness(one, other)[0] >= ALIKE


def dropped(new: Claim, theirs: Sequence[Claim]) -> Iterator[Change]:
    """That an article says by itself what those whom it copies, or names, had from somebody."""
    attributed = [c for c in theirs if c.origin.kind not in OWN_WORD and another(new, c) and agree(new, c, CLOSE)]
    if new.origin.kind in OWN_WORD and attributed and new.kind != "event":
        words = f"said as a fact here, by {voice(attributed[0])} in the original: {shortened(new)}"
        yield made("attribution-dropped", new, attributed[0], words)


def voice(claim: Claim) -> str:
    """Who says so, in words."""
    return claim.speaker_name or claim.origin.name


def shortened(claim: Claim) -> str:
    """The claim's words, cut where they are long."""
    words = " ".join(claim.words.split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rsplit(" ", 1)[0] + " …"
