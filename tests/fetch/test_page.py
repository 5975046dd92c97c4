"""One polite fetch against a server on this machine that misbehaves in every way."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from msgspec.structs import replace

from onrecord.errors import FetchError
from onrecord.fetch.page import fetch, is_private
from onrecord.settings import Settings

PAGE = b"<html><body><p>The council of the four lakes met.</p></body></html>"
SETTINGS = replace(Settings(), allow_private=True, read_timeout=1.0, total_timeout=2.5, max_input=200_000, pace=0.0)


class Handler(BaseHTTPRequestHandler):
    robots = b""
    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def log_message(self, *args: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        match self.path:
            case "/robots.txt":
                self.answer(200, self.robots)
            case "/page":
                self.answer(200, PAGE, Content_Type="text/html; charset=utf-8")
            case "/moved":
                self.answer(302, Location="/page")
            case "/loop":
                self.answer(302, Location="/loop2")
            case "/loop2":
                self.answer(302, Location="/loop")
            case "/far":
                self.answer(302, Location=f"/far?{time.monotonic_ns()}")
            case p if p.startswith("/far?"):
                self.answer(302, Location=f"/far?{time.monotonic_ns()}")
            case "/inward":
                self.answer(302, Location="http://10.1.2.3/secret")
            case "/file":
                self.answer(302, Location="file:///etc/passwd")
            case "/picture":
                self.answer(200, b"\x89PNG", Content_Type="image/png")
            case "/bomb":
                self.answer(200, gzip.compress(b"0" * 5_000_000), Content_Type="text/html", Content_Encoding="gzip")
            case "/endless":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"x" * 10_000)
                except OSError:
                    pass
            case "/slow":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                try:
                    for _ in range(100):
                        self.wfile.write(b"x")
                        self.wfile.flush()
                        time.sleep(0.2)
                except OSError:
                    pass
            case _:
                self.answer(404)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()


def test_a_page_is_fetched_under_an_honest_name(server: str) -> None:
    capture = fetch(server + "/moved", SETTINGS)
    assert (
        capture.body == PAGE
        and capture.url == server + "/page"
        and (capture.content_type or "").startswith("text/html")
    )
    assert Handler.asked[-1][1].startswith("onrecord/")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "answered 404"), ("/loop", "redirects in a loop"), ("/far", "redirects more than"), ("/picture", "image/png, not a page"), ("/bomb", "larger than"),
        ("/endless", "larger than"), ("/slow", "too slowly"), ("/file", "no web address"),
    ],
)  # fmt: skip
def test_each_misbehaviour_has_a_bound_and_one_line(server: str, path: str, message: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match=message) as caught:
        fetch(server + path, SETTINGS)
    assert "\n" not in str(caught.value) and time.monotonic() - begun < 8


def test_private_addresses_are_refused_also_behind_names_and_redirects(server: str) -> None:
    strict = replace(SETTINGS, allow_private=False)
    with pytest.raises(FetchError, match="private address"):
        fetch(server + "/page", strict)
    with pytest.raises(FetchError, match="private address"):
        fetch("http://innocent.example/", strict, lambda host, port: ["192.168.0.7"])
    with pytest.raises(FetchError, match="private address"):
        fetch("http://mixed.example/", strict, lambda host, port: ["93.184.216.34", "127.0.0.1"])


def test_a_redirect_to_a_private_address_is_refused(server: str) -> None:
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        if host != "127.0.0.1":
            raise FetchError(f"{host} is a private address")
        return [host]

    with pytest.raises(FetchError, match="private"):
        fetch(server + "/inward", SETTINGS, look_up)
    assert asked[-1] == "10.1.2.3"


def test_robots_are_obeyed(server: str) -> None:
    Handler.robots = b"User-agent: onrecord\nDisallow: /page"
    try:
        with pytest.raises(FetchError, match=r"robots\.txt forbids"):
            fetch(server + "/page", SETTINGS)
    finally:
        Handler.robots = b""


@pytest.mark.parametrize("url", ["ftp://a.example/x", "http://", "http://[::1", "javascript:alert(1)"])
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        fetch(url, SETTINGS)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.20.1.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
    ],
)
def test_private_ones_are_known(address: str) -> None:
    assert is_private(address)
    assert not is_private("93.184.216.34")
