"""What the record makes of a stream, beside what a careful analyst finds in it: `python -m evaluation.demo [--stream FOLDER] [--home DIR] [--six-hours]`.

Replays the stream, without --stream the demonstration, into an empty record (or looks into one that holds it) and compares it with the stream's `expected.toml`:
precision and recall of the pairs of articles that stand in one story, of copies, of alerts, and of changes by kind. What was expected and not found, or found and not
expected, is named. The sites are looked at whenever something appears, so that the order is always the same; with --six-hours as the demonstration does it,
when what appeared since the last look comes in any order. The second stream is development data: `python -m evaluation.demo --stream tests/streams/second`;
of the third only what was found and should not be has been used.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from evaluation.due import Due, expected_changes
from onrecord import arming
from onrecord.demo import DEMONSTRATION, expected
from onrecord.demo import articles as stream_of
from onrecord.demo.replay import moments
from onrecord.demo.show import demonstrate
from onrecord.errors import InputError
from onrecord.knowledge import Alert, Resolved
from onrecord.store import Store, indicators, knowing, open_store, resolved
from onrecord.watch import definition
from onrecord.watch.indicator import Indicator
from onrecord.watching import known

CHANGES = (
    "confirmed",
    "denied",
    "figure-moved",
    "reversal",
    "quotation-differs",
    "attribution-dropped",
    "misquote",
    "silent-edit",
)


class Brought(NamedTuple):
    """A change that an article brought."""

    kind: str
    article: str
    words: str
    other: str | None  # the article that it is set against


class Found(NamedTuple):
    """What a record holds of a stream, by the names of its articles' files."""

    text: dict[str, str]  # article → its text, as it was first published
    story: dict[str, str]  # article → its story's id
    copies: set[tuple[str, str, str]]  # copy, original, kind
    changes: list[Brought]
    alerts: list[tuple[str, Alert]]  # with the article; the indicator by its key in what is expected, where it has one
    armed: list[tuple[str, Indicator]]  # with the article of the condition that it was armed from
    seen: list[tuple[str, str, str]]  # article, crossing and sentence of all that bears on what was armed
    origins: dict[str, str]  # article → whose word it is where it speaks for itself
    names: dict[str, set[str]]  # the name of somebody → the ids of those who bear it


class Score(NamedTuple):
    """What was expected and found, expected and not found, found and not expected."""

    right: list[str]
    missed: list[str]
    extra: list[str]

    def __str__(self) -> str:
        of_found, of_wanted = len(self.right) + len(self.extra), len(self.right) + len(self.missed)
        return f"P {share(len(self.right), of_found)}  R {share(len(self.right), of_wanted)}"


def share(some: int, of: int) -> str:
    """A share with its counts."""
    return f"{some / of:.3f} ({some} of {of})" if of else "none"


# followed ---------------------------------------------------------------------------------------------------------------


def follow(home: Path, stream: Path, looks: Iterable[datetime] | None = None, count: int | None = None) -> None:
    """Replays a stream into the record at `home`, and arms what an analyst of it would.

    The first condition with a number is armed as it is read; the others of `[[indicators]]` are asked of everything on record afterwards.
    """
    demonstrate(home, stream=stream, looks=looks, count=count)
    by_path = {a.path: a.id for a in stream_of(stream)}
    with open_store(home) as store:
        for made in (i for want in expected(stream).get("indicators", ()) for i in asked(store, want, by_path)):
            with store.reading() as transaction:
                armed = {a.indicator.id for a in indicators.armed(transaction)}
            if made.id not in armed:
                arming.arm(store, made)


def asked(store: Store, want: dict[str, Any], by_path: dict[str, str]) -> Iterator[Indicator]:
    """The indicator that is wanted: by its definition, or from its condition, where that was read and says enough."""
    if "definition" in want:
        yield definition.from_words(want["definition"], want["key"])
        return
    with store.reading() as transaction:
        urls: dict[str, str] = dict(transaction.all("SELECT id, url FROM articles"))
    for condition in knowing.conditions(store, limit=1_000):
        if named(urls[condition.article], by_path) == want["article"] and condition.if_words in want["sentence"]:
            try:
                yield arming.from_condition(store, condition.id, want["key"])
            except InputError:
                continue


def named(url: str, by_path: dict[str, str]) -> str:
    """The article of an address, by the name of its file."""
    return next((id for path, id in by_path.items() if path in url), url)


