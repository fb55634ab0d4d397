from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter.loaders import LoadError, load_yaml
from newscli.front_matter.recovery import pieces, recover

TEXTS = st.lists(
    st.sampled_from(
        ["title", "tags", ": ", ":", "：", '"', "'", "\n", "\n", "\t", "- ", "苏州", " ", "\\", "[", "@", "|", "#"]
    )
    | st.sampled_from(["<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "||||||| c\n", "\r\n"])
).map("".join)


def recovered(block: str) -> tuple[dict[str, Any], str, int]:
    """What can be had of a block that does not parse, and the code and the place of what is wrong."""
    with pytest.raises(LoadError) as caught:
        load_yaml(block)
    data, fault = recover(block, caught.value.fault)
    assert "\n" not in fault.message
    return data, fault.code, fault.offset


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text())
def test_pieces_are_the_block_from_its_first_key_on(block: str) -> None:
    found = pieces(block)
    if "<<<<<<<" not in block and "=======" not in block and "|||||||" not in block and ">>>>>>>" not in block:
        assert "".join(piece.text for piece in found) == (block[found[0].start :] if found else "")
    for piece in found:
        assert piece.text[piece.key_at :].startswith(piece.key)
        assert piece.text[: piece.value_at].endswith(piece.colon)
        assert piece.text[piece.value_at :] == piece.value
        assert block[piece.start + piece.key_at :].startswith(piece.key)


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text())
def test_recovery_never_raises_and_points_into_the_block(block: str) -> None:
    try:
        load_yaml(block)
    except LoadError as error:
        _, fault = recover(block, error.fault)
        assert 0 <= fault.offset <= len(block)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["author: 李明", "tags: [a]", "date: 2022-06-07", "n: 1", "more:\n  x: y"]), unique=True)
)
def test_one_bad_value_costs_no_other_key(others: list[str]) -> None:
    block = "\n".join([*others[:2], 'title: "他说"好""', *others[2:], ""])
    data, code, offset = recovered(block)
    sound = load_yaml("\n".join([*others, ""]))[0]
    assert data == {**sound, "title": '他说"好"'}
    assert (code, offset) == ("Y102", block.index('"好'))


