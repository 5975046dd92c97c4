"""The commands of the record, run as a person would, on the bundled pages."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from tests.support import EXAMPLES

LEVY = str(EXAMPLES / "harbour-levy.html")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of three pages."""
    folder = tmp_path_factory.mktemp("home")
    pages = [str(EXAMPLES / name) for name in ("harbour-levy.html", "border-call-up.html", "pier-row.html")]
    result = run(folder, "add", "--workers", "0", *pages)
    assert (result.exit_code, "3 articles in the record" in result.stderr) == (0, True), result.output
    return folder


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def found(home: Path, *words: str) -> list[dict[str, object]]:
    """What a search finds."""
    return [json.loads(line) for line in run(home, "search", "--format", "json", *words).stdout.splitlines()]


def test_search_shows_words_in_context_and_an_id_that_show_walks_back(home: Path) -> None:
    shown = run(home, "search", "levy", "--speaker", "Karvonen").stdout
    assert "Ilse Karvonen" in shown and "will halve the levy" in shown and "https://tidewire.example/" in shown
    hit = found(home, "levy", "--speaker", "Karvonen")[0]
    walked = run(home, "show", str(hit["attribution"])[:12])
    assert walked.exit_code == 0
    for words in ("attribution", "Karvonen", "json-ld", "sha256:", ".warc.gz", "hash to their digest"):
        assert words in walked.stdout
    raw = run(home, "show", str(hit["article"]), "--bytes")
    assert raw.stdout_bytes == Path(LEVY).read_bytes()


def test_filters(home: Path) -> None:
    assert {h["kind"] for h in found(home, "--kind", "direct")} == {"direct"}
    assert found(home, "levy", "--since", "2040-01-01") == []
    assert all("minister" in str(h["words"]).lower() for h in found(home, "minister", "--in", "source"))
    assert {h["title"] for h in found(home, "harbours", "--in", "article")} == {
        "Vardania halves harbour levy after grain ships turn away"
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "12"], "is no id"),
        (["show", "0123456789abcdef"], "nothing in the record"),
        (["search", "--since", "yesterday", "levy"], "is no day"),
        (["follow"], "nothing is followed yet"),
        (["follow", "nofile.opml"], "neither a web address nor a file"),
        (["follow", "--every", "soon"], "is no span of time"),
        (["follow", "--once", "http://127.0.0.1:1/feed"], "private address"),
        (["add", "nofile.html"], "no such file"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, words: list[str], message: str) -> None:
    result = run(tmp_path, *words)
    assert message in result.stderr
    if words[:2] != ["follow", "--once"]:
        assert result.exit_code != 0


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run(tmp_path / "file", "status")
    assert result.exit_code == 1 and result.stderr.count("\n") == 1


def test_verify_is_clean_and_tells_damage(home: Path, tmp_path: Path) -> None:
    assert run(home, "verify").exit_code == 0
    subprocess.run(["cp", "-r", str(home) + "/.", str(tmp_path)], check=True)
    file = next((tmp_path / "evidence").iterdir())
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    result = run(tmp_path, "verify")
    assert result.exit_code == 1 and "capture sha256:" in result.stdout


def test_an_edited_page_shows_what_it_said_before(tmp_path: Path) -> None:
    page, url = tmp_path / "page.html", "https://tidewire.example/harbour"
    first = Path(LEVY).read_text(encoding="utf-8")
    for text in (first, first.replace("14 grain carriers", "40 grain carriers")):
        page.write_text(text, encoding="utf-8")
        assert run(tmp_path, "add", "--workers", "0", "--no-read", "--url", url, str(page)).exit_code == 0
    newer = list(found(tmp_path, "40 grain carriers", "--in", "article"))
    shown = run(tmp_path, "show", str(newer[0]["article"])).stdout
    assert "it said  14" in shown and "it says  40" in shown


def test_forget_takes_everything_away(tmp_path: Path) -> None:
    run(tmp_path, "add", "--workers", "0", LEVY)
    article = str(found(tmp_path, "levy")[0]["article"])
    assert run(tmp_path, "forget", article).exit_code != 0, "it asks first"
    assert run(tmp_path, "forget", article, "--yes").exit_code == 0
    assert found(tmp_path, "levy") == []
    archived = b"".join(f.read_bytes() for f in (tmp_path / "evidence").iterdir())
    assert b"tidewire.example" not in archived
    assert run(tmp_path, "verify").exit_code == 0


def test_re_read_keeps_the_older_reading(tmp_path: Path) -> None:
    run(tmp_path, "add", "--workers", "0", "--no-read", LEVY)
    assert found(tmp_path, "levy") == []
    assert "1 article read" in run(tmp_path, "re-read", "--workers", "0").stderr
    assert "0 articles read" in run(tmp_path, "re-read", "--workers", "0").stderr
    assert found(tmp_path, "levy")
