"""Plain text of a little HTML: titles and summaries."""

import re

from newscli.importers.markup.entities import unescape
from newscli.importers.markup.tokens import iter_tokens

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "var", "wbr",
})  # fmt: skip


def plain(text: str) -> str:
    """What is to be read of a text in HTML, on one line."""
    parts: list[str] = []
    hidden = ""
    for token in iter_tokens(text):
        if hidden:
            hidden = "" if token.kind == "end" and token.name == hidden else hidden
        elif token.kind == "text":
            parts.append(text[token.start : token.end])
        elif token.kind == "start" and token.name in _HIDDEN:
            hidden = token.name
        elif token.name and token.name not in _INLINE:
            parts.append(" ")
    return one_line(unescape("".join(parts)))


def plain_title(text: str) -> str:
    """A title that may hold a little markup and entities, as plain text: ``a < b`` stays, ``<em>a</em>`` does not."""
    if _ENTITY.search(text) or "</" in text or "/>" in text:
        return plain(text)
    return one_line(text)


def one_line(text: str) -> str:
    """The text with every run of white space as one blank, none at its ends."""
    return " ".join(text.split())
