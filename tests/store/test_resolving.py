"""Articles set beside each other, on both databases: the real reader on small texts, the real road behind it."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from msgspec.structs import replace

from onrecord import arming, watching
from onrecord.model import Article, Dated, Outlet, ReaderInfo
from onrecord.read import read
from onrecord.resolving import resolve
from onrecord.store import Store, forget, indicators, judging, knowing, record, verify
from onrecord.store import stories as kept_stories
from onrecord.text import digest
from onrecord.watch.definition import from_words
from tests.store.support import kept_for, read_back

LEVY = (
    "Harbour levy to be halved\n\n"
    "MARL, Seldrin — The harbour levy in Marl will be halved from June, Transport Minister Ilse Karvonen said on Monday. "
    "“We have priced ourselves out of the strait, and we will not wait until the last ship has gone,” she said.\n\n"
    "Some 2,000 dockers in Marl have been laid off since the autumn, the dockers’ union said. Traffic in the strait has fallen for six years, and two of the "
    "four pilots’ stations have been closed. The ministry expects that the lower levy will bring ships back within a year.\n\n"
    "The mayor of Marl, Oskar Rask, called the plan overdue and said the town would pay for new lights on the northern mole."
)
OWN = (
    "Dockers march in Marl\n\n"
    "Dockers marched through Marl on Tuesday against the layoffs that followed the quarrel over the harbour levy. The dockers’ union said that 3,500 dockers in "
    "Marl had been laid off since the autumn.\n\n"
    "Transport Minister Ilse Karvonen told the Seldrin Herald that the harbour levy would not be halved before the winter."
)
OTHER = (
    "Orchard court spares the old pear trees\n\n"
    "A court in Tarn ruled on Monday that eleven pear trees in the bishop’s orchard may stay. The judge, Ada Lunt, said the trees were older than the "
    "road that was to be built across the orchard, and that the road could go round them."
)


def add(store: Store, outlet: str, day: int, text: str, hour: int = 8) -> str:
    """Reads and records a text as an outlet's article of a day; its id."""
    url = f"https://www.{outlet.lower().replace(' ', '')}.example/{digest(text)[:8]}"
    moment = f"2031-03-{day:02}T{hour:02}:00:00Z"
    kept = kept_for(f"{url} {text}".encode(), url, moment)
    article = Article(
        id=digest(text, url), capture=kept.digest, url=url, outlet=Outlet(name=outlet, domain=f"{outlet.lower().replace(' ', '')}.example"),
        title=text.partition("\n")[0], language="en", published=Dated(value=moment, evidence="json-ld"), text=text,
    )  # fmt: skip
    record(store, kept, read(article), when=moment)
    return article.id


def settle(store: Store) -> list[str]:
    return list(resolve(store, when=lambda: "2031-03-09T00:00:00Z"))


def kinds(store: Store) -> list[str]:
    return sorted(c.kind for c in knowing.changes(store, None, limit=1000) if c.kind != "new-account")


def test_a_copy_and_its_original_are_one_origin_in_one_story(store: Store) -> None:
    original = add(store, "Seldrin Herald", 1, LEVY)
    copy = add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    other = add(store, "Tarn Weekly", 2, OTHER)
    assert set(settle(store)) == {original, copy, other}
    stories = {s.title: s for s in knowing.stories(store)}
    assert len(stories) == 2
    levy = stories["Harbour levy to be halved"]
    assert (levy.articles, levy.outlets, levy.origins, levy.copies) == (2, 2, 1, 1)
    view = knowing.story(store, levy.id[:12])
    assert [(c.outlet, c.copy_of, c.copy_kind) for c in view.coverage] == [
        ("Seldrin Herald", None, None),
        ("Marl Courier", original, "whole"),
    ]
    assert all(a.articles == 2 for a in view.accounts if a.kind == "statement"), "a copy makes no account of its own"
    assert kinds(store) == []


def test_an_original_that_arrives_late_is_the_origin_all_the_same(store: Store) -> None:
    copy = add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    settle(store)
    original = add(store, "Seldrin Herald", 1, LEVY)
    settle(store)
    [story] = knowing.stories(store)
    assert (story.origins, story.copies) == (1, 1)
    assert {c.article: c.copy_of for c in knowing.story(store, story.id).coverage} == {copy: original, original: None}


