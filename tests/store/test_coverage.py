"""What covers a story, on both databases; stories by words of their titles."""

from __future__ import annotations

from onrecord.store import Store, coverage, knowing
from tests.store.test_resolving import LEVY, OTHER, OWN, add, settle


def test_the_articles_of_a_story_with_places_and_changes(store: Store) -> None:
    original = add(store, "Seldrin Herald", 1, LEVY)
    copy = add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    own = add(store, "Tarn Weekly", 3, OWN)
    settle(store)
    [line] = knowing.stories(store)
    with store.reading() as transaction:
        row = knowing.story_row(transaction, line.id[:12])
        found = coverage.articles(transaction, row)
        names = coverage.printed(transaction, [c.article for c in found])
        places = {p.name: p for p in coverage.places(transaction, row, 10)}
        every = coverage.changes(transaction, row, 100)
        more = coverage.changes(transaction, row, 100, new=False)
        new = coverage.changes(transaction, row, 100, new=True)
    assert [names[c.article].id for c in found] == [original, copy, own]
    assert [names[c.article].outlet for c in found] == ["Seldrin Herald", "Marl Courier", "Tarn Weekly"]
    assert [(names[c.article].id, len(copies)) for c, copies in coverage.folded(found)] == [(original, 1), (own, 0)]
    assert places["Marl"].articles == 3, "MARL of the dateline is the same place"
    assert places["Marl"].precision == "city", "a town of that name is where the gazetteer knows one"
    assert {c.change.kind for c in more} >= {"figure-moved", "reversal"}
    assert len(every) == len(more) + len(new)
    assert [c.moment for c in every] == sorted((c.moment for c in every), reverse=True)


def test_stories_are_found_by_all_words_of_a_title(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Tarn Weekly", 2, OTHER)
    add(
        store,
        "Tarn Weekly",
        3,
        "Percentages: 40% of_all|pears\n\nA court in Lund said nothing on Friday of kettles, the clerk Ivo Brandt said.",
    )
    settle(store)

    def named(*words: str) -> set[str | None]:
        return {s.title for s in knowing.stories(store, words=words)}

    assert named("LEVY") == {"Harbour levy to be halved"}
    assert named("pear", "court") == {"Orchard court spares the old pear trees"}
    assert named("levy", "court") == set()
    assert named("%") == named("_") == named("|") == {"Percentages: 40% of_all|pears"}
    assert len(named()) == 3
    pages = [s.id for n in range(4) for s in knowing.stories(store, limit=1, offset=n)]
    assert len(pages) == len(set(pages)) == 3
