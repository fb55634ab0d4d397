"""The tags of HTML with their places in the text, in linear time whatever the text is.

The standard library's ``html.parser`` takes minutes for 150 KB of ``<a <a <a`` (Python 3.11). This follows the
tokenizer of the HTML standard (https://html.spec.whatwg.org/#tokenization) in what matters here: it never goes back.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from newscli.importers.markup.entities import unescape

_SPACE = "[\t\n\f\r ]"
_NAME = re.compile(r"/?[A-Za-z][^\t\n\f\r />]*")
_ATTRIBUTE = re.compile(
    rf"(?:{_SPACE}|/)*+(?:>|([^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\t\n\f\r >]*+)))?)"
)
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""The elements that have no end tag."""


class Attribute(NamedTuple):
    """An attribute of a tag: its value with entities resolved, and where ``name="value"`` stands."""

    value: str
    start: int
    end: int


_NONE: dict[str, Attribute] = {}


class Token(NamedTuple):  # made by the million: a frozen dataclass takes four times as long
    """A piece of HTML; the pieces follow one another without gaps.

    Attributes:
        kind: ``start``, ``end``, ``text``, ``comment`` (doctype and the like included).
        start, end: its place in the text.
        name: the element, in lower case; empty for text and comments.
        attributes: by their names in lower case; of two with one name the first counts.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, Attribute] = _NONE

    def get(self, name: str) -> str:
        """The value of an attribute; empty without it."""
        found = self.attributes.get(name)
        return found.value if found else ""


def iter_tokens(text: str) -> Iterator[Token]:
    """The pieces of a text in HTML, in order."""
    position, end = 0, len(text)
    while position < end:
        opening = _next_markup(text, position)
        if opening > position:
            yield Token("text", position, opening)
        if opening == end:
            return
        token = _markup(text, opening)
        yield token
        position = token.end
        if token.kind == "start" and token.name in _RAW_TEXT:
            closing = _closing(token.name).search(text, position)
            until = closing.start() if closing else end
            if until > position:
                yield Token("text", position, until)
            position = until


def _next_markup(text: str, position: int) -> int:
    """Where the next tag or comment starts; the length of the text without one."""
    while (found := text.find("<", position)) >= 0:
        following = text[found + 1 : found + 2]
        if following in ("!", "?", "/") or (following.isascii() and following.isalpha()):
            return found
        position = found + 1
    return len(text)


def _markup(text: str, start: int) -> Token:
    name = _NAME.match(text, start + 1)
    if not name:
        return Token("comment", start, _comment_end(text, start))
    written = name[0].lower()
    kind = "end" if written[0] == "/" else "start"
    end = name.end()
    if text[end : end + 1] == ">":
        return Token(kind, start, end + 1, written.lstrip("/"))
    attributes, end = _attributes(text, end)
    return Token(kind, start, end, written.lstrip("/"), attributes)


def _attributes(text: str, position: int) -> tuple[dict[str, Attribute], int]:
    """The attributes of a tag from ``position`` on, and where the tag ends (the end of the text when it does not)."""
    found: dict[str, Attribute] = {}
    while match := _ATTRIBUTE.match(text, position):
        position = match.end()
        name, double, single, bare = match.groups()
        if name is None:
            return found, position
        value = next((group for group in (double, single, bare) if group is not None), "")
        if "&" in value:
            value = unescape(value)
        found.setdefault(name.lower(), Attribute(value, match.start(1), position))
    return found, len(text)


def _comment_end(text: str, start: int) -> int:
    closing = ">"
    if text.startswith("<!--", start):
        if text.startswith(("<!-->", "<!--->"), start):
            return text.index(">", start) + 1
        start, closing = start + 4, "-->"
    found = text.find(closing, start)
    return len(text) if found < 0 else found + len(closing)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