@pytest.mark.parametrize(
    ("block", "data", "code", "at"),
    [
        # The finews scraper's own fault.
        (
            'layout: post\ntitle: "他说"好""\ndate: 2022-06-07 07:17:20 +0800\ntags: 新华日报新闻\n',
            {"layout": "post", "title": '他说"好"', "date": "2022-06-07 07:17:20 +0800", "tags": "新华日报新闻"},
            "Y102",
            '"好',
        ),
        ("title: '它's'\ntags: a\n", {"title": "它's", "tags": "a"}, "Y102", "'s"),
        ('title: "a" b # c\n', {"title": 'a" b # c'}, "Y102", '" b'),
        ('title: "他说\\"好\\"" x\n', {"title": '他说"好"" x'}, "Y102", '" x'),
        ('"title": "a"b"\n', {"title": 'a"b'}, "Y102", '"b"'),
        ('title: "他说"好""\r\ntags: a\r\n', {"title": '他说"好"', "tags": "a"}, "Y102", '"好'),
        ('title: "苏州\ntags: a\n', {"title": "苏州", "tags": "a"}, "Y103", '"苏'),
        ("title: '苏州\n  驶上\ntags: a\n", {"title": "苏州 驶上", "tags": "a"}, "Y103", "'苏"),
        ("title: '苏州''\ntags: a\n", {"title": "苏州'", "tags": "a"}, "Y103", "'苏"),
        ("title: 苏州: 驶上\ntags: a\n", {"title": "苏州: 驶上", "tags": "a"}, "Y104", ": 驶"),
        ("title: a:\tb\nx: y: z\n", {"title": "a:\tb", "x": "y: z"}, "Y104", ":\tb"),
        ("tags:\n\t- a\n\t- b\ntitle: x\n", {"tags": ["a", "b"], "title": "x"}, "Y105", "\t- a"),
        ("extra:\n \tdeep: y\n", {"extra": "deep: y"}, "Y105", " \td"),
        ("title：苏州\ntags: a\n", {"title": "苏州", "tags": "a"}, "Y107", "：苏"),
        ("tags: a\ntitle:苏州\n", {"tags": "a", "title": "苏州"}, "Y107", ":苏"),
        ("title: @x\ntags: a\n", {"title": "@x", "tags": "a"}, "Y108", "@x"),
        ("title: `x`\n", {"title": "`x`"}, "Y108", "`x"),
        ("title:  %x\n", {"title": "%x"}, "Y108", "%x"),
        ("title: *x* y\n", {"title": "*x* y"}, "Y108", "*x"),
        ("title: !x y: z\n", {"title": "!x y: z"}, "Y108", "!x"),
        ("title: & x\n", {"title": "& x"}, "Y108", "& x"),
        ("title: , x\n", {"title": ", x"}, "Y108", ", x"),
        ("title: [快讯] 苏州\n", {"title": "[快讯] 苏州"}, "Y108", "[快"),
        ("title: {{ page.x }} y\n", {"title": "{{ page.x }} y"}, "Y108", "{{"),
        ("title: {{ page.x }}\n", {"title": "{{ page.x }}"}, "Y108", "{{"),
        ("title: > x\n", {"title": "> x"}, "Y108", "> x"),
        ("title: | x\n", {"title": "| x"}, "Y108", "| x"),
        ("title: ?x: y\n", {"title": "?x: y"}, "Y104", ": y"),
        ('title: "C:\\users"\ntags: a\n', {"title": "C:\\users", "tags": "a"}, "Y111", "\\u"),
        ('title: "\\d"\n', {"title": "\\d"}, "Y111", "\\d"),
        # Merge conflicts: our side counts.
        (
            "title: a\n<<<<<<< HEAD\ntags: b\n=======\ntags: c\nx: y\n>>>>>>> x\ndate: d\n",
            {"title": "a", "tags": "b", "date": "d"},
            "Y101",
            "<<<<<<<",
        ),
        (
            "<<<<<<< HEAD\r\ntags: b\r\n||||||| base\r\ntags: q\r\n=======\r\ntags: c\r\n>>>>>>> x\r\nz: @w",
            {"tags": "b", "z": "@w"},
            "Y101",
            "<<<<<<<",
        ),
        # Quotes within brackets.
        ('tags: ["a"b", c]\n', {"tags": '["a"b", c]'}, "Y102", '"b"'),
        ('tags: [a, "b]\ntitle: c\n', {"tags": '[a, "b]', "title": "c"}, "Y103", '"b]'),
        # What looks like a key within quotes that a later line closes.
        ('text: "a\nb (c): d\ne"\ntitle: @\n', {"text": "a b (c): d e", "title": "@"}, "Y108", "@"),
        # What is left to the parser's own words.
        ("tags:\n- a\n- 'b' c\ntitle: x\n", {"tags": ["a", "b' c"], "title": "x"}, "Y101", "c\ntitle"),
        ("title: x\nnested:\n  a: b\n   c: d\n", {"title": "x", "nested": "a: b c: d"}, "Y101", None),
        ("text: |\n  a\n b\ntitle: x\n", {"text": "| a b", "title": "x"}, "Y101", None),
        ("a: |2-\n x\nb: c\n", {"a": "|2- x", "b": "c"}, "Y101", None),
        ('title: "a"\nwrapped\ntags: b\n', {"title": 'a" wrapped', "tags": "b"}, "Y101", "wrapped"),
        ("title: - x\n", {"title": ["x"]}, "Y108", "- x"),
        (
            "title: a long\nline that wraps\ntags: a\n",
            {"title": "a long line that wraps", "tags": "a"},
            "Y101",
            "line that",
        ),
        ("? [a]\n: b\ntitle: x\n", {"title": "x"}, "Y101", "[a]"),
        ("<<: x\ntitle: y\n", {"title": "y"}, "Y101", "x"),
        ("a: &b c\nd: *b\ne: @\n", {"a": "c", "d": "*b", "e": "@"}, "Y108", "*b"),
        ("title: a\x00b\ntags: c\n", {"title": "a\x00b", "tags": "c"}, "F012", "\x00"),
        ("title: : x\ntitle: y\n", {"title": "y"}, "Y104", ": x\n"),
        ('key: "a\\\n"b"\n', {"key": '"a\\ "b"'.strip('"')}, "Y102", '"b"'),
        ("%YAML 1.1\n", {}, "Y101", None),
    ],
)
def test_causes_are_named_in_their_place_and_keys_recovered(
    block: str, data: dict[str, Any], code: str, at: str | None
) -> None:
    found, found_code, offset = recovered(block)
    assert (found, found_code) == (data, code)
    if at is not None:
        assert block[offset:].startswith(at)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('title: "a"b"\n', "the value of title ends at this quote; put the whole value between '…'"),
        ("title: 'a'b'\n", 'the value of title ends at this quote; put the whole value between "…"'),
        ("title: 'a\n", "the quote ' opened here is never closed"),
        ("title: a: b\n", "a colon in the value of title needs quotes"),
        ("a:\n\tb: c\n", "a tab in the indentation"),
        ("title：a\nb: c\n", "no colon and blank after the key title; write title: …"),
        ("title: @a\n", "the value of title starts with @, which YAML keeps for itself; quote it"),
        ("title: [a] b\n", "the value of title starts with [, which YAML reads as its own; quote it"),
        ('title: "\\q"\n', "\\q is no escape; put the value between '…'"),
        ("<<<<<<< a\nb: c\n", "an unresolved merge conflict"),
    ],
)
def test_the_message_says_what_to_do(block: str, words: str) -> None:
    with pytest.raises(LoadError) as caught:
        load_yaml(block)
    assert words in recover(block, caught.value.fault)[1].message


@pytest.mark.parametrize(
    ("block", "keys"),
    [
        ("", []),
        ("title: x\n  tags: y\n", ["title"]),
        ("a b: x\n'c d': y\n\"e\": z\n苏州：x\n", ["a b", "c d", "e", "苏州"]),
        ("http://x\na:b\nc://d\n2022: x\n- e: f\n# g: h\n", ["a"]),
        ("title:", ["title"]),
        ("x" * 65 + ": y\n", []),
    ],
)
def test_what_is_a_top_level_key(block: str, keys: list[str]) -> None:
    assert [piece.key for piece in pieces(block)] == keys
