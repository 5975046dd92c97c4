"""The pages of docs/api: every example is run, in the order of the page, in a folder of its own."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.support import EXAMPLES

PAGES = sorted((EXAMPLES.parent / "docs" / "api").glob("*.md"))
EXAMPLE = re.compile(r"^```pycon\n(.*?)^```$", re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_example_gives_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(EXAMPLES)
    monkeypatch.chdir(tmp_path)
    blocks = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    assert blocks, "a page without an example"
    found = doctest.DocTestParser().get_doctest("".join(blocks), {"__name__": "__main__"}, page.name, str(page), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    runner.run(found, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)
    assert runner.tries == len(found.examples) > 0


def test_every_public_method_of_a_record_is_on_a_page() -> None:
    from onrecord import Record

    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    public = [name for name in vars(Record) if not name.startswith("_")]
    assert len(public) > 10
    assert not [name for name in public if f"record.{name}(" not in told]
