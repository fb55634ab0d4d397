import io
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from rich.text import Text

from newscli.cli.terminal import ENCODING_ERRORS, ColorChoice, Terminal, prepare_streams, safe

Process = Callable[..., subprocess.CompletedProcess[bytes]]
OnTerminal = Callable[..., tuple[int, str]]


class FakeTerminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def become_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make standard output and error terminals; no fixture, for pytest replaces both before a test is called."""
    monkeypatch.setattr(sys, "stdout", FakeTerminal())
    monkeypatch.setattr(sys, "stderr", FakeTerminal())


def shown(stream: object) -> str:
    assert isinstance(stream, io.StringIO)
    return stream.getvalue()


COLOR_CASES: list[tuple[ColorChoice, dict[str, str], bool, bool]] = [
    # --color, environment, in colour on a terminal, in colour on a pipe
    ("auto", {}, True, False),
    ("auto", {"TERM": "xterm-256color"}, True, False),
    ("auto", {"TERM": "dumb"}, False, False),
    ("auto", {"NO_COLOR": "1"}, False, False),
    ("auto", {"NO_COLOR": ""}, True, False),
    ("auto", {"FORCE_COLOR": "1"}, True, True),
    ("auto", {"FORCE_COLOR": ""}, True, False),
    ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
    ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
    ("never", {"FORCE_COLOR": "1"}, False, False),
]


@pytest.mark.parametrize(("choice", "environ", "on_terminal", "on_pipe"), COLOR_CASES)
def test_whether_there_is_colour(
    choice: ColorChoice, environ: dict[str, str], on_terminal: bool, on_pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(color=choice, environ=environ)
    monkeypatch.setattr(sys, "stdout", FakeTerminal())
    assert terminal.color is on_terminal
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert terminal.color is on_pipe


@pytest.mark.parametrize(("choice", "expected"), [("always", "\x1b[31mx\x1b[0m[b]\n"), ("never", "x[b]\n")])
def test_the_consoles_of_rich_keep_to_the_choice_and_leave_markup_alone(
    choice: ColorChoice, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    become_terminal(monkeypatch)
    terminal = Terminal(color=choice, environ={"NO_COLOR": "1"})
    for console, stream in ((terminal.console, sys.stdout), (terminal.error_console, sys.stderr)):
        console.print(Text.assemble(("x", "red"), "[b]"))
        assert shown(stream) == expected
    assert terminal.console is terminal.console


def test_the_window_is_as_the_environment_says() -> None:
    terminal = Terminal(environ={"COLUMNS": "132", "LINES": "50"})
    assert (terminal.width, terminal.height) == (132, 50)


@pytest.mark.parametrize("nonsense", ["", "0", "-5", "wide", "１２"])
def test_nonsense_in_the_environment_is_not_believed(nonsense: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_terminal(descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr("os.get_terminal_size", no_terminal)
    terminal = Terminal(environ={"COLUMNS": nonsense, "LINES": nonsense})
    assert (terminal.width, terminal.height) == (80, 24)


def test_the_window_is_that_of_any_stream_that_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def size(descriptor: int) -> os.terminal_size:
        if descriptor == 1:
            raise OSError
        return os.terminal_size((0, 0) if descriptor == 2 else (99, 33))

    monkeypatch.setattr("os.get_terminal_size", size)
    terminal = Terminal(environ={})
    assert (terminal.width, terminal.height) == (99, 33)


def test_notes_are_for_whoever_wants_them(capsys: pytest.CaptureFixture[str]) -> None:
    for terminal in (Terminal(), Terminal(quiet=True), Terminal(verbose=True)):
        terminal.note("note")
        terminal.detail("detail")
        terminal.complain("complaint")
    assert capsys.readouterr() == ("", "note\ncomplaint\ncomplaint\nnote\ndetail\ncomplaint\n")


def test_what_was_written_before_is_shown_before(monkeypatch: pytest.MonkeyPatch) -> None:
    become_terminal(monkeypatch)
    flushed: list[str] = []
    monkeypatch.setattr(sys.stdout, "flush", lambda: flushed.append(shown(sys.stderr)))
    Terminal().note("after")
    assert flushed == [""]
    assert shown(sys.stderr) == "after\n"


def test_messages_keep_their_lines_and_show_what_is_hidden_in_them() -> None:
    assert safe("a\n  b\x1b[31m\u202e\tc") == "a\n  b\\x1b[31m\\u202e\\tc"


def test_every_text_can_be_written() -> None:
    text = "新\udcff\udc80\ud800\udfff\udd00x"
    assert text.encode("utf-8", ENCODING_ERRORS) == "新".encode() + b"\xff\x80\\ud800\\udfff\\udd00x"


def test_the_handler_is_for_writing_only() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", ENCODING_ERRORS)


def test_output_is_utf_8_whatever_the_locale(process: Process) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    assert process("list", "1", env=env).stdout == "第0篇\n".encode()
    assert "…".encode() in process("list", "1", "bug", env=env).stderr


def test_streams_that_are_closed_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    prepare_streams()
    with sys.stdout as nowhere:
        assert nowhere.write("x") == 1
    assert shown(sys.stderr) == ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that pass only when a test says so."""
    now = [0.0]
    monkeypatch.setattr("newscli.cli.terminal.time.monotonic", lambda: now[0])
    return now


