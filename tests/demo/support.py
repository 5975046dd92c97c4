"""What the tests of several streams ask of one article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onrecord.demo import Written
from onrecord.demo.pages import page
from onrecord.model import Capture, Figure, Reading
from onrecord.parse import parse
from onrecord.read import read


def reading_of(article: Written) -> Reading:
    """The reading of an article as it was first published."""
    url = f"http://{article.paper.host}{article.path}"
    body = page(article).encode()
    return read(parse(Capture(name=article.id, body=body, url=url, content_type="text/html; charset=utf-8")), input=article.id)  # fmt: skip


def parses_as_written(wrote: Written) -> None:
    """The page of an article gives what was written."""
    got = reading_of(wrote).article
    assert got.outlet and got.published
    assert (got.title, got.outlet.name) == (wrote.title, wrote.paper.name)
    assert datetime.fromisoformat(got.published.value) == wrote.moment
    lines = got.text.split("\n\n")
    assert [line for line in lines if line in wrote.text.split("\n\n")] == wrote.text.split("\n\n")
    assert len("".join(line for line in lines if line not in wrote.text)) < 80  # a credit or a byline may stay


def has_figure(article: Written, want: dict[str, Any]) -> None:
    """A figure that is expected is read in its sentence."""
    got = reading_of(article)
    start = got.article.text.index(want["sentence"])
    near = [f for f in got.figures if start <= f.span[0] < start + len(want["sentence"])]
    assert any(stated(f) == (want["value"], want.get("high", want["value"]), want["comparator"]) for f in near)


def stated(figure: Figure) -> tuple[float | None, float | None, str]:
    """What a figure says: both ends, and how it is compared."""
    if figure.value is None:
        return figure.low, figure.high, "range"
    return figure.value, figure.value, figure.comparator
