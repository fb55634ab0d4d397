"""The options that filter are terms like those of the query."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from newscli.errors import QueryError
from newscli.query import Query, Value, filters

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, ["every post"]),
        ({"tags": ["新华", "b,c*"]}, ["tag is 新华", "tag is b or is like c*"]),
        ({"tags": ["two words"]}, ["tag is two words"]),
        ({"tags": ["-a)"]}, ["tag is -a)"]),
        ({"categories": ["x"], "authors": ["Smith, John"]}, ["category is x", "author contains Smith, John"]),
        ({"since": "2022-06"}, ["date from 2022-06-01 00:00 +08:00"]),
        ({"until": "2022-06"}, ["date before 2022-07-01 00:00 +08:00"]),
        (
            {"since": "7d", "until": "today"},
            ["date from 2026-11-17 00:00 +08:00", "date before 2026-11-25 00:00 +08:00"],
        ),
        ({"draft": True}, ["draft"]),
        ({"draft": False}, ["not draft"]),
        ({"sort": "date-,title", "limit": 0}, ["every post", "sorted by date descending, title", "without limit"]),
    ],
)
def test_options_become_terms(options: dict[str, Any], told: list[str]) -> None:
    assert filters(zone=ZONE, now=NOW, **options).explain() == told


def test_options_join_the_query_and_have_the_last_word(ask: Callable[..., Query]) -> None:
    joined = ask("a", "sort:title", "limit:5").and_(filters(tags=["b"], sort="date", limit=9, zone=ZONE, now=NOW))
    assert joined.explain() == [
        "title, tags, categories or authors contain a",
        "tag is b",
        "sorted by date",
        "at most 9",
    ]
    assert [term.text for term in joined.terms()] == ["a", "--tag b"]


def test_one_tag_is_a_single_term() -> None:
    assert isinstance(filters(tags=["b"], zone=ZONE, now=NOW).tree, Value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"since": "2022-13"},
            (
                "No such time: month 13 does not exist.\n  --since 2022-13\n               ^\n"
                "Ranges: 2022-06..2022-07  2022..  ..2021  7d.."
            ),
        ),
        (
            {"sort": "title,,"},
            (
                "This is nothing to sort by.\n  --sort title,,\n               ^\n"
                "Write names with commas between: sort:date-,title"
            ),
        ),
        ({"tags": [""]}, "--tag needs a value.\n  --tag \n        ^"),
        ({"until": " "}, "--until needs a value.\n  --until  \n          ^"),
        ({"tags": ["新华,，b"]}, "A value is missing beside the comma.\n  --tag 新华,，b\n             ^"),
    ],
)
def test_faults_show_the_option(options: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        filters(zone=ZONE, now=NOW, **options)
    assert str(caught.value) == message
