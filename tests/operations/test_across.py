"""What only shows when posts are held against one another: where it is told, and what is not looked at."""

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.finding import Finding
from newscli.operations.validate import options_from, validate
from newscli.store import UnreadableError

A, B, C = "_posts/2022-06-01-a.md", "_posts/2022-06-02-b.md", "_posts/2022-06-03-c.md"
SOURCE = "source: https://example.com/{}"


def post(*lines: str, body: str = "A body.") -> str:
    return "\n".join(["---", *lines, "---", body, ""])


def across(posts: Mapping[str, str | Exception], *codes: str, **flags: object) -> list[Finding]:
    def read(path: str) -> bytes:
        text = posts[path]
        if isinstance(text, Exception):
            raise text
        return text.encode()

    options = options_from({}, engine="jekyll", select=list(codes), **flags)
    return [each for result in validate(list(posts), options, read=read) for each in result.findings]


def test_the_later_post_is_told_of_the_first() -> None:
    (found,) = across({B: post("title: b", SOURCE.format(1)), A: post("title: a", SOURCE.format(1))}, "X503")
    assert (found.path, found.line, found.column) == (B, 3, 9)
    assert [path for path, _, _ in found.related] == [A]
    assert A in found.message


@given(st.lists(st.sampled_from("xyz"), min_size=3, max_size=3), st.permutations([A, B, C]))
def test_of_each_group_all_but_the_first_are_told_in_whatever_order_they_are_read(
    sources: list[str], order: list[str]
) -> None:
    """Law: findings do not depend on the order of files; a group of n posts has n-1."""
    posts = {path: post("title: t", SOURCE.format(source)) for path, source in zip((A, B, C), sources, strict=True)}
    found = across({path: posts[path] for path in order}, "X503")
    groups = itertools.groupby(sorted(zip(sources, (A, B, C), strict=True)), key=lambda pair: pair[0])
    expected = [path for _, group in groups for _, path in list(group)[1:]]
    assert sorted(each.path for each in found) == sorted(expected)


@pytest.mark.parametrize(
    "other",
    [
        post('title: "a"b"', SOURCE.format(1)),  # what does not parse is not compared: its keys are guesses
        "no front matter\n",
        UnreadableError(Diagnostic(A, 1, 1, "F015", Severity.ERROR, "a link")),
        OSError("gone"),
    ],
    ids=["broken", "bare", "unreadable", "gone"],
)
def test_what_cannot_be_read_is_compared_with_nothing(other: str | Exception) -> None:
    found = across({A: other, B: post("title: b", SOURCE.format(1))}, "X503")
    assert [each.code for each in found] == ["F015"] * isinstance(other, Exception)


def test_what_a_post_or_the_settings_ignore_is_not_told() -> None:
    quiet = post("title: b", f"{SOURCE.format(1)} # newscli: ignore[X503]")
    first = post("title: a", SOURCE.format(1))
    assert across({A: first, B: quiet}, "X503", "N901") == []
    assert across({A: first, B: post("title: b", SOURCE.format(1))}, "X503", per_file_ignores=["*-b.md:X503"]) == []
    assert len(across({A: first, B: post("title: b", SOURCE.format(1))}, "X503", per_file_ignores=["*-a.md:X503"])) == 1


def test_severities_are_those_of_the_settings() -> None:
    posts = {A: post("title: a", SOURCE.format(1)), B: post("title: b", SOURCE.format(1))}
    (found,) = across(posts, "X503", severity=["X503=info"])
    assert found.severity.value == "info"


@pytest.mark.parametrize(
    ("tags", "place"),
    [("[x, Ai]", (3, 11)), ("\n- x\n- Ai", (5, 3)), ("Ai x", (3, 7))],
)
def test_a_rare_spelling_of_a_tag_is_told_where_it_stands(tags: str, place: tuple[int, int]) -> None:
    posts = {A: post("title: a", "tags: [AI]"), B: post("title: b", "tags: [AI]"), C: post("title: c", f"tags: {tags}")}
    (found,) = across(posts, "T406")
    assert (found.path, (found.line, found.column)) == (C, place)
