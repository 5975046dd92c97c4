"""The changes that an analyst expects of a stream, from its `expected.toml`: what `evaluation.demo` compares those that were found with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple


class Due(NamedTuple):
    """A change that is expected."""

    article: str
    repeated: tuple[str, ...] = ()  # articles that tell it again
    needed: bool = True
    number: str = ""  # that its words must hold
    against: tuple[str, ...] = ()  # the articles that it may be set against; none means any


def expected_changes(wanted: dict[str, Any], kind: str, text: dict[str, str]) -> Iterator[Due]:
    """The changes of a kind that are expected; `text` is what the articles say."""
    if kind == "confirmed":
        told = {a["article"]: (a["article"], *a["repeated"]) for a in wanted["alerts"]}
        for a in wanted["alerts"]:
            if "confirms" in a:
                against = tuple(x for x in told[a["confirms"]] if x not in told[a["article"]])
                yield Due(a["article"], tuple(a["repeated"]), number=number_in(a["sentence"]), against=against)
        for c in wanted.get("confirmed", ()):
            yield Due(c["article"], against=tuple(c["against"]))
    elif kind == "denied":
        yield from (Due(d["article"], tuple(d.get("repeated", ())), needed="of" in d) for d in wanted["denials"])
    elif kind == "figure-moved":
        yield from moves(wanted)
    elif kind == "reversal":
        for r in wanted["reversals"]:
            before, after = (
                (*standing(r[side]["words"], text), *r[side].get("also", ())) for side in ("before", "after")
            )
            yield Due(r["after"]["article"], after, needed=not r.get("either"), against=before)
    elif kind == "quotation-differs":
        yield from (Due(q["variant"]["article"], needed=not q.get("either")) for q in wanted["quotations"])
    elif kind == "silent-edit":
        yield from (Due(e["article"]) for e in wanted["edits"] if e["silent"])
    else:
        name = {"misquote": "misquote", "attribution-dropped": "dropped attribution"}[kind]
        yield from (Due(f["article"]) for f in wanted["findings"] if f["kind"] == name)


def moves(wanted: dict[str, Any]) -> Iterator[Due]:
    """The moves of figures that are expected: from each of a series to the next, and on a page whose number was edited.

    What such a page shows first moves from earlier articles of the series; that the page then differs from itself is another move, which may be told or not.
    """
    edited = [(e["article"], new) for e in wanted["edits"] for _, new in e["changes"] if re.search(r"\d", new)]
    earlier: dict[str, list[str]] = {}
    for f in wanted["figures"]:
        series = earlier.setdefault(f.get("of", ""), [])
        if series:
            against = tuple(series) if f["article"] in dict(edited) else ()
            yield Due(f["article"], number=number_in(f["words"]), needed=not f.get("either"), against=against)
        series.append(f["article"])
    yield from (Due(article, number=number_in(new), needed=False) for article, new in edited)


def number_in(words: str) -> str:
    """The first number of some words, in digits or written out at their beginning."""
    return found[0] if (found := re.search(r"\d[\d,]*", words) or re.search(r"[\w-]+", words)) else ""


def standing(words: str, text: dict[str, str]) -> tuple[str, ...]:
    """The articles in which some words stand."""
    return tuple(article for article, its in text.items() if words in its)
