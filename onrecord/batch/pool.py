"""Who does the work: this process, worker processes of its own under Dask, or the workers of a Dask scheduler elsewhere."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import resource_tracker
from typing import Any, Protocol

from onrecord.errors import SetupError

TOPIC = "onrecord"  # of the events by which workers say how far they are
TELL = 1.0  # seconds between two of them
PATIENCE = 10.0  # for a scheduler to answer, a result to come, and workers to end
LIMITS = {  # what Dask does about the memory of a worker: end the worker, and nothing else, as there is nothing to spill
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.scheduler.allowed-failures": 0,  # this side counts which capture a worker died at
    "distributed.comm.retry.count": 2,
    "distributed.admin.tick.limit": "60s",
}


def library() -> Any:
    """Dask's own library, which bears no types."""
    import distributed

    return distributed


class Died(Exception):
    """The worker of a task died."""


class Lost(Exception):
    """The scheduler forgot a task."""


class Pool(Protocol):
    """What runs tasks."""

    def room(self) -> int:
        """How many tasks may be under way."""

    def submit(self, name: str, task: Callable[..., Any], *values: Any) -> Any:
        """Begins a task; its ticket."""

    def done(self, tickets: Sequence[Any]) -> list[tuple[Any, Any]]:
        """The tickets that are done, each with its result or exception; waits for one for about a second."""


class Here:
    """This process."""

    def room(self) -> int:
        return 1

    def submit(self, name: str, task: Callable[..., Any], *values: Any) -> Any:
        return lambda: task(*values)

    def done(self, tickets: Sequence[Any]) -> list[tuple[Any, Any]]:
        ticket = tickets[0]
        try:
            return [(ticket, ticket())]
        except Exception as error:
            return [(ticket, error)]


class Dask:
    """The workers of a Dask scheduler."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def room(self) -> int:
        with self.translated():
            return int(sum(self.client.nthreads().values()))

    def submit(self, name: str, task: Callable[..., Any], *values: Any) -> Any:
        with self.translated():
            key = f"{name}-{time.time_ns()}"
            return self.client.submit(task, *values, key=key, pure=False, retries=0)

    def done(self, tickets: Sequence[Any]) -> list[tuple[Any, Any]]:
        wait = library().wait

        with self.translated(), suppress(TimeoutError, asyncio.TimeoutError):
            wait(list(tickets), timeout=TELL, return_when="FIRST_COMPLETED")
        if self.client.status != "running":
            raise SetupError("the Dask scheduler is gone; run the same command again to go on")
        return [(t, self.outcome(t)) for t in tickets if t.status != "pending"]

    def outcome(self, ticket: Any) -> Any:
        """What became of a task: its result, its exception, or that its worker died."""
        killed = library().scheduler.KilledWorker

        if ticket.status == "finished":
            try:
                with self.translated():
                    return ticket.result(timeout=PATIENCE)
            except TimeoutError:  # its worker died with it, and Dask asks the dead one again and again
                ticket.cancel()
                return Lost()
        if ticket.status != "error":
            return Lost()
        error = ticket.exception()
        return Died() if isinstance(error, killed) else error

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Says in one line that the scheduler is gone."""
        gone = (
            OSError,
            asyncio.CancelledError,
            concurrent.futures.CancelledError,
            library().client.FuturesCancelledError,
        )
        try:
            yield
        except gone as error:
            if isinstance(error, TimeoutError):
                raise
            raise SetupError("the Dask scheduler is gone; run the same command again to go on") from None


@contextmanager
def pool(
    workers: int, scheduler: str | None, memory: str, tell: Callable[[str], None], progress: Callable[[str, int], None]
) -> Iterator[Pool]:
    """So many processes of our own, 0 for this one, or the workers of a scheduler. Raises SetupError."""
    if scheduler is None and workers == 0:
        yield Here()
        return
    for module in ("dask", "distributed"):
        if find_spec(module) is None:
            raise SetupError("working on several processes needs: pip install 'onrecord[batch]'")
    import dask

    library()  # it adds to Dask's settings when it is first imported
    for name in ("distributed", *(n for n in logging.root.manager.loggerDict if n.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said by us
    with dask.config.set(LIMITS), joined(scheduler) if scheduler else started(workers, memory, tell) as client:
        client.subscribe_topic(TOPIC, lambda event: progress(*event[1]))
        if scheduler:
            board = f", dashboard {client.dashboard_link}" if "dashboard" in client.scheduler_info()["services"] else ""
            tell(f"scheduler {scheduler}, {sum(client.nthreads().values())} threads of workers so far{board}")
        yield Dask(client)


def quiet_tracker() -> None:
    """Starts Python's keeper of semaphores without a voice: it prints a trace for each of those that a killed worker held."""
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        resource_tracker.ensure_running()
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def started(workers: int, memory: str, tell: Callable[[str], None]) -> Iterator[Any]:
    """A client of a scheduler and workers of our own, ended on the way out."""
    dask = library()
    quiet_tracker()
    board = find_spec("bokeh") is not None
    try:
        cluster = dask.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0" if board else None,
            memory_limit=memory,
            silence_logs=logging.CRITICAL,
            preload=["onrecord.batch.quiet"],
        )
    except RuntimeError as error:
        raise SetupError(f"a worker ended before it had begun ({error}); run the same command again to go on") from None
    with cluster, dask.Client(cluster) as client:
        where = f"dashboard {cluster.dashboard_link}" if board else f"scheduler {cluster.scheduler_address} (its dashboard needs: pip install bokeh)"  # fmt: skip
        tell(f"{workers} worker{'' if workers == 1 else 's'}, {where}")
        yield client


@contextmanager
def joined(scheduler: str) -> Iterator[Any]:
    """A client of a scheduler elsewhere. Raises SetupError where none answers."""
    try:
        client = library().Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split())[:160]
        raise SetupError(f"no Dask scheduler answers at {scheduler}: {why}") from None
    with client:
        yield client


def reporting(unit: str) -> Callable[[int], None]:
    """What a task calls with the number of captures it has done; the other side hears of it now and then."""
    worker, last = library().get_worker(), [time.monotonic()]

    def report(done: int) -> None:
        if time.monotonic() - last[0] >= TELL:
            last[0] = time.monotonic()
            worker.log_event(TOPIC, (unit, done))

    return report
