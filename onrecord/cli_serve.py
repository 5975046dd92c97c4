"""The command that opens the desk: serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli_common import home, open_evidence, open_record, settings, tell, told

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.serve.app import Beside
    from onrecord.serve.kinds import Desk

LOCAL = ("localhost", "127.0.0.1", "[::1]")
PASSWORD = "desk-password"  # the file in the record's folder that holds its argon2 hash
ANYWHERE = ("0.0.0.0", "::")


@click.command(
    epilog="""
\b
Examples:
  onrecord serve                                   # http://localhost:8470
  onrecord serve --set-password
  onrecord serve --host 0.0.0.0 --name desk.example.org
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; beyond this machine a password is needed.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8470, show_default=True)
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name by which the desk is reached, besides localhost; may be given again.")  # fmt: skip
@click.option("--set-password", is_flag=True, help="Ask for the desk's password first; its hash is kept in the record's folder.")  # fmt: skip
@click.option("--follow", "following", is_flag=True, help="Also follow the feeds, in this process.")
@click.option(
    "--demo",
    is_flag=True,
    help="Show ten days of an invented crisis: they are replayed into the record while you look on.",
)
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    names: tuple[str, ...],
    set_password: bool,
    following: bool,
    demo: bool,
) -> None:
    """Open the desk: a page that shows what changed, who says so, and whether it can be trusted."""
    import secrets

    from onrecord.errors import OnrecordError
    from onrecord.serve.kinds import Desk

    if demo and following:
        raise click.UsageError("--demo and --follow do not go together: the demonstration has a clock of its own")
    if demo and context.obj["home"] is None:
        from platformdirs import user_data_dir

        context.obj["home"] = user_data_dir("onrecord-demo", appauthor=False)
    try:
        record, evidence = open_record(context), open_evidence(context, settings(False))
        if set_password:
            keep_password(home(context))
        password = kept_password(home(context))
        if host not in LOCAL and host != "::1" and password is None:
            raise click.UsageError(
                f"listening on {host} lets others in, so a password is needed; run onrecord serve --set-password first"
            )
        own = () if host in ANYWHERE else (f"[{host}]" if ":" in host else host,)
        hosts = frozenset(name.lower() for name in (*LOCAL, *own, *names))
        desk = Desk(store=record, evidence=evidence, secret=secrets.token_bytes(32), hosts=hosts, password=password, demonstration=demo)  # fmt: skip
        beside = replayed(desk, home(context)) if demo else followed(desk, home(context)) if following else None
        listen(desk, host, port, beside)
    except OnrecordError as error:
        raise told(error) from None


def keep_password(folder: Path) -> None:
    """Asks for a password and keeps its hash. Raises InputError for one that is too short."""
    import os

    from onrecord.serve.login import hashed

    kept = hashed(click.prompt("The desk's password", hide_input=True, confirmation_prompt=True, err=True))
    with open(os.open(folder / PASSWORD, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(kept + "\n")


def kept_password(folder: Path) -> str | None:
    """The hash of the desk's password, None where there is none."""
    try:
        return (folder / PASSWORD).read_text().strip() or None
    except FileNotFoundError:
        return None


def replayed(desk: Desk, folder: Path) -> Beside | None:
    """Replays the demonstration into the record while the desk is open; None where it is there already."""
    from starlette.concurrency import run_in_threadpool

    from onrecord.demo.show import demonstrate

    with desk.store.reading() as transaction:
        if transaction.value("SELECT count(*) FROM resolved"):
            return None

    async def replay() -> None:
        await run_in_threadpool(demonstrate, folder)

    return replay


def followed(desk: Desk, folder: Path) -> Beside:
    """Follows the feeds as long as the desk is open."""

    async def follow_all() -> None:
        import asyncio

        from onrecord.cli_common import WORKER_LIMIT, catch_up, cores
        from onrecord.fetch.web import Web
        from onrecord.follow import Road, follow
        from onrecord.workers import answers, workers

        chosen = settings(False)
        with workers(cores(), WORKER_LIMIT, answers(chosen.fast)) as pool:
            async with Web(chosen) as web:
                road = Road(desk.store, desk.evidence, pool, web, tell=tell, idle=catch_up)
                await follow(road, once=False, stop=asyncio.Event())

    return follow_all


def listen(desk: Desk, host: str, port: int, beside: Beside | None) -> None:
    """Serves until it is asked to end. Raises SetupError where the port cannot be had."""
    import gc
    import socket

    import uvicorn

    from onrecord.errors import SetupError
    from onrecord.serve import render
    from onrecord.serve.app import app

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        taken = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise SetupError(f"the desk cannot listen on {host}, port {port}: {error.strerror}; choose another with --port") from None  # fmt: skip
    taken.setsockopt(
        socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
    )  # else an answer in two parts waits 40 ms for its second
    made = app(desk, resolve=not desk.demonstration, beside=beside)
    render.prepare()
    gc.freeze()  # what is loaded stays: to look through it again and again for garbage would hold up one page in twenty
    gc.set_threshold(20_000, 20)
    shown = "localhost" if host in ("127.0.0.1", *ANYWHERE) else f"[{host}]" if ":" in host else host
    tell(f"the desk is open at http://{shown}:{taken.getsockname()[1]}/  (Ctrl-C ends it)")
    config = uvicorn.Config(made, log_level="warning", server_header=False, limit_concurrency=400, timeout_graceful_shutdown=2, h11_max_incomplete_event_size=32768)  # fmt: skip
    uvicorn.Server(config).run(sockets=[taken])


COMMANDS = (serve,)
