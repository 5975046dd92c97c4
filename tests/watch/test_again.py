"""Who is no origin of his own."""

import pytest
from msgspec.structs import replace

from onrecord.model import Entity
from onrecord.watch.again import body_called, kin, named_whole, represents, told_before
from onrecord.watch.extent import Extent
from onrecord.watch.indication import Sighting
from tests.watch.support import origin, resolved

ROLES = [
    ("health minister", "Health Ministry", True),
    ("Minister of Health and Rest", "Ministry of Health", True),
    ("a spokesman for the Lake Survey", "Lake Survey", True),
    ("finance minister", "Health Ministry", False),
    ("who has read what the Health Ministry printed", "Health Ministry", False),
]


@pytest.mark.parametrize(("role", "body", "is_his"), ROLES)
def test_an_officer_is_introduced_by_the_whole_name_of_a_body(role: str, body: str, is_his: bool) -> None:
    assert named_whole(role, body) == is_his


def test_a_relative_clause_says_who_speaks_for_a_body() -> None:
    for words, speaks in (("she represents", True), ("she has always headed", False), ("she dislikes", False)):
        text = f"The Lake Survey, which {words}, counted 334."
        assert represents(text, [(23, 26)], [(4, 15)]) == speaks


def test_an_officer_and_his_body_are_kin() -> None:
    text = "Aino Torv, director of the Lake Survey, has counted 6,017 men. Marta Velling said it was raining."
    article = resolved(text)
    start = article.reading.article.text.index(text)
    entities = [("e1", "person", "Aino Torv"), ("e2", "organisation", "Lake Survey"), ("e3", "person", "Marta Velling")]
    people = tuple(
        Entity(id=id, name=name, type=kind, mentions=((at := start + text.index(name), at + len(name)),))  # type: ignore[arg-type]
        for id, kind, name in entities
    )
    actors = {id: f"actor of {name}" for id, _, name in entities}
    article = resolved(text, actors=actors)
    article = replace(article, reading=replace(article.reading, entities=people))
    assert kin(origin("Aino Torv", "speaker"), article) == {"actor of Lake Survey"}
    assert kin(origin("Lake Survey", "speaker"), article) == {"actor of Aino Torv"}
    assert kin(origin("Marta Velling", "speaker"), article) == set()
    assert kin(origin("Tidewire"), article) == set()


RADIO = Sighting(crossing="crossed", record="figure", label="f1", article="a", when="2031-05-15", origin=origin("Radio Holm", "anonymous"), number=Extent(17, 17))  # fmt: skip
WIRE = replace(RADIO, article="b", when="2031-05-16", origin=origin("Tidewire", "anonymous"))
THROUGH = "It rose to 17 metres, two engineers told a local station, Radio Holm."


@pytest.mark.parametrize(
    ("words", "changed", "again"),
    [
        (THROUGH, {}, True),
        ("It rose to 17 metres, two engineers told Tidewire.", {}, False),
        (THROUGH, {"number": Extent(19, 19)}, False),
        (THROUGH, {"when": "2031-05-14"}, False),
        (THROUGH, {"origin": origin("Marta Velling", "speaker")}, False),
    ],
)
def test_nameless_people_are_known_again_by_whom_they_told(words: str, changed: dict[str, object], again: bool) -> None:
    told = replace(WIRE, words=words, **changed)  # type: ignore[arg-type]
    assert told_before(told, [RADIO]) == again


def test_what_was_announced_is_news_once_it_has_come_about() -> None:
    plan = replace(RADIO, crossing="crossed as planned", origin=origin("the army", "speaker"))
    done = replace(WIRE, origin=origin("Tidewire"), own=True)
    assert not told_before(done, [plan])
    assert told_before(replace(done, crossing="crossed as planned"), [plan])
    assert told_before(done, [replace(plan, crossing="crossed")])


@pytest.mark.parametrize(
    ("role", "heads"),
    [
        (", the group’s head", True),
        (", head of the group", False),
        (", the head of the group", True),
        (", a farmer", False),
    ],
)
def test_who_heads_a_group_that_was_named_speaks_for_it(role: str, heads: bool) -> None:
    text = f"The toll is 534, Harbour Watch said. “They came with lists,” said Dana Hollin{role}."
    body = Entity(id="e1", name="Harbour Watch", type="organisation", mentions=((17, 30),))
    start = text.index("Dana")
    person = Entity(id="e2", name="Dana Hollin", type="person", mentions=((start, start + 11),))
    assert (body_called(text, person, [body]) is body) == heads
