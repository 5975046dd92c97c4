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
SHELL = re.compile(r"```sh\n(.*?)```", re.S)
COMMAND = re.compile(r"onrecord((?: --(?:home|db) \S+)*) ([a-z][\w-]*)([^\n|#]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")


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
        for block in SHELL.findall(text):
            yield from (f"{page.relative_to(ROOT)}: {problem}" for problem in unknown(block))
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


def unknown(block: str) -> Iterator[str]:
    """The commands and options of a block of shell that do not exist."""
    for _, command, rest in COMMAND.findall(block):
        known = cli.commands.get(command)
        if known is None:
            yield f"there is no command {command}"
            continue
        names = {o for p in known.params for o in p.opts}
        yield from (f"{command} has no {o}" for o in OPTION.findall(rest) if o not in names)


def main() -> None:
    found = list(problems())
    print(*found, f"{len(PAGES)} pages checked, {len(found)} problems", sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
