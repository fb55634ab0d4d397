"""Regular expressions: smart case, faults with their place, and an end to those that would run for ever."""

from collections.abc import Callable, Iterable
from time import perf_counter

import pytest

from newscli.entry import Entry
from newscli.errors import QueryError
from newscli.query import Query, patterns
from newscli.query.patterns import Pattern, PatternError

Ask = Callable[..., Query]
Find = Callable[[Query, Iterable[Entry]], list[str]]

EVIL = r"(a|aa)+$"
VICTIM = "a" * 200 + "b"


@pytest.fixture
def short_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second for all slow matches."""
    monkeypatch.setattr(patterns, "BUDGET", 0.1)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("abc", "xABCx", True),
        ("aBc", "xABCx", False),
        ("ABC", "xABCx", True),
        ("\\Sbc", "ABC", True),  # a capital that is an escape does not count
        ("\\p{Lu}", "a", True),
        ("(?P<n>b)c", "BC", True),
        ("(?-i:b)c", "BC", False),
        ("(?i)B", "b", True),
        ("(?i)É", "é", True),
        ("^新.报$", "新日报", True),
        ("^新.报$", "a新日报", False),
        ("\\bAI\\b", "用 AI 写", True),
        ("^\\w+$", "新华abc", True),
        ("(?<=新)华", "新华", True),
        ("[[a]", "[", True),
        ("^$", "", True),
    ],
)
def test_patterns_match(pattern: str, text: str, found: bool) -> None:
    assert Pattern(pattern).found_in(text) is found


@pytest.mark.parametrize(
    ("pattern", "reason", "offset"),
    [
        ("a(b", "missing )", 3),
        ("ab[c", "unterminated character set", 4),
        ("*a", "nothing to repeat", 0),
        ("a{3,1}", "min repeat greater than max repeat", 2),
        ("(" * 5000 + ")" * 5000, "it is too large", 0),
    ],
)
def test_faults_have_a_place(pattern: str, reason: str, offset: int) -> None:
    with pytest.raises(PatternError) as caught:
        Pattern(pattern)
    assert (str(caught.value), caught.value.offset) == (reason, offset)


@pytest.mark.usefixtures("short_budget")
def test_one_endless_match_ends() -> None:
    pattern = Pattern(EVIL)
    start = perf_counter()
    with pytest.raises(TimeoutError):
        pattern.found_in(VICTIM)
    assert pattern.is_overdue
    with pytest.raises(TimeoutError):
        pattern.found_in("a")
    assert perf_counter() - start < 5


@pytest.mark.usefixtures("short_budget")
def test_many_slow_matches_end() -> None:
    pattern = Pattern(EVIL)
    with pytest.raises(TimeoutError):
        _ = [pattern.found_in("a" * 18 + "b") for _ in range(100_000)]
    assert pattern.is_overdue


def test_quick_matches_cost_nothing() -> None:
    pattern = Pattern("b")
    for _ in range(1000):
        pattern.found_in("a")
    assert pattern.spent < patterns.BUDGET / 2


TOO_LONG = (
    "The regular expression takes too long.\n  新华 OR {term}\n          ^\n"
    "Simplify it: a repetition inside a repetition, as in (a+)+, can take for ever. f:text finds plain text."
)


@pytest.mark.usefixtures("short_budget")
@pytest.mark.parametrize("term", [f"title~{EVIL}", f"source~{EVIL}", f"tag~{EVIL}"])
def test_a_query_that_takes_too_long_says_so(ask: Ask, find: Find, scan: Find, term: str) -> None:
    entry = Entry("a", "", "", title=VICTIM, tags=(VICTIM,), meta={"source": VICTIM})
    query = ask("新华", "OR", term)
    with pytest.raises(QueryError) as caught:
        scan(query, [entry])
    assert str(caught.value) == TOO_LONG.format(term=term)
    query = ask("新华", "OR", term)  # starts afresh
    with pytest.raises(QueryError) as caught, query.guard():
        find(query, [entry])
    assert str(caught.value) == TOO_LONG.format(term=term)


@pytest.mark.usefixtures("short_budget")
def test_a_new_query_has_the_whole_time_again(ask: Ask, scan: Find) -> None:
    entry = Entry("a", "", "", title=VICTIM)
    with pytest.raises(QueryError):
        scan(ask(f"title~{EVIL}"), [entry])
    assert scan(ask(f"title~{EVIL}"), [Entry("a", "", "", title="aa")]) == ["a"]


def test_other_errors_pass_the_guard(ask: Ask) -> None:
    query = ask("title~a", "tag:b", "source~c", "is:draft")
    with pytest.raises(KeyError, match="mine"), query.guard():
        raise KeyError("mine")
    with query.guard():
        pass
