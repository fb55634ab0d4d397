"""The index looked at from outside: what is in it, and whether it says what the files say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from newscli.index import Index
from newscli.query import Query
from newscli.report import Column, Report


def describe(index: Index) -> Report:
    """What the index holds, as one record a fact."""
    count = {
        "archive": str(index.store.root),
        "dialect": index.store.dialect.name,
        "timezone": str(index.store.dialect.zone),
        "posts": index.count(Query()),
        "broken": index.execute("SELECT count(*) FROM posts WHERE broken=1").fetchone()[0],
        "index": "in memory" if index.path is None else str(index.path),
        "bytes": 0 if index.path is None else index.path.stat().st_size,
    }
    columns = (Column("name", "NAME"), Column("value", "VALUE", main=True))
    return Report(columns, ({"name": name, "value": value} for name, value in count.items()), fields=("name", "value"))


def verify(index: Index) -> Report:
    """Where the index and the files differ, post by post, read anew."""
    columns = (Column("difference", "DIFFERENCE", whole=True), Column("path", "PATH", main=True))
    return Report(
        columns, _differences(index), empty="The index says what the files say.", fields=("difference", "path")
    )


def _differences(index: Index) -> Iterator[dict[str, Any]]:
    indexed = {entry.path: entry for entry in index.find(Query())}
    for entry in index.store.entries():
        known = indexed.pop(entry.path, None)
        if known is None:
            yield {"difference": "missing", "path": entry.path}
        elif replace(known, words=None, html=None) != entry:
            yield {"difference": "differs", "path": entry.path}
    yield from ({"difference": "left over", "path": path} for path in indexed)
