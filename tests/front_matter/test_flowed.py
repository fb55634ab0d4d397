"""Keys that run together on one line, told from words of prose that look like keys."""

import pytest

from newscli.front_matter import read
from newscli.front_matter.flowed import breaks, one_key_a_line

APART = [
    ("layout: post title: News date: 2022-06-07", ["layout: post", "title: News", "date: 2022-06-07"]),
    ('title: "News", draft: true', ['title: "News"', "draft: true"]),
    ("tags: [a, b] title: News", ["tags: [a, b]", "title: News"]),
    ("title: News; layout: post", ["title: News", "layout: post"]),
]
TOGETHER = [
    "title: A blind date: the story",
    "title: Name, type: heavy",
    'title: "News" and layout: post',
    "title: News title: News",
    'title: "layout: post"',
    "# layout: post title: News",
    "title: News",
]


@pytest.mark.parametrize(("line", "keys"), APART)
def test_keys_that_run_together_are_told_apart(line: str, keys: list[str]) -> None:
    assert [part.strip(" ,;") for part in one_key_a_line(line).splitlines()] == keys
    assert len(one_key_a_line(line)) == len(line)


@pytest.mark.parametrize("line", TOGETHER)
def test_prose_is_left_alone(line: str) -> None:
    assert breaks(line + "\n") == []


@pytest.mark.parametrize(
    ("block", "data", "code"),
    [
        ("title:News\ndate:2022-06-07\n", {"title": "News", "date": "2022-06-07"}, "Y107"),
        ("title：苏州\ntags：[a]\n", {"title": "苏州", "tags": "[a]"}, "Y107"),
        ('title = "News"\ndraft = true\n', {}, "Y107"),
        ("just a text:no more\n", {}, "Y112"),
        ("x = 1\n", {}, "Y112"),
    ],
)
def test_a_block_without_a_colon_and_a_blank(block: str, data: object, code: str) -> None:
    found = read(f"---\n{block}---\n")
    assert (found.data, found.faults[0].code) == (data, code)
