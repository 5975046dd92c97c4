"""Scores the figures read: `python -m evaluation.figures [--shared ../shared] [--half a|b] [--verbose]`.

Each field of each gold with precision, recall and F1, and the time an article takes. A figure read answers one of the gold, one
to one, when they share a character and the field agrees:

- `value`: the value, or both ends of a range; `value+comparator`, `value+unit`, `value+counted` (the last of the words
  counted): that too. `~`, `>` (with `>=`), `<` (with `<=`): figures with that comparator, on those whose value is right or that are extra.

Four sets, each with its policy:

1. `wikinews`: the figures of the 49 records. Borderline ones are neither required nor punished, as in `seed/grade.py`, whose
   F1 is `value+comparator`. Their unit is free text ("people killed"): it agrees when it shares a word with ours or with the words counted.
2. `meantime`: the PERCENT, MONEY and QUANTITY extents of sentences 0 to 5. The value of the gold is worked out from its
   extent by the small parser below, the comparator from a hedge within the extent or right before it, the unit of money and per
   cent from its sign; extents without a number ("many"), ages, ordinals and screen sizes are left out. Recall only: the set leaves
   out what we mark.
3. `specs`: inputs of the recognizers-text specifications for numbers, ranges, currency, per cent and dimensions, compared as
   bags of values. Left out as dialogue or arithmetic: powers, numbers written as fractions of words, addresses and dates
   cut into numbers, "equal to", ages, odd shares ("ninths"), "5 dollars and 15", a comma as decimal mark, lines of bare digits
   (page furniture in news), and values that are null, negative or have more than four decimals under one.
4. `own`: `tests/read/figures.toml`, invented sentences with all their figures.

Documents fall into half a or b by the SHA-256 of their id: rules were written from half a.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.records import documents
from onrecord.model import Dated, Figure
from onrecord.read import amounts, dates, figures
from onrecord.read.manner import lexicon
from onrecord.text import Span, overlap

OWN = Path(__file__).parent.parent / "tests" / "read" / "figures.toml"
CLASSES = {"~": "~", ">": ">", ">=": ">", "<": "<", "<=": "<", "=": "="}
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
WORDS = [*SMALL.split(), "seventeen", "eighteen", "nineteen", "twenty"]
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6, "trillion": 1e12}
HEDGES = {"about": "~", "around": "~", "some": "~", "approximately": "~", "nearly": "~", "almost": "~", "over": ">", "more than": ">", "exceed the": ">",
          "at least": ">", "up to": "<", "as much as": "<", "as high as": "<", "as many as": "<", "less than": "<", "fewer than": "<", "under": "<"}  # fmt: skip
SIGNS = {"US$": "USD", "USD": "USD", "$": "USD", "GB #": "GBP", "#": "GBP", "£": "GBP", "€": "EUR", "yuan": "CNY"}


class Gold(NamedTuple):
    """A figure that is wanted: values and comparators allowed, low and high of a range, None where it does not matter."""

    span: Span
    values: tuple[float | None, ...]
    comparators: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    of: str | None = None
    firm: bool = True


class Document(NamedTuple):
    name: str
    text: str
    wanted: tuple[Gold, ...]
    published: str | None = None


def half_of(name: str) -> str:
    return "ab"[hashlib.sha256(name.encode()).digest()[0] % 2]


def as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def wikinews(shared: Path) -> Iterator[Document]:
    """The records' figures."""
    for name, expected, text in documents(shared, "*"):
        wanted = tuple(
            Gold(
                tuple(f["span"]),
                (f["value"], *as_list(f.get("value_also"))),
                (f["comparator"], *as_list(f.get("comparator_also"))),
                f.get("low"),
                f.get("high"),
                f.get("unit"),
                firm=not f.get("borderline"),
            )
            for f in expected.get("figures", [])
        )
        yield Document(name, text, wanted, expected["article"].get("published"))


def plain_value(words: str) -> float | None:
    """The number that an extent of the gold holds, by digits and the words up to twenty; None where there is none or two."""
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)
    scale = re.search(rf"(?:\b|\d)({'|'.join(SCALES)})\b", words)
    if len(found) != 1:
        spelled = [w for w in re.findall(r"[a-z]+", words.lower()) if w in WORDS]
        half = 0.5 if "half" in words else 20.0 if "score" in words else None
        return float(WORDS.index(spelled[0])) if len(spelled) == 1 and not found else half if not found else None
    return float(found[0].replace(",", "")) * (SCALES[scale[1]] if scale else 1)


