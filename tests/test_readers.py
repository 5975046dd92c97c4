"""Readers that other packages bring: which one is asked, and that none of them can do harm."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from onrecord import readers
from onrecord.cli import main
from onrecord.errors import InputError, ReaderError
from onrecord.model import Attribution, Condition, Entity, Event, ReaderInfo, Reading
from tests.readers import SPANISH, on_the_path, package
from tests.support import article, at, reading

SAID = """
from onrecord.model import Attribution, ReaderInfo, Reading

def read(article):
    start = article.text.index("«") + 1
    said = Attribution(id="a1", kind="direct", content=((start, article.text.index("»")),), confidence=0.5)
    return Reading(input="ignored", reader=ReaderInfo(name="ignored", version="0"), article=article, attributions=(said,))
"""
HEAD = "from onrecord.model import *\nfrom msgspec.structs import replace\ndef read(article):\n    empty = Reading(input='', reader=None, article=article)\n"
NAN = "float(chr(110) + chr(97) + chr(110))"


def said(content: str = "((0, 4),)", kind: str = "direct", sure: str = "0.5", more: str = "", times: int = 1) -> str:
    """The code of a reader that answers with an attribution."""
    one = f"Attribution(id='a1', kind={kind!r}, content={content}, confidence={sure}{more}),"
    return f"    return replace(empty, attributions=({one * times}))"


BAD = {  # what a reader does: what is said of it
    "    return None": "gave no Reading but a NoneType",
    "    return {'attributions': []}": "gave no Reading but a dict",
    "    raise RuntimeError('the model\\n is too large')": "failed: RuntimeError: the model is too large (mine.py, line 5)",
    "    import sys; sys.exit(3)": "failed: SystemExit: 3",
    "    return read(article)": "failed: RecursionError",
    said("((0, 10**6),)"): "the span [0, 1000000] does not lie in its article's text",
    said("((4, 4),)"): "the span [4, 4] does not lie in its article's text",
    said("(('a', 4),)"): "gave what cannot be: not a Reading",
    said(kind="shouted"): "Invalid enum value 'shouted'",
    said(sure=NAN): "gave what cannot be: not a Reading",
    said(sure="object()"): "gave what cannot be",
    said(sure="7.0"): "'a1' is as sure as 7.0",
    said(more=", speaker='e9'"): "the speaker of 'a1' is 'e9', which is none of its entities",
    said(more=", within='a1'"): "'a1' lies within itself",
    said("()"): "'a1' has no content",
    said("((3, 4), (0, 2))"): "the spans of 'a1' are not in order",
    said(times=2): "two attributions are called 'a1'",
    said(more=", speaker=chr(0)"): "it holds characters that are none (NUL)",
    said(more=", speaker=chr(0xd800)"): "gave what cannot be",
    "    raise ValueError(chr(0xd800) + chr(0) + chr(27) + '[31m')": "failed: ValueError: \N{REPLACEMENT CHARACTER}",
    "    return replace(empty, attributions=('a1',))": "gave what cannot be: not a Reading",
    "    return replace(empty, article=replace(article, text=article.text + '!'))": "it changed the article",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """A folder of the path, for packages."""
    folder = tmp_path / "site"
    folder.mkdir()
    yield folder
    for name in ("mine", "other"):
        sys.modules.pop(name, None)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page in Spanish."""
    path = tmp_path / "caleda.txt"
    path.write_text(SPANISH, encoding="utf-8")
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_language_is_read_by_the_reader_that_is_named_after_it(site: Path, page: str) -> None:
    package(site, "mine", SAID, "es-quotes", version="2.5")
    with on_the_path(site):
        result = run("read", "--format", "json", page)
    found = json.loads(result.stdout)
    (said,) = found["attributions"]
    assert found["reader"] == {"name": "es-quotes", "version": "2.5"} and found["input"] == page
    assert found["article"]["text"][slice(*said["content"][0])] == "El viernes no entra ni un barco"


