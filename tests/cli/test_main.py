import re
import subprocess
import sys
from collections.abc import Callable

import pytest

import newscli
from newscli.__main__ import main

Process = Callable[..., subprocess.CompletedProcess[bytes]]


def imported(arguments: list[str], environment: dict[str, str]) -> set[str]:
    """The top-level modules that a run imports beyond those of the interpreter itself."""

    def modules(command: list[str]) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *command],
            env=environment,
            capture_output=True,
            check=False,
            timeout=60,
        )
        names = re.findall(r"\|\s+([\w.]+)$", done.stderr.decode(), re.MULTILINE)
        return {name.partition(".")[0] for name in names}

    return modules(arguments) - modules(["-c", "pass"])


def test_the_version_is_answered_without_importing_anything(environment: dict[str, str]) -> None:
    code = "import sys; from newscli.__main__ import main; sys.exit(main())"
    assert imported(["-c", code, "--version"], environment) == {"newscli", "gc"}


def test_a_list_away_from_a_terminal_imports_neither_rich_nor_what_it_does_not_need(
    script: list[str], environment: dict[str, str]
) -> None:
    modules = imported([*script[1:], "list", "3"], environment)
    assert "typer" in modules
    assert modules & {"rich", "yaml", "html2text", "sqlite3", "pydantic", "jsonschema", "frontmatter"} == set()


def test_help_imports_no_command_and_no_rich(script: list[str], environment: dict[str, str]) -> None:
    assert imported([*script[1:], "--help"], environment) & {"throwaway", "rich"} == set()


@pytest.mark.parametrize("arguments", [["--version"], ["-q", "--version"], ["--version", "-q"]])
def test_the_version(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"newscli {newscli.__version__}\n"


def test_the_package_is_a_program(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newscli", "nonsense"], env=environment, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"newscli: no command 'nonsense'")


def test_ctrl_c_while_importing_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("newscli.cli.app.run", interrupted)
    assert main(["list"]) == 130


def test_the_arguments_of_the_process_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["newscli", "--version"])
    assert main() == 0


def test_everything_is_written_before_the_process_ends(process: Process) -> None:
    done = process("list", "20000")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == "第19999篇"
    assert len(done.stdout.splitlines()) == 20000


def test_what_wants_to_be_done_at_exit_is_done(environment: dict[str, str]) -> None:
    code = (
        "import atexit, sys; atexit.register(lambda: print('swept', file=sys.stderr));"
        "from newscli.__main__ import main; sys.argv[1:] = ['nonsense']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.endswith(b"swept\n")
