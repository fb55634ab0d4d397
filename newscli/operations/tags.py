"""Tags: which names there are, how often, from when to when."""

from collections.abc import Iterator
from typing import Any

from newscli.errors import NewscliError
from newscli.index import Index
from newscli.nearest import did_you_mean
from newscli.query import Query
from newscli.report import Column, Report

KINDS = {"tags": "tag", "categories": "category", "authors": "author"}
"""What can be counted: the field and its singular; the index keeps these names apart."""


def kind_of(field: str) -> str:
    """The singular of a field that can be counted, which may be given in either form.

    Raises:
        NewscliError: it is none of them.
    """
    kind = KINDS.get(field, field)
    if kind not in KINDS.values():
        raise NewscliError(f"cannot count {field!r}{did_you_mean(field, KINDS) or '; there are ' + ', '.join(KINDS)}")
    return kind


def count_names(
    index: Index, query: Query, *, kind: str, limit: int | None = None, offset: int = 0, latest: int = 0
) -> Report:
    """The names of a kind among the posts that match, the most frequent first.

    Args:
        index: where to look; up to date.
        query: which posts count.
        kind: ``tag``, ``category`` or ``author``.
        limit: at most so many names; None for all.
        offset: leave out so many first.
        latest: the titles of so many newest posts are added to each name.
    """
    where, parameters = query.where()
    inner = f"SELECT post FROM posts WHERE {where}"  # noqa: S608
    sql = (
        "SELECT name, count(*) AS posts, min(date), max(date) FROM names JOIN posts USING (post) "  # noqa: S608
        f"WHERE kind=? AND post IN ({inner}) GROUP BY name ORDER BY posts DESC, name"
    )
    with query.guard():
        found = index.execute(sql, (kind, *parameters)).fetchall()
    chosen = found[offset : offset + limit if limit is not None else None]
    columns = [
        Column(kind, kind.upper(), main=True, style="green"),
        Column("posts", "POSTS", whole=True, right=True),
        Column("first", "FIRST", narrowest=56, date=True),
        Column("last", "LAST", narrowest=40, date=True),
    ]
    if latest:
        columns.append(Column("latest", "LATEST"))
    records = _records(index, query, kind, chosen, latest)
    return Report(
        tuple(columns), records, total=len(found), empty=f"No {kind} found.", fields=(kind, "posts", "first", "last")
    )


def _records(index: Index, query: Query, kind: str, rows: list[Any], latest: int) -> Iterator[dict[str, Any]]:
    for name, posts, first, last in rows:
        record = {kind: name, "posts": posts, "first": first, "last": last}
        if latest:
            record["latest"] = _latest(index, query, kind, name, latest)
        yield record


def _latest(index: Index, query: Query, kind: str, name: str, count: int) -> list[str]:
    where, parameters = query.where()
    sql = (
        "SELECT coalesce(title, slug) FROM names JOIN posts USING (post) "  # noqa: S608
        f"WHERE kind=? AND name=? AND post IN (SELECT post FROM posts WHERE {where}) "
        "ORDER BY posts.moment DESC, path LIMIT ?"
    )
    return [title for (title,) in index.execute(sql, (kind, name, *parameters, count))]
