"""Rules that other packages bring: a small distribution is put on the path, as pip would leave it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newscli
from newscli.rules import model
from newscli.rules.others import Others, enter_others

ROOT = Path(newscli.__file__).parents[1]
POST = "---\ntitle: SHOUT\ndate: 2022-06-07 07:17:20 +0800\nlayout: post\ntags: [a]\n---\ntext\n"
HEAD = "from newscli.diagnostics import Severity\nfrom newscli.rules import Hit, edit, rule\n"
SHOUTING = """
@rule("ACME1", "shouting", Severity.WARNING, fix="safe")
def shouting(subject):
    '''The title shouts.

    Why: nobody reads on.
    '''
    title = subject.data.get("title")
    if isinstance(title, str) and title.isupper():
        start, end = subject.place(("title",))
        fix = edit(start, end, title.capitalize(), "lower it", safe=True)
        yield Hit(start, end, "the title shouts", fix, ("title",))
"""
FAILING = """
@rule("ACME2", "failing", default=False)
def failing(subject):
    '''It fails.'''
    raise KeyError("x")
"""
SCRIPT = """
import sys
import newscli.sweep
from newscli.__main__ import main
newscli.sweep.SLACK = -(10**18)  # the stamps of files count at once, not two seconds after the files were written
status = main(sys.argv[1:])
print("read about packages:", "importlib.metadata" in sys.modules, file=sys.stderr)
sys.exit(status)
"""
Ended = subprocess.CompletedProcess[str]
Run = Callable[..., Ended]


def install(folder: Path, code: str, version: str = "1.2", points: str = "acme = acme_rules") -> None:
    """Put the distribution ``acme-rules`` into a folder of the path."""
    information = folder / "acme_rules.dist-info"
    information.mkdir(parents=True, exist_ok=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: acme-rules\nVersion: {version}\n")
    (information / "entry_points.txt").write_text(f"[newscli.rules]\n{points}\n")
    (folder / "acme_rules.py").write_text(HEAD + code)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder of the path."""
    return tmp_path / "packages"


@pytest.fixture
def run(site: Path, packages: Path) -> Run:
    """Run newscli in a process of its own, in a site with one post; answers how it ended."""
    (site / "_posts" / "2022-06-07-a.md").write_text(POST)

    def call(*words: str) -> Ended:
        command = [sys.executable, "-c", SCRIPT, *words]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}", "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)

    return call


def findings(ended: Ended) -> list[tuple[str, str, Any]]:
    """Code, severity and kind of fix of each finding in JSON."""
    found = json.loads(ended.stdout)["diagnostics"]
    return [(each["code"], each["severity"], each["fix"]) for each in found]


def test_they_are_asked_like_the_others(packages: Path, run: Run) -> None:
    install(packages, SHOUTING)
    ended = run("validate", "--json")
    assert (ended.returncode, findings(ended)) == (0, [("ACME1", "warning", "safe")])
    assert "left out" not in ended.stderr
    assert "+title: Shout\n" in run("validate", "--diff").stdout


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("--select ACME", 1),
        ("--select acme1", 1),
        ("--select shouting", 1),
        ("--select ALL --ignore S,D,F,B,T", 1),
        ("--select D,Y", 0),
        ("--ignore ACME", 0),
        ("--per-file-ignores *-a.md:ACME1", 0),
        ("--per-file-ignores *-b.md:ACME1", 1),
    ],
)
def test_they_are_chosen_like_the_others(options: str, found: int, packages: Path, run: Run) -> None:
    install(packages, SHOUTING)
    assert findings(run("validate", "--json", *options.split())) == [("ACME1", "warning", "safe")] * found


def test_a_letter_stands_for_a_family_of_newscli_only(packages: Path, run: Run) -> None:
    install(packages, SHOUTING)
    ended = run("validate", "--select", "A")
    assert (ended.returncode, "unknown rule 'A'" in ended.stderr) == (2, True)


def test_comments_ignore_them(packages: Path, run: Run, site: Path) -> None:
    install(packages, SHOUTING)
    post = site / "_posts" / "2022-06-07-a.md"
    post.write_text(POST.replace("SHOUT", "SHOUT # newscli: ignore[ACME1]"))
    assert findings(run("validate", "--json")) == []
    post.write_text(POST.replace("SHOUT", "Quiet # newscli: ignore[ACME1]"))
    assert findings(run("validate", "--json")) == [("N901", "warning", "safe")]


def test_they_are_explained(packages: Path, run: Run) -> None:
    install(packages, SHOUTING + FAILING)
    page = "# ACME1 shouting\n\nwarning · fix: safe · on by default · acme-rules 1.2\n\nThe title shouts.\n"
    assert run("validate", "rule", "ACME1").stdout.startswith(page)
    assert run("validate", "rule", "ACME", "-f", "{code} {family}").stdout == "ACME1 acme\nACME2 acme\n"


