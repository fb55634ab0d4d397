import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Article, Input, Item, Limits, Options, Skipped, read

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    stream = io.StringIO()
    # All quoted: Python 3.11 leaves a carriage return outside quotation marks, where it ends the row.
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue()


def problems(found: list[Item]) -> list[tuple[int, str]]:
    return [(item.line, item.code) for item in found if isinstance(item, Diagnostic)]


ROWS = [["title", "content", "date"], ["A, b", 'say "x"\nsecond', "2022-06-07"], ["B；c\td", "2", ""]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_separator_and_the_character_set_are_found_out(
    articles: Articles, delimiter: str, end: str, encoding: str
) -> None:
    first, second = articles("csv", written(ROWS, delimiter, end).encode(encoding))
    assert (first.title, first.body) == ("A, b", 'say "x"\nsecond')
    assert first.date is not None
    assert first.date.date().isoformat() == "2022-06-07"
    assert (second.title, second.body, second.date) == ("B；c d", "2", None)


def test_chinese_tables_of_spreadsheets_are_read(items: Items) -> None:
    rows = [["标题", "正文", "发布时间"], *[["苏州：驶上科技招商“快车道”", "新华日报财经讯", "2022年06月07日"]] * 5]
    problem, first, *_ = items("csv", written(rows).encode("gb18030"))
    assert isinstance(problem, Diagnostic)
    assert "gb18030" in problem.message
    assert isinstance(first, Article)
    assert first.title == "苏州：驶上科技招商“快车道”"
    assert first.date is not None
    assert items("csv", written(rows).encode("gb18030"), encoding="gbk")[0] == first


def test_a_map_and_guesses_work_as_for_json(articles: Articles) -> None:
    (found,) = articles("tsv", "head\tbody\tauthor\nH\tB\tAnn\n", mapping={"title": "head"})
    assert (found.title, found.body, found.authors) == ("H", "B", ("Ann",))


def test_what_other_programs_export(articles: Articles) -> None:
    (beehiiv,) = articles(
        "csv",
        "id,web_title,status,content_tags,url,web_subtitle,content_html,thumbnail_url,created_at\n"
        "7,T,confirmed,A; B,https://x.example/p/t,S,<p>x</p>,uploads/i.png,2023-01-18 21:25:27\n",
    )
    assert (beehiiv.title, beehiiv.body, beehiiv.body_format) == ("T", "<p>x</p>", "html")
    assert (beehiiv.tags, beehiiv.summary, beehiiv.source_id) == (("A", "B"), "S", "7")
    assert beehiiv.image == "https://x.example/p/uploads/i.png"
    assert not beehiiv.draft


def test_rows_with_other_numbers_of_fields_are_read_and_said(items: Items) -> None:
    found = items("csv", "title,content\nA,1,more\nB\nC,3\n")
    assert [item.title for item in found if isinstance(item, Article)] == ["A", "B", "C"]
    assert problems(found) == [(2, "I105"), (3, "I105"), (1, "I111")]
    assert isinstance(found[0], Diagnostic)
    assert found[0].message == "the row has 3 fields, the header names 2"


def test_many_such_rows_are_not_listed_one_by_one(items: Items) -> None:
    found = items("csv", "title,content\n" + "A,1,more\n" * 15)
    said = [item.message for item in found if isinstance(item, Diagnostic)]
    assert len(said) == 11
    assert said[-1] == "5 more rows with too many or too few fields"


def test_columns_without_a_name_or_with_the_same_keep_their_values(articles: Articles) -> None:
    (found,) = articles("csv", "title,content,,content\nA,1,2,3\n")
    assert found.body == "1"
    assert found.extra == {"column 3": "2", "content 4": "3"}


def test_empty_rows_are_none(articles: Articles) -> None:
    assert len(articles("csv", "title,content\n\nA,1\n,\n\n")) == 1


@pytest.mark.parametrize("content", ["", "title,content", "title,content\n", "\n\n"])
def test_a_table_without_rows_is_empty(items: Items, content: str) -> None:
    assert items("csv", content) == []


def test_a_quotation_that_is_not_closed_is_said(items: Items) -> None:
    found = items("csv", 'title,content\nA,1\nB,"2\nC,3\n')
    assert [item.title for item in found if isinstance(item, Article)] == ["A", "B"]
    (problem,) = [item for item in found if isinstance(item, Diagnostic)]
    assert (problem.line, problem.code, problem.severity) == (3, "I108", Severity.WARNING)


def test_a_row_longer_than_the_limit_ends_the_reading(items: Items) -> None:
    found = items("csv", 'title,content\nA,1\nB,"' + "x\n" * 200, limits=Limits(item=100))
    assert isinstance(found[0], Article)
    assert problems(found) == [(3, "I104")]


def test_a_line_longer_than_the_limit_ends_the_reading(items: Items) -> None:
    assert problems(items("csv", "title,content\nA," + "x" * 300_000, limits=Limits(item=100))) == [(1, "I104")]


def test_a_field_longer_than_the_limit_costs_its_row(items: Items) -> None:
    limit = Limits(item=20)
    found = items("csv", f"title,body\nA,{'x' * 10}\nB,{'y' * 18}\n", limits=limit)
    assert [item.title for item in found if isinstance(item, Article)] == ["A"]
    assert problems(found) == [(3, "I104")]


def test_a_row_that_cannot_be_read_costs_itself_only(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = csv.reader

    class Failing:
        def __init__(self, lines: Iterator[str], **options: Any) -> None:
            self.rows = reader(lines, **options)

        def __iter__(self) -> Iterator[list[str]]:
            return self.rows

        def __next__(self) -> list[str]:
            row: list[str] = next(self.rows)
            if row[0] == "B":
                raise csv.Error("cannot")
            return row

    monkeypatch.setattr("csv.reader", Failing)
    first, problem, last = items("csv", "title,content\nA,1\nB,2\nC,3")
    assert isinstance(first, Article)
    assert isinstance(problem, Diagnostic)
    assert (problem.line, problem.message) == (3, "the row cannot be read: cannot")
    assert isinstance(last, Article)


def test_other_line_ends_of_unicode_are_characters(articles: Articles) -> None:
    (found,) = articles("csv", "title,content\nA\u2028B\x85C,1\n")
    assert found.title == "A B C"


def test_subscribers_are_no_articles(items: Items) -> None:
    problem, skipped = items("csv", "email,name\na@b.c,Ann\nd@e.f,Bob\n")
    assert isinstance(problem, Diagnostic)
    assert problem.line == 2
    assert skipped == Skipped("source", "record without title and body", 2)


CELL = st.text(alphabet='a,;"\n\r\t|苏 ', max_size=8)


@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(",\t;|"), st.sampled_from(["\n", "\r\n"])
)
@settings(max_examples=150, deadline=None)
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str, end: str) -> None:
    table = [["title", "body"], *[[f"t{number}", f"x{first}y{second}z"] for number, (first, second) in enumerate(rows)]]
    source = Input.of_bytes("a", written(table, delimiter, end).encode())
    found = [item for item in read("csv", source, Options()) if isinstance(item, Article)]
    expected = [row[1].replace("\r\n", "\n").replace("\r", "\n") for row in table[1:]]
    assert [item.body for item in found] == expected


@given(st.text(alphabet='ab,";\n\r\t', max_size=50))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    for item in read("csv", Input.of_bytes("a", text.encode()), Options()):
        assert not (isinstance(item, Diagnostic) and item.code == "I199"), item
