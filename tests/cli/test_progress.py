import io
import re

from rich.console import Console

from newscli.cli.progress import show


def drawn(items: range, total: int | None, done: int) -> tuple[list[int], str]:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100, color_system=None, _environ={})
    seen = list(show(console, items, "Reading", total, done))
    return seen, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", stream.getvalue())


def test_every_item_comes_through_and_what_was_done_before_counts() -> None:
    seen, text = drawn(range(3), total=1203, done=1200)
    assert seen == [0, 1, 2]
    assert "Reading" in text
    assert "1,200 of 1,203" in text
    assert "1,203 of 1,203" in text


def test_without_a_total_only_the_amount_is_shown() -> None:
    text = drawn(range(2), total=None, done=1200)[1]
    assert "1,202" in text
    assert " of " not in text


def test_the_rate_is_shown_once_it_is_known() -> None:
    assert re.search(r"1,300 of 1,300 · [0-9,]+/s", drawn(range(100), total=1300, done=1200)[1])
