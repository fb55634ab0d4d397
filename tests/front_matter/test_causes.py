"""What recovery finds out about a block that does not parse: the last of repeated keys counts, causes are named."""

import pytest

from newscli.front_matter import read
from newscli.front_matter.recovery import conflict_in, pieces


def block(lines: str) -> str:
    return f"---\n{lines}\n---\nx\n"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("title: ? a", "Y108"),
        ("title: - a", "Y108"),
        ("x: !ruby/object:Object {}", "Y115"),
        ("x: !!python/object/apply:os.system [a]", "Y115"),
        ("title: !重磅 a", "Y108"),
    ],
)
def test_the_cause_is_named(lines: str, code: str) -> None:
    assert [fault.code for fault in read(block(lines)).faults] == [code]


def test_of_a_repeated_key_the_last_counts_as_in_yaml() -> None:
    assert read(block('a: 1\na: 2\nb: "c"d"')).data["a"] == 2


def test_a_path_right_behind_the_colon_is_a_value_and_an_address_is_no_key() -> None:
    found = pieces("image:/a.jpg\nhttp://example.com\n")
    assert [(piece.key, piece.value.split("\n")[0]) for piece in found] == [("image", "/a.jpg")]


def test_a_conflict_is_placed_at_its_first_marker() -> None:
    fault = conflict_in("a: b\n<<<<<<< HEAD\nc: d\n=======\n>>>>>>> x\n")
    assert fault is not None
    assert (fault.code, fault.offset) == ("Y101", 5)
    assert conflict_in("a: b\n") is None
