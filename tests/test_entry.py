import json
import math
import os
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import NAMES, Dialect
from newscli.entry import ID_LENGTH, Entry, json_values, post_id, summarize, unreadable

BEIJING = timezone(timedelta(hours=8))
JEKYLL = Dialect("jekyll", BEIJING)
PIECES = st.sampled_from(
    """
    --- --- +++ ;;; { } title:~x title:~"a"b" date:~2022-06-07 date:~tuesday date:~0001-01-01 tags: -~a x~=~1
    date:~9999-12-31~23:59~-1200 "title":~"\\ud800", title:~!!set~{a,b} on:~.inf ?~!!binary~aGk= tags:~&a~[*a]
    """.split()
).map(lambda piece: piece.replace("~", " ")) | st.sampled_from(["\n", "\n", "\n", "\r\n", *"\r\ufeff\ud800\x00\t:'苏"])
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join)
PATHS = st.sampled_from(["x.md", "_posts/2022-06-07-a.md", "2022-13-45-x.md", "新闻/_posts/é.md", "a/index.md"])


@settings(max_examples=200, deadline=None)
@given(TEXTS | TEXTS.map(lambda text: f"---\n{text}\n---\nbody"), PATHS, st.sampled_from(NAMES))
def test_every_text_has_an_entry_that_can_be_kept_as_json(text: str, path: str, name: str) -> None:
    entry = summarize(text, path, Dialect(name, BEIJING))
    texts = [entry.slug, entry.title, entry.date_raw, entry.layout, *entry.tags, *entry.categories, *entry.authors]
    kept = json.dumps(
        [texts, entry.meta, [str(problem) for problem in entry.problems]], allow_nan=False, ensure_ascii=False
    )
    kept.encode()
    assert json.loads(json.dumps(entry.meta)) == entry.meta
    assert all("\n" not in problem.message for problem in entry.problems)
    assert all(problem.line >= 1 <= problem.column for problem in entry.problems)
    assert entry.date is None or entry.date.tzinfo is not None


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=20).map(os.fsdecode), TEXTS)
def test_the_id_is_of_the_path_alone(path: str, text: str) -> None:
    entry = summarize(f"---\n{text}\n---\n", path, JEKYLL)
    assert entry.id == post_id(path) == unreadable(path, "").id
    assert len(entry.id) == 16
    assert int(entry.id, 16) >= 0


def test_ids_stay_what_they_were() -> None:
    assert post_id("_posts/2022-06-07-NW202206072403079281.md") == "a290a788f6c27227"  # b2sum -l 64
    assert post_id("_posts/2022-06-07-NW202206072403079281.md")[:ID_LENGTH] == "a290a78"


def test_an_entry_of_the_model_post() -> None:
    text = (
        '---\nlayout: post\ntitle: " 苏州 "\ndate: 2022-06-07 07:17:20 +0800\ncategories: xinhuaribao\n'
        "tags: 新华日报新闻 AI\nauthor: 李明\npublished: false\n---\nbody"
    )
    path = "news/_posts/2022-06-07-NW1.md"
    assert summarize(text, path, JEKYLL) == Entry(
        path=path,
        id=post_id(path),
        slug="NW1",
        title="苏州",
        date=datetime(2022, 6, 7, 7, 17, 20, tzinfo=BEIJING),
        tags=("新华日报新闻", "AI"),
        categories=("news", "xinhuaribao"),
        authors=("李明",),
        layout="post",
        draft=True,
        meta={
            "layout": "post",
            "title": " 苏州 ",
            "date": "2022-06-07 07:17:20 +0800",
            "categories": "xinhuaribao",
            "tags": "新华日报新闻 AI",
            "author": "李明",
            "published": False,
        },
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x", "x"),
        ("''", None),
        ("'  '", None),
        ("", None),
        ("2022", "2022"),
        ("no", "false"),
        ("1.50", "1.5"),
        ("[快讯]", '["快讯"]'),
        ("{a: 1}", '{"a": 1}'),
    ],
)
def test_a_title_is_text_whatever_it_was(written: str, expected: str | None) -> None:
    assert summarize(f"---\ntitle: {written}\n---\n", "a.md", JEKYLL).title == expected


