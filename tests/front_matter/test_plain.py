from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter.loaders import LoadError, load_yaml
from newscli.front_matter.plain import read_plain

WORDS = st.sampled_from(
    "y n Y N yes no Yes NO true false True FALSE on off On OFF null Null NULL ~ .inf -.inf .nan .NaN = << "
    "0 7 -1 +1 0o7 0777 0x1F 0b1 1_000 1.5 1e3 1.0e+3 .5 5. 12:30 1:2:3 190:20:30.15 2022 20220607 2022-06 "
    "2022-06-07 2022-6-7 2022-06-07T07:17:20Z 2022-13-45 2022-1:30 5G 3月 2021年10月01日 6，7 e3 Infinity NaN __ "
    "_1 a 苏州 title é".split()
)
DATES = st.sampled_from(["2022-06-07 07:17:20 +0800", "2022-06-07 07:17:20", "2022-06-07 07:17", "2022年6月7日"])
MARKS = st.sampled_from([*"-?:,[]{}#&*!|>'\"%@`<=~\\/.()_$^;+ \t", ": ", " #", "- ", ":\t", "--- ", "...", "''"])
ODD = st.sampled_from(
    "\u3000\u00a0\u0085\u2028\u2029\ufeff\ufffe\uffff\x00\x1b\x7f\r\x0b\x0c\u200b，：“”😀\ud800\ufffd\u00ad"
)
TEXT = st.lists(WORDS | DATES | MARKS | ODD | st.text(max_size=3), max_size=5).map("".join)
BLANKS = st.sampled_from(["", "", "", " ", "  ", "\t"])


@st.composite
def quoted(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from("'\""))
    return quote + draw(TEXT).replace(quote, draw(st.sampled_from(["", quote, quote * 2, "\\" + quote]))) + quote


@st.composite
def flow(draw: st.DrawFn) -> str:
    items = draw(st.lists(TEXT | WORDS | quoted(), max_size=4))
    return draw(st.sampled_from(["[%s]", "[%s]", "[ %s ]", "[%s", "{%s}"])) % draw(
        st.sampled_from([", ", ",", " ,", "\n  "])
    ).join(items)