def test_a_figure_moves_and_a_minister_reverses(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 3, OWN)
    settle(store)
    changes = {c.kind: c for c in knowing.changes(store, None, limit=1000)}
    assert "figure-moved" in changes
    assert "2,000" in changes["figure-moved"].words
    assert "3,500" in changes["figure-moved"].words
    assert "reversal" in changes
    [karvonen] = knowing.who(store, "Karvonen")
    assert karvonen.name == "Ilse Karvonen"
    assert len(karvonen.claims) >= 3
    assert len(karvonen.reversals) == 1


def told(store: Store) -> tuple[object, ...]:
    stories = knowing.stories(store, limit=100)
    views = [knowing.story(store, s.id) for s in stories]
    return (
        sorted((s.articles, s.outlets, s.origins, s.copies) for s in stories),
        sorted((c.article, c.copy_of or "") for v in views for c in v.coverage),
    )


def test_the_order_of_arrival_changes_nothing_of_stories_copies_and_origins(store: Store) -> None:
    parts = [
        ("Seldrin Herald", 1, LEVY),
        ("Marl Courier", 2, LEVY.replace("to be halved", "is halved")),
        ("Tarn Weekly", 2, OTHER),
    ]
    seen = []
    for order in itertools.permutations(parts):
        for part in order:
            add(store, *part)
            settle(store)
        seen.append(told(store))
        with store.reading() as transaction:
            ids = [id for (id,) in transaction.all("SELECT id FROM articles")]
        for id in ids:
            forget(store, id)
    assert all(s == seen[0] for s in seen)


def test_words_are_counted_by_the_stories_that_are_there(store: Store) -> None:
    for day, outlet, text in ((1, "Seldrin Herald", LEVY), (2, "Marl Courier", OWN), (2, "Tarn Weekly", OTHER)):
        add(store, outlet, day, text)
        settle(store)
    assert counted(store)["karvonen"] >= 1
    with store.writing() as transaction:
        rows = [row for (row,) in transaction.all("SELECT row FROM stories WHERE merged_into IS NULL ORDER BY row")]
        for article, _, _ in kept_stories.members(transaction, rows[0]).values():
            kept_stories.move(transaction, article, rows[-1], ())
        for row in (rows[0], rows[-1]):
            if not kept_stories.renew(transaction, row, kept_stories.Rare(transaction)):
                kept_stories.merge(transaction, row)
    counted(store)
    with store.reading() as transaction:
        ids = [id for (id,) in transaction.all("SELECT id FROM articles ORDER BY row DESC")]
    for id in ids:
        forget(store, id)
    assert counted(store) == {}


def counted(store: Store) -> dict[str, int]:
    """In how many stories each word stands, as the record counts, which is how it is."""
    with store.reading() as transaction:
        found = dict(transaction.all("SELECT term, articles FROM terms WHERE articles > 0"))
        rows = [row for (row,) in transaction.all("SELECT row FROM stories WHERE merged_into IS NULL")]
        assert found == Counter(word for row in rows for word in kept_stories.sketch_of(transaction, row).terms)
    return found


def test_resolving_twice_is_resolving_once_and_a_newer_reading_takes_the_place_of_the_older(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 3, OWN)
    settle(store)
    before = [*knowing.stories(store), *knowing.changes(store, None, limit=1000)]
    assert settle(store) == []
    with store.reading() as transaction:
        counted = [transaction.value(f"SELECT count(*) FROM {t}") for t in ("facts", "accounts", "stories")]
    again(store, 3, "Marl Courier", OWN)
    assert len(settle(store)) == 1
    with store.reading() as transaction:
        assert [transaction.value(f"SELECT count(*) FROM {t}") for t in ("facts", "accounts", "stories")] == counted
    after = [*knowing.stories(store), *knowing.changes(store, None, limit=1000)]
    assert len(after) == len(before)


def again(store: Store, day: int, outlet: str, text: str) -> None:
    """The same article read by a newer reader."""
    url = f"https://www.{outlet.lower().replace(' ', '')}.example/{digest(text)[:8]}"
    with store.reading() as transaction:
        id = transaction.value("SELECT id FROM articles WHERE url = ?", (url,))
    moment = f"2031-03-{day:02}T08:00:00Z"
    kept = kept_for(f"{url} {text}".encode(), url, moment)
    article = Article(id=id, capture=kept.digest, url=url, outlet=Outlet(name=outlet, domain=f"{outlet.lower().replace(' ', '')}.example"),
                      title=text.partition("\n")[0], language="en", published=Dated(value=moment, evidence="json-ld"), text=text)  # fmt: skip
    record(store, kept, replace(read(article), reader=ReaderInfo(name="en", version="99")), when=moment)


