"""Statements that an indicator waits for, read by the real reader."""

import pytest

from tests.watch.support import FESTIVAL, crossings

BRIDGE = 'statement by "Marta Velling" about bridge'


@pytest.mark.parametrize(
    ("definition", "body", "expected"),
    [
        (BRIDGE, "“The bridge stays open,” Interior Minister Marta Velling said.", ["crossed"]),
        (BRIDGE, "“The bridge stays open,” Anders Pohl said. Marta Velling left.", []),
        (BRIDGE, "“The road stays open,” Interior Minister Marta Velling said.", []),
        (f"{BRIDGE} asserted", "Marta Velling denied that the bridge would close.", ["against"]),
        (f"{BRIDGE} denied", "Marta Velling denied that the bridge would close.", ["crossed"]),
        (f"{BRIDGE} as order", "Marta Velling said the bridge was open.", []),
        (f"{BRIDGE} as order", "Marta Velling ordered the police to close the bridge.", ["crossed"]),
        ('statement by role "interior minister" about bridge', "“The bridge stays open,” Interior Minister Marta Velling said.", ["crossed"]),
        ("statement about bridge, raid asserted", "Two officials said that the bridge had been attacked.", ["crossed"]),
        ("statement about bridge, raid asserted", "The bridge was attacked on Friday.", ["crossed"]),
        ("statement about bridge, raid asserted", "If the bridge is attacked, the army will come.", ["expected"]),
        ("statement about bridge, raid asserted", "The army will come only if the bridge is attacked, Anders Pohl said.", ["expected"]),
        ("statement about bridge, raid asserted", "The bridge was not attacked.", ["against"]),
    ],
)  # fmt: skip
def test_statements(definition: str, body: str, expected: list[str]) -> None:
    assert crossings(definition, body, FESTIVAL) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“There will be an amnesty,” Marta Velling said.", ["crossed"]),
        ("President Marta Velling announced an amnesty on Friday.", ["crossed"]),
        ("Two officials in the office of Marta Velling said she might offer an amnesty.", []),
        ("An aide to Marta Velling said there would be an amnesty.", []),
        ("Marta Velling’s spokesman said there would be an amnesty.", []),
        ("Anders Pohl said Marta Velling might offer an amnesty.", []),
        ("Marta Velling could offer an amnesty, Anders Pohl said.", []),
        ("Marta Velling refused to say whether there would be an amnesty.", ["expected"]),
    ],
)
def test_who_may_do_something_has_not_said_it(body: str, expected: list[str]) -> None:
    assert crossings('statement by "Marta Velling" about amnesty', body, FESTIVAL) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A warning of famine came on Tuesday from the Grain Board.", ["crossed"]),
        ("The Grain Board issued a warning of famine in the north.", ["crossed"]),
        ("The Grain Board's warning of famine was read out on the radio.", ["crossed"]),
        ("A forecast of famine was published by the Grain Board on Monday.", ["crossed"]),
        ("The Grain Board, based in Meyr, repeated its warning about famine.", ["crossed"]),
        ("A plea for help against famine came from the Grain Board.", ["crossed"]),
        ("A warning of famine came on Tuesday from the bishops, not the Grain Board.", []),
        ("The bishops sent a warning of famine to the Grain Board.", []),
        ("A warning of frost came from the Grain Board. Famine is rare here.", []),
        ("The Grain Board ignored a warning of famine.", []),
        ("The Grain Board will warn of famine on Friday, an official said.", ["expected"]),
        ("The Grain Board is to explain on Friday what it knows of the famine.", ["expected"]),
        ("The Grain Board will announce on Friday whether there is famine.", ["expected"]),
        ("The Grain Board said there would be famine.", ["crossed"]),
        ("The Grain Board warned that famine will come.", ["crossed"]),
    ],
)
def test_what_a_noun_names_and_what_is_yet_to_be_said(body: str, expected: list[str]) -> None:
    found = crossings('statement by "Grain Board" about famine', body, "Notes from the coast")
    assert sorted(set(found)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kenneth Barlow said that copper would be nationalised.", ["crossed"]),
        ("Kenneth Barlow would like to see copper nationalised, he said.", ["crossed"]),
        ("Kenneth Barlow did not say that copper would be nationalised, his press aide Thandi Moyle insisted.", ["against"]),
        ("Kenneth Barlow never said that copper would be nationalised, a spokesman for him said.", ["against"]),
        ("Kenneth Barlow was silent. Copper will be nationalised, his brother Tom Barlow said.", []),
        ("Kenneth Barlow was silent. His lawyer, Ann Reed, said that copper would be nationalised.", []),
    ],
)  # fmt: skip
def test_who_speaks_for_a_person_is_not_he(body: str, expected: list[str]) -> None:
    found = crossings('statement by "Kenneth Barlow" about copper asserted', body, "Notes from the coast")
    assert sorted(set(found)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“There will be no conscription,” Anders Pohl said.", ["crossed"]),
        ("Anders Pohl said that nobody would be drafted.", ["crossed"]),
        ("Anders Pohl said that men under thirty would be called up.", ["crossed"]),
        ("Anders Pohl said that volunteers from abroad were welcome.", []),
        ("Anders Pohl said that 600 foreigners had signed up.", []),
        ("Anders Pohl said that the enlistees had boots of their own.", []),
    ],
)
def test_who_speaks_of_volunteers_speaks_of_no_conscription(body: str, expected: list[str]) -> None:
    assert crossings('statement by "Anders Pohl" about conscription', body, FESTIVAL) == expected