def meantime_figure(text: str, v: dict[str, Any]) -> Gold | None:
    """One annotated value as a figure, or None where the policy leaves it out."""
    start, end, words = v["start"], v["end"], v["text"]
    before = text[max(0, start - 14) : start]
    if re.search(r"(?:th|''|x240|many|number of)$", words) or re.search(r"(?:aged?|age of)\s$", before):
        return None
    if re.search(r"[A-Z][a-z]+,\s$", before) and text[end : end + 1] == ",":
        return None
    ends = [plain_value(part) for part in re.split(r"\bto\b|\band\b|(?<=\d)-(?=\d)", words)]
    value, low, high = ends[0], None, None
    if len(ends) == 2 and None not in ends:
        value, (low, high) = None, ends
    elif value is None:
        value = 1000.0 if words.startswith("thousands") else None
        if value is None:
            return None
    hedge = next(
        (
            h
            for h in HEDGES
            if re.search(rf"\b{h}\s*\W{{0,5}}$|^{h}\b", before, re.I) or re.match(rf"{h}\b", words, re.I)
        ),
        None,
    )
    unit = (
        "percent"
        if v["type"] == "PERCENT"
        else next((u for s, u in SIGNS.items() if s in words), None)
        if v["type"] == "MONEY"
        else None
    )
    comparator = "=" if low is not None else HEDGES[hedge] if hedge else "="
    vague = words.startswith("thousands")
    return Gold(
        (start, end), (value,), tuple(c for c, k in CLASSES.items() if vague or k == comparator), low, high, unit
    )


def meantime(shared: Path) -> Iterator[Document]:
    """MEANTIME's values of the annotated sentences."""
    with (shared / "gold" / "meantime_wikinews" / "docs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            values = [meantime_figure(doc["text"], v) for v in doc["values"] if v["sent"] <= 5]
            yield Document(doc["id"], doc["text"], tuple(v for v in values if v), doc["date"])


def own(_: Path) -> Iterator[Document]:
    """Our own sentences."""
    for entry in tomllib.loads(OWN.read_text(encoding="utf-8"))["sentence"]:
        text, at, wanted = entry["text"], 0, []
        for f in entry.get("figures", []):
            at = text.index(f["words"], at)
            wanted.append(
                Gold(
                    (at, at + len(f["words"])),
                    (f.get("value"),),
                    (f.get("comparator", "="),),
                    f.get("low"),
                    f.get("high"),
                    f.get("unit"),
                    f.get("of"),
                )
            )
            at += len(f["words"])
        yield Document(text, text, tuple(wanted), "2031-05-14")


@cache
def read(text: str, published: str | None) -> tuple[Figure, ...]:
    """The figures of a text, with the dates of the same text."""
    return figures.find(text, dates.find(text, Dated(value=published, evidence="given") if published else None))


def same_value(gold: Gold, f: Figure) -> bool:
    """Whether the value, or both ends of a range, are those wanted."""
    if gold.values == (None,):
        return f.value is None and f.low == gold.low and f.high == gold.high
    return f.value in gold.values


def unit_words(unit: str) -> set[str]:
    """The words of a unit, currencies as codes, plurals without their s."""
    known = lexicon("figures")["money"].get(unit, unit)
    return {w.removesuffix("s") for w in known.replace("%", "percent").lower().split()}


def same_unit(gold: Gold, f: Figure, text: str) -> bool:
    """Whether the unit is the one wanted, or shares a word with it or with the words counted."""
    said = unit_words(" ".join([f.unit or "", *(text[start:end] for start, end in f.of)]))
    return gold.unit is None or not said.isdisjoint(unit_words(gold.unit))


def same_words(gold: Gold, f: Figure, text: str) -> bool:
    """Whether the words counted end with those wanted."""
    return gold.of is None or bool(f.of and text[slice(*f.of[-1])].endswith(gold.of))


Agrees = Callable[[Gold, Figure, str], bool]
FIELDS: dict[str, Agrees] = {
    "value": lambda g, f, text: True,
    "value+comparator": lambda g, f, text: f.comparator in g.comparators,
    "value+unit": same_unit,
    "value+counted": same_words,
}


def answers(doc: Document, found: tuple[Figure, ...], agrees: Agrees) -> dict[int, int]:
    """Which figure read (value) answers which of the wanted (key), one to one in order."""
    taken: dict[int, int] = {}
    for i, gold in enumerate(doc.wanted):
        for k, f in enumerate(found):
            fits = k not in taken.values() and overlap(gold.span, f.span) and same_value(gold, f)
            if fits and agrees(gold, f, doc.text):
                taken[i] = k
                break
    return taken


def f1(hits: int, wanted: int, got: int) -> dict[str, float]:
    """Precision, recall, F1."""
    p, r = hits / got if got else 0.0, hits / wanted if wanted else 0.0
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}


