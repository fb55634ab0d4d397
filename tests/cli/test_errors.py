import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer

from newscli import __version__
from newscli.cli.errors import guarded
from newscli.errors import ConfigError, ExitCode

Run = Callable[..., Any]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


def test_the_answer_of_a_command_is_the_exit_status(newscli_: Run) -> None:
    assert newscli_("list").status == ExitCode.OK
    assert newscli_("list", "negative").status == ExitCode.NEGATIVE
    assert newscli_("status").status == ExitCode.OK


def test_a_use_error_is_its_message_and_its_status(newscli_: Run) -> None:
    ended = newscli_("list", "use")
    assert (ended.status, ended.out, ended.err) == (2, "", "newscli: wrong \\x1b[31m use\nsecond line\n")
    ended = newscli_("list", "missing")
    assert (ended.status, ended.err) == (1, "newscli: no post 'x'\n")


def test_a_bug_is_one_line_that_says_how_to_report_it(newscli_: Run) -> None:
    ended = newscli_("list", "bug")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err == (
        f"newscli: internal error: KeyError: 'bug\\x1b' (a bug of newscli {__version__}; please report it with what"
        " 'newscli -v …' shows)\n"
    )


@pytest.mark.parametrize("arguments", [("-v", "list", "bug"), ("list", "bug", "--verbose")])
def test_verbose_shows_the_traceback_of_a_bug(arguments: tuple[str, ...], newscli_: Run) -> None:
    ended = newscli_(*arguments)
    assert ended.status == 4
    assert ended.err.startswith("Traceback (most recent call last):\n")
    assert ended.err.endswith(
        f"\nnewscli: internal error: KeyError: 'bug\\x1b' (a bug of newscli {__version__}; please report it)\n"
    )


@pytest.mark.parametrize(("word", "status"), [("interrupt", 130), ("abort", 130), ("exit", 3)])
def test_other_ends_are_silent(word: str, status: int, newscli_: Run) -> None:
    ended = newscli_("list", word)
    assert (ended.status, ended.out, ended.err) == (status, "", "")


def test_a_click_error_without_a_command_is_shown_too(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise typer._click.exceptions.ClickException("Odd.")

    assert guarded(run) == 2
    assert capsys.readouterr().err == "newscli: odd.\nTry 'newscli -h' for help.\n"


def test_errors_of_the_surroundings_carry_their_status(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise ConfigError("no zone 'Mars'")

    assert guarded(run) == 2
    assert capsys.readouterr().err == "newscli: no zone 'Mars'\n"


def piped(
    script: list[str], environment: Mapping[str, str], arguments: str, after: str
) -> subprocess.CompletedProcess[bytes]:
    """A pipeline in a real shell; the status is that of newscli."""
    python, path = script
    return subprocess.run(
        ["bash", "-c", f"'{python}' '{path}' {arguments} {after}; exit ${{PIPESTATUS[0]}}"],
        env=dict(environment),
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", ["list 200000", "list 200000 --jsonl", "list 3", "--help", "list 200000 -v"])
def test_a_closed_pipe_ends_quietly(arguments: str, script: list[str], environment: dict[str, str]) -> None:
    done = piped(script, environment, arguments, "| head -1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("arguments", ["list 200000", "list 3", "--help"])
def test_a_reader_that_reads_nothing_is_no_trouble(
    arguments: str, script: list[str], environment: dict[str, str]
) -> None:
    done = piped(script, environment, arguments, "| sleep 0")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", ["list 200000", "list 3", "--help"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(arguments: str, script: list[str], environment: dict[str, str]) -> None:
    done = piped(script, environment, arguments, "> /dev/full")
    assert done.returncode == 2
    assert done.stderr == b"newscli: cannot write to standard output: No space left on device\n"


@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), ("2>&-", 0), (">&- 2>&- <&-", 0)])
def test_closed_streams_are_no_trouble(
    closed: str, status: int, script: list[str], environment: dict[str, str]
) -> None:
    done = piped(script, environment, "list 3", closed)
    assert (done.returncode, done.stderr) == (status, b"")


def test_a_use_error_that_nobody_can_read_keeps_its_status(script: list[str], environment: dict[str, str]) -> None:
    assert piped(script, environment, "list -z", "2>&-").returncode == 2


def test_ctrl_c_ends_a_process_with_130_and_without_a_word(process: Process) -> None:
    done = process("list", "3", "interrupt")
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_other_errors_of_the_system_are_bugs_where_nobody_expected_them(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise PermissionError(13, "Permission denied", "x.md")

    assert guarded(run) == 4
    assert capsys.readouterr().err.startswith(
        "newscli: internal error: PermissionError: [Errno 13] Permission denied: 'x.md' ("
    )
