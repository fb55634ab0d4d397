"""What is typed becomes the tree that was meant; what cannot be understood shows its place."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import QueryError
from newscli.query import And, Not, Or, Query, Text
from newscli.query.scanner import LONGEST
from newscli.query.syntax import DEEPEST, MOST_TERMS

Ask = Callable[..., Query]


def sketch(node: object) -> str:
    """The tree on one line: ``&(…)`` ``|(…)`` ``-…``, the other terms in words."""
    if isinstance(node, And | Or):
        return f"{'&' if isinstance(node, And) else '|'}({', '.join(map(sketch, node.items))})"
    if isinstance(node, Not):
        return f"-{sketch(node.item)}"
    return node.words if isinstance(node, Text) else f"<{node.explain()}>"  # type: ignore[attr-defined]


TREES = [
    # words, phrases and the blanks of the shell
    ([], "&()"),
    ([""], "&()"),
    (["  "], "&()"),
    (["a"], "a"),
    (["a", "b"], "&(a, b)"),
    (['"a b"'], "a b"),
    (["a b"], "a b"),
    ([" a  b "], "a b"),
    (["a b", "c"], "&(a b, c)"),
    (["c", "a b"], "&(c, a b)"),
    (["a\u3000b"], "a b"),
    (['"a', 'b"'], "a b"),
    (['"a', ' b"', "c"], "&(a b, c)"),
    (["“a b”", "c"], "&(a b, c)"),
    (["”a b“"], "a b"),
    (['"“a” b"'], "“a” b"),
    (["“十四五”规划"], "&(十四五, 规划)"),
    ([r'"say \"a\" \\ b"'], 'say "a" \\ b'),
    (['5"'], '5"'),
    # what looks like syntax and is none
    (["foo(bar)"], "foo(bar)"),
    (["(foo(bar))"], "foo(bar)"),
    (["科技（创新）"], "科技（创新）"),
    (["foo(bar"], "foo(bar"),
    (["12:30"], "12:30"),
    (["http://example.com/a:b"], "http://example.com/a:b"),
    (["新华社：快讯"], "新华社：快讯"),
    (["加油~中国"], "加油~中国"),
    (["e-mail"], "e-mail"),
    (["2^8"], "2^8"),
    (["me@example.com"], "me@example.com"),
    (["or", "and", "not"], "&(or, and, not)"),
    (["ORACLE", "ANDROID", "NOTES"], "&(ORACLE, ANDROID, NOTES)"),
    (["Review: a book"], "Review: a book"),
    (["U.S. - China trade"], "U.S. - China trade"),
    (["meet @ noon"], "meet @ noon"),
    (["a|b"], "a|b"),
    # not, and, or, groups
    (["-a"], "-a"),
    (["^a"], "-a"),
    (["NOT", "a"], "-a"),
    (["NOT a"], "-a"),
    (["NOT", "-a"], "a"),
    (["- a", "b"], "&(- a, b)"),
    (["-a b"], "-a b"),
    (['-"a b"'], "-a b"),
    (["^a", "-b", "c"], "&(-a, -b, c)"),
    (["a", "AND", "b"], "&(a, b)"),
    (["a", "OR", "b"], "|(a, b)"),
    (["a OR b"], "|(a, b)"),
    (["a", "|", "b", "｜", "c"], "|(a, b, c)"),
    (["a", "OR", "b", "c"], "|(a, &(b, c))"),
    (["a", "b", "OR", "c", "AND", "d"], "|(&(a, b), &(c, d))"),
    (["(a", "OR", "b)", "c"], "&(|(a, b), c)"),
    (["(a OR b)", "c"], "&(|(a, b), c)"),
    (["（a", "OR", "b）"], "|(a, b)"),
    (["(a)", "(b)"], "&(a, b)"),
    (["((a))"], "a"),
    (["-(a", "b)"], "-&(a, b)"),
    (["NOT(a)"], "-a"),
    (["a", "-b", "OR", "NOT", "c"], "|(&(a, -b), -c)"),
    # fields
    (["tag:a"], "<tag is a>"),
    (["Tags:a"], "<tag is a>"),
    (["tag：a"], "<tag is a>"),
    (["-tag:a"], "-<tag is a>"),
    (["tag:a,b"], "<tag is a or is b>"),
    (["tag:a，b"], "<tag is a or is b>"),
    (['tag:"a,b",c'], "<tag is a,b or is c>"),
    (["tag:=a,b"], "<tag is a,b>"),
    (["tag:=a*"], "<tag is a*>"),
    (["tag:a*,b?"], "<tag is like a* or is like b?>"),
    (['tag:"a*"'], "<tag is a*>"),
    (["tag~^a,b"], "<tag matches ^a,b>"),
    (["tag:~a"], "<tag matches a>"),
    (['tag:"a b"'], "<tag is a b>"),
    (["tag:“a b”"], "<tag is a b>"),
    (["tag:a b"], "<tag is a b>"),
    (["-tag:a b"], "-<tag is a b>"),
    (["tag:a b,c d"], "<tag is a b or is c d>"),
    (["title:Hello, world", "b"], "&(<title contains Hello, world>, b)"),
    (["tag:a tag:b"], "&(<tag is a>, <tag is b>)"),
    (["tag:a -b"], "&(<tag is a>, -b)"),
    (['tag:"a" b'], "&(<tag is a>, b)"),
    (["is:draft a"], "&(<draft>, a)"),
    (["(tag:a)"], "<tag is a>"),
    (["title:f(x)"], "<title contains f(x)>"),
    (["title~(a|b)+"], "<title matches (a|b)+>"),
    ([r"(title:a\)"], r"<title contains a\>"),
    ([r"(title~\)x)"], r"<title matches \)x>"),
    (['title~"a \\d"'], r"<title matches a \d>"),
    (["category:a"], "<category is a>"),
    (["categories:a"], "<category is a>"),
    (["authors:a,b"], "<author contains a,b>"),
    (["slug:a", "layout:b"], "&(<slug contains a>, <layout contains b>)"),
    (["path:./_posts/2022"], "<path is like _posts/2022*>"),
    (["path:*.html"], "<path is like *.html>"),
    (["path:=a"], "<path is a>"),
    (["path~^a"], "<path matches ^a>"),
    (["id:3F9,a"], "<id is like 3f9* or is like a*>"),
    (["id:=3f9"], "<id is 3f9>"),
    (["words:500.."], "<words >= 500>"),
    (["words:500"], "<words >= 500 and <= 500>"),
    (["words:１００．．５００"], "<words >= 100 and <= 500>"),
    (["words:<500"], "<words < 500>"),
    (["draft:true"], "<draft>"),
    (["draft:no"], "-<draft>"),
    (["is:draft,broken"], "|(<draft>, <broken>)"),
    (["is:future"], "<date in the future>"),
    (["is:untagged", "is:undated", "is:html"], "&(<untagged>, <undated>, <html>)"),
    (["has:tags"], "<has tags>"),
    (["has:Author"], "<has authors>"),
    (["no:summary"], "-<has summary>"),
    (["no:tags,date"], "|(-<has tags>, -<has date>)"),
    # front matter
    (["source:新华"], "<source contains 新华>"),
    (["来源:新华"], "<来源 contains 新华>"),
    (["a.b-c_d:x"], "<a.b-c_d contains x>"),
    (["source:a,b"], "<source contains a,b>"),
    (["source:=x"], "<source is x>"),
    (["source~^x"], "<source matches ^x>"),
    (["weight:3"], "<weight contains 3>"),
    (["weight:>=3"], "<weight >= 3>"),
    (["weight:1..5.5"], "<weight >= 1 and <= 5.5>"),
    (["version:1.0..beta"], "<version contains 1.0..beta>"),
    (['weight:">=3"'], "<weight contains >=3>"),
    (["meta.date:2022"], "<date contains 2022>"),
    (["meta:x"], "<meta contains x>"),
]


@pytest.mark.parametrize(("terms", "tree"), TREES)
def test_terms_become_the_tree(ask: Ask, terms: list[str], tree: str) -> None:
    assert sketch(ask(*terms).tree) == tree


PERIODS = [
    ("date:2022", "date from 2022-01-01 00:00 +08:00 before 2023-01-01 00:00 +08:00"),
    ("date:2022-06..2022-07", "date from 2022-06-01 00:00 +08:00 before 2022-08-01 00:00 +08:00"),
    ("date:..2021", "date before 2022-01-01 00:00 +08:00"),
    ("date:7d..", "date from 2026-11-17 00:00 +08:00"),
    ("date:today", "date from 2026-11-24 00:00 +08:00 before 2026-11-25 00:00 +08:00"),
    ("date:2022-06-07T07:17:20Z", "date from 2022-06-07 07:17:20 +00:00 before 2022-06-07 07:17:21 +00:00"),
    ("date:2022-06-07 07:17", "date from 2022-06-07 07:17 +08:00 before 2022-06-07 07:18 +08:00"),
    ("date:=2022-06-07", "date from 2022-06-07 00:00 +08:00 before 2022-06-08 00:00 +08:00"),
    ("date:>=2022", "date from 2022-01-01 00:00 +08:00"),
    ("date:>2022", "date from 2023-01-01 00:00 +08:00"),
    ("date:<2022", "date before 2022-01-01 00:00 +08:00"),
    ("date:<=2022", "date before 2023-01-01 00:00 +08:00"),
]


@pytest.mark.parametrize(("term", "told"), PERIODS)
def test_dates_become_periods(ask: Ask, term: str, told: str) -> None:
    assert ask(term).explain() == [told]


def test_a_date_and_a_word_in_one_word_of_the_shell_are_two_terms(ask: Ask) -> None:
    assert ask("date:2022 科技").explain()[1] == "title, tags, categories or authors contain 科技"


@pytest.mark.parametrize(
    ("terms", "tree", "sort", "limit"),
    [
        (["sort:date-,title"], "&()", [("date", True), ("title", False)], None),
        (["a", "sort:Date-，weight+", "b"], "&(a, b)", [("date", True), ("weight", False)], None),
        (["sort:date", "sort:title"], "&()", [("title", False)], None),
        (["limit:20", "a"], "a", [], 20),
        (["limit:０"], "&()", [], 0),
        (["sort:title limit:3"], "&()", [("title", False)], 3),
        (["sort:meta.date-"], "&()", [("date", True)], None),
        (["a", "OR", "b", "limit:1"], "|(a, b)", [], 1),
        (["sort:my-key-"], "&()", [("my-key", True)], None),
    ],
)
def test_settings_are_no_terms(
    ask: Ask, terms: list[str], tree: str, sort: list[tuple[str, bool]], limit: int | None
) -> None:
    query = ask(*terms)
    assert (sketch(query.tree), [key[:2] for key in query.sort], query.limit) == (tree, sort, limit)


@pytest.mark.parametrize(
    ("terms", "saved", "tree"),
    [
        (["@a"], {"a": "x y"}, "&(x, y)"),
        (["@a", "z"], {"a": "x OR y"}, "&(|(x, y), z)"),
        (["-@a"], {"a": "x OR y"}, "-|(x, y)"),
        (["@a"], {"a": "@b-1 @b-1", "b-1": "x"}, "&(x, x)"),
        (["@新闻"], {"新闻": "x"}, "x"),
        (["@a"], {"a": ""}, "&()"),
        (["z", "@a"], {"a": ""}, "z"),
        (["@a b"], {"a": "x"}, "&(x, b)"),
    ],
)
def test_saved_queries_stand_for_their_terms(ask: Ask, terms: list[str], saved: dict[str, str], tree: str) -> None:
    assert sketch(ask(*terms, saved=saved).tree) == tree


def test_settings_of_a_saved_query_give_way_to_those_typed(ask: Ask) -> None:
    saved = {"a": "x sort:title limit:5"}
    assert (ask("@a", saved=saved).sort[0].name, ask("@a", saved=saved).limit) == ("title", 5)
    for terms in (["sort:date", "@a"], ["@a", "sort:date"]):
        query = ask(*terms, saved=saved)
        assert (query.sort[0].name, query.limit) == ("date", 5)


ERRORS = [
    # quotation marks and parentheses
    (['"abc'], 'The quotation mark is never closed.\n  "abc\n  ^'),
    (["新华", "“日报"], "The quotation mark is never closed.\n  新华 “日报\n       ^"),
    (['a ""'], 'The quotation marks hold nothing.\n  a ""\n    ^'),
    (['tag:"a"b'], 'A blank is missing after the quotation mark.\n  tag:"a"b\n         ^'),
    (
        ["新华", "(日报"],
        (
            "Nothing closes this parenthesis.\n  新华 (日报\n       ^\n"
            "Put it in quotation marks to search for the text itself."
        ),
    ),
    (
        ["新华）"],
        (
            "No parenthesis is open that this one could close.\n  新华）\n      ^\n"
            "Put it in quotation marks to search for the text itself."
        ),
    ),
    (["a", "(", ")"], "The parentheses hold nothing.\n  a ( )\n    ^"),
    (
        ["tag:(a OR b)"],
        (
            "Nothing closes this parenthesis.\n  tag:(a OR b)\n      ^\n"
            "Several values stand with commas between, as in tag:a,b. A text can stand in quotation marks."
        ),
    ),
    # operators
    (["OR", "a"], "Nothing stands before OR.\n  OR a\n  ^"),
    (["(", "OR", "a)"], "Nothing stands before OR.\n  ( OR a)\n    ^"),
    (["|", "a"], "Nothing stands before OR.\n  | a\n  ^"),
    (["新华", "OR"], "Nothing follows OR.\n  新华 OR\n         ^"),
    (["a", "OR", "sort:date"], "Nothing follows OR.\n  a OR sort:date\n                ^"),
    (["a", "OR", "OR", "b"], "Nothing follows OR.\n  a OR OR b\n       ^"),
    (["AND", "a"], "Nothing stands before AND.\n  AND a\n  ^"),
    (["a", "AND", "AND", "b"], "Nothing follows AND.\n  a AND AND b\n        ^"),
    (["a", "AND"], "Nothing follows AND.\n  a AND\n       ^"),
    (
        ["a", "NOT"],
        "Nothing follows the negation.\n  a NOT\n       ^\nPut it in quotation marks to search for the text itself.",
    ),
    (
        ["NOT", "OR", "b"],
        "Nothing follows the negation.\n  NOT OR b\n      ^\nPut it in quotation marks to search for the text itself.",
    ),
    (
        ["a", "-", "b"],
        "Nothing follows the negation.\n  a - b\n    ^\nPut it in quotation marks to search for the text itself.",
    ),
    (["-sort:date"], "sort: and limit: cannot be negated.\n  -sort:date\n  ^"),
    # values
    (["tag:"], "tag: needs a value.\n  tag:\n      ^\nWrite it without blanks, or in quotation marks: tag:x"),
    (["tag:", "a"], "tag: needs a value.\n  tag: a\n      ^\nWrite it without blanks, or in quotation marks: tag:x"),
    (["title~"], "title~ needs a value.\n  title~\n        ^\nWrite it without blanks, or in quotation marks: title~x"),
    (
        ["tag:新华,"],
        (
            "A value is missing beside the comma.\n  tag:新华,\n           ^\n"
            "Write it without blanks, or in quotation marks: tag:x"
        ),
    ),
    (
        ["is:drfat"],
        (
            "Unknown state 'drfat'. Did you mean draft?\n  is:drfat\n     ^\n"
            "The states are draft, broken, duplicate, future, untagged, undated, html."
        ),
    ),
    (
        ["is:draft,qqq"],
        (
            "Unknown state 'qqq'.\n  is:draft,qqq\n           ^\n"
            "The states are draft, broken, duplicate, future, untagged, undated, html."
        ),
    ),
    (
        ["is~d"],
        (
            "Unknown state 'd'. Did you mean draft?\n  is~d\n     ^\n"
            "The states are draft, broken, duplicate, future, untagged, undated, html."
        ),
    ),
    (["has~d"], "has: takes the name of a field.\n  has~d\n      ^\nhas:summary  no:tags"),
    (
        ["新华", "title~a(b"],
        (
            "This is no regular expression: missing ).\n  新华 title~a(b\n                ^\n"
            "For plain text use a colon instead, as in title:text."
        ),
    ),
    (
        ["新华", "date:2022-06..2022-13"],
        (
            "No such time: month 13 does not exist.\n  新华 date:2022-06..2022-13\n                          ^\n"
            "Ranges: 2022-06..2022-07  2022..  ..2021  7d.."
        ),
    ),
    (
        ["date:>=2022-02-30"],
        (
            "No such time: 30 February does not exist.\n  date:>=2022-02-30\n                 ^\n"
            "Ranges: 2022-06..2022-07  2022..  ..2021  7d.."
        ),
    ),
    (
        ["date:<>2022"],
        "No date can be compared so.\n  date:<>2022\n       ^\ndate:>=2022  date:<2022-06  date:2022-06..2022-07",
    ),
    (
        ["date:>9999"],
        "No date can be compared so.\n  date:>9999\n       ^\ndate:>=2022  date:<2022-06  date:2022-06..2022-07",
    ),
    (
        ["date~2022"],
        "date: takes a period, no regular expression.\n  date~2022\n  ^\ndate:2022  date:2022-06..2022-07  date:7d..",
    ),
    (
        ["words:many"],
        "words: takes a number or a range.\n  words:many\n        ^\nwords:500..  words:100..500  words:>=500",
    ),
    (
        ["words~5"],
        "words: takes a number or a range.\n  words~5\n        ^\nwords:500..  words:100..500  words:>=500",
    ),
    (
        ["weight:>x"],
        (
            "Only numbers can be compared so.\n  weight:>x\n         ^\n"
            'Put a text in quotation marks to search for it as it stands: f:"<x>"'
        ),
    ),
    (["draft:maybe"], "draft: is true or false.\n  draft:maybe\n        ^\nis:draft and -is:draft say the same."),
    (
        ["id:3f9,xyz"],
        "An id is made of the digits 0-9 and a-f.\n  id:3f9,xyz\n         ^\nWrite its first digits: id:3f9",
    ),
    (
        ["sort:date,,title"],
        (
            "This is nothing to sort by.\n  sort:date,,title\n            ^\n"
            "Write names with commas between: sort:date-,title"
        ),
    ),
    (["limit:all"], "limit: takes a number.\n  limit:all\n        ^\nlimit:20, or limit:0 for all."),
    (["limit:-1"], "limit: takes a number.\n  limit:-1\n        ^\nlimit:20, or limit:0 for all."),
    (
        ["limit:１０００００００００"],
        "limit: takes a number.\n  limit:１０００００００００\n        ^\nlimit:20, or limit:0 for all.",
    ),
    # what nobody can have typed
    (
        ["a\udcff"],
        "This character is in no post: it is not valid UTF-8, or NUL.\n  a\\udcff\n   ^",
    ),
    (["a\0"], "This character is in no post: it is not valid UTF-8, or NUL.\n  a\\x00\n   ^"),
]


@pytest.mark.parametrize(("terms", "message"), ERRORS)
def test_faults_are_shown_in_their_place(ask: Ask, terms: list[str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(*terms)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("terms", "saved", "message"),
    [
        (
            ["新华", "@wek"],
            {"week": "date:7d.."},
            (
                "There is no saved query @wek. Did you mean @week?\n  新华 @wek\n       ^\n"
                "Put it in quotation marks to search for the text itself."
            ),
        ),
        (
            ["@x"],
            {},
            "There is no saved query @x.\n  @x\n  ^\nPut it in quotation marks to search for the text itself.",
        ),
        (["@a"], {"a": "x @a"}, "In the saved query @a: The saved query refers to itself: @a > @a.\n  x @a\n    ^"),
        (
            ["@a"],
            {"a": "@b", "b": "-@a"},
            (
                "In the saved query @a: In the saved query @b: The saved query refers to itself: @a > @b > @a.\n"
                "  -@a\n   ^"
            ),
        ),
        (["z", "@a"], {"a": "新华 OR"}, "In the saved query @a: Nothing follows OR.\n  新华 OR\n         ^"),
    ],
)
def test_faults_of_saved_queries_name_them(ask: Ask, terms: list[str], saved: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(*terms, saved=saved)
    assert str(caught.value) == message


def test_the_largest_queries_are_read(ask: Ask, find: Callable[..., list[str]]) -> None:
    most = ask(*["a"] * (MOST_TERMS // 2), "OR", *["-b"] * (MOST_TERMS // 2))
    assert find(most, []) == []
    assert sketch(ask("(" * DEEPEST + "a" + ")" * DEEPEST).tree) == "a"
    wide = ask(*["(a)", "@s"] * (DEEPEST + 1), saved={"s": "b"})
    assert len(wide.terms()) == 2 * (DEEPEST + 1)
    deep = ask("a OR b -(" * DEEPEST + "tag:a,b*" + ")" * DEEPEST)
    assert find(deep.and_(ask("a OR (b -(c OR d))")), []) == []
    assert find(ask(f"tag:{'*' * (LONGEST - 4)}"), []) == []
    assert find(ask(f"path:{'[' * (LONGEST - 5)}"), []) == []


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (["a"] * (MOST_TERMS + 1), "The query is too long: 500 terms are allowed."),
        ([f"tag:{'a,' * MOST_TERMS}a"], "The query is too long: 500 terms are allowed."),
        (
            ["(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1)],
            "The query is nested too deep: 10 levels are allowed.",
        ),
        (["a" * (LONGEST + 1)], "The query is too long: 10,001 characters, 10,000 are allowed."),
    ],
)
def test_larger_queries_are_refused(ask: Ask, terms: list[str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(*terms)
    assert caught.value.message == message


def test_saved_queries_cannot_grow_without_end(ask: Ask) -> None:
    saved = {f"q{level}": f"@q{level + 1} " * 10 for level in range(8)} | {"q8": "a"}
    with pytest.raises(QueryError, match="500 terms are allowed"):
        ask("@q0", saved=saved)
    saved = {f"q{level}": f"a OR b -@q{level + 1}" for level in range(DEEPEST)} | {f"q{DEEPEST}": "a"}
    with pytest.raises(QueryError, match="nested too deep"):
        ask("@q0", saved=saved)
    assert len(ask("@q1", "@q1", saved=saved).terms()) == 2 * 3  # each is a, b and a negation


SYNTAX = st.text('ab: ,"()（“”：-^@|~<>=.*\\OR新1', max_size=12)
WORDS = st.lists(
    SYNTAX | st.sampled_from(["OR", "AND", "NOT", "tag:", "date:", "is:", "sort:", "title~", "@a"]), max_size=5
)


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_whatever_is_typed_is_a_query_or_a_fault_with_a_place(ask: Ask, terms: list[str]) -> None:
    typed = " ".join(terms)
    try:
        query = ask(*terms, saved={"a": "b"})
    except QueryError as error:
        query, fault = Query(text=error.query), error.position
    else:
        fault = 0
    assert query.text == typed
    assert 0 <= fault <= len(typed)
    assert all(0 <= term.origin.start < term.origin.end for term, _ in query.leaves())


def test_the_query_language_starts_light() -> None:
    heavy = "{'sqlite3', 'regex', 'json', 'typer', 'rich', 'yaml', 'html2text'}"
    script = (
        "import sys, datetime, newscli.entry, newscli.dates; before = set(sys.modules);"
        "from newscli.query import parse;"
        "parse(['tag:a', '-b', 'k:c'], zone=datetime.UTC, now=datetime.datetime.now(datetime.UTC));"
        f"print(sorted({heavy} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
