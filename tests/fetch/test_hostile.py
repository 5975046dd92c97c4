"""The polite client against a server that misbehaves in every way: each has a bound and one clear line, and others go on."""

import asyncio
import re
import ssl
import time
import tracemalloc
from collections.abc import Callable, Iterator

import httpcore
import pytest
from msgspec.structs import replace

from onrecord.errors import FetchError, InputError
from onrecord.fetch.feeds import parse_feed
from onrecord.fetch.web import Fetched, Hosts, NotModified, Web
from onrecord.inputs import unpacked
from onrecord.model import Capture
from onrecord.settings import Settings
from tests.hostile import CERTIFICATE, PAGE, Site, hostile

SETTINGS = replace(Settings(), allow_private=True, connect_timeout=2.0, read_timeout=1.5, total_timeout=3.0, pace=0.0, max_input=3_000_000)  # fmt: skip
SERVED = ("good", "gzip-honest", "longer", "http-1-0", "redirect-user", "tagged", "wrong-charset", "robots-wall", "robots-wander", "robots-delay", "robots-endless", "external-entity", "xml-bomb")  # fmt: skip
REFUSED = {
    "slow-header": "too slowly",
    "slow-body": "too slowly",
    "unending-body": "in time",
    "silent": "in time",
    "endless-continues": "could not be read",
    "endless-body": "larger than 2.9 MiB",
    "endless-chunks": "larger than 2.9 MiB",
    "tiny-chunks": "too slowly|larger than 2.9 MiB",
    "endless-headers": "could not be read",
    "endless-trailers": "could not be read",
    "many-headers": "could not be read",
    "gzip-bomb": "unpacks to more than 200 times|larger than 2.9 MiB",
    "gzip-rubbish": "larger than 2.9 MiB",
    "gzip-cut": "cut short",
    "gzip-lie": "damaged",
    "unknown-packing": "zstd",
    "redirect-loop": "redirects in a loop",
    "redirect-far": "redirects more than 5 times",
    "redirect-file": "no web address",
    "redirect-rubbish": "no web address",
    "shorter": "could not be read",
    "no-number": "could not be read",
    "negative": "could not be read",
    "two-lengths": "could not be read",
    "no-status": "could not be read",
    "garbage-status": "could not be read",
    "odd-status": "answered 999",
    "switching": "answered 101|could not be read",
    "garbage-chunks": "could not be read",
    "cut-chunks": "could not be read",
    "nul-header": "could not be read",
    "nothing": "could not be read",
    "empty": "came back empty",
    "no-content": "answered 204",
    "unasked-304": "answered 304",
    "picture": "image/png, not a page",
    "reset": "could not be read",
    "million-items": "larger than 2.9 MiB",
    "flaky": "answered 500",
    "too-many": "answered 429",
    "unavailable": "answered 503",
    "gone": "answered 410",
    "robots-forbid": r"robots\.txt forbids",
    "robots-fail": r"robots\.txt .* answered 500",
    "robots-silent": "in time",
    "tls-self-signed": "does not prove that it is itself",
    "tls-plain": "does not prove that it is itself",
}
PERMANENT = ("gone", "robots-forbid", "tls-self-signed", "redirect-file", "redirect-rubbish", "picture", "tls-plain")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with hostile() as site:
        yield site


async def tried(web: Web, url: str, **more: str) -> Fetched | FetchError:
    try:
        return await web.get(url, **more)  # type: ignore[arg-type]
    except FetchError as error:
        return error


def get(url: str, settings: Settings = SETTINGS, **more: object) -> Fetched | FetchError:
    async def run() -> Fetched | FetchError:
        async with Web(settings, **more) as web:  # type: ignore[arg-type]
            return await tried(web, url)

    return asyncio.run(run())


@pytest.fixture(scope="module")
def results(site: Site) -> dict[str, Fetched | FetchError]:
    """All of them at once, in one client: what each gave."""

    async def run() -> list[Fetched | FetchError]:
        async with Web(SETTINGS) as web:
            return await asyncio.gather(*(tried(web, site[name]) for name in names))

    names = [*REFUSED, *SERVED]
    began = time.monotonic()
    found = asyncio.run(run())
    assert time.monotonic() - began < 8
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize(("name", "line"), REFUSED.items())
def test_each_has_a_bound_and_a_clear_line(results: dict[str, Fetched | FetchError], name: str, line: str) -> None:
    error = results[name]
    assert isinstance(error, FetchError)
    assert "\n" not in str(error) and len(str(error)) < 400
    assert re.search(line, str(error)), str(error)
    assert error.permanent == (name in PERMANENT)


