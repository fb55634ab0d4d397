from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import NAMES, Dialect, diagnose, lookup, position, slug_of
from newscli.front_matter import Fault

BEIJING = timezone(timedelta(hours=8))
JEKYLL, HUGO, HEXO, PLAIN = (Dialect(name, BEIJING) for name in ("jekyll", "hugo", "hexo", "plain"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from("tag tags Tags category categories author authors taxonomies date draft published slug".split())


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(KEYS, VALUES),
    st.sampled_from(NAMES),
    st.sampled_from(["x.md", "a/_posts/2022-06-07-b.md", "_drafts/c.md"]),
)
def test_no_front_matter_is_too_odd_to_read(data: dict[str, Any], name: str, path: str) -> None:
    dialect = Dialect(name, BEIJING)
    for names in (dialect.tags_of(data), dialect.categories_of(data, path), dialect.authors_of(data)):
        assert "" not in names
        assert len(set(names)) == len(names)
        assert all(isinstance(name, str) for name in names)
    date, raw, reason = dialect.date_of(data, path)
    assert (raw is None) == (reason == "")
    assert date is None or (raw is None and date.tzinfo is not None)
    assert dialect.is_draft(data, path) in (True, False)
    assert slug_of(data, path)


# The readings of Jekyll were observed with Jekyll 4.3.1; there an empty name stays in the list, here it is none.
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, ()),
        ({"tags": "新华日报新闻"}, ("新华日报新闻",)),
        ({"tags": "a  b\ta"}, ("a", "b")),
        ({"tags": "AI, 芯片"}, ("AI,", "芯片")),
        ({"tags": ["a b", "c", "a b", None, ""]}, ("a b", "c")),
        ({"tags": ["a", ["b", None, "c"], "a"]}, ("a", "b", "c")),
        ({"tags": [2022, 1.5, True, False]}, ("2022", "1.5", "true", "false")),
        ({"tags": None}, ()),
        ({"tags": ""}, ()),
        ({"tags": []}, ()),
        ({"tags": True}, ()),
        ({"tag": "a b"}, ("a b",)),
        ({"tag": ["a", "b c"], "tags": "d"}, ("a", "b c")),
        ({"tag": "a", "tags": ["b"]}, ("a",)),
        ({"tag": None, "tags": ["b"]}, ("b",)),
        ({"tag": False, "tags": "a b"}, ("a", "b")),
        ({"tag": "", "tags": ["x"]}, ()),
        ({"Tags": "a"}, ()),
    ],
)
@pytest.mark.parametrize("dialect", [JEKYLL, PLAIN])
def test_tags_as_jekyll_reads_them(dialect: Dialect, data: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert dialect.tags_of(data) == expected


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({}, "_posts/a.md", ()),
        ({"categories": "a a b"}, "_posts/a.md", ("a", "b")),
        ({"category": "a b"}, "_posts/a.md", ("a b",)),
        ({"category": "c", "categories": ["a", "b"]}, "_posts/a.md", ("a", "b", "c")),
        ({"category": ["x", "y"], "categories": "x z"}, "_posts/a.md", ("x", "z", "y")),
        ({"category": False, "categories": "x y"}, "_posts/a.md", ("x", "y")),
        ({"category": ""}, "_posts/a.md", ()),
        ({}, "xinhuaribao/_posts/a.md", ("xinhuaribao",)),
        ({}, "a/b/_posts/c/d.md", ("a", "b")),
        ({}, "_posts/a/b.md", ()),
        ({"categories": "other news"}, "news/_posts/sub/a.md", ("news", "other")),
        ({}, "news/_drafts/a.md", ("news",)),
        ({}, "news/a.md", ()),
    ],
)
def test_categories_as_jekyll_reads_them(data: dict[str, Any], path: str, expected: tuple[str, ...]) -> None:
    assert JEKYLL.categories_of(data, path) == expected


@pytest.mark.parametrize("dialect", [HUGO, HEXO, PLAIN])
def test_only_under_jekyll_is_a_folder_a_category(dialect: Dialect) -> None:
    assert dialect.categories_of({"categories": ["x"]}, "news/_posts/a.md") == ("x",)


