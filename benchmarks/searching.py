"""How long searches take over a million attributions: `python -m benchmarks.searching --attributions 1000000 [--db URL]`.

Some thousand invented readings (see `benchmarks.store`) are recorded as always; their rows are then copied by the database itself, each copy a week later
than the one before, until there are as many attributions as were asked for. The words of the vocabulary are as common among copies as among as
many readings of their own, as both are drawn from the same distribution. Then the index is brought up to date, and searches of each sort are timed, each
different from the others.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.store import ATTRIBUTIONS, Maker, load, searches
from onrecord.store import Store, open_store
from onrecord.store.database import Transaction
from onrecord.store.index import SQLITE
from onrecord.store.rows import BITS

BASE = 2_000  # readings that are recorded; seven days of them
CLONED = ("articles", "readings", "attributions", "entities")
DAY = {"sqlite": "date(day, '+{days} days')", "postgresql": "to_char(day::date + {days}, 'YYYY-MM-DD')"}
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info(?) ORDER BY cid",
    "postgresql": "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND table_schema = 'public' ORDER BY ordinal_position",
}
MARKS = {
    "old": "ARRAY['=d' || replace(b.day, '-', ''), '=m' || replace(substr(b.day, 1, 7), '-', '')]",
    "new": "('''=d' || replace(a.day, '-', '') || ''' ''=m' || replace(substr(a.day, 1, 7), '-', '') || '''')::tsvector",
}
WORDS = """INSERT INTO {table} SELECT w.row + {shift}, ts_delete(w.words, {old}) || {new}{more}
FROM {table} w JOIN articles b ON b.row = {article} JOIN articles a ON a.row = b.row + {rows} WHERE w.row < {end}"""


def clone(transaction: Transaction, n: int, number: int) -> None:
    """Copies the first n articles with all that belongs to them; rows of articles and readings are the same here."""
    rows, days = n * number, 7 * number
    parts = rows << BITS
    changed = {
        "articles": {"row": f"row + {rows}", "id": f"substr(id, 1, 58) || '{number:06}'", "day": DAY[transaction.dialect].format(days=days)},
        "readings": {"row": f"row + {rows}", "id": f"substr(id, 1, 58) || '{number:06}'", "article": f"article + {rows}"},
        "attributions": {"row": f"row + {parts}", "reading": f"reading + {rows}", "speaker": f"speaker + {parts}"},
        "entities": {"row": f"row + {parts}", "reading": f"reading + {rows}"},
    }  # fmt: skip
    for table in CLONED:
        names = [name for (name,) in transaction.all(COLUMNS[transaction.dialect], (table,))]
        chosen = ", ".join(changed[table].get(name, name) for name in names)
        end = n + 1 if table in ("articles", "readings") else (n + 1) << BITS
        transaction.run(f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} WHERE row < {end}")
    if transaction.dialect == "postgresql":
        for table, article, shift, end, more in (
            ("article_words", "w.row", rows, n + 1, ", w.pairs"),
            ("attribution_words", f"(w.row >> {BITS})", parts, (n + 1) << BITS, ""),
        ):
            transaction.run(
                WORDS.format(table=table, article=article, shift=shift, rows=rows, end=end, more=more, **MARKS)
            )


def grow(store: Store, n: int, clones: int) -> None:
    """Copies the first n readings so often, and indexes the copies."""
    indexes = {}
    with store.writing() as transaction:
        if store.dialect == "postgresql":
            transaction.run("SET LOCAL maintenance_work_mem = '512MB'")
            indexes = dict(transaction.all("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%USING gin%'"))  # fmt: skip
        for name in indexes:
            transaction.run(f"DROP INDEX {name}")
        for number in range(1, clones + 1):
            clone(transaction, n, number)
        for definition in indexes.values():
            transaction.run(definition)
        if store.dialect == "sqlite":
            for statement in SQLITE[:2]:
                transaction.run(statement)
            transaction.run("UPDATE indexed SET reading = (SELECT max(row) FROM readings), article = (SELECT max(row) FROM articles)")  # fmt: skip
    if store.dialect == "postgresql":
        analyse(store)


def analyse(store: Store) -> None:
    """What autovacuum does by itself in a minute or so."""
    connection = store.engine.raw_connection()
    driver = connection.driver_connection
    assert driver is not None
    driver.autocommit = True
    driver.execute("VACUUM ANALYZE")
    driver.autocommit = False
    connection.close()


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attributions", type=int, default=1_000_000)
    parser.add_argument("--searches", type=int, default=40, help="of each sort")
    parser.add_argument("--home", type=Path, help="keep the database here (default: a temporary folder)")
    parser.add_argument("--db", help="a PostgreSQL URL of an empty database")
    parser.add_argument("--search-only", action="store_true", help="search what --home or --db holds already")
    options = parser.parse_args()
    maker = Maker()
    with tempfile.TemporaryDirectory() as name, open_store(options.home or Path(name), options.db) as store:
        if not options.search_only:
            begun = time.perf_counter()
            load(store, maker, BASE)
            grow(store, BASE, -(-options.attributions // (BASE * ATTRIBUTIONS)) - 1)
            print(f"made in {time.perf_counter() - begun:.0f} s")
        with store.reading() as transaction:
            print(f"{transaction.value('SELECT count(*) FROM attributions'):,} attributions on {store.dialect}")
        searches(store, maker, options.searches)


if __name__ == "__main__":
    main()