def test_without_one_a_page_is_parsed_and_said_to_be_unread(page: str) -> None:
    result = run("read", "--format", "json", page)
    assert result.exit_code == 0 and json.loads(result.stdout)["reader"] is None
    assert "no reader for the language 'es' yet" in result.stderr


def test_who_is_asked(site: Path) -> None:
    package(site, "other", SAID, "es")
    package(site, "mine", SAID, "en")
    package(site, "third", SAID, "model")
    with on_the_path(site):
        ask = readers.chosen
        assert ask("en") is ask(None) is ask("fr") is ask("en", "en") is None
        assert [r.info.name for r in (ask("es"), ask("en", "es"), ask("es", "model")) if r] == ["es", "es", "model"]
        with pytest.raises(InputError, match="there is no reader 'fr'; installed: en, es, model"):
            ask("en", "fr")
        assert (readers.still_here("es"), readers.still_here("fr"), readers.still_here(None)) == ("es", None, None)


def test_an_unknown_reader_is_said_before_anything_is_done(page: str, tmp_path: Path) -> None:
    for words in (("read", "--reader", "xx", page), ("--home", str(tmp_path / "home"), "add", "--reader", "xx", page)):
        result = run(*words)
        assert result.exit_code != 0 and "there is no reader 'xx'; installed: en" in result.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(("code", "message"), BAD.items(), ids=range(len(BAD)))
def test_a_reader_that_misbehaves_is_one_line_and_the_others_go_on(
    site: Path, page: str, code: str, message: str
) -> None:
    package(site, "mine", HEAD + code + "\n", "es")
    with on_the_path(site):
        result = run("read", "--format", "json", page, "examples/pier-row.html")
    assert result.exit_code == 1 and json.loads(result.stdout)["input"].endswith("pier-row.html")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"onrecord: {page}: the reader es (mine 1.0) ") and message in line


@pytest.mark.parametrize(
    ("code", "target", "message"),
    [
        ("import nothing_of_this_name", "read", "cannot be loaded: ModuleNotFoundError"),
        ("def read(article) return", "read", "cannot be loaded: SyntaxError"),
        ("raise SystemExit(2)", "read", "cannot be loaded: SystemExit: 2"),
        ("", "read", "cannot be loaded: AttributeError"),
        ("read = 3", "read", "failed: TypeError"),
    ],
)
def test_a_reader_that_cannot_be_loaded(site: Path, page: str, code: str, target: str, message: str) -> None:
    package(site, "mine", code, "es", target=target)
    with on_the_path(site):
        result = run("read", page)
    assert result.exit_code == 1 and message in result.stderr and len(result.stderr.splitlines()) == 1


def test_what_a_reader_prints_is_no_record(site: Path, page: str) -> None:
    package(site, "mine", SAID.replace("    start =", "    print('loading …')\n    start ="), "es")
    with on_the_path(site):
        result = run("read", "--format", "json", page)
    assert json.loads(result.stdout)["attributions"] and result.stderr == "loading …\n"


def test_nothing_is_lost_when_a_reader_fails_and_it_is_read_once_that_is_mended(
    site: Path, page: str, tmp_path: Path
) -> None:
    home = ("--home", str(tmp_path / "home"))
    package(site, "mine", "def read(article): raise ValueError('no')", "es")
    with on_the_path(site):
        result = run(*home, "add", "--workers", "0", page)
        assert result.exit_code == 1 and "the reader es (mine 1.0) failed: ValueError: no" in result.stderr
        (kept,) = [json.loads(line) for line in run(*home, "failures", "--format", "json").stdout.splitlines()]
        assert kept["stage"] == "read" and "mine 1.0" in kept["reason"]
    sys.modules.pop("mine")
    (site / "mine.py").write_text(SAID)
    with on_the_path(site):
        assert "1 article in the record from these inputs, 0 failed" in run(*home, "add", "--workers", "0", page).stderr
        assert "El viernes no entra" in run(*home, "search", "viernes").stdout
        assert run(*home, "verify").exit_code == 0
        assert not run(*home, "failures", "--format", "json").stdout


