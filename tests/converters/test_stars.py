"""Marks of emphasis written so that every reader of Markdown closes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newscli.converters.flanking import escape_start, first_token, is_unsafe, last_token, starts_line
from newscli.converters.marks import BREAK, EMPHASIS, INLINE, KEPT
from newscli.converters.stars import emphasize


def marked(text: str) -> str:
    """``<b>``, ``</b>`` and so on as marks."""
    for kind in "bis":
        text = text.replace(f"<{kind}>", EMPHASIS + kind.upper()).replace(f"</{kind}>", EMPHASIS + kind)
    return text


UNCHANGED = ["", "text", "a * b", "**a**", "<strong>a</strong>"]


@pytest.mark.parametrize("text", UNCHANGED)
def test_text_without_marks_stays(text: str) -> None:
    assert emphasize(text) == text


CASES = [
    pytest.param("<b>a</b>", "**a**", id="strong"),
    pytest.param("<i>a</i>", "*a*", id="em"),
    pytest.param("<s>a</s>", "~~a~~", id="del"),
    pytest.param("foo<i>bar</i>baz", "foo*bar*baz", id="inside-a-word"),
    pytest.param("一<b>重点</b>二", "一**重点**二", id="inside-chinese"),
    pytest.param("<b>前期的基础：</b>自2007年", "**前期的基础**：自2007年", id="punctuation-before-a-letter"),
    pytest.param("<b>Note:</b> text", "**Note:** text", id="punctuation-before-a-space"),
    pytest.param("招引，<b>“重点”</b>总体", "招引，“**重点**”总体", id="quotes-move-as-a-pair"),
    pytest.param("a<i>(b)</i>c", "a(*b*)c", id="brackets-move"),
    pytest.param("a<i>(b)</i>", "a(*b*)", id="brackets-as-a-pair"),
    pytest.param("a<b>（b）c</b>d", "a（**b）c**d", id="no-pair"),
    pytest.param("(<b>a.</b>)", "(**a.**)", id="punctuation-outside"),
    pytest.param("x<b>……</b>y", "x……y", id="nothing-but-punctuation"),
    pytest.param("x <b>……</b> y", "x **……** y", id="punctuation-apart"),
    pytest.param("价<b>￥5</b>", "价￥**5**", id="symbol"),
    pytest.param("a <b> b </b> c", "a **b** c", id="spaces-beside-spaces"),
    pytest.param("a<b> b </b>c", "a **b** c", id="spaces-move"),
    pytest.param("<b> b</b>", "**b**", id="no-space-at-a-start"),
    pytest.param("- <b> b</b>", "- **b**", id="no-space-in-an-item"),
    pytest.param("a\n> <b> b</b>", "a\n> **b**", id="no-space-in-a-quote"),
    pytest.param("<b>b </b>\n\nc", "**b**\n\nc", id="no-space-at-an-end"),
    pytest.param("<b>　　b</b>", "　　**b**", id="ideographic-spaces"),
    pytest.param("a<b>\xa0b\xa0</b>c", "a\xa0**b**\xa0c", id="no-break-spaces"),
    pytest.param("<b>a  \n</b>b", "**a**  \nb", id="break-at-the-end"),
    pytest.param("<b>a  \n> </b># b", "**a**  \n> \\# b", id="what-comes-to-a-start-is-escaped"),
    pytest.param("a<b>  \nb</b>", "a  \n**b**", id="break-at-the-start"),
    pytest.param("a<b>\\\n\\\nb</b>", "a\\\n\\\n**b**", id="backslash-breaks"),
    pytest.param(f"a<b>b{BREAK}</b>c", f"a**b**{BREAK}c", id="break-of-a-cell"),
    pytest.param("<b>a  \nb</b>", "**a  \nb**", id="break-inside"),
    pytest.param("<b>a</b><b>b</b>", "**ab**", id="neighbours"),
    pytest.param("<b>a </b><b>b</b>", "**a** **b**", id="neighbours-with-a-space"),
    pytest.param("<b>a</b><b> b</b>", "**a** **b**", id="neighbours-with-a-space-behind"),
    pytest.param("<b>a</b> <b>b</b>", "**a** **b**", id="neighbours-apart"),
    pytest.param("<b>a<b>b</b>c</b>", "**abc**", id="nested-likes"),
    pytest.param("a<b></b>b<i> </i>c", "ab c", id="empty"),
    pytest.param("<b><i>a</i></b>", "***a***", id="both"),
    pytest.param("<i>a</i><b>b</b>", "_a_**b**", id="em-then-strong"),
    pytest.param("<b>a</b><i>b</i>", "**a**_b_", id="strong-then-em"),
    pytest.param("<b>a：</b><i>b</i>", "**a**：*b*", id="punctuation-between"),
    pytest.param("<b>a <i>b</i></b>", "**a _b_**", id="em-at-the-end"),
    pytest.param("<b><i>a</i> b</b>", "**_a_ b**", id="em-at-the-start"),
    pytest.param("<b>a<i>b</i>c</b>", "**a*b*c**", id="em-in-the-middle"),
    pytest.param("x<b>a <i>b</i></b>y", "x**a *b***y", id="em-at-the-end-before-a-letter"),
    pytest.param("x<b><i>a</i> b</b>", "x***a* b**", id="em-at-the-start-behind-a-letter"),
    pytest.param("字<i><b>a</b> b</i>", "字***a** b*", id="em-behind-a-letter"),
    pytest.param("<i><b>a</b> b</i>c", "***a** b*c", id="em-before-a-letter"),
    pytest.param("<b><i>a</i></b> b", "***a*** b", id="both-alone"),
    pytest.param("<b>a <i>b</i></b><s>c</s>", "**a _b_**<del>c</del>", id="em-before-a-letter-struck-out"),
    pytest.param("<s>c</s><b><i>b</i> a</b>", "~~c~~<strong>*b* a</strong>", id="em-behind-a-letter-struck-out"),
    pytest.param("\\_<i><b>a</b> b</i>", "\\_***a** b*", id="em-behind-a-line"),
    pytest.param("a<b>b <i>“ c ”</i></b>d", "a**b “ _c_** ”d", id="spaces-that-came-to-an-end"),
    pytest.param("x<b><i>（a）</i></b>y", "x（***a***）y", id="both-and-brackets"),
    pytest.param("x<b><i>。</i></b>y", "x。y", id="both-of-nothing"),
    pytest.param("x<b><i>a</i>。</b>y", "x***a***。y", id="ends-meet"),
    pytest.param("<b>a</b><i>b<b>c</b></i>", "**a**<em>b**c**</em>", id="too-much-that-touches"),
    pytest.param("<i><b>a</b>“<b>b</b>”</i>", "_**a**“**b**”_", id="a-third-run-inside"),
    pytest.param("<i><b>a</b> b</i> c", "_**a** b_ c", id="two-runs-inside"),
    pytest.param("<b><i>a</i> b <i>c</i> d</b>", "**_a_ b *c* d**", id="three-runs-inside"),
    pytest.param("<b><i>a</i> b <i>c</i></b>", "**_a_ b _c_**", id="three-runs-of-which-two-end-together"),
    pytest.param("<i><b>a</b>, (<b>b</b>).</i>", "_**a**, (**b**)._", id="three-runs-beside-punctuation"),
    pytest.param("<b><i>字</i>中<i>字</i></b>", "<strong>*字*中*字*</strong>", id="runs-that-open-or-close"),
    pytest.param("a<s><b>b</b></s>c", "a<del>**b**</del>c", id="tildes-and-stars-at-letters"),
    pytest.param("<s><b>b</b></s>", "~~**b**~~", id="tildes-and-stars"),
    pytest.param("a<b>`c`</b>b", "a<strong>`c`</strong>b", id="code-at-letters"),
    pytest.param("a <b>`c`</b>.", "a **`c`**.", id="code-apart"),
    pytest.param("a<b>![x](y)</b>", "a<strong>![x](y)</strong>", id="picture-at-a-letter"),
    pytest.param("<b>a [t](u)</b>b", "<strong>a [t](u)</strong>b", id="link-at-a-letter"),
    pytest.param('<b>a [t](u(v) "w)")</b>b', '<strong>a [t](u(v) "w)")</strong>b', id="link-with-title"),
    pytest.param("<b>a <http://x></b>b", "<strong>a <http://x></strong>b", id="address-at-a-letter"),
    pytest.param("<b>a (t)</b>b", "**a (t**)b", id="no-link"),
    pytest.param("<b>a \\*</b>b", "**a** \\*b", id="escaped-character"),
    pytest.param(f"<b>a{INLINE}U</b>b", f"<strong>a{INLINE}U</strong>b", id="tag-at-a-letter"),
    pytest.param(f"a<b>{KEPT}0{KEPT}</b>b", f"a<strong>{KEPT}0{KEPT}</strong>b", id="stand-in-at-letters"),
    pytest.param("<b>a`</b><b>`b</b>", "**a`<!-- -->`b**", id="code-spans-stay-apart"),
    pytest.param("<b>-</b>y", "\\-y", id="escaped-at-a-start"),
    pytest.param("> <b>1.</b>y", "> **1**.y", id="number-at-a-start"),
    pytest.param("<b>a</i>b", "**ab", id="broken-marks-lose-no-text"),
]


@pytest.mark.parametrize(("text", "expected"), CASES[:-1])
def test_emphasize(text: str, expected: str) -> None:
    assert emphasize(marked(text)) == expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("a", "b", False),
        ("字", "字", False),
        ("：", "自", True),
        ("：", " ", False),
        ("：", "", False),
        ("：", "“", False),
        ("a", "：", False),
        ("￥", "a", True),
        ("a", "￥", False),
        ("：", "￥", True),
        ("￥", "：", False),
        (" ", ":", True),
        ("*", "a", True),
        ("_", "a", True),
        ("😀", "a", True),
    ],
)
def test_unsafe_edges(inner: str, outer: str, expected: bool) -> None:
    assert is_unsafe(inner, outer) is expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", "", ""),
        ("ab", "a", "b"),
        ("“a”", "“", "”"),
        ("\\*a\\*", "\\*", "\\*"),
        ("\\\\", "\\\\", "\\\\"),
        ("`a`", "", ""),
        ("[a](b)", "", ""),
        ("![a](b)", "", ""),
        ("!a!", "!", "!"),
        ("(a)", "(", ")"),
        ("[a](b)(c)", "", ")"),
        ("<x>", "", ""),
        ("a > b>", "a", ">"),
        (f"{KEPT}1{KEPT}", "", ""),
        (f"{INLINE}ua{INLINE}U", "", ""),
    ],
)
def test_tokens_at_the_edges(text: str, first: str, last: str) -> None:
    assert first_token(text) == first
    assert last_token(text) == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a", "\\# a"),
        ("> a", "\\> a"),
        ("- a", "\\- a"),
        ("+a", "\\+a"),
        ("===", "\\==="),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("1 a", "1 a"),
        ("a # b", "a # b"),
        ("", ""),
    ],
)
def test_starts_of_blocks_are_escaped(text: str, expected: str) -> None:
    assert escape_start(text) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("", 0, True),
        ("", 1, False),
        ("a", 0, False),
        ("a\n", 1, True),
        ("a\n> - ", 1, True),
        ("# ", 0, True),
        ("a\n b", 1, False),
    ],
)
def test_starts_of_lines(text: str, number: int, expected: bool) -> None:
    assert starts_line(["x", text] if number else [text], number) is expected


TEXTS = st.text(st.sampled_from("ab字点。：“”（）,.!￥ 　1"), max_size=4)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda kind, parts: f"<{kind}>{''.join(parts)}</{kind}>", st.sampled_from("bis"), st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TREES, max_size=4).map("".join))
def test_no_text_changes(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").renderInline(emphasize(marked(text)))
    tags = str.maketrans("", "", " 　\xa0\n")
    plain = html
    for tag in ("strong", "em", "del", "s"):
        plain = plain.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    bare = text
    for kind in "bis":
        bare = bare.replace(f"<{kind}>", "").replace(f"</{kind}>", "")
    assert plain.replace("<!-- -->", "").translate(tags) == bare.translate(tags)
