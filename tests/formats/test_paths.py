from collections.abc import Callable
from pathlib import Path

import pytest

from newscli.errors import NewscliError
from newscli.formats import View
from newscli.report import Report

Show = Callable[..., str]
PATHS = [{"path": "_posts/2022/a.md"}, {"path": "_posts/b.md"}, {"path": "_drafts/c.md"}]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/_posts/2022").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        (".", ["_posts/2022/a.md", "_posts/b.md", "_drafts/c.md"]),
        ("_posts", ["2022/a.md", "b.md", "../_drafts/c.md"]),
        ("_posts/2022", ["a.md", "../b.md", "../../_drafts/c.md"]),
        ("../elsewhere", ["../site/_posts/2022/a.md", "../site/_posts/b.md", "../site/_drafts/c.md"]),
        ("..", ["site/_posts/2022/a.md", "site/_posts/b.md", "site/_drafts/c.md"]),
    ],
)
def test_paths_are_written_as_they_are_reached_from_here(
    here: str, expected: list[str], site: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / here)
    assert show("paths", PATHS, View(root=str(site))).splitlines() == expected


def test_without_a_root_paths_stay_as_they_are(show: Show) -> None:
    assert show("paths", PATHS[:1]) == "_posts/2022/a.md\n"


def test_nul_ends_a_path_so_that_no_name_can_break_it(show: Show) -> None:
    assert show("paths", [{"path": "a\nb"}, {"path": "c"}], View(null=True)) == "a\nb\0c\0"


def test_away_from_a_terminal_a_path_is_itself_byte_for_byte(show: Show) -> None:
    assert show("paths", [{"path": "\x1b\udcff\\.md"}]) == "\x1b\udcff\\.md\n"


def test_a_terminal_gets_no_commands(show: Show) -> None:
    assert show("paths", [{"path": "\x1b\udcff.md"}], View(terminal=True)) == "\\x1b\\udcff.md\n"


def test_what_is_no_file_has_no_path(show: Show) -> None:
    with pytest.raises(NewscliError, match="no paths to print"):
        show("paths", [{"tag": "a"}])


def test_fields_do_not_matter(posts: Report, show: Show) -> None:
    assert show("paths", posts, View(fields=("title",))).splitlines()[1] == "_drafts/hostile.md"
