import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Dated, Entity, Event
from onrecord.read import dates, events
from onrecord.text import fits
from tests import clock

SENTENCES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("events.toml").read_text(encoding="utf-8"))[
    "sentence"
]
PAGE = "The Sarnian government imposed a curfew in Brod on Monday. Rebels shelled the port, and Toldish police arrested nine dockers. "


def read(text: str, *named: str) -> tuple[tuple[Event, ...], dict[str, str]]:
    """Events and the names of the entities; `named` are those that the article is known to name."""
    spans = [(name, text.index(name)) for name in named]
    known = [
        Entity(id=f"e{n}", name=name, type="organisation", mentions=((at, at + len(name)),))
        for n, (name, at) in enumerate(spans, 1)
    ]
    when = dates.find(text, Dated(value="2031-05-14", evidence="given"))
    found, entities = events.find(text, known, when, ())
    return found, {e.id: e.name for e in entities}


def told(text: str, *named: str) -> list[tuple[str, list[str], list[str]]]:
    found, names = read(text, *named)
    return [(v.type, [names[i] for i in v.actors], [names[i] for i in v.recipients]) for v in found]


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("The Ministry of Salt accused the Harbour Guild of fraud.", "ACCUSE", "Ministry of Salt", "Harbour Guild"),
        ("The Harbour Guild was accused of fraud by the Ministry of Salt.", "ACCUSE", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt refused to meet the Harbour Guild.", "REJECT", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt said the Harbour Guild must open its books.", "REQUEST", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt has promised to send food to the Harbour Guild.", "AGREE", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt will send food to the Harbour Guild.", "AGREE", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt sent food to the Harbour Guild.", "AID", "Ministry of Salt", "Harbour Guild"),
        ("The Ministry of Salt is prepared to ban the Harbour Guild.", "THREATEN", "Ministry of Salt", "Harbour Guild"),
    ],
)  # fmt: skip
def test_type_actor_and_recipient(text: str, type_: str, actor: str, recipient: str) -> None:
    assert told(text, "Ministry of Salt", "Harbour Guild") == [(type_, [actor], [recipient])]


def test_a_description_becomes_a_group_with_its_words() -> None:
    text = "On Monday, Danish border guards arrested nine dockers."
    found, entities = events.find(text, (), (), ())
    group = next(e for e in entities if e.id == found[0].actors[0])
    assert (group.name, group.type, group.country) == ("Danish border guards", "group", "DK")
    assert [text[s:e] for s, e in group.mentions] == ["Danish border guards"]


def test_verbs_joined_by_and_are_two_events_of_one_actor() -> None:
    text = "The Ministry of Salt banned the march and expelled the envoys."
    assert [(t, a) for t, a, _ in told(text, "Ministry of Salt")] == [("COERCE", ["Ministry of Salt"]), ("SANCTION", ["Ministry of Salt"])]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Visitors demonstrated nothing but patience.", "Critics praised nothing.", "The Harbour Guild won the match with a shot from Ana Brisk.", "A fever outbreak killed nine villagers.", "The Harbour Guild opens in March.",
     "Tourists visited the museum.", "Researchers received letters.", "The Offensive is a film.", "He said that he was tired.", "The price of fish fell by a third."],
)  # fmt: skip
def test_what_is_no_event(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s["text"][:50] for s in SENTENCES])
def test_status_of_own_sentences(sentence: dict[str, Any]) -> None:
    found, _ = read(sentence["text"], *(n for n in ("Sarnia", "Toldia") if n in sentence["text"]))
    assert (sentence["type"], sentence["status"]) in [(v.type, v.status) for v in found]


def test_date_is_the_nearest_of_the_sentence() -> None:
    found, _ = read("The army shelled Brod on Monday. Police arrested nine dockers on May 3, 2031.")
    assert [v.date.value for v in found if v.date] == ["2031-05-12", "2031-05-03"]