def test_what_is_done_within_a_second_shows_no_progress(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    become_terminal(monkeypatch)
    for _ in Terminal(environ={}).progress(range(9), "Reading"):
        clock[0] += 0.1
    assert shown(sys.stderr) == ""


def test_what_takes_longer_shows_how_far_it_is(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    become_terminal(monkeypatch)
    seen = []
    for item in Terminal(environ={"COLUMNS": "100"}).progress(range(3000), "Reading", total=3000):
        clock[0] += 0.001
        seen.append(item)
    assert seen == list(range(3000))
    assert "Reading" in shown(sys.stderr)
    assert " of 3,000" in shown(sys.stderr)
    assert shown(sys.stdout) == ""


@pytest.mark.parametrize(("quiet", "environ"), [(True, {}), (False, {"TERM": "dumb"})])
def test_progress_is_not_for_the_quiet_nor_for_dumb_terminals(
    quiet: bool, environ: dict[str, str], clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    become_terminal(monkeypatch)
    items = []
    for item in Terminal(quiet=quiet, environ=environ).progress(range(5), "Reading"):
        clock[0] += 1
        items.append(item)
    assert items == [0, 1, 2, 3, 4]
    assert shown(sys.stderr) == ""


def test_progress_is_not_for_pipes(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    for _ in Terminal(environ={}).progress(range(5), "Reading"):
        clock[0] += 1
    assert capsys.readouterr() == ("", "")


def test_on_a_real_terminal_there_is_a_table_with_a_footer(on_terminal: OnTerminal) -> None:
    status, text = on_terminal("list")
    lines = text.splitlines()
    assert status == 0
    assert lines[0] == "\x1b[2mTITLE\x1b[0m"
    assert lines[1] == "\x1b[32m第0篇\x1b[0m"
    assert lines[50:] == ["\x1b[32m第49篇\x1b[0m", "50 of 100 · -n 0 for all"]


def test_a_low_window_gets_fewer_rows(on_terminal: OnTerminal) -> None:
    lines = on_terminal("list", rows=24, env={"NO_COLOR": "1"})[1].splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("TITLE", "第0篇", "21 of 100 · -n 0 for all")
    assert len(lines) == 23


def test_a_terminal_gets_every_row_when_asked_and_data_when_asked(on_terminal: OnTerminal) -> None:
    lines = on_terminal("list", "-n0", "--color", "never")[1].splitlines()
    assert (len(lines), lines[0], lines[-1]) == (101, "TITLE", "第99篇")
    assert on_terminal("list", "2", "--jsonl")[1].splitlines()[0] == '{"title": "第0篇", "path": "_posts/0.md"}'
    assert len(on_terminal("list", "-f", "tsv")[1].splitlines()) == 100
