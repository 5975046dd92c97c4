"""Stories: which articles cover one happening, and enough of each story to recognise the next article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from onrecord.resolve.gainsaid import Told
from onrecord.resolve.regrouping import title
from onrecord.resolve.stories import Features, Sketch, sketched
from onrecord.resolve.words import rarities
from onrecord.store.database import Transaction
from onrecord.store.keys import add as add_rows
from onrecord.store.keys import nominated
from onrecord.store.resolved import counts, recount
from onrecord.store.rows import as_json, table

TABLE = table("stories", "id title first_moment last_moment articles merged_into sketch")


def candidates(transaction: Transaction, keys: Sequence[str], limit: int) -> dict[int, Sketch]:
    """The stories that share most of these keys, by their rows."""
    query = "SELECT story FROM story_keys WHERE key = ?"
    best = nominated(transaction, query, ((key,) for key in keys), limit)
    return {row: sketch for row in best if (sketch := get(transaction, row))}


def get(transaction: Transaction, row: int) -> Sketch | None:
    """The sketch of a story that was not merged into another."""
    found = transaction.value("SELECT sketch FROM stories WHERE row = ? AND merged_into IS NULL", (row,))
    return decoded(found) if found else None


@lru_cache(maxsize=512)
def decoded(sketch: str) -> Sketch:
    """The sketch that a row's JSON holds."""
    return msgspec.json.decode(sketch, type=Sketch)


def sketch_of(transaction: Transaction, row: int) -> Sketch:
    """The sketch of any story; that of one which was merged into another is empty."""
    return msgspec.json.decode(transaction.value("SELECT sketch FROM stories WHERE row = ?", (row,)), type=Sketch)


def draw(transaction: Transaction, row: int, sketch: Sketch, was: Sketch) -> None:
    """Writes a story's sketch in the place of another; in how many sketches a word stands is counted."""
    transaction.run("UPDATE stories SET sketch = ? WHERE row = ?", (as_json(sketch), row))
    recount(transaction, was.terms.keys() - sketch.terms.keys(), sketch.terms.keys() - was.terms.keys())


def erase(transaction: Transaction, row: int) -> None:
    """Empties a story's sketch: its words are no longer counted."""
    was = sketch_of(transaction, row)
    draw(transaction, row, blank(was.story), was)


def blank(story: str) -> Sketch:
    """The sketch of a story without articles."""
    return Sketch(story=story, articles=0, terms={})


def add(transaction: Transaction, headline: str, moment: str, sketch: Sketch, keys: Iterable[str]) -> int:
    """A new story's row, or that of an emptied one that comes back; its id is that of its sketch."""
    values = (sketch.story, headline, moment, moment, 1, None, as_json(blank(sketch.story)))
    again = "ON CONFLICT (id) DO UPDATE SET merged_into = NULL RETURNING row"
    row = int(transaction.value(f"{TABLE.insert} {again}", values))
    draw(transaction, row, sketch, sketch_of(transaction, row))
    add_keys(transaction, row, keys)
    return row


def update(transaction: Transaction, row: int, moment: str, sketch: Sketch, was: Sketch, keys: Iterable[str]) -> None:
    """Writes a story anew that one more article belongs to; `was` is its sketch so far."""
    sql = (
        "UPDATE stories SET first_moment = min(first_moment, ?), last_moment = max(last_moment, ?), articles = articles + 1 WHERE row = ?"
        if transaction.dialect == "sqlite"
        else "UPDATE stories SET first_moment = least(first_moment, ?), last_moment = greatest(last_moment, ?), articles = articles + 1 WHERE row = ?"
    )
    transaction.run(sql, (moment, moment, row))
    draw(transaction, row, sketch, was)
    add_keys(transaction, row, keys)


def add_keys(transaction: Transaction, row: int, keys: Iterable[str]) -> None:
    """Makes a story findable by these keys."""
    add_rows(transaction, "story_keys", "key, story", ((key, row) for key in keys))


def texts(transaction: Transaction, stories: Sequence[int], since: str, until: str, limit: int) -> list[Told]:
    """What was written of these stories between two moments, the latest first; copies left out, as their originals are there."""
    sql = (
        "SELECT a.id, coalesce(nullif(o.domain, ''), o.name), d.origin, a.text FROM resolved d JOIN articles a ON a.row = d.article "
        f"LEFT JOIN outlets o ON o.row = a.outlet WHERE d.story IN ({', '.join('?' * len(stories))}) AND d.copy_of IS NULL "
        f"AND d.moment >= ? AND d.moment <= ? ORDER BY d.moment DESC, a.row LIMIT {limit}"
    )
    return [Told(*row) for row in transaction.all(sql, (*stories, since, until))]


