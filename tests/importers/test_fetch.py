import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newscli.importers.fetch import Fetcher, Policy, Response
from newscli.importers.problems import Code, SourceError

Answer = Callable[[BaseHTTPRequestHandler], None]


def text(content: bytes = b"content", status: int = 200, **headers: str) -> Answer:
    """A page of the test's server."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


@dataclass
class Site:
    """A server on this machine: what it answers by path, and what it was asked."""

    pages: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    address: str = ""

    def url(self, path: str) -> str:
        return self.address + path

    def fetcher(self, **options: float) -> Fetcher:
        defaults: dict[str, float] = {"allow_private": True, "seconds": 5, "pause": 0.5, "robots": False}
        return Fetcher(Policy(**{**defaults, **options}), self.slept.append)  # type: ignore[arg-type]

    def fetch(self, path: str, *, etag: str = "", modified: str = "", **options: float) -> Response:
        return self.fetcher(**options).fetch(self.url(path), etag=etag, modified=modified)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = found.pages.get(self.path.partition("?")[0], text(b"not found", 404))
            (page.pop(0) if isinstance(page, list) else page)(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def refusal(call: Callable[[], object]) -> SourceError:
    with pytest.raises(SourceError) as caught:
        call()
    return caught.value


def test_a_page_is_fetched_with_what_its_header_says(site: Site) -> None:
    site.pages["/a"] = text("é".encode("latin-1"), Content_Type='text/html; charset="ISO-8859-1"', ETag='"1"')
    response = site.fetch("/a?b=c")
    assert (response.url, response.status, response.content) == (site.url("/a?b=c"), 200, b"\xe9")
    assert (response.charset, response.headers["etag"], response.is_unchanged) == ("ISO-8859-1", '"1"', False)
    source = response.as_input()
    assert (source.name, source.url, source.charset) == (site.url("/a?b=c"), site.url("/a?b=c"), "ISO-8859-1")
    assert source.read(10) == b"\xe9"
    assert site.asked == ["/a?b=c"]
    assert site.headers[0]["user-agent"].startswith("newscli/")
    assert site.headers[0]["connection"] == "close"


@pytest.mark.parametrize("content_type", ["text/html", "", "text/html; x=y"])
def test_a_header_may_name_no_character_set(content_type: str) -> None:
    assert Response("u", 200, {"content-type": content_type}).charset == ""


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = text(b"", 304)
    response = site.fetch("/a", etag='"1"', modified="Wed, 05 Jun 2024 16:04:48 GMT")
    assert response.is_unchanged
    assert response.content == b""
    assert site.headers[0]["if-none-match"] == '"1"'
    assert site.headers[0]["if-modified-since"] == "Wed, 05 Jun 2024 16:04:48 GMT"


def test_nothing_is_asked_about_changes_the_first_time(site: Site) -> None:
    site.pages["/a"] = text()
    site.fetch("/a")
    assert not {"if-none-match", "if-modified-since"} & site.headers[0].keys()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    site.pages["/a"] = text(b"", status, Location="b?x=1")
    site.pages["/b"] = text(b"there")
    response = site.fetch("/a")
    assert (response.content, response.url) == (b"there", site.url("/b?x=1"))


def test_redirects_without_end_are_not(site: Site) -> None:
    site.pages["/a"] = text(b"", 302, Location="/a")
    error = refusal(lambda: site.fetch("/a", redirects=3))
    assert "is redirected more than 3 times" in str(error)
    assert len(site.asked) == 4


def test_a_redirect_that_leads_nowhere_is_an_answer(site: Site) -> None:
    site.pages["/a"] = text(b"", 302)
    assert "answers with status 302" in str(refusal(lambda: site.fetch("/a")))


@pytest.mark.parametrize(
    "target",
    ["ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "gopher://127.0.0.1/"],
)
def test_redirects_to_other_schemes_are_refused(site: Site, target: str) -> None:
    site.pages["/a"] = text(b"", 302, Location=target)
    assert "only http and https" in str(refusal(lambda: site.fetch("/a")))


def test_redirects_to_private_addresses_are_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site passes for public; the machine that it redirects to does not."""
    site.pages["/a"] = text(b"", 302, Location=site.url("/secret").replace("127.0.0.1", "localhost"))
    site.pages["/secret"] = text(b"secret")
    monkeypatch.setattr(
        "newscli.importers.addresses.is_public", lambda address: str(address) == "127.0.0.1" and not leak
    )
    leak: list[str] = []
    getaddrinfo = socket.getaddrinfo

    def resolve(host: str, *args: object, **options: object) -> object:
        if host == "localhost":
            leak.append(host)
        return getaddrinfo(host, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    error = refusal(lambda: site.fetch("/a", allow_private=False))
    assert "localhost is not a public address: refused (--allow-private allows it)" in str(error)
    assert site.asked == ["/a"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]", "0"])
def test_private_addresses_are_refused(site: Site, host: str) -> None:
    site.pages["/a"] = text()
    port = site.address.rpartition(":")[2]
    error = refusal(lambda: Fetcher(Policy(robots=False)).fetch(f"http://{host}:{port}/a"))
    assert "is not a public address: refused" in str(error)
    assert site.asked == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.com/", "only http and https"),
        ("/a", "only http and https"),
        ("https:///a", "only http and https"),
        ("", "only http and https"),
        ("http://user:secret@example.com/", "user name or a password"),
        ("http://[::1", "is no address"),
        ("http://example.com:99999/", "is no address"),
        ("http://" + "a" * 70 + ".example/", "is no address"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str, message: str) -> None:
    error = refusal(lambda: Fetcher().fetch(url))
    assert message in str(error)
    assert error.code is Code.UNREADABLE


def test_addresses_in_any_script_are_written_for_http(site: Site) -> None:
    site.pages["/%E8%8B%8F%E5%B7%9E"] = text()
    response = site.fetch("/苏州?q=a b#part")
    assert response.url == site.url("/%E8%8B%8F%E5%B7%9E?q=a%20b")


def test_hosts_in_any_script_are_written_for_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts: list[str] = []

    def getaddrinfo(host: str, *_args: object, **_options: object) -> list[object]:
        hosts.append(host)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    error = refusal(lambda: Fetcher(Policy(robots=False, attempts=1)).fetch("http://例子.example/"))
    assert hosts == ["xn--fsqu00a.example"]
    assert "cannot be fetched: [Errno -2] Name or service not known" in str(error)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 501])
