"""Workers: a capture that kills one, or keeps it too long, fails alone."""

import asyncio
import os
import time

from onrecord.model import Capture, Failure, Reading
from onrecord.workers import Answer, Job, answer, workers
from tests.support import reading


def odd(job: Job) -> Answer:
    """Dies, sleeps or answers, as the body says."""
    if job.capture.body == b"die":
        os._exit(3)
    if job.capture.body == b"sleep":
        time.sleep(60)
    return reading()


def job(body: bytes) -> Job:
    return Job(Capture(name=body.decode(), body=body))


def test_a_poison_page_fails_alone_and_the_others_go_on() -> None:
    async def ask() -> list[Answer]:
        with workers(2, 3.0, odd) as pool:
            return list(await asyncio.gather(*(pool.ask(job(b)) for b in (b"die", b"one", b"sleep", b"two", b"three"))))

    got = asyncio.run(ask())
    assert [type(g) for g in got] == [Failure, Reading, Failure, Reading, Reading]
    assert [g.reason.split(";")[0] for g in got if isinstance(g, Failure)] == [
        "reading it ended the worker process",
        "reading it took longer than 3 seconds",
    ]


def test_an_answer_is_a_reading_or_says_why_not() -> None:
    page = Job(
        Capture(name="x", body=b"Headline\n\nMira Tarn said the ferry would sail again on Friday.\n"),
        read=False,
        published="2031-05-14",
    )
    got = answer(page)
    assert isinstance(got, Reading) and got.reader is None and got.article.published is not None
    assert (got.article.published.value, got.article.published.evidence) == ("2031-05-14", "feed")
    assert isinstance(answer(job(b"\x00\x01\x02")), Failure)
