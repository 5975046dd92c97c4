"""A web server on loopback addresses that misbehaves in every way we know of: `python -m tests.hostile` to look at it.

Each misbehaviour is a short function below and has a host of its own (127.0.0.x, a port), so that what one host is known for
does not touch another: `with hostile() as site: site["slow-body"]` is an address. `site.log` holds what was asked.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import ssl
import sys
import time
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

CERTIFICATE = Path(__file__).parent / "fetch" / "selfsigned.pem"
PAGE = b"<html><head><title>Four lakes</title></head><body><p>The council of the four lakes met.</p></body></html>"
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Lakes</title>%s</channel></rss>"
ITEM = b"<item><title>Story %d</title><link>/story/%d</link></item>"
PAUSE = 0.05


class Asked(NamedTuple):
    """One request as the server saw it."""

    when: float
    name: str
    path: str
    headers: dict[str, str]


class Talk(NamedTuple):
    """What a misbehaviour is given: the request, how many came for this path before, and where to write."""

    path: str
    headers: dict[str, str]
    before: int
    site: Site
    out: asyncio.StreamWriter

    async def say(self, data: bytes) -> None:
        """Sends these bytes."""
        self.out.write(data)
        await self.out.drain()

    async def answer(self, body: bytes = PAGE, status: str = "200 OK", **headers: str) -> None:
        """A proper answer."""
        fields = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
        fields |= {k.replace("_", "-"): v for k, v in headers.items()}
        head = "".join(f"{k}: {v}\r\n" for k, v in fields.items())
        await self.say(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    async def go_to(self, where: str) -> None:
        """A redirect."""
        await self.answer(b"", "302 Found", Location=where)


Behaviour = Callable[[Talk], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}
ROBOTS: dict[str, Behaviour] = {}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def behaviour(function: Behaviour) -> Behaviour:
    """Makes a function a host of its own."""
    BEHAVIOURS[function.__name__.replace("_", "-")] = function
    return function


def says(name: str, data: bytes) -> None:
    """A host that sends just these bytes, whatever it is asked."""

    async def say(talk: Talk) -> None:
        await talk.say(data)

    BEHAVIOURS[name] = say


# Slow and endless


@behaviour
async def slow_header(talk: Talk) -> None:
    await talk.say(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await talk.say(b"x")
        await asyncio.sleep(PAUSE)


@behaviour
async def slow_body(talk: Talk) -> None:
    await talk.say(HEAD + b"\r\n")
    while True:
        await talk.say(b"x")
        await asyncio.sleep(PAUSE)


@behaviour
async def unending_body(talk: Talk) -> None:
    """The rest never comes, though the connection stays."""
    await talk.say(HEAD + b"Content-Length: 100000\r\n\r\n" + PAGE)
    await asyncio.sleep(60)


@behaviour
async def silent(talk: Talk) -> None:
    await asyncio.sleep(60)


@behaviour
async def endless_continues(talk: Talk) -> None:
    while True:
        await talk.say(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)  # fast enough to reach the bound on a busy machine
        await asyncio.sleep(0)


@behaviour
async def endless_body(talk: Talk) -> None:
    await talk.say(HEAD + b"\r\n")
    while True:
        await talk.say(b"x" * 2**16)


@behaviour
async def endless_chunks(talk: Talk) -> None:
    await talk.say(CHUNKED)
    while True:
        await talk.say(b"10000\r\n" + b"x" * 2**16 + b"\r\n")


@behaviour
async def tiny_chunks(talk: Talk) -> None:
    """A chunk a byte, which costs the reader more than the writer."""
    await talk.say(CHUNKED)
    while True:
        await talk.say(b"1\r\nx\r\n" * 10_000)


@behaviour
async def endless_headers(talk: Talk) -> None:
    await talk.say(b"HTTP/1.1 200 OK\r\n")
    while True:
        await talk.say(b"X-More: " + b"x" * 1000 + b"\r\n")


@behaviour
async def endless_trailers(talk: Talk) -> None:
    await talk.say(CHUNKED + b"1\r\nx\r\n0\r\n")
    while True:
        await talk.say(b"X-More: " + b"x" * 1000 + b"\r\n")


@behaviour
async def many_headers(talk: Talk) -> None:
    await talk.say(HEAD + b"".join(b"X-%d: y\r\n" % i for i in range(20_000)) + b"\r\n" + PAGE)


# Packed


@behaviour
async def gzip_bomb(talk: Talk) -> None:
    """As much as gzip can: a thousand to one, for ever."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    await talk.say(HEAD + b"Content-Encoding: gzip\r\n\r\n")
    while True:
        await talk.say(pack.compress(bytes(2**22)))


@behaviour
async def gzip_in_gzip_bomb(talk: Talk) -> None:
    """Ten thousand to one and more, in two layers, one as a header and one as a file."""
    await talk.answer(bomb(), Content_Type="application/gzip", Content_Encoding="gzip")


def bomb() -> bytes:
    """A gzip of a gzip of 100 MB of nothing."""
    return gzip.compress(gzip.compress(bytes(100_000_000), 9), 9)


