"""Tells lines of clutter from lines of the article; what is taken out is kept and named by kind.

1. Patterns of `lexicon/clutter.toml`: promos, sign-ups, adverts, credits, legal and interface lines.
2. What the page's markup says of a line (`Hints`): a block that is nothing but links and reads like another page's
   headline is a teaser, a link to a topic is interface, a line in a small box named "newsletter" or "related" is what
   the box says.
3. Adverts with a date of their own: a short line of capitalised words that ends in a full date, after the article's end.
4. What only the neighbours tell: what stands above the headline, a date or the authors' names right under it, the label
   over a list of teasers, a teaser with a label in bold between two paragraphs, who the authors are
   (after the article), and a second copy of the whole article.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Clutter, ClutterKind
from onrecord.parse.metadata import same
from onrecord.parse.signed import signature

MAX_PATTERN_LINE = 600
END = re.compile(r"[.!?…:;,”\"’')\]]$")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
OWN_DATE = re.compile(rf"(?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)$", re.I)
SHOUT = re.compile(
    r"\b(?:best|top|bonus|offers?|deals?|online|review|odds|betting|casino|bookmakers?|sale|discount|win)\b", re.I
)
QUOTED = re.compile(r"[“”\"]|\b(?:said|says|told)\b")
NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,3}"
WRITER = (
    r"(?:journalist|reporter|writer|editor|correspondent|columnist|blogger|contributor|producer|reviewer|critic|author)"
)
WRITES = re.compile(
    rf"(?P<name>{NAME})(?:, [^,]{{2,60}},)? (?:is|was|covers|writes|reports|edits)\b(?: [^.]{{0,80}}\b{WRITER}\b| (?:about|on|for)\b|)"
)
ROLE = re.compile(rf"\b(?:{WRITER}|professor|lecturer|researcher|fellow|freelance)s?\b", re.I)
NO_SUBJECT = re.compile(r"[Ii]s (?:an?|the)\b")
MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|mär|avr|juin|juil|aoû|déc|ene|abr|ago|dic|fev|mag|giu|lug|set|ott|out|dez)"
    r"[^\W\d]{0,7}\.?"
)
ONLY_DATE = re.compile(
    rf"(?:[^\W\d]{{2,9}}(?:-feira)?\.?,? )?(?:{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)?(?: de)? {MONTHS})"
    r"(?:,| de)? \d{4}(?:,? (?:[^\W\d]{1,3} )?\d{1,2}[:.h]\d{2}.{0,12}| [-–|,] .{0,20})?"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d\d.{0,12})?",
    re.I,
)
TAIL = 5
MAX_BETWEEN = 30
MAX_BOXED = 0.2


class Hints(Struct, frozen=True):
    """What a page's markup says of its lines, by their text; empty for plain text."""

    links: Collection[str] = ()
    topics: Collection[str] = ()
    boxes: Mapping[str, ClutterKind] = {}
    bold_labels: Collection[str] = ()


NOTHING = Hints()


@cache
def patterns() -> dict[ClutterKind, re.Pattern[str]]:
    """One compiled expression for each kind."""
    table: dict[ClutterKind, dict[str, list[str]]] = tomllib.loads(  # type: ignore[assignment]
        (files("onrecord.lexicon") / "clutter.toml").read_text(encoding="utf-8")
    )
    return {kind: re.compile("|".join(f"(?:{p})" for p in body["patterns"]), re.I) for kind, body in table.items()}


def by_pattern(line: str) -> ClutterKind | None:
    """The kind of clutter that a line's own words give away, or None."""
    if len(line) > MAX_PATTERN_LINE:
        return None
    return next((kind for kind, pattern in patterns().items() if pattern.match(line)), None)


def like_headline(line: str) -> bool:
    """Whether a line reads like a headline: short, and no end of a sentence."""
    return len(line) <= 160 and len(line.split()) >= 5 and not END.search(line)


def dated_advert(line: str) -> bool:
    """Whether a line is an advert with a date of its own ("Best Savings Offers March 3 2031")."""
    return len(line) <= 90 and bool(OWN_DATE.search(line)) and bool(SHOUT.search(line))


def kind_of(line: str, hints: Hints = NOTHING) -> ClutterKind | None:
    """The kind of clutter that a line is by itself, or None for a line of the article."""
    bare = line.strip(" -•*|>»›→")
    if bare[:1] + bare[-1:] in ("()", "[]"):
        bare = bare[1:-1].strip() if by_pattern(bare[1:-1].strip()) else bare
    if kind := by_pattern(bare):
        return kind
    if line in hints.links and like_headline(line.rstrip("?!")):
        return "teaser"
    if line in hints.topics:
        return "interface"
    if kind := hints.boxes.get(line):
        return kind
    return "advert" if dated_advert(bare) else None


