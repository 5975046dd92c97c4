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
