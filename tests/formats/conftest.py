from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from newscli.diagnostics import Edit, Fix, Severity
from newscli.finding import FileResult, Finding, RuleText
from newscli.findings import Findings
from newscli.formats import View, get_findings_format, get_format
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


TEXT = '---\ntitle: "他说"好""\ntags: AI\n---\n正文\n'
"""A post whose title Jekyll cannot read."""
QUOTE = Finding(
    code="Y102",
    name="unescaped-quote",
    severity=Severity.ERROR,
    path="_posts/2022-06-07-引号.md",
    line=2,
    column=11,
    end_line=2,
    end_column=14,
    message="a quote ends the value here: 他说",
    fix=Fix((Edit(11, 12, "'"), Edit(17, 18, "'")), safe=True, message="put the value between '…'"),
    fingerprint="f" * 16,
    source_line='title: "他说"好""',
)
TAGS = Finding(
    code="T413",
    name="string-instead-of-list",
    severity=Severity.INFO,
    path=QUOTE.path,
    line=3,
    column=7,
    end_line=0,
    end_column=0,
    message="a string, not a list",
    fix=Fix((Edit(25, 27, "[AI]"),), safe=False, message="make it a list"),
    fingerprint="0" * 16,
    source_line="tags: AI",
)
TWICE = Finding(
    code="X501",
    name="duplicate-url",
    severity=Severity.WARNING,
    path="_posts/100% a,b:c.md",
    line=1,
    column=1,
    end_line=2,
    end_column=1,
    message="50% of\r\nthe same, address: /a::b",
    fingerprint="1" * 16,
    source_line="---",
    related=(("_posts/first.md", 4, "the first one"),),
)


RULES: dict[str, RuleText] = {
    "Y102": RuleText(
        "Y102", "unescaped-quote", Severity.ERROR, "A quote | ends a *quoted* value early.", "Long. " * 500
    ),
    "H701": RuleText("H701", "active-element", Severity.ERROR, "An element that runs code.", ""),
}


def three_results() -> Iterator[FileResult]:
    """A file with two findings, a clean one, and one with a third."""
    yield FileResult(QUOTE.path, (QUOTE, TAGS), TEXT)
    yield FileResult("_posts/clean.md", (), "---\ntitle: x\n---\n")
    yield FileResult(TWICE.path, (TWICE,), "---\ntitle: y\n---\n")


def many_results(files: int, per_file: int = 1) -> Iterator[FileResult]:
    """Files with errors, made one by one."""
    for number in range(files):
        finding = Finding(
            "Y102", "unescaped-quote", Severity.ERROR, f"_posts/{number}.md", 2, 8, 2, 9, "m", None, "f", "t: x"
        )
        yield FileResult(finding.path, (finding,) * per_file)


@pytest.fixture
def results() -> list[FileResult]:
    """A file with two findings, a clean one, and one with a third."""
    return list(three_results())


@pytest.fixture
def make_many() -> Callable[..., Iterator[FileResult]]:
    """Make any number of files with an error each, or several."""
    return many_results


@pytest.fixture
def make_findings() -> Callable[..., Findings]:
    """Make findings of results, with the rules that are known here."""
    return lambda results, **more: Findings(results, lambda: RULES, **more)


@pytest.fixture
def report() -> Callable[..., str]:
    """Show results in a format of findings."""

    def write(name: str, results: Iterable[FileResult], view: View | None = None, **more: Any) -> str:
        return "".join(get_findings_format(name)(Findings(results, lambda: RULES, **more), view or View()))

    return write
