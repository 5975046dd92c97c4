"""An indicator is an armed question: what would have to be reported for an analyst to be told.

Its test is one of four: a figure that crosses a threshold, an event, a statement, the growth of a story. The id is the digest of
the test, so that the same question asked twice is one indicator, whatever it is called.
"""

from __future__ import annotations

import difflib
from typing import Any, Literal

import msgspec

from onrecord.errors import InputError
from onrecord.model import Act, Noun
from onrecord.read.countries import places
from onrecord.read.manner import lexicon
from onrecord.text import digest
from onrecord.watch.topics import group_of

Sign = Literal[">", ">=", "<", "<=", "="]
Polarity = Literal["asserted", "denied"]
Wanted = Literal["actual", "planned", "negated"]
Kind = Literal["figure", "event", "statement", "growth"]
BOTH: tuple[Wanted, ...] = ("actual", "planned")


class Bound(Noun, frozen=True):
    """One side of a threshold."""

    sign: Sign
    value: float | int


class Who(Noun, frozen=True, kw_only=True):
    """An actor or speaker: by any of its names, by its country, by its role; what is given must all fit."""

    names: tuple[str, ...] = ()
    country: str | None = None  # ISO 3166-1 alpha-2
    role: str | None = None


class FigureTest(Noun, frozen=True, kw_only=True, tag="figure", tag_field="kind"):
    """A number that lies within the bounds, of one of the topics."""

    bounds: tuple[Bound, ...]
    unit: str | None = None  # None: whatever the topics count
    of: tuple[str, ...] = ()  # any of them
    beside: tuple[str, ...] = ()  # any of them must be said in the sentence, or in the one before
    actor: Who | None = None
    place: str | None = None
    status: tuple[Wanted, ...] = BOTH


class EventTest(Noun, frozen=True, kw_only=True, tag="event", tag_field="kind"):
    """An event of one of PLOVER's types."""

    types: tuple[str, ...]
    mode: str | None = None
    beside: tuple[str, ...] = ()  # any of them must be said in the sentence: "third port"
    actor: Who | None = None
    recipient: Who | None = None
    place: str | None = None
    status: tuple[Wanted, ...] = BOTH


class StatementTest(Noun, frozen=True, kw_only=True, tag="statement", tag_field="kind"):
    """That somebody says something about all of the topics; without a speaker the article's own voice counts too."""

    speaker: Who | None = None
    about: tuple[str, ...] = ()
    act: Act | None = None
    polarity: Polarity | None = None


class GrowthTest(Noun, frozen=True, kw_only=True, tag="growth", tag_field="kind"):
    """That a story is told by at least so many independent origins within so many days."""

    origins: int
    days: int
    story: str | None = None
    about: tuple[str, ...] = ()


Test = FigureTest | EventTest | StatementTest | GrowthTest


class Armed(Noun, frozen=True, kw_only=True):
    """The condition that an indicator was made from, and what of it was inferred and why."""

    article: str
    condition: str  # its label in the Reading
    words: str  # of its if-side
    inferred: tuple[str, ...] = ()


class Indicator(Noun, frozen=True, kw_only=True):
    """An armed question. `id` is the digest of the test."""

    id: str
    name: str
    test: Test
    armed: Armed | None = None

    @property
    def kind(self) -> Kind:
        """Which of the four tests it is."""
        return self.test.__struct_config__.tag  # type: ignore[return-value]


def make(test: Test, name: str | None = None, armed: Armed | None = None) -> Indicator:
    """An indicator of a test that was checked. Raises InputError, which says what is wrong and what to do."""
    check(test)
    return Indicator(id=identity(test), name=name or described(test), test=test, armed=armed)


def identity(test: Test) -> str:
    """The id: the digest of the test, which does not depend on the order of alternatives, nor on which of the words of one topic is used."""
    plain = msgspec.to_builtins(test)
    if not plain.get("beside"):
        plain.pop("beside", None)
    for key in ("of", "types", "about", "status", "beside"):
        if key in plain:
            plain[key] = sorted(
                {group_of(w) or w for w in plain[key]} if key in ("of", "about", "beside") else plain[key]
            )
    return digest("indicator", msgspec.json.encode(plain, order="deterministic").decode())


def decode(data: bytes | str) -> Indicator:
    """An indicator from JSON, checked. Raises InputError, also where its id is not that of its test."""
    try:
        indicator = msgspec.json.decode(data, type=Indicator)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not an indicator: {error}") from None
    check(indicator.test)
    if indicator.id != identity(indicator.test):
        raise InputError("not an indicator: its id is not that of its test; make it anew from its definition")
    return indicator


def encode(indicator: Indicator) -> bytes:
    """The indicator as one line of JSON (no newline at the end)."""
    return msgspec.json.encode(indicator)


def check(test: Test) -> None:
    """Raises InputError for a test that cannot be asked."""
    match test:
        case FigureTest():
            check_bounds(test.bounds)
            if not test.of and not test.unit:
                raise InputError(
                    "a figure needs to be of something: say what is counted, as in “of recruitment”, or its unit"
                )
            check_who(test.actor)
        case EventTest():
            check_types(test.types, test.mode)
            check_who(test.actor)
            check_who(test.recipient)
        case StatementTest():
            if not test.speaker and not test.about:
                raise InputError("a statement needs a speaker (“by …”) or a topic (“about …”)")
            check_who(test.speaker)
        case GrowthTest():
            check_growth(test)


