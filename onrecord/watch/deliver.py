"""Alerts go out: to the terminal, a file of JSON lines, an Atom feed, a webhook, and by apprise to mail and some hundred other services.

A channel is a word: `terminal`, `file:PATH`, `atom:PATH`, `https://…` (a webhook, which gets the alert as JSON), or an address of apprise, such as
`mailto://…`. Delivery is at least once: what went out is marked through `done`, and what did not stays unmarked and is tried again by the next call. A
channel that fails is left alone for the rest of the call, so that a dead one costs its time once. Addresses hold passwords, so failures name a channel
by `masked` only and never repeat what a library says.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import click
import msgspec

from onrecord.errors import InputError
from onrecord.knowledge import Alert
from onrecord.text import digest
from onrecord.watch import atom
from onrecord.watch.notice import body, headline

TIMEOUT = 20.0  # seconds for one alert on one channel
Delivered = Callable[[str, str], bool]
Done = Callable[[str, str], None]
Send = Callable[[Sequence[Alert], Mapping[str, str]], None]


class Undelivered(Exception):
    """That a channel did not take an alert, with a reason that is fit to print."""


def deliver(
    alerts: Sequence[Alert],
    channels: Sequence[str],
    delivered: Delivered,
    done: Done,
    *,
    names: Mapping[str, str] | None = None,
    link: atom.Link = lambda alert: None,
    out: IO[str] | None = None,
    timeout: float = TIMEOUT,
) -> list[str]:
    """Brings each alert to each channel that does not have it; returns the failures in words.

    `delivered(alert, channel)` and `done(alert, channel)` ask and mark by ids (`channel_id`), `names` are the indicators' by id, `link` gives an alert's address,
    `out` is the terminal. Never raises for a channel's sake.
    """
    failures = []
    for channel in dict.fromkeys(channels):
        key = channel_id(channel)
        waiting = [a for a in alerts if not delivered(a.id, key)]
        if not waiting:
            continue
        try:
            kind, send = sender(channel, out, timeout, link)
            groups = [waiting] if kind in ("file", "atom") else [[a] for a in waiting]
            for group in groups:
                within(timeout, lambda send=send, group=group: send(group, names or {}))  # type: ignore[misc]
                for a in group:
                    done(a.id, key)
        except Undelivered as error:
            left = sum(not delivered(a.id, key) for a in waiting)
            failures.append(
                f"{masked(channel)}: {error}; {left} {'alert waits' if left == 1 else 'alerts wait'} for the next try"
            )
    return failures


def channel_id(channel: str) -> str:
    """What a channel is known by in the record: a digest, which gives no password away."""
    return digest("channel", channel)


def check_channel(channel: str) -> None:
    """Raises InputError for a channel that nothing can be sent to, before an alert depends on it."""
    if kind_of(channel) in ("file", "atom") and not channel.partition(":")[2]:
        raise InputError(f"{masked(channel)} names no file; write file:PATH or atom:PATH")
    if kind_of(channel) == "webhook" and not hostname(channel):
        raise InputError("the webhook's address names no host; write https://HOST/PATH")
    if kind_of(channel) == "apprise":
        try:
            if notifier(channel) is None:
                raise InputError(
                    f"{masked(channel)} is no channel: terminal, file:PATH, atom:PATH, https://…, or an address of apprise such as mailto://…"
                )
        except Undelivered as error:
            raise InputError(f"{masked(channel)}: {error}") from None


def masked(channel: str) -> str:
    """A channel as it may be printed: its kind, for files the path and for webhooks the host."""
    kind = kind_of(channel)
    if kind == "webhook":
        return f"{channel.partition(':')[0].lower()}://{hostname(channel) or '?'}/…"
    return (
        channel
        if kind in ("terminal", "file", "atom")
        else f"{channel.partition('://')[0][:20]}://…"
        if "://" in channel
        else "a channel of no known kind"
    )


def hostname(channel: str) -> str | None:
    """The host of an address; None where there is none."""
    with contextlib.suppress(ValueError):
        return urlsplit(channel).hostname
    return None


def kind_of(channel: str) -> str:
    """terminal, file, atom, webhook or apprise."""
    if channel in ("terminal", "-"):
        return "terminal"
    head = channel.partition(":")[0].lower()
    if head in ("file", "atom"):
        return head
    return "webhook" if head in ("http", "https") else "apprise"


def sender(channel: str, out: IO[str] | None, timeout: float, link: atom.Link) -> tuple[str, Send]:
    """The kind of a channel, and what sends to it: a function of alerts and the indicators' names that raises Undelivered."""
    kind, path = kind_of(channel), Path(channel.partition(":")[2]).expanduser()
    match kind:
        case "terminal":
            return kind, lambda alerts, names: to_terminal(alerts, names, out)
        case "file":
            return kind, lambda alerts, names: to_file(alerts, path)
        case "atom":
            return kind, lambda alerts, names: to_feed(alerts, names, path, link)
        case "webhook":
            return kind, lambda alerts, names: to_webhook(alerts, names, channel, timeout)
        case _:
            return kind, lambda alerts, names: to_apprise(alerts, names, channel)


