"""A folder looked at as a store: what is in it and what its reader stumbles over, nothing written into it."""

import json
from collections.abc import Iterator
from typing import Any

from newscli.index import Index
from newscli.report import Column, Report

COLUMNS = (
    Column("code", "CODE", whole=True),
    Column("severity", "SEVERITY", whole=True, narrowest=80),
    Column("posts", "POSTS", whole=True, right=True),
    Column("example", "EXAMPLE", narrowest=60),
    Column("message", "MESSAGE", main=True),
)
_PROBLEMS = """
SELECT json_extract(problem.value, '$[2]') AS code, json_extract(problem.value, '$[3]'), count(DISTINCT posts.post),
  min(posts.path), problem.value
FROM posts, json_each(posts.problems) AS problem
WHERE posts.problems != '[]' GROUP BY code ORDER BY count(DISTINCT posts.post) DESC, code
"""
_FACTS = """
SELECT count(*), coalesce(sum(draft), 0), coalesce(sum(broken), 0), coalesce(sum(title IS NULL), 0),
  coalesce(sum(moment IS NULL), 0),
  (SELECT substr(date, 1, 10) FROM posts WHERE moment NOT NULL ORDER BY moment LIMIT 1),
  (SELECT substr(date, 1, 10) FROM posts WHERE moment NOT NULL ORDER BY moment DESC LIMIT 1)
FROM posts
"""


def survey(index: Index) -> Report:
    """What is wrong with the posts: a record a code: how many have it, and one of them."""
    fields = tuple(column.name for column in COLUMNS)
    return Report(COLUMNS, _problems(index), empty="The reader found nothing wrong.", fields=fields)


def _problems(index: Index) -> Iterator[dict[str, Any]]:
    for code, severity, posts, example, problem in index.execute(_PROBLEMS):
        line, column, _, _, message = json.loads(problem)
        place = f"{example}:{line}:{column}"
        yield {"code": code, "severity": severity, "posts": posts, "example": place, "message": message}


def facts(index: Index) -> list[str]:
    """What is in the store, in lines: posts and their dates, names, what is missing."""
    posts, drafts, broken, untitled, undated, first, last = index.execute(_FACTS).fetchone()
    store = index.store
    names = dict(index.execute("SELECT kind, count(DISTINCT folded) FROM names GROUP BY kind"))
    kinds = (("tag", "tags"), ("category", "categories"), ("author", "authors"))
    return [
        f"{store.root}: {store.dialect.name}, times without a zone in {store.dialect.zone}",
        f"{posts:,} posts" + (f", {first} to {last}" if first else "") + f"; {drafts:,} drafts",
        ", ".join(f"{names.get(kind, 0):,} {plural}" for kind, plural in kinds),
        f"{broken:,} broken, {untitled:,} without a title, {undated:,} without a date",
    ]
