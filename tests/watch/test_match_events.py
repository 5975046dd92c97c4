"""Events that an indicator waits for, read by the real reader."""

import pytest

from onrecord.watch.definition import from_words
from onrecord.watch.match import match
from tests.watch.support import FESTIVAL, crossings, resolved

MINE = "Quarrin and the mine"
SHELLING = "event ASSAULT by Lesmere against Quarrin"


@pytest.mark.parametrize(
    ("definition", "body", "expected"),
    [
        (SHELLING, "Lesmere shelled Quarrin on Friday.", ["crossed"]),
        (SHELLING, "Quarrin shelled Lesmere on Friday.", []),
        (SHELLING, "Lesmere plans to shell Quarrin.", ["crossed as planned"]),
        (SHELLING, "Lesmere will shell Quarrin on Monday.", ["crossed as planned"]),
        (SHELLING, "Lesmere will arm Quarrin on Monday.", []),
        (f"{SHELLING} actual", "Lesmere will shell Quarrin on Monday.", ["expected"]),
        (SHELLING, "Velling denied that Lesmere had shelled Quarrin.", ["against"]),
        (SHELLING, "If Lesmere shells Quarrin, the bridge will close.", ["expected"]),
        (SHELLING, "The choir won the lake festival.", []),
        ("event MOBILIZE by Russia", "Russia deployed 900 soldiers to the coast.", ["crossed"]),
        ("event MOBILIZE by Russia", "Russian troops deployed; Poland mobilised its army.", []),
        ("event MOBILIZE by Poland in Gdansk", "Poland deployed 900 soldiers in Gdansk.", ["crossed"]),
        ("event MOBILIZE by Poland in Gdansk", "Poland deployed 900 soldiers in Lodz.", []),
        ("event MOBILIZE/troops by Poland", "Poland deployed 900 soldiers in Lodz.", ["crossed"]),
        ("event MOBILIZE/visit by Poland", "Poland deployed 900 soldiers in Lodz.", []),
        ("event RETREAT by Lesmere negated", "Lesmere has not withdrawn its troops.", ["crossed"]),
    ],
)
def test_events(definition: str, body: str, expected: list[str]) -> None:
    assert crossings(definition, body, FESTIVAL) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Quarrin's soldiers stormed the mine at dawn.", ["crossed"]),
        ("The army attacked the mine on Friday.", ["crossed"]),
        ("Quarrin's army killed six rebels.", ["crossed"]),
        ("Six wounded soldiers of Quarrin were flown home.", ["untied"]),
        ("The minister gave the number of soldiers wounded as six.", ["untied"]),
        ("Six of Quarrin's soldiers were wounded in the assault.", ["untied"]),
        ("Gunmen attacked the mine on Friday.", ["untied"]),
        ("Two brothers stabbed a guard in Quarrin.", ["untied"]),
        ("Rebels killed six soldiers of Quarrin.", ["untied"]),
        ("Militants shot dead two of Quarrin's guards.", ["untied"]),
        ("An assault on Quarrin killed six.", ["untied"]),
        ("Lesmere attacked Quarrin on Friday.", ["untied"]),
        ("Quarrin was attacked by Lesmere on Friday.", ["untied"]),
        ("In 2019 Quarrin attacked the mine.", []),
        ("Quarrin has not attacked the mine, the minister said.", ["against"]),
    ],
)
def test_who_acts_is_not_who_suffers(body: str, expected: list[str]) -> None:
    assert crossings("event ASSAULT by Quarrin actual", body, MINE) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Quarrin's governor ordered the evacuation of Arle on Friday.", [("crossed", None)]),
        ("“I have ordered the evacuation of Arle,” Marta Velling said.", [("crossed", "statement")]),
        ("Quarrin's governor will order the evacuation of Arle.", [("crossed as planned", None)]),
        ("Quarrin's governor ordered that Arle be evacuated.", [("crossed as planned", "order")]),
        ("Nobody ordered the evacuation of Arle.", [("against", None)]),
        ("Quarrin's governor demanded the evacuation of Arle.", [("expected", "order")]),
    ],
)
def test_who_orders_a_deed_does_it_and_is_nobody_who_tells_of_it(
    body: str, expected: list[tuple[str, str | None]]
) -> None:
    of = resolved(body, FESTIVAL)
    acts = {a.id: a.act for a in of.reading.attributions}
    found = match(from_words("event AID against Arle"), of)
    assert [(i.crossing, acts.get(i.attribution or "")) for i in found] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The evacuation of Arle began on Friday.", ["crossed"]),
        ("The evacuation of Arle is under way.", ["crossed"]),
        ("The evacuation of Arle will begin on Friday.", ["crossed as planned"]),
        ("The evacuation of Arle has not begun.", ["against"]),
        ("The evacuation of Arle is under discussion.", ["expected"]),
        ("The evacuation of Arle, the mayor said as the talks began, would cost money.", ["expected"]),
    ],
)
def test_a_deed_that_is_named_takes_place_by_the_verb_behind_it(body: str, expected: list[str]) -> None:
    assert crossings("event AID against Arle", body, FESTIVAL) == expected


@pytest.mark.parametrize("who", ["Dozens of strikers", "Hundreds of evacuees", "Some mourners"])
def test_who_marches_through_a_place_protests_there(who: str) -> None:
    body = f"{who} marched through Arle camp on Tuesday to protest against the price of bread."
    assert crossings("event PROTEST in Arle actual", body, FESTIVAL) == ["crossed"]


def test_those_of_a_garrison_are_of_its_town() -> None:
    march = "event MOBILIZE/troops by Holm in Arle"
    assert crossings(march, "Tanks of the garrison at Holm were marching on Arle.", FESTIVAL) == ["crossed"]
    assert crossings(march, "Tanks of the garrison at Brod were marching on Arle.", FESTIVAL) == []


def test_what_somebody_is_asked_for_with_an_aside_is_only_expected() -> None:
    asked = "Quarrin has been asked by Lesmere, in a note that is said to be polite, to close the Tarn Bridge."
    definition = 'event COERCE/restrict beside "Tarn Bridge"'
    assert crossings(definition, asked) == ["expected"]
    assert crossings(definition, "Quarrin has closed the Tarn Bridge.") == ["crossed"]
