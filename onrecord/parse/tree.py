"""The characters of a page become a tree of elements.

A page that begins as pages do is parsed at once, into elements of one class: for those of `lxml.html` a Python function
is asked for the class of each, each time. Any other goes through trafilatura's `load_html`, which mends what leads the parser astray and tells what is no page.
"""

from __future__ import annotations

import re

from lxml.etree import ElementDefaultClassLookup
from lxml.html import HtmlElement, HTMLParser, fromstring
from trafilatura.utils import load_html

PLAIN = re.compile(r"\s{0,20}(?:<!doctype html>\s*)?<html(?:\s[^<>]*[^<>/])?>", re.I)
UNHOLDABLE = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)]
PARSER = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))


def tree_of(html: str) -> HtmlElement | None:
    """The tree of a page, without its comments; None where it is no page. Raises lxml's errors and ValueError."""
    if not PLAIN.match(html) or any(mark in html for mark in UNHOLDABLE):
        return load_html(html)
    tree = fromstring(html, parser=PARSER)
    return tree if len(tree) else load_html(html)
