"""Mobiledoc 0.3, the document of Ghost's editor up to 4, as HTML (MOBILEDOC.md of bustle/mobiledoc-kit)."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from newscli.importers.bodies.cards import attribute, card_html

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TEXT = 0
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol"})
_MARKS = frozenset({"a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "del", "ins", "mark", "small"})


def mobiledoc_html(document: Mapping[str, Any]) -> str:
    """A document of Mobiledoc as HTML.

    Raises:
        ValueError: it is none.
    """
    sections = document.get("sections")
    if not isinstance(sections, list):
        raise ValueError("is no document of Mobiledoc")  # noqa: TRY004 - wrong data, not a wrong call
    try:
        return "\n".join(filter(None, (_section(section, document) for section in sections)))
    except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
        raise ValueError(f"is no document of Mobiledoc: {error}") from error


def _section(section: Sequence[Any], document: Mapping[str, Any]) -> str:
    match section:
        case [kind, str(name), list(markers)] if kind == _MARKUP:
            return _block(name, "".join(_markers(markers, document)))
        case [kind, str(source), *_] if kind == _IMAGE:
            return f"<p><img{attribute('src', source)}></p>"
        case [kind, str(name), list(items)] if kind == _LIST:
            return _block(name, "".join(f"<li>{''.join(_markers(item, document))}</li>" for item in items))
        case [kind, int(number), *_] if kind == _CARD:
            name, payload = document["cards"][number][:2]
            return card_html(str(name), payload)
    return ""


def _block(name: str, inside: str) -> str:
    name = name.lower() if name.lower() in _BLOCKS else "p"
    name = "blockquote" if name == "aside" else name
    return f"<{name}>{inside}</{name}>" if inside else ""


def _markers(markers: Sequence[Any], document: Mapping[str, Any]) -> Iterator[str]:
    opened: list[str] = []
    for kind, opening, closing, value in markers:
        for number in opening:
            name, *attributes = document["markups"][number]
            pairs = attributes[0] if attributes else []
            name = name if name in _MARKS else "span"
            yield f"<{name}{_href(pairs)}>"
            opened.append(name)
        yield escape(str(value), quote=False) if kind == _TEXT else _atom(value, document)
        for _ in range(closing):
            yield f"</{opened.pop()}>"
    yield from (f"</{name}>" for name in reversed(opened))


def _href(pairs: Sequence[Any]) -> str:
    """The address and the title of a link, of attributes written one after the other."""
    found = dict(zip(pairs[::2], pairs[1::2], strict=False))
    return attribute("href", found.get("href")) + attribute("title", found.get("title"))


def _atom(number: int, document: Mapping[str, Any]) -> str:
    name, text = document["atoms"][number][:2]
    return "<br>" if name == "soft-return" else escape(str(text), quote=False)
