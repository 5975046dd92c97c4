"""Step 5: an article's claims beside those of the story, and what they change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from onrecord.knowledge import Claim, Resolved
from onrecord.model import Reading
from onrecord.resolve import accounts as group
from onrecord.resolve.changes import Change, Setting, of_claim
from onrecord.resolve.claims import facts
from onrecord.resolve.contrasts import outnumbered, retells, retold
from onrecord.resolve.counts import days_between, runs_on
from onrecord.resolve.facts import Fact, in_context, is_about
from onrecord.resolve.measures import is_measure
from onrecord.resolve.refusals import set_against
from onrecord.resolve.reversals import may_turn, of_office
from onrecord.resolving.sayings import Sayings
from onrecord.store import accounts as kept_accounts
from onrecord.store import changes as kept_changes
from onrecord.store.affair import Affair
from onrecord.store.database import Transaction
from onrecord.store.readings import reading_id
from onrecord.store.resolved import Waiting
from onrecord.store.rows import BITS, namer, numbers
from onrecord.text import Span, digest, words_of

CANDIDATES = 12  # accounts that a claim is compared with
WIDER = 8  # of stories that are not in the thread
BESIDE = 50  # characters beside a speaker's first mention that tell who that is
PARTS = {"statement": "attributions", "figure": "figures", "event": "events"}


def accounts_of(
    transaction: Transaction,
    found: Waiting,
    resolved: Resolved,
    thread: Sequence[int],
    akin: Callable[[int], bool],
    moment: str,
    actor_rows: dict[str, int],
) -> list[Claim]:
    """Step 5: each claim goes to its account; what it changes there is kept. The first of the thread is the article's own story. Gives the denials that were set against nobody.

    A count or level may also go on from stories that are not in the thread, where these are `akin`.
    """
    story = thread[0]
    reading, name = found.reading, namer(reading_id(found.reading))
    place = {kind: numbers(found.row << BITS, getattr(reading, part)) for kind, part in PARTS.items()}
    named = frozenset({*resolved.actors.values(), *(e.name for e in reading.entities)})
    told = facts(resolved)
    affair = Affair(transaction, thread)
    asked = look_up(affair, told)
    speakers = {f.voice.speaker for f in told if f.kind == "statement" and f.voice.speaker}
    sayings = Sayings(affair, [actor_rows[s] for s in speakers if s in actor_rows], moment)
    brought: list[tuple[Change, int | None]] = []
    denying, recalled = denials(told), said_before(reading)
    unanswered: list[Claim] = []
    for fact, (keys, wide) in zip(told, asked, strict=True):
        known, best = placed(affair, fact, keys, wide, akin)
        if fact.points and not best:
            known, best = refused(affair, fact)
        claim = claim_of(fact, name(fact.label), reading, moment)
        if best:
            row = known[best.id][0]
            earlier = affair.claims(row)
            affair.change(row, group.joined(best, fact), keys, wide)
        else:
            earlier = []
            row = affair.add(group.begun(resolved.story or "", fact, claim.id), keys, wide)
        speaker = actor_rows.get(claim.speaker or "")
        turns = claim.kind == "statement" and may_turn(claim)
        part = place[fact.kind][fact.label]
        affair.add_claim(kept_accounts.row_of(claim, fact, part, row, found.article, speaker, turns))
        turned = None
        if speaker is not None and claim.kind == "statement":
            turned = sayings.reversal(claim, speaker, turns)
        here = setting(fact, reading, named, is_denied_beside(fact, denying))
        turned = turned or of_office(claim, earlier, here.title)
        changes = [*of_claim(claim, earlier, resolved.copy_of, here), *([turned] if turned else [])]
        if fact.kind == "figure":
            as_told = [] if best else [row for row, a in known.values() if any(retells(fact, f) for f in a.facts)][:1]
            changes += (c for r in as_told for c in retold(claim, affair.claims(r), here.sentence))
            changes += [] if resolved.copy_of else outnumbered(claim, earlier, here)
        brought += ((change, row) for change in changes)
        anew = not here.recalled and fact.label not in recalled
        if claim.stance == "denies" and anew and not is_answered(claim, changes, earlier):
            unanswered.append(claim)
    affair.write()
    keep_changes(transaction, brought, moment, story, found.article)
    return unanswered


def look_up(affair: Affair, told: Sequence[Fact]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The keys and the wide keys of each claim, for all of which the accounts are looked up together."""
    asked = [(group.keys(fact), group.wide_keys(fact)) for fact in told]
    affair.look_up((key for keys, _ in asked for key in keys), (key for _, wide in asked for key in wide))
    affair.read(row for keys, _ in asked for row in affair.best(keys, CANDIDATES))
    return asked


def is_answered(claim: Claim, changes: Sequence[Change], earlier: Sequence[Claim]) -> bool:
    """Whether a denial is known to the record: it was set against somebody's claim, or its speaker denies this again."""
    told = any(c.kind in ("denied", "reversal") and c.other for c in changes)
    return told or any(
        c.stance == "denies" and c.origin.id == claim.origin.id and c.article != claim.article for c in earlier
    )


def said_before(reading: Reading) -> set[str]:
    """The labels of what an article only recalls: "had said"."""
    text = reading.article.text
    return {a.id for a in reading.attributions if re.match(r"had\b", words_of(text, a.cue))}