def test_a_front_matter_of_odd_values_is_json() -> None:
    text = (
        "---\non: push\n2022: x\n1.5: y\n.inf: z\nnull: n\n!!binary aGk=: b\n"
        "a: !!set {y, x}\nb: !!binary aGk=\nc: [.inf, -.inf]\n"
        "d: !!omap [k: 1]\ne: {1: no}\n---\n"
    )
    entry = summarize(text, "a.md", JEKYLL)
    assert (entry.problems, entry.meta) == (
        (),
        {
            "true": "push",
            "2022": "x",
            "1.5": "y",
            "inf": "z",
            "null": "n",
            "hi": "b",
            "a": ["x", "y"],
            "b": "hi",
            "c": ["inf", "-inf"],
            "d": [["k", 1]],
            "e": {"1": False},
        },
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("苏\ud800", "苏?"),
        (math.nan, "nan"),
        (b"\xff", "\ufffd"),
        (date(2022, 6, 7), "2022-06-07"),
        (frozenset([2, 1]), [1, 2]),
        (1 + 2j, "(1+2j)"),
        ((1, None, True), [1, None, True]),
        ({"a\ud800": {1: b"x"}}, {"a?": {"1": "x"}}),
    ],
)
def test_what_json_cannot_say_is_text(value: Any, expected: Any) -> None:
    assert json_values(value) == expected


def test_half_a_character_of_json_is_replaced() -> None:
    entry = summarize('{"title": "a\\ud800", "b": ["\\udfff"]}\n', "a.md", Dialect("hugo"))
    assert (entry.title, entry.meta) == ("a?", {"title": "a?", "b": ["?"]})


@pytest.mark.parametrize(
    ("text", "name", "place", "message"),
    [
        ("---\ntitle: x\ndate: tuesday\n---\n", "jekyll", (3, 7), "cannot read the date tuesday: "),
        ("---\ndate: |\n  a\n  b\n---\n", "jekyll", (2, 7), "cannot read the date a b: "),
        ("+++\nDate = 'x'\n+++\n", "hugo", (2, 8), "cannot read the date x: "),
        ('{"a": {"date": 1}, "date": "x"}\n', "hugo", (1, 28), "cannot read the date x: "),
        ("\ufeff---\r\ndate: x\r\n---\r\n", "plain", (2, 7), "cannot read the date x: "),
    ],
)
def test_an_unreadable_date_is_a_warning_at_its_place(
    text: str, name: str, place: tuple[int, int], message: str
) -> None:
    entry = summarize(text, "a.md", Dialect(name))
    (problem,) = entry.problems
    assert (problem.code, problem.severity) == ("D301", Severity.WARNING)
    assert (problem.line, problem.column) == place
    assert problem.message.startswith(message)
    assert entry.date is None
    assert entry.date_raw is not None
    assert not entry.is_broken


def test_an_impossible_date_in_the_name_is_a_warning_at_the_beginning() -> None:
    entry = summarize("---\ntitle: x\n---\n", "_posts/2022-13-45-x.md", JEKYLL)
    (problem,) = entry.problems
    assert (problem.code, problem.line, problem.column) == ("D301", 1, 1)
    assert (entry.date, entry.date_raw) == (None, "2022-13-45-x.md")


def test_a_broken_post_has_an_entry() -> None:
    known = Diagnostic("a.md", 1, 1, "F002", Severity.WARNING, "mark")
    entry = summarize('---\ntitle: "他说"好""\ntags: a b\n---\n', "a.md", JEKYLL, (known,))
    assert [problem.code for problem in entry.problems] == ["F002", "Y102"]
    assert (entry.is_broken, entry.title, entry.tags) == (True, '他说"好"', ("a", "b"))
    assert not summarize("---\n---\n", "a.md", JEKYLL, (known,)).is_broken


def test_hugo_knows_keys_in_any_case() -> None:
    entry = summarize("+++\nTitle = 'x'\nLayout = 'y'\nSlug = 'z'\nDraft = true\n+++\n", "a.md", Dialect("hugo"))
    assert (entry.title, entry.layout, entry.slug, entry.draft) == ("x", "y", "z", True)
    assert list(entry.meta) == ["Title", "Layout", "Slug", "Draft"]


def test_a_file_that_cannot_be_read_has_an_entry() -> None:
    entry = unreadable("_posts/2022-06-07-x.md", "cannot be read: why")
    assert entry.problems == (
        Diagnostic("_posts/2022-06-07-x.md", 1, 1, "F015", Severity.ERROR, "cannot be read: why"),
    )
    assert (entry.is_broken, entry.slug, entry.title, entry.meta) == (True, "x", None, {})
