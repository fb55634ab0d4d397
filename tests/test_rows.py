import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscli import rows
from newscli.dialect import PLAIN
from newscli.entry import Entry, summarize


@pytest.fixture
def tables() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    rows.create(connection)
    connection.execute("INSERT INTO state VALUES ('revision', 0)")
    yield connection
    connection.close()


def stored(connection: sqlite3.Connection, path: str = "a.md") -> Entry:
    sql = f"SELECT {rows.COLUMNS} FROM posts WHERE path=?"
    return rows.to_entry(connection.execute(sql, (path,)).fetchone())


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: "\udcff\udcfe"x"\ntags: \udcff\n---\n',
        '{"title": "\\ud800", "tags": ["\\udfff"]}\n',
        "title: \udcff\ndate: \udcfe\n---\n",
        '---\ntitle: "\\0 and \\x1f"\n---\n',
        '{"title": "x", "tags": ["a\\u001fb"], "author": "c\\u001fd"}\n',
    ],
    ids=["recovered", "json", "unopened", "control characters", "separators"],
)
def test_whatever_a_file_holds_can_be_stored(tables: sqlite3.Connection, text: str) -> None:
    entry = summarize(text, "a.md", PLAIN)
    rows.insert(tables, [rows.pack(entry)])
    assert stored(tables) == entry
    assert entry.title is not None


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(max_size=12),
    tags=st.lists(st.text(max_size=6), max_size=3),
    date=st.sampled_from(["2022-06-07 07:17:20 -0430", "0001-01-02", "soon", ""]),
)
def test_an_entry_comes_back_as_it_went_in(tables: sqlite3.Connection, title: str, tags: list[str], date: str) -> None:
    import json

    text = json.dumps({"title": title, "tags": tags, "date": date}) + "\n"
    entry = summarize(text, "a.md", PLAIN)
    rows.delete(tables, "a.md")
    rows.insert(tables, [rows.pack(entry)])
    assert stored(tables) == entry
    assert rows.update(tables, entry) == "same"
    assert rows.update(tables, replace(entry, title="other")) == "modified"
    assert stored(tables).title == "other"
    assert rows.delete(tables, "a.md") == 1
    assert tables.execute("SELECT count(*) FROM names").fetchone() == (0,)
    assert rows.delete(tables, "a.md") == 0
    assert rows.update(tables, entry) == "added"
