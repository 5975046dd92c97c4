"""The tutorial that ends in a chart: its program is run over the demonstration, and the chart is looked through."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support import EXAMPLES

ROOT = EXAMPLES.parent
PROGRAM = re.compile(r"^```py\n(.*?)^```$", re.S | re.M)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the tutorial's program prints, and its chart."""
    folder = tmp_path_factory.mktemp("chart")
    shutil.copytree(demonstration, folder / "desk")
    program = "\n".join(PROGRAM.findall((ROOT / "docs" / "tutorial-chart.md").read_text(encoding="utf-8")))
    (folder / "chart.py").write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "chart.py"], cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, folder / "chart.svg"


def test_the_program_finds_the_number_that_most_speak_of_and_walks_back(drawn: tuple[str, Path]) -> None:
    first, *claims, shown, archived = drawn[0].splitlines()
    page = (ROOT / "docs" / "tutorial-chart.md").read_text(encoding="utf-8")
    assert first in page, "the page shows what is printed"
    assert len(claims) >= 10 and any("Yevgeny Drevich | asserts 2000" in claim for claim in claims)
    assert any("Ludmila Tarsk | denies" in claim for claim in claims)
    assert "|" in shown and int(archived.split()[0]) > 1000


def test_the_chart_has_a_mark_for_each_voice_with_its_evidence(drawn: tuple[str, Path]) -> None:
    said, path = drawn
    root = ElementTree.parse(path).getroot()
    voices = root.findall(f"{SVG}g[@class='voice']")
    assert len(voices) == len(said.splitlines()) - 3
    for voice in voices:
        title = voice.findtext(f"{SVG}title") or ""
        assert re.match(r"2034-03-\d\dT\d\d:\d\d .+: .+ \[[0-9a-f]{16,64}\]$", title)
    denied = [v for v in voices if "denies" in "".join(t.text or "" for t in v.iter(f"{SVG}text"))]
    assert denied and all(v.find(f"{SVG}circle") is None for v in denied), "a denial is a cross, not a circle"
    hollow = [v for v in voices if any(c.get("fill") == "white" for c in v.iter(f"{SVG}circle"))]
    assert len(hollow) == sum("plan: " in (t.text or "") for v in voices for t in v.iter(f"{SVG}text"))


def test_the_chart_can_be_read(drawn: tuple[str, Path]) -> None:
    root = ElementTree.parse(drawn[1]).getroot()
    _, _, wide, high = map(float, str(root.get("viewBox")).split())
    boxes = []
    for voice in root.findall(f"{SVG}g[@class='voice']"):
        text = next(voice.iter(f"{SVG}text"))
        left, base = float(str(text.get("x"))), float(str(text.get("y")))
        boxes.append((left, base, left + 6 * len(str(text.text)), str(text.text)))
        assert left >= 0 and boxes[-1][2] <= wide and 0 <= base <= high, f"{text.text} lies outside"
    for one, other in combinations(boxes, 2):
        apart = abs(one[1] - other[1]) >= 12 or one[2] < other[0] or other[2] < one[0]
        assert apart, f"{one[3]} and {other[3]} lie upon each other"


def test_the_picture_on_the_page_is_such_a_chart() -> None:
    root = ElementTree.parse(ROOT / "docs" / "images" / "chart.svg").getroot()
    assert len(root.findall(f"{SVG}g[@class='voice']")) >= 10
