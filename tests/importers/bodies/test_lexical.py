from typing import Any

import pytest

from newscli.importers.bodies.lexical import lexical_html

Node = dict[str, Any]


def text(content: str, style: int = 0) -> Node:
    return {"type": "extended-text", "text": content, "format": style}


def node(kind: str, *children: Node, **fields: Any) -> Node:
    return {"type": kind, "children": list(children), **fields}


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (node("paragraph", text("a < b & c")), "<p>a &lt; b &amp; c</p>"),
        (node("paragraph", text("a", 1)), "<p><strong>a</strong></p>"),
        (node("paragraph", text("a", 3)), "<p><em><strong>a</strong></em></p>"),
        (node("paragraph", text("a", 4 + 8)), "<p><u><s>a</s></u></p>"),
        (node("paragraph", text("a", 16)), "<p><code>a</code></p>"),
        (
            node("paragraph", text("a", 32), text("b", 64), text("c", 128)),
            "<p><sub>a</sub><sup>b</sup><mark>c</mark></p>",
        ),
        (node("paragraph", text("a"), {"type": "linebreak"}, text("b")), "<p>a<br>b</p>"),
        (node("paragraph", {"type": "tab"}, text("b")), "<p>\tb</p>"),
        (
            node("paragraph", node("link", text("a"), url="https://x?a&b", title="t")),
            '<p><a href="https://x?a&amp;b" title="t">a</a></p>',
        ),
        (node("paragraph", node("autolink", text("a"), url="https://x")), '<p><a href="https://x">a</a></p>'),
        (node("heading", text("a"), tag="h3"), "<h3>a</h3>"),
        (node("extended-heading", text("a"), tag="script"), "<h2>a</h2>"),
        (node("quote", text("a")), "<blockquote>a</blockquote>"),
        (node("aside", text("a")), "<blockquote>a</blockquote>"),
        (node("list", node("listitem", text("a")), listType="bullet", start=1), "<ul><li>a</li></ul>"),
        (node("list", node("listitem", text("a")), listType="number", start=1), "<ol><li>a</li></ol>"),
        (node("list", node("listitem", text("a")), listType="number", start=4), '<ol start="4"><li>a</li></ol>'),
        (node("unknown", text("a")), "a"),
        ({"type": "image", "src": "a"}, '<figure><img src="a"></figure>'),
        ({"type": "html", "html": "<b>"}, "<b>"),
    ],
)
def test_every_node_becomes_html(child: Node, expected: str) -> None:
    assert lexical_html({"root": node("root", child)}) == expected


def test_blocks_stand_on_lines_of_their_own() -> None:
    root = node("root", node("paragraph", text("a")), {"type": "paywall"}, node("paragraph", text("b")), "no node")  # type: ignore[arg-type]
    assert lexical_html({"root": root}) == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize("document", [{}, {"root": None}, {"root": []}])
def test_what_is_no_document_raises(document: Node) -> None:
    with pytest.raises(ValueError, match="no document of Lexical"):
        lexical_html(document)


def test_a_document_without_children_is_empty() -> None:
    assert lexical_html({"root": {"children": None}}) == ""


def test_nesting_has_an_end() -> None:
    deep = text("a")
    for _ in range(200):
        deep = node("quote", deep)
    with pytest.raises(ValueError, match="too deep"):
        lexical_html({"root": node("root", deep)})
