import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.depth import flatten


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "<div><p>a</p></div>",
        "<p>a<p>b<p>c<p>d",
        "<ul><li>a<li>b<li>c</ul>",
        "<br><img><hr>",
        "<div>a</div><div>b</div><div>c</div>",
        "</div></div></div>",
    ],
)
def test_what_is_not_deep_stays(text: str) -> None:
    assert flatten(text, 2) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><b><i>x</i></b></a>", "<a><b>x</b></a>"),
        ("<a><b><i><u>x</u></i>y</b>z</a>", "<a><b>xy</b>z</a>"),
        ("<a><b><i>x</a>y", "<a><b>x</a>y"),
        ("<a><b><i class='1'>x<br>y", "<a><b>x<br>y"),
        ("<a><b><i>x</i></b></a><i>y</i>", "<a><b>x</b></a><i>y</i>"),
    ],
)
def test_tags_below_the_depth_go(text: str, expected: str) -> None:
    assert flatten(text, 2) == expected


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "x", "<br>", "<p>"]), max_size=30), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_no_text_is_lost_and_doing_it_again_changes_nothing(parts: list[str], levels: int) -> None:
    text = "".join(parts)
    once = flatten(text, levels)
    assert once.count("x") == text.count("x")
    assert once.count("<br>") == text.count("<br>")
    assert flatten(once, levels) == once


def test_a_hundred_thousand_levels_are_flattened() -> None:
    text = "<div>" * 100_000 + "x"
    assert flatten(text, 256) == "<div>" * 256 + "x"
