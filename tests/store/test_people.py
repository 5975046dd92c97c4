"""Who is on record, what they said, and who is whom by what people judged, on both databases."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError
from onrecord.store import Store, called, counted, forget, judging, people, sentences, statements
from onrecord.store.database import Transaction
from onrecord.store.judgements import add as add_judgement
from onrecord.store.judgements import made
from tests.store.test_resolving import LEVY, OTHER, OWN, add, settle


@pytest.fixture
def told(store: Store) -> Store:
    """A record of three articles, one of which is copied."""
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 1, LEVY, hour=12)
    add(store, "Tarn Weekly", 2, OTHER)
    add(store, "Marl Courier", 3, OWN)
    settle(store)
    return store


def rows(transaction: Transaction, name: str) -> list[int]:
    [row], _ = people.named(transaction, name)
    return people.members(transaction, row)


def ids(store: Store, *names: str) -> list[str]:
    with store.reading() as transaction:
        return [people.line(transaction, rows(transaction, name)[0]).id for name in names]


def test_somebody_is_found_by_how_each_word_begins(told: Store) -> None:
    with told.reading() as transaction:
        for typed in ("ilse karv", "KAR", "karvonen i", "ïls"):
            assert people.line(transaction, rows(transaction, typed)[0]).name == "Ilse Karvonen"
        assert people.named(transaction, "lse")[0] == people.named(transaction, " ")[0] == []
        assert people.named(transaction, "kar", ["place"])[0] == []


def test_a_name_that_is_told_no_more_is_found_no_more(told: Store) -> None:
    with told.reading() as transaction:
        court = transaction.value("SELECT id FROM articles WHERE title = 'Orchard court spares the old pear trees'")
    forget(told, court)
    with told.reading() as transaction:
        assert people.named(transaction, "lunt")[0] == []
        assert (
            transaction.value(
                "SELECT count(*) FROM actor_words w LEFT JOIN actors a ON a.row = w.actor WHERE a.row IS NULL"
            )
            == 0
        )


def test_names_of_a_record_from_before_are_made_findable(told: Store) -> None:
    with told.writing() as transaction:
        before = transaction.all("SELECT word, actor FROM actor_words ORDER BY word, actor")
        transaction.run("DELETE FROM actor_words")
        called.fill(transaction)
        assert transaction.all("SELECT word, actor FROM actor_words ORDER BY word, actor") == before


def test_those_who_said_most_come_first(told: Store) -> None:
    with told.reading() as transaction:
        found = [people.line(transaction, row) for row in people.spoken(transaction)]
        assert found[0].name == "Ilse Karvonen"
        assert list(people.spoken(transaction, limit=1)) == list(people.spoken(transaction))[:1]
        assert all(people.line(transaction, r).type == "person" for r in people.spoken(transaction, ["person"]))


def test_a_statement_has_all_its_tellings_and_a_change_of_position_both_sides(told: Store) -> None:
    with told.reading() as transaction:
        found = statements.tellings(transaction, rows(transaction, "karvonen"))
        shown = statements.statements(transaction, statements.said(found), 5)
        quoted = next(s for s in shown if "priced ourselves" in s.words)
        assert [t.outlet for t in quoted.told] == ["Seldrin Herald", "Marl Courier"]
        assert (quoted.cue, quoted.quoted, quoted.tellings) == ("said", True, 2)
        assert dict(statements.quoted_by(transaction, found)) == {"Marl Courier": 2, "Seldrin Herald": 1}
        [turn] = statements.turns(transaction, found)
        assert ("will be halved" in turn.before, "would not be halved" in turn.now) == (True, True)


@pytest.mark.parametrize(("words", "n"), [("priced strait", 1), ("PRICE", 1), ("riced", 0), ("levy", 2), ("", 3)])
def test_words_filter_statements(told: Store, words: str, n: int) -> None:
    with told.reading() as transaction:
        found = statements.tellings(transaction, rows(transaction, "karvonen"))
        assert len(statements.said(found, words)) == n


def test_roles_and_stories_are_those_of_the_articles(told: Store) -> None:
    with told.reading() as transaction:
        seen = people.appearances(transaction, rows(transaction, "karvonen"))
    assert [(r.role, r.first, r.last, r.articles) for r in seen.roles] == [
        ("Transport Minister", "2031-03-01", "2031-03-03", 3)
    ]
    assert (seen.articles, seen.first, seen.last) == (3, "2031-03-01", "2031-03-03")


def test_sentences_that_name_somebody_come_once(told: Store) -> None:
    with told.reading() as transaction:
        found = sentences.naming(transaction, rows(transaction, "karvonen"), 5)
    assert len({s.before + s.name + s.after for s in found}) == len(found) == 2
    assert all(s.name == "Ilse Karvonen" and s.after.endswith(".") for s in found)


def question(store: Store, one: str, other: str) -> None:
    with store.writing() as transaction:
        add_judgement(
            transaction, made("actor", one, other, "unsure", "machine", "2031-03-09T00:00:00Z", 0.5, "names alike")
        )


def test_a_question_is_open_until_somebody_answers_and_again_when_they_take_it_back(told: Store) -> None:
    one, other = ids(told, "rask", "lunt")
    question(told, one, other)
    assert [{q.left, q.right} for q in judging.questions(told)] == [{one, other}]
    for verdict, left in (("unsure", 0), ("undo", 1), ("different", 0), ("undo", 1), ("same", 0), ("undo", 1)):
        judging.judge(told, verdict, one, other, by="Ada", reason="")
        assert len(judging.questions(told)) == left, verdict


def test_the_machine_s_doubts_join_nobody_and_are_not_followed(told: Store) -> None:
    one, other, third = ids(told, "rask", "lunt", "karvonen")
    question(told, other, third)
    judging.judge(told, "same", one, other, by="Ada", reason="")
    with told.reading() as transaction:
        known, _ = judging.reached(transaction, (one,))
        assert set(known) == {one, other}
        assert people.line(transaction, rows(transaction, "karvonen")[0]).id == third


def test_what_two_say_of_one_pair_is_listed_and_the_later_counts(told: Store) -> None:
    one, other = ids(told, "rask", "lunt")
    judging.judge(told, "same", one, other, by="Ada", reason="one town")
    judging.judge(told, "different", one, other, by="Ivo", reason="two towns")
    with told.reading() as transaction:
        assert [(j.by, holds) for j, holds in judging.listed(transaction, False, 10, 0)] == [
            ("Ivo", True),
            ("Ada", False),
        ]
        assert people.members(transaction, rows(transaction, "lunt")[0]) == rows(transaction, "lunt")
    judging.judge(told, "undo", one, other, by="Ivo", reason="")
    with told.reading() as transaction:
        assert [(j.by, j.verdict, holds) for j, holds in judging.listed(transaction, False, 10, 0)] == [
            ("Ivo", None, False), ("Ivo", "different", False), ("Ada", "same", True),
        ]  # fmt: skip
        assert people.named(transaction, "rask")[0] == people.named(transaction, "lunt")[0]


def test_nobody_judges_in_the_machine_s_name(told: Store) -> None:
    one, other = ids(told, "rask", "lunt")
    with pytest.raises(InputError, match="person's name"):
        judging.judge(told, "same", one, other, by="Machine", reason="")


def test_counts_are_of_all_that_was_looked_at_not_of_what_is_shown(told: Store) -> None:
    found = counted.find(told, "levy", limit=1)
    assert (len(found.hits), found.capped) == (1, False)
    assert sum(c.n for c in found.counts.outlets) == found.looked_at > 1
    assert {c.value for c in found.counts.days} <= {"2031-03-01", "2031-03-03"}
    assert counted.find(told, "levy", outlet="No Such Paper") == counted.Finds()
