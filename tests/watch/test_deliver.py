"""Alerts go out once a channel, none is lost, and no password is printed."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from onrecord.errors import InputError
from onrecord.knowledge import Alert
from onrecord.watch import atom
from onrecord.watch.deliver import channel_id, check_channel, deliver, masked
from tests.watch.support import origin

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def alert(n: int = 1, **more: Any) -> Alert:
    fields: dict[str, Any] = {
        "id": f"{n:064x}",
        "indicator": "i1",
        "crossing": "crossed",
        "when": f"2031-05-16T12:00:0{n}Z",
        "article": "a" * 64,
        "record": "f1",
        "sentence": "Quarrin has drafted 6,000 men, <sources> said & left.",
        "speaker": "sources",
        "chain": ("Corriel Post",),
        "origin": origin("Corriel Post", "anonymous"),
        "admiralty": "F6",
        "reason": "one unnamed source only",
        "missing": ("a second independent origin",),
        **more,
    }
    return Alert(**fields)


class Marks:
    """What has been delivered, as the store keeps it."""

    def __init__(self) -> None:
        self.done: set[tuple[str, str]] = set()

    def is_done(self, alert: str, channel: str) -> bool:
        return (alert, channel) in self.done

    def mark(self, alert: str, channel: str) -> None:
        self.done.add((alert, channel))

    def send(self, alerts: list[Alert], channels: list[str], **more: Any) -> list[str]:
        return deliver(alerts, channels, self.is_done, self.mark, names={"i1": "Call-up"}, **more)


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it gets and answers as it is told."""

    def do_POST(self) -> None:
        server: Any = self.server
        time.sleep(server.pause)
        server.authorization = self.headers["Authorization"]
        server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(server.answers.pop(0) if server.answers else 200)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def hook() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.answers, server.pause = [], [], 0.0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_terminal_gets_the_evidence_without_what_steers_it() -> None:
    out, marks = io.StringIO(), Marks()
    assert marks.send([alert(sentence="red\x1b[31m")], ["terminal"], out=out) == []
    assert out.getvalue().startswith("Call-up: crossed, by Corriel Post [F6]\n“red[31m”\nSpeaker: sources\n")
    assert "Still missing: a second independent origin" in out.getvalue()
    marks.send([alert()], ["terminal"], out=out)
    assert out.getvalue().count("Call-up") == 1


def test_a_file_holds_each_alert_once_also_after_a_kill(tmp_path: Path) -> None:
    path, marks = tmp_path / "deep" / "alerts.jsonl", Marks()
    assert marks.send([alert(1), alert(2)], [f"file:{path}"]) == []
    lost = Marks()  # killed after the write and before the mark
    assert lost.send([alert(1), alert(2), alert(3)], [f"file:{path}"]) == []
    assert [msgspec.json.decode(x, type=Alert) for x in path.read_bytes().splitlines()] == [alert(1), alert(2), alert(3)]  # fmt: skip


def test_a_line_that_was_cut_short_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(msgspec.json.encode(alert(1))[:50])
    Marks().send([alert(1)], [f"file:{path}"])
    assert msgspec.json.decode(path.read_bytes().splitlines()[1], type=Alert) == alert(1)


def test_a_file_that_cannot_be_written_is_a_failure_and_tried_again(tmp_path: Path) -> None:
    marks, channel = Marks(), f"file:{tmp_path}"
    assert marks.send([alert(1), alert(2)], [channel]) == [f"{channel}: Is a directory; 2 alerts wait for the next try"]
    assert marks.done == set()


def test_a_feed_is_valid_atom(tmp_path: Path) -> None:
    path, marks = tmp_path / "alerts.xml", Marks()
    marks.send([alert(1)], [f"atom:{path}"], link=lambda a: "https://tidewire.example/a?b=1&c=2")
    marks.send([alert(2, sentence="a \x00 bell")], [f"atom:{path}"])
    marks.send([alert(2)], [f"atom:{path}"])
    root = ET.fromstring(path.read_bytes())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.findtext(f"a:{name}", namespaces=ATOM)
    entries = root.findall("a:entry", ATOM)
    assert [e.findtext("a:updated", namespaces=ATOM) for e in entries] == ["2031-05-16T12:00:02Z", "2031-05-16T12:00:01Z"]  # fmt: skip
    assert root.findtext("a:updated", namespaces=ATOM) == "2031-05-16T12:00:02Z"
    ids = {e.findtext("a:id", namespaces=ATOM) for e in entries}
    assert len(ids) == 2 and all(i and i.startswith("urn:uuid:") for i in ids)
    first = entries[1]
    assert "<sources> said & left" in (first.findtext("a:content", namespaces=ATOM) or "")
    link = first.find("a:link", ATOM)
    assert link is not None and link.get("href") == "https://tidewire.example/a?b=1&c=2"


