"""The small language in which indicators are written: "figure > 5000 people of recruitment by Belarus".

A definition is a kind and parts, each opened by its keyword. Words with spaces or that are keywords stand in double quotes.

    figure SIGN NUMBER [SIGN NUMBER] [UNIT] [of TOPIC or TOPIC …] [beside WORD or WORD …] [by WHO or WHO …] [in PLACE] [actual | planned]
    event TYPE[/MODE] [or TYPE …] [beside WORD or WORD …] [by WHO …] [against WHO …] [in PLACE] [actual | planned | negated]
    statement [by WHO …] [about TOPIC, TOPIC …] [as ACT] [asserted | denied]
    growth NUMBER origins in NUMBER days of TOPIC, TOPIC …   (or: of story ID)

WHO is a name or the code of a country; `role "defence minister" of Belarus` asks for a role.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any, NamedTuple, cast, get_args

import msgspec

from onrecord.errors import InputError
from onrecord.model import Act
from onrecord.read.manner import lexicon
from onrecord.watch.indicator import (
    BOTH,
    Bound,
    EventTest,
    FigureTest,
    GrowthTest,
    Indicator,
    Kind,
    Polarity,
    Sign,
    StatementTest,
    Test,
    Wanted,
    Who,
    country_of,
    make,
    nearest,
)

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|(?P<sign>>=|<=|[<>=≥≤])|(?P<comma>,(?!(?<=\d,)\d))|(?P<word>(?:[^\s",<>=≥≤]|(?<=\d),(?=\d))+)'
)
NUMBER = re.compile(r"\d[\d.,_]*(?:[kKmM]|bn)?%?")
SCALE = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
SIGNS: dict[str, Sign] = {"≥": ">=", "≤": "<=", "exceeds": ">", "over": ">", "under": "<", "below": "<", "above": ">"}
KEYWORDS = ("of", "beside", "by", "against", "in", "about", "as", "actual", "planned", "negated", "asserted", "denied")
STATUS: tuple[Wanted, ...] = ("actual", "planned", "negated")
PARTS: dict[Kind, tuple[str, ...]] = {
    "figure": ("of", "beside", "by", "in", "actual", "planned"),
    "event": ("beside", "by", "against", "in", "actual", "planned", "negated"),
    "statement": ("by", "about", "as", "asserted", "denied"),
    "growth": ("of",),
}
MAX_LENGTH = 2_000


class Token(NamedTuple):
    """A word, sign or comma of a definition; quoted words are never keywords."""

    text: str
    quoted: bool = False


def from_words(words: str, name: str | None = None) -> Indicator:
    """An indicator from a definition in words. Raises InputError, which says what is wrong and what to do."""
    if len(words) > MAX_LENGTH:
        raise InputError(f"a definition has at most {MAX_LENGTH} characters")
    found = tokens(words)
    if not found:
        raise InputError("an empty definition; write for example: figure > 5000 people of recruitment by Belarus")
    kind, rest = found[0].text, found[1:]
    if kind not in PARTS:
        raise InputError(f"there is no kind of indicator {kind!r}{nearest(kind, PARTS)}")
    head, parts = divided(kind, rest)
    return make(MAKERS[kind](head, parts), name)


def from_data(data: dict[str, Any]) -> Indicator:
    """An indicator from what TOML or JSON gives: `definition` in words or a `test`, and a `name`. Raises InputError."""
    if unknown := sorted(data.keys() - {"name", "definition", "test"}):
        raise InputError(f"an indicator has a name and a definition or test, no {unknown[0]!r}")
    name = data.get("name")
    if name is not None and not isinstance(name, str):
        raise InputError("an indicator's name is text")
    if isinstance(data.get("definition"), str):
        return from_words(data["definition"], name)
    try:
        return make(msgspec.convert(data.get("test"), Test), name)
    except msgspec.ValidationError as error:
        raise InputError(f"the indicator's test is not understood: {error}") from None


def from_toml(text: str) -> list[Indicator]:
    """The indicators of a TOML file: one `[[indicator]]` each. Raises InputError."""
    try:
        found = tomllib.loads(text).get("indicator")
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}") from None
    if not isinstance(found, list) or not found:
        raise InputError("no indicators; write each under a line [[indicator]]")
    return [from_data(d) for d in found]


def from_json(text: str) -> Indicator:
    """An indicator from one JSON object, as `from_data` takes it. Raises InputError."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise InputError("an indicator is a JSON object with a name and a definition or test")
    return from_data(data)


