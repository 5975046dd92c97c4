"""News of the record, told to open pages as they come (server-sent events): each page asks for itself again when it hears of some."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from starlette.concurrency import run_in_threadpool

from onrecord.serve.rests import Rests, rests
from onrecord.store import Store

EVERY = 1.0  # seconds between two looks
QUIET = 15  # looks after which a line is sent that says nothing, so that a browser that left is noticed
MOST = 100  # pages that listen at once


class Live:
    """One look at the record a second, however many listen; none while nobody does."""

    def __init__(self, store: Store) -> None:
        self.store, self.listening, self.last = store, 0, b""
        self.looked = asyncio.Condition()

    async def watch(self) -> None:
        """Looks for ever."""
        while True:
            await asyncio.sleep(EVERY)
            if not self.listening:
                continue
            self.last = said(await run_in_threadpool(rests, self.store))
            async with self.looked:
                self.looked.notify_all()

    async def events(self) -> AsyncIterator[bytes]:
        """What one page hears: the state at first, then each change of it."""
        self.listening += 1
        try:
            heard, quiet = b"", 0
            while True:
                if self.last != heard:
                    heard, quiet = self.last, 0
                    yield b"event: record\ndata: " + heard + b"\n\n"
                elif quiet >= QUIET:
                    quiet = 0
                    yield b": still here\n\n"
                async with self.looked:
                    await self.looked.wait()
                quiet += 1
        finally:
            self.listening -= 1


def said(found: Rests) -> bytes:
    """What of a state makes a page ask again."""
    return msgspec.json.encode({"change": found.change, "alerts": found.alerts, "articles": found.articles, "failing": found.failing})  # fmt: skip