@pytest.mark.parametrize(
    ("data", "tags", "categories"),
    [
        ({"tags": "a b", "categories": " c d "}, ("a b",), ("c d",)),
        ({"tags": ["a", "b"], "categories": ["c", ["d", "e"]]}, ("a", "b"), ("c", "d", "e")),
        ({"tags": True}, ("true",), ()),
        ({"tag": "x", "category": "y"}, ("x",), ("y",)),
        ({"tags": {"name": "x"}, "categories": {"y": 1, "z": 2}}, ("x",), ("y", "z")),
        ({"taxonomies": {"tags": ["a"], "categories": ["c"]}}, ("a",), ("c",)),
        ({"tags": [], "taxonomies": {"tags": ["a"]}}, (), ()),
        ({"taxonomies": ["a"]}, (), ()),
        ({"taxonomies": {"tags": None}}, (), ()),
    ],
)
@pytest.mark.parametrize("dialect", [HUGO, HEXO, Dialect("astro")])
def test_terms_of_hugo_hexo_and_zola(
    dialect: Dialect, data: dict[str, Any], tags: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    assert dialect.tags_of(data) == tags
    assert dialect.categories_of(data, "a.md") == categories


def test_hugo_takes_keys_in_any_case_and_the_exact_one_first() -> None:
    data = {"Tags": ["a"], "CATEGORIES": ["b"], "Author": "c", "Date": "2022-06-07", "Draft": True}
    assert HUGO.tags_of(data) == ("a",)
    assert HUGO.categories_of(data, "x.md") == ("b",)
    assert HUGO.authors_of(data) == ("c",)
    assert HUGO.date_of(data, "x.md")[0] == datetime(2022, 6, 7, tzinfo=BEIJING)
    assert HUGO.is_draft(data, "x.md")
    assert HUGO.keyed({"tags": 1, "Tags": 2})["tags"] == 1
    assert HEXO.keyed(data) is data
    assert (HEXO.tags_of(data), HEXO.authors_of(data), HEXO.date_of(data, "x.md")) == ((), (), (None, None, ""))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"author": " 李明 "}, ("李明",)),
        ({"author": "李明, 王拓"}, ("李明, 王拓",)),
        ({"author": {"name": "a", "email": "b"}}, ("a",)),
        ({"authors": ["a", {"name": "b"}, ["c"], "a", None]}, ("a", "b", "c")),
        ({"author": "", "authors": "a"}, ("a",)),
        ({"author": "a", "authors": "b"}, ("a",)),
        ({"author": None}, ()),
        ({}, ()),
    ],
)
def test_authors(data: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert PLAIN.authors_of(data) == expected


def test_settings_say_which_keys_hold_the_terms() -> None:
    dialect = Dialect(
        "jekyll", tags=("topics", "taxonomies.topic", "key.words"), categories=("section",), authors=("by.name", "by")
    )
    assert dialect.tags_of({"topics": "a b", "tags": "c"}) == ("a", "b")
    assert dialect.tags_of({"taxonomies": {"topic": ["x y"]}}) == ("x y",)
    assert dialect.tags_of({"key.words": "dotted"}) == ("dotted",)
    assert dialect.tags_of({"tags": "a", "tag": "b"}) == ()
    assert dialect.categories_of({"section": "s", "categories": "c"}, "n/_posts/a.md") == ("n", "s")
    assert dialect.categories_of({"categories": "c"}, "a.md") == ()
    assert dialect.authors_of({"by": {"name": "李明"}, "author": "x"}) == ("李明",)
    assert dialect.authors_of({"by": "王拓"}) == ("王拓",)
    assert Dialect("hugo", tags=("topics",)).tags_of({"topics": "a b"}) == ("a b",)


@pytest.mark.parametrize(
    ("data", "key", "expected"),
    [
        ({"a": 1}, "a", 1),
        ({"a": {"b": {"c": 1}}}, "a.b.c", 1),
        ({"a.b": 1, "a": {"b": 2}}, "a.b", 1),
        ({"a": {"b.c": 1}}, "a.b.c", 1),
        ({"a": 1}, "a.b", None),
        ({"a": [1]}, "a.0", None),
        ({}, "a", None),
    ],
)
def test_looking_up_a_key(data: dict[str, Any], key: str, expected: object) -> None:
    assert lookup(data, key) == expected


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({"date": "2022-06-07 07:17:20 +0800"}, "x.md", datetime(2022, 6, 7, 7, 17, 20, tzinfo=BEIJING)),
        ({"date": "2022-06-07 07:17:20"}, "x.md", datetime(2022, 6, 7, 7, 17, 20, tzinfo=BEIJING)),
        ({"date": "2022-06-07T07:17:20Z"}, "2021-01-01-x.md", datetime(2022, 6, 7, 7, 17, 20, tzinfo=UTC)),
        ({}, "_posts/2022-06-07-x.md", datetime(2022, 6, 7, tzinfo=BEIJING)),
        ({"date": None}, "2017-1-11-x.md", datetime(2017, 1, 11, tzinfo=BEIJING)),
        ({"date": ""}, "2022-06-07-x.md", datetime(2022, 6, 7, tzinfo=BEIJING)),
        ({}, "2022-06-07/x.md", None),
        ({}, "x.md", None),
    ],
)
def test_dates(data: dict[str, Any], path: str, expected: datetime | None) -> None:
    found = PLAIN.date_of(data, path)
    assert found == (expected, None, "")
    assert found[0] is None or expected is None or found[0].utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("data", "path", "raw"),
    [
        ({"date": "tuesday"}, "2022-06-07-x.md", "tuesday"),
        ({"date": "2022-02-30"}, "x.md", "2022-02-30"),
        ({"date": " +0800"}, "x.md", " +0800"),
        ({"date": 20220607}, "x.md", "20220607"),
        ({"date": ["2022-06-07"]}, "x.md", "['2022-06-07']"),
        ({}, "_posts/2022-13-45-x.md", "2022-13-45-x.md"),
    ],
)
def test_a_date_that_cannot_be_read_is_kept_raw_with_the_reason(data: dict[str, Any], path: str, raw: str) -> None:
    date, kept, reason = PLAIN.date_of(data, path)
    assert (date, kept) == (None, raw)
    assert reason


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({}, "_posts/a.md", False),
        ({"draft": True}, "a.md", True),
        ({"draft": False}, "a.md", False),
        ({"draft": "true"}, "a.md", False),
        ({"published": False}, "a.md", True),
        ({"published": True}, "a.md", False),
        ({"published": None}, "a.md", False),
        ({}, "_drafts/a.md", True),
        ({}, "news/_drafts/a.md", True),
        ({"draft": False}, "_drafts/a.md", True),
        ({}, "my_drafts/a.md", False),
        ({}, "_drafts.md", False),
    ],
)
def test_drafts(data: dict[str, Any], path: str, expected: bool) -> None:
    assert PLAIN.is_draft(data, path) is expected
    assert Dialect(drafts=True).is_draft(data, path) is True


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({}, "_posts/2022-06-07-NW202206072403079281.md", "NW202206072403079281"),
        ({}, "_posts/2017-1-1-a.b.markdown", "a.b"),
        ({}, "_posts/-202205262391921712.md", "-202205262391921712"),
        ({"slug": " x y "}, "a.md", "x y"),
        ({"slug": "  "}, "a.md", "a"),
        ({"slug": 7}, "a.md", "a"),
        ({}, "posts/my-bundle/index.md", "my-bundle"),
        ({}, "posts/2022-06-07-my-bundle/index.md", "my-bundle"),
        ({}, "posts/_index.md", "posts"),
        ({}, "index.md", "index"),
        ({}, "2022-06-07-.md", "2022-06-07-"),
        ({}, "name", "name"),
        ({}, ".md", ".md"),
    ],
)
def test_slugs(data: dict[str, Any], path: str, expected: str) -> None:
    assert slug_of(data, path) == expected


