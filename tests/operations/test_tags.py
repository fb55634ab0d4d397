from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscli.dates import load_zone
from newscli.discovery import find_store
from newscli.errors import NewscliError
from newscli.index import Index
from newscli.operations.fields import count_fields
from newscli.operations.tags import count_names, kind_of
from newscli.query import Query, parse


def ask(*terms: str) -> Query:
    return parse(terms, zone=load_zone("Asia/Shanghai"), now=datetime(2022, 6, 10, tzinfo=UTC))


@pytest.fixture
def index(site: Path, write: Callable[..., Path]) -> Iterator[Index]:
    write("2022-06-07-a.md", title="A", tags="[科技, AI]", author="Li")
    write("2022-06-08-b.md", title="B", tags="[科技]", authors="[Li, Wang]", weight="3")
    write("2022-06-09-c.md", tags="[ai]", categories="city", weight="heavy", hidden="true")
    with Index(find_store(str(site))[0]) as opened:
        opened.refresh()
        yield opened


def counts(index: Index, query: Query, kind: str) -> list[tuple[str, int]]:
    return [(record[kind], record["posts"]) for record in count_names(index, query, kind=kind).records]


def test_the_most_frequent_first_names_as_written(index: Index) -> None:
    assert counts(index, Query(), "tag") == [("科技", 2), ("AI", 1), ("ai", 1)]
    assert counts(index, Query(), "author") == [("Li", 2), ("Wang", 1)]
    assert counts(index, Query(), "category") == [("city", 1)]


def test_only_the_posts_that_match_count(index: Index) -> None:
    assert counts(index, ask("date:2022-06-08.."), "tag") == [("ai", 1), ("科技", 1)]
    assert counts(index, ask("tag:nothing"), "tag") == []


def test_first_and_last_are_the_ends_in_time(index: Index) -> None:
    record = next(iter(count_names(index, Query(), kind="tag").records))
    assert (record["first"][:10], record["last"][:10]) == ("2022-06-07", "2022-06-08")


def test_limit_offset_total_and_latest(index: Index) -> None:
    report = count_names(index, Query(), kind="tag", limit=1, offset=0, latest=2)
    assert report.total == 3
    (record,) = report.records
    assert record["latest"] == ["B", "A"]
    (last,) = count_names(index, Query(), kind="tag", limit=5, offset=2, latest=1).records
    assert last == {"tag": "ai", "posts": 1, "first": last["first"], "last": last["last"], "latest": ["c"]}, "the slug"


@pytest.mark.parametrize(
    ("given", "kind"), [("tags", "tag"), ("tag", "tag"), ("authors", "author"), ("category", "category")]
)
def test_what_can_be_counted(given: str, kind: str) -> None:
    assert kind_of(given) == kind


def test_what_cannot(index: Index) -> None:
    with pytest.raises(NewscliError, match="did you mean 'tags'"):
        kind_of("tagz")


def test_fields_merge_the_types_of_a_key(index: Index) -> None:
    fields = {record["field"]: record for record in count_fields(index, Query()).records}
    assert fields["weight"] == {
        "field": "weight",
        "types": ["number", "text"],
        "posts": 2,
        "example": fields["weight"]["example"],
    }
    assert fields["hidden"] == {"field": "hidden", "types": ["boolean"], "posts": 1, "example": "true"}
    assert fields["tags"]["types"] == ["list"]
    assert next(iter(fields)) == "tags", "the most frequent first"


def test_fields_of_some_posts(index: Index) -> None:
    report = count_fields(index, ask("has:author"), limit=1)
    assert report.total == 5
    assert len(list(report.records)) == 1
