"""The law of the query language: a scan in Python and the SQL of the index find the same posts in the same order."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.entry import Entry
from newscli.query import Query

# Characters that fold in odd ways (two change their length, one has a mark of its own, the Kelvin sign is no K), that
# LIKE, GLOB, JSON or the query language read as syntax, and ordinary ones; few enough that texts meet.
LETTERS = "aAbＡß İK新华é́%_*?[]\\\"'：:-^(|)，,~@.\n"
TEXT = st.text(LETTERS, min_size=1, max_size=6)
NAME = TEXT.filter(lambda text: bool(text.strip()))
KEYS = st.sampled_from(
    ["a", "A", "b", "a.b", "a_b", "aXb", "K", "k", "来源", "É", "é", "weight", "Weight", "date", "x-y"]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.integers(-(10**40), 10**40),
    st.floats(allow_nan=True, allow_infinity=True),
    TEXT,
    st.sampled_from(["3", " 3", "3.5", "-1", "", " ", "nan", "\ud800"]),
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-4, minutes=-30))])
FIRST, LAST = datetime(2022, 5, 30), datetime(2022, 8, 3)  # noqa: DTZ001 - hypothesis adds the zones
DATES = st.datetimes(FIRST, LAST, timezones=ZONES) | st.sampled_from(
    [
        datetime(2022, 6, 1, tzinfo=timezone(timedelta(hours=8))),
        datetime(2022, 5, 31, 16, tzinfo=UTC),
        datetime(2022, 5, 31, 15, 59, 59, 999999, tzinfo=UTC),
        datetime(2030, 1, 1, tzinfo=UTC),
        datetime(1, 1, 2, tzinfo=UTC),
    ]
)
NAMES = st.lists(NAME, max_size=3, unique=True).map(tuple)
FAULTS = st.sampled_from(list(Severity)).map(lambda severity: (Diagnostic("p", 1, 1, "Y101", severity, "x"),))

ENTRIES = st.builds(
    Entry,
    path=st.from_regex(r"_posts/[aA2*\[_]{1,3}\.(md|html)", fullmatch=True),
    id=st.text("3f9a", min_size=16, max_size=16),
    slug=NAME,
    title=st.none() | NAME,
    date=st.none() | DATES,
    tags=NAMES,
    categories=NAMES,
    authors=NAMES,
    layout=st.none() | NAME,
    draft=st.booleans(),
    words=st.none() | st.integers(0, 30),
    html=st.none() | st.booleans(),
    problems=st.just(()) | FAULTS,
    meta=st.dictionaries(KEYS, JSON, max_size=4),
)
STORES = st.lists(ENTRIES, max_size=6, unique_by=lambda entry: entry.path)


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


WORDS = NAME.map(quoted)
TEXT_FIELDS = st.sampled_from(
    ["title", "tag", "category", "author", "slug", "layout", "a", "a.b", "weight", "meta.date"]
)
WILD = st.text("aA新*?", min_size=1, max_size=3)
PATTERNS = st.sampled_from(["^a", "A", "a|新", r"^\w+$", r"[^a]$", r"^\S{1,3}$", "(?i)É", r"\\", "\\.", "^3$", "true"])
NUMBERS = st.sampled_from(
    ["3", "3..", "..3", "-1..5", ">=3", "<3", ">3", "<=3.5", "0..20", "1..1000000000000000000000"]
)
LEAVES = st.one_of(
    WORDS,
    st.builds("{}:{}".format, TEXT_FIELDS, WORDS),
    st.builds("{}:={}".format, TEXT_FIELDS, WORDS),
    st.builds("{}~{}".format, TEXT_FIELDS, PATTERNS.map(lambda pattern: f'"{pattern}"')),
    st.builds("{}:{},{}".format, st.sampled_from(["tag", "category"]), WORDS, WILD),
    st.builds("{}:{}".format, st.sampled_from(["words", "weight", "a", "b"]), NUMBERS),
    st.builds(
        "{}:{}".format, st.sampled_from(["has", "no"]), KEYS | st.sampled_from(["title", "tags", "words", "authors"])
    ),
    st.sampled_from(
        ["has:categories", "no:date", "no:layout", "has:id", "k:a", "K:a", "来源:新", "é:a", "A_B:a", "x-y:a"]
    ),
    st.sampled_from(["is:draft", "is:broken", "is:future", "is:untagged", "is:undated", "is:html", "is:html,draft"]),
    st.sampled_from(
        ["date:2022-06", "date:2022-06-01..", "date:..2022", "date:>2022-07", "date:2022-06-01T00:00", "date:7d.."]
    ),
    st.sampled_from(
        [
            "path:_posts/a",
            "path:*.html",
            "path:_posts/?.md",
            'path:"_posts/*"',
            "path:_posts/[",
            "path~A",
            "path:=_posts/a.md",
        ]
    ),
    st.sampled_from(["id:3", "id:3f,9", "id:=3f", "draft:true", "draft:no"]),
)
TERMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda term: f"-{term}"),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
    ),
    max_leaves=5,
)
SORT_KEYS = st.sampled_from(["date", "title", "path", "words", "slug", "id", "weight", "a", "a.b", "k"])
SORTS = st.lists(st.builds("{}{}".format, SORT_KEYS, st.sampled_from(["", "-"])), min_size=1, max_size=3)
ORDERS = st.just("") | SORTS.map(lambda keys: f" sort:{','.join(keys)}")

Find = Callable[[Query, Iterable[Entry]], list[str]]


@settings(max_examples=200, deadline=None)
@given(entries=STORES, typed=st.builds("{}{}".format, TERMS, ORDERS))
@example(entries=[Entry("p", "0", "s", meta={"\u212a": "a"})], typed="k:a")
@example(entries=[Entry("p", "0", "s", tags=("a\nb",))], typed='"a b"')
def test_sql_finds_what_a_scan_finds(ask: Any, find: Find, scan: Find, entries: list[Entry], typed: str) -> None:
    query = ask(typed)
    assert find(query, entries) == scan(query, entries)


@settings(max_examples=100, deadline=None)
@given(entries=STORES, terms=TERMS)
def test_a_post_matches_a_query_or_its_negation(ask: Any, find: Find, entries: list[Entry], terms: str) -> None:
    found = find(ask(terms), entries) + find(ask(f"-({terms})"), entries)
    assert sorted(found) == sorted(entry.path for entry in entries)


@settings(max_examples=100, deadline=None)
@given(entries=STORES, one=TERMS, other=TERMS)
def test_joined_queries_find_what_both_find(ask: Any, scan: Find, entries: list[Entry], one: str, other: str) -> None:
    joined = ask(one).and_(ask(other))
    assert scan(joined, entries) == [path for path in scan(ask(one), entries) if path in scan(ask(other), entries)]
