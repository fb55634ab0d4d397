import subprocess
from collections.abc import Callable, Mapping

import pytest

import newscli.cli.app
from newscli.cli.app import ALIASES, COMMANDS, build
from newscli.cli.group import Lazy, load

Run = Callable[..., object]
Process = Callable[..., subprocess.CompletedProcess[bytes]]
SPECIFIED = {
    "import",
    "list",
    "search",
    "show",
    "convert",
    "validate",
    "tags",
    "fields",
    "set",
    "tag",
    "undo",
    "stats",
} | {
    "export",
    "index",
    "config",
}


def wrong_help(commands: Mapping[str, Lazy]) -> list[str]:
    """The commands whose line in the table is not the first of their docstring."""
    helps = {name: (load(name, lazy.target).help or "").partition("\n")[0] for name, lazy in commands.items()}
    return [name for name, lazy in commands.items() if helps[name] != lazy.help]


def test_the_table_says_what_the_docstrings_say(commands: dict[str, Lazy]) -> None:
    assert wrong_help(COMMANDS) == []
    assert wrong_help(commands) == []
    wrong = {**commands, "list": commands["list"]._replace(help="Something else.")}
    assert wrong_help(wrong) == ["list"]


def test_commands_and_aliases_are_those_of_the_specification() -> None:
    assert set(COMMANDS) <= SPECIFIED
    assert ALIASES == {"ls": "list", "find": "search", "cat": "show", "check": "validate", "lint": "validate"}
    assert not set(ALIASES) & SPECIFIED


def complete(process: Process, shell: str, line: str) -> tuple[int, list[str], bytes]:
    words = line.split(" ")
    done = process(
        env={
            "_NEWSCLI_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
    )
    return done.returncode, done.stdout.decode().split("\n"), done.stderr


def test_the_shell_completes_commands_from_the_table(process: Process) -> None:
    assert complete(process, "bash", "newscli l") == (0, ["list", ""], b"")


def test_the_shell_shows_the_help_of_commands(process: Process) -> None:
    assert complete(process, "zsh", "newscli l")[1] == ['_arguments \'*: :(("list":"Numbers as posts."))\'', ""]
    assert complete(process, "fish", "newscli l")[1] == ["list\tNumbers as posts.", ""]


def test_the_shell_completes_options_and_formats(process: Process) -> None:
    assert complete(process, "bash", "newscli list --fie")[1] == ["--fields", ""]
    assert complete(process, "bash", "newscli list -f js")[1] == ["json", "jsonl", ""]
    assert complete(process, "bash", "newscli list --color a")[1] == ["auto", "always", ""]


def test_asking_for_the_version_completes_nothing_and_prints_nothing(process: Process) -> None:
    assert "newscli 0" not in "".join(complete(process, "bash", "newscli --version l")[1])


@pytest.mark.parametrize("instruction", ["complete_bash", "complete_nosuchshell", "nonsense", "nonsense_bash"])
def test_completion_fails_in_silence(instruction: str, process: Process) -> None:
    done = process(env={"_NEWSCLI_COMPLETE": instruction})
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode == 1


def test_whatever_goes_wrong_in_completion_stays_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(commands: object) -> None:
        raise RuntimeError

    monkeypatch.setenv("_NEWSCLI_COMPLETE", "complete_bash")
    monkeypatch.setattr(newscli.cli.app, "build", fail)
    assert newscli.cli.app.run(["list"]) == 1
    assert capsys.readouterr() == ("", "")


def test_completion_is_installed_by_an_option_that_is_not_listed(process: Process) -> None:
    done = process("--show-completion", "bash", env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert b"_NEWSCLI_COMPLETE=complete_bash" in done.stdout
    text = process("--help").stdout.decode()
    assert "--show-completion" not in text
    assert text.count("--install-completion") == 1


def test_the_whole_command_line_can_be_built() -> None:
    assert build().list_commands(None) == list(COMMANDS)  # type: ignore[arg-type]
