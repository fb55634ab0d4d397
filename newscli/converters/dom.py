"""A small HTML tree by the standard library's parser, for places where turbohtml is not installed or fails."""

from collections.abc import Iterator
from html.parser import HTMLParser

from newscli.converters.hidden import is_hidden
from newscli.converters.names import NEVER_SHOWN, VOID, names

_CLOSED_BY = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th", "caption", "colgroup")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "thead": frozenset(("tr", "td", "th", "tbody", "tfoot", "caption", "colgroup")),
    "tbody": frozenset(("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup")),
    "tfoot": frozenset(("tr", "td", "th", "thead", "tbody", "caption", "colgroup")),
    "option": frozenset(("option",)),
}
"""The open elements that an opening tag closes, innermost first."""
_STOPS = frozenset(("table", "ul", "ol", "dl", "td", "th", "li", "select"))
"""Elements that an optional end tag inside them does not reach over."""
_CLOSES_P = names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp"
)
_DEEPEST = 400


class Text:
    """A piece of text."""

    __slots__ = ("data", "line")

    def __init__(self, data: str, line: int) -> None:
        self.data = data
        self.line = line


class Element:
    """An element with its attributes, iterable over what it holds."""

    __slots__ = ("attributes", "children", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | Text] = []
        self.line = line

    def __iter__(self) -> Iterator["Element | Text"]:
        return iter(self.children)

    def attr(self, name: str) -> str | None:
        """The value of an attribute; None without it, empty for one without a value."""
        return self.attributes.get(name)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div", {}, 1)
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSES_P:
            self._close_until(frozenset(("p",)))
        if tag in _CLOSED_BY:
            self._close_until(_CLOSED_BY[tag])
        attributes = {name: value or "" for name, value in reversed(attrs)}
        element = Element(tag, attributes, self.getpos()[0])
        if tag not in NEVER_SHOWN and not is_hidden(element):
            self.open[-1].children.append(element)
        if tag not in VOID and len(self.open) < _DEEPEST:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return
            if self.open[depth].tag in ("td", "th", "table") and tag not in ("table", "tr", "tbody", "thead", "tfoot"):
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Text(data, self.getpos()[0]))

    def _close_until(self, tags: frozenset[str]) -> None:
        """Close the open elements from the outermost of ``tags`` on, as far as no other list or table holds them."""
        closed = None
        for depth in range(len(self.open) - 1, 0, -1):
            tag = self.open[depth].tag
            if tag in tags:
                closed = depth
            elif tag in _STOPS:
                break
        if closed is not None:
            del self.open[closed:]


def parse(html: str) -> Element:
    """What a page shows of some HTML as a tree, ``div`` around it; hidden elements are left out.

    What is nested deeper than 400 elements is put one beside the other.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
