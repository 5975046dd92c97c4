"""JSON lines: one Reading a line, exactly the contract of docs/reference/reading.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from onrecord.model import Reading, encode


def write(readings: Iterable[Reading], file: TextIO) -> None:
    """Writes each Reading as it comes."""
    for reading in readings:
        file.write(encode(reading).decode("utf-8") + "\n")
        file.flush()