def count(transaction: Transaction) -> int:
    """How many stories there are, those that went into others included: a number that only grows."""
    return int(transaction.value("SELECT coalesce(max(row), 0) FROM stories"))


def members(transaction: Transaction, row: int) -> dict[str, tuple[int, Features, str]]:
    """The articles of a story by their ids: row, features, moment; the order is that of arrival."""
    sql = "SELECT a.id, d.article, d.features, d.moment, d.copy_kind FROM resolved d JOIN articles a ON a.row = d.article WHERE d.story = ? ORDER BY d.article"
    return {
        id: (article, featured(found, copy == "whole"), moment)
        for id, article, found, moment, copy in transaction.all(sql, (row,))
    }


@lru_cache(maxsize=1024)
def featured(features: str, copy: bool) -> Features:
    """The features that an article's JSON holds; `copy`: it carries another's text."""
    return replace(msgspec.json.decode(features, type=Features), copy=copy)


def move(transaction: Transaction, article: int, row: int, keys: Iterable[str]) -> None:
    """Moves an article, with what it changed, to another story."""
    was = transaction.value("SELECT story FROM resolved WHERE article = ?", (article,))
    transaction.run("UPDATE resolved SET story = ? WHERE article = ?", (row, article))
    transaction.run("UPDATE changes SET story = ? WHERE article = ?", (row, article))
    transaction.run(
        "UPDATE stories SET merged_into = ? WHERE row = ?", (row, was)
    )  # `renew` takes it back where articles are left
    add_keys(transaction, row, keys)


def merge(transaction: Transaction, row: int) -> None:
    """Leaves a story whose articles have all moved merged into where the last one went, with its accounts."""
    into = transaction.value("SELECT merged_into FROM stories WHERE row = ?", (row,))
    transaction.run("UPDATE stories SET merged_into = ? WHERE merged_into = ?", (into, row))
    transaction.run("UPDATE stories SET articles = 0 WHERE row = ?", (row,))
    erase(transaction, row)
    transaction.run("UPDATE accounts SET story = ? WHERE story = ?", (into, row))
    copied = "INSERT INTO account_keys (story, key, account) SELECT ?, key, account FROM account_keys WHERE story = ?"
    transaction.run(f"{copied} ON CONFLICT DO NOTHING", (into, row))
    transaction.run("DELETE FROM account_keys WHERE story = ?", (row,))
    transaction.run("DELETE FROM story_keys WHERE story = ?", (row,))


def renew(transaction: Transaction, row: int, rare: Rare) -> bool:
    """Writes a story anew by the articles that it has; whether it has any."""
    found = members(transaction, row).values()
    features = [f for _, f, _ in found]
    if features:
        moments = sorted(moment for _, _, moment in found)
        sketch = sketched(id_of(transaction, row), features, rare)
        sql = "UPDATE stories SET merged_into = NULL, title = ?, first_moment = ?, last_moment = ?, articles = ? WHERE row = ?"
        transaction.run(sql, (title(features, rare), moments[0], moments[-1], len(moments), row))
        draw(transaction, row, sketch, sketch_of(transaction, row))
    return bool(features)


def drop(transaction: Transaction, row: int) -> None:
    """Drops a story without articles, as its row may be given again; accounts that others still tell go to theirs."""
    theirs = "SELECT min(r.story) FROM facts f JOIN resolved r ON r.article = f.article WHERE f.account = accounts.row"
    transaction.run(f"UPDATE accounts SET story = coalesce(({theirs}), story) WHERE story = ?", (row,))
    transaction.run("DELETE FROM account_keys WHERE story = ?", (row,))
    transaction.run("DELETE FROM story_keys WHERE story = ?", (row,))
    erase(transaction, row)
    transaction.run("DELETE FROM stories WHERE row = ? OR merged_into = ?", (row, row))


class Rare:
    """How telling a term is, by English and by the record so far; terms that are looked up together cost little more than one."""

    def __init__(self, transaction: Transaction, terms: Iterable[str] = ()) -> None:
        self.transaction = transaction
        self.known: dict[str, int] = {}
        self.rarity = rarities(self.number, count(transaction))  # quicker to call than this object
        self.look_up(terms)

    def __call__(self, term: str) -> float:
        return self.rarity(term)

    def number(self, term: str) -> int:
        """In how many stories a term stood when it was first asked for."""
        if term not in self.known:
            self.look_up((term,))
        return self.known[term]

    def look_up(self, terms: Iterable[str]) -> None:
        """Counts terms that are going to be asked for."""
        new = sorted({term for term in terms if term not in self.known})
        self.known |= dict.fromkeys(new, 0) | counts(self.transaction, new)


def id_of(transaction: Transaction, row: int) -> str:
    """The id of a story."""
    return str(transaction.value("SELECT id FROM stories WHERE row = ?", (row,)))
