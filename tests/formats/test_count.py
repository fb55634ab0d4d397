from collections.abc import Callable, Iterator

from newscli.formats import View
from newscli.report import Column, Record, Report

Show = Callable[..., str]


def unreadable() -> Iterator[Record]:
    raise AssertionError("the records were read")
    yield {}


def test_what_was_counted_already_is_not_read_again(show: Show) -> None:
    assert show("count", Report((Column("a"),), unreadable(), total=17204)) == "17204\n"


def test_what_nobody_counted_is_counted(show: Show) -> None:
    assert show("count", Report((Column("a"),), iter([{"a": 1}, {"a": 2}]))) == "2\n"
    assert show("count", Report((Column("a"),), [])) == "0\n"


def test_none_at_all_is_a_known_number_too(show: Show) -> None:
    assert show("count", Report((Column("a"),), unreadable(), total=0), View(null=True)) == "0\0"
