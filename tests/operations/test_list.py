from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscli.discovery import find_store
from newscli.errors import NewscliError
from newscli.index import Index
from newscli.operations.list import check_fields, diagnose_nothing, explain, list_posts
from newscli.query import Query, parse

NOW = datetime(2022, 6, 10, tzinfo=UTC)


def ask(*terms: str) -> Query:
    return parse(terms, zone=UTC, now=NOW)


@pytest.fixture
def index(site: Path, write: Callable[..., Path]) -> Iterator[Index]:
    write(
        "2022-06-07-a.md",
        body="<p>苏州 is 好</p>\n",
        title="苏州",
        date="2022-06-07 07:17:20 +0800",
        tags="新华日报新闻",
    )
    write("2022-06-08-b.md", title="Beta", tags="科技", draft="true")
    write("c.md", title='"他说"好""', date="soon")
    with Index(find_store(str(site))[0]) as opened:
        opened.refresh()
        yield opened


def test_records_have_the_fields_of_json(index: Index) -> None:
    report = list_posts(index, ask("tag:新华日报新闻"))
    (record,) = report.records
    shown = {
        "title": "苏州",
        "date": "2022-06-07T07:17:20+08:00",
        "tags": ["新华日报新闻"],
        "draft": False,
        "words": None,
    }
    assert shown.items() <= record.items()
    assert record["meta"] == {"title": "苏州", "date": "2022-06-07 07:17:20 +0800", "tags": "新华日报新闻"}
    assert len(record["id"]) == 7
    assert (record["mark"], record["problem"], record["problems"]) == ("", "", [])
    assert "date_raw" not in record


def test_broken_posts_are_marked_and_say_why(index: Index) -> None:
    (record,) = list_posts(index, ask("is:broken")).records
    assert record["title"] == '他说"好"', "the title was recovered"
    assert record["mark"] == "!"
    assert record["place"] == "_posts/c.md:2:11"
    assert record["problem"].startswith("Y102 ")
    assert (record["date"], record["date_raw"]) == (None, "soon")
    assert [problem["code"] for problem in record["problems"]] == ["Y102", "D301"]


def test_is_broken_has_columns_of_its_own(index: Index) -> None:
    assert [column.name for column in list_posts(index, ask("is:broken")).columns][1:3] == ["place", "problem"]
    assert [column.name for column in list_posts(index, ask("-is:broken")).columns][2:4] == ["date", "title"]


def test_drafts_are_marked(index: Index) -> None:
    (record,) = list_posts(index, ask("is:draft")).records
    assert record["mark"] == "d"


def test_the_total_counts_what_the_limit_hides(index: Index) -> None:
    report = list_posts(index, Query(), limit=1, offset=1)
    assert report.total == 3
    assert [record["title"] for record in report.records] == ["苏州"]
    assert list_posts(index, Query()).total is None, "nobody counts what is shown whole"


def test_words_are_counted_once_and_kept(index: Index) -> None:
    (record,) = list_posts(index, ask("苏州"), words=True).records
    assert record["words"] == 4, "三 Han characters and a word, the tags of HTML not counted"
    assert index.execute("SELECT words, html FROM posts WHERE title='苏州'").fetchone() == (4, 1)
    (again,) = list_posts(index, ask("苏州"), words=True).records
    assert again["words"] == 4


def test_explain_counts_each_term_and_all(index: Index) -> None:
    lines = list(explain(index, ask("tag:科技", "-is:draft")))
    assert lines[-3:] == ["        1  tag:科技", "        2  -is:draft", "        0  all together"]
    assert next(explain(index, Query())) == "every post"


def test_nothing_found_names_the_nearest_tag(index: Index) -> None:
    assert diagnose_nothing(index, ask("tag:新华曰报新闻", "date:2022")) == (
        "No post matches.\n        0  tag:新华曰报新闻  nearest tag: 新华日报新闻 (1)\n        2  date:2022"
    )
    assert diagnose_nothing(index, ask("tag:nothing-like-it")).endswith("        0  tag:nothing-like-it")
    assert diagnose_nothing(index, ask("zzz")) == "No post matches.\n        0  zzz"


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    with Index(find_store(str(tmp_path))[0]) as empty:
        empty.refresh()
        assert diagnose_nothing(empty, ask("x")) == "There are no posts here."


@pytest.mark.parametrize("names", [["path", "title"], ["draft", "meta.draft"], ["place"], ["tags"]])
def test_fields_that_are_there(index: Index, names: list[str]) -> None:
    check_fields(index, names)


def test_a_field_that_is_not_there_is_an_error(index: Index) -> None:
    with pytest.raises(NewscliError, match="no field 'titel'; did you mean 'title'"):
        check_fields(index, ["path", "titel"])
