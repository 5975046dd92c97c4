"""Bodies unpacked piece by piece, so that a bomb is noticed before it is held."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import brotli

from onrecord.errors import FetchError

PIECE = 2**16
MAGIC = b"\x1f\x8b"
FREE = 2**20  # below this size nobody asks how much smaller the body was
Unpack = Callable[[bytes], Iterator[bytes]]


class Zipped:
    """Undoes gzip (also of several members) and deflate (also without its zlib header, as some servers send it)."""

    def __init__(self, wbits: int | None = None) -> None:
        self._wbits, self._member = wbits, None if wbits is None else zlib.decompressobj(wbits)

    @property
    def whole(self) -> bool:
        """Whether what came so far ends where a member ends."""
        return self._member is not None and self._member.eof

    def __call__(self, data: bytes) -> Iterator[bytes]:
        while data:
            member = self._next(data)
            if member is None:
                return
            yield from pieces(member, data)
            data = member.unused_data

    def _next(self, data: bytes) -> zlib._Decompress | None:
        """The member that the data belong to; None for what follows the last one, which is dropped."""
        if self._member is None:
            self._wbits = 15 if data[0] & 15 == 8 else -15
        elif not self._member.eof:
            return self._member
        elif not data.startswith(MAGIC):
            return None
        self._member = zlib.decompressobj(self._wbits or 31)
        return self._member


def pieces(member: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What the data unpack to, never more than one piece at a time."""
    while True:
        piece = member.decompress(data, PIECE)
        if piece:
            yield piece
        data = member.unconsumed_tail
        if member.eof or (not data and len(piece) < PIECE):
            return


class Brotli:
    """Undoes brotli."""

    def __init__(self) -> None:
        self._state = brotli.Decompressor()

    @property
    def whole(self) -> bool:
        """Whether the end has come."""
        return bool(self._state.is_finished())

    def __call__(self, data: bytes) -> Iterator[bytes]:
        while not self.whole:
            yield self._state.process(data, output_buffer_limit=PIECE)
            data = b""
            if self._state.can_accept_more_data():
                return


class Plain:
    """Nothing to undo."""

    whole = True

    def __call__(self, data: bytes) -> Iterator[bytes]:
        yield data


def unpacker(coding: str) -> Zipped | Brotli | Plain:
    """What undoes a Content-Encoding. Raises FetchError for several or unknown ones."""
    match coding.strip().lower():
        case "" | "identity" | "none":
            return Plain()
        case "gzip" | "x-gzip":
            return Zipped(31)
        case "deflate":
            return Zipped()
        case "br":
            return Brotli()
        case other:
            raise FetchError(f"it is packed as {other[:40]!r}, which is not known here")


class Body:
    """A body that grows within bounds. `add` raises FetchError, without a subject, once one is passed."""

    def __init__(self, coding: str, limit: int, ratio: int) -> None:
        self._unpack, self._limit, self._ratio = unpacker(coding), limit, ratio
        self._held, self._taken = BytesIO(), 0

    def __len__(self) -> int:
        return self._held.tell()

    def add(self, chunk: bytes) -> None:
        """Takes a chunk as it came."""
        self._taken += len(chunk)
        self._check()
        try:
            for piece in self._unpack(chunk):
                self._held.write(piece)
                self._check()
        except (zlib.error, brotli.error):
            raise FetchError("its packing is damaged") from None

    def _check(self) -> None:
        if max(len(self), self._taken - FREE) > self._limit:
            raise FetchError(f"it is larger than {self._limit / 2**20:.1f} MiB; it is not read")
        if len(self) > max(FREE, self._ratio * self._taken):
            raise FetchError(f"it unpacks to more than {self._ratio} times its size; it is not read")

    def whole(self) -> bytes:
        """All of it. Raises FetchError where the packing breaks off."""
        if self._taken and not self._unpack.whole:
            raise FetchError("its packing is cut short")
        return self.so_far()

    def so_far(self) -> bytes:
        """What has come, whole or not."""
        return self._held.getvalue()
