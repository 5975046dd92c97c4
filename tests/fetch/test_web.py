"""The pure parts of the polite client: addresses, when to try again, Retry-After."""

import random

import pytest

from onrecord.errors import FetchError
from onrecord.fetch.addresses import address, is_private, joined
from onrecord.fetch.answers import TEXTUAL, Answer, conditions, next_try, pause_asked
from onrecord.fetch.page import fetch, polite
from onrecord.settings import Settings, from_environment


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:secret@A.Example:443/x#y", "https://a.example/x"), ("http://a.example", "http://a.example/"), ("http://a.example:443/", "http://a.example:443/"),
        ("http://a.example:8080/a b?c=ž", "http://a.example:8080/a%20b?c=%C5%BE"), ("http://müller.example/", "http://xn--mller-kva.example/"), (" HTTP://[2001:DB8::1]/ ", "http://[2001:db8::1]/"),
    ],
)  # fmt: skip
def test_addresses_have_one_form(url: str, expected: str) -> None:
    assert address(url).url == expected
    assert address(expected).url == expected


@pytest.mark.parametrize("url", ["", "a.example", "ftp://a.example/", "http://", "http://[::1", "http://a.example:0/", "http://a.example:99999/", "http://a\x00.example/", "http://" + "a" * 9000, "https:///x"])  # fmt: skip
def test_what_is_no_web_address_is_so_for_good(url: str) -> None:
    with pytest.raises(FetchError, match="no web address") as caught:
        address(url)
    assert caught.value.permanent and "\x00" not in str(caught.value)


def test_redirects_are_joined() -> None:
    here = address("https://a.example/b/c?d")
    assert joined(here, "../e").url == "https://a.example/e"
    assert joined(here, "//b.example").url == "https://b.example/"


@pytest.mark.parametrize("ip", ["::127.0.0.1", "::ffff:192.168.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "64:ff9b:1::1", "fec0::1", "fe80::1%eth0", "ff02::1", "2001:db8::1", "2001::1", "192.0.0.8", "198.18.0.1", "255.255.255.255", "100.100.1.1", "203.0.113.9", "5f00::1"])  # fmt: skip
def test_wrapped_and_special_addresses_are_private(ip: str) -> None:
    assert is_private(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"])
def test_public_addresses_are_not(ip: str) -> None:
    assert not is_private(ip)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(FetchError, match=r"private address|cannot be found"):
        fetch(f"http://{host}/", Settings())


def test_the_next_try_is_later_each_time_and_never_sooner_than_asked() -> None:
    rng = random.Random(1)
    steps = [next_try(n, 1000.0, None, rng) - 1000 for n in range(1, 30)]
    assert 30 <= steps[0] <= 60 and all(s <= 86_400 for s in steps) and steps[-1] >= 43_200
    assert all(30 * 2**n <= s <= 60 * 2**n for n, s in enumerate(steps[:10]))
    assert 7200 <= next_try(1, 0.0, 7200, rng) <= 7920
    assert next_try(1, 0.0, 1e12, rng) <= 86_400 * 1.1
    assert next_try(10**6, 0.0, None, rng) <= 86_400


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [
        (503, "120", 120.0), (503, "", None), (429, "", 60.0), (429, "soon", 60.0), (503, "999999999999999", 86_400.0), (503, "Sat, 06 Nov 1965 08:49:37 GMT", None),
        (503, "Thu, 01 Jan 1970 00:10:00 GMT", 600.0), (503, "-5", None), (200, "120", None), (503, "Thu, 01 Jan 99999 00:10:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(status: int, value: str, expected: float | None) -> None:
    assert pause_asked(Answer(status, (("retry-after", value),)), 0.0) == expected


def test_conditions_cannot_smuggle_headers() -> None:
    assert conditions('W/"a b"', "Wed, 14 May 2031 09:14:00 GMT") == (("If-None-Match", 'W/"a b"'), ("If-Modified-Since", "Wed, 14 May 2031 09:14:00 GMT"))  # fmt: skip
    assert conditions("a\r\nX: b", "") == () == conditions(None, "é")


@pytest.mark.parametrize("kind", ["", "text/html", "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/xhtml+xml", "application/x-gzip", "application/octet-stream"])  # fmt: skip
def test_words_come_in_these(kind: str) -> None:
    assert TEXTUAL.match(kind)
    assert (
        not TEXTUAL.match("image/svg+xml") and not TEXTUAL.match("application/pdf") and not TEXTUAL.match("video/mp4")
    )


def test_the_contact_is_told() -> None:
    assert from_environment({"ONRECORD_CONTACT": "https://desk.example"}).agent.endswith("(+https://desk.example)")


def test_a_page_is_fetched_where_a_loop_runs_already() -> None:
    import asyncio

    async def notebook() -> None:
        polite()("http://10.0.0.1/", Settings())

    with pytest.raises(FetchError, match="private address"):
        asyncio.run(notebook())
