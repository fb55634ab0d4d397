from collections.abc import Callable
from typing import Any

import pytest

from newscli.cli.options import Context, Filters, Output

Run = Callable[..., Any]
LAST = ("--no-pager", "--no-sync", "--color", "never")


def test_without_options_all_is_default(newscli_: Run, heard: list[Any]) -> None:
    newscli_("list")
    (told,) = heard
    assert (told.query, told.force) == ([], False)
    assert told.filters == Filters()
    assert told.output == Output()
    assert told.context == Context()


def test_every_shared_option_arrives(newscli_: Run, heard: list[Any], tmp_path: Any) -> None:
    target = str(tmp_path / "out.csv")
    newscli_(
        *(
            "list",
            "新华",
            "-t",
            "a",
            "--tag",
            "b",
            "--category",
            "c",
            "--author",
            "d",
            "--since",
            "2022",
            "--until",
            "7d",
        ),
        *("--draft", "-n20", "--offset", "3", "-s", "date-", "--files-from", "-", "--explain", "is:html", "--force"),
        *("-f", "csv", "--fields", "title,words", "-o", target),
    )
    (told,) = heard
    assert told.query == ["新华", "is:html"]
    assert told.force
    assert told.filters == Filters(
        tag=["a", "b"],
        category=["c"],
        author=["d"],
        since="2022",
        until="7d",
        draft=True,
        limit=20,
        offset=3,
        sort="date-",
        files_from="-",
        explain=True,
    )
    assert told.output == Output(format="csv", fields="title,words", output=target)


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("--json", Output(json=True)),
        ("--jsonl", Output(jsonl=True)),
        ("-l", Output(paths=True)),
        ("-0", Output(print0=True)),
        ("-l0", Output(paths=True, print0=True)),
        ("--print0", Output(print0=True)),
        ("--count", Output(count=True)),
    ],
)
def test_flags_of_the_output(argument: str, expected: Output, newscli_: Run, heard: list[Any]) -> None:
    assert newscli_("list", argument).status == 0
    assert heard[0].output == expected


def test_drafts_may_be_asked_for_or_not_or_not_cared_about(newscli_: Run, heard: list[Any]) -> None:
    for arguments in (["--draft"], ["--no-draft"], []):
        newscli_("list", *arguments)
    assert [told.filters.draft for told in heard] == [True, False, None]


@pytest.mark.parametrize(
    "arguments",
    [
        ["-C", "dir", "--config", "file", "--color", "never", "-q", "-v", "--no-pager", "--no-sync", "list", "x"],
        ["list", "x", "-C", "dir", "--config", "file", "--color", "never", "-qv", "--no-pager", "--no-sync"],
        ["list", "-C", "dir", "-qv", "x", "--config", "file", "--color=never", "--no-pager", "--no-sync"],
        ["-C", "other", "-v", "--color", "always", "list", "-Cdir", "--config", "file", "x", "-q", *LAST],
    ],
)
def test_global_options_stand_before_or_after_the_command(
    arguments: list[str], newscli_: Run, heard: list[Any]
) -> None:
    newscli_(*arguments)
    (told,) = heard
    assert told.query == ["x"]
    assert told.context == Context(
        store="dir", config="file", color="never", quiet=True, verbose=True, no_pager=True, no_sync=True
    )


def test_after_two_dashes_everything_is_a_term(newscli_: Run, heard: list[Any]) -> None:
    newscli_("list", "-q", "--", "-v", "--json", "--version")
    (told,) = heard
    assert told.query == ["^v", "--json", "--version"], "a dash there can only be a negation"
    assert (told.context.quiet, told.context.verbose, told.output.json) == (True, None, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "--tagg", "x"], "no such option: --tagg; did you mean '--tag'?"),
        (["list", "-z"], "no such option: -z"),
        (["list", "--zzzzz"], "no such option: --zzzzz"),
        (["list", "-n", "x"], "invalid value for '-n' / '--limit': 'x' is no whole number."),
        (["list", "-n", "-3"], "invalid value for '-n' / '--limit': '-3' is no whole number."),
        (["list", "--offset", "٣"], "invalid value for '--offset': '٣' is no whole number."),
        (["list", "--color", "no"], "invalid value for '--color': 'no' is not one of 'auto', 'always', 'never'."),
        (["status", "x"], "got unexpected extra argument(s) (x)"),
    ],
)
def test_wrong_options_are_use_errors_of_two_lines(arguments: list[str], message: str, newscli_: Run) -> None:
    ended = newscli_(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"newscli: {message}\nTry 'newscli {arguments[0]} -h' for help.\n"


def test_an_option_without_its_value_is_a_use_error(newscli_: Run) -> None:
    ended = newscli_("list", "-C")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "newscli: option '-C' requires an argument.\nTry 'newscli -h' for help.\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_help_of_a_command_has_its_own_options_first_and_the_global_ones_last(flag: str, newscli_: Run) -> None:
    ended = newscli_("list", "x", flag)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(
        "Usage: newscli list [OPTIONS] [QUERY]...\n\n  Numbers as posts.\n\n  More about them.\n"
    )
    headings = [line.rstrip(":") for line in ended.out.splitlines() if line.endswith(":") and line[0] != " "]
    assert headings == ["Arguments", "Options", "Filters", "Output", "Global options"]
    sections = {part.partition(":\n")[0]: part for part in ended.out.split("\n\n")}
    assert sections["Options"] == "Options:\n  --force  An option of its own."
    assert "-t, --tag NAME " in sections["Filters"]
    assert "-o, --output FILE " in sections["Output"]
    for option in ("-C, --store DIR", "--color auto|always|never", "-q, --quiet", "-v, --verbose", "--no-pager"):
        assert f"  {option} " in sections["Global options"]
    for option in ("--config FILE", "--no-sync", "--version", "-h, --help"):
        assert f"  {option} " in sections["Global options"]


def test_a_command_with_global_options_only_has_one_section(newscli_: Run) -> None:
    assert [line for line in newscli_("status", "-h").out.splitlines() if line.endswith(":")] == ["Global options:"]


def test_help_is_plain_text_that_fits(newscli_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for width in (60, 80, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        text = newscli_("list", "-h").out
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) <= width
