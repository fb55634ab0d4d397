"""The README, the changelog, the licence and the CI script say the same things, and true ones."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.readme import README, ROOT, WIDTH, commands, fill, main, run_on_terminal, stale

TEXT = README.read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def command_line(ending: str) -> list[str]:
    """The steps of the one command line in a ``sh`` block that ends so."""
    blocks: list[str] = re.findall(r"^```sh\n(.*?)\n```$", TEXT, re.MULTILINE | re.DOTALL)
    (line,) = [block for block in blocks if block.endswith(ending) and "venv" in block]
    return line.split(" && ")


# The two command lines


def test_one_line_sets_up_and_does_what_the_page_opens_with() -> None:
    opening = commands(TEXT)[0]
    make, install, run = command_line("城市新闻")
    assert make == "python3 -m venv .venv"
    assert install == ".venv/bin/pip install -q ."
    assert run == f".venv/bin/{opening}"


def test_what_it_lists_is_there() -> None:
    words = shlex.split(commands(TEXT)[0])
    archive = ROOT / words[words.index("-C") + 1]
    tag = words[words.index("--tag") + 1].encode()
    assert (
        sum(b"\ntags:" in post and tag in post for post in (path.read_bytes() for path in archive.rglob("*.md"))) >= 10
    )


def test_one_line_sets_up_and_runs_the_tests_as_ci_does() -> None:
    make, install, test = command_line("pytest")
    assert make == "python3 -m venv .venv"
    steps = CI.splitlines()
    assert install.removeprefix(".venv/bin/") in steps
    assert test.removeprefix(".venv/bin/") == steps[-1] == "python -m pytest"


def test_ci_runs_every_check_and_stops_at_the_first_that_fails() -> None:
    assert CI.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in CI
    checks = ["ruff format --check", "ruff check", "mypy", "lint-imports", "python -m pytest"]
    found = [CI.index(f"\n{check}") for check in checks]
    assert found == sorted(found)


def test_ci_is_a_script_that_can_be_started() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_ci_refuses_an_old_python(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\necho too old >&2\nexit 1\n", encoding="utf-8")
    old.chmod(0o700)
    environment = os.environ | {"PYTHON": str(old), "TMPDIR": str(tmp_path)}
    done = subprocess.run([ROOT / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "too old\n")
    assert [path.name for path in tmp_path.iterdir()] == ["python"]


# The page


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", TEXT, re.M)
    }
    targets = re.findall(r"\]\(([^)]+)\)", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL))
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        else:
            assert (ROOT / target).exists(), target


def test_every_block_runs_newscli_on_something_that_exists() -> None:
    assert len(commands(TEXT)) == TEXT.count("<!-- run:") == TEXT.count("<!-- end -->")
    for command in commands(TEXT):
        words = shlex.split(command)
        assert words[0] == "newscli"
        assert "-C" not in words or (ROOT / words[words.index("-C") + 1]).is_dir()


def test_every_command_in_the_table_has_its_reference() -> None:
    listed = re.findall(r"^\| \[`(newscli \w+)`\]", TEXT, re.MULTILINE)
    headings = re.findall(r"^### (newscli \w+)$", TEXT, re.MULTILINE)
    assert listed == headings
    assert [f"{command} --help" for command in listed] == [each for each in commands(TEXT) if each.endswith("--help")]


def test_nothing_is_left_to_be_written() -> None:
    for text in (TEXT, CHANGELOG):
        assert not re.search(r"TODO|TBD|FIXME|coming soon|lorem", text, re.IGNORECASE)


def test_the_console_blocks_show_what_the_commands_print() -> None:
    assert stale(TEXT, run_on_terminal) == [], "bring them up to date: python tests/readme.py --write"


# Changelog and licence


def test_the_changelog_has_what_comes_next_under_the_agreed_headings() -> None:
    assert CHANGELOG.startswith("# Changelog\n")
    assert re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)[0] == "[Unreleased]"
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE)) <= allowed


def test_the_changelog_names_every_command() -> None:
    for command in re.findall(r"^### (newscli \w+)$", TEXT, re.MULTILINE):
        assert f"`{command}`" in CHANGELOG


def test_the_licence_is_the_same_everywhere() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n")
    assert PROJECT["license"] == "MIT"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert "[MIT licence](LICENSE)" in TEXT


def test_the_page_names_the_dependency_under_another_licence() -> None:
    assert any(dependency.startswith("html2text") for dependency in PROJECT["dependencies"])
    assert "html2text, is under GPL-3.0-or-later" in TEXT


def test_the_page_asks_for_the_python_that_the_package_asks_for() -> None:
    assert PROJECT["requires-python"] == ">=3.11"
    assert "Python 3.11 or later" in TEXT


# Filling the blocks

PAGE = """# Page

<!-- run: printf 'a\\nb\\n' -->
anything
<!-- end -->

text

<!-- run: echo c -->
```console
$ echo c
c
```
<!-- end -->
"""
FILLED = """# Page

<!-- run: printf 'a\\nb\\n' -->
```console
$ printf 'a\\nb\\n'
a
b
```
<!-- end -->

text

<!-- run: echo c -->
```console
$ echo c
c
```
<!-- end -->
"""


def test_blocks_are_filled_with_what_their_commands_print() -> None:
    assert commands(PAGE) == ["printf 'a\\nb\\n'", "echo c"]
    assert fill(PAGE, run_on_terminal) == FILLED


def test_filling_twice_is_filling_once() -> None:
    assert fill(FILLED, run_on_terminal) == FILLED


def test_output_with_fences_or_backslashes_stays_in_its_block() -> None:
    filled = fill("<!-- run: x -->\n<!-- end -->", lambda _: "```\n\\1 \\g<0>\n")
    assert filled == "<!-- run: x -->\n````console\n$ x\n```\n\\1 \\g<0>\n````\n<!-- end -->"


def test_stale_blocks_are_named() -> None:
    assert stale(PAGE, run_on_terminal) == ["printf 'a\\nb\\n'"]
    assert stale(FILLED, run_on_terminal) == []


def test_commands_see_a_terminal_of_a_known_width_and_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLI_STORE", "/elsewhere")
    assert run_on_terminal("test -t 1 && test -t 2 && echo terminal") == "terminal\n"
    assert run_on_terminal("stty size") == f"40 {WIDTH}\n"
    assert run_on_terminal('echo "[$NEWSCLI_STORE] $NO_COLOR $TZ"') == "[] 1 UTC\n"


def test_output_is_taken_in_order_and_without_blanks_at_line_ends() -> None:
    assert run_on_terminal("echo 'one  '; echo 二 >&2; echo three") == "one\n二\nthree\n"


def test_newscli_is_the_one_of_this_tree() -> None:
    assert run_on_terminal('head -n 1 "$(command -v newscli)"') == f"#!{sys.executable}\n"
    assert run_on_terminal("pwd") == f"{ROOT}\n"


def test_the_script_checks_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "README.md"
    page.write_text(PAGE, encoding="utf-8")
    assert main([], path=page) == 1
    assert capsys.readouterr().out == "out of date: printf 'a\\nb\\n'\n"
    assert page.read_text(encoding="utf-8") == PAGE
    assert main(["--write"], path=page) == 0
    assert page.read_text(encoding="utf-8") == FILLED
    assert main([], path=page) == 0
    assert capsys.readouterr().out == ""
