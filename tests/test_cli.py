import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from onrecord.cli import main
from onrecord.model import decode_reading
from onrecord.read import OPTIONAL
from tests.support import EXAMPLES

LEVY = str(EXAMPLES / "harbour-levy.html")


def run(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *words], input=stdin)


def test_json_is_the_contract_and_comes_in_the_order_of_inputs() -> None:
    result = run("--format", "json", str(EXAMPLES / "pier-row.html"), LEVY)
    assert result.exit_code == 0
    readings = [decode_reading(line) for line in result.stdout.splitlines()]
    assert [Path(r.input).name for r in readings] == ["pier-row.html", "harbour-levy.html"]
    assert all(r.attributions and r.entities for r in readings)


def test_failures_go_to_standard_error_and_the_others_go_on(tmp_path: Path) -> None:
    bad, cut = tmp_path / "bad.html", tmp_path / "cut.html.gz"
    bad.write_bytes(b"")
    cut.write_bytes(gzip.compress(b"<html>" * 1000)[:-20])
    result = run("--format", "json", str(bad), LEVY, str(cut), str(tmp_path / "none.html"))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    errors = result.stderr.splitlines()
    assert len(errors) == 3 and "empty" in errors[0] and "cut short" in errors[1] and "no such file" in errors[2]


def test_standard_input_gzip_and_a_given_date() -> None:
    result = run(
        "--format",
        "json",
        "--published",
        "2031-05-17",
        "-",
        stdin=gzip.compress((EXAMPLES / "meeting-notes.txt").read_bytes()),
    )
    reading = decode_reading(result.stdout)
    assert reading.input == "-" and reading.article.published and reading.article.published.evidence == "given"
    assert [d.value for d in reading.dates][0] == "2031-05-17"


def test_a_folder_and_one_html_page(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = run("--format", "html", "-o", str(out), str(EXAMPLES))
    page = out.read_text(encoding="utf-8")
    assert (
        result.exit_code == 0
        and page.count('<section class="page"') == len(list(EXAMPLES.glob("*.*"))) - 1  # but for its README
        and "no reader for the language" in result.stderr
    )


def test_csv_and_report() -> None:
    assert run("--format", "csv", LEVY).stdout.startswith("input,title,")
    assert "Ilse Karvonen, Transport Minister" in run(LEVY).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--published", "soon", LEVY], "is no date"),
        (["--url", "https://a.example/", LEVY, LEVY], "one input only"),
        (["--format", "pdf", LEVY], "Invalid value"),
        (["-o", "/nowhere/x.html", LEVY], "cannot be written"),
    ],
)
def test_a_misunderstood_command_exits_with_2(words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and message in result.stderr and not result.stdout


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    result = run(str(tmp_path))
    assert result.exit_code == 1 and "holds no pages" in result.stderr


def test_schema_is_json() -> None:
    assert json.loads(CliRunner().invoke(main, ["schema"]).stdout)["$ref"] == "#/$defs/Reading"


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = "import sys, time; t = time.time(); from onrecord.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nassert not {'numpy', 'onnxruntime', 'trafilatura', 'httpx'} & set(sys.modules), 'heavy'"
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert time.monotonic() - begun < 10  # a busy machine; `make bench` measures


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m onrecord read --format json {EXAMPLES} 2>/dev/null | head -c 20; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
    )
    assert done.returncode == 0 and len(done.stdout) == 20


def test_the_library_in_three_lines() -> None:
    from onrecord import read_page

    reading = read_page(LEVY, published="2031-05-14")
    assert reading.attributions[0].kind in ("direct", "mixed", "indirect")
    assert read_page((EXAMPLES / "meeting-notes.txt").read_bytes()).input == "-"


@pytest.mark.parametrize("part", OPTIONAL)
def test_a_part_can_be_left_out(part: str) -> None:
    words = ("--format", "json", str(EXAMPLES / "border-call-up.html"))
    whole, less = (decode_reading(run(*more, *words).stdout) for more in ((), ("--without", part)))
    assert getattr(less, part) == ()
    whole = replace(whole, figures=tuple(replace(f, event=None) for f in whole.figures))  # which goes with the events
    less = replace(less, figures=tuple(replace(f, event=None) for f in less.figures))
    others = set(OPTIONAL) - {part, "events"} | {"attributions"}
    assert all(getattr(less, other) == getattr(whole, other) for other in others)
    if part in ("figures", "dates", "conditions"):
        assert getattr(whole, part)


def test_what_can_be_left_out_is_offered() -> None:
    (choice,) = (p.type for p in main.commands["read"].params if p.name == "without")
    assert isinstance(choice, click.Choice) and tuple(choice.choices) == OPTIONAL
