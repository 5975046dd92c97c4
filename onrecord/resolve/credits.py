"""Credits: which agency an article as a whole comes from, by what it signs with.

1. The dateline: "SELDRIN (NWA) —", "(Reuters) -", "SELDRIN, March 3 /Nordwire/ -". Behind a place whatever the brackets hold is an agency, known or not.
2. The byline.
3. The last lines, and the lines that were taken out of the text: "— Northern Wire Agency", "© AFP", "Source: dpa", "Distributed by …".
4. Where nobody signs: "with files from", "Reporting by … for", "… contributed to this report".

A known agency (`outlets/agencies.toml`) is named as the table spells it, another as the article does: the long form where it gives one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from onrecord.knowledge import Credit
from onrecord.model import Article

OPENING = 3  # paragraphs in which a dateline may stand
CLOSING = 4  # paragraphs in which a credit line may
LONGEST = 200  # characters of a credit line
TAG = r"(?:\((?P<round>[^()\n]{2,60})\)|/(?P<slashes>[^/\n]{2,40})/)"
DATELINE = re.compile(rf"(?P<place>[^\n()/“”\"]{{0,70}}?)[ ,.—–-]*{TAG}[ .]*(?P<dash>[—–:-]*)")
SHOUTED = re.compile(r"[^\W\d_]{2,}")
SIGNED = re.compile(r"(?:.*[.!?”\"’)]\s)?[—–-]{1,2} ?(?P<names>[^\W\d_][^—–\n.]{1,60})\.?")
RIGHTS = re.compile(r"(?:©|\(c\)|copyright)[ ©\d,–-]*(?:by )?(?P<names>[^.|\n]{2,80}).*", re.I)
CAME = re.compile(
    r"\W*(?:sources?|credit)\s*:\s*(?P<names>.{2,80})|"
    r".{0,80}\b(?:distributed|supplied|syndicated|provided|published)(?: first| originally)? (?:by|through|via) (?P<through>[^.]{2,60}).*",
    re.I,
)
HELPED = re.compile(
    r"\W*(?:(?:with )?additional (?:reporting|material) (?:from|by)|with (?:files|inputs?|reports?|reporting|material) (?:from|by)|inputs? from|compiled from|reporting by .{2,80}? for)"
    r" (?P<names>[^.;)\n]{2,100}).*|(?P<who>[^.]{2,80}?) (?:also )?contributed to this (?:report|story|article).*",
    re.I,
)
PICTURE = re.compile(r"\b(?:photos?|photograph\w*|pictures?|images?|getty|video|footage|file)\b", re.I)
PART = re.compile(r"\s*(?:[,;/|&·•()]|\s[—–-]\s|\b(?:and|with|via|for|all rights)\b)\s*", re.I)
STAFF = re.compile(
    r"(?:[’']s .*|(?:\s\w+){0,2}\s(?:staff|writers?|reporters?|correspondents?|journalists?|editors?|desk|bureau))$",
    re.I,
)


def credits(article: Article) -> tuple[Credit, ...]:
    """The agencies that an article says it comes from, the surest sign first; none where it is its outlet's own."""
    found = [*in_dateline(article.text), *in_byline(article), *in_lines(article, (SIGNED, RIGHTS, CAME))]
    if not found and not article.byline:
        found = list(in_lines(article, (HELPED,)))
    long = {initials(c.name): c.name for c in found if " " in c.name}
    own = known_by((article.outlet and article.outlet.name) or "")
    best: dict[str, Credit] = {}
    for credit in found:
        named = replace(credit, name=long.get(credit.name, credit.name))
        if known_by(named.name) != own:
            best.setdefault(folded(named.name), named)
    return tuple(best.values())


def in_dateline(text: str) -> Iterator[Credit]:
    """The agencies in brackets before a first sentence."""
    start = text.find("\n\n") + 2 if "\n\n" in text else 0
    for paragraph in list(re.finditer(r"[^\n]+", text[start:]))[:OPENING]:
        m = DATELINE.match(paragraph[0])
        tag = m and (m["round"] or m["slashes"])
        if not m or not tag:
            continue
        place, dash = m["place"].strip(), bool(m["dash"] or m["slashes"])
        names = [name for part in PART.split(tag) if (name := agency(part))]
        if not names and dash and shouted(place) and acronym_or_name(tag):
            names = [tag]
        if names and (dash or shouted(place)):
            at = start + paragraph.start()
            span = at + m.start("round" if m["round"] else "slashes"), at + m.end("round" if m["round"] else "slashes")
            yield from (Credit(name=name, spans=(span,), words=tag) for name in names)
            return


