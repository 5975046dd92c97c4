"""Imports form a ladder; the core knows no clock, network, database or environment."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "onrecord"
RUNGS = {
    "text": 0,
    "errors": 0,
    "model": 1,
    "settings": 1,
    "knowledge": 1,
    "parse": 2,
    "read": 2,
    "resolve": 2,
    "fetch": 3,
    "store": 3,
    "watch": 2,
    "export": 3,
    "inputs": 3,
    "readers": 3,
    "pipeline": 4,
    "workers": 4,
    "follow": 4,
    "resolving": 4,
    "watching": 4,
    "arming": 4,
    "api": 5,
    "cli_common": 6,
    "cli_follow": 6,
    "cli_record": 6,
    "cli_find": 6,
    "cli_know": 6,
    "cli_watch": 6,
    "cli_demo": 6,
    "cli_export": 6,
    "cli_serve": 6,
    "cli_keep": 6,
    "cli_doctor": 6,
    "cli_shell": 6,
    "doctor": 5,
    "manual": 5,
    "demo": 5,
    "serve": 5,
    "upkeep": 4,
    "due": 4,
    "backup": 4,
    "wording": 3,
    "cli": 6,
}
FORBIDDEN = {
    "time",
    "socket",
    "httpx",
    "urllib.request",
    "sqlite3",
    "sqlalchemy",
    "os",
    "subprocess",
    "requests",
    "httpcore",
    "asyncio",
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if node.module == "onrecord")


def rung(module: str) -> int | None:
    return RUNGS.get(module.split(".")[1]) if module.startswith("onrecord.") else None


def test_nothing_imports_from_a_higher_rung() -> None:
    for path in PACKAGE.rglob("*.py"):
        own = rung("onrecord." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
        for name in imports(path):
            other = rung(name)
            assert own is None or other is None or other <= own, f"{path} imports {name}"


def test_the_core_is_pure() -> None:
    for folder in ("parse", "read", "resolve"):
        for path in (PACKAGE / folder).rglob("*.py"):
            assert not FORBIDDEN & set(imports(path)), path
    for name in ("text", "errors", "model"):
        assert not FORBIDDEN & set(imports(PACKAGE / f"{name}.py"))
