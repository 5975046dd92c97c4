"""What deploy/ says runs as it stands: units are verified by systemd, the files by their form, and each command line is run."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.fetch.opml import write_opml
from tests.site import Press
from tests.store.conftest import cluster
from tests.store.test_sharing import free_port, on_a_thread

__all__ = ["cluster"]
DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
PROGRAM = "/opt/onrecord/bin/onrecord"


def service(unit: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit)
    return parser["Service"]


def words_of(name: str) -> list[str]:
    """The words of a unit's command, without the program."""
    program, *words = shlex.split(service(DEPLOY / "systemd" / f"onrecord-{name}.service")["ExecStart"])
    assert program == PROGRAM
    return words


def composed() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def placed(words: list[str], **places: object) -> list[str]:
    """A command line with the places of this test in it."""
    given = {"/etc/onrecord/feeds.opml": "feeds", "/var/lib/onrecord-backups": "backups", "/var/backups/onrecord": "backups", "8470": "port", "10m": "every"}  # fmt: skip
    return [str(places[given[word]]) if given.get(word) in places else word for word in words]


@contextmanager
def running(words: list[str], home: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A command of ours while it runs; asked to end, it does so by itself."""
    environment = os.environ | {"ONRECORD_HOME": str(home), "ONRECORD_PACE": "0"} | settings
    process = subprocess.Popen([sys.executable, "-m", "onrecord", *words], env=environment, stderr=subprocess.PIPE, text=True)  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert "Traceback" not in said and "Error" not in said, said


def answer(port: int, path: str, name: str) -> httpx.Response:
    """What the desk answers to a proxy that passes the Host header on."""
    for _ in range(200):
        try:
            return httpx.get(f"http://127.0.0.1:{port}{path}", headers={"Host": name})
        except httpx.ConnectError:
            time.sleep(0.2)
    raise AssertionError("the desk does not open")


def articles(home: Path, db: str | None = None) -> int:
    from onrecord.store import open_store

    with open_store(home, db) as store, store.reading() as transaction:
        return int(transaction.value("SELECT count(*) FROM articles"))


def until_read(home: Path, db: str | None, n: int) -> None:
    for _ in range(300):
        if articles(home, db) == n:
            return
        time.sleep(0.3)
    raise AssertionError(f"{articles(home, db)} articles, not {n}")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.glob("onrecord-*"))], capture_output=True, text=True)  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "onrecord" in line]
    assert said == [], said
    for unit in SERVICES:
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit], capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout[-200:]


def test_the_units_are_hardened_alike() -> None:
    for unit in SERVICES:
        found = service(unit)
        assert (found["DynamicUser"], found["User"], found["ProtectSystem"]) == ("yes", "onrecord", "strict"), unit.name
        assert found["StateDirectory"].split()[0] == "onrecord" and found["Environment"] == "ONRECORD_HOME=/var/lib/onrecord"  # fmt: skip


@pytest.mark.slow
def test_the_commands_of_the_units_run_as_written(tmp_path: Path) -> None:
    press, home, port = Press(1, 3), tmp_path / "home", free_port()
    (tmp_path / "backups").mkdir()
    with on_a_thread(press):
        (tmp_path / "feeds.opml").write_bytes(write_opml([("Outlet", press.feeds()[0])]))
        places = {"feeds": tmp_path / "feeds.opml", "backups": tmp_path / "backups", "port": port}
        follow = [*placed(words_of("follow"), **places), "--allow-private", "--days", "99999", "--workers", "0"]
        with running(follow, home), running(placed(words_of("serve"), **places), home):
            until_read(home, None, 3)
            assert answer(port, "/feeds", "desk.example.org").status_code == 200
            assert answer(port, "/feeds", "elsewhere.example.org").status_code == 421
            done = subprocess.run([sys.executable, "-m", "onrecord", *placed(words_of("backup"), **places)], env=os.environ | {"ONRECORD_HOME": str(home)})  # fmt: skip
            assert done.returncode == 0
    (made,) = (tmp_path / "backups").iterdir()
    swept = service(DEPLOY / "systemd" / "onrecord-backup.service")["ExecStartPost"]
    os.utime(made, (0, 0))
    (tmp_path / "backups" / "mine.tar").touch()
    os.utime(tmp_path / "backups" / "mine.tar", (0, 0))
    subprocess.run(placed(shlex.split(swept), **places), check=True)
    assert [p.name for p in (tmp_path / "backups").iterdir()] == ["mine.tar"], "only backups are swept"


@pytest.mark.slow
def test_the_commands_of_the_compose_file_run_as_written(tmp_path: Path, cluster: str) -> None:
    import psycopg

    with psycopg.connect(cluster.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE composed")
    services, press, home, port, db = composed()["services"], Press(1, 3), tmp_path / "home", free_port(), cluster.format("composed")  # fmt: skip
    (tmp_path / "backups").mkdir()
    home.mkdir()
    from onrecord.serve.login import hashed

    (home / "desk-password").write_text(hashed("a password of ours"))
    with on_a_thread(press):
        (tmp_path / "feeds.opml").write_bytes(write_opml([("Outlet", press.feeds()[0])]))
        places = {"feeds": tmp_path / "feeds.opml", "backups": tmp_path / "backups", "port": port}
        follow = [*placed(services["follow"]["command"], **places), "--allow-private", "--days", "99999", "--workers", "0"]  # fmt: skip
        with running(follow, home, ONRECORD_DB=db), running(placed(services["desk"]["command"], **places), home, ONRECORD_DB=db):  # fmt: skip
            until_read(home, db, 3)
            assert answer(port, "/feeds", "localhost").status_code == 401, "a password is needed"
            done = subprocess.run([sys.executable, "-m", "onrecord", *placed(services["backup"]["command"], **places)], env=os.environ | {"ONRECORD_HOME": str(home), "ONRECORD_DB": db})  # fmt: skip
            assert done.returncode == 0
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_the_compose_file_holds_together() -> None:
    found = composed()
    assert set(found["services"]) == {"db", "follow", "desk", "backup"}
    mounted = {v.split(":")[0] for s in found["services"].values() for v in s["volumes"] if not v.startswith(".")}
    assert mounted == set(found["volumes"])
    for name in ("follow", "desk", "backup"):
        service = found["services"][name]
        assert "record:/var/lib/onrecord" in service["volumes"] and service["read_only"] and service["cap_drop"] == ["ALL"]  # fmt: skip
        assert (DEPLOY / service["build"]["context"]).resolve() == DEPLOY.parent
        assert (DEPLOY.parent / service["build"]["dockerfile"]).exists()
    assert found["services"]["desk"]["ports"] == ["127.0.0.1:8470:8470"], "a proxy stands in front"


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().replace("\\\n", "").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    copied = [name for word, rest in steps if word == "COPY" for name in rest.split()[:-1]]
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert all((DEPLOY.parent / name).exists() for name in copied)
    assert {f"!{name}" for name in copied} <= set(kept)
    assert dict(steps)["USER"] == "10001" and re.search(r"--uid 10001\b", " ".join(lines))
    assert [word for word, _ in steps][-2:] == ["ENTRYPOINT", "CMD"]