def key_of(indicator: Indicator, article: str | None, wanted: dict[str, Any]) -> str:
    """An indicator by its key in what is expected, else by its id; `article` is that of the condition that it was armed from."""
    for want in wanted.get("indicators", ()):
        if article == want["article"] if indicator.armed and "article" in want else indicator.name == want["key"]:
            return str(want["key"])
    return indicator.id


# found ------------------------------------------------------------------------------------------------------------------


def look_into(store: Store, stream: Path) -> Found:
    """What a record holds of a stream."""
    by_path = {a.path: a.id for a in stream_of(stream)}
    with store.reading() as transaction:
        rows = transaction.all("SELECT a.id, a.url, s.id, b.id, d.copy_kind FROM articles a JOIN resolved d ON d.article = a.row "
                               "JOIN stories s ON s.row = d.story LEFT JOIN articles b ON b.row = d.copy_of ORDER BY d.moment, a.row")  # fmt: skip
        alerts = indicators.alerts(transaction)
        armed = indicators.armed(transaction)
        seen = [row for a in armed for row in indicators.seen(transaction, a.row)]
        current = [known(transaction, resolved.load(transaction, *row)) for row in transaction.all("SELECT reading, article FROM resolved")]  # fmt: skip
    key = {id: named(url, by_path) for id, url, *_ in rows}
    wanted = expected(stream)
    keys = {a.indicator.id: key_of(a.indicator, key.get(a.indicator.armed.article) if a.indicator.armed else None, wanted) for a in armed}  # fmt: skip
    return Found(
        text={a.id: a.text for a in stream_of(stream)},
        story={key[id]: story for id, _, story, *_ in rows},
        copies={(key[id], key[of], kind) for id, _, _, of, kind in rows if of and key[id] != key[of]},
        changes=[
            Brought(c.kind, key[c.article], c.words, key.get(c.other or ""))
            for c in knowing.changes(store, None, limit=100_000)
        ],
        alerts=[(key[a.article], replace(a, indicator=keys[a.indicator])) for a in alerts],
        armed=[(key[i.armed.article], i) for i in (a.indicator for a in armed) if i.armed],
        seen=[(key[s.article], s.crossing, sentence) for s, sentence, _ in seen],
        origins={key[r.reading.article.id]: r.origins[""].name for r in current if "" in r.origins},
        names=names(current),
    )


def names(current: Iterable[Resolved]) -> dict[str, set[str]]:
    """The names of all that is on record, with the ids of those who bear them."""
    out: dict[str, set[str]] = {}
    for one in current:
        for entity in one.reading.entities:
            if entity.id in one.actors:
                out.setdefault(entity.name, set()).add(one.actors[entity.id])
    return out


# scores -----------------------------------------------------------------------------------------------------------------


