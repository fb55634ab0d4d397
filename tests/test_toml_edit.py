import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.toml_edit import EditError, iter_names, set_key

FILE = """\
# Settings of the archive
limit = 20   # a screenful
sort = "date-"

[fields]  # keys
tags = [
  "topics", # first
  'taxonomies.tags',
]

[queries]
"hot news" = "date:7d.. # not a remark"

[[validate.collections]]
glob = "a"

[[validate.collections]]
glob = "b"
"""


def test_names_are_found_with_their_lines() -> None:
    assert [each for each in iter_names(FILE.splitlines()) if each[0] != 6] == [
        (1, "limit", False),
        (2, "sort", False),
        (4, "fields", True),
        (5, "fields.tags", False),
        (10, "queries", True),
        (11, "queries.hot news", False),
        (13, "validate.collections", True),
        (14, "validate.collections.glob", False),
        (16, "validate.collections", True),
        (17, "validate.collections.glob", False),
    ]


@pytest.mark.parametrize(
    ("table", "key", "value", "old", "new"),
    [
        ("", "limit", 7, "limit = 20   # a", "limit = 7   # a"),
        ("", "sort", "title", '"date-"', '"title"'),
        ("fields", "tags", ("a", "b"), "tags = [\n  \"topics\", # first\n  'taxonomies.tags',\n]", 'tags = ["a", "b"]'),
        ("", "fields.tags", (), "[\n  \"topics\", # first\n  'taxonomies.tags',\n]", "[]"),
        ("queries", "hot news", "#", '"date:7d.. # not a remark"', '"#"'),
        ("", "color", "never", 'sort = "date-"\n', 'sort = "date-"\ncolor = "never"\n'),
        ("fields", "authors", ("by",), "',\n]\n", '\',\n]\nauthors = ["by"]\n'),
        ("queries", "新", "x", 'remark"\n', 'remark"\n"新" = "x"\n'),
    ],
)
def test_only_the_value_changes(table: str, key: str, value: str | int | tuple[str, ...], old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert set_key(FILE, table, key, value) == FILE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        ("", "", "limit = 7\n"),
        ("", "tool.newscli", "[tool.newscli]\nlimit = 7\n"),
        ("# only a remark\n", "", "# only a remark\nlimit = 7\n"),
        ("# about a\n[a]\n", "", "limit = 7\n\n# about a\n[a]\n"),
        ("# head\n\n# about a\n[a]\n", "", "# head\n\nlimit = 7\n# about a\n[a]\n"),
        ("[a]\n# about b\n[b]\n", "a", "[a]\nlimit = 7\n# about b\n[b]\n"),
        ("[a]\nx = 1\n# y = 2\n\n[b]\n", "a", "[a]\nx = 1\nlimit = 7\n# y = 2\n\n[b]\n"),
        ("[fields]\ntags = []\n", "", "limit = 7\n\n[fields]\ntags = []\n"),
        ("sort = 'x'", "", "sort = 'x'\nlimit = 7\n"),
        ("sort = 'x'\r\n", "", "sort = 'x'\r\nlimit = 7\r\n"),
        ("sort = 'x'\n\n# about fields\n[fields]\n", "", "sort = 'x'\nlimit = 7\n\n# about fields\n[fields]\n"),
        ("[a]\nx = 1\n", "b", "[a]\nx = 1\n\n[b]\nlimit = 7\n"),
        ("[a]\n[a.b]\nx = 1\n", "a", "[a]\nlimit = 7\n[a.b]\nx = 1\n"),
        ("[a.b]\nx = 1\n", "a", "[a.b]\nx = 1\n\n[a]\nlimit = 7\n"),
        ("['a'.\"b\"]\nx = 1\n", "a.b", "['a'.\"b\"]\nx = 1\nlimit = 7\n"),
        ("", "a b", '["a b"]\nlimit = 7\n'),
        ("a.limit = 1 #x\n", "a", "a.limit = 7 #x\n"),
        ("\ufefflimit=1\n", "", "\ufefflimit=7\n"),
        ("  limit\t=\t1\n", "", "  limit\t=\t7\n"),
        ('limit = """\na\n"""\n', "", "limit = 7\n"),
        ("limit = '#' # '#'\n", "", "limit = 7 # '#'\n"),
        ("limit = 1 # ✓", "", "limit = 7 # ✓\n"),
    ],
)
def test_where_a_key_goes(text: str, table: str, expected: str) -> None:
    assert set_key(text, table, "limit", 7) == expected


@pytest.mark.parametrize(
    ("text", "table", "reason"),
    [
        ("limit = \n", "", "not TOML"),
        ("a = {x = 1}\n", "a", "not TOML"),
        ("a = 3\n", "a", "not TOML"),
        ("x = '''\nlimit = 1\n'''\n", "", "limit cannot be set without another change"),
        ("x = '''\nlimit = [\n'''\n", "", "line 2 is no key and value"),
        ("[[a]]\nlimit = 1\n[[a]]\nlimit = 2\n", "a", "a.limit cannot be set without another change"),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str, table: str, reason: str) -> None:
    with pytest.raises(EditError) as caught:
        set_key(text, table, "limit", 7)
    assert str(caught.value).startswith(reason)


keys = st.sampled_from(["limit", "a.b", "a.c", "q.热 点", "q.x-y"])
values = st.one_of(st.integers(0, 99), st.text(max_size=8), st.lists(st.text(max_size=4), max_size=3).map(tuple))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(keys, values), max_size=6))
def test_whatever_is_set_is_read_back(assignments: list[tuple[str, str | int | tuple[str, ...]]]) -> None:
    text = "# head\n"
    for name, value in assignments:
        table, _, key = name.rpartition(".")
        text = set_key(text, table, key, value)
    for name, value in dict(assignments).items():
        found: Any = tomllib.loads(text)
        for part in name.split("."):
            found = found[part]
        assert found == (list(value) if isinstance(value, tuple) else value)
    assert text.count("# head\n") == 1


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["limit", "sort", "color", "fields.authors", "queries.hot news", "queries.new", "index.path"]),
    values,
)
def test_the_other_lines_stay_as_they_are(name: str, value: str | int | tuple[str, ...]) -> None:
    table, _, key = name.rpartition(".")
    before = FILE.splitlines()
    after = set_key(FILE, table, key, value).splitlines()
    changed = [line for line in after if line not in before]
    kept = [line for line in after if line in before and line]
    assert kept == [line for line in before if line in after and line]
    assert len(changed) <= (2 if table == "index" else 1)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="a=[]'\"#.\n {},1", max_size=30))
def test_any_text_is_edited_rightly_or_refused(text: str) -> None:
    try:
        edited = set_key(text, "", "limit", 7)
    except EditError:
        return
    assert tomllib.loads(edited) == tomllib.loads(text) | {"limit": 7}
