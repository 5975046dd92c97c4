"""Reads articles whose attributions are marked inline: `{s1|She} {q1|said} {c1|it was over.}`

The number ties source (s), cue (q) and content (c) of one attribution together within its article; braces nest; `{s1,3|Velling}` is the
source of two; `{q4~|…}` makes attribution 4 optional (borderline). An article opens with a line `======== name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TOKEN = re.compile(r"\{([sqc])(\d+(?:,\d+)*)(~?)\||\}")
ROLES = {"s": "source", "q": "cue", "c": "content"}


class Marked(NamedTuple):
    name: str
    text: str
    attributions: list[dict[str, Any]]


def unmark(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its attributions in the order of their cues. Raises ValueError for braces that do not balance."""
    out: list[str] = []
    size = last = 0
    stack: list[tuple[str, list[int], int]] = []
    records: dict[int, dict[str, Any]] = {}

    def take(piece: str) -> None:
        nonlocal size
        out.append(piece)
        size += len(piece)

    for m in TOKEN.finditer(marked):
        take(marked[last : m.start()])
        last = m.end()
        if m.group(1):
            numbers = [int(n) for n in m.group(2).split(",")]
            stack.append((ROLES[m.group(1)], numbers, size))
            for n in numbers:
                record = records.setdefault(n, {"source": [], "cue": [], "content": []})
                if m.group(3):
                    record["borderline"] = True
            continue
        if not stack:
            raise ValueError(f"a brace closes that none opened: {marked[max(0, last - 60) : last]!r}")
        role, numbers, start = stack.pop()
        for n in numbers:
            records[n][role].append([start, size])
    if stack:
        raise ValueError(f"{len(stack)} braces are left open")
    take(marked[last:])
    text = "".join(out)
    if "{" in text or "|}" in text:
        raise ValueError("a brace that marks nothing")
    whole = [r for r in records.values() if r["cue"] and r["content"]]
    return text, sorted(whole, key=lambda r: r["cue"])


def articles(path: Path) -> Iterator[Marked]:
    """The articles of a file. Raises ValueError with the article's name."""
    for part in re.split(r"^======== *", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        name, _, body = part.partition("\n")
        try:
            yield Marked(name.strip(), *unmark(body.strip()))
        except ValueError as error:
            raise ValueError(f"{path.name}, {name.strip()}: {error}") from None