def test_an_article_is_read_again_by_the_reader_that_read_it_once_that_has_another_version(
    site: Path, page: str, tmp_path: Path
) -> None:
    home = ("--home", str(tmp_path / "home"))
    package(site, "mine", SAID, "model")
    with on_the_path(site):
        assert run(*home, "add", "--workers", "0", "--reader", "model", page).exit_code == 0
        assert "0 articles read" in run(*home, "re-read", "--workers", "0").stderr
    (site / "mine-1.0.dist-info").rename(site / "mine-1.1.dist-info")
    metadata = site / "mine-1.1.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text().replace("1.0", "1.1"))
    package(site, "other", SAID, "es")
    with on_the_path(site):
        assert "1 article read, 0 failed" in run(*home, "re-read", "--workers", "0").stderr
        assert "0 articles read" in run(*home, "re-read", "--workers", "0").stderr
        hit = json.loads(run(*home, "search", "--format", "json", "viernes").stdout)
        assert "read by  model 1.1" in run(*home, "show", hit["attribution"]).stdout


def test_parts_that_are_not_wanted_go_with_what_refers_to_them(site: Path) -> None:
    whole = reading()
    event = Event(id="v1", type="X", status="actual", anchor=(at("recalled"),), place="p1")
    figures = tuple(replace(f, event="v1") for f in whole.figures)
    got = readers.bare(replace(whole, events=(event,), figures=figures), ("places",))
    assert not got.places and got.events[0].place is None and got.figures[0].event == "v1"
    got = readers.bare(replace(whole, events=(event,), figures=figures), ("events", "conditions"))
    assert not got.events and not got.conditions and got.figures[0].event is None and got.places


def test_what_ours_reads_has_no_problem() -> None:
    whole = reading()
    assert not list(readers.problems(whole, whole.article))
    from onrecord import read_page

    for name in ("harbour-fire-live", "border-call-up", "ferry-interview"):
        found = read_page(f"examples/{name}.html")
        assert not list(readers.problems(found, found.article))


@pytest.mark.parametrize(
    ("part", "record", "problem"),
    [
        ("entities", Entity(id="e9", name="X", type="person", mentions=()), "'e9' has no mentions"),
        ("events", Event(id="v1", type="X", status="actual", anchor=()), "'v1' has no anchor"),
        (
            "events",
            Event(id="v1", type="X", status="actual", anchor=((0, 2),), actors=("e1", "e8")),
            "the actors of 'v1' is 'e8', which is none of its entities",
        ),
        (
            "conditions",
            Condition(id="c1", if_=((0, 2),), then=(), marker=((0, 2),), kind="warning"),
            "'c1' has no then",
        ),
    ],
)
def test_each_problem_is_named(part: str, record: object, problem: str) -> None:
    entity = Entity(id="e1", name="X", type="person", mentions=((0, 2),))
    whole = Reading(input="-", reader=ReaderInfo(name="x", version="0"), article=article(), entities=(entity,))
    found = list(readers.problems(replace(whole, **{part: (*getattr(whole, part), record)}), whole.article))
    assert found == [problem]


def test_attributions_that_lie_within_each_other() -> None:
    a = [Attribution(id=f"a{n}", kind="direct", content=((0, 2),), within=f"a{1 - n}", confidence=1) for n in (0, 1)]
    whole = Reading(input="-", reader=None, article=article(), attributions=tuple(a))
    assert list(readers.problems(whole, whole.article)) == ["'a0' lies within itself", "'a1' lies within itself"]


def test_a_text_too_long_is_not_given_to_a_reader(site: Path) -> None:
    package(site, "mine", SAID, "es")
    with on_the_path(site), pytest.raises(ReaderError, match="at most 1,000,000 are read"):
        readers.read(article("x" * 1_000_001, language="es"))
