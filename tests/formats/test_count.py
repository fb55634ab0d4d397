from collections.abc import Callable, Iterator

from newscli.formats import View
from newscli.report import Column, Record, Report

Show = Callable[..., str]


class Unreadable:
    """Records that nobody may read."""

    def __iter__(self) -> Iterator[Record]:
        raise AssertionError


def test_what_was_counted_already_is_not_read_again(show: Show) -> None:
    assert show("count", Report((Column("a"),), Unreadable(), total=17204)) == "17204\n"


def test_what_nobody_counted_is_counted(show: Show) -> None:
    assert show("count", Report((Column("a"),), iter([{"a": 1}, {"a": 2}]))) == "2\n"
    assert show("count", Report((Column("a"),), [])) == "0\n"


def test_none_at_all_is_a_known_number_too(show: Show) -> None:
    assert show("count", Report((Column("a"),), Unreadable(), total=0), View(null=True)) == "0\0"