def test_other_answers_are_said_at_once(site: Site, status: int) -> None:
    site.pages["/a"] = text(b"x", status)
    assert f"answers with status {status}" in str(refusal(lambda: site.fetch("/a")))
    assert site.slept == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_a_growing_pause(site: Site, status: int) -> None:
    site.pages["/a"] = [text(b"", status), text(b"", status), text(b"at last")]
    assert site.fetch("/a").content == b"at last"
    assert site.slept == [0.5, 1.0]


def test_a_server_that_stays_busy_is_left(site: Site) -> None:
    site.pages["/a"] = text(b"", 503)
    assert "answers with status 503" in str(refusal(lambda: site.fetch("/a", attempts=2)))
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("wish", "pause"), [("3", 3.0), ("9999", 30.0), ("soon", 0.5), ("0", 0.5), ("Wed, 05 Jun 2019 16:04:48 GMT", 0.5)]
)
def test_the_pause_is_what_the_server_asks_for_within_limits(site: Site, wish: str, pause: float) -> None:
    site.pages["/a"] = [text(b"", 503, Retry_After=wish), text()]
    site.fetch("/a")
    assert site.slept == [pause]


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_the_pause_may_be_a_date(site: Site, zone: str) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True).replace("GMT", zone)
    site.pages["/a"] = [text(b"", 503, Retry_After=moment), text()]
    site.fetch("/a")
    assert 15 < site.slept[0] <= 20


def hang_up(request: BaseHTTPRequestHandler) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def test_a_broken_connection_is_tried_again(site: Site) -> None:
    site.pages["/a"] = [hang_up, text(b"at last")]
    assert site.fetch("/a").content == b"at last"
    site.pages["/a"] = hang_up
    assert "cannot be fetched" in str(refusal(lambda: site.fetch("/a", attempts=2)))


def test_an_answer_that_is_cut_is_tried_again(site: Site) -> None:
    site.pages["/a"] = [text(b"short", Content_Length="100"), text(b"whole")]
    assert site.fetch("/a").content == b"whole"


