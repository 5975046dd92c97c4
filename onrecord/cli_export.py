"""The command that brings the record into other people's tools: export."""

from __future__ import annotations

import os
import sys

import click

from onrecord.cli_common import tell, told
from onrecord.cli_know import caught_up, since_moment, since_option
from onrecord.export.formats import FORMATS, TABLES
from onrecord.export.formats import export as write_out

LISTED = "\n".join(f"  {name:<21} {format.words}" for name, format in FORMATS.items())
EPILOG = f"""
\b
Formats:
{LISTED}

\b
Examples:
  onrecord export ftm -o record.ftm.json
  onrecord export annotations --story 3f9c2a71 | head
  onrecord export csv --table figures --since 2d -o figures.csv
  onrecord export brief-pdf --story 3f9c2a71 -o brief.pdf
  onrecord export stix --since 2d -o bundle.json
  onrecord export schemaorg --speaker "Ilse Karvonen" --since 2031-05-01
"""


@click.command(name="export", epilog=EPILOG)
@click.argument("format", type=click.Choice(list(FORMATS)), metavar="FORMAT")
@click.option("--story", metavar="ID", help="The articles of this story.")
@click.option("--speaker", metavar="NAME", help="What this person, body or outlet said; a name or an id.")
@click.option("--article", "articles", metavar="ID", multiple=True, help="This article; may be given again.")
@since_option
@click.option("--table", metavar="TABLE", help=f"Which table, for csv, jsonl and parquet: {', '.join(TABLES)}; by default attributions.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output; it appears when it is whole.")  # fmt: skip
@click.pass_context
def export(context: click.Context, format: str, story: str | None, speaker: str | None, articles: tuple[str, ...], since: str | None, table: str | None, output: str | None) -> None:  # fmt: skip
    """Write the record, or a part of it, in a format that other tools read; without options all of it."""
    from onrecord.errors import OnrecordError
    from onrecord.store import exporting, knowing

    if table and not FORMATS[format].tables:
        raise click.UsageError(f"--table goes with {', '.join(name for name, f in FORMATS.items() if f.tables)}")
    if table and table not in TABLES:
        raise click.UsageError(f"{table!r} is no table; there are {', '.join(TABLES)}")
    try:
        record = caught_up(context)
        moment = since_moment(since, knowing.newest(record))
        selection = exporting.select(record, story, speaker, articles, moment)
        if not format.startswith("brief") and not any(True for _ in selection.dossiers()):
            tell("no article of the record is in what you ask for, so there is next to nothing in this; `onrecord stories` lists what there is")  # fmt: skip
        options = {"table": table} if table else {}
        missing = write_out(FORMATS[format], selection, None if output == "-" else output, **options)
    except OnrecordError as error:
        raise told(error) from None
    except BrokenPipeError:  # whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    for failure in missing:
        tell(f"{failure.input}: {failure.reason}")
    if output and output != "-":
        tell(f"{selection.name} is in {output}" + (f", without {len(missing)} captures" if missing else ""))
    context.exit(1 if missing else 0)


COMMANDS = (export,)