@pytest.mark.parametrize(
    ("name", "code", "message", "expected"),
    [
        ("jekyll", "F004", "only Hexo reads this", Severity.ERROR),
        ("hexo", "F004", "only Hexo reads this", None),
        ("hexo", "F004", "no fences", Severity.ERROR),
        ("jekyll", "F007", "", Severity.ERROR),
        ("hugo", "F007", "", Severity.WARNING),
        ("plain", "F007", "", Severity.WARNING),
        ("jekyll", "Y106", "", Severity.WARNING),
        ("plain", "Y102", "", Severity.ERROR),
    ],
)
def test_how_much_a_fault_matters(name: str, code: str, message: str, expected: Severity | None) -> None:
    assert Dialect(name).severity(Fault(code, 0, message)) == expected


def test_faults_become_diagnostics_with_line_and_column() -> None:
    faults = (Fault("F004", 0, "only Hexo reads this"), Fault("Y106", 11, "twice"))
    twice = Diagnostic("a.md", 3, 2, "Y106", Severity.WARNING, "twice")
    first = Diagnostic("a.md", 1, 1, "F004", Severity.ERROR, "only Hexo reads this")
    assert diagnose("1234\n6789\nab", "a.md", faults, JEKYLL) == (first, twice)
    assert diagnose("1234\n6789\nab", "a.md", faults, HEXO) == (twice,)


def test_the_message_of_a_diagnostic_can_be_written_whatever_it_names() -> None:
    (problem,) = diagnose("", "a.md", [Fault("Y108", 0, "the value of 苏\udcff")], JEKYLL)
    assert problem.message == "the value of 苏?"


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("abc", 3, (1, 4)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\rc", 4, (3, 1)),
        ("a\rb\nc", 2, (1, 3)),
        ("苏😀x", 2, (1, 3)),
        ("\ufeffab", 0, (1, 1)),
        ("\ufeffab", 1, (1, 1)),
        ("\ufeffab", 2, (1, 2)),
        ("\ufeffa\nb", 3, (2, 1)),
    ],
)
def test_a_position(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert position(text, offset) == expected


@settings(max_examples=200, deadline=None)
@given(st.text("ab\n\r苏\ufeff", max_size=20), st.data())
def test_a_position_is_what_counting_gives(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = 1, 1
    for place, character in enumerate(text[:offset]):
        if character == ("\n" if "\n" in text else "\r"):
            line, column = line + 1, 1
        elif place or character != "\ufeff":
            column += 1
    assert position(text, offset) == (line, column)


@pytest.mark.parametrize(
    ("data", "day"),
    [
        ({"pubDate": "Jul 08 2022"}, 8),
        ({"pubDatetime": "2022-07-08T07:17:20Z"}, 8),
        ({"publishDate": "2022-07-08"}, 8),
        ({"pubDate": "2022-07-09", "date": "2022-07-08"}, 8),
        ({"updatedDate": "2022-07-08"}, None),
    ],
)
def test_astro_has_names_of_its_own_for_the_date(data: dict[str, Any], day: int | None) -> None:
    found, raw, _ = Dialect("astro").date_of(data, "src/content/blog/a.md")
    assert (found.day if found else None, raw) == (day, None)
    assert HUGO.date_of({"pubDate": "2022-07-08"}, "a.md") == (None, None, "")
