"""Grows a record of synthetic articles that were resolved by copying their rows, as resolving each of 100,000 would take an hour.

The rows of a record that was really resolved are copied again and again, with numbers, ids and moments of their own and with other words and people of the
same vocabulary: in each clone every word and every name stands for another that is about as common (and, for a word, about as common in English), so that
common words stay common, and clones share the words, the keys and the people that articles about other things share.

- Cloned: articles, readings, resolved, copy keys and prints, stories with their keys, accounts with their keys, facts, changes, and which actor each
  entity stands for. The counts of terms are those of all clones together.
- Actors are not cloned: a name that the record knows is the actor that it knows, and any other one is added with its own keys, so that the people of the
  vocabulary run out, and the best known are in a great many articles.
- Not cloned, as resolving does not read them: the rows of attributions, entities, figures and dates, captures, judgements, the search index. The texts of
  cloned articles are those of the originals, as only prints of them are compared.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
from msgspec.structs import replace

from onrecord.knowledge import Profile
from onrecord.resolve.identity import keys
from onrecord.resolve.words import plain, stem
from onrecord.store.database import FILE
from onrecord.store.rows import BITS, as_json

SAID = re.compile(r"said\('([\w.]+)'")
TOKEN = re.compile(r"(\d{4}-\d\d-\d\d(?:T[\d:]+Z)?|[0-9a-zéö]{2,})")  # a moment, an id or a word
FIELDS = {"name", "names", "figure", "role", "roles"}  # words of the JSON columns that the vocabulary may hold
MINUTES = 5  # from one article to the next
PRAGMAS = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "foreign_keys = OFF",
    "temp_store = MEMORY",
    "cache_size = -2000000",
)
NUMBERED = ("articles", "stories", "accounts", "changes")
MOMENTS = ("SELECT first_seen FROM articles", "SELECT day FROM articles", "SELECT moment FROM resolved")
READING = f"({{articles}} << {BITS})"
COPIED = {  # how a column differs; {articles}, {stories} … are the rows that the record began with, times the number of the clone
    "articles": {"row": "row + {articles}", "id": "new(id)", "address": "address || '#' || {clone}", "published": "new(published)", "day": "new(day)", "first_seen": "new(first_seen)"},
    "readings": {"row": "row + {articles}", "id": "substr(id, 1, 60) || {clone}", "article": "article + {articles}"},
    "resolved": {"article": "article + {articles}", "reading": "reading + {articles}", "moment": "new(moment)", "story": "story + {stories}", "copy_of": "copy_of + {articles}", "origin": "new(origin)", "origins": "said('resolved.origins', rowid)", "prints": "printed(prints)", "features": "said('resolved.features', rowid)"},
    "copy_keys": {"key": "(key | {mark}) - (key & {mark})", "article": "article + {articles}"},
    "stories": {"row": "row + {stories}", "id": "new(id)", "first_moment": "new(first_moment)", "last_moment": "new(last_moment)", "merged_into": "merged_into + {stories}", "sketch": "said('stories.sketch', rowid)"},
    "story_keys": {"key": "new(key)", "story": "story + {stories}"},
    "entity_actors": {"entity": "entity + " + READING, "actor": "actor(actor)"},
    "accounts": {"row": "row + {accounts}", "id": "new(id)", "story": "story + {stories}", "words": "said('accounts.words', rowid)", "state": "said('accounts.state', rowid)"},
    "account_keys": {"story": "story + {stories}", "key": "new(key)", "account": "account + {accounts}"},
    "facts": {"part": "part + " + READING, "account": "account + {accounts}", "article": "article + {articles}", "moment": "new(moment)", "origin": "new(origin)", "speaker": "actor(speaker)", "words": "said('facts.words', rowid)"},
    "changes": {"row": "row + {changes}", "id": "new(id)", "moment": "new(moment)", "story": "story + {stories}", "account": "account + {accounts}", "article": "article + {articles}", "other": "other + {articles}"},
}  # fmt: skip


New = dict[str, str]  # words, ids, moments and keys as a clone has them


def grow(home: Path, times: int, vocabulary: Sequence[str], people: Sequence[str]) -> None:
    """Copies a closed record, all of which is resolved, `times` times into itself; words and people are given the commonest first."""
    connection = sqlite3.connect(home / FILE)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    cloner = Cloner(connection, vocabulary, people)
    for clone in range(1, times + 1):
        cloner.clone(clone)
    cloner.count()
    connection.close()


class Cloner:
    """A record that is cloned: what it began with, and what came of it so far."""

    def __init__(self, connection: sqlite3.Connection, vocabulary: Sequence[str], people: Sequence[str]) -> None:
        self.connection = connection
        for table in COPIED:
            connection.execute(f"CREATE TEMP TABLE begun_{table} AS SELECT * FROM main.{table}")
        self.columns = {table: self.column(f"SELECT name FROM pragma_table_info('{table}')") for table in COPIED}
        self.rows = {table: connection.execute(f"SELECT max(row) FROM {table}").fetchone()[0] for table in NUMBERED}
        self.ids = [id for table in NUMBERED for id in self.column(f"SELECT id FROM {table}")]
        self.moments = {moment for sql in MOMENTS for moment in self.column(sql)}
        self.keys = [key.partition(":") for key in self.column("SELECT DISTINCT key FROM account_keys")]
        texts = {found for changed in COPIED.values() for sql in changed.values() for found in SAID.findall(sql)}
        self.texts = {text: self.cut(*text.split(".")) for text in texts}
        self.terms = connection.execute("SELECT term, articles FROM terms").fetchall()
        self.people = classes((name, n.bit_length()) for n, name in enumerate(people, 1))
        self.stem_of = {word: stem(word) for word in vocabulary if len(word) > 1 and word not in FIELDS}
        self.word_of = {s: word for word, s in reversed(self.stem_of.items())}  # the commonest
        stems = dict.fromkeys(self.stem_of.values())
        self.stems = classes((s, (n.bit_length(), round(plain(s)))) for n, s in enumerate(stems, 1))
        self.cast = connection.execute("SELECT row, id, name, articles, profile FROM actors ORDER BY row").fetchall()
        self.known = {name: (row, id) for row, id, name, _, _ in reversed(self.cast)}
        self.appeared: Counter[int] = (
            Counter()
        )  # articles of each actor, by its row, beside those that the record began with
        self.counted: Counter[str] = Counter()  # stories of each term, likewise

    def column(self, sql: str) -> list[str]:
        """The values of a statement's one column."""
        return [value for (value,) in self.connection.execute(sql)]

    def cut(self, table: str, column: str) -> list[str]:
        """A column's values, a NUL between them, as what lies between tokens and tokens by turns: quicker than to look for them in each clone."""
        return TOKEN.split("\0".join(self.column(f"SELECT {column} FROM begun_{table} ORDER BY rowid")))

    def clone(self, clone: int) -> None:
        """One more copy of all that the record began with."""
        chance = random.Random(clone)
        actors, ids = self.actors(clone, chance)
        new = self.words(chance) | self.times(clone) | {id: other_id(id, clone) for id in self.ids} | ids
        mark = chance.getrandbits(31)
        numbers = {f"{table}": rows * clone for table, rows in self.rows.items()} | {"mark": mark, "clone": clone}
        texts = {text: anew(cut, new) for text, cut in self.texts.items()}
        functions: dict[str, Callable[..., object]] = {
            "new": lambda value: new.get(value, value),
            "said": lambda text, row: texts[text][row - 1],
            "actor": actors.get,
            "printed": lambda data: (np.frombuffer(data, dtype="<u4") ^ np.uint32(mark << 1)).tobytes(),
        }
        for name, function in functions.items():
            self.connection.create_function(name, 2 if name == "said" else 1, function)
        for table, changed in COPIED.items():
            chosen = ", ".join(changed.get(c, c).format(**numbers) for c in self.columns[table])
            self.connection.execute(f"INSERT INTO main.{table} SELECT {chosen} FROM begun_{table}")
        self.counted.update({new.get(term, term): n for term, n in self.terms})
        self.connection.commit()

    def words(self, chance: random.Random) -> New:
        """Another word for each word, another stem for each stem, and the keys that are made of them."""
        stems = shuffled(self.stems, chance)
        words = {word: self.word_of[stems[s]] for word, s in self.stem_of.items()}
        keys = {f"{kind}:{term}": f"{kind}:{stems.get(term, term)}" for kind, _, term in self.keys}
        return words | stems | keys

    def times(self, clone: int) -> New:
        """Moments and days as much later as articles were resolved before the clone."""
        later = timedelta(minutes=MINUTES * self.rows["articles"] * clone)
        return {moment: moved(moment, later) for moment in self.moments}

    def actors(self, clone: int, chance: random.Random) -> tuple[dict[int, int], New]:
        """Who each actor is in a clone, by row and by id; whom the record does not know is added."""
        names = shuffled(self.people, chance)
        rows, ids = {}, {}
        for row, id, name, articles, profile in self.cast:
            other = names.get(name, name)
            rows[row], ids[id] = self.known.get(other) or self.add_actor(other_id(id, clone), other, profile)
            self.appeared[rows[row]] += articles
        return rows, ids

    def add_actor(self, id: str, name: str, profile: str) -> tuple[int, str]:
        """A new actor, with the profile of another; its row and id."""
        own = replace(msgspec.json.decode(profile, type=Profile), names=(name,))
        sql = "INSERT INTO actors (id, name, type, role, articles, names, profile) VALUES (?, ?, ?, ?, 0, ?, ?) RETURNING row"
        values = (id, name, own.type, own.roles[0] if own.roles else None, as_json({name: 1}), as_json(own))
        row = self.connection.execute(sql, values).fetchone()[0]
        self.connection.executemany(
            "INSERT INTO actor_keys (key, actor) VALUES (?, ?)", [(k, row) for k in set(keys(own))]
        )
        self.connection.execute(
            "INSERT INTO origins (id, kind, name) VALUES (?, 'speaker', ?) ON CONFLICT DO NOTHING", (id, name)
        )
        self.known[name] = row, id
        return row, id

    def count(self) -> None:
        """Writes the counts of all clones together."""
        sql = "INSERT INTO terms (term, articles) VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET articles = terms.articles + excluded.articles"
        self.connection.executemany(sql, sorted(self.counted.items()))
        self.connection.executemany(
            "UPDATE actors SET articles = articles + ? WHERE row = ?", [(n, row) for row, n in self.appeared.items()]
        )
        self.connection.commit()


