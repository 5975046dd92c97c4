"""What is offered while a command is typed, and the manual page."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import cli_shell, open_record
from onrecord.cli import main
from onrecord.manual import page
from tests.support import EXAMPLES

ROOT = EXAMPLES.parent
MAN = ROOT / "man" / "onrecord.1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with two pages and an indicator."""
    folder: Path = tmp_path_factory.mktemp("shell") / "desk"
    with open_record(folder, create=True) as record:
        record.add(EXAMPLES / "harbour-levy.html", EXAMPLES / "call-up-reached.html")
        record.arm("figure > 4000 reservists of call-up", name="Call-up, over 4,000")
    return folder


def offered(*words: str, shell: str = "fish") -> list[str]:
    """What is offered for the last of these words, in a process of its own, as a shell asks."""
    *before, last = words
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "_ONRECORD_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(("onrecord", *before, last)) if shell == "bash" else " ".join(("onrecord", *before)),
        "COMP_CWORD": str(len(words)) if shell == "bash" else last,
    }
    done = subprocess.run([sys.executable, "-m", "onrecord"], capture_output=True, text=True, env=environment, check=False)  # fmt: skip
    assert not done.stderr and done.returncode == 0
    return done.stdout.splitlines()


def test_commands_ids_names_and_outlets_are_offered(home: Path) -> None:
    own = ("--home", str(home))
    assert any(line.startswith("plain,stories\t") for line in offered("st"))
    stories = offered(*own, "story", "")
    assert len(stories) == 2 and any("levy" in line for line in stories)
    begun = stories[0].removeprefix("plain,")[:3]
    assert stories[0] in offered(*own, "story", begun)
    assert offered(*own, "who", "Karv") == ["plain,Karvonen\tIlse Karvonen"]
    assert offered(*own, "search", "--outlet", "tide") == ["plain,tidewire.example\tTidewire"]
    (watched,) = offered(*own, "indicator", "show", "")
    assert watched.endswith("\tCall-up‚ over 4‚000"), "fish parts what it is given at commas"
    assert len(offered(*own, "indicator", "add", "--from", "")) == 2
    csv = (*own, "export", "csv")
    assert stories[0] in offered(*csv, "--story", begun) and len(offered(*csv, "--article", "")) == 2
    assert offered(*csv, "--speaker", "Karv") == ["plain,Karvonen\tIlse Karvonen"]
    assert offered("export", "csv", "--table", "fi") == ["plain,figures"]
    assert offered("export", "csv", "-o", "x") == offered("backfill", "x") == ["file,x"]
    assert offered("restore", "x.tar", "--home", "x") == ["dir,x"]
    assert offered("read", "--reader", "e")[0].startswith("plain,en\t")
    assert offered("read", "exam") == ["file,exam"] and offered("--home", "x") == ["dir,x"]


@pytest.mark.parametrize("state", ["none", "empty", "other", "words", "folder", "locked"])
def test_whatever_is_wrong_with_the_record_nothing_is_said_and_nobody_waits(tmp_path: Path, state: str) -> None:
    path = tmp_path / "onrecord.db"
    holder = None
    if state == "empty":
        path.write_bytes(b"")
    elif state == "words":
        path.write_bytes(b"no database, but words " * 1000)
    elif state == "folder":
        path.mkdir()
    elif state != "none":
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("CREATE TABLE stories (x)")
        holder.execute("BEGIN EXCLUSIVE") if state == "locked" else None
    start = time.perf_counter()
    assert not any(offered("--home", str(tmp_path), "story", ""))
    assert time.perf_counter() - start < 10  # most of it for starting Python, on a machine that is busy
    if state == "none":
        assert not path.exists()
    if holder:
        holder.close()


def test_a_query_that_takes_long_is_broken_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = main.make_context("onrecord", ["--home", str(home), "stories"], resilient_parsing=True)
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12) SELECT count(*), '' FROM n"
    start = time.perf_counter()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        cli_shell.rows(context, slow)
    assert time.perf_counter() - start < 5
    offer = cli_shell.offered(lambda context, begun: iter(cli_shell.rows(context, slow)))
    assert offer(context, main.params[0], "") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_script_completes_in_bash(home: Path, tmp_path: Path) -> None:
    command = tmp_path / "onrecord"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m onrecord "$@"\n')
    command.chmod(0o755)
    script = (
        "source <(onrecord completion bash)\n"
        f'COMP_WORDS=(onrecord --home "{home}" who Karv); COMP_CWORD=4; COMPREPLY=()\n'
        '_onrecord_completion onrecord; echo "${COMPREPLY[*]}"\n'
    )
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "Karvonen\n"


@pytest.mark.parametrize("shell", cli_shell.SHELLS)
def test_a_script_for_each_shell(shell: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0 and "_ONRECORD_COMPLETE" in result.stdout and f"{shell}_complete" in result.stdout
    if found := shutil.which(shell):
        (tmp_path / "script").write_text(result.stdout)
        subprocess.run([found, "-n", tmp_path / "script"], check=True)


def test_an_unknown_shell() -> None:
    result = CliRunner().invoke(main, ["completion", "cmd"])
    assert result.exit_code == 2 and "bash" in result.stderr


def test_the_manual_page_is_current() -> None:
    assert MAN.read_text(encoding="utf-8") == page(main), "run make man"


def test_every_command_and_option_is_in_the_manual_page() -> None:
    text = MAN.read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f".SS onrecord {name}".replace("-", "\\-") in text
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option.replace("-", "\\-") in text


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_set_without_a_warning() -> None:
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-k", MAN], capture_output=True, check=True)
    assert not done.stderr and b"onrecord indicator add" in done.stdout
