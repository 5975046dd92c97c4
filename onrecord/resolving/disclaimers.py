"""Step 5, the last of it: what an article denies by itself, set against what others have told in its story."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge import Resolved
from onrecord.resolve.accounts import Account
from onrecord.resolve.disclaimers import Disclaimer, denial, disclaimers, keys, refused
from onrecord.store import accounts as kept_accounts
from onrecord.store import changes as kept_changes
from onrecord.store.database import Transaction
from onrecord.store.resolved import Waiting

CANDIDATES = 6  # accounts that one term finds


def denied_by_itself(
    transaction: Transaction, found: Waiting, resolved: Resolved, thread: Sequence[int], moment: str
) -> None:
    """Keeps what the article denies in its own voice; a copy denies nothing anew."""
    if resolved.copy_of:
        return
    for one in disclaimers(found.reading):
        keep(transaction, one, found, resolved, thread, moment)


def keep(
    transaction: Transaction, one: Disclaimer, found: Waiting, resolved: Resolved, thread: Sequence[int], moment: str
) -> None:
    """Sets one denial against the account that it refuses, if the record has it."""
    known: dict[str, tuple[int, Account]] = {}
    for key in keys(one):
        known |= kept_accounts.candidates(transaction, thread, [key], CANDIDATES)
    own = resolved.origins[""]
    article = found.reading.article.id
    account = refused(one, (account for _, account in known.values()), own, article, moment)
    if account is None:
        return
    row = known[account.id][0]
    theirs = [c for c in kept_accounts.claims(transaction, row) if c.stance == "asserts" and c.moment <= moment]
    told = next((c for c in theirs if c.origin.root != own.root and c.article != article), None)
    if told:
        other = transaction.value("SELECT row FROM articles WHERE id = ?", (told.article,))
        change = denial(one, own, article, told)
        kept_changes.add(transaction, change, moment, thread[0], row, found.article, other)
