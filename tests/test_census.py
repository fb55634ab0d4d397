"""The census: which files are posts, looked at again only where something changed."""

import os
import sqlite3
from pathlib import Path

import pytest

from newscli.census import TABLES, Census, take
from newscli.store import Store

POST = "---\ntitle: x\n---\n"


@pytest.fixture
def tables() -> sqlite3.Connection:
    """Where what was seen is kept."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(TABLES)
    return connection


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folder of a post, what is none, and a post in a folder below; all written long ago."""
    (tmp_path / "in").mkdir()
    for name, text in {"a.md": POST, "README.md": "No post.\n", "in/b.md": POST, "empty.md": ""}.items():
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, (1e9, 1e9))
    return Store(tmp_path)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamps of files count at once."""
    monkeypatch.setattr("newscli.sweep.SLACK", -(10**18))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were asked whether they are posts."""
    paths: list[str] = []
    original = Store.is_post

    def watch(self: Store, path: str) -> bool:
        paths.append(path)
        return original(self, path)

    monkeypatch.setattr(Store, "is_post", watch)
    return paths


def names(census: Census) -> list[str]:
    return sorted(census.stamps)


def test_posts_are_told_from_what_is_none(tables: sqlite3.Connection, store: Store) -> None:
    census = take(tables, store, sync=True)
    assert names(census) == sorted(entry.path for entry in store.entries()) == ["a.md", "in/b.md"]
    assert census.folders == ("", "in")


def test_what_did_not_change_is_not_asked_again(
    settled: None, tables: sqlite3.Connection, store: Store, asked: list[str]
) -> None:
    first = take(tables, store, sync=True)
    assert len(asked) == 4
    asked.clear()
    assert take(tables, store, sync=True) == first
    (store.root / "README.md").write_text(POST)
    (store.root / "in" / "c.md").write_text("No post either.\n")
    second = take(tables, store, sync=True)
    assert sorted(asked) == ["README.md", "in/c.md"]
    assert names(second) == ["README.md", "a.md", "in/b.md"]
    assert second.revision > first.revision


def test_files_and_folders_that_go_are_forgotten(settled: None, tables: sqlite3.Connection, store: Store) -> None:
    take(tables, store, sync=True)
    (store.root / "in" / "b.md").unlink()
    (store.root / "in").rmdir()
    (store.root / "README.md").unlink()
    census = take(tables, store, sync=True)
    assert (names(census), census.folders) == (["a.md"], ("",))


def test_fresh_files_are_looked_at_until_their_stamps_settle(
    tables: sqlite3.Connection, store: Store, asked: list[str]
) -> None:
    first = take(tables, store, sync=True)
    asked.clear()
    assert take(tables, store, sync=True).revision > first.revision
    assert len(asked) == 4


def test_without_a_look_the_last_one_counts(settled: None, tables: sqlite3.Connection, store: Store) -> None:
    assert names(take(tables, store, sync=False)) == ["a.md", "in/b.md"], "nothing is known yet"
    (store.root / "c.md").write_text(POST)
    assert names(take(tables, store, sync=False)) == ["a.md", "in/b.md"]


def test_names_that_are_not_utf_8_are_shown(tables: sqlite3.Connection, store: Store) -> None:
    folder = store.root / os.fsdecode(b"\xcb")
    folder.mkdir()
    (folder / "d.md").write_text(POST)
    for _ in range(2):
        assert names(take(tables, store, sync=True)) == ["\\xcb/d.md", "a.md", "in/b.md"]


@pytest.mark.parametrize(
    ("data", "is_post"),
    [
        (b"---\ntitle: x\n---\n", True),
        (b"---\nnever closed\n", True),
        (b"\xef\xbb\xbf---\ntitle: x\n---\n", True),
        (b"\n\n---\ntitle: x\n---\n", True),
        (b"title: x\ndate: 2022-06-07\n", True),
        (b"# A heading\n\nAnd text.\n", False),
        (b"Text.\n", False),
        (b"", False),
        (b"\x00" * 9, False),
    ],
)
def test_what_begins_with_front_matter_is_a_post(data: bytes, is_post: bool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(data)
    store = Store(tmp_path)
    assert store.is_post("a.md") == is_post
    assert [entry.path for entry in store.entries()] == ["a.md"] * is_post, "the index says the same"


def test_what_cannot_be_read_may_be_a_post(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("nowhere.md")
    (tmp_path / "b.md").mkdir()
    assert Store(tmp_path).is_post("a.md")
    assert Store(tmp_path).is_post("b.md")