def test_a_damaged_feed_is_begun_afresh() -> None:
    assert b"urn:uuid" in atom.feed([alert(1)], {}, old=b"<feed")
    assert atom.feed([alert(1)], {}, old=b'<!DOCTYPE x [<!ENTITY e "e">]><feed/>') == atom.feed([alert(1)], {})


def test_a_webhook_gets_json(hook: Any) -> None:
    marks, url = Marks(), f"http://127.0.0.1:{hook.server_port}/secret-token"
    assert marks.send([alert(1), alert(2)], [url]) == []
    assert [g["id"] for g in hook.got] == [alert(1).id, alert(2).id]
    assert hook.got[0]["indicator_name"] == "Call-up" and hook.got[0]["admiralty"] == "F6"
    marks.send([alert(1), alert(2)], [url])
    assert len(hook.got) == 2


def test_what_a_webhook_refuses_waits_and_comes_again(hook: Any) -> None:
    marks, url = Marks(), f"http://user:pass@127.0.0.1:{hook.server_port}/secret-token"
    hook.answers = [200, 503]
    assert marks.send([alert(1), alert(2), alert(3)], [url]) == [
        "http://127.0.0.1/…: the host answered 503; 2 alerts wait for the next try"
    ]
    assert marks.send([alert(1), alert(2), alert(3)], [url]) == []
    assert [int(g["id"], 16) for g in hook.got] == [1, 2, 2, 3]
    assert hook.authorization == "Basic dXNlcjpwYXNz"


def test_a_redirect_is_not_followed(hook: Any) -> None:
    hook.answers = [302]
    failures = Marks().send([alert()], [f"http://127.0.0.1:{hook.server_port}/x"])
    assert failures == ["http://127.0.0.1/…: the host answered 302; 1 alert waits for the next try"]


def test_a_slow_channel_costs_its_time_once_and_holds_up_no_other(hook: Any, tmp_path: Path) -> None:
    hook.pause = 3.0
    marks, path = Marks(), tmp_path / "alerts.jsonl"
    begun = time.monotonic()
    failures = marks.send([alert(1), alert(2)], [f"http://127.0.0.1:{hook.server_port}/", f"file:{path}"], timeout=0.2)
    assert time.monotonic() - begun < 2.5
    assert len(failures) == 1 and "2 alerts wait" in failures[0]
    assert len(path.read_bytes().splitlines()) == 2


def test_apprise_speaks_to_other_services(hook: Any) -> None:
    marks, channel = Marks(), f"json://127.0.0.1:{hook.server_port}/secret"
    assert marks.send([alert()], [channel]) == []
    assert hook.got[0]["title"] == "Call-up: crossed, by Corriel Post [F6]"
    hook.answers = [500]
    assert marks.send([alert(2)], [channel]) == [
        "json://…: the service did not take it; 1 alert waits for the next try"
    ]


def test_passwords_are_never_printed(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    channels = ["https://user:hunter2@127.0.0.1:1/hunter2?key=hunter2", "json://user:hunter2@127.0.0.1:1/hunter2", "nonsense:hunter2", "nosuch://hunter2"]  # fmt: skip
    failures = Marks().send([alert()], channels, timeout=5)
    assert len(failures) == len(channels)
    printed = capsys.readouterr()
    assert "hunter2" not in "".join([*failures, printed.out, printed.err, caplog.text, *map(masked, channels)])
    assert all("hunter2" not in channel_id(c) for c in channels)


def test_a_channel_is_checked_before_an_alert_depends_on_it() -> None:
    for good in ("terminal", "file:alerts.jsonl", "atom:alerts.xml", "https://hooks.example/x", "json://localhost/x"):
        check_channel(good)
    for bad in ("file:", "https://", "pigeon://coop", "nonsense"):
        with pytest.raises(InputError):
            check_channel(bad)
