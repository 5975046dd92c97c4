from __future__ import annotations

import pytest
from lxml.html import HtmlElement, tostring
from trafilatura.utils import load_html

from onrecord.parse.tree import tree_of

PAGES = (
    "<!DOCTYPE html>\n<html lang='en'><head><title>Levy</title></head><body><p>One.<!-- two --><?three?></body></html>",
    "<html><body><form><input><p>One.</form></body>",
    "\n <HTML class=x><p>One.",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html><body><p>One.</p></body></html>',
    "<html lang='en' />\n<body><p>One.</p></body>",
    "<html><body><p>On\x00e\x0b.</p></body></html>",
    "<div>One.</div><p>Two.</p>",
    '<?xml version="1.0" encoding="utf-8"?><html><body><p>One.</p></body></html>',
    "<html></html>",
)


@pytest.mark.parametrize("html", PAGES)
def test_a_page_gives_the_tree_that_trafilatura_gives(html: str) -> None:
    ours, theirs = tree_of(html), load_html(html)
    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert tostring(ours) == tostring(theirs)


def test_all_elements_of_a_plain_page_are_of_one_class() -> None:
    tree = tree_of(PAGES[1])
    assert tree is not None
    assert {type(node) for node in tree.iter()} == {HtmlElement}
