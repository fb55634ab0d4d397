"""Entries as records: the fields that JSON prints, and the columns of a listing."""

from collections.abc import Iterable, Iterator
from typing import Any

from newscli.diagnostics import Severity
from newscli.entry import ID_LENGTH, Entry
from newscli.report import Column

FIELDS = tuple(
    "id path title date date_raw tags categories author layout draft words meta problems slug".split(),
)
"""Every name a record of a post may have."""

POST_COLUMNS = (
    Column("mark", data=False, whole=True, style="yellow"),
    Column("path", table=False),
    Column("date", "DATE", date=True, whole=True, style="cyan"),
    Column("title", "TITLE", main=True, fallback="slug"),
    Column("tags", "TAGS", narrowest=56, style="green"),
    Column("categories", "CATEGORY", narrowest=72, style="blue"),
    Column("problem", table=False),
)
"""A listing of posts."""

BROKEN_COLUMNS = (
    Column("mark", data=False, whole=True, style="yellow"),
    Column("place", "PLACE", whole=True),
    Column("problem", "PROBLEM", main=True, whole=True),
    Column("path", table=False),
    Column("title", table=False),
)
"""A listing of broken posts: where each is broken, and why."""


def post_record(entry: Entry) -> dict[str, Any]:
    """One post as JSON values."""
    problems = [_problem(problem) for problem in entry.problems]
    first = next((problem for problem in entry.problems if problem.severity is Severity.ERROR), None)
    first = first or next(iter(entry.problems), None)
    record: dict[str, Any] = {
        "id": entry.id[:ID_LENGTH],
        "path": entry.path,
        "title": entry.title,
        "date": None if entry.date is None else entry.date.isoformat(),
        "tags": list(entry.tags),
        "categories": list(entry.categories),
        "author": list(entry.authors),
        "layout": entry.layout,
        "draft": entry.draft,
        "words": entry.words,
        "meta": entry.meta,
        "problems": problems,
        "slug": entry.slug,
        "mark": _mark(entry),
        "problem": "" if first is None else f"{first.code} {first.message}",
        "place": entry.path if first is None else f"{entry.path}:{first.line}:{first.column}",
    }
    if entry.date_raw is not None:
        record["date_raw"] = entry.date_raw
    return record


def post_records(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Posts as records, streamed."""
    return map(post_record, entries)


def _mark(entry: Entry) -> str:
    return "!" if entry.problems else "d" if entry.draft else ""


def _problem(problem: Any) -> dict[str, Any]:
    return {
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }
