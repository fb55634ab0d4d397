"""What values hold: types, emptiness, forms, markup, blanks, lengths; and that mending keeps what they say."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.fixes.scalars import quote
from newscli.front_matter import read
from newscli.operations.validate import FileResult, Finding, options_from, validate

Found = Callable[..., list[Finding]]
POST = "_posts/2022-06-07-example.md"


def post(lines: str) -> str:
    return f"---\n{lines}\n---\nA body.\n"


def checked(text: str, code: str, fix: str = "none", **settings: Any) -> FileResult:
    options = options_from(settings, engine="jekyll", select=[code], fix=fix)
    (result,) = validate([POST], options, read=lambda _path: text.encode())
    return result


def kinds(result: FileResult) -> list[str]:
    """Of each finding, which fix it has."""
    return ["none" if each.fix is None else "safe" if each.fix.safe else "unsafe" for each in result.findings]


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        ("published: 'false'", "published: false"),
        ('draft: "True"', "draft: true"),
        ("draft: 'no'", None),  # the text no is no less true than the text false, but might be a word
        ("published: false", None),
        ("draft: 1", None),
    ],
)
def test_a_text_that_counts_as_true_loses_its_quotes(lines: str, mended: str | None) -> None:
    text = post(f"title: a\n{lines}")
    assert checked(text, "S202", fix="safe").fixed_text == (mended and post(f"title: a\n{mended}"))


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ("title: null", 8),
        ("title: ~", 8),
        ("title: [a]", 8),
        ("title: {a: b}", 8),
        ("title: a\ntags: {a: b}", 7),
        ("title: a\ncategories: {a: b}", 13),
        ("title: 1", 0),  # whether that is a text is for Y110 to say
        ("title: a\ntags: [a]", 0),
        ("title: # a comment", 0),  # Y109 says so
    ],
)
def test_what_is_no_text_and_what_no_list(lines: str, column: int) -> None:
    found = checked(post(lines), "S202").findings
    assert [each.column for each in found] == ([column] if column else [])


@pytest.mark.parametrize("key", ["title", "permalink", "date"])
@pytest.mark.parametrize(("value", "empty"), [("''", True), ("'  '", True), ("'\u3000'", True), ("a", False)])
def test_a_value_that_must_say_something(key: str, value: str, empty: bool) -> None:
    lines = f"{key}: {value}" if key == "title" else f"title: a\n{key}: {value}"
    assert bool(checked(post(lines), "S203").findings) == empty


def test_a_key_that_the_settings_require_must_say_something() -> None:
    assert checked(post("title: a\nsource: ''"), "S203", required=["source"]).findings
    assert not checked(post("title: a\nsource: ''"), "S203").findings


@pytest.mark.parametrize(
    ("layout", "mended"),
    [("pots", "post"), ("post", None), ("none", None), ("''", None), ("sidebar-page", None)],
)
def test_a_layout_that_is_none_becomes_the_nearest(layout: str, mended: str | None) -> None:
    text = post(f"title: a\nlayout: {layout}")
    fixed = checked(text, "S204", fix="unsafe", layouts=["post", "page"]).fixed_text
    assert fixed == (mended and post(f"title: a\nlayout: {mended}"))
    assert checked(text, "S204", fix="safe", layouts=["post", "page"]).fixed_text is None


@pytest.mark.parametrize("key", ["source", "source_url", "link", "canonical_url", "image"])
@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("https://example.com/a?b=1#c", True),
        ("//example.com/a", True),
        ("/images/a.jpg", True),
        ("图/片.jpg", True),
        ("http://例子.中国/", True),
        ("not a url", False),
        ("http://a b/", False),
        ("https://", False),
        ("C:\\\\a.jpg", True),  # L606 says so
    ],
)
def test_addresses_are_addresses_or_paths(key: str, value: str, fits: bool) -> None:
    assert (checked(post(f'title: a\n{key}: "{value}"'), "S206").findings == ()) == fits


@pytest.mark.parametrize(
    ("title", "mended", "kind"),
    [
        ("苏州&quot;新赛道&quot;", '苏州"新赛道"', "safe"),
        ("A &amp; B", "A & B", "safe"),
        ("&#33487;&#x5DDE;", "苏州", "safe"),
        ("<b>x</b> y", "x y", "unsafe"),
        ("<em>a</em> &amp; b", "a & b", "unsafe"),
        ("about &lt;script&gt;", "about <script>", "unsafe"),  # markup would come of text
        ("about &amp;amp;", "about &", "unsafe"),
    ],
)
def test_markup_in_a_title_becomes_plain_text(title: str, mended: str, kind: str) -> None:
    text = post(f"title: {quote(title)}\ntags: [a]")
    assert kinds(checked(text, "S207")) == [kind]
    fixed = checked(text, "S207", fix="unsafe").fixed_text
    assert fixed is not None
    assert read(fixed).data == {"title": mended, "tags": ["a"]}


@pytest.mark.parametrize("title", ["AT&T; x", "a & b", "1 < 2", "a <b", "&nosuch;", "<https://example.com>", "x -> y"])
def test_what_only_looks_like_markup_stays(title: str) -> None:
    assert checked(post(f"title: {quote(title)}"), "S207").findings == ()


TITLES = st.lists(
    st.sampled_from(
        ["苏州", " ", "  ", "&amp;", "&lt;", "&quot;", "<b>", "</b>", "<", "&", "a", "'", '"', "\u3000", ":", "#"]
    ),
    min_size=1,
    max_size=8,
).map("".join)


@given(TITLES)
def test_mending_safely_brings_no_markup_in_and_leaves_nothing_to_mend(title: str) -> None:
    """Law: a safe fix of S207 reads as the entities say, holds no tag, and is done at once."""
    result = checked(post(f"title: {quote(title)}\nother: '&amp;'"), "S207", fix="safe")
    if result.fixed_text is None:
        return
    after = read(result.fixed_text).data
    assert after == {"title": html.unescape(title), "other": "&amp;"}
    assert "<" not in after["title"]
    assert "safe" not in kinds(checked(result.fixed_text, "S207"))


@given(TITLES)
def test_trimmed_titles_keep_their_words(title: str) -> None:
    """Law: mending S208 changes blanks only, and once is enough."""
    before = post(f"title: {quote(title)}\nother: ' a  b '")
    result = checked(before, "S208", fix="safe")
    after = read(result.fixed_text or before).data
    assert after["other"] == " a  b "
    assert after["title"].split() == title.split()
    if result.fixed_text is not None:
        assert after["title"] == after["title"].strip()
        assert checked(result.fixed_text, "S208").findings == ()


@pytest.mark.parametrize("value", ["|\n  苏州", ">\n  苏州\n  科技", ">-\n  苏州"])
def test_the_line_end_of_a_block_is_no_untidy_blank(value: str) -> None:
    assert checked(post(f"title: {value}"), "S208").findings == ()


@pytest.mark.parametrize(("key", "most", "severity"), [("title", 200, "warning"), ("description", 160, "info")])
def test_lengths_are_counted_in_characters(key: str, most: int, severity: str) -> None:
    other = "" if key == "title" else "title: a\n"
    assert checked(post(f"{other}{key}: {'字' * most}"), "S209").findings == ()
    (found,) = checked(post(f"{other}{key}: {'字' * (most + 1)}"), "S209").findings
    assert (found.severity.value, f"{most + 1} characters" in found.message) == (severity, True)
    assert checked(post(f"{other}{key}: {'字' * 900}"), "S209", fields={key: {"max": 1000}}).findings == ()
