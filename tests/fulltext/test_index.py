import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import newscli
from newscli.errors import StoreError
from newscli.fulltext import index as module
from newscli.fulltext import schema
from newscli.fulltext.documents import Document, Work
from newscli.fulltext.index import TextIndex
from newscli.index import Index
from newscli.operations.documents import preparing
from newscli.store import Store


def found(opened: Any, match: str) -> list[str]:
    """The names of posts that an expression finds in the index."""
    rows = opened.index.execute(
        "SELECT d.post FROM text.texts JOIN text.docs d ON d.doc = texts.rowid WHERE texts MATCH ? ORDER BY d.doc",
        (match,),
    )
    names: list[str] = opened.names([post for (post,) in rows])
    return names


def test_what_is_written_is_found(opened: Any, write: Any) -> None:
    write("one", "新能源 Energy", title="标题", tags="甲")
    write("two", "other", date="2021-01-01")
    assert opened.sync() == 2
    assert found(opened, '"能 源"') == ["one"]
    assert found(opened, "title : 标") == ["one"]
    assert found(opened, "tags : 甲") == ["one"]
    assert found(opened, "energy OR other") == ["two", "one"], "rows are in order of date"
    assert set(opened.text.vocabulary) == {"energy", "other", "two"}


def test_nothing_changed_costs_no_look(opened: Any, write: Any) -> None:
    write("one", "a")
    opened.sync()
    os.utime(opened.index.store.root / "_posts" / "one.md", (1, 1))
    opened.index.refresh()
    assert opened.sync() <= 1
    version = opened.index.version()

    def refuse(_works: Sequence[Work]) -> Iterator[list[Document]]:
        raise AssertionError

    assert opened.index.version() == version
    assert opened.text.sync(refuse, lambda *_: None) == 0


def test_changes_additions_and_removals_are_followed(opened: Any, write: Any) -> None:
    write("one", "old")
    write("two", "gone")
    opened.sync()
    write("one", "new")
    write("three", "more")
    (opened.index.store.root / "_posts" / "two.md").unlink()
    opened.sync()
    assert found(opened, "old OR gone") == []
    assert sorted(found(opened, "new OR more")) == ["one", "three"]
    assert "more" in set(opened.text.vocabulary), "the vocabulary was read anew"


def test_a_file_that_was_only_touched_is_not_indexed_again(opened: Any, write: Any) -> None:
    write("one", "same")
    opened.sync()
    (last,) = opened.index.execute("SELECT value FROM text.state WHERE name='last'").fetchone()
    write("one", "same")
    assert opened.sync() == 1
    assert opened.index.execute("SELECT value FROM text.state WHERE name='last'").fetchone() == (last,)
    assert found(opened, "same") == ["one"]


def test_an_incremental_index_equals_a_rebuilt_one(opened: Any, write: Any, store: Store, tmp_path: Path) -> None:
    for number in range(6):
        write(f"p{number}", f"text {'甲乙丙'[number % 3]} number{'x' * number}")
    opened.sync()
    write("p1", "丁")
    (store.root / "_posts" / "p2.md").unlink()
    opened.sync()
    with Index(store, tmp_path / "other") as index, TextIndex(index) as text:
        index.refresh()
        text.sync(preparing(store), lambda *_: None)
        for match in ["甲", "乙", "丙", "丁", "text", "number", '"x" *']:
            sql = "SELECT d.path FROM text.texts JOIN text.docs d ON d.doc = texts.rowid WHERE texts MATCH ? ORDER BY 1"
            assert opened.index.execute(sql, (match,)).fetchall() == index.execute(sql, (match,)).fetchall()


def test_a_new_index_of_entries_is_adopted_without_indexing_again(
    opened: Any, write: Any, store: Store, cache: Path
) -> None:
    write("one", "keeps")
    write("two", "goes")
    opened.sync()
    opened.close()
    for file in cache.iterdir():
        if "-text" not in file.name:
            file.unlink()
    (store.root / "_posts" / "two.md").unlink()
    index = Index(store, cache)
    index.refresh()
    with TextIndex(index) as text:
        fresh: list[Document] = []

        def prepare(works: Sequence[Work]) -> Iterator[Sequence[Document]]:
            for documents in preparing(store)(works):
                fresh.extend(document for document in documents if document.texts)
                yield documents

        assert text.sync(prepare, lambda *_: None) == 1
        assert fresh == []
        assert index.execute("SELECT path FROM text.docs").fetchall() == [("_posts/one.md",)]
    index.close()
    opened.__init__(store, cache)


def test_a_damaged_file_is_built_anew(opened: Any, write: Any, store: Store, cache: Path) -> None:
    write("one", "text")
    opened.sync()
    opened.close()
    (path,) = cache.glob("*-text.sqlite")
    path.write_bytes(b"no database" * 1000)
    opened.__init__(store, cache)
    assert "damaged" in opened.text.note
    assert opened.sync() == 1
    assert found(opened, "text") == ["one"]


def test_another_schema_or_setting_is_built_anew(
    opened: Any, write: Any, store: Store, cache: Path, monkeypatch: Any
) -> None:
    write("one", "text")
    opened.sync()
    opened.close()
    monkeypatch.setattr(schema, "SCHEMA", 99)
    opened.__init__(store, cache)
    assert "another version" in opened.text.note
    assert not opened.text.is_whole
    assert opened.sync() == 1
    assert opened.text.is_whole


