from datetime import UTC, date, datetime
from typing import Any

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import NAMES, Dialect
from newscli.post import BrokenPost, Post, from_frontmatter, parse, serialize, to_frontmatter

PIECES = st.sampled_from(
    '--- --- +++ ... ;;; ---- { } title:~x title:~"a"b" date:~y tags: -~a "title":~"x", x~=~1 [t] <<<<<<<~x 苏'.split()
).map(lambda piece: piece.replace("~", " ")) | st.sampled_from(
    ["\n", "\n", "\n", "\r\n", *"\r\ufeff\ud800\x00\t:'\x85"]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join)
FENCED = TEXTS.map(lambda text: f"---\n{text}\n---\nbody")
FINEWS = (
    "---\n"
    "layout: post\n"
    'title: "苏州驶上科技招商快车道"\n'
    "date: 2022-06-07 07:17:20 +0800\n"
    "categories: xinhuaribao\n"
    "tags: 新华日报新闻\n"
    "---\n\n"
    "<p>　　近日。</p>\n"
)


@settings(max_examples=200, deadline=None)
@given(TEXTS | FENCED | st.text(st.characters()), st.sampled_from(NAMES))
def test_what_is_parsed_is_written_back_as_it_was(text: str, dialect: str) -> None:
    post = parse(text, "x.md", Dialect(dialect))
    assert serialize(post) == text
    assert isinstance(post, BrokenPost) == any(problem.severity is Severity.ERROR for problem in post.problems)
    assert to_frontmatter(post).content == post.body


def test_a_post_has_its_parts() -> None:
    post = parse(FINEWS, "_posts/2022-06-07-NW1.md")
    assert isinstance(post, Post)
    assert (post.path, post.encoding, post.problems) == ("_posts/2022-06-07-NW1.md", "utf-8", ())
    assert post.head == FINEWS[: FINEWS.index("\n\n") + 1]
    assert post.body == "\n<p>　　近日。</p>\n"
    assert post.data == {
        "layout": "post",
        "title": "苏州驶上科技招商快车道",
        "date": "2022-06-07 07:17:20 +0800",
        "categories": "xinhuaribao",
        "tags": "新华日报新闻",
    }


def test_a_broken_post_has_its_diagnostic_and_its_other_keys() -> None:
    text = FINEWS.replace("苏州驶上", '苏州"驶上"')
    post = parse(text, "a.md", encoding="gb18030")
    assert isinstance(post, BrokenPost)
    assert (post.encoding, post.body) == ("gb18030", "\n<p>　　近日。</p>\n")
    assert post.data["title"] == '苏州"驶上"科技招商快车道'
    assert post.data["tags"] == "新华日报新闻"
    assert post.diagnostic == post.problems[0]
    assert str(post.diagnostic).startswith("a.md:3:11: Y102 the value of title ends at this quote")


def test_what_is_known_to_be_wrong_already_breaks_a_post() -> None:
    warning = Diagnostic("a.md", 1, 1, "F002", Severity.WARNING, "mark")
    error = Diagnostic("a.md", 2, 3, "F001", Severity.ERROR, "not UTF-8")
    assert isinstance(parse(FINEWS, problems=(warning,)), Post)
    post = parse(FINEWS, problems=(warning, error))
    assert isinstance(post, BrokenPost)
    assert (post.problems, post.diagnostic) == ((warning, error), error)


@pytest.mark.parametrize(
    ("text", "dialect", "broken", "codes"),
    [
        ("---\na: b\n---\n", "jekyll", False, []),
        ("prose", "jekyll", True, ["F005"]),
        ("a: b\ntitle: c\n---\n", "jekyll", True, ["F004"]),
        ("a: b\ntitle: c\n---\n", "hexo", False, []),
        ("\n---\na: b\n---\n", "jekyll", True, ["F007"]),
        ("\n---\na: b\n---\n", "plain", False, ["F007"]),
        ("---\na: b\na: c\n---\n", "jekyll", False, ["Y106"]),
        ("---\n- a\n---\n", "plain", True, ["Y112"]),
        ("\n---\na: @\n---\n", "hugo", True, ["F007", "Y108"]),
    ],
)
def test_the_dialect_decides_what_is_broken(text: str, dialect: str, broken: bool, codes: list[str]) -> None:
    post = parse(text, "x.md", Dialect(dialect))
    assert isinstance(post, BrokenPost) is broken
    assert [problem.code for problem in post.problems] == codes


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        ("---\ndate: 2022-06-07\n2022: x\n---\nbody", {"date": date(2022, 6, 7), "2022": "x"}),
        ("---\ndate: 2022-06-07 07:17:20Z\n---\nbody", {"date": datetime(2022, 6, 7, 7, 17, 20, tzinfo=UTC)}),
        ("---\ndate: 2022-02-30\ntitle: x\n---\nbody", {"date": "2022-02-30", "title": "x"}),
        ('---\ntitle: "a"b"\n---\nbody', {"title": 'a"b'}),
        ("---\n- a\n---\nbody", {}),
        ("+++\na = 1\n+++\nbody", {"a": 1}),
        ('{"a": [1]}\nbody', {"a": [1]}),
        ("body", {}),
    ],
)
def test_a_post_for_python_frontmatter(text: str, metadata: dict[str, Any]) -> None:
    post = to_frontmatter(parse(text))
    assert isinstance(post, frontmatter.Post)
    assert (post.metadata, post.content) == (metadata, "body")


def test_a_post_of_python_frontmatter_keeps_the_order_of_its_keys() -> None:
    given_ = frontmatter.Post("正文\n", title="苏州: 驶上", date=date(2022, 6, 7), tags=["b", "a"], long="x " * 99)
    post = from_frontmatter(given_, "a.md")
    assert isinstance(post, Post)
    assert post.path == "a.md"
    assert serialize(post) == (
        "---\ntitle: '苏州: 驶上'\ndate: 2022-06-07\ntags:\n- b\n- a\nlong: '" + "x " * 99 + "'\n---\n正文\n"
    )
    assert post.data == {"title": "苏州: 驶上", "date": "2022-06-07", "tags": ["b", "a"], "long": "x " * 99}
    assert to_frontmatter(post).metadata == given_.metadata


def test_a_post_of_python_frontmatter_without_metadata() -> None:
    post = from_frontmatter(frontmatter.Post("body"))
    assert (serialize(post), post.data) == ("---\n---\nbody", {})


def test_what_pyyaml_would_not_read_back_is_escaped() -> None:
    post = from_frontmatter(frontmatter.Post("", title="苏\x85州"))
    assert serialize(post) == '---\ntitle: "\\u82CF\\N\\u5DDE"\n---\n'
    assert post.data == {"title": "苏\x85州"}


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text("abé苏 :#'\"-", min_size=1),
        st.text(st.characters(exclude_categories=["Cs"])) | st.integers() | st.none(),
    ),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_a_post_goes_to_python_frontmatter_and_back(metadata: dict[str, Any], body: str) -> None:
    given_ = frontmatter.Post(body)
    given_.metadata = metadata
    post = from_frontmatter(given_)
    assert (post.data, post.body, isinstance(post, Post)) == (metadata, body, True)
    assert to_frontmatter(post).metadata == metadata
