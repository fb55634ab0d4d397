"""Broken YAML mended: what comes out, and whether that is plain or a guess."""

from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.fixes.blocks import mendings

SAFE = [
    ('title: "他说"好""\n', {"title": '他说"好"'}),
    ("title: '它's 好'\n", {"title": "它's 好"}),
    ("title: 苏州: 驶上\n", {"title": "苏州: 驶上"}),
    ('title: a "b": c\n', {"title": 'a "b": c'}),
    ("title: @苏州\n", {"title": "@苏州"}),
    ("title: `code` 好\n", {"title": "`code` 好"}),
    ("title: **重磅** 消息\n", {"title": "**重磅** 消息"}),
    ("title: %50 增长\n", {"title": "%50 增长"}),
    ("title: [快讯] 苏州\n", {"title": "[快讯] 苏州"}),
    ("title: {{ page.x }}\n", {"title": "{{ page.x }}"}),
    ("title: > 苏州\n", {"title": "> 苏州"}),
    ("title：苏州\n", {"title": "苏州"}),
    ("date:2019-07-16\n", {"date": "2019-07-16"}),
    ("a: 1\nseo:\n\tdescription: x\n", {"a": 1, "seo": {"description": "x"}}),
    ('excerpt: "one\nTwo (PA): three\nfour"\nb: @c\n', {"excerpt": "one Two (PA): three four", "b": "@c"}),
]
GUESSED = [
    ('title: "苏州\nlayout: post\n', {"title": "苏州", "layout": "post"}),
    ("title: \"a b c'\n", {"title": "a b c"}),
    ('title: "all of it.""\n', {"title": "all of it."}),
    ('title: "A" and "B"\n', {"title": '"A" and "B"'}),
    ("title: “a: b”\n", {"title": "a: b"}),
    ("title: “one\ntwo words”\nb: 1\n", {"title": "one two words", "b": 1}),
    ("summary: one\ntwo words\nb: c\n", {"summary": "one two words", "b": "c"}),
    ("tags:\n- a\n-b\n", {"tags": ["a", "b"]}),
    ("tags:\n  * a\n  * b\n", {"tags": ["a", "b"]}),
    ("tags\n- a\n", {"tags": ["a"]}),
    ("a: b\n# tags:\n  - c\n", {"a": "b", "tags": ["c"]}),
    ("a: b\n tags:\n  - c\n", {"a": "b", "tags": ["c"]}),
    ("a:\n  - x: 1\n   y: 2\n", {"a": [{"x": 1, "y": 2}]}),
    ('title: "it\\\'s"\n', {"title": "it's"}),
    ('image: "C:\\users\\x"\n', {"image": "C:\\users\\x"}),
    ("x: !ruby/object:Object {}\n", {"x": {}}),
    ('signature: [] ""\n', {"signature": []}),
    ('a: "b"\n\nA stray text.\n\nc: d\n', {"a": "b", "c": "d"}),
    ("/a/path/\nb: c\n", {"b": "c"}),
    ("authors: - Sara Cope\n", {"authors": ["Sara Cope"]}),
    ("tags: [a, b\n", {"tags": ["a", "b"]}),
    ('tags: ["a"b", \'c\', d]\n', {"tags": ['a"b', "c", "d"]}),
    ('tags: [a, "b]\n', {"tags": ["a", "b"]}),
    ("excerpt: one two\n  and so: three\nb: c\n", {"excerpt": "one two and so: three", "b": "c"}),
]


def mended(block: str) -> tuple[str, bool]:
    found = mendings(block)
    for one in reversed(found):
        assert one.start >= 0, one.fault.message
        block = block[: one.start] + one.text + block[one.end :]
    return block, all(one.safe for one in found)


def load(block: str) -> object:
    return yaml.load(block, yaml.BaseLoader) if "2019" in block else yaml.safe_load(block)


@pytest.mark.parametrize(("block", "data"), SAFE)
def test_what_was_meant_is_plain(block: str, data: object) -> None:
    text, safe = mended(block)
    assert (load(text), safe) == (data, True)


@pytest.mark.parametrize(("block", "data"), GUESSED)
def test_what_was_meant_is_a_guess(block: str, data: object) -> None:
    text, safe = mended(block)
    assert (load(text), safe) == (data, False)


def test_each_key_is_mended_by_itself() -> None:
    block = 'title: "a "b" c"\nlayout: post # as ever\nsummary: d: e\n'
    text, safe = mended(block)
    assert text == 'title: \'a "b" c\'\nlayout: post # as ever\nsummary: "d: e"\n'
    assert safe


def test_a_merge_conflict_is_reported_and_never_resolved() -> None:
    (found,) = mendings("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n")
    assert (found.fault.code, found.fault.offset, found.start) == ("Y101", 5, -1)


def test_what_cannot_be_mended_has_no_edit() -> None:
    (found,) = mendings("a: [{]}\n")
    assert found.start in (-1, 3)


def test_an_alias_of_another_key_is_no_fault() -> None:
    assert [one.key for one in mendings('a: &x [1]\nb: *x\nc: "d"e"\n')] == ["c"]


def test_line_ends_stay() -> None:
    text, _ = mended("title: a: b\r\nlayout: post\r\n")
    assert text == 'title: "a: b"\r\nlayout: post\r\n'


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1
    )
)
def test_a_title_between_quotes_comes_out_as_it_was(text: str) -> None:
    """Law: whatever stands between quotes on its line is the title, if it is mended as safe."""
    block = f'title: "{text}"\nlayout: post\n'
    found = mendings(block)
    for one in reversed(found):
        if one.start >= 0:
            block = block[: one.start] + one.text + block[one.end :]
    if found and all(one.safe and one.start >= 0 for one in found) and "\\" not in text:
        assert yaml.safe_load(block) == {"title": text, "layout": "post"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab \"':#-\n\t[]{}&*!|>%@`?,\\苏：“”"), max_size=60))
def test_mending_never_raises_and_what_it_mends_parses(block: str) -> None:
    for one in mendings(block):
        if one.start >= 0:
            assert block[: one.start] + one.text + block[one.end :] != block


def test_a_long_list_is_not_tried_line_by_line() -> None:
    """Each try parses all of it: with one for each of its 3,000 lines that took half a minute."""
    before = process_time()
    mendings("tags:\n" + "- a\n" * 3000 + '"bad" x\n')
    assert process_time() - before < 10
