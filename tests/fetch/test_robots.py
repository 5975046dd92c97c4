"""robots.txt, by examples from RFC 9309 and from life."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fetch.robots import fits, parse_robots

NAMES = {"onrecord"}


def allows(text: str, path: str) -> bool:
    return parse_robots(text.encode(), NAMES).allows(path)


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("/fish", "/fish.html", True), ("/fish", "/Fish", False), ("/fish/", "/fish", False), ("/*.php", "/a/b.php?x", True), ("/*.php$", "/a.php?x", False), ("/*.php$", "/a.php", True),
        ("/", "/anything", True), ("/a*b*c", "/a1b2c3", True), ("/a*b*c", "/acb", False), ("/$", "/", True), ("/$", "/x", False), ("*", "/x", True), ("/a*$", "/abc", True), ("/aa$", "/a", False),
    ],
)  # fmt: skip
def test_patterns(rule: str, path: str, expected: bool) -> None:
    assert fits(rule, path) == expected


def test_the_longest_rule_decides_and_allow_wins_a_tie() -> None:
    assert not allows("User-agent: *\nAllow: /p\nDisallow: /page", "/page/1")
    assert allows("User-agent: *\nDisallow: /\nAllow: /news", "/news/1")
    assert allows("User-agent: *\nDisallow: /x\nAllow: /x", "/x")
    assert allows("User-agent: *\nDisallow:", "/x")


def test_our_own_groups_are_joined_and_outrank_the_rest() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: OnRecord/2.0\nDisallow: /a\n\nUser-agent: onrecord\nDisallow: /b\nCrawl-delay: 4"
    assert allows(text, "/c") and not allows(text, "/a") and not allows(text, "/b")
    assert parse_robots(text.encode(), NAMES).delay == 4
    assert allows("User-agent: onrecord\nUser-agent: *\n\nUser-agent: onrecord\nAllow: /\n", "/x")


def test_an_empty_group_of_ours_allows_what_others_may_not() -> None:
    assert allows("User-agent: onrecord\nDisallow:\n\nUser-agent: *\nDisallow: /", "/x")


@pytest.mark.parametrize("path", ["/~ann/x", "/%7Eann/x", "/%7eann/x"])
def test_escapes_have_one_form(path: str) -> None:
    assert not allows("User-agent: *\nDisallow: /%7Eann/", path)
    assert not allows("User-agent: *\nDisallow: /~ann/", path)
    assert not allows("User-agent: *\nDisallow: /žluť", "/%C5%BElu%C5%A5/x")


def test_robots_txt_itself_may_always_be_read_and_marks_do_no_harm() -> None:
    assert allows("\ufeffUser-agent: *\r\nDisallow: / # all\r\n", "/robots.txt")
    assert not allows("\ufeffUser-agent: *\r\nDisallow: / # all\r\n", "/x")


def test_what_is_too_long_is_cut_at_a_line() -> None:
    text = "User-agent: *\nDisallow: /a\n" + "# x\n" * 200_000 + "Disallow: /b\n"
    assert not allows(text, "/a") and allows(text, "/b")


def test_no_pattern_is_slow() -> None:
    began = time.process_time()
    robots = parse_robots(b"User-agent: *\n" + b"Disallow: /" + b"a*" * 5_000 + b"b$\n" * 40, NAMES)
    assert robots.allows("/" + "a" * 8_000) and time.process_time() - began < 1


@given(st.binary(max_size=400), st.text(max_size=40))
def test_anything_is_taken(body: bytes, path: str) -> None:
    parse_robots(b"user-agent: *\ndisallow: " + body, NAMES).allows("/" + path.encode("ascii", "ignore").decode())
