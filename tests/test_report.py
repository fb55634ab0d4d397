from collections.abc import Iterator

import pytest

from newscli.errors import NewscliError
from newscli.report import Column, Record, Report, cell, value_of

POST: Record = {
    "title": "科技招商",
    "author": {"first": "Li"},
    "meta": {"source": {"name": "新华", "a.b": 7}, "title": "as written", "weight": None, "a.b": 1},
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", "科技招商"),
        ("author.first", "Li"),
        ("meta.title", "as written"),
        ("meta.source.name", "新华"),
        ("source.name", "新华"),
        ("source.a.b", 7),
        ("a.b", 1),
        ("weight", None),
        ("title.x", None),
        ("source.nothing.at.all", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_a_name_reaches_a_field_or_a_key_of_the_front_matter(name: str, expected: object) -> None:
    assert value_of(POST, name) == expected


def test_a_record_without_front_matter_has_no_keys() -> None:
    assert value_of({"tag": "a"}, "posts") is None
    assert value_of({"tag": "a", "meta": None}, "posts") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("新华", "新华"),
        (0, "0"),
        (2.5, "2.5"),
        (True, "true"),
        (False, "false"),
        ([], ""),
        (["a", None, 1, True], "a, , 1, true"),
        (("a", ["b", "c"]), "a, b, c"),
        ({"name": "新华", "n": None}, '{"name": "新华", "n": null}'),
    ],
)
def test_a_value_as_a_cell(value: object, expected: str) -> None:
    assert cell(value) == expected


def report(*records: Record, fields: tuple[str, ...] = ()) -> Report:
    columns = (
        Column("mark", data=False),
        Column("date", "DATE", date=True),
        Column("title", "TITLE", narrowest=50),
        Column("path", table=False),
    )
    return Report(columns, records, fields=fields)


def names(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns]


def test_tables_and_data_show_different_columns() -> None:
    assert names(report().table_columns()) == ["mark", "date", "title"]
    assert names(report().data_columns()) == ["date", "title", "path"]
    assert report().hidden_fields() == {"mark"}


def test_columns_asked_for_come_in_that_order_with_their_looks() -> None:
    title, mark, words = report().table_columns(("title", "mark", "words"))
    assert (title.name, title.heading, title.narrowest) == ("title", "TITLE", 0)
    assert mark.name == "mark"
    assert (words.name, words.heading) == ("words", "WORDS")
    assert names(report().data_columns(("mark", "date"))) == ["mark", "date"]


def test_the_first_record_tells_which_fields_there_are_and_is_not_lost() -> None:
    read: list[int] = []

    def records() -> Iterator[Record]:
        for number in range(3):
            read.append(number)
            yield {"title": number, "words": 1}

    listing = Report((Column("title"),), records())
    assert listing.known_fields() == ("title", "words")
    assert read == [0]
    assert [record["title"] for record in listing.records] == [0, 1, 2]


def test_a_field_that_is_known_is_accepted() -> None:
    for name in ("title", "date", "words", "words.x", "meta.anything"):
        report({"words": 1, "meta": {}}).check_field(name)


def test_an_unknown_field_is_refused_with_the_nearest() -> None:
    with pytest.raises(NewscliError) as caught:
        report({"title": "x"}).check_field("titel")
    assert str(caught.value) == "no field 'titel'; did you mean 'title'?"


def test_an_unknown_field_far_from_all_is_refused_with_all() -> None:
    with pytest.raises(NewscliError) as caught:
        report({"title": "x"}).check_field("zzz")
    assert str(caught.value) == "no field 'zzz'; there are title, mark, date, path"


def test_where_there_is_front_matter_the_message_says_how_to_name_its_keys() -> None:
    with pytest.raises(NewscliError, match=r"\(a key of the front matter is written meta\.KEY\)$"):
        report({"title": "x", "meta": {}}).check_field("titel")


def test_a_key_of_the_front_matter_may_stand_bare_where_that_is_allowed() -> None:
    report({"meta": {}}).check_field("source", meta=True)
    with pytest.raises(NewscliError):
        report({"title": "x"}).check_field("source", meta=True)
    with pytest.raises(NewscliError):
        report({"meta": {}}).check_field("", meta=True)


def test_fields_that_are_declared_need_no_record() -> None:
    declared = report(fields=("words",))
    declared.check_field("words")
    with pytest.raises(NewscliError):
        declared.check_field("wrods")


def test_without_any_record_nobody_knows_which_fields_there_are() -> None:
    report().check_field("whatever")
