"""Verifying what many articles say together: nothing is left of what is gone, and what is counted is right."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Problem
from onrecord.store.database import Store
from onrecord.store.rows import BITS

ARTICLE, ORIGIN = "articles p WHERE p.row = x.article", "origins p WHERE p.id = x.origin"
NEEDS = (  # noun, the column that names it, its table, what it refers to, which of its rows do
    ("resolved article", "article", "resolved", ARTICLE, "1 = 1"),
    ("resolved article", "article", "resolved", "readings p WHERE p.row = x.reading", "x.reading > 0"),
    ("resolved article", "article", "resolved", "stories p WHERE p.row = x.story AND p.merged_into IS NULL", "1 = 1"),
    ("resolved article", "article", "resolved", "articles p WHERE p.row = x.copy_of", "x.copy_of IS NOT NULL"),
    ("resolved article", "article", "resolved", ORIGIN, "1 = 1"),
    ("claim", "id", "facts", ARTICLE, "1 = 1"),
    ("claim", "id", "facts", "accounts p WHERE p.row = x.account", "1 = 1"),
    ("claim", "id", "facts", "actors p WHERE p.row = x.speaker", "x.speaker IS NOT NULL"),
    ("claim", "id", "facts", ORIGIN, "1 = 1"),
    ("account", "id", "accounts", "facts p WHERE p.account = x.row", "1 = 1"),
    ("account", "id", "accounts", "stories p WHERE p.row = x.story", "1 = 1"),
    ("entity", "entity", "entity_actors", "actors p WHERE p.row = x.actor", "1 = 1"),
    ("entity", "entity", "entity_actors", f"readings p WHERE p.row = (x.entity >> {BITS})", "1 = 1"),
    ("actor", "id", "actors", "actors p WHERE p.row = x.same_as AND p.same_as IS NULL", "x.same_as IS NOT NULL"),
    ("story", "id", "stories", "stories p WHERE p.row = x.merged_into AND p.merged_into IS NULL", "x.merged_into IS NOT NULL"),
    ("change", "id", "changes", ARTICLE, "1 = 1"),
    ("evidence", "label", "indications", ARTICLE, "1 = 1"),
    ("alert", "id", "alerts", ARTICLE, "1 = 1"),
    ("alert", "id", "alerts", "indicators p WHERE p.row = x.indicator", "1 = 1"),
    ("key", "key", "account_keys", "accounts p WHERE p.row = x.account", "1 = 1"),
    ("key", "key", "story_keys", "stories p WHERE p.row = x.story", "1 = 1"),
    ("key", "key", "actor_keys", "actors p WHERE p.row = x.actor", "1 = 1"),
    ("key", "key", "copy_keys", "resolved p WHERE p.article = x.article", "1 = 1"),
)  # fmt: skip
COUNTED = (
    "SELECT s.id, s.articles, count(r.article) FROM stories s LEFT JOIN resolved r ON r.story = s.row WHERE s.merged_into IS NULL "
    "GROUP BY s.row, s.id, s.articles HAVING count(r.article) <> s.articles OR count(r.article) = 0"
)


def verify_known(store: Store) -> Iterator[Problem]:
    """What refers to what is not there, and stories whose number of articles is wrong."""
    with store.reading() as transaction:
        for noun, name, table, parent, which in NEEDS:
            sql = f"SELECT x.{name} FROM {table} x WHERE {which} AND NOT EXISTS (SELECT 1 FROM {parent})"
            for (id,) in transaction.all(sql):
                yield Problem(noun=noun, id=str(id), what=f"{table} refers to a row of {parent.split()[0]} that is not there")  # fmt: skip
        for id, said, counted in transaction.all(COUNTED):
            yield Problem(noun="story", id=id, what=f"it has {counted} articles, and {said} were counted")
