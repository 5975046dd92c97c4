"""The command that shows how a record grows: demo."""

from __future__ import annotations

import click

from onrecord.cli_common import tell, told


@click.command()
@click.option("--workers", type=click.IntRange(0, 64), default=None, help="Processes that parse and read; by default one a core.")  # fmt: skip
@click.pass_context
def demo(context: click.Context, workers: int | None) -> None:
    """Ten days of invented news, fetched, read and set beside each other before your eyes; then look around in it."""
    from pathlib import Path

    from platformdirs import user_data_dir

    from onrecord.cli import plain
    from onrecord.demo.show import demonstrate
    from onrecord.errors import OnrecordError

    home = Path(context.obj["home"] or user_data_dir("onrecord-demo", appauthor=False))
    tell(f"following eight invented outlets for ten days of their time, into {home}")
    try:
        alerts = demonstrate(home, count=workers, tell=lambda line: click.echo(plain(line)))
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{len(alerts)} alert{'' if len(alerts) == 1 else 's'}. Now look around:")
    for words in ("stories", "changes --since 2034-03-06", "who Drevich", "indicator list", "alerts"):
        tell(f"  onrecord --home {home} {words}")


COMMANDS = (demo,)