MORENO = 'statement by "Ada Moreno" about reactor'


@pytest.mark.parametrize(
    ("definition", "body", "expected"),
    [
        (MORENO, "Ada Moreno spoke of a leak at the reactor.", ["crossed"]),
        (MORENO, "Ada Moreno, an engineer, has openly warned of a leak at the reactor.", ["crossed"]),
        (MORENO, "Ada Moreno admitted to the leak at the reactor.", ["crossed"]),
        (MORENO, "In the view of Ada Moreno the reactor must be shut.", ["crossed"]),
        (MORENO, "A friend of Ada Moreno spoke of a leak at the reactor.", []),
        (MORENO, "Ada Moreno spoke of the weather. The reactor had a leak.", []),
        (MORENO, "Tim Rusk told Ada Moreno that the reactor was safe.", []),
        (f"{MORENO} denied", "Ada Moreno called the story of a leak in the reactor a fairy tale.", ["crossed"]),
        (f"{MORENO} asserted", "Ada Moreno called the story of a leak in the reactor a fairy tale.", ["against"]),
        (f"{MORENO} denied", "Ada Moreno called the leak in the reactor a disgrace.", ["against"]),
        ('statement by role "mayor" about water', "The mayor, Ron Speel, warned residents not to drink the water.", ["crossed"]),
        ('statement by role "mayor" about water', "The mayor's wife said that the water was clean.", []),
        ('statement by role "mayor" about water', "The former mayor said that the water was clean.", []),
    ],
)  # fmt: skip
def test_what_somebody_spoke_of(definition: str, body: str, expected: list[str]) -> None:
    assert sorted(set(crossings(definition, body, "Notes from the coast"))) == expected


BRANDIS = 'statement by "Otto Brandis" about levy'


@pytest.mark.parametrize(
    ("definition", "body", "expected"),
    [
        (BRANDIS, "If Otto Brandis says that the levy is dead, shares will rise.", ["expected"]),
        (BRANDIS, "Otto Brandis might say on Friday that the levy is dead.", ["expected"]),
        (BRANDIS, "Has Otto Brandis said that the levy is dead?", ["expected"]),
        (BRANDIS, "Otto Brandis said that if the levy goes, so will he.", ["crossed"]),
        (BRANDIS, "Otto Brandis said that the levy might go.", ["crossed"]),
        (BRANDIS, "“Is the levy dead?” Otto Brandis asked.", ["crossed"]),
        (BRANDIS, "Otto Brandis threatened to raise the levy.", ["crossed"]),
        (f"{BRANDIS} asserted", "Otto Brandis is not sure whether the levy is legal.", ["expected"]),
        (f"{BRANDIS} denied", "Otto Brandis said it was not true that the levy was dead.", ["crossed"]),
        (f"{BRANDIS} asserted", "Otto Brandis said it was not true that the levy was dead.", ["against"]),
    ],
)
def test_whether_somebody_says_so_may_be_open(definition: str, body: str, expected: list[str]) -> None:
    assert sorted(set(crossings(definition, body, "Notes from the coast"))) == expected
