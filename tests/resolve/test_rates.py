"""Rates at which money changes hands, and what bonds yield."""

import pytest

from onrecord.read.figures import find
from onrecord.resolve.gauges import is_gauge
from onrecord.resolve.rates import coins_of, is_rate
from onrecord.resolve.series import run
from tests.resolve.test_series import marked

RATES = [
    ("The Orvan mark weakened further, to <5.10> to the crown.", "rate mark to crown"),
    ("The mark had a bad day. It was quoted at <5.10> to the Tarvian crown.", "rate mark to crown"),
    ("It was a bad day. It was quoted at <5.10> to the Tarvian crown.", ""),
    ("The currency ended the week at <5.10> to the crown.", ""),
    ("The mark fell. The currency ended the week at <5.10> to the crown.", "rate mark to crown"),
    ("The mark was traded abroad only, where <5.10> were paid for a crown.", "rate mark to crown"),
    ("A crown cost <5.10 marks>.", "rate mark to crown"),
    ("The price of a crown rose to <5.10 marks>.", "rate mark to crown"),
    ("The zolt slid to <310> to the mark.", "rate zolt to mark"),
    ("The euro rose to <1.21 dollars>.", "rate usd to eur"),
    ("The crown fell to <5.10> against the mark.", "rate crown to mark"),
    ("One crown buys <5.10 marks>.", "rate mark to crown"),
    ("The mark was trading at <5.10> for a crown.", "rate mark to crown"),
    ("She owed her <40 crowns> for a coat.", ""),
    ("The road falls to <40> to the east.", ""),
    ("Rye rose to <310 marks> a tonne.", "marks rye"),
    ("A loaf cost <9 marks>.", "marks bread"),
    ("Orva's ten-year bond yielded <8.2 per cent>.", "percent yield ten-year"),
    ("The yield on the ten-year bond rose to <8.2 per cent>.", "percent yield ten-year"),
    ("The two-year note yields <7 per cent>.", "percent yield two-year"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), RATES)
def test_a_rate_is_named_by_both_coins(words: str, name: str) -> None:
    text, span, _ = marked(words)
    f = next(f for f in find(text, ()) if f.span[0] < span[1] and span[0] < f.span[1])
    assert run(text, f, (text.rfind(". ", 0, span[0]) + 2 if ". " in text[: span[0]] else 0, len(text)), "")[1] == name


def test_a_rate_is_of_its_coins() -> None:
    assert coins_of("rate mark to crown") == {"mark", "crown"}
    assert is_rate("rate mark to crown") and is_gauge("rate mark to crown") and not is_rate("marks bread")
