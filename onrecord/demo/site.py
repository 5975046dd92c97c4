"""The sites of the demonstration, served on loopback addresses at a moment that can be moved on.

`python -m onrecord.demo.site` serves the end of the stream until it is ended.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import httpcore

from onrecord.demo import DEMONSTRATION, articles, papers
from onrecord.demo.pages import Page, pages

PORT = 8034
HEAD = "HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n"


class Server:
    """A small web server on several loopback addresses and one port; who derives from it says what it answers."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses, self.port = addresses, 0
        self._servers: list[asyncio.Server] = []

    def answer(self, outlet: int, path: str) -> tuple[int, str, str]:
        """Status, media type and body for a path at the n-th address."""
        raise NotImplementedError

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readline()
            while (await reader.readline()).strip():
                pass
            status, kind, text = self.answer(number, line.split()[1].decode())
            body = text.encode()
            writer.write(HEAD.format(status, kind, len(body)).encode() + body)
            await writer.drain()
        except (OSError, IndexError, ValueError):
            pass
        finally:
            writer.close()

    async def open(self, port: int = 0) -> None:
        """Listens on every address; a port of 0 is any that is free. Raises OSError where that cannot be."""
        self.port = port
        for number, address in enumerate(self.addresses):

            async def serve(r: asyncio.StreamReader, w: asyncio.StreamWriter, number: int = number) -> None:
                await self._serve(number, r, w)

            server = await asyncio.start_server(serve, address, self.port, backlog=16)
            self.port = self.port or server.sockets[0].getsockname()[1]
            self._servers.append(server)

    async def close(self) -> None:
        """Listens no longer."""
        for server in self._servers:
            server.close()


class Site(Server):
    """The outlets of a stream, at 127.0.34.1 and on, as they are at the moment `now`."""

    def __init__(self, now: datetime, stream: Path = DEMONSTRATION) -> None:
        self.hosts = [paper.host for paper in papers(stream).values()]
        super().__init__([f"127.0.34.{n}" for n in range(1, len(self.hosts) + 1)])
        self._pages: dict[tuple[str, str], Page] = {}
        self.stream, self.now = stream, now

    @property
    def now(self) -> datetime:
        """The moment at which the sites are seen."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now, self._pages = moment, pages(moment, self.stream)

    def answer(self, outlet: int, path: str) -> tuple[int, str, str]:
        """The page or feed of that path."""
        found = self._pages.get((self.hosts[outlet], path))
        return (200, *found) if found else (404, "text/plain", "not here")

    def look_up(self, host: str, port: int) -> list[str]:
        """The address of an outlet's host, as `onrecord.fetch.web.Web` wants it; no other host is known."""
        return [self.addresses[self.hosts.index(host)]] if host in self.hosts else []

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class Doorway(httpcore.AnyIOBackend):
    """Connections that go to a site's port, whatever port was asked for: invented addresses need none in them."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the site."""
        return await super().connect_tcp(host, self._site.port, timeout, local_address, socket_options)


async def serve(port: int, moment: datetime) -> None:
    """Serves the sites until it is cancelled, and says where their feeds are."""
    site = Site(moment)
    await site.open(port)
    for address, paper in zip(site.addresses, papers().values(), strict=True):
        print(f"{paper.name:26} http://{address}:{site.port}{paper.feed_path}", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--now", type=datetime.fromisoformat, default=articles()[-1].moment, help="the moment shown")
    args = parser.parse_args()
    asyncio.run(serve(args.port, args.now))


if __name__ == "__main__":
    main()