@pytest.mark.parametrize("name", SERVED)
def test_what_can_be_served_is_served(results: dict[str, Fetched | FetchError], name: str) -> None:
    found = results[name]
    assert isinstance(found, Capture), found
    assert found.body and found.status == 200 and found.fetched and found.fetched.endswith("Z")


def test_every_misbehaviour_is_tried() -> None:
    from tests.hostile import BEHAVIOURS

    elsewhere = {"redirect-private", "redirect-name", "redirect-port", "gzip-in-gzip-bomb", "http-1-0-bare", "http-1-0-chunked"}  # fmt: skip
    assert set(BEHAVIOURS) == ({*REFUSED, *SERVED} - {"tls-self-signed", "tls-plain"}) | elsewhere


def test_oddities_end_one_way_or_the_other(site: Site) -> None:
    for name in ("http-1-0-bare", "http-1-0-chunked"):
        assert isinstance(get(site[name]), Capture | FetchError)


def test_bodies_are_what_was_meant(results: dict[str, Fetched | FetchError]) -> None:
    body = {name: found.body for name, found in results.items() if isinstance(found, Capture)}
    assert body["good"] == body["http-1-0"] == body["redirect-user"] == PAGE
    assert body["gzip-honest"] == PAGE + PAGE and body["longer"] == PAGE[:50]


def test_passwords_are_not_sent_on(site: Site, results: dict[str, Fetched | FetchError]) -> None:
    found = results["redirect-user"]
    assert isinstance(found, Capture) and "secret" not in str(found.url)
    assert not any("authorization" in a.headers for a in site.log)


def test_a_host_knows_who_is_asking(site: Site, results: dict[str, Fetched | FetchError]) -> None:
    get(site["good"], replace(SETTINGS, contact="https://desk.example/bot"))
    headers = site.log[-1].headers
    assert headers["user-agent"].startswith("onrecord/") and "+https://desk.example/bot" in headers["user-agent"]
    assert headers["accept-encoding"] == "gzip"


def test_a_bomb_in_two_layers_is_not_unpacked(site: Site) -> None:
    found = get(site["gzip-in-gzip-bomb"])
    assert isinstance(found, Capture) and len(found.body) < 200_000
    tracemalloc.start()
    with pytest.raises(InputError, match="far more than a page"):
        unpacked(found.body, SETTINGS)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_endless_bodies_are_not_held(site: Site) -> None:
    async def run() -> list[Fetched | FetchError]:
        async with Web(SETTINGS) as web:
            return await asyncio.gather(*(tried(web, site[name]) for name in endless))

    endless = ("endless-body", "endless-chunks", "endless-headers", "endless-trailers", "gzip-bomb", "gzip-rubbish", "million-items", "tiny-chunks")  # fmt: skip
    tracemalloc.start()
    found = asyncio.run(run())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(f, FetchError) for f in found) and peak < 50_000_000, peak


@pytest.mark.parametrize("name", ["xml-bomb", "external-entity"])
def test_entities_are_not_followed(site: Site, name: str) -> None:
    found = get(site[name])
    assert isinstance(found, Capture)
    try:
        content = parse_feed(found.body, found.url or "", found.content_type)
    except InputError:
        return
    assert "root:" not in str(content) and len(str(content)) < 100_000


# Private addresses

STRICT = replace(SETTINGS, allow_private=False)


class Detour(httpcore.AnyIOBackend):
    """Connects to the local server whatever the address, and says which it was."""

    def __init__(self, site: Site, name: str) -> None:
        self.port, self.ip = site.port(name), site[name].split("/")[2].split(":")[0]
        self.seen: list[str] = []

    async def connect_tcp(self, host: str, port: int, *rest: object, **more: object) -> httpcore.AsyncNetworkStream:
        self.seen.append(host)
        return await super().connect_tcp(self.ip, self.port, *rest, **more)  # type: ignore[arg-type]


