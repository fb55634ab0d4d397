"""Keys of the front matter are found as people name them."""

from typing import Any

import pytest

from newscli.query.meta import find, json_text, scalars

META: dict[str, Any] = {
    "a": 1,
    "A": 2,
    "Key": "v",
    "n": {"x": {"Y": 3}, "l": [{"z": 1}, {"z": 2}, 5]},
    "n.x": "dotted",
    "q.r": {"s": 4},
    "é": 5,
    "\u212a": "kelvin",
    "none": None,
}


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("a", [1]),
        ("A", [2]),
        ("key", ["v"]),
        ("KEY", ["v"]),
        ("É", [5]),
        ("k", []),  # the Kelvin sign is no K
        ("n.x", ["dotted"]),
        ("n.x.y", [3]),
        ("N.X.Y", [3]),
        ("q.r.s", [4]),
        ("n.l.z", [1, 2]),
        ("n.l.q", []),
        ("a.b", []),
        ("b.a", []),
        ("none", [None]),
        ("none.x", []),
        ("", []),
        (".", []),
        ("n.", []),
    ],
)
def test_keys_are_found(key: str, values: list[Any]) -> None:
    assert find(META, key) == values


@pytest.mark.parametrize(
    ("value", "singles"),
    [
        ("x", ["x"]),
        ("", []),
        (" \t\u3000", []),
        (None, []),
        (0, [0]),
        (False, [False]),
        ([], []),
        ([1, [2, ["", None, "x"]]], [1, 2, "x"]),
        ({"a": 1, "b": {"c": [2]}}, [1, 2]),
        ((1, 2), [1, 2]),
    ],
)
def test_single_values_are_taken_out(value: Any, singles: list[Any]) -> None:
    assert list(scalars([value])) == singles


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (1, "1"),
        (1.0, "1.0"),
        (-0.5, "-0.5"),
        (1e300, "1e+300"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        ('"x"', '"x"'),
    ],
)
def test_single_values_are_read_as_json_writes_them(value: Any, text: str) -> None:
    assert json_text(value) == text
