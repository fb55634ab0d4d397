from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscli.discovery import find_store
from newscli.errors import NewscliError
from newscli.index import Index
from newscli.operations.select import Files, build_query, is_path, only_files, read_names
from newscli.query import Query

NOW = datetime(2022, 6, 10, tzinfo=UTC)


@pytest.fixture
def root(site: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    write("2022-06-07-a.md", title="A", tags="科技")
    write("2022-06-08-b.md", title="B", tags="科技")
    write("2021/2021-06-08-c.md", title="C")
    monkeypatch.chdir(site)
    return site


def found(root: Path, *terms: str, here: Path | None = None) -> list[str]:
    store = find_store(str(root))[0]
    query = build_query(terms, store, now=NOW, saved={}, here=here or root)
    with Index(store) as index:
        index.refresh()
        by_sql = [entry.path for entry in index.find(query)]
        assert by_sql == [entry.path for entry in index.find(Query()) if query.matches(entry)]
    return by_sql


def test_a_file_a_folder_and_a_term(root: Path) -> None:
    assert found(root, "_posts/2022-06-07-a.md") == ["_posts/2022-06-07-a.md"]
    assert found(root, "_posts/2021") == ["_posts/2021/2021-06-08-c.md"]
    assert found(root, "_posts/2021", "_posts/2022-06-08-b.md") == [
        "_posts/2022-06-08-b.md",
        "_posts/2021/2021-06-08-c.md",
    ]
    assert found(root, "tag:科技", "_posts/2022-06-08-b.md") == ["_posts/2022-06-08-b.md"]
    assert len(found(root, ".")) == 3


def test_paths_are_as_seen_from_the_current_folder_or_from_the_root(root: Path) -> None:
    assert found(root, "2022-06-07-a.md", here=root / "_posts") == ["_posts/2022-06-07-a.md"]
    assert found(root, "_posts/2022-06-07-a.md", here=root / "_posts") == ["_posts/2022-06-07-a.md"]
    assert found(root, str(root / "_posts" / "2022-06-07-a.md"), here=Path("/")) == ["_posts/2022-06-07-a.md"]


def test_a_path_that_is_not_there_finds_nothing(root: Path) -> None:
    assert found(root, "_posts/2020-01-01-none.md") == []


def test_a_path_outside_is_an_error(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").touch()
    with pytest.raises(NewscliError, match="outside the archive"):
        found(root, "../other.md")


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        ("_posts", True),
        ("a/b.md", True),
        ("news/x.HTML", True),
        ("b.md", False),
        ("tag:a/b.md", False),
        ("-_posts", False),
        ("^_posts", False),
        ("(_posts", False),
        ("", False),
        ("a/b", False),
        ("two\nlines", False),
        ("x" * 5000, False),
    ],
)
def test_what_names_a_file(root: Path, term: str, answer: bool) -> None:
    assert is_path(term, root) is answer


def test_files_from_a_list(root: Path) -> None:
    store = find_store(str(root))[0]
    query = only_files(Query(), ["_posts/2022-06-07-a.md", "_posts/2021"], store, root)
    (term, _), *others = query.leaves()
    assert not others
    assert isinstance(term, Files)
    assert term.paths == {"_posts/2022-06-07-a.md"}
    assert term.folders == ("_posts/2021/",)
    assert query.explain() == ["file is one of 2 named"]
    assert only_files(Query(), ["_posts/2021"], store, root).explain() == ["file is _posts/2021/"]


def test_names_come_by_line_or_with_nul() -> None:
    assert read_names("a.md\nb c.md\n\n") == ["a.md", "b c.md"]
    assert read_names("a\nb.md\0c.md\0") == ["a\nb.md", "c.md"]
