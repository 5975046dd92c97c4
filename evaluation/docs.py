"""Checks the documentation: links lead somewhere, Python examples run, commands shown exist, the contract names every field."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord import model
from onrecord.cli import main as cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PYTHON = re.compile(r"```python\n(.*?)```", re.S)
COMMAND = re.compile(r"onrecord (\w+)((?: --[\w-]+)*)")


def problems() -> Iterator[str]:
    """Everything that is wrong, a line each."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in LINK.findall(text):
            if not (page.parent / target).exists():
                yield f"{page.relative_to(ROOT)}: the link {target} leads nowhere"
        for code in PYTHON.findall(text):
            try:
                exec(compile(re.sub(r"^ {3}", "", code, flags=re.M), str(page), "exec"), {"print": lambda *_: None})
            except Exception as error:
                yield f"{page.relative_to(ROOT)}: an example fails: {error!r}"
        for command, options in COMMAND.findall(text):
            known = cli.commands.get(command)
            if known is None and command in ("read", "schema"):
                yield f"{page.relative_to(ROOT)}: there is no command {command}"
            names = {o for p in known.params for o in p.opts} if known else set()
            yield from (
                f"{page.relative_to(ROOT)}: {command} has no {o}" for o in options.split() if known and o not in names
            )
    contract = (ROOT / "docs/reference/reading.md").read_text(encoding="utf-8")
    for noun in (
        model.Attribution,
        model.Entity,
        model.Figure,
        model.Date,
        model.Condition,
        model.Finding,
        model.Article,
    ):
        for field in msgspec.structs.fields(noun):
            if field.encode_name not in contract:
                yield f"docs/reference/reading.md does not name {noun.__name__}.{field.encode_name}"


def main() -> None:
    found = list(problems())
    print(*found, f"{len(PAGES)} pages checked, {len(found)} problems", sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
