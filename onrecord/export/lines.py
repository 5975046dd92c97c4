"""What the formats that are written piece by piece share: JSON as UTF-8 bytes, with what no parser may choke on escaped."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

encoder = msgspec.json.Encoder()


def line(out: BinaryIO, value: object) -> None:
    """One value as a line of JSON."""
    out.write(encoder.encode(value) + b"\n")