@behaviour
async def gzip_rubbish(talk: Talk) -> None:
    """A member, and behind it rubbish without end."""
    await talk.say(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE))
    while True:
        await talk.say(b"x" * 2**16)


@behaviour
async def gzip_cut(talk: Talk) -> None:
    await talk.answer(gzip.compress(PAGE * 100)[:-20], Content_Encoding="gzip")


@behaviour
async def gzip_lie(talk: Talk) -> None:
    await talk.answer(PAGE, Content_Encoding="gzip")


@behaviour
async def gzip_honest(talk: Talk) -> None:
    await talk.answer(gzip.compress(PAGE) + gzip.compress(PAGE), Content_Encoding="gzip")


@behaviour
async def unknown_packing(talk: Talk) -> None:
    await talk.answer(PAGE, Content_Encoding="zstd")


# Redirects


@behaviour
async def redirect_loop(talk: Talk) -> None:
    await talk.go_to("/b" if talk.path == "/a" else "/a")


@behaviour
async def redirect_far(talk: Talk) -> None:
    await talk.go_to(f"/{talk.site.asked('redirect-far')}")


@behaviour
async def redirect_private(talk: Talk) -> None:
    await talk.go_to("http://10.1.2.3/secret")


@behaviour
async def redirect_name(talk: Talk) -> None:
    """To a name that turns out to be a private address."""
    await talk.go_to("http://inward.example/secret")


@behaviour
async def redirect_file(talk: Talk) -> None:
    await talk.go_to("file:///etc/passwd")


@behaviour
async def redirect_port(talk: Talk) -> None:
    await talk.go_to("http://93.184.216.34:22/")


@behaviour
async def redirect_rubbish(talk: Talk) -> None:
    await talk.go_to("http://[::1")


@behaviour
async def redirect_user(talk: Talk) -> None:
    """To itself with a user and a password, which must not be sent."""
    if talk.path == "/in":
        await talk.answer()
    else:
        await talk.go_to(talk.site["redirect-user"].replace("//", "//user:secret@").replace("/redirect-user", "/in"))


# Broken HTTP

