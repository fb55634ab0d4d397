from dataclasses import fields

import pytest
import typer

from newscli.cli.options import Context, Filters, Output, complete_formats, whole_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (None, ()),
        ("", ()),
        ("title", ("title",)),
        ("title, date ,,meta.x", ("title", "date", "meta.x")),
        ("title，标签", ("title", "标签")),
        ("title,date,title", ("title", "date")),
    ],
)
def test_fields_are_split_at_commas_of_either_width(typed: str | None, expected: tuple[str, ...]) -> None:
    assert Output(fields=typed).field_names == expected


def test_what_is_said_last_counts_and_what_is_not_said_is_inherited() -> None:
    before = Context(store="a", color="always", quiet=True)
    assert Context(store="b", no_sync=True).over(before) == Context(store="b", color="always", quiet=True, no_sync=True)
    assert Context().over(before) == before
    assert before.over(None) is before


def test_the_context_in_plain_words() -> None:
    assert (Context().pager, Context().sync) == (True, True)
    assert (Context(no_pager=True).pager, Context(no_sync=True).sync) == (False, False)


def test_the_terminal_is_made_once_and_as_the_options_say() -> None:
    context = Context(color="always", quiet=True)
    assert context.terminal is context.terminal
    assert (context.terminal.color, context.terminal.quiet, context.terminal.verbose) == (True, True, False)
    assert Context(verbose=True).terminal.verbose


@pytest.mark.parametrize(("value", "expected"), [("0", 0), ("020", 20), (7, 7)])
def test_a_whole_number(value: object, expected: int) -> None:
    assert whole_number(value) == expected


@pytest.mark.parametrize("value", ["", "-1", "1.5", "x", "２０"])
def test_what_is_no_whole_number_is_refused(value: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no whole number"):
        whole_number(value)


def test_formats_are_completed_by_their_beginning() -> None:
    assert list(complete_formats("js")) == ["json", "jsonl"]
    assert list(complete_formats("x")) == []


def test_no_two_bundles_have_an_option_of_the_same_name() -> None:
    names = [option.name for bundle in (Filters, Output, Context) for option in fields(bundle)]
    assert len(names) == len(set(names))