def shouted(place: str) -> bool:
    """Whether a dateline begins with a place in capitals."""
    m = SHOUTED.match(place)
    return bool(m and m[0].isupper())


def acronym_or_name(tag: str) -> bool:
    """Whether what stands in a dateline's brackets can be a name."""
    words = tag.split()
    return (
        len(words) <= 5
        and tag[0].isupper()
        and not any(c.isdigit() for c in tag)
        and not any(w.casefold().strip(".,:") in forms()["never"] for w in words)
    )


def in_byline(article: Article) -> Iterator[Credit]:
    """The agencies among those who sign."""
    for line in article.byline:
        last = [" ".join(line.split()[-n:]) for n in (3, 2)]
        for part in (*PART.split(line), *last):
            if name := agency(part):
                yield Credit(name=name, words=line)


def in_lines(article: Article, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Credit]:
    """The agencies in the last paragraphs and in the lines that were taken out, by the first pattern that names one."""
    for pattern in patterns:
        for line, at in lines(article):
            m = pattern.fullmatch(line)
            if not m or PICTURE.search(line):
                continue
            words = next(group for group in m.groups() if group)
            for part in PART.split(words):
                if name := agency(part):
                    start = at + line.rindex(words) if at is not None else 0
                    spans = ((start, start + len(words)),) if at is not None else ()
                    yield Credit(name=name, spans=spans, words=words if at is not None else line)


def lines(article: Article) -> Iterator[tuple[str, int | None]]:
    """The last paragraphs, each with its place or the last of its sentences', and the credit lines that were taken out."""
    last = list(re.finditer(r"[^\n]+", article.text))[1:][-CLOSING:]
    for paragraph in last[::-1]:
        tail = paragraph[0][-LONGEST:]
        yield tail.rstrip(), paragraph.end() - len(tail)
    for clutter in article.clutter:
        if clutter.kind in ("credit", "legal") and len(clutter.text) <= 2 * LONGEST:
            yield clutter.text.strip(), None


def agency(words: str) -> str | None:
    """The name of an agency, where these words are one: as the table has it, or as they have it where its form says so."""
    words = re.sub(r"^(?:by|from|the|source:)\s+", "", words.strip(" .:–—-[]"), flags=re.I)
    words = re.sub(r"^the\s+", "", words, flags=re.I)
    for candidate in (words, STAFF.sub("", words)):
        if known := names().get(folded(candidate)):
            return known
    ends = "|".join(forms()["ends"])
    shaped = re.fullmatch(rf"(?:(?-i:[A-ZÀ-Þ])[\w'’&.-]*\s){{1,4}}(?:{ends})|(?-i:[A-ZÀ-Þ])[\w-]*wire", words, re.I)
    return words if shaped else None


def initials(name: str) -> str:
    """NWA of Northern Wire Agency."""
    return "".join(word[0] for word in re.findall(r"[^\W_]+", name) if word[0].isupper())


def known_by(name: str) -> str:
    """What a name is known by wherever it stands, long or short: "nwa" for Northern Wire Agency as for NWA, "tide" for Tide Wire, which has a word too few for letters."""
    known = agency(name)
    if not known or known in table()["agencies"] or " " not in known:
        return folded(known or name)
    first, *others = folded(known).split()
    return first if len(others) == 1 and others[0] in forms()["ends"] else folded(initials(known))


def folded(name: str) -> str:
    """A name as it is compared: without case, full stops and "the", and with one apostrophe."""
    return re.sub(r"^the\s+", "", " ".join(name.replace(".", "").replace("’", "'").casefold().split()))


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """The table of agencies."""
    return tomllib.loads((files("onrecord.outlets") / "agencies.toml").read_text(encoding="utf-8"))


def forms() -> dict[str, list[str]]:
    """How agencies that are in no table are told."""
    return table()["forms"]


@cache
def names() -> dict[str, str]:
    """The name of an agency by each of its spellings, folded."""
    return {folded(s): name for name, spellings in table()["agencies"].items() for s in (name, *spellings)}
