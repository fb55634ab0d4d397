import pytest

from newscli.errors import ConfigError, ExitCode, NewscliError, NotFoundError, QueryError, StoreError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NewscliError("x"), ExitCode.USAGE),
        (ConfigError("x"), ExitCode.USAGE),
        (StoreError("x"), ExitCode.USAGE),
        (QueryError("x", "", 0), ExitCode.USAGE),
        (NotFoundError("x"), ExitCode.NEGATIVE),
    ],
)
def test_every_error_carries_its_exit_status(error: NewscliError, code: ExitCode) -> None:
    assert error.exit_code is code


def test_the_exit_statuses_are_the_documented_ones() -> None:
    assert [(code.name, code.value) for code in ExitCode] == [
        ("OK", 0),
        ("NEGATIVE", 1),
        ("USAGE", 2),
        ("PARTIAL", 3),
        ("BUG", 4),
        ("INTERRUPTED", 130),
    ]


def test_the_whole_message_is_the_text_of_an_error() -> None:
    assert str(StoreError("No store here; use -C DIR.")) == "No store here; use -C DIR."


@pytest.mark.parametrize(
    ("query", "position", "caret"),
    [
        ("date:2022-13", 10, "  date:2022-13\n            ^"),
        ("标题:新 date:x", 10, "  标题:新 date:x\n               ^"),  # three wide characters before the fault
        ("a\tb x", 4, "  a\\tb x\n       ^"),  # the tab is shown as two characters
        ("", 0, "  \n  ^"),
    ],
)
def test_a_query_error_points_at_the_place(query: str, position: int, caret: str) -> None:
    assert str(QueryError("Bad.", query, position)) == f"Bad.\n{caret}"


def test_a_query_error_ends_with_its_hint() -> None:
    error = QueryError("Unknown field.", "tga:x", 0, "Did you mean tag?")
    assert str(error) == "Unknown field.\n  tga:x\n  ^\nDid you mean tag?"
    assert (error.message, error.query, error.position, error.hint) == error.args