def tokens(words: str) -> list[Token]:
    """The words, signs and commas of a definition. Raises InputError for a quotation mark without its partner."""
    if words.count('"') % 2:
        raise InputError('a quotation mark has no partner; write "…" around words that belong together')
    out = []
    for m in TOKEN.finditer(words):
        text = m["quoted"] if m["quoted"] is not None else m.group()
        out.append(Token(" ".join(text.split()), m["quoted"] is not None))
    return out


def divided(kind: str, found: list[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """The head of a definition and its parts by their keyword. Raises InputError for a part twice, or of another kind."""
    allowed = PARTS[kind]  # type: ignore[index]
    head: list[Token] = []
    parts: dict[str, list[Token]] = {}
    into = head
    for i, t in enumerate(found):
        key = t.text if not t.quoted and t.text in KEYWORDS else None
        of_role = key == "of" and kind != "growth" and any(r.text == "role" and not r.quoted for r in into[-2:])
        if key is None or of_role or (kind == "growth" and key == "in"):
            into.append(t)
            continue
        if key not in allowed:
            raise InputError(f"a {kind} has no “{key}”; it has {', '.join(allowed)}")
        if key in parts:
            raise InputError(f"“{key}” stands twice; join alternatives with “or”")
        into = parts.setdefault(key, [])
        if key not in (*STATUS, "asserted", "denied") and i + 1 == len(found):
            raise InputError(f"nothing follows “{key}”")
    return head, parts


def alternatives(found: list[Token]) -> tuple[str, ...]:
    """Words parted by "or" and commas."""
    out: list[list[str]] = [[]]
    for t in found:
        if not t.quoted and t.text in ("or", ","):
            out.append([])
        else:
            out[-1].append(t.text)
    return tuple(" ".join(w) for w in out if w)


def who(found: list[Token] | None) -> Who | None:
    """An actor: names, with the country that the first one stands for, and a role."""
    if not found:
        return None
    role = None
    if found[0] == Token("role"):
        if len(found) < 2:
            raise InputError('a role needs words: role "defence minister" of Belarus')
        role, found = found[1].text, found[2:]
        found = found[1:] if found and found[0] == Token("of") else found
    names = alternatives(found)
    for name in names:
        if re.fullmatch(r"[A-Z]{2}", name) and not country_of(name):
            raise InputError(
                f"{name!r} is no country's code{nearest(name, lexicon('countries'))}; for a name write the name"
            )
    country = next((c for n in names if (c := country_of(n))), None)
    return Who(names=tuple(n for n in names if n not in lexicon("countries")), country=country, role=role)


def status(parts: dict[str, list[Token]]) -> tuple[Wanted, ...]:
    """The status that is asked for, by default actual or planned. Raises InputError for words behind one."""
    for key in (*STATUS, "asserted", "denied"):
        if parts.get(key):
            raise InputError(f"{parts[key][0].text!r} is not understood behind “{key}”")
    return tuple(s for s in STATUS if s in parts) or BOTH


def one(parts: dict[str, list[Token]], key: str) -> str | None:
    """The words of a part as one, or None."""
    return " ".join(t.text for t in parts[key]) if key in parts else None


def figure(head: list[Token], parts: dict[str, list[Token]]) -> FigureTest:
    """A figure's test from its parts."""
    bounds, rest = [], list(head)
    while rest and (sign := SIGNS.get(rest[0].text, rest[0].text)) in get_args(Sign):
        if len(rest) < 2:
            raise InputError(f"no number follows “{rest[0].text}”")
        bounds.append(Bound(sign, number(rest[1].text)))  # type: ignore[arg-type]
        if rest[1].text.endswith("%"):
            rest.insert(2, Token("percent"))
        rest = rest[2:]
    if not bounds:
        raise InputError("a figure needs a threshold: a sign and a number, as in “figure > 5000 people of recruitment”")
    return FigureTest(
        bounds=tuple(bounds),
        unit=unit(" ".join(t.text for t in rest)),
        of=alternatives(parts.get("of", [])),
        beside=alternatives(parts.get("beside", [])),
        actor=who(parts.get("by")),
        place=one(parts, "in"),
        status=status(parts),
    )


def number(word: str) -> float | int:
    """A number as people write it: 5000, 5,000, 5k, 2.5m. Raises InputError."""
    m = NUMBER.fullmatch(word)
    bare = word.rstrip("%").replace(",", "").replace("_", "").lower()
    scale = next((s for s in ("bn", "k", "m") if bare.endswith(s)), "")
    try:
        value = float(bare.removesuffix(scale)) * SCALE.get(scale, 1) if m else None
    except ValueError:
        value = None
    if value is None:
        raise InputError(f"{word!r} is no number; write it in digits, as in 5000 or 2.5m")
    return int(value) if value == int(value) else value


def unit(words: str) -> str | None:
    """A unit as figures have it: a currency's code, "percent", a measure; other nouns as they are."""
    if not words:
        return None
    known = lexicon("figures")
    if words.upper() in known["money"].values():
        return words.upper()
    if words in ("%", "per cent", "percent"):
        return "percent"
    if words.lower() in known["money"]:
        return str(known["money"][words.lower()])
    return next((u for t in ("measure", "duration") for u, names in known[t].items() if words in names), words.lower())


def event(head: list[Token], parts: dict[str, list[Token]]) -> EventTest:
    """An event's test from its parts."""
    types, modes = [], set()
    for word in alternatives(head):
        kind, _, mode = word.partition("/")
        types.append(kind)
        modes.add(mode or None)
    if len(modes) > 1:
        raise InputError("several types have one mode or none; make two indicators")
    return EventTest(
        types=tuple(types),
        mode=next(iter(modes), None),
        beside=alternatives(parts.get("beside", [])),
        actor=who(parts.get("by")),
        recipient=who(parts.get("against")),
        place=one(parts, "in"),
        status=status(parts),
    )


def statement(head: list[Token], parts: dict[str, list[Token]]) -> StatementTest:
    """A statement's test from its parts."""
    nothing_before(head, "statement")
    status(parts)
    act = one(parts, "as")
    if act is not None and act not in get_args(Act):
        raise InputError(f"{act!r} is no kind of act{nearest(act, get_args(Act))}")
    if "asserted" in parts and "denied" in parts:
        raise InputError("a statement cannot be asserted and denied; leave both out for either")
    polarity: Polarity | None = "asserted" if "asserted" in parts else "denied" if "denied" in parts else None
    about = alternatives(parts.get("about", []))
    return StatementTest(speaker=who(parts.get("by")), about=about, act=cast(Act | None, act), polarity=polarity)


def growth(head: list[Token], parts: dict[str, list[Token]]) -> GrowthTest:
    """A growth's test from its parts."""
    m = re.fullmatch(
        r"(?:>= |≥ |at least )?(\d+) (?:independent )?origins? (?:with)?in (\d+) days?", " ".join(t.text for t in head)
    )
    if not m:
        raise InputError("growth is written as “growth 5 origins in 3 days of …”")
    of = parts.get("of", [])
    if of and of[0] == Token("story"):
        return GrowthTest(origins=int(m[1]), days=int(m[2]), story=" ".join(t.text for t in of[1:]) or None)
    return GrowthTest(origins=int(m[1]), days=int(m[2]), about=alternatives(of))


def nothing_before(head: list[Token], kind: str) -> None:
    """Raises InputError for words between the kind and its first part."""
    if head:
        raise InputError(f"{head[0].text!r} is not understood behind “{kind}”; its parts are {', '.join(PARTS[kind])}")  # type: ignore[index]


MAKERS: dict[str, Any] = {"figure": figure, "event": event, "statement": statement, "growth": growth}
