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
from onrecord.resolve.reversals import OPPOSITE, Memory, may_turn, of_office, reversed_by
from onrecord.store import accounts as kept_accounts
from onrecord.store import changes as kept_changes
from onrecord.store.database import Transaction
from onrecord.store.readings import reading_id
from onrecord.store.resolved import Waiting
from onrecord.store.rows import BITS, namer, numbers
from onrecord.text import Span, digest, words_of

CANDIDATES = 12  # accounts that a claim is compared with
WIDER = 8  # of stories that are not in the thread
MEMORY = 60  # earlier statements of a speaker that a new one may contradict
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
    before: dict[int, Memory] = {}  # what each speaker said until now
    told = facts(resolved)
    denying, recalled = denials(told), said_before(reading)
    unanswered: list[Claim] = []
    for fact in told:
        keys = group.keys(fact)
        wide = group.wide_keys(fact)
        known, best = placed(transaction, fact, thread, keys, wide, akin)
        if fact.points and not best:
            known, best = refused(transaction, fact, thread)
        claim = claim_of(fact, name(fact.label), reading, moment)
        if best:
            row = known[best.id][0]
            earlier = kept_accounts.claims(transaction, row)
            kept_accounts.update(transaction, row, group.joined(best, fact), story, keys)
        else:
            earlier = []
            row = kept_accounts.add(transaction, group.begun(resolved.story or "", fact, claim.id), story, keys)
        kept_accounts.add_keys(transaction, row, kept_accounts.ANY, wide)
        speaker = actor_rows.get(claim.speaker or "")
        turns = claim.kind == "statement" and may_turn(claim)
        part = place[fact.kind][fact.label]
        kept_accounts.add_claim(transaction, claim, fact, part, row, found.article, speaker, turns)
        turned = None
        if speaker is not None and claim.kind == "statement" and claim.stance in OPPOSITE:
            said = memory(transaction, before, speaker, moment, turns)
            turned = reversed_by(claim, said) if said else None
        here = setting(fact, reading, named, is_denied_beside(fact, denying))
        turned = turned or of_office(claim, earlier, here.title)
        changes = [*of_claim(claim, earlier, resolved.copy_of, here), *([turned] if turned else [])]
        if fact.kind == "figure":
            as_told = [] if best else [row for row, a in known.values() if any(retells(fact, f) for f in a.facts)][:1]
            changes += (c for r in as_told for c in retold(claim, kept_accounts.claims(transaction, r), here.sentence))
            changes += [] if resolved.copy_of else outnumbered(claim, earlier, here)
        for change in changes:
            keep_change(transaction, change, moment, story, row, found.article)
        anew = not here.recalled and fact.label not in recalled
        if claim.stance == "denies" and anew and not is_answered(claim, changes, earlier):
            unanswered.append(claim)
    return unanswered


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


def memory(
    transaction: Transaction, before: dict[int, Memory], speaker: int, moment: str, turns: bool
) -> Memory | None:
    """What a speaker said until now, kept in `before` once it was asked for; None, where neither the new claim `turns` nor any of those can."""
    if speaker not in before:
        if not turns and not kept_accounts.has_turned(transaction, speaker, moment):
            return None
        before[speaker] = Memory(kept_accounts.said_before(transaction, speaker, moment, MEMORY))
    return before[speaker]


def placed(
    transaction: Transaction, fact: Fact, thread: Sequence[int], keys: Sequence[str], wide: Sequence[str], akin: Callable[[int], bool]
) -> tuple[dict[str, tuple[int, group.Account]], group.Account | None]:  # fmt: skip
    """The accounts that a claim may belong to, with their rows, and the one that it does belong to."""
    known = kept_accounts.candidates(transaction, thread, keys, CANDIDATES)
    known |= {
        a.id: (row, a)
        for row, others, a in kept_accounts.wider(transaction, wide, WIDER)
        if fact.quoted or any(map(akin, others))
    }
    return known, group.place(fact, (account for _, account in known.values()))


def refused(
    transaction: Transaction, fact: Fact, thread: Sequence[int]
) -> tuple[dict[str, tuple[int, group.Account]], group.Account | None]:
    """The same for a denial, by the words before it too: of the accounts of what another has asserted."""
    wider = in_context(fact)
    found = kept_accounts.candidates(transaction, thread, group.keys(wider), CANDIDATES)
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


def keep_change(
    transaction: Transaction, change: Change, moment: str, story: int, account: int | None, article: int
) -> None:
    """Keeps a change, with the row of the article that it is set against."""
    other = transaction.value("SELECT row FROM articles WHERE id = ?", (change.other,)) if change.other else None
    kept_changes.add(transaction, change, moment, story, account, article, other)


def changes_of_article(transaction: Transaction, found: Waiting, story: int, moment: str) -> None:
    """What the article itself has that a careful editor would flag: a misquoting headline, a silent edit."""
    article = found.reading.article
    for finding in found.reading.findings:
        change = Change(id=digest(finding.kind, article.id, finding.note), kind=finding.kind, words=finding.note, article=article.id)  # fmt: skip
        keep_change(transaction, change, moment if finding.kind == "misquote" else found.first_seen, story, None, found.article)  # fmt: skip
