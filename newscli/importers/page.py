"""What an HTML page says about itself and where its parts are: one pass over its tags."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from newscli.importers.markup.plain import plain
from newscli.importers.markup.tokens import VOID, Token, iter_tokens

_CONTAINERS = frozenset({"article", "main", "section", "div", "td", "body"})
_CHROME = frozenset({
    "nav", "aside", "footer", "form", "header", "script", "style", "template", "select", "button", "dialog",
    "menu", "noscript", "title",
})  # fmt: skip
_CAPTURED = {"h1": "h1", "title": "title"}
_CLASSES = frozenset(
    {"p-name", "p-summary", "p-author", "p-canonical", "p-tag", "p-category", "dt-published", "e-content"}
)
_ITEM_PROPERTIES = frozenset({"headline", "datePublished", "dateModified", "author", "articleBody", "keywords"})
_MANY = 200
_FEW = 4
_LONGEST = 5000


@dataclass(slots=True)
class Region:
    """An element that may hold the text of the page.

    Attributes:
        name: the element.
        marks: its classes, id, role and itemprop.
        start, end: what is between its tags.
        size: characters of text in it, without what is around an article (menus, forms, scripts).
        linked: how many of them are in links.
    """

    name: str
    marks: frozenset[str]
    start: int
    end: int = 0
    size: int = 0
    linked: int = 0


@dataclass(slots=True)
class Page:
    """A page.

    Attributes:
        text: its source.
        metas: the contents of ``<meta>`` by name, property or itemprop in lower case.
        links: the addresses of ``<link>`` by relation.
        texts: plain text of what is marked (``h1``, ``title``, ``p-name``, ``author``, …), each in order.
        json_ld: the contents of its JSON-LD scripts.
        times: the ``datetime`` of its ``<time>`` elements.
        base: the address of ``<base>``; empty without one.
        language: ``lang`` of the page.
        regions: where its text may be, in order.
        chrome: the places of what is around an article, none within another.
    """

    text: str
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    json_ld: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    base: str = ""
    language: str = ""
    regions: list[Region] = field(default_factory=list)
    chrome: list[tuple[int, int]] = field(default_factory=list)

    def meta(self, *names: str) -> str:
        """The first content that is not empty under these names, tried in this order."""
        return next((value for name in names for value in self.metas.get(name, ()) if value.strip()), "").strip()

    def all_metas(self, *names: str) -> list[str]:
        """All contents under the first of these names that has any."""
        return next((values for name in names if (values := [v for v in self.metas.get(name, ()) if v.strip()])), [])

    def said(self, *names: str) -> str:
        """The first marked text under these names, tried in this order."""
        return next((value for name in names for value in self.texts.get(name, ()) if value), "")


def read_page(text: str) -> Page:
    """A page from its source."""
    reader = _Reader(text)
    for token in iter_tokens(text):
        reader.take(token)
    return reader.finish()


class _Reader:
    def __init__(self, text: str) -> None:
        self._page = Page(text)
        self._open: dict[str, list[Region]] = defaultdict(list)
        self._captures: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self._captured: dict[str, int] = defaultdict(int)
        self._chrome: list[tuple[str, int]] = []
        self._chrome_names: Counter[str] = Counter()
        self._size = 0
        self._linked = 0
        self._links = 0
        self._raw = ""

    def take(self, token: Token) -> None:
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token.name, token.start, token.end)
        elif token.kind == "text":
            self._text(token)

    def finish(self) -> Page:
        end = len(self._page.text)
        for name in [*self._captures, *self._open]:
            while self._captures.get(name) or self._open.get(name):
                self._end(name, end, end)
        whole = Region("", frozenset(), 0, end, self._size, self._linked)
        self._page.regions.append(whole)
        return self._page

    def _text(self, token: Token) -> None:
        text = self._page.text[token.start : token.end]
        if self._raw:
            self._page.json_ld.append(text)
            self._raw = ""
        elif not self._chrome:
            size = len(text.strip())
            self._size += size
            self._linked += size if self._links else 0

    def _start(self, token: Token) -> None:
        name = token.name
        self._metadata(token)
        marks = _marks(token)
        if name in _CONTAINERS:
            region = Region(name, marks, token.end, size=-self._size, linked=-self._linked)
            self._open[name].append(region)
            self._page.regions.append(region)
        if name in _CHROME:
            self._chrome.append((name, token.start))
            self._chrome_names[name] += 1
        self._links += name == "a"
        if name not in VOID:
            self._captures[name].append((tuple(self._keys(token, marks)), token.end))

    def _keys(self, token: Token, marks: frozenset[str]) -> Iterator[str]:
        """Under what the text of this element is wanted."""
        keys = {_CAPTURED.get(token.name, ""), *(marks & _CLASSES), *(marks & _ITEM_PROPERTIES)}
        if token.name == "a":
            keys |= {
                f"rel-{relation}" for relation in token.get("rel").lower().split() if relation in ("tag", "author")
            }
        for key in sorted(filter(None, keys)):
            self._captured[key] += 1
            if self._captured[key] <= (_MANY if token.name == "a" else _FEW):
                yield key

    def _metadata(self, token: Token) -> None:
        if read := _METADATA.get(token.name):
            read(self._page, token)
        self._raw = "ld+json" if token.name == "script" and "ld+json" in token.get("type").lower() else ""

    def _end(self, name: str, start: int, end: int) -> None:
        if captures := self._captures.get(name):
            keys, begin = captures.pop()
            for key in keys:
                self._page.texts[key].append(plain(self._page.text[begin : min(start, begin + _LONGEST)]))
            self._links -= name == "a"
        if regions := self._open.get(name):
            region = regions.pop()
            region.end = start
            region.size += self._size
            region.linked += self._linked
        while self._chrome_names[name]:
            opened, begin = self._chrome.pop()
            self._chrome_names[opened] -= 1
            if not self._chrome:
                self._page.chrome.append((begin, end))
            if opened == name:
                break


def _read_meta(page: Page, token: Token) -> None:
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        for name in token.get(attribute).lower().split():
            page.metas[name].append(token.get("content"))


def _read_link(page: Page, token: Token) -> None:
    for relation in token.get("rel").lower().split():
        page.links[relation].append(token.get("href").strip())


def _read_base(page: Page, token: Token) -> None:
    page.base = page.base or token.get("href").strip()


def _read_html(page: Page, token: Token) -> None:
    page.language = page.language or token.get("lang")


def _read_time(page: Page, token: Token) -> None:
    moment = token.get("datetime")
    if not moment:
        return
    page.times.append(moment)
    for name in (token.get("itemprop").lower(), "dt-published" if "dt-published" in _marks(token) else ""):
        if name:
            page.metas[name].append(moment)


def _read_anchor(page: Page, token: Token) -> None:
    if "p-canonical" in _marks(token):
        page.links["p-canonical"].append(token.get("href").strip())


_METADATA: dict[str, Callable[[Page, Token], None]] = {
    "a": _read_anchor,
    "base": _read_base,
    "html": _read_html,
    "link": _read_link,
    "meta": _read_meta,
    "time": _read_time,
}


def _marks(token: Token) -> frozenset[str]:
    if not token.attributes:
        return frozenset()
    return frozenset(
        [
            *token.get("class").split(),
            *token.get("id").split(),
            *token.get("itemprop").split(),
            f"role-{token.get('role')}",
        ]
    )
