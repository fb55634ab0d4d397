"""From the words of a command line to articles: files, folders, addresses, standard input, lists of further sources."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError, NewscliError
from newscli.importers import Article, Input, Options, Skipped, Source, detect, load, read
from newscli.importers.fetch import Fetcher
from newscli.importers.problems import Code, SourceError, fault
from newscli.ledger import Ledger, canonical

STDIN = "-"
_DEEPEST = 3
"""Lists within lists that are followed: a list of sitemaps, a sitemap, a page."""


@dataclass(frozen=True, slots=True)
class Request:
    """One source to read.

    Attributes:
        word: a path, an address, or ``-``.
        tags, categories: what its articles get beside their own.
        importer: what reads it; empty to find out.
        is_feed: whether it is asked for regularly: only when it changed since the last time.
        level: how many lists led to it.
    """

    word: str
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    importer: str = ""
    is_feed: bool = False
    level: int = 0

    @property
    def is_address(self) -> bool:
        """Whether it is to be fetched."""
        return self.word.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source that its server says is what it was."""

    origin: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, and the source it was read from."""

    request: Request
    item: Article | Skipped | Diagnostic | Unchanged


@dataclass(slots=True)
class Sources:
    """Reads sources one after the other; what a list names is read in its place.

    Attributes:
        options: how sources are read.
        fetcher: how addresses are fetched.
        ledger: which answers are known.
        again: whether feeds are read though they did not change: something else is wanted of their articles.
        stdin: gives the stream that ``-`` stands for.
    """

    options: Options
    fetcher: Fetcher
    ledger: Ledger
    again: bool = False
    stdin: Callable[[], Any] = lambda: sys.stdin.buffer
    _read: set[str] = field(default_factory=set)

    def read(self, requests: Iterable[Request]) -> Iterator[Found]:
        """What the sources hold, in their order.

        Raises:
            NewscliError: an option is wrong.
        """
        for request in requests:
            yield from self._one(request)

    def _one(self, request: Request) -> Iterator[Found]:
        known = canonical(request.word) if request.is_address else ""
        if known in self._read:
            return
        self._read |= {known} - {""}
        if request.is_address:
            yield from self._fetched(request)
        elif request.word == STDIN:
            with Input.of_stream(STDIN, self.stdin()) as source:
                yield from self._items(request, source)
        else:
            yield from self._items(request, Input.of_path(Path(request.word)))

    def _fetched(self, request: Request) -> Iterator[Found]:
        """What is at an address; the server's answer is noted once all of it was read."""
        etag, modified = self.ledger.last_answer(request.word) if request.is_feed and not self.again else ("", "")
        try:
            response = self.fetcher.fetch(request.word, etag=etag, modified=modified)
        except SourceError as error:
            message = str(error).removeprefix(f"{request.word} ")
            yield Found(request, fault(request.word, error.code, message))
            return
        if response.is_unchanged:
            yield Found(request, Unchanged(request.word))
            return
        yield from self._items(request, response.as_input())
        if request.is_feed:
            headers = response.headers
            self.ledger.record_answer(request.word, headers.get("etag", ""), headers.get("last-modified", ""))

    def _items(self, request: Request, source: Input) -> Iterator[Found]:
        try:
            importer = request.importer or ("folder" if source.folder else detect(_name(source), source.head()))
        except OSError as error:
            yield Found(request, fault(source.name, Code.UNREADABLE, f"cannot be read: {error.strerror or error}"))
            return
        if importer is None:
            message = "is nothing that is known how to read; say what it is with --from"
            yield Found(request, fault(source.name, Code.UNREADABLE, message))
            return
        for item in read(importer, source, self.options):
            if isinstance(item, Source):
                yield from self._follow(request, item)
            else:
                yield Found(request, item)

    def _follow(self, request: Request, source: Source) -> Iterator[Found]:
        if request.level >= _DEEPEST:
            yield Found(request, fault(request.word, Code.TOO_BIG, f"lists within lists: {source.url} is not read"))
            return
        further = replace(
            request,
            word=source.url,
            tags=(*request.tags, *source.tags),
            importer="",
            is_feed=source.kind == "feed",
            level=request.level + 1,
        )
        yield from self._one(further)


def _name(source: Input) -> str:
    """What detection goes by: the last part of the path, without a query."""
    return source.name.partition("?")[0].rstrip("/").rpartition("/")[2] or source.name


def requests_of(words: Iterable[str], importer: str = "") -> list[Request]:
    """The sources that words name.

    Raises:
        NewscliError: there is no such file, or no such importer.
    """
    if importer:
        load(importer)
    requests = [Request(word, importer=importer) for word in words]
    for request in requests:
        if request.word != STDIN and not request.is_address:
            if "://" in request.word:
                raise NewscliError(f"{request.word}: only http and https addresses are fetched")
            if not Path(request.word).exists():
                raise NewscliError(f"{request.word}: no such file or folder")
    return requests


def feeds_of(feeds: Iterable[Any]) -> list[Request]:
    """The feeds of the settings (``[[feeds]]``).

    Raises:
        ConfigError: one has no address, or a key that is not known.
    """
    return [_feed(number, feed) for number, feed in enumerate(feeds, 1)]


def _feed(number: int, feed: Any) -> Request:
    if unknown := set(feed) - {"url", "category", "categories", "tags"}:
        raise ConfigError(f"feed {number}: unknown key {min(unknown)!r}; a feed has url, category and tags")
    url = feed.get("url")
    if not isinstance(url, str) or not canonical(url):
        raise ConfigError(f"feed {number}: url must be an http or https address, not {url!r}")
    tags, categories = (_names(number, key, feed.get(key, ())) for key in ("tags", "categories"))
    category = _names(number, "category", feed.get("category", ()))
    return Request(url, tags, (*category, *categories), is_feed=True)


def _names(number: int, key: str, value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f"feed {number}: {key} must be a text or a list of texts, not {value!r}")
    return tuple(names)


def check_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """The map of ``--map FIELD=KEY``; ``author``, ``tag`` and ``category`` mean the lists.

    Raises:
        NewscliError: a pair is none.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        name, equals, key = pair.partition("=")
        if not equals or not name.strip():
            raise NewscliError(f"--map {pair}: write FIELD=KEY, such as title=headline")
        name = name.strip().lower()
        mapping[_ALIASES.get(name, name)] = key.strip()
    return mapping


_ALIASES = {"author": "authors", "tag": "tags", "category": "categories", "url": "source_url", "id": "source_id"}
