"""Only delivery touches the world: matching and deciding know no clock, network, database or environment."""

from tests.test_ladder import FORBIDDEN, PACKAGE, imports

EDGE = {"deliver.py"}


def test_all_but_delivery_is_pure() -> None:
    files = sorted((PACKAGE / "watch").glob("*.py"))
    assert {p.name for p in files} > EDGE
    for path in files:
        found = set(imports(path))
        assert path.name in EDGE or not FORBIDDEN & found, path
        assert path.name in EDGE or not any(name.startswith(("onrecord.store", "onrecord.fetch")) for name in found), (
            path
        )
