"""What a story rests on, and its brief, on both databases."""

from __future__ import annotations

import pytest

from onrecord.export.brief import brief
from onrecord.resolving import resolve
from onrecord.store import Store, bundles, knowing
from tests.store.test_resolving import LEVY, OWN, add


@pytest.fixture
def told(store: Store) -> Store:
    """A record of one story with a copy."""
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    add(store, "Marl Courier", 3, OWN)
    list(resolve(store))
    return store


def test_the_articles_of_a_story_with_their_captures_and_readings(told: Store) -> None:
    for line in knowing.stories(told):
        view = knowing.story(told, line.id)
        with told.reading() as transaction:
            found = bundles.covered(transaction, knowing.story_row(transaction, line.id))
            readings = list(bundles.readings(transaction, found))
            sources = bundles.sources(transaction, [c.row for c in found])
        assert [c.id for c in found] == [c.article for c in view.coverage] == [r.article.id for r in readings]
        for c, reading in zip(found, readings, strict=True):
            assert c.captures[0].digest == reading.article.capture == sources[c.row].capture
            assert (sources[c.row].article, sources[c.row].title) == (c.id, reading.article.title)


def test_a_brief_of_a_story(told: Store) -> None:
    stories = knowing.stories(told)
    assert stories
    for line in stories:
        with told.reading() as transaction:
            made = brief(transaction, line.id[:12])
        assert made.title == line.title and made.notes
        assert [s.id for s in made.sections] == ["happened", "accounts", "timeline", "changes", "alerts", "unconfirmed"]
        said = [s for section in made.sections for i in section.items for s in i.sentences]
        assert said and all(s.notes for s in said)
