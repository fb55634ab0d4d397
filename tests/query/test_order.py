"""Listings are ordered as asked, by SQL and by Python alike; what has no value comes last."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscli.entry import Entry
from newscli.query import Query

Find = Callable[[Query, Iterable[Entry]], list[str]]

CHINA = timezone(timedelta(hours=8))
ENTRIES = [
    Entry("c", "2", "S", title="ｂ", date=datetime(2022, 6, 7, 1, tzinfo=UTC), words=5, meta={"weight": 10, "k": "b"}),
    Entry(
        "a", "1", "s", title="A", date=datetime(2022, 6, 7, 8, tzinfo=CHINA), words=40, meta={"weight": 9, "k": "Ａ"}
    ),
    Entry(
        "B", "4", "t", title="新", date=datetime(2022, 6, 7, 9, tzinfo=CHINA), meta={"weight": "10", "K": ["c", "a"]}
    ),
    Entry("d", "3", "r", meta={"weight": None, "k": {"x": 7}}),
    Entry("e", "5", "q", title="a", words=0, meta={"weight": True, "k": float("nan")}),
]


@pytest.mark.parametrize(
    ("sort", "paths"),
    [
        ("", "B c a d e".split()),  # newest first, c and B at the same moment
        ("sort:date", "a B c d e".split()),
        ("sort:date-", "B c a d e".split()),
        ("sort:path", "B a c d e".split()),
        ("sort:path-", "e d c a B".split()),
        ("sort:title", "a e c B d".split()),
        ("sort:title-", "B c a e d".split()),
        ("sort:title,date", "a e c B d".split()),
        ("sort:words", "e c a B d".split()),
        ("sort:words-", "a c e B d".split()),
        ("sort:slug", "c e d a B".split()),
        ("sort:id-", "e B d c a".split()),
        ("sort:weight", "a c B e d".split()),  # numbers, then texts
        ("sort:weight-", "e B c a d".split()),
        ("sort:k", "d a c B e".split()),
        ("sort:k-", "B c a d e".split()),
        ("sort:k.x,path-", "d e c a B".split()),
        ("sort:nothing", "B a c d e".split()),
        ("sort:words,path-", "e c a d B".split()),
    ],
)
def test_posts_are_sorted(ask: Callable[..., Query], find: Find, scan: Find, sort: str, paths: list[str]) -> None:
    query = ask(sort)
    assert scan(query, ENTRIES) == paths
    assert find(query, ENTRIES) == paths


def test_the_default_order_can_use_an_index_on_the_moment(ask: Callable[..., Query]) -> None:
    assert ask().order() == ("moment DESC, path ASC NULLS LAST", [])


def test_keys_of_the_front_matter_are_bound(ask: Callable[..., Query]) -> None:
    assert ask("sort:weight-,k").order() == (
        "newscli_sort(meta, ?) DESC, newscli_sort(meta, ?) ASC NULLS LAST, path ASC NULLS LAST",
        ["weight", "k"],
    )


@pytest.mark.parametrize(
    ("value", "after"),
    [(10**400, 1.7e308), (-1.7e308, -(10**400)), ("\ud800", 3), ("b", "\ud800")],
)
def test_extreme_values_have_a_place(ask: Callable[..., Query], scan: Find, value: object, after: object) -> None:
    entries = [Entry("a", "", "", meta={"k": value}), Entry("b", "", "", meta={"k": after})]
    assert scan(ask("sort:k"), entries) == ["b", "a"]
    assert scan(ask("sort:k-"), entries) == ["a", "b"]
