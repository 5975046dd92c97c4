"""Step 5, the last of it: what an article denies by itself, set against what others have told in its story; and what it denies, or has from who denies it, in words that no claim of theirs has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.knowledge import Claim, Resolved
from onrecord.resolve import gainsaid
from onrecord.resolve.accounts import Account
from onrecord.resolve.changes import Change
from onrecord.resolve.disclaimers import SOON, Disclaimer, denial, disclaimers, keys, refused
from onrecord.store import accounts as kept_accounts
from onrecord.store import changes as kept_changes
from onrecord.store import stories as kept_stories
from onrecord.store.database import Transaction
from onrecord.store.resolved import Waiting

TEXTS = 24  # articles that a denial is looked for in
CANDIDATES = 6  # accounts that one term finds


def denied_by_itself(
    transaction: Transaction,
    found: Waiting,
    resolved: Resolved,
    thread: Sequence[int],
    moment: str,
    unanswered: Sequence[Claim],
) -> None:
    """Keeps what the article denies in its own voice, and of what speakers deny in it that which is `unanswered`; a copy denies nothing anew."""
    if resolved.copy_of:
        return
    refused_words = [
        one.words for one in disclaimers(found.reading) if keep(transaction, one, found, resolved, thread, moment)
    ]
    own = resolved.origins[""]
    article = found.reading.article.id
    by_itself = [(w, negative) for w, negative in gainsaid.of_article(found.reading) if w not in refused_words]
    claimed = [(c, negative) for c in unanswered if (negative := gainsaid.of_claim(c))]
    if not by_itself and not claimed:
        return
    told = told_before(transaction, found, thread, moment)
    changes: dict[tuple[str, str], Change] = {}
    for claim, negative in claimed:
        if other := gainsaid.gainsaid(
            claim.words,
            negative,
            [t for t in told if t.origin != claim.origin.id],
            claim.speaker_name or claim.origin.name,
        ):
            changes.setdefault((claim.origin.id, other.article), gainsaid.denial(claim, other))
    for words, negative in by_itself:
        if other := gainsaid.gainsaid(words, negative, [t for t in told if t.origin != own.id]):
            changes.setdefault((own.id, other.article), gainsaid.denial_by_itself(words, own.name, article, other))
    for change in changes.values():
        other_row = transaction.value("SELECT row FROM articles WHERE id = ?", (change.other,))
        kept_changes.add(transaction, change, moment, thread[0], None, found.article, other_row)


def told_before(transaction: Transaction, found: Waiting, thread: Sequence[int], moment: str) -> list[gainsaid.Told]:
    """What others wrote of the affair in the days before an article."""
    outlet = found.reading.article.outlet
    own = (outlet.domain or outlet.name) if outlet else None
    since = (date.fromisoformat(moment[:10]) - timedelta(days=SOON)).isoformat()
    return [t for t in kept_stories.texts(transaction, thread, since, moment, TEXTS) if t.outlet != own or own is None]


def keep(
    transaction: Transaction, one: Disclaimer, found: Waiting, resolved: Resolved, thread: Sequence[int], moment: str
) -> bool:
    """Sets one denial against the account that it refuses; whether the record has it."""
    known: dict[str, tuple[int, Account]] = {}
    for key in keys(one):
        known |= kept_accounts.candidates(transaction, thread, [key], CANDIDATES)
    own = resolved.origins[""]
    article = found.reading.article.id
    account = refused(one, (account for _, account in known.values()), own, article, moment)
    if account is None:
        return False
    row = known[account.id][0]
    theirs = [c for c in kept_accounts.claims(transaction, row) if c.stance == "asserts" and c.moment <= moment]
    told = next((c for c in theirs if c.origin.root != own.root and c.article != article), None)
    if told:
        other = transaction.value("SELECT row FROM articles WHERE id = ?", (told.article,))
        change = denial(one, own, article, told)
        kept_changes.add(transaction, change, moment, thread[0], row, found.article, other)
    return told is not None