def anew(cut: list[str], new: New) -> list[str]:
    """The values of a column that was cut, in the words of a clone."""
    said = cut.copy()
    said[1::2] = [new.get(token, token) for token in cut[1::2]]
    return "".join(said).split("\0")


def classes(things: Iterable[tuple[str, Hashable]]) -> list[list[str]]:
    """Things by their class."""
    found: defaultdict[Hashable, list[str]] = defaultdict(list)
    for thing, kind in things:
        found[kind].append(thing)
    return list(found.values())


def shuffled(kinds: Iterable[Sequence[str]], chance: random.Random) -> New:
    """Another thing of the same class for each thing."""
    return {thing: other for kind in kinds for thing, other in zip(kind, chance.sample(kind, len(kind)), strict=True)}


def other_id(id: str, clone: int) -> str:
    """An id that lies elsewhere in the order of ids."""
    return f"{41 * clone % 256:02x}{id[:-2]}"


def moved(moment: str, later: timedelta) -> str:
    """A moment, or a day, as much later."""
    if len(moment) == 10:
        return (datetime.fromisoformat(moment) + timedelta(hours=12) + later).strftime("%Y-%m-%d")
    return (datetime.fromisoformat(moment) + later).strftime("%Y-%m-%dT%H:%M:%SZ")