def names(**known: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: [known.get(host.split(".")[0], host)]


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    detour = Detour(site, "good")
    found = get("http://public.example/", STRICT, network=detour, look_up=names(public="93.184.216.34"))
    assert isinstance(found, Capture) and set(detour.seen) == {"93.184.216.34"}
    assert site.log[-1].headers["host"] == "public.example"


@pytest.mark.parametrize("name", ["redirect-private", "redirect-name"])
def test_a_redirect_to_a_private_address_is_refused(site: Site, name: str) -> None:
    detour = Detour(site, name)
    found = get("http://public.example/", STRICT, network=detour, look_up=names(public="93.184.216.34", inward="192.168.0.7"))  # fmt: skip
    assert isinstance(found, FetchError) and "private address" in str(found) and found.permanent
    assert set(detour.seen) == {"93.184.216.34"}


def test_a_redirect_to_an_unusual_port_is_refused(site: Site) -> None:
    detour = Detour(site, "redirect-port")
    found = get("http://public.example/", STRICT, network=detour, look_up=names(public="93.184.216.34"))
    assert isinstance(found, FetchError) and "port 22" in str(found) and found.permanent


def test_a_name_that_turns_private_is_refused(site: Site) -> None:
    """The first look-ups (robots.txt, page) give a public address, those for the second page a private one."""
    answers = iter(["93.184.216.34", "93.184.216.34", "127.0.0.1"])
    detour = Detour(site, "good")

    async def run() -> list[Fetched | FetchError]:
        async with Web(STRICT, network=detour, look_up=lambda host, port: [next(answers)]) as web:
            return [await tried(web, f"http://turning.example/{n}") for n in (1, 2)]

    first, second = asyncio.run(run())
    assert isinstance(first, Capture) and isinstance(second, FetchError) and "private address" in str(second)
    assert detour.seen == ["93.184.216.34"] * 2


def test_one_private_address_among_several_is_enough(site: Site) -> None:
    detour = Detour(site, "good")
    found = get("http://mixed.example/", STRICT, network=detour, look_up=lambda h, p: ["93.184.216.34", "::ffff:10.0.0.1"])  # fmt: skip
    assert isinstance(found, FetchError) and "private address" in str(found) and not detour.seen


# TLS


def test_the_certificate_must_be_of_the_name_that_was_asked(site: Site) -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    port = site.port("tls-self-signed")
    ip = site["tls-self-signed"].split("/")[2].split(":")[0]
    found = get(f"https://good.example:{port}/", look_up=lambda h, p: [ip], tls=trusting)
    assert isinstance(found, Capture) and found.body == PAGE
    found = get(f"https://other.example:{port}/", look_up=lambda h, p: [ip], tls=trusting)
    assert isinstance(found, FetchError) and "does not prove" in str(found) and found.permanent


# Politeness


def test_others_go_on_while_some_hosts_are_slow(site: Site) -> None:
    async def run() -> float:
        async with Web(replace(SETTINGS, hosts_at_once=6)) as web:
            slow = [asyncio.create_task(tried(web, site[n])) for n in ("slow-body", "slow-header", "silent", "tiny-chunks", "endless-continues")]  # fmt: skip
            await asyncio.sleep(0.1)
            began = time.monotonic()
            for name in ("good", "tagged", "http-1-0"):
                assert isinstance(await tried(web, site[name]), Capture)
            took = time.monotonic() - began
            await asyncio.gather(*slow)
            return took

    assert asyncio.run(run()) < 1.2


def test_one_request_at_a_time_and_a_pace_per_host(site: Site) -> None:
    async def run() -> None:
        async with Web(replace(SETTINGS, pace=0.2)) as web:
            base = site["good"]
            await asyncio.gather(*(tried(web, f"{base}/{n}") for n in range(4)), tried(web, site["tagged"] + "/0"))

    mark = len(site.log)
    asyncio.run(run())
    pages = [a.when for a in site.log[mark:] if a.name == "good" and a.path != "/robots.txt"]
    assert len(pages) == 4 and all(b - a >= 0.19 for a, b in zip(pages, pages[1:], strict=False))
    assert sum(a.path == "/robots.txt" and a.name == "good" for a in site.log[mark:]) == 1


def test_crawl_delay_is_kept_up_to_a_cap(site: Site) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run(cap: float) -> None:
        async with Web(replace(SETTINGS, max_crawl_delay=cap), sleep=sleep) as web:
            for n in range(2):
                assert isinstance(await tried(web, f"{site['robots-delay']}/{n}"), Capture)

    asyncio.run(run(30))
    asyncio.run(run(0.1))
    assert 0.2 < waits[0] <= 0.3 and waits[1] <= 0.1


def test_retry_after_holds_for_the_whole_host(site: Site) -> None:
    clock = [1_900_000_000.0]

    async def run() -> None:
        async with Web(SETTINGS, now=lambda: clock[0]) as web:
            base = site["too-many"]
            first = await tried(web, base)
            assert isinstance(first, FetchError) and first.retry_after == 7 and not first.permanent
            asked = site.asked("too-many")
            clock[0] += 5
            second = await tried(web, base + "/other")
            assert isinstance(second, FetchError) and second.retry_after == 2 and "asked us to wait" in str(second)
            assert site.asked("too-many") == asked
            clock[0] += 2
            await tried(web, base + "/other")
            assert site.asked("too-many") == asked + 1

    asyncio.run(run())


def test_retry_after_may_be_a_date(results: dict[str, Fetched | FetchError]) -> None:
    error = results["unavailable"]
    assert isinstance(error, FetchError) and error.retry_after and 60 < error.retry_after <= 121


def test_a_robots_txt_that_fails_is_waited_for(site: Site) -> None:
    clock = [1_900_000_000.0]

    async def run() -> None:
        async with Web(SETTINGS, now=lambda: clock[0]) as web:
            for _ in range(3):
                error = await tried(web, site["robots-fail"])
                assert isinstance(error, FetchError) and error.retry_after == 600 and not error.permanent
            mark = site.asked("robots-fail", "/robots.txt")
            clock[0] += 601
            await tried(web, site["robots-fail"])
            assert site.asked("robots-fail", "/robots.txt") == mark + 1

    before = site.asked("robots-fail", "/robots.txt")
    asyncio.run(run())
    assert site.asked("robots-fail", "/robots.txt") == before + 2 and not site.asked("robots-fail")


def test_robots_are_read_again_after_a_day_and_shared_between_clients(site: Site) -> None:
    clock, hosts = [1_900_000_000.0], Hosts()

    async def run() -> None:
        async with Web(SETTINGS, now=lambda: clock[0], hosts=hosts) as web:
            assert isinstance(await tried(web, site["robots-forbid"] + "/../open/x"), Capture)

    mark = site.asked("robots-forbid", "/robots.txt")
    asyncio.run(run())
    asyncio.run(run())
    assert site.asked("robots-forbid", "/robots.txt") == mark + 1
    clock[0] += 86_401
    asyncio.run(run())
    assert site.asked("robots-forbid", "/robots.txt") == mark + 2


def test_nothing_is_sent_again_that_did_not_change(site: Site) -> None:
    async def run() -> None:
        async with Web(SETTINGS) as web:
            first = await web.get(site["tagged"])
            assert isinstance(first, Capture)
            tag = dict(first.headers)["etag"]
            again = await web.get(site["tagged"], etag=tag, last_modified=dict(first.headers)["last-modified"])
            assert isinstance(again, NotModified) and again.url == site["tagged"]
            assert isinstance(await web.get(site["tagged"], etag="a\r\nX: b"), Capture)

    asyncio.run(run())


def test_a_feed_that_fails_half_the_time_comes_the_other_half(site: Site) -> None:
    async def run() -> list[bool]:
        async with Web(SETTINGS) as web:
            return [isinstance(await tried(web, site["flaky"]), Capture) for _ in range(6)]

    assert sum(asyncio.run(run())) == 3


def test_large_bodies_share_what_may_be_held(site: Site) -> None:
    settings = replace(SETTINGS, max_held=2_000_000, max_input=30_000_000)

    async def run() -> list[Fetched | FetchError]:
        async with Web(settings) as web:
            return await asyncio.gather(*(tried(web, site[n]) for n in ("endless-body", "endless-chunks", "good")))

    *large, small = asyncio.run(run())
    assert all("too much" in str(e) for e in large) and isinstance(small, Capture)
