"""Members of a gzip file that know their own length, so that a file of them is walked without being unpacked.

The length stands in the extra field `sl` of the member's header (compressed and unpacked, 32 bits each), as the annex of the
WARC standard has it; other readers pass over it. A second field, `pd`, fills a member up to a length that is wanted.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from onrecord.errors import EvidenceError

# magic, deflate, extra fields, no time, no speed, unknown system: so that the same record makes the same bytes
FIXED = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff"
HEAD = struct.Struct("<10sH2sHII")
FIELD = struct.Struct("<2sH")
TAIL = struct.Struct("<II")
LEAST = 640  # so that every member can be replaced by an empty record of its length
LEVEL = 6
BLOCK = 65_535  # the most that a stored block of deflate holds

Read = Callable[[int, int], bytes]  # (offset, length)


class Packer:
    """A file to write into that becomes one member."""

    def __init__(self) -> None:
        self._state, self._parts = zlib.compressobj(LEVEL, zlib.DEFLATED, -15), list[bytes]()
        self._crc, self._size = 0, 0

    def write(self, data: bytes) -> None:
        """Takes a part of the record."""
        self._crc, self._size = zlib.crc32(data, self._crc), self._size + len(data)
        self._parts.append(self._state.compress(data))

    def flush(self) -> None:
        """Nothing is written before the member is whole."""

    def member(self) -> bytes:
        """The whole member."""
        deflated = b"".join((*self._parts, self._state.flush()))
        bare = HEAD.size + len(deflated) + TAIL.size
        filler = max(LEAST - bare - FIELD.size, 0) if bare < LEAST else None
        return framed(deflated, self._crc, self._size, filler)


def framed(deflated: bytes, crc: int, size: int, filler: int | None) -> bytes:
    """Header, extra fields, data and trailer; `filler` is the length of the field `pd`, None for no such field."""
    extra = b"" if filler is None else FIELD.pack(b"pd", filler) + bytes(filler)
    length = HEAD.size + len(extra) + len(deflated) + TAIL.size
    head = HEAD.pack(FIXED, FIELD.size + 8 + len(extra), b"sl", 8, length, size)
    return head + extra + deflated + TAIL.pack(crc, size & 0xFFFFFFFF)


def stored(data: bytes) -> bytes:
    """Deflate that packs nothing, so that its length is known beforehand."""
    blocks = [data[i : i + BLOCK] for i in range(0, len(data), BLOCK)]
    ends = [*[b"\0"] * (len(blocks) - 1), b"\1"]
    return b"".join(e + struct.pack("<HH", len(b), len(b) ^ 0xFFFF) + b for e, b in zip(ends, blocks, strict=True))


def exactly(length: int, record: Callable[[int], bytes]) -> bytes:
    """A member of this very length. `record(n)` gives a record with n bytes of padding, whose length grows as n does."""
    bare = len(record(0))
    room = length - HEAD.size - FIELD.size - TAIL.size
    padding = next(n for n in range(room - bare, -1, -1) if stored_length(bare + n) <= room)
    data = record(padding)
    return framed(stored(data), zlib.crc32(data), len(data), room - stored_length(len(data)))


def stored_length(size: int) -> int:
    """How long `stored` makes so many bytes."""
    return size + 5 * -(-size // BLOCK)


def length_at(head: bytes) -> int:
    """The length of the member that begins so; 0 where none does."""
    if len(head) < HEAD.size:
        return 0
    fixed, _, name, _, length, _ = HEAD.unpack(head[: HEAD.size])
    return length if fixed == FIXED and name == b"sl" and length >= HEAD.size + TAIL.size else 0


def walk(read: Read, start: int, size: int) -> Iterator[tuple[int, int]]:
    """(offset, length) of each member from a known beginning, as far as one follows the other."""
    while start < size:
        length = length_at(read(start, HEAD.size))
        if not length or start + length > size:
            return
        yield start, length
        start += length


def torn(read: Read, start: int, size: int) -> bool:
    """Whether what stands from here to the end is the beginning of a member that was never finished.

    Where another member seems to follow, a length was damaged, and nothing may be cut off.
    """
    head = read(start, HEAD.size)
    if len(head) < HEAD.size:
        return head[:10] == FIXED[: len(head)] or not any(head)
    cut = length_at(head) > size - start and next_member(read, start + 1, size) == size
    return cut or zeros(read, start, size)


def zeros(read: Read, start: int, size: int) -> bool:
    """Whether nothing was written here, as a file system leaves it that lost its power."""
    return all(not any(read(at, min(2**20, size - at))) for at in range(start, size, 2**20))


def next_member(read: Read, start: int, size: int) -> int:
    """Where the next member seems to begin, after a place that was destroyed; the size of the file where none does."""
    while start < size:
        piece = read(start, 2**20)
        found = piece.find(FIXED)
        if found < 0:
            start += max(len(piece) - len(FIXED) + 1, 1)
        elif length_at(read(start + found, HEAD.size)) and start + found + length_at(piece[found:]) <= size:
            return start + found
        else:
            start += found + 1
    return size


def unpacked(member: bytes) -> bytes:
    """The record in a member. Raises EvidenceError where it is not whole and of the size that the member says."""
    size = HEAD.unpack(member[: HEAD.size])[5] if length_at(member[: HEAD.size]) == len(member) else -1
    state = zlib.decompressobj(wbits=31)
    try:
        data = state.decompress(member, size + 1) if size >= 0 else b""
        state.decompress(state.unconsumed_tail, 1)  # the check sum may be left
    except zlib.error:
        raise EvidenceError("the archived bytes are damaged") from None
    if not state.eof or state.unused_data or len(data) != size:
        raise EvidenceError("the archived record is not whole")
    return data
