"""Fields: which front-matter keys there are, of which types, in how many posts."""

from collections.abc import Iterator
from typing import Any

from newscli.index import Index
from newscli.query import Query
from newscli.report import Column, Report

_TYPES = {
    "text": "text",
    "integer": "number",
    "real": "number",
    "true": "boolean",
    "false": "boolean",
    "null": "empty",
    "array": "list",
    "object": "mapping",
}
_SQL = """
SELECT key, type, count(*),
  max(CASE WHEN type IN ('true', 'false') THEN type WHEN type IN ('array', 'object') OR atom <> '' THEN value END)
FROM posts, json_each(posts.meta) WHERE {} GROUP BY key, type ORDER BY count(*) DESC, key
"""
_COLUMNS = (
    Column("field", "FIELD", main=True, style="green"),
    Column("posts", "POSTS", whole=True, right=True),
    Column("types", "TYPES", narrowest=40),
    Column("example", "EXAMPLE", narrowest=56),
)


def count_fields(index: Index, query: Query, *, limit: int | None = None, offset: int = 0) -> Report:
    """The keys of the posts that match, the most frequent first, with their types and an example."""
    where, parameters = query.where()
    merged: dict[str, dict[str, Any]] = {}
    with query.guard():
        for key, kind, count, example in index.execute(_SQL.format(where), parameters):
            record = merged.setdefault(key, {"field": key, "types": [], "posts": 0, "example": None})
            record["posts"] += count
            if _TYPES[kind] not in record["types"]:
                record["types"].append(_TYPES[kind])
            if record["example"] is None:
                record["example"] = example
    ordered = sorted(merged.values(), key=lambda record: (-record["posts"], record["field"]))
    chosen = ordered[offset : offset + limit if limit is not None else None]
    return Report(
        _COLUMNS,
        _each(chosen),
        total=len(ordered),
        empty="No fields found.",
        fields=("field", "types", "posts", "example"),
    )


def _each(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from records
