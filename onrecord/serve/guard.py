"""What every answer has and every request must pass, in this order.

1. The Host header names this desk: a page elsewhere cannot reach it under a name of its own (DNS rebinding).
2. A request is no longer than it may be.
3. A form comes from a page of this desk: its token is the browser's own cookie, signed, and the browser says no other site sent it.
4. The answer carries the headers that forbid scripts from elsewhere, frames, sniffing and leaking addresses.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "onrecord_form"
MOST = 256 * 2**10  # bytes of a form; an OPML file is the largest
QUERY = 8 * 2**10
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The checks and headers around an application."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = refusal(Headers(scope=scope), scope, self.hosts)
        await (refused or self.app)(scope, bounded(receive), with_headers(send))


def refusal(headers: Headers, scope: Scope, hosts: frozenset[str]) -> PlainTextResponse | None:
    """Why a request is not even looked at, if so."""
    if host_of(headers.get("host", "")) not in hosts:
        return PlainTextResponse("This desk does not go by that name; see onrecord serve --help (--name).\n", 421)
    if len(scope["query_string"]) > QUERY or len(scope["path"]) > QUERY:
        return PlainTextResponse("The address is too long.\n", 414)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length[:15]) > MOST:
        return PlainTextResponse("What was sent is too long.\n", 413)
    return None


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    name, _, port = header.rpartition(":")
    return (name if name and port.isdigit() else header).lower().rstrip(".")


def bounded(receive: Receive) -> Receive:
    """Reads no more than may be sent, whatever the length that was announced."""
    left = MOST

    async def read() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return read


def with_headers(send: Send) -> Send:
    """Adds the headers to an answer; one that it has already stays."""

    async def write(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return write


def cookie_of(request: Request) -> str:
    """The browser's own cookie, a new one where it has none."""
    given = request.cookies.get(COOKIE, "")
    return given if len(given) == 43 and given.isascii() else secrets.token_urlsafe(32)


def token(secret: bytes, cookie: str) -> str:
    """What a form carries, so that only a page that was given to this browser can have made it."""
    return hmac.new(secret, cookie.encode(), sha256).hexdigest()


def is_forged(request: Request, secret: bytes, sent: str) -> bool:
    """Whether a form may come from elsewhere: the browser says so, or its token is not the one that this browser was given."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    return not hmac.compare_digest(token(secret, request.cookies.get(COOKIE, "")).encode(), sent.encode())
