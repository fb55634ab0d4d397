import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscli.cli.app import run
from newscli.cli.group import Lazy, first_line, load, make_group

Run = Callable[..., Any]

GROUP = '''
"""Show and change the index.

At length.
"""

from newscli.cli.options import Context


def status(context: Context) -> int:
    """How the index is."""
    context.terminal.stdout.write(f"{context.store} {context.quiet}\\n")
    return 3


def path() -> None:
    """Where the index is."""


COMMANDS = {"status": status, "path": path}
'''


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Lazy]:
    """A group in a module of its own."""
    (tmp_path / "throwaway_group.py").write_text(GROUP, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "throwaway_group", raising=False)
    return {"index": Lazy("throwaway_group:COMMANDS", "Show and change the index.")}


def test_a_group_of_commands_takes_global_options_everywhere(
    index: dict[str, Lazy], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", "a", "index", "status"], index) == 3
    assert run(["index", "-C", "b", "-q", "status"], index) == 3
    assert run(["-C", "a", "index", "-C", "b", "status", "-C", "c"], index) == 3
    assert capsys.readouterr().out == "a None\nb True\nc None\n"


def test_a_group_by_itself_shows_its_help(index: dict[str, Lazy], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index"], index) == 0
    text = capsys.readouterr().out
    assert text.startswith(
        "Usage: newscli index [OPTIONS] COMMAND ...\n\n  Show and change the index.\n\n  At length.\n"
    )
    assert "Commands:\n  status  How the index is.\n  path    Where the index is.\n" in text


def test_a_mistyped_word_in_a_group_gets_a_hint(index: dict[str, Lazy], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "statsu"], index) == 2
    assert capsys.readouterr().err == (
        "newscli: no command 'statsu'; did you mean 'status'?\nTry 'newscli index -h' for help.\n"
    )


def test_listing_imports_nothing(index: dict[str, Lazy], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-h"], index) == 0
    assert "  index  Show and change the index.\n" in capsys.readouterr().out
    assert "throwaway_group" not in sys.modules
    assert run(["index", "path"], index) == 0
    assert "throwaway_group" in sys.modules


def test_aliases_mean_their_command_and_are_not_listed(
    commands: dict[str, Lazy], newscli_: Run, heard: list[object]
) -> None:
    assert newscli_("ls", "x").status == 0
    assert len(heard) == 1
    text = newscli_("-h").out
    assert "  list    Numbers as posts.\n" in text
    assert " ls " not in text
    usage = newscli_("ls", "-h").out
    assert usage.startswith("Usage: newscli list ")


def test_an_alias_without_its_command_is_unknown(newscli_: Run) -> None:
    ended = newscli_("cat", "x")
    assert ended.status == 2
    assert ended.err.startswith("newscli: no command 'cat'")


def test_a_mistyped_command_gets_a_hint(newscli_: Run) -> None:
    ended = newscli_("lsit")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == ("newscli: no command 'lsit'; did you mean 'list'?\nTry 'newscli -h' for help.\n")


def test_options_without_a_command_are_a_use_error(newscli_: Run) -> None:
    ended = newscli_("-q")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "newscli: missing command.\nTry 'newscli -h' for help.\n"


@pytest.mark.parametrize("arguments", [(), ("-h",), ("--help",), ("-q", "-h")])
def test_nothing_at_all_and_help_show_the_help(arguments: tuple[str, ...], newscli_: Run) -> None:
    ended = newscli_(*arguments)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Usage: newscli [OPTIONS] COMMAND ...\n")
    assert "\nCommands:\n  list    Numbers as posts.\n  status  How the index is.\n\n" in ended.out
    assert ended.out.index("Commands:") < ended.out.index("Global options:\n  -C, --store DIR")


def test_a_group_of_no_commands_says_so_by_listing_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-h"], {}) == 0
    assert "Commands:" not in capsys.readouterr().out


def test_a_command_is_loaded_by_name_or_as_it_is() -> None:
    def command() -> None:
        """Do it."""

    assert load("do", command).help == "Do it."
    assert make_group("g", {}, about="About it.").help == "About it."


def test_the_first_line_of_a_docstring() -> None:
    assert first_line(test_the_first_line_of_a_docstring) == ""
    assert first_line(first_line) == "The first line of a docstring."


WORDS = '''
"""A command with words of its own."""

from typing import Annotated

import typer

from newscli.cli.group import Lazy
from newscli.cli.options import Context, Terms


def look(query: Terms, context: Context) -> int:
    """Look at posts."""
    context.terminal.stdout.write(f"look {query}\\n")
    return 0


def rule(context: Context, code: Annotated[str, typer.Argument()] = "-") -> int:
    """One rule."""
    context.terminal.stdout.write(f"rule {code} {context.store}\\n")
    return 0


COMMANDS = {"": look, "rule": rule, "index": Lazy("throwaway_group:COMMANDS", "The index.")}
'''


@pytest.fixture
def worded(index: dict[str, Lazy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Lazy]:
    """A command whose arguments may be words of its own."""
    (tmp_path / "throwaway_words.py").write_text(WORDS, encoding="utf-8")
    monkeypatch.delitem(sys.modules, "throwaway_words", raising=False)
    return {"look": Lazy("throwaway_words:COMMANDS", "Look at posts.")}


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (["look"], "look []\n"),
        (["look", "a", "rule"], "look ['a', 'rule']\n"),
        (["look", "./rule"], "look ['./rule']\n"),
        (["look", "-q", "rule"], "look ['rule']\n"),
        (["look", "rule"], "rule - None\n"),
        (["-C", "x", "look", "rule", "Y102"], "rule Y102 x\n"),
        (["look", "rule", "-C", "x", "Y102"], "rule Y102 x\n"),
        (["look", "index", "-C", "x", "path"], ""),
    ],
)
def test_a_word_right_behind_the_command_is_a_command_of_its_own(
    arguments: list[str], out: str, worded: dict[str, Lazy], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments, worded) == 0
    assert capsys.readouterr().out == out


def test_the_words_of_a_command_are_in_its_help(worded: dict[str, Lazy], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["look", "-h"], worded) == 0
    assert "Commands:\n  rule   One rule.\n  index  The index.\n" in capsys.readouterr().out
    assert run(["look", "rule", "-h"], worded) == 0
    assert capsys.readouterr().out.startswith("Usage: newscli look rule [OPTIONS]")
