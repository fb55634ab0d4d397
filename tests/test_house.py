"""The laws of the house: who may import whom, what starting costs, that every room has its doors and its words."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newscli
from newscli.cli.app import COMMANDS
from newscli.cli.group import load
from newscli.formats import FORMATS

ROOT = Path(newscli.__file__).parents[1]
PACKAGE = ROOT / "newscli"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 50
LONGEST_MODULE = 300


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_imports_keep_their_direction() -> None:
    done = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")
    assert done.returncode == 0, done.stdout


def imported(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """The top-level packages, and our own modules, that a command imports."""
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: sys.stderr.write(chr(10) + chr(32).join(sys.modules)))\n"
        f"sys.argv = ['newscli', *{list(arguments)!r}]\n"
        "from newscli.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = run("-c", code, cwd=cwd)
    names = done.stderr.rpartition("\n")[2].split()
    return {name if name.startswith("newscli") else name.partition(".")[0] for name in names}


HEAVY = {"rich", "yaml", "html2text", "sqlite3", "jsonschema", "pydantic", "frontmatter", "turbohtml", "markdown_it"}


def test_the_version_needs_nothing() -> None:
    assert not imported("--version") & {*HEAVY, "typer", "re", "dataclasses"}


def test_a_listing_needs_no_converter_no_rule_and_nothing_heavy(site: Path, write: object) -> None:
    write("2022-06-07-a.md", title="苏州", tags="科技")  # type: ignore[operator]
    needed = imported("list", "--tag", "科技", "-C", str(site))
    assert "newscli.index" in needed
    assert not needed & (HEAVY - {"sqlite3"})
    rooms = (
        "newscli.converters",
        "newscli.rules",
        "newscli.importers",
        "newscli.front_matter.loaders",
        "newscli.charsets",
    )
    assert not [name for name in needed if name.startswith(rooms)]


def test_help_needs_no_command() -> None:
    needed = imported("--help")
    assert not needed & HEAVY
    assert not {"newscli.cli.list", "newscli.index", "newscli.operations"} & needed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "no docstring"
    assert lines_of_code(text, tree) <= LONGEST_MODULE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def lines_of_code(text: str, tree: ast.Module) -> int:
    """The lines that are neither blank, nor comments, nor docstrings: a rule's docstring is its manual."""
    lines = text.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            words = node.body[0]
            lines[words.lineno - 1 : words.end_lineno] = [""] * ((words.end_lineno or 0) - words.lineno + 1)
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def test_no_machine_and_no_workshop_is_named() -> None:
    banned = re.compile(r"/(?:home|root|Users|work)/\w")
    for path in [*MODULES, *ROOT.glob("*.md"), *ROOT.glob("*.toml")]:
        assert not banned.search(path.read_text(encoding="utf-8")), path


def doors(name: str) -> list[Path]:
    """Where the parts of a command stand, by the name of its module."""
    module = str(COMMANDS[name].target).partition(":")[0].rpartition(".")[2]
    return [PACKAGE / "cli" / f"{module}.py"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_a_test_and_a_place_in_the_readme(name: str) -> None:
    command = load(name, COMMANDS[name].target)
    assert command.help
    assert all(path.exists() for path in doors(name))
    transcripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "transcripts").glob("*.txt"))
    assert f"$ newscli {name} " in transcripts
    assert f"newscli {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_test(name: str) -> None:
    tests = (ROOT / "tests" / "formats").glob("test_*.py")
    assert any(re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")) for path in tests)
