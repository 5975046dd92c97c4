"""Bytes to characters: refuses what is no text, finds the charset, and cleans what no reader should see.

1. Empty and binary input is refused.
2. The charset: a byte-order mark, else UTF-8 where it fits, else what the page or its header declares, else a guess.
3. Characters: line ends become "\\n", no-break spaces become spaces, control, zero-width and direction marks go.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from onrecord.errors import ParseError

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 600

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
MAGIC = {b"%PDF": "a PDF", b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
         b"PK\x03\x04": "a ZIP archive or office document", b"\x7fELF": "a program", b"RIFF": "a media file", b"\x1f\x8b": "gzip"}  # fmt: skip
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
FAMILIES = re.compile(
    r"(?:iso|latin|windows|cp\d|koi8|euc|gb|big5|shift|sjis|ms\d|mac|tis|ks|utf-?16)", re.I
)  # never punycode
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
LINE_ENDS = re.compile("\r\n?|\u2028|\x85")
NESTING = re.compile(
    r"<(/?)(?:div|span|table|td|tr|ul|ol|section|article|b|i|em|font|blockquote|main|center|a|svg|g)\b[^>]{0,2000}(?<=(.))>",
    re.I | re.S,
)


def refuse_binary(data: bytes) -> None:
    """Raises ParseError for input that holds no text."""
    if not data.strip():
        raise ParseError("the input is empty; give a page or a text")
    if len(data) > MAX_BYTES:
        raise ParseError(f"the input has {len(data) / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB are read")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise ParseError(f"the input is {what}, not a page; save the article as HTML or text")
    head = data[:4096]
    if not data.startswith(tuple(b for b, _ in BOMS)) and head.count(0) > len(head) // 50:
        raise ParseError("the input is binary, not a page; save the article as HTML or text")


def as_text(data: bytes, content_type: str | None = None) -> str:
    """The characters of a page or text, by its byte-order mark, UTF-8, its declaration, or a guess."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    declared = DECLARED.search((content_type or "").encode()) or DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii", "ignore").lower() if declared else ""
    if name in ("utf-8", "utf8") and data[broken.start :].count(b"\xc3") > 3:
        return data.decode("utf-8", "replace")  # mostly right: a few damaged bytes
    if FAMILIES.match(name) or name in ("ascii", "us-ascii"):
        try:
            return data.decode(
                "windows-1252" if name in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name, "replace"
            )
        except LookupError:
            pass
    sample = data[:200_000]
    if sum(b >= 0x80 for b in sample) < len(sample) // 10:
        return data.decode("windows-1252", "replace")  # Latin letters with a few accents; guessers take it for others
    best = from_bytes(sample).best()
    return data.decode(best.encoding if best else "windows-1252", "replace")


def clean(text: str) -> str:
    """The text without characters that print nothing or turn the direction of others."""
    return UNWANTED.sub("", SPACES.sub(" ", LINE_ENDS.sub("\n", text)))


def refuse_depth(html: str) -> None:
    """Raises ParseError where tags are nested deeper than any page's."""
    depth = 0
    for m in NESTING.finditer(html):  # not findall: of a hostile page that would fill the memory
        closing, last = m.groups()
        if closing:
            depth -= depth > 0
        elif last != "/":
            depth += 1
            if depth > MAX_DEPTH:
                raise ParseError(f"tags are nested more than {MAX_DEPTH} deep; this is no news page")
