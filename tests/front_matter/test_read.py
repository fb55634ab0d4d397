from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter import FrontMatter, read
from newscli.front_matter.plain import read_plain
from newscli.front_matter.spans import locate

PIECES = st.sampled_from(
    '--- --- +++ ... ;;; { } title:~x title:~ date:~2022-06-07 tags: -~a "title":~"x", x~=~1 [t] &a~ *a 苏州 "'.split()
).map(lambda piece: piece.replace("~", " ")) | st.sampled_from(["\n", "\n", "\n", "\r\n", *"\r\ufeff\ud800\x00\t:'"])
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join)
FENCED = st.tuples(st.sampled_from(["---", "+++"]), TEXTS).map(
    lambda parts: f"{parts[0]}\n{parts[1]}\n{parts[0]}\nbody"
)


@settings(max_examples=200, deadline=None)
@given(TEXTS | FENCED)
def test_reading_and_locating_never_raise(text: str) -> None:
    found = read(text)
    assert text[found.start : found.start + len(found.text)] == found.text
    assert found.start + len(found.text) <= found.body <= len(text)
    assert all(0 <= fault.offset <= len(text) for fault in found.faults)
    assert isinstance(found.data, dict)
    for span in locate(found).values():
        assert 0 <= span.start <= span.end <= len(text)
        assert 0 <= span.key_start <= span.key_end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_reading_the_head_is_reading_the_whole(text: str) -> None:
    whole = f"---\n{text}\n---\nbody"
    found = read(whole)
    assert read(whole[: found.body]) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prose\n", {}),
        ("---\ntitle: x\n---\n", {"title": "x"}),
        ("---\n---\n", {}),
        ("---\nx: [1, yes]\n---\n", {"x": [1, True]}),
        ("\ufeff---\r\ntitle: x\r\n---\r\n", {"title": "x"}),
        ("+++\ndate = 2022-06-07\n+++\n", {"date": "2022-06-07"}),
        ('{"a": 1}\n', {"a": 1}),
        ('"a": 1\n;;;\n', {"a": 1}),
        ("title: x\n---\n", {"title": "x"}),
        ("---\rtitle: x\rtags: [1]\r---\r", {"title": "x", "tags": [1]}),
        ('---\rtitle: "a"b"\rtags: [1]\r---\r', {"title": 'a"b', "tags": [1]}),
        ("---\n- a\n---\n", {}),
        ("+++\na = \n+++\n", {}),
        ('{"a": ,\n}\n', {}),
    ],
)
def test_every_format_is_read(text: str, expected: dict[str, Any]) -> None:
    assert read(text).data == expected


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("---\ntitle: x\n---\n", []),
        ("prose", [("F005", 0)]),
        ("---\ntitle: @x\n---\n", [("Y108", 11)]),
        ("\ufeff---\na: b\na: c\n---\n", [("Y106", 10)]),
        ("\n---\ntitle: @x\n---\n", [("F007", 0), ("Y108", 12)]),
        ("---\rtitle: @x\r---\r", [("F003", 3), ("Y108", 11)]),
        ("title: @x\n---\n", [("F004", 0), ("Y108", 7)]),
        ("---\ntitle: @x\n", [("F006", 0), ("Y108", 11)]),
        ("---\ntitle: @x\n----\n", [("F009", 14), ("Y108", 11)]),
        ("---\n- a\n---\n", [("Y112", 4)]),
        ("+++\na = 1\nb = \n+++\n", [("Y101", 14)]),
        ("\ufeff" + '{"a": ,\n}\n', [("Y101", 7)]),
        ('"a": ,\n;;;\n', [("F004", 0), ("Y101", 5)]),
    ],
)
def test_faults_point_into_the_file(text: str, faults: list[tuple[str, int]]) -> None:
    assert [(fault.code, fault.offset) for fault in read(text).faults] == faults


def test_the_whole_of_it() -> None:
    text = "---\ntitle: 苏州\n---\nbody\n"
    block = "title: 苏州\n"
    assert read(text) == FrontMatter("yaml", block, 4, 18, {"title": "苏州"}, ())
    assert read_plain(block) == {"title": "苏州"}
    assert read("prose") == FrontMatter("", "", 0, 0, {}, read("prose").faults)
