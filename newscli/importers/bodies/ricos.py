"""Ricos, the document of Wix's editor, as HTML (https://dev.wix.com/docs/ricos)."""

from collections.abc import Mapping
from html import escape
from typing import Any

from newscli.importers.bodies.cards import attribute

_ELEMENTS = {
    "PARAGRAPH": "p",
    "BLOCKQUOTE": "blockquote",
    "BULLETED_LIST": "ul",
    "ORDERED_LIST": "ol",
    "LIST_ITEM": "li",
    "TABLE": "table",
    "TABLE_ROW": "tr",
    "TABLE_CELL": "td",
}
_DECORATIONS = {"BOLD": "strong", "ITALIC": "em", "UNDERLINE": "u", "STRIKETHROUGH": "s"}
_LEVELS = 60


def ricos_html(document: Mapping[str, Any]) -> str:
    """A document of Ricos as HTML.

    Raises:
        ValueError: it is none, or nested too deep.
    """
    if not isinstance(document.get("nodes"), list):
        raise ValueError("is no document of Ricos")  # noqa: TRY004 - wrong data, not a wrong call
    return "\n".join(filter(None, _nodes(document, _LEVELS)))


def _nodes(node: Mapping[str, Any], levels: int) -> list[str]:
    if not levels:
        raise ValueError("is nested too deep")
    nodes = node.get("nodes")
    children = nodes if isinstance(nodes, list) else []
    return [_node(child, levels - 1) for child in children if isinstance(child, Mapping)]


def _node(node: Mapping[str, Any], levels: int) -> str:
    kind = str(node.get("type", ""))
    if kind == "TEXT":
        return _text(_mapping(node, "textData"))
    if kind == "DIVIDER":
        return "<hr>"
    if kind == "IMAGE":
        return _image(_mapping(node, "imageData"))
    inside = "".join(_nodes(node, levels))
    if kind == "CODE_BLOCK":
        return f"<pre><code>{inside}</code></pre>"
    if kind == "HEADING":
        level = _mapping(node, "headingData").get("level")
        name = f"h{level}" if level in range(1, 7) else "h2"
    else:
        name = _ELEMENTS.get(kind, "")
    return f"<{name}>{inside}</{name}>" if name and inside else inside


def _mapping(node: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = node.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(node: Mapping[str, Any]) -> str:
    text = escape(str(node.get("text") or ""), quote=False)
    decorations = node.get("decorations")
    for decoration in decorations if isinstance(decorations, list) else []:
        kind = decoration.get("type") if isinstance(decoration, Mapping) else ""
        if name := _DECORATIONS.get(str(kind)):
            text = f"<{name}>{text}</{name}>"
        elif kind == "LINK":
            link = _mapping(_mapping(decoration, "linkData"), "link")
            text = f"<a{attribute('href', link.get('url'))}>{text}</a>"
    return text


def _image(node: Mapping[str, Any]) -> str:
    source = _mapping(_mapping(node, "image"), "src")
    address = source.get("url") or (f"https://static.wixstatic.com/media/{source['id']}" if source.get("id") else "")
    return f"<p><img{attribute('src', address)}{attribute('alt', node.get('altText'))}></p>"