def compared(wanted: Iterable[Iterable[str]], found: Iterable[Iterable[str]]) -> Score:
    """Two sets of tuples of words."""
    left, right = {tuple(w) for w in wanted}, {tuple(f) for f in found}
    return Score(*([" / ".join(x) for x in sorted(part)] for part in (left & right, left - right, right - left)))


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every two of a group."""
    return {p for g in groups for p in combinations(sorted(g), 2)}


def stories(found: Found, wanted: dict[str, Any]) -> dict[str, Score]:
    """Pairs of articles in one story, against those of one happening, and whether all of them are of one thread.

    Articles that may stand here or by themselves do not count for happenings.
    """
    threads: dict[str, set[str]] = {}
    for s in wanted["stories"]:
        threads.setdefault(s["thread"], set()).update(s["articles"])
    free = {a for s in wanted["stories"] if s.get("either") for a in s["articles"]}
    together = pairs({a for a, s in found.story.items() if s == story} for story in set(found.story.values()))
    settled = {p for p in together if free.isdisjoint(p)}
    happenings = pairs(s["articles"] for s in wanted["stories"] if not s.get("either"))
    return {
        "stories, pairs of a happening": compared(happenings, settled),
        "stories, no two threads in one": compared(together & pairs(threads.values()), together),
    }


def copies(found: Found, wanted: dict[str, Any]) -> Score:
    """Copies with their original and kind."""
    kinds = ("whole", "embedded")
    return compared(((c, w["of"], kind) for w in wanted["copies"] for kind in kinds for c in w.get(kind, ())), found.copies)  # fmt: skip


def answers(want: dict[str, Any], article: str, alert: Alert) -> bool:
    """Whether an alert is the one that is wanted: of which indicator, how it crossed, whose word it is, and where that stands."""
    origin, names = want["origin"], (want["origin"]["name"], *want["origin"].get("also", ()))
    named = any(alert.origin.name in n or n in alert.origin.name for n in names)
    return (
        named
        and want.get("indicator", alert.indicator) == alert.indicator
        and (alert.crossing, alert.origin.kind) == (want["crossing"], origin["kind"])
        and article in (want["article"], *want["repeated"])
    )


def alerts(found: Found, wanted: dict[str, Any]) -> Score:
    """Alerts, each wanted one answered once; those that may fire or not are neither missed nor extra."""
    right: list[str] = []
    missed: list[str] = []
    left = list(found.alerts)
    for want in (w for w in wanted["alerts"] if not w.get("either")):
        hit = next((a for a in left if answers(want, *a)), None)
        (right if hit else missed).append(f"{want['article']} / {want['crossing']} / {want['origin']['name']}")
        if hit:
            left.remove(hit)
    free = [w for w in wanted["alerts"] if w.get("either")]
    extra = [(key, a) for key, a in left if not any(answers(w, key, a) and w["sentence"] in a.sentence for w in free)]  # fmt: skip
    return Score(right, missed, [f"{key} / {a.crossing} / {a.origin.name}" for key, a in extra])


def changes(found: Found, wanted: dict[str, Any], kind: str) -> Score:
    """Changes of a kind. What nothing calls for (a denial of what nobody claimed) is neither missed nor extra."""
    carried = {c: w["of"] for w in wanted["copies"] for k in ("whole", "embedded") for c in w.get(k, ())}
    due = list(expected_changes(wanted, kind, found.text))
    brought = list(dict.fromkeys(c for c in found.changes if c.kind == kind))
    needed = [d for d in due if d.needed]
    hit = [d for d in needed if any(meant(d, c, carried) for c in brought)]
    return Score(
        [d.article for d in hit],
        [d.article for d in needed if d not in hit],
        [f"{c.article}: {c.words}" for c in brought if not any(meant(d, c, carried) for d in due)],
    )


def meant(due: Due, brought: Brought, carried: dict[str, str]) -> bool:
    """Whether a change is the one that is due: it came with the article, a copy of it, or one that tells it again; `carried` is what copies carry."""
    there = brought.article in (due.article, *due.repeated) or carried.get(brought.article) == due.article
    against = not due.against or brought.other in due.against or carried.get(brought.other or "") in due.against
    return there and against and due.number in brought.words


def people(found: Found, wanted: dict[str, Any]) -> Score:
    """Pairs of names that are one person's: the spellings that are expected, and those who are not that person."""
    right = pairs(p["spellings"] for p in wanted["people"])
    wrong = {(s, other) for p in wanted["people"] for s in p["spellings"] for other in p.get("not", ())}
    same = {p for p in right | wrong if found.names.get(p[0], set()) & found.names.get(p[1], set())}
    return compared(right, same)


def scores(found: Found, wanted: dict[str, Any]) -> dict[str, Score]:
    """All scores, by what they are of."""
    of_changes = {f"changes, {kind}": changes(found, wanted, kind) for kind in CHANGES}
    return {
        **stories(found, wanted),
        "copies": copies(found, wanted),
        "alerts": alerts(found, wanted),
        **of_changes,
        "spellings of one name": people(found, wanted),
    }


def report(found: Found, wanted: dict[str, Any]) -> None:
    """Prints what agrees and what does not."""
    for article, indicator in found.armed:
        print(f"armed from {article}: {indicator.name}: {indicator.test}")
    print(f"{len(set(found.story.values()))} stories for {len(wanted['stories'])} happenings")
    for name, score in scores(found, wanted).items():
        print(f"{name:32} {score}")
        for what, those in (("missed", score.missed), ("extra", score.extra)):
            print("".join(f"    {what}: {one[:170]}\n" for one in those[:12]), end="")
            print(f"    and {len(those) - 12} more\n" if len(those) > 12 else "", end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", type=Path, default=DEMONSTRATION)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--six-hours", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if not args.home:
            follow(home, args.stream, None if args.six_hours else moments(args.stream))
        with open_store(home) as store:
            report(look_into(store, args.stream), expected(args.stream))


if __name__ == "__main__":
    main()
