from typing import Any

import pytest

from newscli.importers.bodies.ricos import ricos_html

Node = dict[str, Any]


def text(content: str, *decorations: Any) -> Node:
    return {"type": "TEXT", "textData": {"text": content, "decorations": list(decorations)}}


def node(kind: str, *nodes: Any, **fields: Any) -> Node:
    return {"type": kind, "nodes": list(nodes), **fields}


LINK = {"type": "LINK", "linkData": {"link": {"url": "https://x"}}}


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (node("PARAGRAPH", text("a < b")), "<p>a &lt; b</p>"),
        (node("PARAGRAPH"), ""),
        (node("PARAGRAPH", text("a", {"type": "BOLD"}, {"type": "ITALIC"})), "<p><em><strong>a</strong></em></p>"),
        (node("PARAGRAPH", text("a", LINK)), '<p><a href="https://x">a</a></p>'),
        (node("PARAGRAPH", text("a", {"type": "COLOR"}, "none")), "<p>a</p>"),
        (node("HEADING", text("a"), headingData={"level": 3}), "<h3>a</h3>"),
        (node("HEADING", text("a"), headingData={"level": 9}), "<h2>a</h2>"),
        (node("HEADING", text("a")), "<h2>a</h2>"),
        (
            node("BULLETED_LIST", node("LIST_ITEM", node("PARAGRAPH", text("a")))),
            "<ul><li><p>a</p></li></ul>",
        ),
        (node("ORDERED_LIST", node("LIST_ITEM", text("a"))), "<ol><li>a</li></ol>"),
        (node("BLOCKQUOTE", text("a")), "<blockquote>a</blockquote>"),
        (node("CODE_BLOCK", text("a\n<b>")), "<pre><code>a\n&lt;b&gt;</code></pre>"),
        (node("TABLE", node("TABLE_ROW", node("TABLE_CELL", text("a")))), "<table><tr><td>a</td></tr></table>"),
        (node("UNKNOWN", text("a")), "a"),
        ({"type": "DIVIDER"}, "<hr>"),
        (
            {"type": "IMAGE", "imageData": {"altText": "A", "image": {"src": {"id": "1~mv2.png"}}}},
            '<p><img src="https://static.wixstatic.com/media/1~mv2.png" alt="A"></p>',
        ),
        ({"type": "IMAGE", "imageData": {"image": {"src": {"url": "https://x/a"}}}}, '<p><img src="https://x/a"></p>'),
        ({"type": "IMAGE"}, "<p><img></p>"),
    ],
)
def test_every_node_becomes_html(child: Node, expected: str) -> None:
    assert ricos_html({"nodes": [child]}) == expected


def test_blocks_stand_on_lines_of_their_own() -> None:
    nodes = [node("PARAGRAPH", text("a")), "no node", node("PARAGRAPH", text("b"))]
    assert ricos_html({"nodes": nodes}) == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize("document", [{}, {"nodes": None}])
def test_what_is_no_document_raises(document: Node) -> None:
    with pytest.raises(ValueError, match="no document of Ricos"):
        ricos_html(document)


def test_nesting_has_an_end() -> None:
    deep = text("a")
    for _ in range(100):
        deep = node("BLOCKQUOTE", deep)
    with pytest.raises(ValueError, match="too deep"):
        ricos_html(deep)
