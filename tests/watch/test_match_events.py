"""Events that an indicator waits for, read by the real reader."""

import pytest

from tests.watch.support import FESTIVAL, crossings

SHELLING = "event ASSAULT by Lesmere against Quarrin"


@pytest.mark.parametrize(
    ("definition", "body", "expected"),
    [
        (SHELLING, "Lesmere shelled Quarrin on Friday.", ["crossed"]),
        (SHELLING, "Quarrin shelled Lesmere on Friday.", []),
        (SHELLING, "Lesmere plans to shell Quarrin.", ["crossed as planned"]),
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
