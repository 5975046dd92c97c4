"""The archived page as it came, and the way from the id of any part to its place.

What was archived is hostile: it is shown in a frame without scripts and without an origin, under a policy of its own that forbids it to load
anything, and never as anything but HTML or plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import EvidenceError, InputError
from onrecord.export import view
from onrecord.model import Capture, Reading
from onrecord.serve import windows
from onrecord.serve.article import RAW, located
from onrecord.serve.kinds import Desk, Missing, Page
from onrecord.serve.render import SHORT, link
from onrecord.store import captures, surroundings
from onrecord.store.rows import PART_ID
from onrecord.store.show import show
from onrecord.text import Span

POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"  # fmt: skip
HEADERS = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-cache"}  # fmt: skip
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
PAGES_OF = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\s*(?:;|\Z)", re.IGNORECASE)
TAG = re.compile(rb"<(?:!doctype|html|head|body|p|div|article)\b", re.IGNORECASE)


def raw(request: Request) -> Response:
    """The archived bytes of the page that an article was made of; with `as=text` as plain text. Raises Missing."""
    desk: Desk = request.app.state.desk
    with desk.store.reading() as transaction:
        kept = captures.of_article(transaction, located(transaction, request.path_params["id"]).article)[0]
    try:
        capture = desk.evidence.read(kept)
    except EvidenceError as error:
        return Response(f"The archived page cannot be shown: {error}.\n", 404, HEADERS, "text/plain; charset=utf-8")
    return Response(
        capture.body[:RAW],
        200,
        HEADERS | {"Content-Type": media_type(capture, request.query_params.get("as") == "text")},
    )


def media_type(capture: Capture, as_text: bool) -> str:
    """What the browser is to take the bytes for: a page, or plain text; with the charset that came with them."""
    declared = capture.content_type or ""
    page = PAGES_OF.match(declared) or (not declared and TAG.search(capture.body[:2000]))
    charset = CHARSET.search(declared) or (
        CHARSET.search(capture.body[:2000].decode("ascii", "ignore")) if as_text or not page else None
    )
    media = "text/html" if page and not as_text else "text/plain"
    return f"{media}; charset={charset[1]}" if charset else media if media == "text/html" else f"{media}; charset=utf-8"


def part(request: Request) -> Response:
    """From the id of any part of the record to its place in its article. Raises Missing."""
    return RedirectResponse(place(request.app.state.desk, request.path_params["id"]), 303)


def place(desk: Desk, id: str) -> str:
    """The address of a record's words. Raises Missing."""
    try:
        found = show(desk.store, id)
    except InputError as error:
        raise Missing(str(error)) from None
    if found.article is None:
        raise Missing(f"Of {found.noun} {found.id[:SHORT]} no article was made.")
    article = f"/article/{found.article.id}"
    if found.noun == "article":
        return article
    if found.noun == "capture":
        return link(article, tab="raw")
    with desk.store.reading() as transaction:
        rows = located(transaction, found.article.id, found.reading)
        reading, about = surroundings.whole(transaction, rows)
    query = {} if about.current else {"reading": about.reading}
    if found.noun == "reading":
        return link(article, **query)
    pieces = windows.windows(reading)
    window = windows.window_of(pieces, min((start for start, _ in found.spans), default=0))
    if window != pieces[0]:
        query["from"] = str(window[0])
    return link(article, **query) + f"#p{shown_as(reading, about.ids, window, found.id[:PART_ID])}"


def shown_as(reading: Reading, ids: Mapping[str, str], window: Span, id: str) -> str:
    """The part whose mark a part shares: mentions of one place are marked as the first of them."""
    narrow = windows.narrowed(reading, ids, window).reading
    firsts = view.first_mentions(narrow)
    return next((ids[firsts[p.id].id] for p in narrow.places if ids[p.id] == id), id)


PAGES: tuple[Page, ...] = ()
ACTIONS = ()
ROUTES = (Route("/raw/{id}", raw, name="raw"), Route("/part/{id}", part, name="part"))
