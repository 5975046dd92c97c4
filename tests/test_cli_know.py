"""The commands over what many articles say, on a small record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.store import open_store
from tests.store.test_resolving import ANON, LEVY, OTHER, OWN, add

COURIER = LEVY.replace("to be halved", "is halved")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of five articles that nothing was made of yet."""
    home = tmp_path_factory.mktemp("home")
    with open_store(home) as store:
        add(store, "Seldrin Herald", 1, LEVY)
        add(store, "Marl Courier", 1, COURIER, hour=12)
        add(store, "Marl Courier", 3, OWN)
        add(store, "Tarn Weekly", 2, OTHER)
        add(store, "Seldrin Herald", 4, ANON.format(paper="Seldrin Herald", day="Monday"))
    return home


def run(home: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["--home", str(home), *words])
    assert result.exit_code == code, result.output
    return result


def lines(home: Path, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(home, *words, "--format", "json").stdout.splitlines()]


def test_stories_and_one_story(home: Path) -> None:
    found = lines(home, "stories")
    levy = next(s for s in found if s["title"] == "Harbour levy to be halved")
    assert levy["copies"] == 1
    shown = run(home, "stories").stdout
    assert "Harbour levy to be halved" in shown
    assert "1 copy" in shown
    story = run(home, "story", str(levy["id"])[:12], "--claims").stdout
    assert "Timeline" in story
    assert "Ilse Karvonen" in story
    assert "copy of" in story


def test_an_id_that_names_nothing_is_said_in_one_line(home: Path) -> None:
    result = run(home, "story", "ffffffffffff", code=1)
    assert result.stderr.count("\n") == 1
    assert "onrecord stories" in result.stderr


def test_changes_by_story(home: Path) -> None:
    kinds = {c["kind"] for c in lines(home, "changes", "--since", "2031-03-01")}
    assert {"figure-moved", "reversal", "new-account"} <= kinds
    shown = run(home, "changes", "--since", "2031-03-01").stdout
    assert shown.index("reversal") < shown.index("new:")
    assert "nothing changed" in run(home, "changes", "--since", "2041-01-01").stderr
    assert "no moment" in run(home, "changes", "--since", "soon", code=1).stderr


def test_who(home: Path) -> None:
    assert "change of position" in run(home, "who", "Karvonen").stdout
    assert "nobody in the record" in run(home, "who", "Zzyzx Unheard", code=1).stderr


def test_conditions_and_a_diff(home: Path) -> None:
    assert "no condition" in run(home, "conditions", "submarines").stderr
    with open_store(home) as store, store.reading() as transaction:
        ids = [
            id
            for (id,) in transaction.all("SELECT id FROM articles WHERE title LIKE 'Harbour levy%' ORDER BY published")
        ]
    shown = run(home, "diff", *(id[:12] for id in ids)).stdout
    assert "- to be" in shown
    assert "+ is" in shown


def test_an_indicator_from_words_to_an_alert(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "alerts.jsonl"
    run(home, "channel", f"file:{out}")
    added = run(home, "indicator", "add", "figure > 5000 people of layoffs", "--name", "layoffs").stderr
    assert "triggered" in added
    [alert] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert alert["crossing"] == "crossed"
    assert [a["id"] for a in lines(home, "alerts")] == [alert["id"]]
    assert "ALERT" in run(home, "alerts", "--atom", str(tmp_path / "alerts.atom")).stdout
    assert (tmp_path / "alerts.atom").read_bytes().startswith(b"<?xml")
    assert "More than 5,000 dockers" in run(home, "indicator", "show", "layoffs").stdout
    assert "layoffs" in run(home, "indicator", "list").stdout
    assert "crossed" in run(home, "indicator", "test", "figure > 4000 people of layoffs").stdout
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1, "delivered once"
    run(home, "indicator", "remove", "layoffs")
    assert "nothing is armed" in run(home, "indicator", "list").stderr


@pytest.mark.parametrize("words", ["figure", "figure > many people of layoffs", "event DANCE", "weather > 5"])
def test_a_bad_definition_is_refused_in_one_line(home: Path, words: str) -> None:
    result = run(home, "indicator", "add", words, code=1)
    assert result.stderr.strip().splitlines()[-1].startswith("Error: ")


def test_judging_and_grading(home: Path) -> None:
    [rask] = lines(home, "who", "Oskar", "Rask")
    [lunt] = lines(home, "who", "Ada", "Lunt")
    assert "same" in run(home, "judge", "same", str(rask["id"])[:12], str(lunt["id"])[:12]).stderr
    assert len(lines(home, "who", "Ada", "Lunt")) == 1
    assert "taken back" in run(home, "judge", "undo", str(rask["id"])[:12], str(lunt["id"])[:12]).stderr
    run(home, "judgements")
    run(home, "grade", "seldrinherald.example", "B")
    story = next(s for s in lines(home, "stories") if s["title"] == "Harbour levy to be halved")
    [view] = lines(home, "story", str(story["id"]))
    assert any(str(a["admiralty"]).startswith("B") for a in view["accounts"])  # type: ignore[attr-defined]
    assert "no outlet" in run(home, "grade", "nowhere.example", "B", code=1).stderr


@pytest.mark.parametrize("value", ["soon", "²d", "99999999999999d", "2031-05-14\n", ""])
def test_what_is_no_moment_is_said_in_one_line(home: Path, value: str) -> None:
    for command in ("changes", "stories", "alerts"):
        assert "no moment" in run(home, command, "--since", value, code=1).stderr


def test_an_id_that_could_be_several_asks_for_more(home: Path) -> None:
    run(home, "stories")
    assert "give more of it" in run(home, "story", "", code=1).stderr


def test_a_channel_is_one_file_wherever_a_command_runs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    whole = f"file:{tmp_path}/alerts.jsonl"
    assert whole in run(home, "channel", "file:alerts.jsonl").stdout.splitlines()
    assert whole not in run(home, "channel", "file:alerts.jsonl", "--remove").stdout


def test_nothing_that_is_shown_can_drive_a_terminal(tmp_path: Path) -> None:
    escape = "\x1b[2J\x9b"
    with open_store(tmp_path) as store:
        add(store, f"Seldrin{escape} Herald", 1, LEVY.replace("overdue", f"over{escape}due").replace("MARL", f"M{escape}ARL"))  # fmt: skip
        add(store, f"Marl{escape} Courier", 2, COURIER)
        add(store, f"Marl{escape} Courier", 4, ANON.format(paper=f"Seldrin{escape} Herald", day="Monday"))
    run(tmp_path, "indicator", "add", "figure > 5000 people of layoffs", "--name", f"the{escape} mark")
    ids = [str(s["id"]) for s in lines(tmp_path, "stories")]
    commands = [["story", id, "--claims"] for id in ids] + [
        ["stories"],
        ["who", "Karvonen"],
        ["changes"],
        ["judgements"],
    ]
    for words in (*commands, ["indicator", "list"], ["indicator", "show", f"the{escape} mark"], ["alerts"], ["indicator", "remove", f"the{escape} mark"]):  # fmt: skip
        result = run(tmp_path, *words)
        assert all(c.isprintable() or c == "\n" for c in result.stdout + result.stderr), words
