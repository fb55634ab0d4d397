from typing import Any

import pytest

from newscli.importers.bodies.mobiledoc import mobiledoc_html


def document(*sections: Any, **tables: Any) -> dict[str, Any]:
    return {"version": "0.3.1", "markups": [], "atoms": [], "cards": [], "sections": list(sections), **tables}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (document([1, "p", [[0, [], 0, "a < b"]]]), "<p>a &lt; b</p>"),
        (document([1, "H2", [[0, [], 0, "a"]]]), "<h2>a</h2>"),
        (document([1, "aside", [[0, [], 0, "a"]]]), "<blockquote>a</blockquote>"),
        (document([1, "script", [[0, [], 0, "a"]]]), "<p>a</p>"),
        (document([1, "p", []]), ""),
        (document([2, "a.png"]), '<p><img src="a.png"></p>'),
        (document([3, "ul", [[[0, [], 0, "a"]], [[0, [], 0, "b"]]]]), "<ul><li>a</li><li>b</li></ul>"),
        (document([10, 0], cards=[["hr", {}]]), "<hr>"),
        (document([10, 0], cards=[["markdown", {"markdown": "x"}]]), "\n\nx\n\n"),
        (document([99]), ""),
        (document([1, "p", [[0, [0], 1, "a"]]], markups=[["strong"]]), "<p><strong>a</strong></p>"),
        (
            document(
                [1, "p", [[0, [0, 1], 1, "a"], [0, [], 1, "b"]]],
                markups=[["em"], ["a", ["href", "https://x", "rel", "r"]]],
            ),
            '<p><em><a href="https://x">a</a>b</em></p>',
        ),
        (document([1, "p", [[0, [0], 0, "a"]]], markups=[["script"]]), "<p><span>a</span></p>"),
        (
            document([1, "p", [[1, [], 0, 0], [1, [], 0, 1]]], atoms=[["soft-return", "", {}], ["x", "a&", {}]]),
            "<p><br>a&amp;</p>",
        ),
        (document([1, "p", [[0, [], 0, "a"]]], [1, "p", [[0, [], 0, "b"]]]), "<p>a</p>\n<p>b</p>"),
    ],
)
def test_every_section_becomes_html(found: dict[str, Any], expected: str) -> None:
    assert mobiledoc_html(found) == expected


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"sections": None},
        document([10, 0]),
        document([10, 0], cards=None),
        document([1, "p", [[0, [5], 0, "a"]]]),
        document([1, "p", [[0, [], 1, "a"]]]),
        document([1, "p", [[1, [], 0, 7]]]),
        document([1, "p", ["no marker"]]),
        document([10, 0], cards=[["image", 5]]),
    ],
)
def test_what_is_no_document_raises(found: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no document of Mobiledoc"):
        mobiledoc_html(found)
