"""Negated terms survive the option parser, and options survive the rewriting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.cli.negation import rewrite_negations

FLAGS = ("-q", "-v", "-l", "-0", "-h", "--json", "--jsonl", "--count", "--draft", "--no-draft", "--help", "--version")
VALUED = (
    "-n",
    "--limit",
    "-t",
    "--tag",
    "-s",
    "--sort",
    "-C",
    "--store",
    "-f",
    "--format",
    "-o",
    "--output",
    "--since",
)


def rewritten(argv: list[str]) -> list[str]:
    return rewrite_negations(argv, flags=FLAGS, valued=VALUED)


TERMS = [
    ("-tag:a", "^tag:a"),
    ("-is:draft", "^is:draft"),
    ("-title:x", "^title:x"),
    ("-layout:post", "^layout:post"),
    ("-source:新华", "^source:新华"),
    ("-no:tags", "^no:tags"),
    ("-tag：a", "^tag：a"),
    ("-title~^a", "^title~^a"),
    ("-tag:=a", "^tag:=a"),
    ("-tag:two words", "^tag:two words"),
    ('-tag:"two words"', '^tag:"two words"'),
    ("-来源:x", "^来源:x"),
    ("-x:y", "^x:y"),
    ('-"two words"', '^"two words"'),
    ("-“两会”", "^“两会”"),
    ("-(a", "^(a"),
    ("-（a", "^（a"),
    ("-@saved", "^@saved"),
    ("-新华", "^新华"),
    ("-Ａ", "^Ａ"),
    ("-big words", "^big words"),
    ("-election", "^election"),
    ("-2022-06", "^2022-06"),
    ("-E2E", "^E2E"),
]


@pytest.mark.parametrize(("word", "term"), TERMS)
def test_negated_terms_are_rewritten(word: str, term: str) -> None:
    assert rewritten([word]) == [term]
    assert rewritten(["a", word, "-q"]) == ["a", term, "-q"]
    assert rewritten(["-q", "-n", "20", word]) == ["-q", "-n", "20", term]


UNTOUCHED = [
    ["-n20"],
    ["-n", "20"],
    ["-n", "-20"],
    ["-qv"],
    ["-qvn20"],
    ["-t", "x"],
    ["-tx"],
    ["-t新华"],
    ["-ttwo words"],
    ["-t", "-x"],
    ["-t", "-tag:a"],
    ["-qt", "-tag:a"],
    ["-s", "date-"],
    ["-sdate-,title"],
    ["-C", "dir"],
    ["-C/some/dir"],
    ["-l"],
    ["-0"],
    ["-l0"],
    ["-h"],
    ["-f", "tsv"],
    ["-ftsv"],
    ["-f{date:%F} {title:40}"],
    ["-f", "-{title}"],
    ["--tag", "-tag:a"],
    ["--tag=-a"],
    ["--since", "-新华"],
    ["--json"],
    ["--anything"],
    ["--any:thing"],
    ["--新华"],
    ["-z"],
    ["-qz"],
    ["-zq"],
    ["-quantum"],
    ["-json"],
    ["-help"],
    ["-tag"],
    ["-t:a"],
    ["-100"],
    ["-5"],
    ["-.md"],
    ["-"],
    ["a-b", "tag:-a", "^a", "+A", ""],
    ["-n"],
    [],
]


@pytest.mark.parametrize("argv", UNTOUCHED)
def test_everything_else_stays(argv: list[str]) -> None:
    assert rewritten(argv) == argv


@pytest.mark.parametrize(
    ("argv", "after"),
    [
        (["--", "-tag:a", "-z", "-n20", "-q"], ["--", "^tag:a", "^z", "^n20", "^q"]),
        (["-q", "--", "a", "-", "b-c", "--x"], ["-q", "--", "a", "-", "b-c", "--x"]),
        (["-tag:a", "--", "--"], ["^tag:a", "--", "--"]),
        (["--tag", "--", "-tag:a"], ["--tag", "--", "^tag:a"]),
        (["list", "--tag", "x", "-tag:a", "-n", "5"], ["list", "--tag", "x", "^tag:a", "-n", "5"]),
        (["--tag=x", "-tag:a"], ["--tag=x", "^tag:a"]),
        (["-tx", "-tag:a"], ["-tx", "^tag:a"]),
        (["--json", "-tag:a"], ["--json", "^tag:a"]),
    ],
)
def test_the_place_decides(argv: list[str], after: list[str]) -> None:
    assert rewritten(argv) == after


WORD = st.text('-^qtn0z:~"（新ab =', max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORD | st.sampled_from(["--", "--tag", "-n"]), max_size=5))
def test_only_a_leading_dash_changes_and_only_once(argv: list[str]) -> None:
    after = rewritten(argv)
    assert len(after) == len(argv)
    for before, word in zip(argv, after, strict=True):
        assert word == before or (before[0] == "-" and word == "^" + before[1:])
    assert rewritten(after) == after
