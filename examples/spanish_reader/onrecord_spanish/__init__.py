"""A small reader for onrecord: direct quotations in Spanish news, «…», “…” and "…", with who spoke, to the left or the right.

    «No vamos a arriesgar ninguna vida», dijo el capitán del puerto, Tomas Brandvik.
    La alcaldesa, Inés de la Torre, afirmó el lunes: “Abriremos el viernes”.

1. the quotations of each paragraph; 2. the verb of saying that stands behind the quotation or before it; 3. who spoke, behind that verb, else
before it; 4. one entity for each name or description, with the places where it stands again. What has no verb beside it is left alone: a
title in quotation marks, a word that somebody doubts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.model import Article, Attribution, Entity, ReaderInfo, Reading, SpeakerKind

Span = tuple[int, int]

QUOTATION = re.compile(r"«([^«»\n]+)»|“([^“”\n]+)”|\"([^\"\n]+)\"")
NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
REACH = 240  # characters before or behind a quotation that are looked at, so that no page takes long
SURE, LESS_SURE = 0.9, 0.7  # guesses, not measured: with somebody who spoke, and without


class Who(NamedTuple):
    """Who spoke: the words, the name in them, and the description beside it."""

    source: Span
    name: Span | None
    role: Span | None


@cache
def words() -> dict[str, list[str]]:
    """The word lists."""
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


def either(list_name: str) -> str:
    """A pattern for any word of a list, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words()[list_name], key=len, reverse=True))) + ")"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """What is looked for around a quotation."""
    then = rf"(?i:{either('when')})"
    name = rf"(?!{then}\b){NAME}(?:\s(?:{either('particles')}\s){{0,3}}{NAME}){{0,4}}"
    described = rf"(?!{then}\b)(?i:{either('articles')})\s\w+(?:\s(?:{either('particles')}\s){{0,3}}\w+){{0,6}}?"
    who = rf"(?P<source>(?P<role>{described}),\s(?P<named>{name})|(?P<role2>{described}\s)?(?P<named2>{name})|(?P<role3>{described}|(?i:{either('unnamed')})(?:\s\w+){{0,4}}?))"  # fmt: skip
    verb = rf"(?P<verb>\b{either('verbs')}\b)"
    when = rf"(?:,?\s{either('when')}\b)*"
    return {
        "behind": re.compile(
            rf"[,.]?\s*[,—–-]?\s*{verb}{when}(?:\s{who}(?={when}\s*(?:[.,;:—–]|$|\s(?:en|a|ante|al|tras|durante|que|y)\b)))?"
        ),  # fmt: skip
        "before": re.compile(
            rf"(?:^|(?<=[.;]\s)|(?<=[»”\"]\s))(?:{then},?\s)?{who}(?:,[^,.]+)?,?\s{verb}{when}[^.;«“\"]{{0,60}}[:,]?\s*(?:que\s)?\Z",
            re.M,
        ),  # fmt: skip
    }


def paragraphs(text: str) -> Iterator[Span]:
    """Where each paragraph lies."""
    for found in re.finditer(r"[^\n]+", text):
        yield found.span()


def who_of(m: re.Match[str]) -> Who | None:
    """Who spoke, by a match."""
    if m["source"] is None:
        return None
    name = next((m.span(group) for group in ("named", "named2") if m[group]), None)
    role = next((m.span(group) for group in ("role", "role2", "role3") if m[group]), None)
    return Who(m.span("source"), name, trimmed(m.string, role) if role else None)


def trimmed(text: str, span: Span) -> Span:
    """A span without the spaces at its end."""
    return span[0], span[0] + len(text[slice(*span)].rstrip())


def saying(text: str, paragraph: Span, quotation: Span) -> re.Match[str] | None:
    """The verb of saying behind a quotation, else before it."""
    start, end = quotation
    behind = patterns()["behind"].match(text, end, min(paragraph[1], end + REACH))
    return behind or patterns()["before"].search(text, max(paragraph[0], start - REACH), start)


class Cast:
    """Who appears in an article, each once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, Entity] = {}

    def add(self, who: Who) -> str | None:
        """The label of whoever spoke; None for one who is not named and not told from others."""
        text = self.text
        if who.name is None:
            return None
        name = text[slice(*who.name)]
        known = next((e for e in self.found.values() if e.name == name or e.name.split()[-1] == name), None)
        if known is None:
            again = tuple(m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", text))
            last = name.split()[-1]
            if last != name:
                inside = {at for s, e in again for at in range(s, e)}
                again += tuple(m.span() for m in re.finditer(rf"\b{re.escape(last)}\b", text) if m.start() not in inside)  # fmt: skip
            role = re.sub(rf"^(?i:{either('articles')})\s", "", text[slice(*who.role)]) if who.role else None
            known = Entity(id=f"e{len(self.found) + 1}", name=name, type="person", role=role, mentions=tuple(sorted(again)))  # fmt: skip
            self.found[known.id] = known
        return known.id


def kind_of(text: str, who: Who) -> SpeakerKind:
    """How whoever spoke is told of."""
    if who.name:
        return "named"
    told = text[slice(*who.source)].lower().split()
    return "anonymous" if set(told) & set(words()["unnamed"]) else "described"


def inside(text: str, quotation: re.Match[str]) -> Span:
    """What a quotation holds, without the marks, the spaces within them and a comma before the verb of saying."""
    start, end = next(quotation.span(n) for n in (1, 2, 3) if quotation[n])
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip(", "))


def read(article: Article) -> Reading:
    """Reads a Spanish article: its direct quotations."""
    text, cast = article.text, Cast(article.text)
    said: list[Attribution] = []
    nobody: tuple[str | None, SpeakerKind | None] = None, None
    before = nobody
    for paragraph in paragraphs(text):
        for quotation in QUOTATION.finditer(text, *paragraph):
            content, verb = inside(text, quotation), saying(text, paragraph, quotation.span())
            if verb is None or content[0] >= content[1]:
                continue
            who = who_of(verb)
            if who:
                before = cast.add(who), kind_of(text, who)
            goes_on = (
                who or verb["verb"] in words()["goes_on"]
            )  # nobody beside the verb: who spoke before, if it says so
            speaker, kind = before if goes_on else nobody
            said.append(
                Attribution(
                    id=f"a{len(said) + 1}",
                    kind="direct",
                    source=(who.source,) if who else (),
                    cue=(verb.span("verb"),),
                    content=(content,),
                    speaker=speaker,
                    speaker_kind=kind,
                    confidence=SURE if who else LESS_SURE,
                )
            )
    reader = ReaderInfo(name="es", version="0")  # onrecord puts the right one in its place
    return Reading(input="-", reader=reader, article=article, attributions=tuple(said), entities=tuple(cast.found.values()))  # fmt: skip
