"""Alerts as an Atom feed (RFC 4287) that any feed reader follows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from xml.etree import ElementTree as ET

from onrecord.knowledge import Alert
from onrecord.text import digest
from onrecord.watch.notice import body, headline

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries that a feed keeps, the newest
# What XML 1.0 cannot hold.
UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Link = Callable[[Alert], str | None]


def feed(
    alerts: Iterable[Alert], names: dict[str, str], *, old: bytes | None = None, link: Link = lambda alert: None
) -> bytes:
    """An Atom feed of alerts, with the entries of an earlier feed; an alert that is in both is given anew.

    `names` are the indicators' by id; `link` gives the address of an alert's article. A feed that cannot be read is begun afresh.
    """
    ET.register_namespace("", ATOM)
    entries = {e.findtext(tag("id")): e for e in earlier(old)}
    entries.update({urn(a.id): entry(a, names.get(a.indicator, ""), link(a)) for a in alerts})
    newest = sorted(
        entries.values(), key=lambda e: (e.findtext(tag("published")) or "", e.findtext(tag("id")) or ""), reverse=True
    )[:MOST]
    root = ET.Element(tag("feed"))
    add(root, "id", urn(digest("alerts")))
    add(root, "title", "onrecord: alerts")
    add(root, "updated", max((e.findtext(tag("updated")) or "" for e in newest), default="1970-01-01T00:00:00Z"))
    add(add(root, "author"), "name", "onrecord")
    root.extend(newest)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def earlier(old: bytes | None) -> Sequence[ET.Element]:
    """The entries of a feed that was written before; none where it is damaged. It is our own file, and what declares entities is not."""
    if not old or b"<!" in old:
        return []
    try:
        return ET.fromstring(old).findall(tag("entry"))
    except ET.ParseError:
        return []


def entry(alert: Alert, name: str, link: str | None) -> ET.Element:
    """One alert as an entry."""
    e = ET.Element(tag("entry"))
    add(e, "id", urn(alert.id))
    add(e, "title", headline(alert, name))
    add(e, "published", alert.when)
    add(e, "updated", alert.when)
    add(e, "category").set("term", alert.crossing)
    if link:
        add(e, "link").attrib.update(rel="alternate", href=UNFIT.sub("", link))
    add(e, "content", body(alert)).set("type", "text")
    return e


def add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    """A child with text, without what XML cannot hold."""
    child = ET.SubElement(parent, tag(name))
    if text is not None:
        child.text = UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
    return child


def tag(name: str) -> str:
    """A name of Atom's."""
    return f"{{{ATOM}}}{name}"


def urn(id: str) -> str:
    """An id as the IRI that Atom asks for."""
    return uuid.uuid5(uuid.NAMESPACE_OID, id).urn
