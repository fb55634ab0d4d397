"""Lexical, the document of Ghost's editor since 5.0, as HTML."""

from collections.abc import Mapping
from html import escape
from typing import Any

from newscli.importers.bodies.cards import attribute, card_html

_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark"))
_ELEMENTS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
}
_LEVELS = 100


def lexical_html(document: Mapping[str, Any]) -> str:
    """A document of Lexical as HTML.

    Raises:
        ValueError: it is none, or nested too deep.
    """
    root = document.get("root")
    if not isinstance(root, Mapping):
        raise ValueError("is no document of Lexical")  # noqa: TRY004 - wrong data, not a wrong call
    return "\n".join(filter(None, (_node(child, _LEVELS) for child in _children(root))))


def _children(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    children = node.get("children")
    return [child for child in children if isinstance(child, Mapping)] if isinstance(children, list) else []


def _node(node: Mapping[str, Any], levels: int) -> str:
    if not levels:
        raise ValueError("is nested too deep")
    kind = str(node.get("type", ""))
    if "text" in node and kind.endswith("text"):
        return _text(node)
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else "\t"
    if "children" not in node:
        return card_html(kind, node)
    inside = "".join(_node(child, levels - 1) for child in _children(node))
    return _element(kind, node, inside)


def _element(kind: str, node: Mapping[str, Any], inside: str) -> str:
    if kind in ("link", "autolink"):
        return f"<a{attribute('href', node.get('url'))}{attribute('title', node.get('title'))}>{inside}</a>"
    if kind in ("heading", "extended-heading"):
        name = str(node.get("tag") or "h2")
        name = name if name in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        return f"<{name}>{inside}</{name}>"
    if kind == "list":
        is_numbered = node.get("listType") == "number"
        start = node.get("start")
        name = "ol" if is_numbered else "ul"
        return f"<{name}{attribute('start', start) if is_numbered and start != 1 else ''}>{inside}</{name}>"
    name = _ELEMENTS.get(kind, "")
    return f"<{name}>{inside}</{name}>" if name else inside


def _text(node: Mapping[str, Any]) -> str:
    text = escape(str(node.get("text") or ""), quote=False)
    formats = node.get("format")
    for bit, name in _FORMATS:
        if isinstance(formats, int) and formats & bit:
            text = f"<{name}>{text}</{name}>"
    return text