def within(seconds: float, work: Callable[[], Any]) -> None:
    """Does work in a thread of its own and waits for it so long. Raises Undelivered; work that hangs is left behind, and may yet succeed."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + 1)
    if thread.is_alive():
        raise Undelivered(f"no answer within {seconds:g} seconds")
    if not raised:
        return
    error = raised[0]
    if isinstance(error, Undelivered):
        raise error
    if isinstance(error, OSError):
        raise Undelivered(os.strerror(error.errno) if error.errno else type(error).__name__) from None
    raise Undelivered(f"it failed ({type(error).__name__})") from None


def to_terminal(alerts: Sequence[Alert], names: Mapping[str, str], out: IO[str] | None) -> None:
    """Puts alerts on the terminal, without what could steer it."""
    for a in alerts:
        text = f"{headline(a, names.get(a.indicator, ''))}\n{body(a)}\n"
        click.echo("".join(c for c in text if c == "\n" or c.isprintable()), file=out)


def to_file(alerts: Sequence[Alert], path: Path) -> None:
    """Adds alerts to a file, one JSON object a line, but those it has already; a line that a kill cut short is closed first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known, whole = set(), True
    if path.exists():
        with path.open("rb") as lines:
            for line in lines:
                whole = line.endswith(b"\n")
                known.add(id_in(line))
    with path.open("ab") as file:
        if not whole:
            file.write(b"\n")
        file.writelines(msgspec.json.encode(a) + b"\n" for a in alerts if a.id not in known)
        file.flush()
        os.fsync(file.fileno())


def id_in(line: bytes) -> str | None:
    """The id of the alert on a line; None where it holds none."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found.get("id") if isinstance(found, dict) else None


def to_feed(alerts: Sequence[Alert], names: Mapping[str, str], path: Path, link: atom.Link) -> None:
    """Adds alerts to an Atom feed; the file is whole at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else None
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(atom.feed(alerts, dict(names), old=old, link=link))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: an alert goes to the address that was given, or nowhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: what comes is an error of status 3xx."""


def to_webhook(alerts: Sequence[Alert], names: Mapping[str, str], url: str, timeout: float) -> None:
    """Posts each alert as JSON, with the indicator's name as `indicator_name`; the id is in the header Idempotency-Key."""
    opener = urllib.request.build_opener(Stay)
    address, authorization = without_password(url)
    for a in alerts:
        data = msgspec.json.encode({**msgspec.to_builtins(a), "indicator_name": names.get(a.indicator)})
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": a.id,
            "User-Agent": "onrecord",
            **authorization,
        }
        try:
            with opener.open(urllib.request.Request(address, data, headers, method="POST"), timeout=timeout) as answer:
                answer.read(1024)
        except urllib.error.HTTPError as error:
            raise Undelivered(f"the host answered {error.code}") from None
        except urllib.error.URLError as error:
            why = error.reason
            raise Undelivered(
                os.strerror(why.errno)
                if isinstance(why, OSError) and why.errno and why.errno > 0
                else "the host cannot be reached"
            ) from None
        except ValueError:
            raise Undelivered("the address is not understood") from None


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """An address without user and password, and the header that says them."""
    scheme, _, rest = url.partition("://")
    user, at, host = rest.partition("/")[0].rpartition("@")
    if not at:
        return url, {}
    token = base64.b64encode(unquote(user).encode()).decode()
    return f"{scheme}://{host}{rest[len(user) + 1 + len(host) :]}", {"Authorization": f"Basic {token}"}


def notifier(channel: str) -> Any:
    """Apprise with a channel; None for an address that it does not know. Raises Undelivered where it is not installed."""
    try:
        import apprise
    except ImportError:
        raise Undelivered("this channel needs apprise; install it with: pip install apprise") from None
    for name in ("apprise", "urllib3", "requests"):  # they print addresses
        logging.getLogger(name).disabled = True
    made = apprise.Apprise()
    return made if made.add(channel) else None


def to_apprise(alerts: Sequence[Alert], names: Mapping[str, str], channel: str) -> None:
    """Sends each alert through apprise, as plain text."""
    made = notifier(channel)
    if made is None:
        raise Undelivered("no such service, or its address lacks something")
    for a in alerts:
        if not made.notify(title=headline(a, names.get(a.indicator, "")), body=body(a), body_format="text"):
            raise Undelivered("the service did not take it")
