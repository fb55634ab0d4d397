"""Fetching from the web with care: http and https to public addresses only, within limits, as robots.txt allows."""

import email.utils
import http.client
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from newscli import __version__
from newscli.importers.addresses import Connection, left
from newscli.importers.input import MIB, Input
from newscli.importers.problems import Code, SourceError

AGENT = "newscli"
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_OK, _NOT_MODIFIED, _CLIENT_ERROR, _SERVER_ERROR = 200, 304, 400, 500
_CHUNK = 65536
_ROBOTS_BYTES = 512 * 1024
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_UNPACK = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # window bits of zlib: gzip; zlib or gzip by their header


@dataclass(frozen=True, slots=True)
class Policy:
    """What fetching may do.

    Attributes:
        allow_private: whether addresses of the own machine or network may be fetched from.
        seconds: for one address, redirects and all, retries apart.
        size: bytes of an answer, unpacked.
        redirects: how many are followed.
        attempts: how often an address is tried.
        pause: seconds before the second attempt; doubled each time.
        longest_pause: seconds, also for what a server or its robots.txt asks for.
        robots: whether robots.txt is heeded.
    """

    allow_private: bool = False
    seconds: float = 30.0
    size: int = 64 * MIB
    redirects: int = 5
    attempts: int = 3
    pause: float = 1.0
    longest_pause: float = 30.0
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """An answer.

    Attributes:
        url: where it came from in the end.
        status: the HTTP status; 304 when the content is what it was.
        headers: by their names in lower case.
        content: the bytes, unpacked; empty when it is what it was.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing changed since the answer with the given etag or date."""
        return self.status == _NOT_MODIFIED

    @property
    def charset(self) -> str:
        """The character set that the header names; empty when it does not."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'")
        return ""

    def as_input(self) -> Input:
        """The answer as a source."""
        return Input.of_bytes(self.url, self.content, url=self.url, charset=self.charset)


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses under a policy, remembering what robots.txt of each site says and when it was last asked."""

    policy: Policy = field(default_factory=Policy)
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser | SourceError] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Response:
        """What is at an address.

        Args:
            url: the address, http or https.
            etag: the ``etag`` of the last answer, to learn whether it changed; empty to get it anyway.
            modified: the ``last-modified`` of the last answer.

        Raises:
            SourceError: it is refused, cannot be reached, is too large, or answers with an error; says why.
        """
        parts = _split(url)
        if self.policy.robots:
            self._heed_robots(parts)
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        response = self._follow(parts, {name: value for name, value in headers.items() if value}, self.policy.size)
        if response.status not in (_OK, _NOT_MODIFIED):
            raise _failure(url, f"answers with status {response.status}")
        return response

    def _follow(
        self, parts: SplitResult, headers: Mapping[str, str], size: int, *, is_robots: bool = False
    ) -> Response:
        """The answer at the end of the redirects; each address is checked like the first."""
        for _ in range(self.policy.redirects + 1):
            response = self._insist(parts, headers, size)
            location = response.headers.get("location")
            if response.status not in _REDIRECTS or not location:
                return response
            parts = _split(urljoin(response.url, location))
            if self.policy.robots and not is_robots:
                self._heed_robots(parts)
        raise _failure(urlunsplit(parts), f"is redirected more than {self.policy.redirects} times")

    def _insist(self, parts: SplitResult, headers: Mapping[str, str], size: int) -> Response:
        """The answer, asked for again after a pause when the server is busy or the connection breaks."""
        url = urlunsplit(parts)
        for attempt in range(1, self.policy.attempts + 1):
            is_last = attempt == self.policy.attempts
            wanted = self.policy.pause * 2 ** (attempt - 1)
            try:
                response = self._ask(parts, headers, size)
            except TimeoutError as error:
                raise _failure(url, f"did not answer within {self.policy.seconds:g} seconds") from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                if is_last or isinstance(error, ValueError):
                    raise _failure(url, f"cannot be fetched: {error or type(error).__name__}") from error
            else:
                if response.status not in _AGAIN or is_last:
                    return response
                wanted = max(wanted, _retry_after(response.headers.get("retry-after", "")))
            self.sleep(min(wanted, self.policy.longest_pause))
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    def _ask(self, parts: SplitResult, headers: Mapping[str, str], size: int) -> Response:
        """One request, one answer."""
        host = parts.hostname or ""
        deadline = time.monotonic() + self.policy.seconds
        connection = Connection(
            parts.scheme,
            host,
            parts.port or _PORTS[parts.scheme],
            deadline,
            allow_private=self.policy.allow_private,
        )
        own = {
            "User-Agent": f"{AGENT}/{__version__}",
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        try:
            connection.request("GET", target, headers={**own, **headers})
            with connection.getresponse() as answer:
                found = {name.lower(): value for name, value in answer.getheaders()}
                content = _read(answer, found, size, deadline, urlunsplit(parts)) if answer.status == _OK else b""
        finally:
            connection.close()
        return Response(urlunsplit(parts), answer.status, found, content)

    def _heed_robots(self, parts: SplitResult) -> None:
        """Wait as long as the site wishes.

        Raises:
            SourceError: the site does not want this address fetched.
        """
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            try:
                self._robots[site] = self._read_robots(site)
            except SourceError as error:
                self._robots[site] = error
        rules = self._robots[site]
        if isinstance(rules, SourceError):  # the other feeds of a site that is down need not find out again
            raise rules
        url = urlunsplit(parts)
        if not rules.can_fetch(AGENT, url):
            raise _failure(url, "is not to be fetched: robots.txt of the site says so")
        delay = min(float(rules.crawl_delay(AGENT) or 0), self.policy.longest_pause)
        since = time.monotonic() - self._asked.get(site, float("-inf"))
        if since < delay:
            self.sleep(delay - since)
        self._asked[site] = time.monotonic()

    def _read_robots(self, site: str) -> RobotFileParser:
        """The rules of a site (RFC 9309): none where it has no robots.txt, all forbidden where it cannot tell."""
        rules = RobotFileParser()
        response = self._follow(_split(f"{site}/robots.txt"), {}, _ROBOTS_BYTES, is_robots=True)
        if response.status == _OK:
            rules.parse(response.content.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
        elif response.status >= _SERVER_ERROR:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse([])
        return rules


def _split(url: str) -> SplitResult:
    """An address in the characters HTTP allows, without user and fragment.

    Raises:
        SourceError: it is no address of the web.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise _failure(url, f"is no address: {error}") from error
    if parts.scheme not in _PORTS or not ascii_host:
        raise _failure(url, "is refused: only http and https addresses are fetched")
    if parts.username or parts.password:
        raise _failure(url, "is refused: it holds a user name or a password")
    netloc = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    if port and port != _PORTS[parts.scheme]:
        netloc = f"{netloc}:{port}"
    return SplitResult(parts.scheme, netloc, quote(parts.path, _SAFE), quote(parts.query, _SAFE), "")


def _read(answer: http.client.HTTPResponse, headers: Mapping[str, str], size: int, deadline: float, url: str) -> bytes:
    """The content of an answer, unpacked.

    Raises:
        SourceError: it is larger than ``size``, or packed in a way that is not known.
    """
    packing = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if packing != "identity" and packing not in _UNPACK:
        raise _failure(url, f"is packed with {packing}")
    unpacker = zlib.decompressobj(_UNPACK[packing]) if packing in _UNPACK else None
    parts: list[bytes] = []
    total = 0
    while chunk := answer.read1(_CHUNK):
        left(deadline)
        try:
            part = unpacker.decompress(chunk, size - total + 1) if unpacker else chunk
        except zlib.error as error:
            raise _failure(url, f"cannot be unpacked: {error}") from error
        total += len(part)
        if total > size:
            raise SourceError(Code.TOO_BIG, f"{url} is larger than {size:,} bytes", name=url)
        parts.append(part)
    if answer.length or (unpacker and not unpacker.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _retry_after(value: str) -> float:
    """How long a server asks to wait, in seconds: a number, or a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _failure(url: str, message: str) -> SourceError:
    return SourceError(Code.UNREADABLE, f"{url} {message}", name=url)
