from collections.abc import Callable, Sequence

import pytest

from newscli.formats import View, get_format
from newscli.report import Column, Record, Report

COLUMNS = (
    Column("mark", whole=True, data=False),
    Column("date", "DATE", date=True, style="cyan"),
    Column("title", "TITLE", main=True, fallback="path"),
    Column("tags", "TAGS", narrowest=56),
    Column("categories", "CATEGORY", narrowest=72),
)

POSTS: tuple[Record, ...] = (
    {
        "path": "_posts/2022-06-07-NW202206072403079281.md",
        "title": "科技招商激活“创新集群”发展动能",
        "date": "2022-06-07T07:17:20+08:00",
        "tags": ["新华日报新闻", "科技"],
        "categories": ["xinhuaribao"],
        "draft": False,
        "words": 1200,
        "meta": {"source": "新华日报"},
        "mark": "",
    },
    {
        "path": "_drafts/hostile.md",
        "title": "Hostile \x1b]0;x\x07 and \u202e end",
        "date": "2021-12-31T23:59:00Z",
        "tags": ["a"],
        "categories": [],
        "draft": True,
        "words": None,
        "meta": {},
        "mark": "d",
    },
    {
        "path": "_posts/-202205262391921712.md",
        "title": None,
        "date": None,
        "tags": [],
        "categories": ["苏州日报"],
        "draft": False,
        "words": 0,
        "meta": {},
        "mark": "!",
    },
)

Show = Callable[..., str]


@pytest.fixture
def posts() -> Report:
    """Three posts: a plain one, a hostile draft, a broken one without date and title."""
    return Report(COLUMNS, iter(POSTS), total=3)


@pytest.fixture
def show() -> Show:
    """Show a report, or records as a report, in a format."""

    def write(name: str, what: Report | Sequence[Record], view: View | None = None) -> str:
        report = what if isinstance(what, Report) else Report(tuple(map(Column, what[0] if what else ())), what)
        return "".join(get_format(name)(report, view or View()))

    return write