def test_leftovers_of_changed_posts_are_cleared(opened: Any, write: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_LEFTOVERS", 3)
    for turn in range(6):
        write("one", f"turn {'abcdef'[turn]}")
        opened.sync()
    assert int(opened.index.execute("SELECT value FROM text.state WHERE name='last'").fetchone()[0]) <= 4
    assert found(opened, "f") == ["one"]
    assert found(opened, "e") == []


def test_without_a_cache_folder_it_works_from_a_temporary_one(store: Store, write: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    write("one", "text")
    with Index(store, tmp_path / "file" / "cache") as index, TextIndex(index) as text:
        index.refresh()
        assert text.sync(preparing(store), lambda *_: None) == 1
        where = text.path
        assert where.exists()
        text.start_over("again")
        assert text.note == "again"
        assert text.sync(preparing(store), lambda *_: None) == 1
    assert not where.exists()


def test_progress_is_told(opened: Any, write: Any) -> None:
    for number in range(3):
        write(f"p{number}", "x")
    opened.index.refresh()
    told: list[tuple[int, int]] = []
    opened.text.sync(preparing(opened.index.store), lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


class Failing:
    """A connection whose inserts fail."""

    def __init__(self, real: sqlite3.Connection, message: str) -> None:
        self.real, self.message = real, message

    def executemany(self, sql: str, rows: Any) -> Any:
        if "INTO texts" in sql:
            raise sqlite3.OperationalError(self.message)
        return self.real.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


@pytest.mark.parametrize(
    ("message", "says"), [("database or disk is full", "the disk is full"), ("database is locked", "cannot be used")]
)
def test_failing_to_write_says_why_and_leaves_what_was_there(opened: Any, write: Any, message: str, says: str) -> None:
    write("one", "text")
    opened.sync()
    write("two", "text")
    opened.index.refresh()
    real = opened.text._connection
    opened.text._connection = Failing(real, message)
    with pytest.raises(StoreError, match=says):
        opened.text.sync(preparing(opened.index.store), lambda *_: None)
    opened.text._connection = real
    assert found(opened, "text") == ["one"]
    opened.sync()
    assert sorted(found(opened, "text")) == ["one", "two"]


def test_damage_met_while_indexing_is_no_matter_of_room(opened: Any, write: Any) -> None:
    write("one", "text")
    opened.index.refresh()
    real = opened.text._connection
    opened.text._connection = Failing(real, "malformed database schema")
    with pytest.raises(sqlite3.OperationalError, match="malformed"):
        opened.text.sync(preparing(opened.index.store), lambda *_: None)
    opened.text._connection = real


def test_a_file_that_cannot_be_opened_says_so(opened: Any, store: Store, cache: Path, monkeypatch: Any) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(module, "made_for", fail)
    with Index(store, cache / "other") as index, pytest.raises(StoreError, match="unable to open"):
        TextIndex(index)


HOLD = """
import fcntl, sys
with open(sys.argv[1], "w") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print(".", end="", flush=True)
    sys.stdin.read()
"""


def test_two_builders_wait_for_one_another(opened: Any, write: Any, store: Store, cache: Path) -> None:
    write("one", "text")
    opened.index.refresh()
    holding = [sys.executable, "-c", HOLD, str(opened.text.path.with_suffix(".lock"))]
    other = subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.read(1) == b"."
    waited: list[bool] = []

    def waiting() -> None:
        waited.append(True)
        other.communicate()

    assert opened.text.sync(preparing(store), lambda *_: None, waiting) == 1
    assert waited == [True]


BUILD = """
import sys
from pathlib import Path
from newscli.dialect import Dialect
from newscli.fulltext import index as module
from newscli.fulltext import schema
from newscli.fulltext.index import TextIndex
from newscli.index import Index
from newscli.operations.documents import preparing
from newscli.store import Store
import newscli.operations.documents as documents
documents.BATCH = 50
store = Store(Path(sys.argv[1]), "", Dialect("jekyll"), in_posts=True)
with Index(store, Path(sys.argv[2])) as index, TextIndex(index) as text:
    index.refresh()
    text.sync(preparing(store), lambda done, total: print(done, flush=True))
"""


def build(store: Store, cache: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(store.root), str(cache)], stdout=subprocess.PIPE, text=True, env=environment
    )


def test_a_build_that_was_killed_goes_on_where_it_ended(opened: Any, write: Any, store: Store, cache: Path) -> None:
    opened.close()
    for number in range(600):
        write(f"p{number}", "甲 " + "word " * 300)
    child = build(store, cache)
    assert child.stdout is not None
    for _ in range(3):
        assert child.stdout.readline() == "50\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    opened.__init__(store, cache)
    assert not opened.text.is_whole
    (before,) = opened.index.execute("SELECT count(*) FROM text.docs").fetchone()
    assert 150 <= before < 600
    opened.sync()
    assert opened.index.execute("SELECT value FROM text.state WHERE name='last'").fetchone() == ("600",), "none twice"
    assert len(found(opened, "甲")) == 600
    assert opened.index.execute("PRAGMA text.integrity_check").fetchone() == ("ok",)


def test_two_processes_build_one_index(opened: Any, write: Any, store: Store, cache: Path) -> None:
    opened.close()
    for number in range(300):
        write(f"p{number}", f"甲 word {number}")
    children = [build(store, cache) for _ in range(2)]
    done = []
    for child in children:
        out, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        done.append(sum(map(int, out.split())))
    assert sorted(done)[1] == 300
    opened.__init__(store, cache)
    assert len(found(opened, "甲")) == 300
    assert opened.index.execute("SELECT count(*), count(DISTINCT post) FROM text.docs").fetchone() == (300, 300)
