"""One polite fetch: robots.txt, an honest name, and bounds on time, size and redirects.

Each hop's host is resolved once and checked; the connection goes to the very address that was checked, so that a second
look-up cannot lead to a private one. Redirects are followed by hand.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import httpx

from onrecord.errors import FetchError
from onrecord.model import Capture
from onrecord.settings import Settings

Resolve = Callable[[str, int], list[str]]
TEXTUAL = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/octet-stream",
    "application/gzip",
    "application/x-gzip",
    "application/rss",
    "application/json",
)
MAX_ROBOTS = 500_000


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises FetchError where it has none."""
    try:
        return sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        raise FetchError(f"the host {host} cannot be found; check the address and the connection") from None


def is_private(address: str) -> bool:
    """Whether an IP address is anything but a public unicast one, also when it is wrapped in IPv6."""
    ip = ipaddress.ip_address(address.split("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return not ip.is_global or ip.is_multicast or (inner is not None and is_private(str(inner)))


def checked_address(host: str, port: int, settings: Settings, look_up: Resolve) -> str:
    """An address of the host that may be connected to. Raises FetchError for private ones unless they are allowed."""
    addresses = look_up(host, port)
    if not settings.allow_private and any(is_private(a) for a in addresses):
        raise FetchError(f"{host} is a private address; give --allow-private if you mean it")
    return addresses[0]


def split(url: str) -> tuple[str, str, int, str]:
    """(scheme, host, port, address without user, password and fragment). Raises FetchError for what is no web address."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise FetchError(f"{url[:200]!r} is no web address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url[:200]!r} is no web address; it must begin with http:// or https://")
    port = port or (443 if parts.scheme == "https" else 80)
    netloc = f"[{host}]" if ":" in host else host
    shown = netloc if port in (80, 443) else f"{netloc}:{port}"
    return parts.scheme, host, port, urlunsplit((parts.scheme, shown, parts.path or "/", parts.query, ""))


class _Response:
    """What came back: status, headers, and the bytes read within bounds."""

    def __init__(self, status: int, headers: httpx.Headers, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body


def get(url: str, settings: Settings, look_up: Resolve, limit: int, deadline: float) -> _Response:
    """One request without redirects, to a checked address. Raises FetchError when a bound is passed."""
    scheme, host, port, address = split(url)
    ip = checked_address(host, port, settings, look_up)
    parts = urlsplit(address)
    target = urlunsplit((scheme, f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}", parts.path, parts.query, ""))
    headers = {
        "Host": parts.netloc,
        "User-Agent": settings.user_agent,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip",
    }
    timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
    extensions = {"sni_hostname": host} if scheme == "https" else {}
    try:
        with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            request = client.build_request("GET", target, headers=headers, extensions=extensions)
            response = client.send(request, stream=True)
            try:
                return _Response(
                    response.status_code, response.headers, bounded(response.iter_bytes(), limit, deadline, url)
                )
            finally:
                response.close()
    except httpx.TimeoutException:
        raise FetchError(f"{host} did not answer in time; try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        raise FetchError(f"{host} could not be read: {str(error)[:120] or type(error).__name__}") from None


def bounded(chunks: Iterable[bytes], limit: int, deadline: float, url: str) -> bytes:
    """The chunks joined, within size and time."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise FetchError(f"{url[:200]} is larger than {limit / 2**20:.0f} MiB; it is not read")
        if time.monotonic() > deadline:
            raise FetchError(f"{url[:200]} came too slowly; it was given up")
    return bytes(body)


def allowed_by_robots(url: str, settings: Settings, look_up: Resolve, deadline: float) -> bool:
    """Whether the site's robots.txt lets us read the page; a site without one does."""
    try:
        response = get(urljoin(url, "/robots.txt"), settings, look_up, MAX_ROBOTS, deadline)
    except FetchError as error:
        if "private" in str(error) or "no web address" in str(error):
            raise
        return True
    if response.status in (401, 403):
        return False
    if response.status >= 300:
        return True
    rules = RobotFileParser()
    rules.parse(response.body.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(settings.user_agent.split("/")[0], url)


def fetch(url: str, settings: Settings, look_up: Resolve = resolve) -> Capture:
    """The page at an address as a Capture. Raises FetchError, in one line, for everything that can go wrong."""
    deadline = time.monotonic() + settings.total_timeout
    seen: set[str] = set()
    here = url
    for _ in range(settings.max_redirects + 1):
        address = split(here)[3]
        if address in seen:
            raise FetchError(f"{url[:200]} redirects in a loop")
        seen.add(address)
        if not allowed_by_robots(address, settings, look_up, deadline):
            raise FetchError(
                f"{address[:200]} may not be fetched: its robots.txt forbids it; save the page in a browser and give the file"
            )
        response = get(address, settings, look_up, settings.max_input, deadline)
        if response.status in (301, 302, 303, 307, 308) and response.headers.get("location"):
            here = urljoin(address, response.headers["location"])
            continue
        if response.status != 200:
            raise FetchError(f"{address[:200]} answered {response.status}; check the address")
        kind = response.headers.get("content-type", "text/html").lower()
        if not kind.startswith(TEXTUAL):
            raise FetchError(f"{address[:200]} is {kind.split(';')[0]}, not a page")
        return Capture(name=url, body=response.body, url=address, content_type=kind)
    raise FetchError(f"{url[:200]} redirects more than {settings.max_redirects} times")
