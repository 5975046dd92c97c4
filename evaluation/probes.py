"""Scores the matching of indicators on 280 small articles: `python -m evaluation.probes [--wrong]`.

Each probe of `tests/watch/probes.toml` and `probes_figures.toml` is an article, a definition, and what a careful analyst would say of one of its sentences; they were written from
`docs/reference/indicators.md`, without a look at the rules. The dev part may be looked at (`--wrong` names what is wrong there), of the held part only figures are printed.

- fires P, R: of the sentences that cross a threshold (also as planned, or reaching past it). Any other sentence of the article that fires counts as wrong, unless it may be what is denied.
- crossing: the share of sentences with just the crossing that was wanted; what comes near nothing, or is tied to nothing, is "nothing".
"""

from __future__ import annotations

import argparse
import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.knowledge import Origin, Resolved
from onrecord.model import Article, Dated, Outlet
from onrecord.read import read
from onrecord.text import Span, digest, overlap
from onrecord.watch.definition import from_words
from onrecord.watch.indication import FIRES
from onrecord.watch.match import match

PROBES = (Path("tests/watch/probes.toml"), Path("tests/watch/probes_figures.toml"))
NOTHING = ("untied", "counts")  # crossings that come near nothing
OUTLET = "The Probe"
DATED = re.compile(r"^[^\n]{0,60}?, (?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})\b")  # a dateline
YEAR = 2041  # in which all of it appeared


class Answer(NamedTuple):
    """What a probe's sentence was told to be, and what else in its article fired."""

    probe: dict[str, Any]
    crossing: str
    others: tuple[str, ...]


def light(probe: dict[str, Any]) -> Resolved:
    """A probe's article as it is read, by itself in the record."""
    text = f"{probe['title']}\n\n{probe['body'].strip()}"
    made = Article(
        id=digest(text), capture="sha256:" + digest(text), language="en", text=text, title=probe["title"],
        outlet=Outlet(name=OUTLET, domain="probe.example"), published=Dated(value=day(probe["body"].strip()), evidence="given"),
    )  # fmt: skip
    own = Origin(id=digest("outlet", OUTLET), kind="outlet", name=OUTLET)
    return Resolved(reading=read(made), first_seen=f"{day(probe['body'].strip())}T12:00:00Z", origins={"": own})


def day(body: str) -> str:
    """The day of an article's dateline, else the twelfth of June."""
    told = DATED.match(body)
    months = [m[:3] for m in calendar.month_name]
    known = told and told["month"][:3] in months
    return f"{YEAR}-{months.index(told['month'][:3]):02}-{int(told['day']):02}" if told and known else f"{YEAR}-06-12"


def answers(probes: Iterable[dict[str, Any]]) -> Iterator[Answer]:
    """What the rules say of each probe."""
    for probe in probes:
        article = light(probe)
        text = article.reading.article.text
        start = text.index(probe["sentence"])
        its: Span = (start, start + len(probe["sentence"]))
        found = [i for i in match(from_words(probe["indicator"]), article) if i.crossing not in NOTHING]
        here = [i.crossing for i in found if overlap(i.sentence, its)]
        told = next((c for c in here if c in FIRES), here[0] if here else "nothing")
        others = tuple(text[slice(*i.sentence)] for i in found if i.crossing in FIRES and not overlap(i.sentence, its))
        yield Answer(probe, told, others)


def scores(some: Iterable[Answer]) -> dict[str, str]:
    """Precision and recall of what fires, and the share of crossings that are right."""
    listed = list(some)
    right = sum(a.crossing in FIRES and a.probe["crossing"] in FIRES for a in listed)
    fired = sum((a.crossing in FIRES) + len(a.others) for a in listed)
    wanted = sum(a.probe["crossing"] in FIRES for a in listed)
    same = sum(a.crossing == a.probe["crossing"] for a in listed)
    return {
        "fires P": f"{right / max(1, fired):.3f} ({right} of {fired})",
        "fires R": f"{right / max(1, wanted):.3f} ({right} of {wanted})",
        "crossing": f"{same / max(1, len(listed)):.3f} ({same} of {len(listed)})",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="name what is wrong in the dev part")
    args = parser.parse_args()
    asked = [p for path in PROBES for p in tomllib.loads(path.read_text(encoding="utf-8"))["probe"]]
    found = list(answers(asked))
    for part in ("dev", "held"):
        for kind in ("figure", "event", "statement", ""):
            its = [a for a in found if a.probe["part"] == part and a.probe["id"].startswith(kind)]
            for name, value in scores(its).items():
                print(f"{part:5} {kind or 'all':10} {name:9} {value}")
    for a in found if args.wrong else ():
        if a.probe["part"] == "dev" and (a.crossing != a.probe["crossing"] or a.others):
            print(f"{a.probe['id']}: {a.probe['crossing']}, told {a.crossing}: {a.probe['indicator']} | {a.probe['sentence']} ({a.probe['why']})")  # fmt: skip
            print("".join(f"    fires too: {o}\n" for o in a.others), end="")


if __name__ == "__main__":
    main()
