"""Hostile bytes to characters, a piece at a time, and past the prolog of XML.

1. The encoding: a byte-order mark, the pattern of UTF-16, UTF-8 where it fits, else what is declared, else Windows-1252.
2. The prolog is passed over by hand, and refused where it declares entities; libxml2 never sees it, so nothing is
   expanded and nothing is fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from xml.sax.saxutils import escape

from onrecord.errors import ParseError
from onrecord.parse.decode import BOMS, FAMILIES

CHUNK = 2**16
SAMPLE = 2**20
MAX_TAG = 2**18
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
LATIN = re.compile(r"(?:iso-?8859-1|latin-?1|(?:us-)?ascii)$", re.I)
LOOSE = re.compile(r"<(?![A-Za-z_/!?])|&(?:([A-Za-z][A-Za-z0-9]{1,31});|(?!#))")
XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAME = re.compile(r"<((?:[\w.-]{1,40}:)?[\w.-]{1,40})[\s>/]")


def encoding_of(body: bytes, content_type: str | None = None) -> str:
    """The name of the encoding that the bytes are most likely in."""
    for bom, name in BOMS:
        if body.startswith(bom):
            return name
    if body[:2] in (b"<\0", b"{\0", b"h\0") or body[:2] in (b"\0<", b"\0{", b"\0h"):
        return "utf-16-be" if body[0] == 0 else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body[:SAMPLE])
        return "utf-8"
    except UnicodeDecodeError:
        found = DECLARED.search(body[:1024]) or DECLARED.search((content_type or "").encode("ascii", "ignore"))
    name = found.group(1).decode() if found else ""
    if re.match("utf-?8", name, re.I):
        return "utf-8"  # mostly right: a few damaged bytes
    try:
        known = FAMILIES.match(name) and not LATIN.match(name) and codecs.lookup(name)
        return known.name if known else "windows-1252"
    except LookupError:
        return "windows-1252"


def characters(body: bytes, encoding: str) -> Iterator[str]:
    """The characters of a body, a piece at a time; what does not decode is replaced, NUL and its like are dropped."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    view = memoryview(body)
    for at in range(0, len(body), CHUNK):
        try:
            text = decoder.decode(bytes(view[at : at + CHUNK]), at + CHUNK >= len(body))
        except UnicodeError:  # UTF-32 that turns out to be none: there is nothing more to be had
            return
        yield NOT_XML.sub("", text)


def head_of(body: bytes, encoding: str) -> str:
    """The first 64 Ki of characters, as far as the first pieces give them."""
    return next(characters(body[:CHUNK], encoding), "")


def after_prolog(head: str) -> int:
    """Where the root element, or whatever stands in its place, begins. Raises ParseError for declared entities."""
    at = 0
    while True:
        at = next((i for i in range(at, len(head)) if not head[i].isspace() and head[i] != "\ufeff"), len(head))
        if head.startswith("<!--", at):
            end = head.find("-->", at)
        elif head.startswith("<?", at):
            end = head.find(">", at)
        elif head[at : at + 9].upper() == "<!DOCTYPE":
            end = end_of_doctype(head, at)
        else:
            return at
        end = head.find(">", end) if end >= 0 else -1
        if end < 0:
            return at
        at = end + 1


def end_of_doctype(head: str, at: int) -> int:
    """Where a document type declaration ends, or -1. Raises ParseError where it declares entities."""
    end, bracket = head.find(">", at), head.find("[", at)
    if 0 <= bracket < end:
        end = head.find("]", bracket)
        if re.search("<!ENTITY", head[bracket : end if end >= 0 else len(head)], re.I):
            raise ParseError("the document declares entities of its own; no feed needs them, so it is not read")
    return end


def root_of(head: str) -> tuple[str, int]:
    """The root element's name in lower case without prefix, and where it begins; ("", where text begins) for no markup."""
    at = after_prolog(head)
    found = NAME.match(head, at)
    return (found.group(1).rpartition(":")[2].lower() if found else ""), at


def mend(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces with what XML would stumble over mended, cut between tags; ends before a tag that is larger than any.

    In sections of literal text this escapes once too often; `headline` and `web_address` resolve that.
    """
    held = ""
    for piece in pieces:
        text = held + piece
        cut = unfinished(text)
        yield LOOSE.sub(mended, text[:cut])
        held = text[cut:]
        if len(held) > MAX_TAG:
            return
    yield LOOSE.sub(mended, held)


def unfinished(text: str) -> int:
    """Where a tag or a named character begins that is not whole yet; the text's end where there is none."""
    tag = text.rfind("<")
    if tag > text.rfind(">") and not text.startswith(("<!", "<?"), tag):
        return tag
    ampersand = text.rfind("&", max(0, len(text) - 40))
    return ampersand if ampersand >= 0 and ";" not in text[ampersand:] else len(text)


def mended(loose: re.Match[str]) -> str:
    """A named character as itself, and a sign that stands for itself as XML has it; XML's own five names stay."""
    name = loose.group(1)
    if name is None:
        return "&lt;" if loose.group() == "<" else "&amp;"
    if name in XML_ENTITIES:
        return loose.group()
    return escape(html5[name + ";"]) if name + ";" in html5 else f"&amp;{name};"


def pieces_from(body: bytes, encoding: str, start: int) -> Iterator[str]:
    """The characters of a body from a place in its head on."""
    pieces = characters(body, encoding)
    first = next(pieces, "")
    yield first[start:]
    yield from pieces