@pytest.fixture
def down() -> str:
    """The address of a machine that does not listen."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{unused.getsockname()[1]}"


def test_a_machine_that_does_not_listen_is_said(down: str) -> None:
    policy = Policy(allow_private=True, robots=False, attempts=1)
    assert "Connection refused" in str(refusal(lambda: Fetcher(policy).fetch(f"{down}/")))


@pytest.mark.parametrize("size", [10, 200_000])
def test_an_answer_larger_than_the_limit_is_refused(site: Site, size: int) -> None:
    site.pages["/a"] = text(b"x" * (size + 1))
    error = refusal(lambda: site.fetch("/a", size=size))
    assert error.code is Code.TOO_BIG
    assert f"is larger than {size:,} bytes" in str(error)
    site.pages["/a"] = text(b"x" * size)
    assert len(site.fetch("/a", size=size).content) == size


def chunked(request: BaseHTTPRequestHandler) -> None:
    request.protocol_version = "HTTP/1.1"
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    request.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")


def test_an_answer_in_chunks_is_put_together(site: Site) -> None:
    site.pages["/a"] = chunked
    assert site.fetch("/a").content == b"abcde"


def without_length(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"abc")


def test_an_answer_may_end_with_its_connection(site: Site) -> None:
    site.pages["/a"] = without_length
    assert site.fetch("/a").content == b"abc"


@pytest.mark.parametrize(
    ("packing", "pack"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)],
)
def test_packed_answers_are_unpacked(site: Site, packing: str, pack: Callable[[bytes], bytes]) -> None:
    content = b"content " * 50_000
    site.pages["/a"] = text(pack(content), Content_Encoding=packing)
    assert site.fetch("/a").content == content


def test_a_packed_bomb_is_refused(site: Site) -> None:
    site.pages["/a"] = text(gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
    assert refusal(lambda: site.fetch("/a", size=100_000)).code is Code.TOO_BIG


@pytest.mark.parametrize(
    ("content", "packing", "message"),
    [
        (b"x", "br", "is packed with br"),
        (b"no gzip", "gzip", "cannot be unpacked"),
        (gzip.compress(b"x" * 1000)[:-12], "gzip", "cannot be fetched"),
    ],
)
def test_what_cannot_be_unpacked_is_said(site: Site, content: bytes, packing: str, message: str) -> None:
    site.pages["/a"] = text(content, Content_Encoding=packing)
    assert message in str(refusal(lambda: site.fetch("/a", attempts=1)))


def trickle(request: BaseHTTPRequestHandler) -> None:
    try:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        pass


def slow_body(request: BaseHTTPRequestHandler) -> None:
    try:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        pass


@pytest.mark.parametrize("page", [trickle, slow_body])
def test_a_server_that_trickles_is_left_at_the_deadline(site: Site, page: Answer) -> None:
    site.pages["/a"] = page
    start = time.monotonic()
    error = refusal(lambda: site.fetch("/a", seconds=0.3))
    assert "did not answer within 0.3 seconds" in str(error)
    assert time.monotonic() - start < 2
    assert len(site.asked) == 1


def test_robots_txt_is_heeded(site: Site) -> None:
    site.pages["/robots.txt"] = text(b"User-agent: *\nDisallow: /private\n")
    site.pages["/a"] = text()
    fetcher = site.fetcher(robots=True)
    assert fetcher.fetch(site.url("/a")).content == b"content"
    assert "robots.txt of the site says so" in str(refusal(lambda: fetcher.fetch(site.url("/private/x"))))
    fetcher.fetch(site.url("/a"))
    assert site.asked == ["/robots.txt", "/a", "/a"]


def test_robots_txt_is_heeded_after_a_redirect(site: Site) -> None:
    site.pages["/robots.txt"] = text(b"User-agent: newscli\nDisallow: /private\n")
    site.pages["/a"] = text(b"", 302, Location="/private")
    assert "robots.txt" in str(refusal(lambda: site.fetch("/a", robots=True)))
    assert "/private" not in site.asked


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_without_robots_txt_all_is_allowed_unless_the_site_cannot_tell(site: Site, status: int, allowed: bool) -> None:
    site.pages["/robots.txt"] = text(b"", status)
    site.pages["/a"] = text()
    if allowed:
        assert site.fetch("/a", robots=True).content == b"content"
    else:
        assert "robots.txt" in str(refusal(lambda: site.fetch("/a", robots=True)))


def test_a_site_that_is_down_is_not_tried_for_each_of_its_feeds(site: Site, down: str) -> None:
    fetcher = site.fetcher(robots=True)
    for url in (f"{down}/a", f"{down}/b"):
        assert f"{down}/robots.txt cannot be fetched" in str(refusal(partial(fetcher.fetch, url)))
    assert len(site.slept) == 2  # between the three attempts


def test_robots_txt_may_move(site: Site) -> None:
    site.pages["/robots.txt"] = text(b"", 301, Location="/moved.txt")
    site.pages["/moved.txt"] = text(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n")
    assert "robots.txt" in str(refusal(lambda: site.fetch("/a", robots=True)))


def test_the_pause_that_a_site_wishes_is_kept(site: Site) -> None:
    site.pages["/robots.txt"] = text(b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = text()
    fetcher = site.fetcher(robots=True)
    fetcher.fetch(site.url("/a"))
    assert site.slept == []
    fetcher.fetch(site.url("/a"))
    (slept,) = site.slept
    assert 6 < slept <= 7


def test_a_certificate_must_be_right(site: Site) -> None:
    site.pages["/a"] = text()
    error = refusal(lambda: site.fetcher(attempts=1).fetch(site.url("/a").replace("http:", "https:")))
    assert "cannot be fetched" in str(error)
    assert site.asked == []


def test_https_names_the_host_and_checks_certificates(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """TLS itself is the standard library's; what matters is how it is called."""
    site.pages["/a"] = text(b"secure")
    called: list[tuple[str, bool, ssl.VerifyMode]] = []

    def wrap_socket(context: ssl.SSLContext, connection: socket.socket, *, server_hostname: str) -> socket.socket:
        called.append((server_hostname, context.check_hostname, context.verify_mode))
        return connection

    monkeypatch.setattr("ssl.SSLContext.wrap_socket", wrap_socket)
    assert site.fetcher().fetch(site.url("/a").replace("http:", "https:")).content == b"secure"
    assert called == [("127.0.0.1", True, ssl.CERT_REQUIRED)]