def check_bounds(bounds: tuple[Bound, ...]) -> None:
    """Raises InputError for no bound, two of one side, or bounds that leave no number between them."""
    if not bounds:
        raise InputError("a figure needs a threshold: a sign and a number, as in “> 5000”")
    lower = [b for b in bounds if b.sign[0] == ">"]
    upper = [b for b in bounds if b.sign[0] == "<"]
    if len(bounds) > 2 or len(lower) > 1 or len(upper) > 1 or (len(bounds) == 2 and not (lower and upper)):
        raise InputError(
            "the bounds contradict each other: give one, or a lower and an upper one, as in “> 5000 < 8000”"
        )
    if lower and upper:
        low, high = lower[0], upper[0]
        if low.value > high.value or (low.value == high.value and (low.sign, high.sign) != (">=", "<=")):
            raise InputError(
                f"the bounds contradict each other: no number is {low.sign} {low.value} and {high.sign} {high.value}"
            )


def check_types(types: tuple[str, ...], mode: str | None) -> None:
    """Raises InputError for types and modes that PLOVER does not have, with the nearest one."""
    if not types:
        raise InputError(f"an event needs a type of PLOVER: {', '.join(sorted(event_types()))}")
    for word in types:
        if word not in event_types():
            raise InputError(f"PLOVER has no event type {word!r}{nearest(word, event_types())}")
    if mode is not None and mode not in event_modes():
        raise InputError(f"PLOVER has no mode {mode!r}{nearest(mode, event_modes())}")


def check_who(who: Who | None) -> None:
    """Raises InputError for an actor that says nothing, or whose country is in no table."""
    if who is None:
        return
    if not (who.names or who.country or who.role):
        raise InputError("an actor needs a name, a country or a role")
    if who.country is not None and who.country not in lexicon("countries"):
        raise InputError(
            f"{who.country!r} is no country's code{nearest(who.country, lexicon('countries'))}; for a name write the name"
        )


def check_growth(test: GrowthTest) -> None:
    """Raises InputError for a growth without a story, or with numbers that make no sense."""
    if not test.story and not test.about:
        raise InputError("growth needs a story (“of story ID”) or topics (“of …”)")
    if test.story and test.about:
        raise InputError("growth is of a story or of topics, not of both")
    if test.origins < 2 or test.days < 1:
        raise InputError("growth needs at least 2 origins and 1 day, as in “growth 5 origins in 3 days of …”")


def event_types() -> set[str]:
    """The types of event that the reader finds."""
    return {entry["type"] for entry in lexicon("events")["trigger"]}


def event_modes() -> set[str]:
    """The modes of event that the reader finds."""
    return {entry["mode"] for entry in lexicon("events")["trigger"] if "mode" in entry}


def nearest(word: str, known: Any) -> str:
    """What may have been meant, as the end of a message."""
    by_shape = {k.upper(): k for k in known}
    found = difflib.get_close_matches(word.upper(), list(by_shape), 1, 0.5)
    return f"; did you mean {by_shape[found[0]]!r}?" if found else f"; there are {', '.join(sorted(known)[:20])}"


def described(test: Test) -> str:
    """A test in words: the definition that `from_words` reads."""
    match test:
        case FigureTest():
            parts = [
                "figure",
                *(f"{b.sign} {b.value}" for b in test.bounds),
                test.unit or "",
                listed("of", test.of, " or "),
                listed("beside", test.beside, " or "),
            ]
            parts += [named("by", test.actor), listed("in", (test.place,) if test.place else ()), wanted(test.status)]
        case EventTest():
            parts = [
                "event",
                " or ".join(t + (f"/{test.mode}" if test.mode else "") for t in test.types),
                listed("beside", test.beside, " or "),
                named("by", test.actor),
            ]
            parts += [
                named("against", test.recipient),
                listed("in", (test.place,) if test.place else ()),
                wanted(test.status),
            ]
        case StatementTest():
            parts = [
                "statement",
                named("by", test.speaker),
                listed("about", test.about, ", "),
                listed("as", (test.act,) if test.act else ()),
                test.polarity or "",
            ]
        case GrowthTest():
            parts = [
                f"growth {test.origins} origins in {test.days} days",
                f"of story {test.story}" if test.story else listed("of", test.about, ", "),
            ]
    return " ".join(p for p in parts if p)


def wanted(status: tuple[Wanted, ...]) -> str:
    """A status in words; nothing for the usual one."""
    return "" if set(status) == set(BOTH) else " ".join(status)


def named(word: str, who: Who | None) -> str:
    """An actor in words."""
    if who is None:
        return ""
    role = f'role "{who.role}" ' if who.role else ""
    names = who.names or ((who.country,) if who.country else ())
    if not names:
        return f"{word} {role}".strip()
    return f"{word} {role}{'of ' if role else ''}{' or '.join(quoted(n) for n in names)}"


def listed(word: str, words: tuple[str, ...], between: str = " ") -> str:
    """Words behind a keyword."""
    return f"{word} {between.join(quoted(w) for w in words)}" if words else ""


def quoted(words: str) -> str:
    """Words in quotation marks where there is more than one."""
    return f'"{words}"' if " " in words or "," in words else words


def country_of(name: str) -> str | None:
    """The code of the country that a name, a part or a seat of government stands for, or a code itself."""
    return name if name in lexicon("countries") else places().get(name)