def test_forgetting_takes_out_all_that_was_made_of_an_article(store: Store) -> None:
    id = add(store, "Seldrin Herald", 1, LEVY)
    settle(store)
    arming.arm(store, from_words("figure > 1000 people of layoffs"))
    forget(store, id)
    with store.reading() as transaction:
        for name in (
            "resolved",
            "copy_keys",
            "facts",
            "accounts",
            "account_keys",
            "changes",
            "indications",
            "alerts",
            "stories",
            "story_keys",
            "entity_actors",
        ):
            assert transaction.value(f"SELECT count(*) FROM {name}") == 0, name
    assert list(verify(store, read_back)) == []


ANON = "Layoffs pass the mark\n\nMore than 5,000 dockers have been laid off in Marl, two officials told the {paper} on {day}. The ministry in Seldrin did not answer questions."


def test_growth_counts_the_articles_of_a_story_in_whatever_words_also_where_it_is_armed_later(store: Store) -> None:
    """The third newsroom tells the same without the word; that a story grew is known however it was armed."""
    growth = from_words("growth 3 origins in 4 days of levy")
    texts = [
        ("Seldrin Herald", LEVY),
        ("Marl Courier", LEVY.replace("on Monday", "on Monday, as this paper was told").replace("a year.", "a year or two.") + "\n\nThe Courier asked twelve skippers, and nine of them would come back."),
        ("Tarn Weekly", "Ships may come back to Marl\n\nIn Marl the dues that ships pay will be cut in half from June, Transport Minister Ilse Karvonen has said. The dockers’ union, of whose members some 2,000 were laid off since the autumn, hopes for the strait’s old traffic. The mayor of Marl, Oskar Rask, would pay for new lights on the northern mole."),
    ]  # fmt: skip
    arming.arm(store, growth)
    ids = [add(store, outlet, day, text) for day, (outlet, text) in enumerate(texts, 4)]
    settle(store)
    assert len(knowing.stories(store)) == 1
    arming.arm(store, from_words("growth 3 origins in 5 days of levy"))
    with store.reading() as transaction:
        counted = [
            [s.article for s, _, _ in indicators.seen(transaction, a.row)] for a in indicators.armed(transaction)
        ]
    assert [ids[2] in its for its in counted] == [True, True]
    assert counted[0] == counted[1]


def test_the_second_origin_of_what_is_waited_for_is_a_change_also_when_its_article_is_read_anew(store: Store) -> None:
    arming.arm(store, from_words("figure > 5000 people of layoffs", "the mark"))
    first = add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    counted = (
        "Union counts the laid off\n\nNobody in Marl had expected it: the dockers’ union has gone from quay to quay. "
        "“5,630 of us have been laid off,” its chairwoman, Odile Fenn, said on Friday."
    )
    second = add(store, "Marl Courier", 6, counted)
    settle(store)
    [change] = knowing.changes(store, None, kinds=("confirmed",), limit=10)
    assert (change.article, change.other) == (second, first)
    assert change.words.startswith("the mark: a second origin, Odile Fenn: ")
    again(store, 6, "Marl Courier", counted)
    settle(store)
    assert [c.words for c in knowing.changes(store, None, kinds=("confirmed",), limit=10)] == [change.words]
    forget(store, first)
    assert knowing.changes(store, None, kinds=("confirmed",), limit=10) == []


def test_an_indicator_fires_once_an_origin_and_says_what_is_missing(store: Store) -> None:
    arming.arm(store, from_words("figure > 5000 people of layoffs"))
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    settle(store)
    add(
        store,
        "Marl Courier",
        5,
        ANON.format(paper="Seldrin Herald", day="Monday").replace("Layoffs pass the mark", "Report: 5,000 laid off"),
    )
    settle(store)
    with store.reading() as transaction:
        [armed] = indicators.armed(transaction)
        alerts = indicators.alerts(transaction)
    assert armed.state == "triggered"
    assert [a.crossing for a in alerts] == ["crossed"]
    assert alerts[0].origin.kind == "anonymous"
    assert any("second independent origin" in m for m in alerts[0].missing)
    add(
        store,
        "Tarn Weekly",
        6,
        "Union counts the laid off\n\nThe dockers’ union said on Wednesday that 5,600 dockers had been laid off in Marl since the autumn, more than ever before.",
    )
    settle(store)
    with store.reading() as transaction:
        assert len(indicators.alerts(transaction)) == 2