def prf(docs: list[Document], agrees: Agrees) -> dict[str, float]:
    """Precision, recall and F1 of one field; borderline ones that are answered count nowhere."""
    hits = firm = got = 0
    for doc in docs:
        found = read(doc.text, doc.published)
        taken = answers(doc, found, agrees)
        right = sum(doc.wanted[i].firm for i in taken)
        hits += right
        firm += sum(g.firm for g in doc.wanted)
        got += max(len(found) - (len(taken) - right), right)
    return f1(hits, firm, got)


def by_comparator(docs: list[Document]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each comparator class, on the figures whose value is right or that are extra."""
    tally: Counter[tuple[str, str]] = Counter()
    for doc in docs:
        found = read(doc.text, doc.published)
        taken = answers(doc, found, FIELDS["value"])
        for i, g in enumerate(doc.wanted):
            if not g.firm:
                continue
            allowed = {CLASSES[c] for c in g.comparators}
            said = CLASSES[found[taken[i]].comparator] if i in taken else None
            tally["gold", said if said in allowed else CLASSES[g.comparators[0]]] += 1
            if said:
                tally["read", said] += 1
                tally["hit", said] += said in allowed
        tally.update(("read", CLASSES[f.comparator]) for k, f in enumerate(found) if k not in taken.values())
    return {c: f1(tally["hit", c], tally["gold", c], tally["read", c]) for c in "~><" if tally["gold", c]}


def whole(docs: list[Document], fields: list[str]) -> dict[str, float]:
    """The fields of a set that is annotated in full."""
    found = {field: prf(docs, FIELDS[field]) for field in fields} | by_comparator(docs)
    return {f"{field} {k}": v for field, shares in found.items() for k, v in shares.items()}


def recalls(docs: list[Document]) -> dict[str, float]:
    """Recall of the fields of MEANTIME; of the unit, where there is money or per cent."""
    out: dict[str, float] = {}
    for field in ("value", "value+comparator", "value+unit"):
        hits = wanted = 0
        for doc in docs:
            taken = answers(doc, read(doc.text, doc.published), FIELDS[field])
            asked = [i for i, g in enumerate(doc.wanted) if g.unit or field != "value+unit"]
            wanted += len(asked)
            hits += sum(i in taken for i in asked)
        out[f"{field} R"] = f1(hits, wanted, hits)["R"]
    return out


def misses(docs: list[Document], extras: bool) -> None:
    """Prints what is missed, and what is extra, with its surroundings."""
    for doc in docs:
        found = read(doc.text, doc.published)
        taken = answers(doc, found, lambda g, f, text: all(agrees(g, f, text) for agrees in FIELDS.values()))
        for i, g in enumerate(doc.wanted):
            if i not in taken and g.firm:
                miss(doc, g.span, f"missed {g.values} {g.comparators} {g.low} {g.high} {g.unit}")
        for k, f in enumerate(found):
            if k not in taken.values() and extras:
                miss(doc, f.span, f"extra {f.value} {f.comparator} {f.low} {f.high} {f.unit}")


def miss(doc: Document, span: Span, what: str) -> None:
    start, end = span
    around = f"{doc.text[max(0, start - 45) : start]}[{doc.text[start:end]}]{doc.text[end : end + 35]}"
    print(f"  {doc.name[:24]:24} {what}: {around!r}")


SPECS = {
    "Number": "numbers",
    "NumberRange": "ranges",
    "Currency": "currency",
    "Percent": "percent",
    "Dimension": "dimensions",
}
DIALOGUE = re.compile(
    r"\^|\de[+-]?\d|https?:|\d[/.]\d+[/.]\d|\d\s+,\s+\d|\bover (?:one|two|twenty|\d)|\b(?:minus|negative)\b|[¼-¾⅐-⅞]|[xy=]\s*[<>=]|percents? of"
    r"|\bequals?\b|\b(?:ten|fif|hundred|thirtie|thousand|nin)ths?\b|years old|\b\d+,\d{1,2}\b|\bdollars? (?:and )?(?:\d|forty)",
    re.I,
)
BARE = re.compile(r"[^A-Za-z$€£¥%½¼¾⅓⅔]*")


def bounds_of(value: str) -> tuple[float | None, ...]:
    """A range of the specifications, "[20,30)", as low and high."""
    low, high = value.strip("[]()").split(",")
    return (float(low) if low else None, float(high) if high else None)


def spec_values(kind: str, results: list[dict[str, Any]]) -> list[Any] | None:
    """The values of one input, or None where the policy leaves it out."""
    out: list[Any] = []
    for r in results:
        value = (r.get("Resolution") or {}).get("value")
        if value in (None, "null"):
            return None
        try:
            one: Any = bounds_of(value) if kind == "NumberRange" else float(value.rstrip("%"))
        except ValueError:
            return None
        if isinstance(one, float) and (one < 0 or (one != round(one, 4) and one < 1) or "E" in value):
            return None
        out.append(one)
    return out


def spec_cases(shared: Path, kind: str) -> Iterator[tuple[str, list[Any]]]:
    """Inputs with the values wanted."""
    path = shared / "gold" / "recognizers_specs" / f"{kind}Model.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        values = spec_values(kind, case["Results"])
        if values is not None and not DIALOGUE.search(case["Input"]) and not BARE.fullmatch(case["Input"]):
            yield case["Input"], values


def spec_read(kind: str, text: str) -> list[Any]:
    """What was read of an input, in the shape of that kind: all figures, those that are bounded, money, per cent or measures."""
    found = read(text, None)
    if kind == "NumberRange":
        return [(f.low, f.high) for f in found if f.low is not None or f.high is not None]
    if kind == "Percent":
        found = tuple(f for f in found if f.unit == "percent")
    if kind == "Currency":
        found = tuple(f for f in found if f.unit and re.fullmatch(r"[A-Z]{3}|pence|cents", f.unit))
    if kind == "Dimension":
        found = tuple(f for f in found if f.unit in set(amounts.measures().values()))
    return [v for f in found for v in ([f.value] if f.value is not None else [f.low, f.high]) if v is not None]


def specs(shared: Path, half: str | None, verbose: bool) -> dict[str, float]:
    """P, R and F1 of the values of each specification."""
    out: dict[str, float] = {}
    total: Counter[str] = Counter()
    for kind, label in SPECS.items():
        tally: Counter[str] = Counter()
        for text, values in spec_cases(shared, kind):
            if half and half_of(text) != half:
                continue
            got = spec_read(kind, text)
            hits = sum((Counter(got) & Counter(values)).values())
            tally.update(hits=hits, wanted=len(values), got=len(got))
            if verbose and not hits == len(values) == len(got):
                print(f"  specs {label} wanted {values}, got {got}: {text[:150]!r}")
        total += tally
        out |= {f"specs: {label} value {k}": v for k, v in f1(tally["hits"], tally["wanted"], tally["got"]).items()}
    return out | {f"specs: value {k}": v for k, v in f1(total["hits"], total["wanted"], total["got"]).items()}


def speed(docs: list[Document], seconds: float = 1.0) -> float:
    """Milliseconds an article, dates given, on one core."""
    given = [(d.text, dates.find(d.text, None)) for d in docs]
    begun, done = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        figures.find(*given[done % len(given)])
        done += 1
    return 1000 * spent / done


def score(shared: Path, half: str | None = None, verbose: bool = False) -> dict[str, float]:
    """All shares by name; `half` takes only the documents of that half."""
    out: dict[str, float] = {}
    for name, load, fields in SETS:
        docs = [d for d in load(shared) if half in (None, half_of(d.name))]
        if verbose:
            misses(docs, extras=name != "meantime")
        found = whole(docs, fields) if fields else recalls(docs)
        out |= {f"{name}: {k}": v for k, v in found.items()}
    return out | specs(shared, half, verbose)


SETS: list[tuple[str, Callable[[Path], Iterator[Document]], list[str]]] = [
    ("wikinews", wikinews, ["value", "value+comparator", "value+unit"]),
    ("meantime", meantime, []),
    ("own", own, list(FIELDS)),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    rows: dict[str, dict[str, float]] = {}
    for name, value in score(args.shared, args.half, args.verbose).items():
        field, _, share = name.rpartition(" ")
        rows.setdefault(field, {})[share] = value
    print(f"{'figures':32} {'P':>7} {'R':>7} {'F1':>7}")
    for field, shares in rows.items():
        print(f"{field:32} " + " ".join(f"{shares[k]:7.3f}" if k in shares else " " * 7 for k in ("P", "R", "F1")))
    print(f"{speed(list(wikinews(args.shared))):.2f} ms an article")


if __name__ == "__main__":
    main()
