"""Which addresses may be asked: web addresses put in one form, and hosts checked to be public ones.

The connection goes to the very address that was checked, so that a second look-up cannot lead to a private one.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple
from urllib.parse import urljoin

import httpcore
import httpx

from onrecord.errors import FetchError
from onrecord.settings import Settings

Resolve = Callable[[str, int], list[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = (80, 443, 8080, 8443)
MAX_ADDRESS = 8_000
MAX_HEAD = 2**17  # bytes of an answer before its body, and what of the body comes with them
TRIES = 3  # addresses of one host that are tried
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE = ipaddress.IPv6Network("::/96")
# Not for public hosts, though not every version of Python's table says so.
SPECIAL = tuple(
    ipaddress.ip_network(n)
    for n in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16")
)


class Address(NamedTuple):
    """A web address without user, password and fragment, and its parts; the host is in ASCII."""

    url: str
    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def origin(self) -> str:
        """What a robots.txt holds for."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def netloc(self) -> str:
        """The Host header: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


def address(url: str) -> Address:
    """The parts of a web address. Raises FetchError for what is none."""
    try:
        parts = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchError(f"{shown(url)} is no web address", permanent=True) from None
    host = parts.raw_host.decode("ascii").lower()
    if (
        parts.scheme not in ("http", "https")
        or not host
        or len(url) > MAX_ADDRESS
        or not 0 < (80 if parts.port is None else parts.port) < 2**16
    ):
        raise FetchError(
            f"{shown(url)} is no web address; it must begin with http:// or https://", permanent=True
        ) from None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    whole = Address("", parts.scheme, host, port, parts.raw_path.decode("ascii") or "/")
    return whole._replace(url=f"{whole.scheme}://{whole.netloc}{whole.path}")


def joined(here: Address, location: str) -> Address:
    """Where a redirect leads. Raises FetchError where that is no web address."""
    try:
        return address(urljoin(here.url, location))
    except ValueError:
        raise FetchError(f"{shown(location)} is no web address", permanent=True) from None


def shown(url: str) -> str:
    """An address as it may stand in a line: short, and unable to drive a terminal."""
    return repr(url if len(url) <= 200 else url[:199] + "…")


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, best first. Raises FetchError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"the host {host} cannot be found; check the address and the connection") from None
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, compatible, 6to4 or NAT64."""
    if ip in NAT64 or ip in COMPATIBLE:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def is_private(host: str) -> bool:
    """Whether an IP address is anything but a public unicast one, also when it is wrapped in IPv6."""
    ip = ipaddress.ip_address(host.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := embedded(ip):
            return is_private(str(inner))
        if ip not in GLOBAL_UNICAST:
            return True
    return not ip.is_global or ip.is_multicast or any(ip in n for n in SPECIAL if n.version == ip.version)


def admitted(host: str, port: int, addresses: list[str], settings: Settings) -> list[str]:
    """The addresses that may be connected to: none where a single one is private. Raises FetchError."""
    if settings.allow_private:
        return addresses
    if any(is_private(a) for a in addresses):
        raise FetchError(f"{host} is a private address; give --allow-private if you mean it", permanent=True)
    if port not in PORTS:
        raise FetchError(f"{host} is asked on port {port}; only {PORTS} are, without --allow-private", permanent=True)
    return addresses


class Stream(httpcore.AsyncNetworkStream):
    """A connection that ends where the headers of an answer do not: the parser bounds one header, not their number."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner, self._left = inner, MAX_HEAD

    def head_is_over(self) -> None:
        """What comes now is the body, which is counted elsewhere."""
        self._left = -1

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes. Raises RemoteProtocolError where there are too many headers."""
        data = await self._inner.read(max_bytes, timeout)
        if self._left >= 0:
            self._left -= len(data)
            if self._left < 0:
                raise httpcore.RemoteProtocolError("its headers are too many")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class Network(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were looked up once and checked, instead of letting the system look up again."""

    def __init__(
        self,
        look_up: Callable[[str, int], Awaitable[list[str]]],
        settings: Settings,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._look_up, self._settings = look_up, settings
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address of the host that answers."""
        found = admitted(host, port, await self._look_up(host, port), self._settings)[:TRIES]
        last: Exception = FetchError(f"the host {host} cannot be found; check the address and the connection")
        for ip in found:
            try:
                return Stream(await self._inner.connect_tcp(ip, port, timeout and timeout / len(found)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last
