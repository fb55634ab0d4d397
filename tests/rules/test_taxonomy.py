"""Tags and categories: how lists and texts are mended, and what is usual in them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscli.operations.validate import FileResult, Finding, options_from
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import flow, is_unusual, names_in, slug_of, text_of

Found = Callable[..., list[Finding]]
Checked = Callable[..., list[FileResult]]
POST = "_posts/2022-06-07-example.md"


def subject(lines: str, **flags: Any) -> Subject:
    return Subject(POST, f"---\ntitle: a\n{lines}\n---\nx\n".encode(), options_from({}, engine="jekyll", **flags))


@pytest.mark.parametrize(
    ("code", "lines", "mended"),
    [
        ("T401", "tags: 新华日报 新闻", "tags: [新华日报, 新闻]"),
        ("T401", "tags: 'no b'", 'tags: ["no", b]'),
        ("T402", 'tags: "AI, 芯片,"', "tags: [AI, 芯片]"),
        ("T402", "categories: a；b", "categories: [a, b]"),
        ("T403", "tags: [no, 1.10]", 'tags: ["no", "1.10"]'),
        ("T403", "tags:\n- 2022-06-07", 'tags:\n- "2022-06-07"'),
        ("T404", "tags: [a, b, A]", "tags: [a, b]"),
        ("T404", "tags:\n- a\n- b\n- A\n- c", "tags:\n- a\n- b\n- c"),
        ("T407", "tags: ['', b]", "tags: [b]"),
        ("T407", "tags:\n  - a\n  - ''", "tags:\n  - a"),
        ("T408", "tags: [a]\ntag: b", "tags: [a, b]"),
        ("T408", "tag: a\ntags: [a]", "tags: [a]"),
        ("T411", "tags: [' a ', '#b']", 'tags: ["a", "b"]'),
        ("T411", "tags: '#b'", 'tags: "b"'),
        ("T413", "tags: news", "tags: [news]"),
        ("T413", "tags: 'C#'", 'tags: ["C#"]'),
    ],
)
def test_what_is_mended(code: str, lines: str, mended: str, check: Checked) -> None:
    (result,) = check({POST: f"---\ntitle: a\n{lines}\n---\nx\n"}, select=[code], fix="unsafe")
    assert (result.fixed_text or "").replace("'", '"') == f"---\ntitle: a\n{mended}\n---\nx\n"
    assert result.findings == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("T401", '+++\ntitle = "a"\ntags = "b c"\n+++\nx\n'),
        ("T401", "---\ntitle: a\ntags: b\n  c\n---\nx\n"),
        ("T404", '+++\ntitle = "a"\ntags = ["b", "B"]\n+++\nx\n'),
        ("T404", "---\ntitle: a\ntags:\n- b\n- B # a remark\n---\nx\n"),
        ("T407", "---\ntitle: a\ntags: ['']\n---\nx\n"),
        ("T408", "---\ntitle: a\ntags: b\ntag: c\n---\nx\n"),
        ("T408", "---\ntitle: a\ntags:\n- b\n- c\ntag: d\n---\nx\n"),
        ("T408", '+++\ntitle = "a"\ntags = ["b"]\ntag = "c"\n+++\nx\n'),
        ("T411", '+++\ntitle = "a"\ntags = [" b"]\n+++\nx\n'),
        ("T411", "---\ntitle: a\ntags: [b/c]\n---\nx\n"),
    ],
)
def test_what_is_left_to_people(code: str, text: str, find: Found) -> None:
    (found,) = find(text, select=[code])
    if "remark" not in text:
        assert found.fix is None


def test_a_text_may_be_meant_as_one_name(check: Checked) -> None:
    files = {"newscli.toml": "[validate.tags]\nsplit = false\n", POST: "---\ntitle: a\ntags: b c\n---\nx\n"}
    (result,) = check(files, select=["T401"], fix="unsafe")
    assert result.fixed_text == "---\ntitle: a\ntags: [b c]\n---\nx\n"


@pytest.mark.parametrize(
    ("line", "engine", "places"),
    [
        ("tags: [新华日报新闻, ok]", "jekyll", []),
        ("tags: [新华日报新聞, ok]", "jekyll", [(3, 8)]),
        ("tags: ok nix", "jekyll", [(3, 7)]),
        ("tags: ok nix", "hugo", [(3, 7)]),
        ("tags: ok", "hugo", []),
        ("tags: [1, '', ok]", "jekyll", []),
        ("categories: [nix]", "jekyll", []),
    ],
)
def test_the_vocabulary(line: str, engine: str, places: list[tuple[int, int]], find: Found) -> None:
    text = f"---\ntitle: a\n{line}\n---\nx\n"
    found = find(text, select=["T405"], engine=engine, vocabulary=["新华日报新闻", "ok"])
    assert [(one.line, one.column) for one in found] == places


def test_the_nearest_of_the_vocabulary_is_written(check: Checked) -> None:
    text = "---\ntitle: a\ntags: [新华日报新聞, zzz]\n---\nx\n"
    (result,) = check({POST: text}, select=["T405"], fix="unsafe", vocabulary=["新华日报新闻"])
    assert result.fixed_text == text.replace("新华日报新聞", '"新华日报新闻"')
    assert ["zzz" in one.message for one in result.findings] == [True]


@pytest.mark.parametrize(
    ("lines", "unusual"),
    [
        ("tags: news", False),
        ("tags: [a b, c]", False),
        ("tags:\n- a\n- 苏州", False),
        ("tags:", False),
        ("categories: [a]", False),
        ("x: z", False),
        ("tags: []", True),
        ("tags: ''", True),
        ("tags: a b", True),
        ("tags: a，b", True),
        ("tags: a/b", True),
        ("tags: '#a'", True),
        ("tags: 2022年", True),
        ("tags: [a, A]", True),
        ("tags: [C, C++]", True),
        ("tags: ['+']", True),
        ("tags: [a/b]", True),
        ("tags: ['a ']", True),
        ("tag: a", True),
        ("category: a", True),
        ("tags: [1]", True),
    ],
)
def test_what_is_usual(lines: str, unusual: bool) -> None:
    assert is_unusual(subject(lines)) == unusual


def test_names_of_a_post() -> None:
    assert names_in(subject("tags: [a, b]"), "tags") == [(0, "a"), (1, "b")]
    assert names_in(subject("tags: a"), "tags") == []
    assert text_of(subject("tags: ' a '"), "tags") == "a"
    assert text_of(subject("tags: [a]"), "tags") == ""


@pytest.mark.parametrize(("name", "slug"), [("C++", "c"), ("a b", "a-b"), ("苏州 AI", "苏州-ai"), ("+", "")])
def test_the_slug_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@example(["0?"])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1), max_size=4)
)
def test_a_list_reads_as_the_names_it_is_made_of(names: list[str]) -> None:
    import yaml

    assert yaml.safe_load(f"tags: {flow(names)}") == {"tags": names}
