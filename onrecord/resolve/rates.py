"""What a number tells anew of a rate at which money changes hands, or of what a bond yields.

1. A rate is named by both currencies: how many of the one are to the other. It stands behind a number ("fell to 5.20 to the crown", "was quoted at 4.65 to the mark",
   "7.40 were paid for a crown"), or its coin does ("a crown cost 7.40 marks", "1.21 dollars to the euro"). What "it" or "the currency" is, is the coin named last.
2. A yield is named by how long its bond runs: "the ten-year bond yielded 8.9 per cent", "the yield on the ten-year bond rose to 8.9 per cent".

Word lists: `lexicon/series.toml`, and the coins of `lexicon/figures.toml` and `lexicon/accounts.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.measures import hedges
from onrecord.text import Span

PREFIX = "rate "
BACK = 500  # characters before a number where the coin that it is of may be named
NEAR = 50  # and behind it, where the other coin is
WORD = re.compile(r"[^\W\d_][\w-]+")
SPOKEN = re.compile(r"^(?:it|they|the (?:currency|unit|rate|exchange rate)|its (?:currency|rate))$", re.I)


def is_rate(series: str) -> bool:
    """Whether a figure is a rate at which one currency is given for another."""
    return series.startswith(PREFIX)


def coins_of(series: str) -> frozenset[str]:
    """The two coins of a rate: it is of them, wherever it is told."""
    return frozenset(series.removeprefix(PREFIX).split(" to "))


def rate(text: str, f: Figure, sentence: Span, what: str) -> str:
    """The rate that a number is, by its two coins: "rate mark to crown"; empty where it is none. `what` is that which it is the value of."""
    behind = text[f.span[1] : min(sentence[1], f.span[1] + NEAR)]
    own = coin_of_unit(f.unit)
    if (f.of or f.unit) and not own:
        return ""
    to = patterns()["to"].match(behind)
    if to and (coin(to["coin"].lower()) or not to["sold"]):
        before = text[max(0, f.span[0] - BACK) : f.span[0]]
        other = to["coin"].lower()
        one = own or head_coin(what, before, other, text[f.span[0] :] if to["paid"] else "", known=coin(other) != "")
        return named(one, coin(other) or plain(other))
    if own and what:
        sold = patterns()["one"].match(what)
        return named(own, coin(sold["coin"].lower())) if sold else ""
    bought = patterns()["buys"].search(text[sentence[0] : f.span[0]]) if own else None
    return named(own, coin(bought["coin"].lower())) if bought else ""


def head_coin(what: str, before: str, other: str, paid: str, *, known: bool) -> str:
    """The coin that so many are of: the subject's, else, where that is a mere "it" or nothing, the one that was named last besides the other."""
    words = [w.lower() for w in WORD.findall(re.sub(r"[’']s\b", "", what))]
    told = [coin(w) for w in words if coin(w)]
    if told:
        return told[-1]
    if what and not SPOKEN.match(what) and not paid:
        own = patterns()["subject"].match(what)
        return plain(own["word"]) if own and known else ""
    found = [coin(m[0].lower()) for m in WORD.finditer(before) if coin(m[0].lower())]
    return next((c for c in reversed(found) if c != (coin(other) or plain(other))), "")


def named(one: str, other: str) -> str:
    """The name of a rate; empty unless both coins are known, and two."""
    return f"{PREFIX}{one} to {other}" if one and other and one != other and {one, other} & known_coins() else ""


def coin_of_unit(unit: str | None) -> str:
    """The coin that a unit is; empty where it is none."""
    low = (unit or "").lower()
    return coin(low) or (low if low in codes() else "")


def coin(word: str) -> str:
    """A coin by any word for it, as it is compared; empty where it is none."""
    return coins().get(word, "")


def plain(word: str) -> str:
    """A word for a coin that no table has."""
    return word.removesuffix("s")


@cache
def coins() -> dict[str, str]:
    """Words for coins, with the code or the word that stands for each."""
    own = {word: plain(word) for word in lexicon("accounts")["money"]["words"].split()}
    tabled = {
        w.lower(): code.lower() for w, code in lexicon("figures")["money"].items() if w.replace(" ", "").isalpha()
    }
    short = lexicon("series")["rate"]["not_coins"]
    return {w: c for w, c in {**own, **tabled}.items() if w not in short}


@cache
def codes() -> frozenset[str]:
    """The codes of currencies."""
    return frozenset(code.lower() for code in lexicon("figures")["money"].values())


@cache
def known_coins() -> frozenset[str]:
    """Coins that are known to be such."""
    return frozenset(coins().values())


def bond(f: Figure, before: str, what: str) -> str:
    """What a bond yields, by how long it runs: "percent yield ten-year"."""
    if f.unit not in ("percent", None):
        return ""
    table = patterns()
    subject = table["yielded"].search(before)
    words = what if table["yield"].search(what) else subject["what"] if subject else ""
    term = table["term"].search(words)
    return f"percent yield {term['term'].lower()}" if term else ""


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The expressions of rates and yields."""
    table = lexicon("series")["rate"]
    hedge = hedges()
    word = r"(?:[A-ZÀ-Þ][\w-]+\s)?(?P<coin>[a-z]{3,})"
    return {
        "to": re.compile(rf"^(?:\s(?:{either(table['units'])}))?\s(?:(?:to|against)\s(?:the|an?|one)|(?P<sold>for)\s(?:an?|one)|per|(?P<paid>(?:was|were|is|are|being|had to be)\spaid\sfor)\s(?:the|an?|one))\s{word}\b(?!-)"),
        "one": re.compile(rf"^(?:the\s(?:price|value|cost)\sof\s)?(?:an?|one|the)\s{word}$", re.I),
        "buys": re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Tt]he)\s{word}\s(?:{either(table['buys'])}){hedge}\s*$"),
        "subject": re.compile(r"^(?:the|an?|its|[A-ZÀ-Þ][\w-]+[’']s?)\s(?:[A-ZÀ-Þ][\w-]+\s)?(?P<word>[a-z]{3,})$", re.I),
        "yield": re.compile(r"\byields?\b", re.I),
        "yielded": re.compile(rf"(?P<what>[^.;:,]{{4,80}}?)\s(?:{either(table['yields'])}){hedge}\s*$", re.I),
        "term": re.compile(r"\b(?P<term>[\w]+-(?:year|month))\b", re.I),
    }  # fmt: skip
