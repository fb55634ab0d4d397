import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.json_stream import Fault, Value, iter_values, loads

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def values(text: str, *, size: int = 5, limit: int = 10_000) -> list[Value | Fault]:
    chunks = (text[place : place + size] for place in range(0, len(text), size))
    return list(iter_values(chunks, limit, limit))


def plain(text: str, *, size: int = 5) -> list[object]:
    return [found.value if isinstance(found, Value) else found for found in values(text, size=size)]


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n", []),
        ("[]", []),
        ('{"a": 1}', [{"a": 1}]),
        ('[{"a": 1}, {"b": [2]}]', [{"a": 1}, {"b": [2]}]),
        ("[12345678901, 2]", [12345678901, 2]),
        ("123456", [123456]),
        ('{"a":1}\n{"b":2}', [{"a": 1}, {"b": 2}]),
        ('\x1e{"a":1}\n\x1e{"b":2}\n', [{"a": 1}, {"b": 2}]),
        ("[1][2]", [1, 2]),
        ("[[1, 2], 3]", [[1, 2], 3]),
        ('["a]b", "c\\"d"]', ["a]b", 'c"d']),
        ("[1, 2,]", [1, 2]),
    ],
)
def test_the_values_of_a_text(text: str, expected: list[object], size: int) -> None:
    assert plain(text, size=size) == expected


@given(st.lists(JSON, max_size=6), st.integers(1, 30), st.sampled_from([None, 2]))
@settings(max_examples=150, deadline=None)
def test_an_array_is_read_as_json_reads_it(expected: list[object], size: int, indent: int | None) -> None:
    assert plain(json.dumps(expected, indent=indent), size=size) == expected


def test_a_value_knows_its_line() -> None:
    assert [found.line for found in values('[\n{"a": 1},\n\n{"b":\n2},\n3]')] == [2, 4, 6]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_bad_element_costs_itself_only(size: int) -> None:
    found = values('[{"a": 1},\n{"a": oops},\n{"a": 3}]', size=size)
    assert [item.value for item in found if isinstance(item, Value)] == [{"a": 1}, {"a": 3}]
    (fault,) = [item for item in found if isinstance(item, Fault)]
    assert (fault.message, fault.line) == ("is no JSON: Expecting value", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1}', "ends within an array"),
        ('[{"a": 1}, {"b": "c', "Unterminated string"),
        ('{"a": ', "Expecting value"),
        ("nonsense", "Expecting value"),
        ('{"a": 1} x {"b": 2}', "Expecting value"),
        ('[{"a" 1}]', "delimiter"),
    ],
)
def test_what_is_no_json_is_said(text: str, message: str) -> None:
    *_, last = values(text)
    assert isinstance(last, Fault)
    assert message in last.message


@pytest.mark.parametrize("text", ["[" + "[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_depth_is_a_fault(text: str) -> None:
    found = values(text, size=10_000, limit=10_000_000)
    assert isinstance(found[0], Fault)
    assert "too deep" in found[0].message


def test_what_is_nested_in_a_bad_element_is_no_element() -> None:
    found = plain('[{"a": oops, "b": [{"c": "}"}, {"d": 2}]}, {"e": 3}]', size=3)
    assert [item for item in found if not isinstance(item, Fault)] == [{"e": 3}]


def test_an_element_whose_braces_never_close_is_left_at_the_next_object() -> None:
    found = plain('[{"a": [oops}, {"e": 3}, {"f": 4}]', size=3)
    assert [item for item in found if not isinstance(item, Fault)] == [{"e": 3}, {"f": 4}]
    assert [type(item) for item in plain('[oops, {"e": 3}]')] == [Fault]


def test_a_text_that_is_broken_everywhere_is_given_up() -> None:
    found = values("[" + "{x}," * 2000 + '{"a": 1}]', size=100_000)
    assert len(found) == 1001
    assert found[-1] == Fault("has 1,000 places that are no JSON: given up", 1)


def test_lines_are_counted_through_a_long_text() -> None:
    text = "[" + ",\n".join(['{"a": "' + "x" * 1000 + '"}'] * 300 + ["{x}", "5"]) + "]"
    *_, fault, last = values(text, size=1 << 20)
    assert (fault.line, last) == (301, Value(5, 302))


def test_a_number_of_thousands_of_digits_is_a_fault() -> None:
    first, second = values(f'[{{"a": {"9" * 5000}}}, {{"a": 2}}]', size=10_000)
    assert isinstance(first, Fault)
    assert first.message == "a number of thousands of digits"
    assert second == Value({"a": 2}, 1)


def test_a_value_longer_than_the_limit_is_a_fault() -> None:
    *_, last = values(f'[{{"a": 1}}, {{"b": "{"x" * 500}"}}]', limit=100)
    assert last == Fault("a value has more than 100 characters", 1, too_big=True)


def test_elements_are_read_one_at_a_time() -> None:
    def chunks() -> Iterator[str]:
        yield '[{"a": 1}, {"b"' + " " * 100
        raise AssertionError("read too early")

    assert next(iter_values(chunks(), 1000, 1000)) == Value({"a": 1}, 1)


@pytest.mark.parametrize("piece", ['{"a":1},', "}, {", '"', "} ", "[1],", '{"a":x},'])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    values("[" + piece * (200_000 // len(piece)), size=10_000, limit=1_000_000)
    assert time.process_time() - start < 5


def test_one_text_is_one_value() -> None:
    assert loads('{"a": [1]}') == {"a": [1]}
    with pytest.raises(ValueError, match="too deep"):
        loads("[" * 100_000)
    with pytest.raises(ValueError, match="Expecting"):
        loads("[")
