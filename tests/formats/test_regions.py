import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.diagnostics import Edit, Fix
from newscli.formats import View
from newscli.formats.regions import merged, project_path, project_uri, region_of


@pytest.mark.parametrize(
    ("text", "edit", "region"),
    [
        ("a\nbc\n", Edit(3, 4, ""), (2, 2, 2, 3)),
        ("a\r\nbc\r\n", Edit(0, 5, ""), (1, 1, 2, 3)),
        ("a\rbc", Edit(2, 3, ""), (2, 1, 2, 2)),
        ("\ufeffab", Edit(1, 2, ""), (1, 1, 1, 2)),
    ],
)
def test_regions(text: str, edit: Edit, region: tuple[int, int, int, int]) -> None:
    assert region_of(edit, text) == region


@given(st.text(max_size=30), st.lists(st.integers(0, 30), min_size=2, max_size=8), st.text(max_size=3))
def test_the_one_edit_does_what_the_edits_do(text: str, places: list[int], new: str) -> None:
    places = sorted(min(place, len(text)) for place in places[: len(places) // 2 * 2])
    edits = tuple(Edit(start, end, new) for start, end in zip(places[::2], places[1::2], strict=True))
    expected, shift = text, 0
    for edit in edits:
        expected = expected[: edit.start + shift] + edit.text + expected[edit.end + shift :]
        shift += len(edit.text) - (edit.end - edit.start)
    one = merged(Fix(edits, safe=True, message=""), text)
    assert text[: one.start] + one.text + text[one.end :] == expected


def test_paths_of_the_project() -> None:
    assert project_path("_posts/a.md", View()) == "_posts/a.md"
    assert project_path("../a.md", View(project="site/")) == "a.md"
    assert project_uri("a\udcff b.md", View()) == "a%FF%20b.md"
