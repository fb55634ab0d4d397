import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscli.cli.app import run
from newscli.diagnostics import Severity
from newscli.finding import Finding
from newscli.finding_json import to_json
from newscli.operations import look
from newscli.results import Result

GOOD = "---\ntitle: 好\ndate: 2022-06-07 07:17:20 +0800\nlayout: post\n---\n正文\n"
COLON = "---\ntitle: 苏州: 驶上\ndate: 2022-06-07 07:17:20 +0800\nlayout: post\n---\n正文\n"
STRING = "---\ntitle: 好\ndate: 2022-06-07 07:17:20 +0800\nlayout: post\ntags: 新闻\n---\n正文\n"


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of a JSON report, in order."""
        return [each["code"] for each in json.loads(self.out)["diagnostics"]]


Run = Callable[..., Ended]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Jekyll site with a good post, a broken one and one with a string of tags; the current folder."""
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "_layouts").mkdir()
    (root / "_layouts" / "post.html").write_text("{{ content }}")
    (root / "_config.yml").write_text("timezone: Asia/Shanghai\n")
    for name, text in {"good": GOOD, "colon": COLON, "string": STRING}.items():
        (root / "_posts" / f"2022-06-07-{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, caches or services of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("NEWSCLI_STORE", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def validate(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``newscli validate`` in this process."""

    def call(*arguments: str) -> Ended:
        status = run(["validate", *arguments])
        captured = capsys.readouterr()
        return Ended(int(status), captured.out, captured.err)

    return call


def post(site: Path, name: str) -> Path:
    return site / "_posts" / f"2022-06-07-{name}.md"


# What is found, and the exit status


def test_a_broken_post_is_placed_and_explained(site: Path, validate: Run) -> None:
    ended = validate("--select", "Y")
    assert ended.status == 1
    first, bar, source, caret, *_ = ended.out.splitlines()
    assert first.startswith("_posts/2022-06-07-colon.md:2:")
    assert " Y104 " in first
    assert (bar, source) == ("  |", "2 | title: 苏州: 驶上")
    assert caret.lstrip(" |").startswith("^")
    assert "1 error in 1 of 3 files" in ended.err


def test_what_is_clean_exits_with_0(site: Path, validate: Run) -> None:
    post(site, "colon").unlink()
    ended = validate("--select", "Y", "-f", "concise")
    assert (ended.status, ended.out, ended.err) == (0, "", "2 files checked, nothing found\n")


def test_findings_below_the_level_are_no_failure(site: Path, validate: Run) -> None:
    assert validate("--select", "T413").status == 0
    assert validate("--select", "T413", "--fail-level", "info").status == 1
    assert validate("--select", "Y104", "--severity", "Y104=warning").status == 0
    assert validate("--select", "Y104", "--severity", "Y104=warning", "--max-warnings", "0").status == 1
    assert validate("--select", "Y104", "--severity", "Y104=warning", "--max-warnings", "1").status == 0
    assert validate("--select", "Y104", "--exit-zero").status == 0


def test_a_file_that_cannot_be_read_is_3_and_the_others_are_checked(site: Path, validate: Run) -> None:
    post(site, "dead").symlink_to("nowhere")
    ended = validate("--json")
    assert ended.status == 3
    assert {"F015", "Y104"} <= set(ended.codes)
    assert validate("--exit-zero").status == 3


def test_a_file_that_cannot_be_read_is_told_of_whatever_is_selected_or_ignored(site: Path, validate: Run) -> None:
    post(site, "dead").symlink_to("nowhere")
    for options in (("--select", "D302"), ("--ignore", "F015"), ("--per-file-ignores", "*:F015")):
        ended = validate("--json", *options)
        assert (ended.status, "F015" in ended.codes) == (3, True)


def test_a_folder_that_has_a_posts_name_is_told_of_when_it_is_named(site: Path, validate: Run) -> None:
    post(site, "folder").mkdir()
    ended = validate("--json", str(post(site, "folder")))
    assert (ended.status, ended.codes) == (3, ["F015"])


def test_a_rule_that_fails_is_a_bug_of_ours(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(paths: list[str], *_: object, **__: object) -> Iterator[Result]:
        for path in paths:
            finding = Finding("N900", "internal-error", Severity.ERROR, path, 1, 1, 0, 0, "KeyError")
            yield Result(path, to_json([finding]), 0, "")

    monkeypatch.setattr(look, "look_at", broken)
    assert validate("--select", "Y", "--no-cache").status == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "Y1O2"], "did you mean"),
        (["--format", "sarfi"], "did you mean 'sarif'"),
        (["--fail-level", "fatal"], "none of error, warning, info"),
        (["--schema", "none.json"], "cannot read the schema none.json"),
        (["--changed-since", "main", "--staged"], "exclude one another"),
        (["--unsafe-fixes"], "say"),
        (["--baseline", "none.json"], "cannot read the baseline"),
        (["_posts/none.md"], "no such file"),
        (["-", "_posts"], "standard input"),
        (["-o", "a.json", "-o", "b.json"], "several files need a form each"),
        (["--json", "--jsonl"], "one form of output at a time"),
        (["title:nowhere"], "nothing to check"),
        (["--engine", "jekyl"], "did you mean 'jekyll'"),
        (["--max-warnings", "-1"], "no whole number"),
    ],
)
def test_wrong_use_is_2(arguments: list[str], message: str, site: Path, validate: Run) -> None:
    ended = validate(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err


# Which files


def test_paths_queries_and_folders(site: Path, validate: Run) -> None:
    assert "1 file checked" in validate("_posts/2022-06-07-good.md", "--select", "Y").err
    assert "of 3 files" in validate("_posts", "--select", "Y").err
    assert "1 file checked" in validate("tag:新闻", "--select", "Y").err
    assert "1 file checked" in validate("_posts", "tag:新闻", "--select", "Y").err


def test_nothing_matched_may_be_an_answer(site: Path, validate: Run) -> None:
    assert validate("title:nowhere", "--allow-empty").status == 0


def test_a_list_of_files(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "list").write_text("_posts/2022-06-07-colon.md\n_posts/2022-06-07-good.md\n")
    assert "of 2 files" in validate("--files-from", "list", "--select", "Y").err
    monkeypatch.setattr(sys, "stdin", io.StringIO("_posts/2022-06-07-good.md\0"))
    assert "1 file checked" in validate("--files-from", "-", "-0", "--select", "Y").err
    (site / "list").write_text("")
    assert validate("--files-from", "list").status == 2
    assert validate("--files-from", "list", "--allow-empty").status == 0


def test_files_without_an_archive(tmp_path: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(COLON)
    ended = validate("a.md", "--select", "Y104", "--json")
    assert (ended.status, ended.codes) == (1, ["Y104"])
    assert json.loads(ended.out)["diagnostics"][0]["path"] == "a.md"
    assert "no archive here" in validate("a.md", "tag:x").err
    assert validate().status == 2


def test_a_bare_name_is_the_post_of_that_name(site: Path, validate: Run) -> None:
    del site
    ended = validate("2022-06-07-colon.md", "--json")
    assert [each["path"] for each in json.loads(ended.out)["diagnostics"]] == ["_posts/2022-06-07-colon.md"]
    assert validate("2022-06-07-colon.md", "tag:none").status == 2


@pytest.mark.parametrize("words", [("nope.md",), ("tag:科技", "nope.md"), ("NOPE.HTML",)])
def test_a_file_that_is_not_there_is_named(
    words: tuple[str, ...], site: Path, tmp_path: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = f"newscli: {words[-1]}: there is no such file\n"
    ended = validate(*words)
    assert (ended.status, ended.err) == (2, wanted)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    ended = validate(*words)
    assert (ended.status, ended.err) == (2, wanted)
    Path("a.md").write_text(COLON)
    ended = validate("a.md", *words)
    assert (ended.status, ended.err) == (2, wanted)


def test_paths_are_shown_as_seen_from_here(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "_layouts")
    assert validate("--select", "Y104", "-l").out == "../_posts/2022-06-07-colon.md\n"
    monkeypatch.chdir(site / "_posts")
    assert validate("--select", "Y104", "-l").out == "2022-06-07-colon.md\n"


def stdin_of(text: str) -> io.TextIOWrapper:
    """Standard input with bytes below."""
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")


def test_standard_input(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(COLON))
    ended = validate("-", "--stdin-filename", "_posts/2022-06-08-new.md", "--select", "Y104", "-f", "concise")
    assert ended.status == 1
    assert ended.out.startswith("_posts/2022-06-08-new.md:2:")


def test_standard_input_mended_goes_to_standard_output(
    site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(STRING))
    ended = validate("-", "--select", "T413", "--fix")
    assert (ended.status, ended.out) == (0, STRING.replace("tags: 新闻", "tags: [新闻]"))
    monkeypatch.setattr(sys, "stdin", stdin_of(GOOD))
    assert validate("-", "--select", "T413", "--fix").out == GOOD


def test_standard_input_mended_may_go_to_a_file(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of("---\ntitle: a: b\n---\nx\n"))
    ended = validate("-", "--select", "Y104", "--fix", "-o", "mended.md", "-o", "json=a.json")
    assert ended.out == ""
    assert (site / "mended.md").read_text() == '---\ntitle: "a: b"\n---\nx\n'
    assert json.loads((site / "a.json").read_text())["summary"]["fixed"] == 1


# git


@pytest.fixture
def git(site: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The site as a repository with everything committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def call(*arguments: str) -> None:
        person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *person, *arguments], cwd=site, check=True, capture_output=True)

    call("init", "-q", "-b", "main")
    call("add", "-A")
    call("commit", "-qm", "all")
    return call


def test_only_what_changed(site: Path, git: Callable[..., None], validate: Run) -> None:
    ended = validate("--changed-since", "HEAD", "--select", "Y")
    assert (ended.status, ended.err) == (0, "no post to check is changed\n")
    post(site, "new").write_text(COLON)
    post(site, "good").write_text(GOOD + "more\n")
    assert "1 error in 1 of 2 files" in validate("--changed-since", "HEAD", "--select", "Y").err
    git("add", "_posts/2022-06-07-new.md")
    assert "1 error in 1 of 1 file\n" in validate("--staged", "--select", "Y").err
    assert "no post to check" in validate("--staged", "_posts/2022-06-07-good.md").err


def test_a_staged_file_that_changed_since_is_told(site: Path, git: Callable[..., None], validate: Run) -> None:
    post(site, "good").write_text(COLON)
    git("add", "-A")
    post(site, "good").write_text(GOOD)
    ended = validate("--staged", "--select", "Y")
    assert ended.status == 0
    assert "1 staged file has changes that are not staged" in ended.err


def test_an_unknown_revision(site: Path, git: Callable[..., None], validate: Run) -> None:
    ended = validate("--changed-since", "nowhere")
    assert ended.status == 2
    assert "nowhere" in ended.err


# Mending


def test_a_fix_is_written_and_told(site: Path, validate: Run) -> None:
    ended = validate("--select", "T413", "--fix", "--show-fixes")
    assert ended.status == 0
    assert post(site, "string").read_text() == STRING.replace("tags: 新闻", "tags: [新闻]")
    assert "_posts/2022-06-07-string.md:5: T413 " in ended.err
    assert "1 mended" in ended.err


@pytest.mark.parametrize("cache", [[], ["--no-cache"]])
def test_what_shows_across_posts_is_that_of_the_mended_posts(cache: list[str], site: Path, validate: Run) -> None:
    same = "source: https://example.com/1\n---\nx\n"
    (site / "_posts/2022-07-01-a.md").write_text(f"---\ntitle: a\n{same}")
    (site / "_posts/2022-07-02-b.md").write_text(f"\n\n---\ntitle: b\n{same}")
    (site / "_posts/2022-07-03-c.md").write_text(f"---\ntitle: c: d\n{same}")
    words = ["--select", "F007,Y104,X503", "-f", "concise", *cache]
    told = [f"_posts/2022-07-0{name}.md:3:9: X503" for name in ("2-b", "3-c")]
    shown = validate(*words, "--diff", "-o", "concise=left.txt")
    left = (site / "left.txt").read_text()
    mended = validate(*words, "--fix")
    assert [line[: len(told[0])] for line in mended.out.splitlines()] == told
    assert (shown.status, mended.status, left) == (1, 1, mended.out)
    assert validate(*words).out == mended.out


def test_mending_may_be_a_failure(site: Path, validate: Run) -> None:
    assert validate("--select", "T413", "--fix", "--exit-non-zero-on-fix").status == 1
    assert validate("--select", "T413", "--fix", "--exit-non-zero-on-fix").status == 0


def test_a_diff_writes_nothing(site: Path, validate: Run) -> None:
    ended = validate("--select", "T413", "--diff")
    assert ended.status == 1
    assert "-tags: 新闻\n+tags: [新闻]\n" in ended.out
    assert ended.out.startswith("--- a/_posts/2022-06-07-string.md\n+++ b/_posts/2022-06-07-string.md\n")
    assert "1 would be mended" in ended.err
    assert post(site, "string").read_text() == STRING


def test_only_what_is_fixable_is_mended(site: Path, validate: Run) -> None:
    ended = validate("--select", "T413,Y104", "--fix", "--unfixable", "T413", "--json")
    assert "T413" in ended.codes
    assert post(site, "string").read_text() == STRING
    assert [each["fix"] for each in json.loads(ended.out)["diagnostics"] if each["code"] == "T413"] == [None]
    assert post(site, "colon").read_text() != COLON
    post(site, "colon").write_text(COLON)
    validate("--select", "T413,Y104", "--fix", "--fixable", "T413")
    assert post(site, "string").read_text() != STRING
    assert post(site, "colon").read_text() == COLON


def test_the_summary_says_what_can_be_mended(site: Path, validate: Run) -> None:
    assert "1 fixable with --fix\n" in validate("--select", "T413").err


def test_one_cause_in_many_files_is_named_once(site: Path, validate: Run) -> None:
    for number in range(10):
        post(site, f"string{number}").write_text(STRING)
    ended = validate("--select", "T413", "-f", "concise")
    assert "T413 in 11 files: mend them with newscli validate --select T413 --fix\n" in ended.err


# Reports


def test_json_for_programs(site: Path, validate: Run) -> None:
    log = json.loads(validate("--select", "Y104", "--json").out)
    assert log["files_checked"] == 3
    (found,) = log["diagnostics"]
    assert (found["path"], found["code"], found["line"]) == ("_posts/2022-06-07-colon.md", "Y104", 2)


def test_several_forms_in_one_run(site: Path, validate: Run) -> None:
    ended = validate("--select", "Y104", "-f", "concise", "-o", "sarif=a.sarif", "-o", "junit=b.xml")
    assert ended.out.startswith("_posts/2022-06-07-colon.md:2:")
    assert json.loads((site / "a.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "Y104"
    assert '<failure type="Y104"' in (site / "b.xml").read_text()


def test_a_file_takes_the_place_of_standard_output(site: Path, validate: Run) -> None:
    assert validate("--select", "Y104", "-o", "a.json").out == ""
    assert json.loads((site / "a.json").read_text())["files_checked"] == 3
    assert validate("--select", "Y104", "-o", "-", "--count").out == "1\n"


def test_statistics(site: Path, validate: Run) -> None:
    assert validate("--select", "Y104,T413", "--statistics").out == (
        "1\t1\tT413\tstring-instead-of-list\n1\t1\tY104\tcolon-in-plain\n"
    )


@pytest.mark.parametrize("instead", ["--statistics", "--diff"])
def test_what_stands_in_place_of_the_list_goes_where_the_list_would(instead: str, site: Path, validate: Run) -> None:
    told = validate("--select", "Y104", instead).out
    assert validate("--select", "Y104", instead, "-o", "json=a.json", "-o", "b.txt").out == ""
    assert json.loads((site / "a.json").read_text())["files_checked"] == 3
    assert (site / "b.txt").read_text() == told


def test_limits_say_what_is_not_shown(site: Path, validate: Run) -> None:
    ended = validate("--select", "Y104,T413", "--max-diagnostics", "1", "-f", "concise")
    assert len(ended.out.splitlines()) == 1
    assert "1 of 2 shown" in ended.err


def test_github_gets_a_summary_and_paths_from_its_top(
    site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary.md"))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site.parent))
    ended = validate("--select", "Y104", "-f", "github")
    assert "::error file=site/_posts/2022-06-07-colon.md,line=2," in ended.out
    assert "| Y104 |" in (site / "summary.md").read_text()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "none" / "summary.md"))
    assert validate("--select", "Y104", "-f", "github").status == 2


def test_quiet_says_only_what_is_data(site: Path, validate: Run) -> None:
    ended = validate("--select", "Y104", "-q", "--count")
    assert (ended.out, ended.err) == ("1\n", "")


def test_standard_input_without_a_name_has_no_fault_in_its_name(
    site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin_of(GOOD))
    assert validate("-", "--json").codes == []
    monkeypatch.setattr(sys, "stdin", stdin_of(GOOD))
    assert validate("-", "--json", "--stdin-filename", "stdin.md").codes == ["D303"]


# Settings


def test_settings_of_the_command(site: Path, validate: Run) -> None:
    (site / "newscli.toml").write_text(
        '[validate]\nselect = ["T413", "Y104"]\nfail-level = "info"\nformat = "concise"\n'
        'baseline = "b.json"\nmax-per-rule = 1\nunfixable = ["T413"]\n'
    )
    assert validate("--write-baseline", "--select", "Y104").err == "1 finding written down in b.json\n"
    ended = validate()
    assert ended.status == 1
    assert ended.out.startswith("_posts/2022-06-07-string.md:5:")
    assert "1 held back by the baseline" in ended.err
    assert "fixable" not in ended.err


def test_the_command_line_adds_to_what_the_settings_add(site: Path, validate: Run) -> None:
    (site / "newscli.toml").write_text(
        '[validate]\nselect = ["Y104"]\nextend-select = ["T413"]\nseverity = {T413 = "error"}\n'
    )
    ended = validate("--extend-select", "X501", "--severity", "Y104=info", "--json")
    found = {(each["code"], each["severity"]) for each in json.loads(ended.out)["diagnostics"]}
    assert found == {("Y104", "info"), ("T413", "error")}


@pytest.mark.parametrize(
    "line",
    [
        'fail-level = "fatal"',
        "max-warnings = true",
        "max-warnings = -1",
        "format = 1",
        "unfixable = 3",
        'format = "sarfi"',
        "nonsense = 1",
        "selected = ['Y']",
        "statistics = true",
    ],
)
def test_a_wrong_setting_is_2(line: str, site: Path, validate: Run) -> None:
    (site / "newscli.toml").write_text(f"[validate]\n{line}\n")
    assert validate().status == 2


# Baseline


def test_a_baseline_holds_back_what_was_there(site: Path, validate: Run) -> None:
    assert (
        "down in newscli-baseline.json; name it with --baseline\n" in validate("--select", "Y", "--write-baseline").err
    )
    ended = validate("--select", "Y", "--baseline", "newscli-baseline.json")
    assert ended.status == 0
    assert "1 held back by the baseline" in ended.err
    post(site, "new").write_text(COLON)
    assert validate("--select", "Y", "--baseline", "newscli-baseline.json").status == 1


def test_an_entry_that_no_longer_occurs_is_stale(site: Path, validate: Run) -> None:
    validate("--select", "Y,N", "--write-baseline")
    post(site, "colon").write_text(GOOD)
    ended = validate("--select", "Y,N", "--baseline", "newscli-baseline.json", "-f", "concise")
    assert ended.status == 0
    assert ended.out.startswith("newscli-baseline.json:1:1: N903 Y104 in _posts/2022-06-07-colon.md")
    assert validate("_posts/2022-06-07-good.md", "--select", "Y,N", "--baseline", "newscli-baseline.json").out == ""
    post(site, "colon").unlink()
    ended = validate(
        "_posts/2022-06-07-good.md", "--select", "N", "--baseline", "newscli-baseline.json", "-f", "concise"
    )
    assert "N903" in ended.out


def test_writing_a_part_keeps_the_rest(site: Path, validate: Run) -> None:
    validate("--select", "Y104", "--write-baseline")
    ended = validate("_posts/2022-06-07-string.md", "--select", "T413", "--write-baseline")
    assert "2 findings written down" in ended.err


# The words behind the command


def test_a_rule_is_explained(site: Path, validate: Run) -> None:
    ended = validate("rule", "Y102")
    assert ended.status == 0
    assert ended.out.startswith("# Y102 unescaped-quote\n\nerror · fix: ")
    assert validate("rule", "unescaped-quote").out == ended.out
    (record,) = json.loads(validate("rule", "Y102", "--json").out)
    assert (record["code"], record["name"], record["severity"]) == ("Y102", "unescaped-quote", "error")
    assert set(record["engines"]) == {"astro", "hexo", "hugo", "jekyll", "pyyaml"}


def test_all_rules_are_listed(site: Path, validate: Run) -> None:
    lines = validate("rule", "--all").out.splitlines()
    assert lines == sorted(lines)
    assert any(line.startswith("Y104\tcolon-in-plain\t") for line in lines)
    pages = validate("rule", "--all", "--format", "markdown").out
    assert pages.count("\n# ") == len(lines) - 1
    validate("rule", "Y102", "--format", "markdown", "-o", "y102.md")
    assert (site / "y102.md").read_text().startswith("# Y102 ")


def test_a_rule_must_be_named_and_exist(site: Path, validate: Run) -> None:
    assert validate("rule").status == 2
    assert validate("rule", "Y102", "--all").status == 2
    ended = validate("rule", "unescaped-qoute")
    assert ended.status == 2
    assert "did you mean 'unescaped-quote'" in ended.err


def test_a_schema_is_inferred_and_shown(site: Path, validate: Run) -> None:
    document = json.loads(validate("schema", "infer").out)
    assert document["required"] == ["date", "layout", "title"]
    assert document["properties"]["tags"] == {"type": "string"}
    assert validate("schema", "show").status == 2
    (site / "newscli.toml").write_text('[validate]\nrequired = ["title"]\n')
    assert json.loads(validate("schema", "show").out) == {"required": ["title"]}
    (site / "s.json").write_text('{"type": "object"}')
    assert json.loads(validate("schema", "show", "s.json").out) == {"type": "object"}


def test_ignore_comments_are_written(site: Path, validate: Run) -> None:
    assert validate("add-ignore").status == 2
    ended = validate("add-ignore", "--select", "T413", "--reason", "as the paper had it", "-n", "-v")
    assert ended.err == "_posts/2022-06-07-string.md\n1 file to write\n"
    assert post(site, "string").read_text() == STRING
    assert validate("add-ignore", "--select", "T413", "--reason", "as the paper had it").err == "1 file written\n"
    assert post(site, "string").read_text().startswith("---\n# newscli: ignore[T413] as the paper had it\ntitle:")


def test_a_file_that_takes_no_comment_is_named(site: Path, validate: Run) -> None:
    post(site, "bare").write_text("no front matter\n")
    ended = validate("add-ignore", "--select", "F005")
    assert ended.status == 3
    assert "_posts/2022-06-07-bare.md: its front matter takes no comment" in ended.err


def test_lint_and_check_mean_validate(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--select", "Y104", "--count"]) == 1
    assert run(["check", "rule", "Y102"]) == 0
    assert capsys.readouterr().out.startswith("1\n# Y102 ")


def test_on_a_terminal_colours_and_carets(
    site: Path, environment: dict[str, str], on_terminal: Callable[..., tuple[int, str]]
) -> None:
    status, shown = on_terminal("validate", "-C", str(site), "--select", "Y104")
    assert status == 1
    assert "\x1b[1;31mY104\x1b[0m" in shown
    assert "1 error in 1 of 3 files" in shown


def test_formats_that_list_clean_files_do_so_from_the_cache_too(
    site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscli.sweep.SLACK", -(10**18))
    first, second = (validate("-f", "tap", "--select", "Y") for _ in range(2))
    assert first.out.count("\nok ") == second.out.count("\nok ") == 2
    assert validate("--select", "Y").err == validate("--select", "Y").err


def test_dates_to_come_can_be_errors(site: Path, validate: Run) -> None:
    post(site, "later").write_text(GOOD.replace("2022-06-07 07", "2999-06-07 07"), encoding="utf-8")
    found = {options: validate("--json", "--select", "D305", *options) for options in ((), ("--no-future",))}
    assert [(ended.status, ended.codes) for ended in found.values()] == [(0, ["D305"]), (1, ["D305"])]


def test_what_is_not_utf8_is_read_as_said(site: Path, validate: Run) -> None:
    file = post(site, "big")
    file.write_bytes(GOOD.replace("好", "蘇州").encode("big5"))
    assert validate("--fix", "--unsafe-fixes", "--encoding", "big5", "--select", "F001", str(file)).status == 0
    assert "title: 蘇州" in file.read_text("utf-8")
    ended = validate("--encoding", "big6")
    assert (ended.status, "there is no character set 'big6'" in ended.err) == (2, True)


def test_a_mended_file_keeps_the_time_of_its_last_change_and_is_checked_again(site: Path, validate: Run) -> None:
    file = post(site, "colon")
    before = file.stat().st_mtime_ns
    assert validate("--fix", "--keep-mtime", "--select", "Y104").status == 0
    assert file.stat().st_mtime_ns == before
    assert validate("--select", "Y104").status == 0


def misnamed(site: Path) -> Path:
    file = site / "_posts" / "x.md"
    file.write_text(COLON.replace("2022-06-07 07", "2022-06-09 07"), encoding="utf-8")
    return file


def test_a_file_is_renamed_with_its_text(site: Path, validate: Run) -> None:
    file = misnamed(site)
    options = ("--select", "D303,Y104", "--unsafe-fixes", str(file))
    ended = validate("--diff", *options)
    assert ended.status == 1
    assert ended.out.startswith(
        "diff --git a/_posts/x.md b/_posts/2022-06-09-x.md\n"
        "rename from _posts/x.md\nrename to _posts/2022-06-09-x.md\n"
        "--- a/_posts/x.md\n+++ b/_posts/2022-06-09-x.md\n@@ "
    )
    assert file.exists()
    check = subprocess.run(["git", "apply", "--check"], input=ended.out, text=True, capture_output=True, check=False)
    assert (check.returncode, check.stderr) == (0, "")
    ended = validate("--fix", "--show-fixes", *options)
    assert (ended.status, file.exists()) == (0, False)
    assert "_posts/x.md:1: D303 rename the file to 2022-06-09-x.md" in ended.err
    assert 'title: "苏州: 驶上"' in (site / "_posts" / "2022-06-09-x.md").read_text("utf-8")
    assert validate("--select", "D303,Y104", "_posts/2022-06-09-x.md").status == 0


def test_a_name_that_is_taken_stays(site: Path, validate: Run) -> None:
    file, other = misnamed(site), site / "_posts" / "2022-06-09-x.md"
    other.write_text(GOOD, encoding="utf-8")
    ended = validate("--fix", "--unsafe-fixes", "--select", "D303,Y104", "--json", str(file))
    assert (ended.status, ended.codes) == (1, ["D303"])
    (left,) = json.loads(ended.out)["diagnostics"]
    assert (left["path"], left["fix"]) == ("_posts/x.md", None)
    assert left["message"].endswith("(_posts/2022-06-09-x.md is there already)")
    assert other.read_text("utf-8") == GOOD
    assert 'title: "苏州: 驶上"' in file.read_text("utf-8")  # what is wrong with the text is mended all the same


def test_two_files_do_not_get_one_name(site: Path, validate: Run) -> None:
    names = ["2022-06-07-a b.md", "2022-06-07-a#b.md"]
    for name in names:
        (site / "_posts" / name).write_text(GOOD + name, encoding="utf-8")
    ended = validate("--fix", "--unsafe-fixes", "--select", "D311", "--json")
    assert (ended.status, ended.codes) == (0, ["D311"])
    assert (site / "_posts" / "2022-06-07-a-b.md").read_text("utf-8") == GOOD + names[0]
    assert (site / "_posts" / names[1]).read_text("utf-8") == GOOD + names[1]


def test_standard_input_keeps_its_name(site: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    del site
    monkeypatch.setattr(sys, "stdin", stdin_of(COLON))
    ended = validate("-", "--stdin-filename", "_posts/x.md", "--select", "D303,Y104", "--fix", "--unsafe-fixes")
    assert ended.out == COLON.replace("苏州: 驶上", '"苏州: 驶上"')
    assert "D303" in ended.err
