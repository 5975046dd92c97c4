"""The example of a reader, installed for real, reads Spanish through the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.model import decode_reading
from onrecord.text import words_of
from tests.readers import SPANISH
from tests.support import EXAMPLES, article

ROOT = EXAMPLES.parent
SAID = [  # who, by what verb, what
    ("Inés de la Torre", "afirmó", "Abriremos el viernes aunque haya que remolcar los barcos a mano"),
    ("Darío Menchaca", "aseguró", "El viernes no entra ni un barco"),
    ("Darío Menchaca", "añadió", "Y el sábado tampoco"),
    (None, "dijo", "No hemos recibido ninguna oferta"),
    ("Darío Menchaca", "respondió", "esa ley nació muerta"),
    ("Inés de la Torre", "reiteró", "Abriremos."),
    ("Darío Menchaca", "concluyó", "Nos vemos en el juzgado"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the example."""
    folder = tmp_path_factory.mktemp("spanish")
    source = shutil.copytree(EXAMPLES / "spanish_reader", folder / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", folder / "site", source], check=True, cwd=folder)  # fmt: skip
    return folder / "site"


def run(site: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """The command line of an environment that has the example."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "onrecord", *words], capture_output=True, text=True, encoding="utf-8", env=environment, check=False)  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


def test_an_article_is_read_through_the_command_line(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "caleda.txt"
    page.write_text(SPANISH, encoding="utf-8")
    reading = decode_reading(run(site, "read", "--format", "json", str(page)).stdout)
    text, names = reading.article.text, {e.id: e.name for e in reading.entities}
    assert reading.reader and (reading.reader.name, reading.reader.version) == ("es", "0.1.0")
    assert [
        (names.get(a.speaker or ""), words_of(text, a.cue), words_of(text, a.content)) for a in reading.attributions
    ] == SAID
    menchaca = next(e for e in reading.entities if e.name == "Darío Menchaca")
    assert menchaca.role == "portavoz del sindicato de prácticos"
    assert [text[slice(*m)] for m in menchaca.mentions] == ["Darío Menchaca", "Menchaca", "Menchaca"]
    assert reading.attributions[3].speaker_kind == "anonymous" and not reading.attributions[2].source


def test_english_is_read_by_ours_all_the_same(site: Path) -> None:
    reading = decode_reading(run(site, "read", "--format", "json", str(EXAMPLES / "pier-row.html")).stdout)
    assert reading.reader and reading.reader.name == "en"


def test_it_goes_on_record_and_is_found_again(site: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / "home"))
    run(site, *home, "add", "--workers", "1", str(EXAMPLES / "puerto-cerrado.html"))
    hit = json.loads(run(site, *home, "search", "--format", "json", "vida").stdout)
    assert hit["speaker"] == "Tomas Brandvik"
    assert "read by  es 0.1.0" in run(site, *home, "show", hit["attribution"]).stdout
    assert "0 articles read" in run(site, *home, "re-read", "--workers", "0").stderr
    assert "Tomas Brandvik" in run(site, *home, "who", "Brandvik").stdout
    run(site, *home, "verify")


def test_ours_can_be_asked_in_its_place(site: Path) -> None:
    words = ("read", "--reader", "en", str(EXAMPLES / "puerto-cerrado.html"))
    assert "no reader for the language 'es' yet" in run(site, *words).stderr


def test_no_text_takes_it_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES / "spanish_reader")
    from onrecord_spanish import read

    start = time.process_time()
    for text in ("la " * 3000 + "«hola que tal»", "«hola amigos» " * 3000, "Aa de " * 2000 + "dijo: «a b»", "«a b», dijo " + "la casa de " * 3000):  # fmt: skip
        read(article(text, language="es"))
    assert time.process_time() - start < 5