def test_anchors_slice_and_ids_are_in_order() -> None:
    text = PAGE * 3
    found, entities = events.find(text, (), (), ())
    assert [v.id for v in found] == [f"v{n}" for n in range(1, len(found) + 1)]
    assert len(found) == 9
    assert all(fits(text, s) for v in found for s in v.anchor)
    assert {i for v in found for i in (*v.actors, *v.recipients)} <= {e.id for e in entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Salt, which had let pass nine lorries, sealed the border.", [("COERCE", ["Ministry of Salt"], [])]),
        ("The Ministry of Salt, who spoke of peace, shelled the Harbour Guild.", [("ASSAULT", ["Ministry of Salt"], ["Harbour Guild"])]),
        ("BROD (Tidewire) - The Ministry of Salt expelled the Harbour Guild.", [("SANCTION", ["Ministry of Salt"], ["Harbour Guild"])]),
        ("Police took the Harbour Guild into custody.", [("COERCE", ["Police"], ["Harbour Guild"])]),
        ("The Harbour Guild is behind bars.", [("COERCE", [], ["Harbour Guild"])]),
        ("The Harbour Guild came under fire from the hill.", [("ASSAULT", [], ["Harbour Guild"])]),
        ("The Harbour Guild picked up a prize.", []),
        ("The bakery closed the door and shut the oven.", []),
        ("Strikers walked out of the stadium.", []),
    ],
)  # fmt: skip
def test_who_does_what_to_whom(text: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    named = [n for n in ("Ministry of Salt", "Harbour Guild") if n in text]
    assert told(text, *named) == expected


def test_who_is_somebodys_is_not_he() -> None:
    text = "Ana Brisk's predecessor, Lorna Petty, resigned in March. Ana Brisk's deputy resigned too."
    known = [
        Entity(
            id=f"e{k}", name=name, type="person", mentions=tuple((m.start(), m.end()) for m in re.finditer(name, text))
        )
        for k, name in enumerate(("Ana Brisk", "Lorna Petty"), 1)
    ]
    found, entities = events.find(text, known, (), ())
    names = {e.id: e.name for e in entities}
    assert [[names[a] for a in v.actors] for v in found] == [["Lorna Petty"], ["deputy"]]


def seconds(text: str) -> float:
    return clock.seconds(lambda: events.find(text, (), (), ()))


def test_time_grows_with_the_text_only() -> None:
    events.find(PAGE, (), (), ())
    small, large = seconds(PAGE * 1000), seconds(PAGE * 5000)  # 20,000 and 100,000 words
    assert large < 8 * small
    assert large < 20


@pytest.mark.parametrize(
    "word",
    [
        "that ",
        "attack and ",
        "said the army ",
        "troops, ",
        "to ban the ",
        "will not must ",
        "banned ships and expelled envoys and ",
        ", and he attacked ",
    ],
)
def test_a_sentence_of_two_thousand_words(word: str) -> None:
    events.find(PAGE, (), (), ())
    small, large = seconds("The army attacked " + word * 500), seconds("The army attacked " + word * 2000)
    assert large < 8 * small + 0.2


@pytest.mark.parametrize(
    "text",
    ["The firm signed contracts with the army to supply boots.", "Anna Berg said she joined the army in 1990.", "The men volunteered at a shelter near the army base.",
     "Dockers joined the talks with army chiefs.", "The workers signed up for a show."],
)  # fmt: skip
def test_not_everything_that_is_joined_or_signed_is_an_army(text: str) -> None:
    assert "MOBILIZE" not in [type_ for type_, *_ in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Guild declined to comment on the dues.",
        "The Harbour Guild refused to say who had paid.",
        "At least six people were killed when a storm crossed the coast.",
        "An earthquake shook the isles of the eastern sea early on Thursday, killing nine people.",
        "The pill cuts the risk of a heart attack for the Harbour Guild.",
        "If the inspectors find a fault, the ferries stay in port.",
    ],
)
def test_what_looks_like_an_event_and_is_none(text: str) -> None:
    assert told(text, *(["Harbour Guild"] if "Harbour Guild" in text else [])) == []


def named(text: str, *people: str) -> list[tuple[list[str], list[str], str | None]]:
    """Actors, recipients and dates of the events, where these people and bodies are known."""
    known = [
        Entity(
            id=f"e{n}",
            name=w,
            type="organisation" if "Party" in w else "person",
            mentions=((at := text.index(w), at + len(w)),),
        )
        for n, w in enumerate(people, 1)
    ]
    found, entities = events.find(text, known, dates.find(text, Dated(value="2031-05-14", evidence="given")), ())
    names = {e.id: e.name for e in entities}
    return [([names[i] for i in v.actors], [names[i] for i in v.recipients], v.date.value if v.date else None) for v in found]  # fmt: skip


def test_who_takes_part_behind_a_description() -> None:
    assert named("The mayor of Brod, Ana Brisk, ordered an evacuation.", "Ana Brisk")[0][0] == ["Ana Brisk"]
    assert named("The verdict was welcomed by the People’s Party.", "People’s Party")[0][0] == ["People’s Party"]
    assert named("Ana Brisk accused the guards, according to two officials.", "Ana Brisk")[0][1] == ["guards"]
    assert named("Ana Brisk vowed to crush the militia.", "Ana Brisk")[0][1] == ["militia"]


def test_a_date_of_another_verb_is_not_the_events() -> None:
    assert named("Rebels arrested nine dockers, officials said on Friday.")[0][2] is None
    assert named("Ana Brisk condemned the raid and will fly to Brod on Monday.", "Ana Brisk")[0][2] is None
    assert named("Rebels arrested nine dockers on Friday.")[0][2] == "2031-05-09"


def test_what_is_likely_is_planned() -> None:
    found, _ = read("Sarnian police are likely to arrest the dockers.")
    assert [v.status for v in found] == ["planned"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Soldiers of the garrison marched on Brod at three in the morning.", "MOBILIZE"),
        ("Tanks of the Holm regiment are advancing on Brod.", "MOBILIZE"),
        ("The garrison of Holm is on the march.", "MOBILIZE"),
        ("Soldiers watched as protesters marched on the palace.", "PROTEST"),
    ],
)
def test_soldiers_who_march_are_no_procession(text: str, type_: str) -> None:
    assert type_ in [v.type for v in read(text)[0]]
    assert {"MOBILIZE", "PROTEST"} - {type_} - {v.type for v in read(text)[0]}
