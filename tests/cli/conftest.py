import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import pytest
import typer

import newscli
from newscli.cli.app import run
from newscli.cli.group import Lazy
from newscli.cli.options import Context, Filters, Output, Terms
from newscli.cli.output import limit_for, write_report
from newscli.errors import ExitCode, NewscliError, NotFoundError
from newscli.report import Column, Record, Report

THROWAWAY = '''
"""A command to prove the skeleton with."""

from itertools import islice

from newscli.cli.options import Context, Filters, Output, Terms
from newscli.cli.output import limit_for, write_report
from newscli.errors import ExitCode
from newscli.report import Column, Report


def list_(query: Terms, filters: Filters, output: Output, context: Context) -> ExitCode:
    """Numbers as posts."""
    total = int(query[0]) if query else 100
    records = ({"title": f"第{number}篇", "path": f"_posts/{number}.md"} for number in range(total))
    if "interrupt" in query:
        raise KeyboardInterrupt
    if "bug" in query:
        raise KeyError("bug")
    shown = islice(records, limit_for(filters, output, context))
    report = Report((Column("title", "TITLE", style="green"),), shown, total)
    write_report(report, output, context)
    return ExitCode.OK
'''

SCRIPT = """
import sys
from newscli.cli import app
from newscli.cli.group import Lazy
app.COMMANDS["list"] = Lazy("throwaway:list_", "Numbers as posts.")
from newscli.__main__ import main
sys.exit(main())
"""

COLUMNS = (Column("mark", data=False), Column("title", "TITLE", style="green"))


@dataclass(frozen=True)
class Heard:
    """What a command was told."""

    query: list[str]
    filters: Filters
    output: Output
    context: Context
    force: bool


@dataclass(frozen=True)
class Ended:
    """How a run in this process ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def heard() -> list[Heard]:
    """What the throw-away command was told, call by call."""
    return []


@pytest.fixture
def records() -> list[Record]:
    """What the throw-away command lists."""
    return [{"title": f"第{number}篇", "path": f"_posts/{number}.md", "mark": ""} for number in range(100)]


@pytest.fixture
def commands(heard: list[Heard], records: list[Record]) -> dict[str, Lazy]:
    """The throw-away command, and a group of one more."""

    def list_(
        query: Terms,
        filters: Filters,
        output: Output,
        context: Context,
        force: Annotated[bool, typer.Option("--force", help="An option of its own.")] = False,
    ) -> ExitCode:
        """Numbers as posts.

        More about them.
        """
        heard.append(Heard(query, filters, output, context, force))
        failures: dict[str, BaseException] = {
            "use": NewscliError("wrong \x1b[31m use\nsecond line"),
            "missing": NotFoundError("no post 'x'"),
            "bug": KeyError("bug\x1b"),
            "interrupt": KeyboardInterrupt(),
            "abort": typer.Abort(),
            "exit": typer.Exit(3),
        }
        for word in query:
            if word in failures:
                raise failures[word]
        limit = limit_for(filters, output, context)
        report = Report(COLUMNS, islice(records, limit), len(records), "Nothing to list.")
        write_report(report, output, context)
        return ExitCode.NEGATIVE if "negative" in query else ExitCode.OK

    def status(context: Context) -> None:
        """How the index is."""
        heard.append(Heard([], Filters(), Output(), context, force=False))

    return {"list": Lazy(list_, "Numbers as posts."), "status": Lazy(status, "How the index is.")}


Run = Callable[..., Ended]


@pytest.fixture
def newscli_(commands: dict[str, Lazy], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process, away from a terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Ended:
        status = run(arguments, commands)
        captured = capsys.readouterr()
        return Ended(status, captured.out, captured.err)

    return call


@pytest.fixture
def script(tmp_path: Path) -> list[str]:
    """The command of a process that is newscli with the throw-away command."""
    (tmp_path / "throwaway.py").write_text(THROWAWAY, encoding="utf-8")
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    return [sys.executable, str(tmp_path / "script.py")]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A bare environment in which newscli and the throw-away command can be imported."""
    root = Path(newscli.__file__).parents[1]
    return {"PYTHONPATH": f"{root}{os.pathsep}{tmp_path}", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}


Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def process(script: list[str], environment: dict[str, str]) -> Process:
    """Run the command line in a process of its own."""

    def call(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*script, *arguments], env={**environment, **(env or {})}, capture_output=True, check=False, timeout=60
        )

    return call


def read_all(descriptor: int) -> Iterator[bytes]:
    """What a pseudo-terminal shows until nobody writes to it any more."""
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            return
        if not piece:
            return
        yield piece


OnTerminal = Callable[..., tuple[int, str]]


@pytest.fixture
def on_terminal(script: list[str], environment: dict[str, str]) -> OnTerminal:
    """Run the command line on a pseudo-terminal; answers the status and all that it showed."""

    def call(
        *arguments: str, rows: int = 60, columns: int = 80, env: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        child = subprocess.Popen(
            [*script, *arguments],
            env={"TERM": "xterm", **environment, **(env or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        shown = b"".join(read_all(ours)).decode()
        os.close(ours)
        return child.wait(timeout=60), shown.replace("\r\n", "\n")

    return call