VALUES = WORDS | DATES | TEXT | quoted() | flow() | st.sampled_from(["", "|", ">-", "&a", "*a", "!!str 1"])
KEYS = st.sampled_from(["title", "date", "tags", "a-b", "_x", "k1", "tags"]) | WORDS | TEXT
ITEMS = st.tuples(
    st.sampled_from(["", "", "  ", " ", "    ", "\t"]), st.sampled_from(["- ", "-  ", "-", "- - "]), VALUES, BLANKS
).map("".join)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of a block or a few of them: a key, mostly with a value or a list below it."""
    kind = draw(st.integers(0, 9))
    key, colon = draw(KEYS), draw(st.sampled_from([": ", ": ", ":", ":  ", " : ", ":\t"]))
    if kind < 6:
        return f"{draw(BLANKS) if kind == 5 else ''}{key}{colon}{draw(VALUES)}{draw(BLANKS)}"
    if kind < 9:
        indent = draw(st.sampled_from([None, "", "  "]))
        items = draw(st.lists(ITEMS, max_size=4))
        items = items if indent is None else [indent + item.strip(" \t") for item in items]
        return "\n".join([f"{key}:{draw(BLANKS)}", *items])
    return draw(TEXT)


BLOCKS = st.tuples(st.lists(lines(), max_size=4).map("\n".join), st.sampled_from(["", "\n", "\n\n", " "])).map("".join)


def with_libyaml(block: str) -> Any:
    """What libyaml makes of a block, dates left out of account."""

    class WithoutDates(yaml.CSafeLoader):
        pass

    WithoutDates.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":timestamp")]
        for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(block, Loader=WithoutDates) or {}


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_what_the_fast_path_answers_is_what_yaml_says(block: str) -> None:
    answer = read_plain(block)
    if answer is not None:
        assert load_yaml(block) == (answer, None)
        assert with_libyaml(block) == answer
        assert list(answer) == list(with_libyaml(block))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["  - ", "- ", "-  "]), VALUES).map("".join), min_size=1, max_size=3))
def test_items_that_the_fast_path_reads_are_what_yaml_says(items: list[str]) -> None:
    block = "\n".join(["tags:", *items])
    answer = read_plain(block)
    if answer is not None:
        assert load_yaml(block) == (answer, None)
        assert with_libyaml(block) == answer


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("title: 苏州驶上科技招商快车道\n", {"title": "苏州驶上科技招商快车道"}),
        ("title: 苏州", {"title": "苏州"}),
        ("title:   a b  c  \n", {"title": "a b  c"}),
        ("title:\nlayout: \n", {"title": None, "layout": None}),
        ('title: it\'s "so"\n', {"title": 'it\'s "so"'}),
        ("title: a:b c#d 10:30\n", {"title": "a:b c#d 10:30"}),
        ("title: 3月，5只基金\n", {"title": "3月，5只基金"}),
        ("date: 2022-06-07 07:17:20 +0800\n", {"date": "2022-06-07 07:17:20 +0800"}),
        ("date: 2022-06-07\n", {"date": "2022-06-07"}),
        ("title: '他说\"好\"'\n", {"title": '他说"好"'}),
        ("title: \"a: b # 'c'\" \n", {"title": "a: b # 'c'"}),
        ("tags: [新华日报, AI, 'x: y', \"\"]\n", {"tags": ["新华日报", "AI", "x: y", ""]}),
        ("tags: []\nmore: [ ]\n", {"tags": [], "more": []}),
        ("tags:\n- a\n- 'b'\n", {"tags": ["a", "b"]}),
        ('tags: \n  - 苏州 \n  -  "x"\nlayout: post\n', {"tags": ["苏州", "x"], "layout": "post"}),
        ("tags:\n  - [a, b]\n", None),
    ],
)
def test_plain_lines_are_read(block: str, expected: dict[str, Any] | None) -> None:
    assert read_plain(block) == expected


@pytest.mark.parametrize(
    "block",
    [
        "title: no\n",
        "title: Null\n",
        "title: 2022\n",
        "title: 12:30\n",
        "title: 1e3\n",
        "title: ~\n",
        "title: =\n",
        "title: 芯片 #1\n",
        "title: 苏州: 驶上\n",
        "title: 苏州:\n",
        "title: @x\n",
        "title: *x\n",
        "title: [快讯] 苏州\n",
        "title: {a: b}\n",
        "title: |\n  text\n",
        'title: "a\\nb"\n',
        "title: '它's'\n",
        "title: 'it''s'\n",
        'title: "他说"好""\n',
        "title: a\n  b\n",
        "title: a\tb\n",
        "title: a\r\n",
        "title: a\u2028b\n",
        "title: a\x85b\n",
        "title: a\ufeffb\n",
        "title: a\ud800\n",
        "title: a\x00\n",
        "",
        " title: a\n",
        "title : a\n",
        "title:a\n",
        "title\n",
        "on: push\n",
        "y: 1\n",
        "2022: a\n",
        "标题: a\n",
        "a.b: c\n",
        '"title": a\n',
        "title: a\ntitle: b\n",
        "# a remark\ntitle: a\n",
        "\n",
        "title: a\n\nlayout: post\n",
        "tags: [a, b: c]\n",
        "tags: [a, yes]\n",
        "tags: [a,, b]\n",
        "tags: [a, b,]\n",
        "tags: [a, 1]\n",
        "tags: ['a, b']\n",
        'tags: ["a\\n"]\n',
        "tags: ['a'b']\n",
        "tags: [a?]\n",
        "tags: [it's]\n",
        "tags: [a #b]\n",
        "tags: [',']\n",
        "tags: [a]]\n",
        "tags:\n- a\n - b\n",
        "tags:\n-\n- b\n",
        "tags:\n- a: b\n",
        "tags:\n- a:\n",
        "tags:\n- yes\n",
        "tags:\n- - a\n",
        "tags:\n- 5G - 未来\n",
        "tags:\n- 'a' - b\n",
        "tags:\n- @x - y\n",
        'tags:\n- "a\\"\n',
        "tags: a\n- b\n",
    ],
)
def test_what_yaml_may_read_otherwise_is_left_to_it(block: str) -> None:
    assert read_plain(block) is None


def test_nearly_all_of_a_real_front_matter_is_plain() -> None:
    block = (
        "layout: post\n"
        'title: "苏州驶上科技招商快车道"\n'
        "date: 2022-06-07 07:17:20 +0800\n"
        "categories: xinhuaribao\n"
        "tags: 新华日报新闻\n"
        "description: 　　记者 王拓, 通讯员：“李明”（苏州）\n"
    )
    assert read_plain(block) == {
        "layout": "post",
        "title": "苏州驶上科技招商快车道",
        "date": "2022-06-07 07:17:20 +0800",
        "categories": "xinhuaribao",
        "tags": "新华日报新闻",
        "description": "　　记者 王拓, 通讯员：“李明”（苏州）",
    }


def test_what_yaml_refuses_the_fast_path_does_not_answer() -> None:
    block = "tags:\n- 'a' - b\n"
    with pytest.raises(LoadError):
        load_yaml(block)
    assert read_plain(block) is None
