"""Files and fences: what is found in odd ones, and how they are mended."""

from collections.abc import Callable
from typing import Any

import pytest

from newscli.operations.validate import FileResult, Finding

Found = Callable[..., list[Finding]]
Checked = Callable[..., list[FileResult]]
POST = "_posts/2022-06-07-example.md"


@pytest.fixture
def mend(check: Checked) -> Callable[..., str]:
    """The text of a post once a rule has mended it."""

    def run(code: str, text: str | bytes, fix: str = "safe", **flags: Any) -> str:
        (result,) = check({POST: text}, select=[code], fix=fix, **flags)
        return result.fixed_text or result.text

    return run


@pytest.mark.parametrize(
    ("code", "text", "mended"),
    [
        ("F002", "\ufeff---\ntitle: a\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F003", "---\r\ntitle: a\r\n---\r\nx\ry\n", "---\ntitle: a\n---\nx\ny\n"),
        ("F007", " \n\n---\ntitle: a\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F007", "\ufeff\n---\ntitle: a\n---\nx\n", "\ufeff---\ntitle: a\n---\nx\n"),
        ("F008", "--- \ntitle: a\n---\t\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F009", "----\ntitle: a\n----\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F009", "---\ntitle: a\n...\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F012", "---\ntitle: a\x08b\n---\nx\n", "---\ntitle: ab\n---\nx\n"),
        ("F013", "---\ntitle: a\u200bb\n---\nx\n", "---\ntitle: ab\n---\nx\n"),
        ("F013", "---\ntitle: a\nseo:\n\u3000b: c\n---\nx\n", "---\ntitle: a\nseo:\n  b: c\n---\nx\n"),
    ],
)
def test_what_is_mended_safely(code: str, text: str, mended: str, mend: Callable[..., str]) -> None:
    assert mend(code, text) == mended


@pytest.mark.parametrize(
    ("code", "text", "mended"),
    [
        (
            "F001",
            "---\ntitle: 苏州\n---\n新华日报新闻网站\n".encode("gb18030"),
            "---\ntitle: 苏州\n---\n新华日报新闻网站\n",
        ),
        (
            "F001",
            "---\ntitle: 苏州新闻网\n---\n".encode() + b"it\x92s \xc2 a\n",
            "---\ntitle: 苏州新闻网\n---\nit’s  a\n",
        ),
        ("F004", "title: a\ndate: 2022-06-07\n---\nx\n", "---\ntitle: a\ndate: 2022-06-07\n---\nx\n"),
        ("F004", "title: a\ndate: 2022-06-07\n----\nx\n", "---\ntitle: a\ndate: 2022-06-07\n---\nx\n"),
        ("F006", "---\ntitle: a\n\nx\n", "---\ntitle: a\n---\n\nx\n"),
        ("F006", "---\ntitle: a", "---\ntitle: a\n---\n"),
        ("F006", '+++\ntitle = "a"\n', '+++\ntitle = "a"\n+++\n'),
        ("F011", '{"title": "a"}\nx\n', "---\ntitle: a\n---\nx\n"),
    ],
)
def test_what_is_mended_by_guessing(code: str, text: str | bytes, mended: str, mend: Callable[..., str]) -> None:
    assert mend(code, text, "unsafe") == mended


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F001", "---\ntitle: 苏州\n---\nx\n"),
        ("F003", "---\ntitle: a\n---\nx\n"),
        ("F005", "---\ntitle: a\n---\nx\n"),
        ("F010", "---\n# a\nb: c\n---\nx\n"),
        ("F013", "---\ntitle: 家\U0001f468\u200d\U0001f469 \u0915\u094d\u200d\u0937\n---\nx\n"),
        ("F013", "---\ntitle: 苏\u3000州\n---\nx\u200b\n"),
        ("F012", "---\ntitle: 苏\x85州\n---\nx\x08\n"),
    ],
)
def test_what_is_no_fault(code: str, text: str, find: Found) -> None:
    assert find(text, select=[code]) == []


def test_a_joiner_between_plain_letters_is_found(find: Found) -> None:
    (found,) = find("---\ntitle: a\u200db\n---\nx\n", select=["F013"])
    assert (found.line, found.column) == (2, 9)


@pytest.mark.parametrize(
    ("text", "engine", "count"),
    [
        ('+++\ntitle = "a"\n+++\nx\n', "jekyll", 1),
        ('+++\ntitle = "a"\n+++\nx\n', "hugo", 0),
        ('+++\ntitle = "a"\n+++\nx\n', "hexo", 1),
        ('{"title": "a"}\nx\n', "hexo", 0),
        ('{"title": "a"}\nx\n', "jekyll", 1),
        ('+++\ntitle = "a\n+++\nx\n', "jekyll", 1),
    ],
)
def test_which_engine_reads_which_format(text: str, engine: str, count: int, find: Found) -> None:
    assert len(find(text, select=["F011"], engine=engine)) == count


def test_a_block_at_fault_is_not_written_anew(find: Found) -> None:
    (found,) = find('+++\ntitle = "a\n+++\nx\n', select=["F011"])
    assert found.fix is None


def test_bytes_of_no_known_encoding_are_found_where_they_stand(find: Found) -> None:
    (found,) = find(b"---\ntitle: caf\xe9\n---\nx\n", select=["F001"])
    assert (found.line, found.column, found.severity.value) == (2, 11, "error")
    assert "may be" in found.message


def test_keys_of_json_without_braces_are_not_fenced(find: Found) -> None:
    found = find('"title": "a",\n"date": "2022-06-07"\n;;;\nx\n', select=["F004"])
    assert [one.fix for one in found] == [None] * len(found)


@pytest.mark.parametrize(("engine", "places"), [("jekyll", [(1, 1)]), ("hexo", [(1, 1)])])
def test_two_dashes_are_a_fence_to_no_engine(engine: str, places: list[tuple[int, int]], find: Found) -> None:
    found = find("--\ntitle: a\n---\nx\n", select=["F004"], engine=engine)
    assert [(one.line, one.column) for one in found] == places


def test_keys_on_the_line_of_the_fence_are_no_white_space_behind_it(find: Found) -> None:
    assert find("--- title: a date: 2022-06-07\n---\nx\n", select=["F008"]) == []


def test_pictures_in_keys_that_are_there_or_elsewhere_are_not_missing(find: Found) -> None:
    keys = "image: https://example.com/a.png\ncover: '{{ site.cover }}.png'\nthumbnail: no picture\nbanner: 1\n"
    assert find(f"---\ntitle: a\n{keys}---\nx\n", select=["L602"]) == []
