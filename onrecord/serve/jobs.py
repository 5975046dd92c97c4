"""Work that takes longer than a page may: it goes on beside the desk, and a page shows how far it is.

Jobs are kept in memory, the latest few; what they change is in the record, so a job that the desk's end cut off is begun again by its form.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from onrecord.errors import OnrecordError
from onrecord.serve.kinds import Action, Asked, Desk, Missing, Page
from onrecord.text import digest

MOST = 50  # jobs that are remembered
AT_ONCE = 2  # that run; others wait
PATIENCE = 0.25  # seconds that a page waits, so that what is quick needs no page of its own


class Job(Struct, kw_only=True):
    """Work under way, or done."""

    id: str
    says: str
    to: str  # where it leads
    done: int = 0
    all: int = 0
    ended: bool = False
    wrong: str = ""
    result: Any = None


class Progress(Struct, frozen=True, kw_only=True):
    """How far a job is."""

    says: str
    done: int
    all: int
    ended: bool
    wrong: str
    to: str


KNOWN: OrderedDict[str, tuple[Job, threading.Event]] = OrderedDict()
LOCK, TURN = threading.Lock(), threading.Semaphore(AT_ONCE)


def begin(parts: tuple[str, ...], says: str, to: str, work: Callable[[Callable[[int, int], None]], Any]) -> Job:
    """Starts a job unless one of these parts is known, and waits a moment for it. `work` is given whom to tell how far it is."""
    id = digest("job", *parts)
    with LOCK:
        if id not in KNOWN:
            job, ended = Job(id=id, says=says, to=to), threading.Event()
            KNOWN[id] = job, ended
            threading.Thread(target=run, args=(job, ended, work), daemon=True).start()
            while len(KNOWN) > MOST:
                KNOWN.popitem(last=False)
        job, ended = KNOWN[id]
    ended.wait(PATIENCE)
    return job


def run(job: Job, ended: threading.Event, work: Callable[[Callable[[int, int], None]], Any]) -> None:
    """Does the work of a job."""

    def tell(done: int, all: int) -> None:
        job.done, job.all = done, all

    try:
        with TURN:
            job.result = work(tell)
    except OnrecordError as error:
        job.wrong = str(error)
    finally:
        job.ended = True
        ended.set()


def view(desk: Desk, asked: Asked) -> Progress:
    """How far a job is. Raises Missing."""
    if asked["id"] not in KNOWN:
        raise Missing("this work is not under way; the desk may have been started anew since")
    job, _ = KNOWN[asked["id"]]
    return Progress(**{name: getattr(job, name) for name in Progress.__struct_fields__})


def path(job: Job) -> str:
    """Where somebody goes on: to what the job leads to, or to the page that shows how far it is."""
    return job.to if job.ended and not job.wrong else f"/job/{job.id}"


PAGES = (Page(path="/job/{id}", name="job", title="Looking through the record", view=view, data=Progress),)
ACTIONS: tuple[Action, ...] = ()
