"""The tables of what many articles say together: accounts, stories and alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from onrecord.knowledge import Alert, StoryLine
from onrecord.store import knowing, standings
from onrecord.store.accounts import marks
from onrecord.store.database import Transaction
from onrecord.store.exporting import Selection
from onrecord.store.standings import Head, Told
from onrecord.store.tables import Column, Row, Table, actor_rows

PAGE = 50  # rows at a time
FACTS = "SELECT 1 FROM facts f WHERE f.account = n.row"
ACCOUNTS = "SELECT n.row, n.id, n.kind, n.words, coalesce(t.id, s.id), coalesce(t.title, s.title) FROM accounts n JOIN stories s ON s.row = n.story LEFT JOIN stories t ON t.row = s.merged_into"  # fmt: skip
STORIES = "SELECT n.row FROM stories n"
ALERTS = (
    "SELECT n.row, i.name, i.definition, n.record, coalesce(nullif(o.name, ''), o.domain), a.title, coalesce(a.canonical_url, a.url), s.id FROM alerts n "
    "JOIN indicators i ON i.row = n.indicator JOIN articles a ON a.row = n.article LEFT JOIN outlets o ON o.row = a.outlet "
    "LEFT JOIN resolved d ON d.article = a.row LEFT JOIN stories s ON s.row = d.story"
)

Found = tuple[Any, ...]
Values = tuple[str, list[Any]]  # a condition, and its values


def of(name: str, words: str, kind: Any = "text") -> Column:
    """A column that no SQL gives."""
    return Column(name, kind, words)


KNOWN: dict[str, Table] = {
    t.name: t
    for t in (
        Table(name="accounts", words="versions of what happened, each told by one or more origins", columns=(
            of("account", "the id"), of("story", "the id of the story"), of("story_title", "what the story is called"), of("kind", "statement, figure or event"), of("words", "of the first claim"),
            of("low", "the least that is told", "number"), of("high", "the most that is told; empty where that is open", "number"), of("said_by", "who says so", "list"),
            of("less_firmly", "who thinks it possible", "list"), of("denied_by", "who denies it", "list"), of("origins", "independent sources", "whole"), of("articles", "that tell it", "whole"),
            of("copies", "of them carry another’s text", "whole"), of("claims", "in all", "whole"), of("contested", "values differ, or somebody denies", "yes-no"),
            of("admiralty", "reliability and credibility, such as C2"), of("reason", "of the credibility, in words"), of("first", "when it was first told, ISO 8601 in UTC"), of("last", "and last"),
        )),
        Table(name="stories", words="coverage of one happening", columns=(
            of("story", "the id"), of("title", "of its first article"), of("first", "ISO 8601 in UTC"), of("last", "ISO 8601 in UTC"), of("articles", "pages", "whole"), of("outlets", "in all", "whole"),
            of("origins", "newsrooms that report by themselves", "whole"), of("copies", "pages that carry another’s text", "whole"),
        )),
        Table(name="alerts", words="armed questions that an article crossed", columns=(
            of("alert", "the id"), of("indicator", "the id of the question"), of("indicator_name", "what it is called"), of("asks", "the question"), of("crossing", "how it was crossed"),
            of("when", "ISO 8601 in UTC"), of("sentence", "the words of the evidence"), of("speaker", "whose words they are; empty for the article’s own"), of("through", "through whom, the nearest to the source first", "list"),
            of("origin", "the independent source"), of("origin_kind", "speaker, anonymous, agency or outlet"), of("admiralty", "reliability and credibility, such as F3"), of("reason", "in words"),
            of("missing", "what is still missing for a confirmation", "list"), of("notes", "what came later", "list"), of("record", "the id of the figure, event, attribution or condition"),
            of("outlet", "of the article"), of("title", "of the article"), of("url", "of the article"), of("story", "the id of the story"), of("article", "the id of the article"),
        )),
    )
}  # fmt: skip


def rows(table: Table, selection: Selection) -> Iterator[Row]:
    """The rows of a table, a page at a time, all as of one moment of the record."""
    sql, condition, made = SOURCES[table.name]
    with selection.store.reading() as transaction:
        asked, values = condition(transaction, selection)
        last = 0
        while found := transaction.all(f"{sql} WHERE n.row > ?{asked} ORDER BY n.row LIMIT {PAGE}", (last, *values)):
            yield from made(transaction, found)
            last = found[-1][0]


def wanted(transaction: Transaction, selection: Selection, story: str, moment: str, exists: str, article: str) -> Values:  # fmt: skip
    """The condition of what is asked for: by SQL of the story, of a moment, and of what must exist with a speaker or an article."""
    condition, values = "", list[Any]()
    if selection.story:
        row = transaction.value("SELECT row FROM stories WHERE id = ?", (selection.story,))
        condition, values = f" AND {story}", [row]
    if selection.since:
        condition, values = f"{condition} AND {moment}", [*values, selection.since]
    if selection.speakers:
        actors = actor_rows(transaction, selection)
        condition, values = f"{condition} AND EXISTS ({exists} AND f.speaker IN ({marks(actors)}))", [*values, *actors]
    if ids := selection.articles:
        condition = f"{condition} AND EXISTS ({exists} AND {article} IN (SELECT row FROM articles WHERE id IN ({marks(ids)})))"  # fmt: skip
        values = [*values, *ids]
    return condition, values


def of_accounts(transaction: Transaction, selection: Selection) -> Values:
    """What accounts are asked for."""
    of_story = f"EXISTS ({FACTS} AND f.article IN (SELECT article FROM resolved WHERE story = ?))"
    return wanted(transaction, selection, of_story, f"EXISTS ({FACTS} AND f.moment >= ?)", FACTS, "f.article")


def of_stories(transaction: Transaction, selection: Selection) -> Values:
    """What stories are asked for; one that went into another is none."""
    exists = "SELECT 1 FROM resolved d LEFT JOIN facts f ON f.article = d.article WHERE d.story = n.row"
    condition, values = wanted(transaction, selection, "n.row = ?", "n.last_moment >= ?", exists, "d.article")
    return f" AND n.merged_into IS NULL{condition}", values


def of_alerts(transaction: Transaction, selection: Selection) -> Values:
    """What alerts are asked for."""
    exists = "SELECT 1 FROM articles b LEFT JOIN facts f ON f.article = b.row WHERE b.row = n.article"
    return wanted(transaction, selection, "d.story = ?", "n.made_when >= ?", exists, "b.row")


def account_rows(transaction: Transaction, found: Sequence[Found]) -> Iterator[Row]:
    """Accounts as they stand."""
    known = [f for f in found if transaction.value("SELECT 1 FROM facts WHERE account = ? LIMIT 1", (f[0],))]
    heads = [Head(row, id, kind, words, False) for row, id, kind, words, _, _ in known]
    for (_, _, _, _, story, title), told in zip(known, standings.told(transaction, heads, "", 0), strict=True):
        yield account_row(told, story, title)


def account_row(told: Told, story: str, title: str | None) -> Row:
    """An account as it stands."""
    s = told.standing
    return [
        s.id, story, title, s.kind, s.words, s.low, s.high, list(s.asserted_by), list(s.hedged_by), list(s.denied_by), s.origins, s.articles, told.copies, told.claims,
        bool(s.denied_by and (s.asserted_by or s.hedged_by)) or s.low != s.high, s.admiralty, s.reason, s.first, s.last,
    ]  # fmt: skip


def story_rows(transaction: Transaction, found: Sequence[Found]) -> Iterator[Row]:
    """Stories in a line each."""
    for (row,) in found:
        if line := knowing.line_of(transaction, row, {}):
            yield story_row(line)


def story_row(s: StoryLine) -> Row:
    """A story in a line."""
    return [s.id, s.title, s.first, s.last, s.articles, s.outlets, s.origins, s.copies]


def alert_rows(transaction: Transaction, found: Sequence[Found]) -> Iterator[Row]:
    """Alerts with their evidence."""
    for _, name, asks, record, outlet, title, url, story in found:
        a = msgspec.json.decode(record, type=Alert)
        yield [
            a.id, a.indicator, name, asks, a.crossing, a.when, a.sentence, a.speaker, list(a.chain), a.origin.name, a.origin.kind, a.admiralty, a.reason, list(a.missing),
            list(a.notes), a.record, outlet, title, url, story, a.article,
        ]  # fmt: skip


Condition = Callable[[Transaction, Selection], Values]
Made = Callable[[Transaction, Sequence[Found]], Iterator[Row]]
SOURCES: dict[str, tuple[str, Condition, Made]] = {
    "accounts": (ACCOUNTS, of_accounts, account_rows),
    "stories": (STORIES, of_stories, story_rows),
    "alerts": (ALERTS, of_alerts, alert_rows),
}