def denials(told: Sequence[Fact]) -> dict[Span, set[str]]:
    """The sentences of an article that deny something, with the origins of those who do."""
    found: dict[Span, set[str]] = {}
    for f in told:
        if f.refuses or (f.kind == "statement" and f.voice.firmness.endswith("-")):
            found.setdefault(f.sentence, set()).add(f.voice.origin.id)
    return found


def is_denied_beside(fact: Fact, denying: Mapping[Span, set[str]]) -> bool:
    """Whether the sentence of a claim denies something: by the same speaker, where both are on the record."""
    who = denying.get(fact.sentence, set())
    return bool(who) and (fact.voice.origin.kind != "speaker" or fact.voice.origin.id in who)


def placed(
    affair: Affair, fact: Fact, keys: Sequence[str], wide: Sequence[str], akin: Callable[[int], bool]
) -> tuple[dict[str, tuple[int, group.Account]], group.Account | None]:
    """The accounts that a claim may belong to, with their rows, and the one that it does belong to."""
    known = affair.candidates(keys, CANDIDATES)
    known |= {
        account.id: (row, account)
        for row, account in affair.wider(wide, WIDER)
        if fact.quoted or any(map(akin, affair.told_in(row)))
    }
    return known, group.place(fact, (account for _, account in known.values()))


def refused(affair: Affair, fact: Fact) -> tuple[dict[str, tuple[int, group.Account]], group.Account | None]:
    """The same for a denial, by the words before it too: of the accounts of what another has asserted."""
    wider = in_context(fact)
    found = affair.candidates(group.keys(wider), CANDIDATES)
    known = {id: (row, account) for id, (row, account) in found.items() if is_about(fact, account.facts)}
    return known, group.place(wider, (account for _, account in known.values()))


def setting(fact: Fact, reading: Reading, named: frozenset[str], denying: bool) -> Setting:
    """What an article says around one of its claims; `denying`: its sentence denies something."""
    text = reading.article.text
    ceiling, instead = (
        set_against(text, fact.spans[0], fact.sentence) if fact.kind == "figure" else (False, frozenset())
    )
    speakers = [e for e in reading.entities if e.mentions and e.name == fact.voice.speaker_name]
    start, end = min(speakers[0].mentions) if speakers else (0, 0)
    days = days_of(reading, fact)
    return Setting(
        named=named,
        sentence=text[slice(*fact.sentence)],
        role=text[max(0, start - BESIDE) : end + BESIDE] if speakers else "",
        title=title(text, start, end) if speakers else "",
        counts=fact.kind == "figure" and (not is_measure(fact.unit) or bool(fact.tally.series)),
        level=is_measure(fact.unit) and bool(fact.tally.series),
        anew=runs_on(fact),
        moved=fact.tally.moved,
        earlier=fact.tally.earlier,
        change=fact.tally.change,
        refuses=fact.refuses,
        excludes=fact.excludes,
        denying=denying,
        ceiling=ceiling,
        instead=instead,
        day=days[0] if days else fact.moment[:10],
        spoken=any(a.id == fact.label and words_of(text, a.cue) == ":" for a in reading.attributions),
        recalled=bool(days) and max(days) < fact.moment[:10] and days_between(max(days), fact.moment) > 1,
    )


def title(text: str, start: int, end: int) -> str:
    """The words that say who somebody is: those before the name in its sentence, and those between commas behind it."""
    before = text[max(0, start - BESIDE) : start].rpartition(". ")[2].rpartition("\n")[2]
    behind = text[end : end + 2 * BESIDE]
    return before + text[start:end] + (behind[1:].partition(",")[0] if behind.startswith(",") else "")


def days_of(reading: Reading, fact: Fact) -> list[str]:
    """The days that a claim's sentence names: what is said to have been said before the last one confirms nothing that was on record since."""
    start, end = fact.sentence
    days = (d.value[:10] for d in reading.dates if d.type == "date" and d.value and start <= d.span[0] < end)
    return [day for day in days if len(day) == 10]


def claim_of(fact: Fact, id: str, reading: Reading, moment: str) -> Claim:
    """A fact as a claim in its account."""
    outlet = reading.article.outlet
    return Claim(
        id=id,
        number=fact.number,
        kind=fact.kind,
        article=fact.article,
        outlet=(outlet.domain or outlet.name) if outlet else None,
        moment=moment,
        words=fact.words,
        stance=fact.voice.stance,
        status=fact.status,
        origin=fact.voice.origin,
        speaker=fact.voice.speaker,
        speaker_name=fact.voice.speaker_name,
        low=fact.low,
        high=fact.high,
        quoted=fact.quoted,
    )


def keep_changes(
    transaction: Transaction, brought: Sequence[tuple[Change, int | None]], moment: str, story: int, article: int
) -> None:
    """Keeps changes with their accounts, and the rows of the articles that they are set against."""
    others = {
        c.other: transaction.value("SELECT row FROM articles WHERE id = ?", (c.other,)) for c, _ in brought if c.other
    }
    kept_changes.add_all(
        transaction, [(c, moment, story, account, article, others.get(c.other or "")) for c, account in brought]
    )


def changes_of_article(transaction: Transaction, found: Waiting, story: int, moment: str) -> None:
    """What the article itself has that a careful editor would flag: a misquoting headline, a silent edit."""
    article = found.reading.article
    for finding in found.reading.findings:
        change = Change(id=digest(finding.kind, article.id, finding.note), kind=finding.kind, words=finding.note, article=article.id)  # fmt: skip
        keep_changes(transaction, [(change, None)], moment if finding.kind == "misquote" else found.first_seen, story, found.article)  # fmt: skip