def test_arming_asks_what_is_on_record_and_a_dry_run_keeps_nothing(store: Store) -> None:
    add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    settle(store)
    asked = from_words("figure > 5000 people of layoffs")
    seen, alerts = arming.dry_run(store, asked)
    assert len(alerts) == 1
    assert seen
    with store.reading() as transaction:
        assert indicators.armed(transaction) == []
        assert indicators.alerts(transaction) == []
    arming.arm(store, asked)
    with store.reading() as transaction:
        assert [a.id for a in indicators.alerts(transaction)] == [a.id for a in alerts]


def test_a_kill_between_two_articles_loses_nothing(store: Store) -> None:
    for day, text in ((1, LEVY), (2, OWN), (3, OTHER)):
        add(store, "Seldrin Herald", day, text)
    first = next(iter(resolve(store)))
    rest = settle(store)
    assert len(rest) == 2
    assert first not in rest


def test_a_failure_within_an_article_leaves_no_half_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "Seldrin Herald", 1, LEVY)

    def broken(*_: object) -> None:
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patched:
        patched.setattr(watching, "watch", broken)
        with pytest.raises(RuntimeError):
            settle(store)
    with store.reading() as transaction:
        for name in ("resolved", "facts", "accounts", "stories", "changes", "actors", "terms"):
            assert transaction.value(f"SELECT count(*) FROM {name}") == 0, name
    assert len(settle(store)) == 1


def test_a_person_says_who_is_whom_and_can_take_it_back(store: Store) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Tarn Weekly", 2, OTHER)
    settle(store)
    [one], [other] = knowing.who(store, "Oskar Rask"), knowing.who(store, "Ada Lunt")
    judging.judge(store, "same", one.id, other.id, by="tester", reason="")
    both = knowing.who(store, "Ada Lunt")
    assert len(both) == 1
    assert len(both[0].claims) == len(one.claims) + len(other.claims)
    judging.judge(store, "undo", one.id, other.id, by="tester", reason="")
    assert [len(v.claims) for v in (*knowing.who(store, "Oskar Rask"), *knowing.who(store, "Ada Lunt"))] == [
        len(one.claims),
        len(other.claims),
    ]


COUNT = (
    "Dockers laid off in Marl\n\nMARL, Seldrin — Some 5,600 dockers have been laid off in Marl since the autumn, the dockers’ union said on Monday, as the quarrel over the harbour levy "
    "went on. Transport Minister Ilse Karvonen said that the levy would not be halved before the winter."
)
REFUSAL = (
    "Dockers laid off: a correction\n\nThe figure of 5,600 that the dockers’ union put about on Monday is an invention, Transport Minister Ilse Karvonen said on Tuesday. She said that the "
    "quarrel over the harbour levy in Marl would not be settled by the union’s arithmetic."
)
AT_HOME = (
    "Dockers laid off: what the doctors know\n\nMore than 5,900 dockers have been laid off since the autumn, two doctors told the Courier, as the quarrel of the dockers’ union with "
    "Transport Minister Ilse Karvonen over the harbour levy went on."
)


def test_a_number_on_record_of_the_affair_is_refuted_without_the_words_for_what_it_counts(store: Store) -> None:
    add(store, "Seldrin Herald", 4, COUNT)
    add(store, "Marl Gazette", 5, REFUSAL)
    settle(store)
    arming.arm(store, from_words("figure > 5000 people of layoffs"))
    with store.reading() as transaction:
        [armed] = indicators.armed(transaction)
        seen = [(s.crossing, sentence) for s, sentence, _ in indicators.seen(transaction, armed.row)]
        alerts = indicators.alerts(transaction)
    assert [crossing for crossing, _ in seen] == ["crossed", "against"] and "an invention" in seen[1][1]
    assert len(alerts) == 1


def test_an_article_that_names_no_place_is_where_its_affair_is(store: Store) -> None:
    arming.arm(store, from_words("figure > 5000 people of layoffs in Marl"))
    add(store, "Seldrin Herald", 4, COUNT)
    add(store, "Marl Courier", 5, AT_HOME)
    settle(store)
    with store.reading() as transaction:
        assert [a.origin.name for a in indicators.alerts(transaction)] == ["dockers’ union", "Marl Courier"]