def test_one_that_fails_is_named_and_the_others_go_on(packages: Path, run: Run) -> None:
    install(packages, SHOUTING + FAILING)
    ended = run("validate", "--json", "--extend-select", "ACME2")
    assert findings(ended) == [("N900", "error", None), ("ACME1", "warning", "safe")]
    assert "please report it to the authors of acme-rules 1.2" in ended.stdout
    assert (ended.returncode, "the rule ACME2 failed on this file (KeyError: 'x')" in ended.stdout) == (4, True)


def test_what_is_kept_depends_on_their_version(packages: Path, run: Run) -> None:
    install(packages, SHOUTING)
    assert len(findings(run("validate", "--json"))) == 1
    install(packages, SHOUTING.replace("isupper", "islower"))
    kept = findings(run("validate", "--json"))
    install(packages, SHOUTING.replace("isupper", "islower"), version="1.3")
    assert (len(kept), findings(run("validate", "--json"))) == (1, [])


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            SHOUTING.replace("ACME1", "Y102"),
            "rule Y102 of acme-rules 1.2 left out: the code is that of unescaped-quote",
        ),
        (SHOUTING.replace("ACME1", "Z1"), "rule Z1 of acme-rules 1.2 left out: the code must be two capital letters"),
        (SHOUTING.replace("ACME1", "acme1"), "rule acme1 of acme-rules 1.2 left out: the code must be two capital"),
        (
            SHOUTING.replace('"shouting"', '"unescaped-quote"'),
            "rule ACME1 of acme-rules 1.2 left out: the name unescaped-quote is taken",
        ),
        (SHOUTING.replace('"shouting"', '"dates"'), "rule ACME1 of acme-rules 1.2 left out: the name dates is taken"),
        (
            SHOUTING.replace('fix="safe"', 'needs="corpus"'),
            "rule ACME1 of acme-rules 1.2 left out: needs must be one of always, body, faults, odd, schema, not",
        ),
        (
            SHOUTING.replace('fix="safe"', 'needs="body"'),
            "rule ACME1 of acme-rules 1.2 left out: a rule that needs a body must say by needles or patterns",
        ),
        (
            SHOUTING.replace('fix="safe"', 'needs="body", patterns=(b"a(",)'),
            "rule ACME1 of acme-rules 1.2 left out: the pattern 'a(' is none: missing ), unterminated subpattern",
        ),
        (
            "import gone",
            "rules of acme-rules 1.2 left out: acme_rules cannot be loaded (ModuleNotFoundError: No module",
        ),
        (
            "raise SystemExit(0)",
            "rules of acme-rules 1.2 left out: acme_rules cannot be loaded (SystemExit: 0",
        ),
        (SHOUTING + "1 / 0", "rules of acme-rules 1.2 left out: acme_rules cannot be loaded (ZeroDivisionError"),
    ],
)
def test_what_cannot_be_taken_is_named(
    code: str, message: str, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(packages, code + "\n")
    monkeypatch.syspath_prepend(packages)
    monkeypatch.delitem(sys.modules, "acme_rules", raising=False)
    before, others = dict(model.RULES), Others()
    enter_others(others)
    assert (model.RULES, others.packages) == (before, ["acme-rules 1.2"])
    (problem,) = others.problems
    assert problem.startswith(message)


def test_of_a_package_the_rules_that_can_be_taken_are_taken(packages: Path, run: Run) -> None:
    install(packages, SHOUTING + FAILING.replace("ACME2", "Y102"), points="acme = acme_rules\ngone = acme_gone")
    assert findings(run("validate", "--json")) == [("ACME1", "warning", "safe")]
    ended = run("validate", "rule", "ACME", "Y102", "-f", "{code} {name}")
    assert ended.stdout == "ACME1 shouting\nY102 unescaped-quote\n"
    assert [line.split(" left out")[0] for line in ended.stderr.splitlines()[:-1]] == [
        "newscli: rule Y102 of acme-rules 1.2",
        "newscli: rules of acme-rules 1.2",
    ]


def test_of_two_packages_the_first_has_a_code(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(packages, SHOUTING, points="acme = acme_rules\nagain = acme_other")
    (packages / "acme_other.py").write_text(HEAD + SHOUTING.replace("shouting", "crying"))
    monkeypatch.syspath_prepend(packages)
    for name in ("acme_rules", "acme_other"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    rules = dict(model.RULES)
    monkeypatch.setattr("newscli.rules.others.RULES", rules)
    monkeypatch.setattr(model, "RULES", rules)
    others = Others()
    enter_others(others)
    assert (rules["ACME1"].name, rules["ACME1"].package) == ("shouting", "acme-rules 1.2")
    assert others.problems == ["rule ACME1 of acme-rules 1.2 left out: the code is that of shouting"]
    assert others.packages == ["acme-rules 1.2"]


def test_where_there_are_none_no_package_is_read_about(packages: Path, run: Run) -> None:
    install(packages, SHOUTING)
    assert "read about packages: True" in run("validate").stderr
    (packages / "acme_rules.dist-info" / "entry_points.txt").write_text("[console_scripts]\nacme = acme_rules\n")
    assert "read about packages: False" in run("validate").stderr
