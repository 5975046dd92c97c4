"""Forgetting, reading anew and resolving side by side, on both databases: nothing is left of what is gone, nothing is lost of what stays."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord import arming, watching
from onrecord.errors import InputError
from onrecord.model import Article, Dated, Outlet
from onrecord.read import read
from onrecord.resolving import resolve
from onrecord.store import Store, forget, grades, indicators, knowing, open_store, record, verify
from onrecord.text import digest
from onrecord.watch.definition import from_words
from tests.store.support import kept_for, read_back
from tests.store.test_resolving import ANON, LEVY, OTHER, OWN, add, again, settle

COPIES = [LEVY.replace("to be halved", "is halved"), LEVY.replace("overdue", "long overdue")]
MARK = from_words("figure > 5000 people of layoffs")


def sound(store: Store) -> bool:
    return list(verify(store, read_back)) == []


def states(store: Store) -> list[str]:
    with store.reading() as transaction:
        return [a.state for a in indicators.armed(transaction)]


def raised(store: Store) -> list[tuple[str, str]]:
    with store.reading() as transaction:
        return [(a.id, a.article) for a in indicators.alerts(transaction)]


def test_of_the_copies_of_a_forgotten_article_the_oldest_is_the_original(store: Store) -> None:
    original = add(store, "Seldrin Herald", 1, LEVY)
    first = add(store, "Marl Courier", 2, COPIES[0])
    second = add(store, "Tarn Weekly", 3, COPIES[1])
    settle(store)
    [before] = knowing.stories(store)
    forget(store, original)
    assert sound(store)
    assert settle(store) == [first, second]
    [after] = knowing.stories(store)
    assert (after.id, after.articles, after.origins, after.copies) == (before.id, 2, 1, 1)
    view = knowing.story(store, after.id)
    assert [(c.article, c.copy_of, c.origin.name) for c in view.coverage] == [(first, None, "Marl Courier"), (second, first, "Marl Courier")]  # fmt: skip
    assert "Seldrin Herald" not in str(view)
    assert sound(store)


def test_a_copy_raises_the_alert_of_its_forgotten_original_and_it_does_not_go_out_twice(store: Store, tmp_path: Path) -> None:  # fmt: skip
    text = ANON.format(paper="Seldrin Herald", day="Monday")
    arming.arm(store, MARK)
    original = add(store, "Seldrin Herald", 4, text)
    copy = add(store, "Marl Courier", 5, text.replace("pass the mark", "pass a mark"))
    settle(store)
    [(alert, article)] = raised(store)
    assert article == original
    file = tmp_path / "alerts.jsonl"
    assert watching.deliver_all(store, extra=[f"file:{file}"]) == []
    forget(store, original)
    assert (raised(store), states(store)) == ([], ["quiet"])
    settle(store)
    assert (raised(store), states(store)) == ([(alert, copy)], ["triggered"])
    assert watching.deliver_all(store, extra=[f"file:{file}"]) == []
    assert file.read_text().count(alert) == 1


def test_forgetting_one_of_many_leaves_the_rest_as_if_it_had_never_been(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Tarn Weekly", 2, OTHER)
    settle(store)
    before = knowing.stories(store)
    middle = add(store, "Marl Courier", 3, OWN.replace("Dockers march", "Zebulon Quist and dockers march").replace("The dockers’ union", "Zebulon Quist"))  # fmt: skip
    settle(store)
    assert knowing.who(store, "Zebulon Quist")
    forget(store, middle)
    assert sound(store)
    assert {s.id: (s.title, s.articles, s.first, s.last) for s in knowing.stories(store)} == {s.id: (s.title, s.articles, s.first, s.last) for s in before}  # fmt: skip
    with pytest.raises(InputError):
        knowing.who(store, "Zebulon Quist")
    with store.reading() as transaction:
        for table, column in (("actors", "name"), ("accounts", "state"), ("accounts", "words"), ("facts", "words"), ("changes", "words")):  # fmt: skip
            assert not transaction.all(f"SELECT 1 FROM {table} WHERE {column} LIKE '%Quist%'"), (table, column)


def test_nothing_is_left_when_all_is_forgotten_original_first(store: Store) -> None:
    ids = [
        add(store, "Seldrin Herald", 1, LEVY),
        add(store, "Marl Courier", 2, COPIES[0]),
        add(store, "Tarn Weekly", 3, OTHER),
    ]
    settle(store)
    for id in ids:
        forget(store, id)
        assert sound(store)
    with store.reading() as transaction:
        for table in (
            "resolved",
            "stories",
            "actors",
            "actor_keys",
            "accounts",
            "facts",
            "judgements",
            "entity_actors",
        ):
            assert transaction.value(f"SELECT count(*) FROM {table}") == 0, table


def test_an_article_read_anew_counts_once_and_its_copies_stay(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 2, COPIES[0])
    settle(store)
    [karvonen] = knowing.who(store, "Karvonen")
    view = knowing.story(store, knowing.stories(store)[0].id)
    again(store, 1, "Seldrin Herald", LEVY)
    settle(store)
    assert [v.articles for v in knowing.who(store, "Karvonen")] == [karvonen.articles]
    assert knowing.story(store, view.story.id).coverage == view.coverage
    assert sound(store)


def test_what_a_newer_reading_no_longer_says_is_no_evidence(store: Store) -> None:
    text = ANON.format(paper="Seldrin Herald", day="Monday").replace("More than 5,000", "Some 4,900")
    arming.arm(store, MARK)
    add(store, "Seldrin Herald", 4, text)
    settle(store)
    assert states(store) == ["stirring"]
    with store.reading() as transaction:
        [reading] = transaction.all("SELECT article FROM readings WHERE current = 1")
    with store.writing() as transaction:
        indicators.withdraw(transaction, reading[0])
    assert states(store) == ["quiet"]


def test_articles_that_say_little_of_themselves_are_resolved_and_unread_ones_do_not_block(store: Store) -> None:
    def bare(text: str, **more: object) -> None:
        kept = kept_for(text.encode(), None, None)
        article = Article(id=digest(text, ""), capture=kept.digest, text=text, **more)  # type: ignore[arg-type]
        record(store, kept, read(article), when="2031-03-01T00:00:00Z")

    bare(LEVY)
    bare(OTHER, outlet=Outlet(name=None, domain="tarn.example"), language="en")
    bare("Zwieback\n\nDer Hafen bleibt bis Montag geschlossen, und niemand weiß, warum das so ist.", language="de")
    bare("1 2 3", published=Dated(value="0001-01-01T00:00:00+05:00", evidence="json-ld"))
    bare("x" * 40 + "\n\n" + "".join(digest(str(n)) for n in range(200)) + " said Ada " + "".join(digest(str(n)) for n in range(99)).title() + ".")  # fmt: skip
    done = len(settle(store))
    with store.reading() as transaction:
        assert done == transaction.value("SELECT count(*) FROM readings WHERE current = 1 AND reader IS NOT NULL") >= 4
    shown = [c.outlet for s in knowing.stories(store) for c in knowing.story(store, s.id).coverage]
    assert "tarn.example" in shown
    assert sound(store)


def test_two_that_resolve_at_once_take_turns(store: Store, tmp_path: Path, db: str | None) -> None:
    texts = [LEVY, OWN, OTHER, *COPIES]
    ids = [add(store, f"Daily {n}", 1 + n % 9, texts[n % 5].replace("Marl", f"Marl{n % 3}")) for n in range(15)]
    done: list[str] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            with open_store(tmp_path / "home", db) as own:
                done.extend(resolve(own))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(done) == sorted(ids)
    assert sound(store)


def test_the_id_of_a_story_that_went_into_another_leads_there(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Tarn Weekly", 2, OTHER)
    settle(store)
    old, new = knowing.stories(store)
    with store.writing() as transaction:
        rows = dict(transaction.all("SELECT id, row FROM stories"))
        transaction.run("UPDATE resolved SET story = ? WHERE story = ?", (rows[new.id], rows[old.id]))
        transaction.run("UPDATE stories SET merged_into = ? WHERE row = ?", (rows[new.id], rows[old.id]))
    assert knowing.story(store, old.id[:12]).story.id == new.id


def test_an_indicator_armed_again_under_another_name_is_one_with_that_name(store: Store) -> None:
    arming.arm(store, MARK)
    arming.arm(store, replace(MARK, name="the mark"))
    with store.reading() as transaction:
        [armed] = indicators.armed(transaction)
        assert indicators.get(transaction, "the mark").row == armed.row
    assert armed.indicator.name == "the mark"


def test_a_dry_run_of_what_is_armed_keeps_what_it_had(store: Store) -> None:
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    settle(store)
    arming.arm(store, MARK)
    before = raised(store)
    _, alerts = arming.dry_run(store, MARK)
    assert [a.id for a in alerts] == [id for id, _ in before]
    assert raised(store) == before


def test_a_channel_that_failed_gets_what_it_missed_once(store: Store, tmp_path: Path) -> None:
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    settle(store)
    arming.arm(store, MARK)
    folder = tmp_path / "folder"
    folder.write_text("in the way")
    channel = f"file:{folder}/alerts.jsonl"
    assert len(watching.deliver_all(store, extra=[channel])) == 1
    folder.unlink()
    for _ in range(2):
        assert watching.deliver_all(store, extra=[channel]) == []
    assert len((folder / "alerts.jsonl").read_text().splitlines()) == 1


def test_a_grade_given_by_name_counts_for_the_outlet(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    settle(store)
    grades.grade(store, "Seldrin Herald", "B", "tester", "2031-03-09T00:00:00Z")
    [story] = knowing.stories(store)
    assert {a.admiralty[0] for a in knowing.story(store, story.id).accounts} == {"B"}