says("shorter", HEAD + b"Content-Length: 10000\r\n\r\n" + PAGE)
says("longer", HEAD + b"Content-Length: 50\r\n\r\n" + PAGE + PAGE)
says("no-number", HEAD + b"Content-Length: many\r\n\r\n" + PAGE)
says("negative", HEAD + b"Content-Length: -5\r\n\r\n" + PAGE)
says("two-lengths", HEAD + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + PAGE)
says("http-1-0", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
says("http-1-0-bare", b"HTTP/1.0 200\n\n" + PAGE)
says("http-1-0-chunked", b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
says("no-status", PAGE)
says("garbage-status", b"XYZZY 200 \xff\xfe\r\n\r\n" + PAGE)
says("odd-status", b"HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")
says("switching", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
says("garbage-chunks", CHUNKED + b"zz\r\nhello\r\n")
says("cut-chunks", CHUNKED + b"ff\r\nhello")
says("nul-header", HEAD + b"X: a\0b\r\n\r\n" + PAGE)
says("nothing", b"")
says("empty", HEAD + b"Content-Length: 0\r\n\r\n")
says("no-content", b"HTTP/1.1 204 No Content\r\n\r\n")
says("unasked-304", b"HTTP/1.1 304 Not Modified\r\n\r\n")
says("picture", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG")
says(
    "wrong-charset", HEAD.replace(b"html", b"html; charset=utf-8") + b"\r\n" + "<p>Čtyři jezera, тоже".encode("utf-16")
)


@behaviour
async def reset(talk: Talk) -> None:
    await talk.say(HEAD + b"Content-Length: 10000\r\n\r\n" + PAGE)
    talk.out.transport.abort()


# Feeds


@behaviour
async def xml_bomb(talk: Talk) -> None:
    layers = b"".join(b"<!ENTITY l%d '%s'>" % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 10))
    await talk.answer(b"<!DOCTYPE rss [<!ENTITY l0 'lol'>%s]>" % layers + FEED % b"<item><title>&l9;</title></item>",
                      Content_Type="application/rss+xml")  # fmt: skip


@behaviour
async def external_entity(talk: Talk) -> None:
    inside = b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + FEED % b"<item><title>&x;</title></item>"
    await talk.answer(inside, Content_Type="application/rss+xml")


@behaviour
async def million_items(talk: Talk) -> None:
    first, last = FEED.split(b"%s")
    await talk.say(HEAD.replace(b"text/html", b"application/rss+xml") + b"\r\n" + first)
    for n in range(0, 1_000_000, 1000):
        await talk.say(b"".join(ITEM % (i, i) for i in range(n, n + 1000)))
    await talk.say(last)


@behaviour
async def flaky(talk: Talk) -> None:
    """Fails every other time."""
    if talk.before % 2:
        await talk.answer(FEED % (ITEM % (1, 1)), Content_Type="application/rss+xml")
    else:
        await talk.answer(b"", "500 Oh no")


@behaviour
async def tagged(talk: Talk) -> None:
    """Knows its ETag."""
    if talk.headers.get("if-none-match") == '"one"':
        await talk.answer(b"", "304 Not Modified", ETag='"one"')
    else:
        await talk.answer(ETag='"one"', Last_Modified="Wed, 14 May 2031 09:14:00 GMT")


@behaviour
async def good(talk: Talk) -> None:
    await talk.answer()


# Refusals


@behaviour
async def too_many(talk: Talk) -> None:
    await talk.answer(b"", "429 Too Many Requests", Retry_After="7")


@behaviour
async def unavailable(talk: Talk) -> None:
    await talk.answer(b"", "503 Later", Retry_After=formatdate(time.time() + 120, usegmt=True))


@behaviour
async def gone(talk: Talk) -> None:
    await talk.answer(b"", "410 Gone")


def with_robots(name: str, robots: Behaviour) -> None:
    """A well-behaved host but for its robots.txt."""
    BEHAVIOURS[name], ROBOTS[name] = good, robots


async def forbids(talk: Talk) -> None:
    await talk.answer(b"User-agent: *\nDisallow: /\nAllow: /open\n", Content_Type="text/plain")


async def delays(talk: Talk) -> None:
    await talk.answer(b"User-agent: onrecord\nCrawl-delay: 0.3\n", Content_Type="text/plain")


async def fails(talk: Talk) -> None:
    await talk.answer(b"", "500 Oh no")


async def walls(talk: Talk) -> None:
    await talk.answer(b"", "403 Forbidden")


async def wanders(talk: Talk) -> None:
    await talk.go_to(f"/robots{talk.site.asked('robots-wander')}.txt")


with_robots("robots-forbid", forbids)
with_robots("robots-delay", delays)
with_robots("robots-fail", fails)
with_robots("robots-wall", walls)
with_robots("robots-wander", wanders)
with_robots("robots-endless", endless_body)
with_robots("robots-silent", silent)


class Site:
    """Where the hosts are, and what they were asked."""

    def __init__(self, ports: dict[str, tuple[str, int]], told: Connection) -> None:
        self._ports, self._told = ports, told
        self._log: list[Asked] = []

    def __getitem__(self, name: str) -> str:
        """The address of a misbehaviour."""
        ip, port = self._ports[name]
        scheme = "https" if name.startswith("tls-") else "http"
        return f"{scheme}://{ip}:{port}/{name}"

    @property
    def log(self) -> list[Asked]:
        """All requests that were answered until now; each is told before its answer."""
        while self._told.poll():
            self._log.append(self._told.recv())
        return self._log

    def port(self, name: str) -> int:
        """The port of a host."""
        return self._ports[name][1]

    def asked(self, name: str, path: str | None = None) -> int:
        """How many requests a host got, robots.txt aside, or for one path."""
        return sum(a.name == name and (a.path == path if path else a.path != "/robots.txt") for a in self.log)


class Server(Site):
    """The hosts, in a process of their own: what they send without end must not keep the client that is tested from its turn."""

    def __init__(self, told: Connection) -> None:
        super().__init__({}, told)

    @property
    def log(self) -> list[Asked]:
        return self._log

    async def serve(self) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)
        servers = [await self._open(n, name, None) for n, name in enumerate(BEHAVIOURS, 2)]
        servers += [await self._open(250, "tls-self-signed", context), await self._open(251, "tls-plain", None)]
        self._told.send(self._ports)
        await asyncio.gather(*(server.serve_forever() for server in servers))

    async def _open(self, n: int, name: str, context: ssl.SSLContext | None) -> asyncio.Server:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._talk(name, reader, writer)
            with suppress(OSError, RuntimeError):
                writer.close()

        server = await asyncio.start_server(talk, f"127.0.0.{n}", 0, ssl=context)
        self._ports[name] = server.sockets[0].getsockname()
        return server

    async def _talk(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request and its answer."""
        if name == "tls-plain":
            writer.write(b"HTTP/1.1 400 This is no TLS\r\n\r\n")
            await writer.drain()
            return
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        talk = Talk(path, headers, self.asked(name, path), self, writer)
        self.log.append(Asked(time.monotonic(), name, path, headers))
        self._told.send(self.log[-1])
        if path.startswith("/robots") and path.endswith(".txt"):
            await ROBOTS.get(name, no_robots)(talk)
        else:
            await BEHAVIOURS.get(name, good)(talk)


async def no_robots(talk: Talk) -> None:
    await talk.answer(b"", "404 Not Found")


def serve(told: Connection) -> None:
    """The server's process: tells where its hosts are, and then each request."""
    asyncio.run(Server(told).serve())


@contextmanager
def hostile() -> Iterator[Site]:
    """The server, while it is needed."""
    spawning = multiprocessing.get_context("spawn")
    told, telling = spawning.Pipe()
    process = spawning.Process(target=serve, args=(telling,), daemon=True)
    process.start()
    try:
        assert told.poll(60)
        yield Site(told.recv(), told)
    finally:
        process.kill()
        process.join()


if __name__ == "__main__":
    with hostile() as site:
        print(*(site[name] for name in (*BEHAVIOURS, "tls-self-signed", "tls-plain")), sep="\n", flush=True)
        sys.stdin.read()  # until whoever started it is done
