"""Processes that parse and read captures beside the one that fetches and stores.

A capture that kills its worker, or keeps it longer than the limit, fails alone: the worker is replaced and the others go on.
Workers end by themselves when the process that made them is gone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.model import Article, Capture, Failure, Reading

SPAWN = multiprocessing.get_context("spawn")


class Job(msgspec.Struct, frozen=True):
    """One capture to be parsed and, unless `read` is false, read; or an `article` of it to be read again.

    `published` is what its feed says, for a page that says nothing; `reader` is the one to ask, where not the language decides.
    """

    capture: Capture
    read: bool = True
    published: str | None = None
    article: Article | None = None
    reader: str | None = None


Answer = Reading | Failure
_encode = msgspec.msgpack.Encoder().encode
_job = msgspec.msgpack.Decoder(Job)
_answer = msgspec.msgpack.Decoder(tuple[Reading | None, Failure | None])


def answer(job: Job, fast: bool = False) -> Answer:
    """The Reading of a job's capture, or why there is none; `fast` reads with the smaller network."""
    from onrecord.pipeline import parse_capture
    from onrecord.readers import read

    name = job.capture.name
    try:
        article = job.article or parse_capture(job.capture, feed_date=job.published)
        if not job.read:
            return Reading(input=name, reader=None, article=article)
        return read(article, input=name, reader=job.reader, fast=fast)
    except InputError as error:
        return Failure(input=job.capture.name, stage=error.stage, reason=str(error))


def answer_fast(job: Job) -> Answer:
    """The same by the fast reader."""
    return answer(job, fast=True)


def answers(fast: bool) -> Callable[[Job], Answer]:
    """What reads for workers. Raises SetupError where the fast reader is wanted and its files are missing."""
    if not fast:
        return answer
    from onrecord.read.network import weights

    weights("fast/roles.onnx")
    return answer_fast


def _leave_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(pipe: Connection, parent: int, answer: Callable[[Job], Answer]) -> None:
    """What a worker does: answers jobs until its pipe closes."""
    threading.Thread(target=_leave_with_parent, args=(parent,), daemon=True).start()
    while True:
        try:
            job = _job.decode(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        got = answer(job)
        pipe.send_bytes(_encode((got, None) if isinstance(got, Reading) else (None, got)))


class Worker:
    """One process and the pipe to it; started at its first job."""

    def __init__(self, answer: Callable[[Job], Answer] = answer) -> None:
        self._answer = answer
        self._process: Any = None
        self._pipe: Any = None

    def _start(self) -> None:
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=_work, args=(theirs, os.getpid(), self._answer), daemon=True)
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process = None

    def ask(self, job: Job, limit: float) -> Answer:
        """The answer to a job; a Failure where the process dies over it or needs more than `limit` seconds."""
        if self._process is None:
            self._start()
        try:
            self._pipe.send_bytes(_encode(job))
            if self._pipe.poll(limit):
                reading, failure = _answer.decode(self._pipe.recv_bytes())
                if got := reading or failure:
                    return got
            reason = f"reading it took longer than {limit:.0f} seconds"
        except (EOFError, OSError):
            reason = "reading it ended the worker process; please report this page"
        self.stop()
        return Failure(input=job.capture.name, stage="read", reason=reason)


class Workers:
    """Some workers, each with one job at a time. With a count of 0 this process does the work itself."""

    def __init__(self, count: int, limit: float, answer: Callable[[Job], Answer] = answer) -> None:
        self.count = count
        self._answer = answer
        self._all = [Worker(answer) for _ in range(count)]
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._limit = limit
        for worker in self._all:
            self._free.put_nowait(worker)

    async def ask(self, job: Job) -> Answer:
        """The answer to a job, by the next free worker."""
        if not self._all:
            return self._answer(job)
        worker = await self._free.get()
        try:
            return await asyncio.to_thread(worker.ask, job, self._limit)
        finally:
            self._free.put_nowait(worker)

    def stop(self) -> None:
        for worker in self._all:
            worker.stop()


@contextmanager
def workers(count: int, limit: float, answer: Callable[[Job], Answer] = answer) -> Iterator[Workers]:
    """Workers that are ended on the way out."""
    made = Workers(count, limit, answer)
    try:
        yield made
    finally:
        made.stop()
