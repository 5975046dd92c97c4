"""The record as flat tables, on both databases: every row once, with what it needs to stand alone, and only of what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.export.tables import TABLES, rows
from onrecord.resolving import resolve
from onrecord.store import Store, exporting, knowing, tables_known
from onrecord.store.exporting import select
from tests.store.support import keep
from tests.store.test_resolving import ANON, LEVY, OTHER, OWN, add

Told = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def told(store: Store) -> Told:
    """A record of two stories, one of them with a copy, and a page in a language that nobody reads; gives the rows of a table."""
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    add(store, "Marl Courier", 3, OWN)
    add(store, "Tarn Weekly", 2, OTHER)
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    keep(store, "Kel vanta\n\nNu sarro.", url="https://vanta.example/1", reader=None)
    list(resolve(store))

    def of(table: str, **asked: Any) -> list[dict[str, Any]]:
        names = [c.name for c in TABLES[table].columns]
        return [dict(zip(names, row, strict=True)) for row in rows(TABLES[table], select(store, **asked))]

    return of


def test_an_attribution_has_all_that_it_needs(told: Told, store: Store) -> None:
    found = told("attributions")
    dossiers = {d.article.id: d for d in select(store).dossiers()}
    assert len(found) == sum(len(d.attributions) for d in dossiers.values()) > 5
    for row in found:
        d = dossiers[row["article"]]
        a = next(a for a in d.attributions if d.ids[a.id].startswith(row["id"]))
        assert (row["content_start"], row["content_end"]) == (a.content[0][0], a.content[-1][1])
        assert row["content"] in d.article.text and row["capture"] == d.article.capture
        assert row["speaker_id"] == (d.people[a.speaker].id if a.speaker in d.people else None)
        assert (row["origin"], row["origin_kind"]) == (d.origins[a.id].name, d.origins[a.id].kind)
        assert row["story"] == (d.story.id if d.story else None) and row["negated"] is a.negated


@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_has_a_value_for_each_column(told: Told, table: str) -> None:
    kinds = {"text": str, "whole": int, "number": (int, float), "yes-no": bool, "list": list}
    for row in told(table):
        for column in TABLES[table].columns:
            assert row[column.name] is None or isinstance(row[column.name], kinds[column.kind]), column  # type: ignore[arg-type]


@pytest.mark.parametrize("table", list(TABLES))
def test_pages_make_no_difference(told: Told, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(table)
    monkeypatch.setattr(exporting, "PAGE", 2)
    monkeypatch.setattr(tables_known, "PAGE", 2)
    assert told(table) == whole


def test_a_page_that_was_not_read_is_an_article_all_the_same(told: Told) -> None:
    found = told("articles")
    assert len(found) == 6 and [r["text"] for r in found if r["moment"] is None] == ["Kel vanta\n\nNu sarro."]
    assert [r["copy_kind"] for r in found if r["copy_of"]] == ["whole"]
    assert {r["grade"] for r in found} == {"F"}


def test_what_is_asked_for_and_nothing_else(told: Told, store: Store) -> None:
    story = knowing.stories(store, limit=10)[0]
    of_story = {r["article"] for r in told("articles", story=story.id)}
    assert of_story and {r["story"] for r in told("articles", story=story.id)} == {story.id}
    assert {r["article"] for r in told("figures", story=story.id)} <= of_story
    said = told("attributions", speaker="Karvonen")
    assert said and {r["speaker"] for r in said} == {"Ilse Karvonen"}
    assert len(said) < len(told("attributions"))
    assert {r["article"] for r in told("dates", speaker="Karvonen")} <= {r["article"] for r in said}
    assert 0 < len(told("accounts", speaker="Karvonen")) < len(told("accounts"))
    late = sorted(r["moment"] for r in told("articles") if r["moment"])[-1]
    assert {r["moment"] for r in told("articles", since=late)} == {late}
    assert {r["last"] for r in told("accounts", since=late)} == {late}
    one = told("articles")[0]["article"]
    assert {r["article"] for r in told("attributions", articles=(one,))} == {one}
    assert len(told("stories", articles=(one,))) == 1


def test_accounts_are_as_a_story_tells_them(told: Told, store: Store) -> None:
    for story in told("stories"):
        view = knowing.story(store, story["story"])
        found = {r["account"]: r for r in told("accounts") if r["story"] == story["story"]}
        assert view.accounts and {a.id for a in view.accounts} == found.keys()
        for a in view.accounts:
            row = found[a.id]
            assert (row["admiralty"], row["reason"], row["origins"], row["articles"]) == (
                a.admiralty,
                a.reason,
                a.origins,
                a.articles,
            )
            assert tuple(row["said_by"]) == a.asserted_by and (row["low"], row["high"]) == (a.low, a.high)


def test_columns_of_a_table_have_names_of_their_own_and_meanings() -> None:
    for table in TABLES.values():
        names = [c.name for c in table.columns]
        assert len(set(names)) == len(names) and all(c.words for c in table.columns)
