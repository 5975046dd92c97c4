"""How a page's data becomes HTML, JSON or CSV. Templates escape everything; nothing that was fetched or typed is ever a template."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup, escape

from onrecord import wording
from onrecord.export.csv import guarded
from onrecord.export.view import CERTAINTY, QUOTED

SHORT = 12  # characters of an id that are shown
STATIC = (("onrecord.serve", "static"), ("onrecord.export", "static"))  # folders whose files the pages may have


@cache
def environment() -> jinja2.Environment:
    """The templates, with what they may call."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.serve"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(when=when, short=lambda id: id[:SHORT], plural=wording.plural, value=value, interval=interval)
    made.globals.update(asset=asset, link=link, certainties=CERTAINTY, quoted=QUOTED)
    return made


def prepare() -> None:
    """Reads all templates, so that no page waits for that."""
    for name in environment().list_templates():
        environment().get_template(name)


def page(template: str, **values: Any) -> str:
    """A page by the name of its template."""
    return environment().get_template(f"{template}.html").render(**values)


def when(moment: str | None, source: str | None = None) -> Markup:
    """A moment, ISO 8601, as a <time> that the browser shows by the reader's clock. `source`: as the page gave it, with its zone."""
    if not moment:
        return Markup("never")
    try:
        at = datetime.fromisoformat(moment)
        at = at.astimezone(UTC) if at.tzinfo else at
    except (ValueError, OverflowError):
        return escape(moment)
    shown = at.strftime("%-d %b %Y") if len(moment) <= 10 else at.strftime("%-d %b %Y, %H:%M")
    zone = " UTC" if at.tzinfo else ""
    said = f"{source} (source)" if source else f"{shown}{zone}"
    return Markup('<time datetime="{}" title="{}" data-source="{}">{}{}</time>').format(
        moment, said, source or "", shown, zone
    )


def value(number: float | None) -> str:
    """A number as people write it."""
    return "" if number is None else f"{number:,.10g}"


def interval(low: float | None, high: float | None) -> str:
    """A range of values, open where an end is not known; nothing where neither is."""
    return "" if low is None and high is None else wording.interval(low, high)


def link(path: str, **query: object) -> str:
    """An address of the desk; values that are empty are left out."""
    kept = {name: v for name, v in query.items() if v not in (None, "", ())}
    return quote(path) + (f"?{urlencode(kept, doseq=True)}" if kept else "")


@cache
def static() -> dict[str, bytes]:
    """The files that pages may have, by their names under /static."""
    return {name: data for package, folder in STATIC for name, data in held(files(package).joinpath(folder), "")}


def held(folder: Traversable, under: str) -> Iterator[tuple[str, bytes]]:
    """The files in a folder and the folders in it, with their names."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from held(one, f"{under}{one.name}/")
        else:
            yield under + one.name, one.read_bytes()


@cache
def asset(name: str) -> str:
    """The address of a file under `static`, which changes with its content."""
    return f"/static/{name}?{sha256(static()[name]).hexdigest()[:12]}"


def table(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180); no cell is a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([guarded("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()