def top(lines: Sequence[str], title: str | None, byline: Collection[str]) -> dict[int, ClutterKind]:
    """What stands above the headline that the body repeats, and dates and the authors' names among the first lines.

    Without a headline of the page's own, as in plain text, a date stays: there it may be all that dates the article.
    """
    found: dict[int, ClutterKind] = {}
    headline = next((i for i, line in enumerate(lines[:4]) if title and same(line, title)), 0)
    if sum(map(len, lines[:headline])) <= MAX_BOXED * sum(map(len, lines)):
        found |= dict.fromkeys(range(headline), "interface")
    names = [*byline, " and ".join(byline), " ".join(byline)]
    for i, line in enumerate(lines[: headline + 4]):
        if any(same(re.sub(r"^by\b", "", line, flags=re.I), name) for name in names) or (title and signature(line)):
            found[i] = "credit"
        elif title and ONLY_DATE.fullmatch(line):
            found[i] = "interface"
    return found


def labels(lines: Sequence[str], kinds: Sequence[ClutterKind | None], hints: Hints) -> dict[int, ClutterKind]:
    """Short lines right over a list of teasers, and teasers with a bold label of their own."""
    found: dict[int, ClutterKind] = {}
    bold = Counter(line.partition(":")[0] for line in lines if line in hints.bold_labels)
    for i, line in enumerate(lines[:-2]):
        if kinds[i] is not None:
            continue
        label, _, rest = line.partition(": ")
        if kinds[i + 1] == kinds[i + 2] == "teaser" and len(line) <= 60 and not END.search(line):
            found[i] = "promo"
        elif i and line in hints.bold_labels and bold[label] == 1 and like_headline(rest) and len(rest.split()) > 6:
            after_prose = END.search(lines[i - 1]) and len(lines[i - 1].split()) >= 10
            if after_prose and not any(near in hints.bold_labels for near in (lines[i - 1], lines[i + 1])):
                found[i] = "teaser"
    return found


def about_authors(lines: Sequence[str], byline: Collection[str]) -> dict[int, ClutterKind]:
    """The lines after an article that say who wrote it. `lines` are those not yet known to be clutter.

    By name where the page has a byline; else by "… is a reporter at …" of somebody whom the article does not mention.
    """
    found: dict[int, ClutterKind] = {}
    for i in range(max(1, len(lines) - TAIL), len(lines)):
        line = lines[i]
        if QUOTED.search(line):
            continue
        by_name = any(
            line.startswith(name) or (ROLE.search(line) and re.search(rf"\b{re.escape(name.split()[0])}\b", line))
            for name in byline
            if len(name.split()) > 1
        )
        writer = WRITES.match(line)
        stranger = bool(
            writer
            and re.search(rf"\b{WRITER}\b", writer.group())
            and not any(writer["name"].split()[-1] in other for other in lines[:i])
        )
        if by_name or stranger or (i - 1 in found and NO_SUBJECT.match(line)):
            found[i] = "credit"
    return found


def second_copy(lines: Sequence[str]) -> int:
    """Where a second copy of the whole article begins, or len(lines).

    At least three long lines recur there, and none that is new follows; short lines just before, which are not part of
    the first copy, go with it.
    """
    first: dict[str, int] = {}
    again = [i for i, line in enumerate(lines) if len(line.split()) >= 8 and first.setdefault(line, i) < i]
    if len(again) < 3:
        return len(lines)
    start = again[0]
    rest = set(lines[max(i for i in again if lines[i] == lines[start]) :])
    if any(first.get(line) == i for i, line in enumerate(lines[start:], start) if re.search(r"[.!?]$", line)):
        return len(lines)
    whole = "\n".join(lines[:start])
    while start > max(1, again[0] - MAX_BETWEEN) and lines[start - 1] not in rest:
        line = lines[start - 1]
        cut_short = line.endswith(("...", "…")) and whole.count(line.rstrip(".…")) > 1
        if END.search(line) and not cut_short:
            break
        start -= 1
    return start


def sift(
    lines: Iterable[str], hints: Hints = NOTHING, byline: Collection[str] = (), title: str | None = None
) -> tuple[list[str], tuple[Clutter, ...]]:
    """The article's lines and the clutter among them, both in order; the headline's repetition is in neither."""
    found = list(lines)
    above = top(found, title, byline)
    repeated = [bool(title and same(line, title)) for line in found]
    early = {line for i, line in enumerate(found) if i in above}
    all_lines = [line for line, again in zip(found, repeated, strict=True) if not again]
    if sum(len(line) for line in all_lines if line in hints.boxes) > MAX_BOXED * sum(map(len, all_lines)):
        hints = replace(hints, boxes={})
    kinds = [kind_of(line, hints) for line in all_lines]
    for i, line in enumerate(all_lines[:8]):
        if line in early and (kinds[i] is None or above[found.index(line)] == "credit"):
            kinds[i] = above[found.index(line)]
    for i, kind in labels(all_lines, kinds, hints).items():
        kinds[i] = kind
    left = [i for i, kind in enumerate(kinds) if kind is None]
    for i in left[second_copy([all_lines[i] for i in left]) :]:
        kinds[i] = "interface"
    left = [i for i in left if kinds[i] is None]
    for at, kind in about_authors([all_lines[i] for i in left], byline).items():
        kinds[left[at]] = kind
    kept = [line for line, kind in zip(all_lines, kinds, strict=True) if kind is None]
    return kept, tuple(Clutter(text=line, kind=kind) for line, kind in zip(all_lines, kinds, strict=True) if kind)
