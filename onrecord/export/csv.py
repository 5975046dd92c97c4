"""One attribution a row, for a spreadsheet.

Article text is hostile: a cell that a spreadsheet would take for a formula (it begins with =, +, - or @) gets an apostrophe
before it, and what could drive a terminal becomes a replacement mark. Runs of white space, paragraph breaks too, become one
space; fragments of a broken span are joined by " … ".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from onrecord.export import view
from onrecord.model import Attribution, Reading
from onrecord.text import words_of

HEADER = ("input", "title", "outlet", "published", "url", "id", "within", "kind", "act", "speaker", "role", "country", "speaker_kind", "source", "cue", "content",
          "venue", "negated", "certainty", "confidence", "content_start", "content_end", "article")  # fmt: skip

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def guarded(cell: str) -> str:
    """The cell, on one line, and not a formula."""
    cell = CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(cell.split()))
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell


def row(reading: Reading, a: Attribution) -> list[str]:
    """One attribution as cells, in the order of `HEADER`."""
    article, text = reading.article, reading.article.text
    who, venue = view.speaker_of(reading, a), view.entity(reading, a.venue)
    spans = [words_of(text, s) for s in (a.source, a.cue, a.content)]
    found = [
        reading.input, article.title, view.outlet(article), article.published.value if article.published else None, article.url, a.id, a.within, a.kind, a.act,
        who.name if who else None, who.role if who else None, who.country if who else None, a.speaker_kind, *spans, venue.name if venue else None,
        "yes" if a.negated else "no", a.certainty, f"{a.confidence:.3f}", str(a.content[0][0]), str(a.content[-1][1]), article.id,
    ]  # fmt: skip
    return [guarded(c or "") for c in found]


def rows(reading: Reading) -> Iterator[list[str]]:
    """The attributions of a Reading as rows."""
    return (row(reading, a) for a in reading.attributions)


def write(readings: Iterable[Reading], file: TextIO) -> None:
    """Writes the header, then each Reading's rows as it comes."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    for reading in readings:
        writer.writerows(rows(reading))
