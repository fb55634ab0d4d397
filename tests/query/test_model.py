"""What a query tells about itself."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newscli.entry import Entry
from newscli.errors import QueryError
from newscli.query import Not, Query, State, Term, Text, Value

Ask = Callable[..., Query]


def test_a_query_is_explained_line_by_line(ask: Ask) -> None:
    query = ask("tag:新华", "-is:draft", "(a OR title:b c)", "-(d e)", "words:500..", "sort:date-,title", "limit:20")
    assert query.explain() == [
        "tag is 新华",
        "not draft",
        "any of:",
        "  title, tags, categories or authors contain a",
        "  all of:",
        "    title contains b",
        "    title, tags, categories or authors contain c",
        "not:",
        "  all of:",
        "    title, tags, categories or authors contain d",
        "    title, tags, categories or authors contain e",
        "words >= 500",
        "sorted by date descending, title",
        "at most 20",
    ]


def test_the_empty_query_is_every_post(ask: Ask) -> None:
    query = ask()
    assert query.explain() == ["every post"]
    assert query.where() == ("(1)", [])
    assert query.terms() == []
    assert (query.sort, query.limit, query.fields(), query.text_terms()) == ((), None, (), ())
    assert Query() == query
    assert ask("limit:0").explain() == ["every post", "without limit"]
    assert ask("-@none", saved={"none": ""}).explain() == ["not every post"]


def test_explanations_cannot_command_the_terminal(ask: Ask) -> None:
    assert ask("title:\x1b[31mred").explain() == ["title contains \\x1b[31mred"]


@pytest.mark.parametrize(
    ("terms", "needed"),
    [
        (["a", "tag:b", "-is:draft", "date:2022", "k:v"], False),
        (["words:5.."], True),
        (["a", "OR", "-is:html"], True),
        (["no:words"], True),
        (["sort:words"], True),
        (["sort:title"], False),
    ],
)
def test_the_body_is_needed_only_for_words_and_html(ask: Ask, terms: list[str], needed: bool) -> None:
    assert ask(*terms).needs_body is needed


@pytest.mark.parametrize(
    ("terms", "shown"),
    [
        (["is:broken"], True),
        (["a", "OR", "(b is:broken,draft)"], True),
        (["-is:broken"], False),
        (["-(a -is:broken)"], True),
        (["broken"], False),
    ],
)
def test_broken_posts_are_asked_for(ask: Ask, terms: list[str], shown: bool) -> None:
    assert ask(*terms).shows_broken is shown


def test_each_term_is_a_query_of_its_own(ask: Ask, find: Callable[..., list[str]]) -> None:
    entries = [Entry("a", "", "", title="x y", tags=("t",)), Entry("b", "", "", title="x")]
    terms = ask("x", "(tag:t OR “no such”)", "-(y z)", "sort:title", "NOT", "k:v").terms()
    assert [term.text for term in terms] == ["x", "tag:t", "“no such”", "-(y z)", "NOT k:v"]
    assert [len(find(term, entries)) for term in terms] == [2, 1, 0, 2, 2]


def test_words_that_are_wanted_can_be_highlighted(ask: Ask) -> None:
    words = ask("科技", "title:x", "-b", "(“c  d” OR -(e -f))").text_terms()
    assert [(term.words, term.origin.typed) for term in words] == [("科技", "科技"), ("c d", "“c  d”"), ("f", "f")]


def test_leaves_can_be_replaced(ask: Ask) -> None:
    def draft(term: Term) -> Term:
        return State("draft", term.origin) if isinstance(term, Text) else term

    replaced = ask("a", "-(b OR tag:c)", "sort:title", "limit:3").map(draft)
    assert replaced.explain() == [
        "draft",
        "not:",
        "  any of:",
        "    draft",
        "    tag is c",
        "sorted by title",
        "at most 3",
    ]
    assert replaced.text == "a -(b OR tag:c) sort:title limit:3"


def test_joined_queries_keep_their_terms_flat_and_the_later_settings(ask: Ask) -> None:
    joined = ask("a", "b", "sort:title", "limit:3").and_(ask("c OR d", "sort:date-"))
    assert joined.explain()[:3] == [
        "title, tags, categories or authors contain a",
        "title, tags, categories or authors contain b",
        "any of:",
    ]
    assert (joined.text, joined.sort[0].name, joined.limit) == ("a b sort:title limit:3 c OR d sort:date-", "date", 3)
    assert ask("a", "limit:3").and_(ask("limit:0")).limit == 0
    assert isinstance(ask().and_(ask("tag:b")).tree, Value)
    assert isinstance(ask("-a").and_(ask()).tree, Not)


def test_fields_of_the_front_matter_are_told_with_their_place(ask: Ask) -> None:
    query = ask(
        "tag:a", "source:b", "-has:img.url", "title:c", "meta.date:d", "sort:weight-,date", "@s", saved={"s": "no:k"}
    )
    assert [(name, origin.start, origin.text[origin.start :][:3]) for name, origin in query.fields()] == [
        ("source", 6, "sou"),
        ("img.url", 20, "img"),
        ("date", 36, "met"),
        ("k", 3, "k"),
        ("weight", 53, "wei"),
    ]


KNOWN = ("source", "Weight", "image", "a.b", "来源")


@pytest.mark.parametrize(
    "terms", [["source:x"], ["weight:3"], ["image.url:x"], ["a.b:x"], ["a.b.c:x"], ["来源:x"], ["sort:date"]]
)
def test_known_fields_pass(ask: Ask, terms: list[str]) -> None:
    ask(*terms).check_fields(KNOWN)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (
            ["新华", "-sourec:x"],
            (
                "Unknown field 'sourec'. Did you mean source?\n  新华 -sourec:x\n        ^\n"
                "Put it in quotation marks to search for the text itself."
            ),
        ),
        (
            ["titel:x"],
            (
                "Unknown field 'titel'. Did you mean title?\n  titel:x\n  ^\n"
                "Put it in quotation marks to search for the text itself."
            ),
        ),
        (
            ["a", "no:qqqq"],
            "Unknown field 'qqqq'.\n  a no:qqqq\n       ^\nPut it in quotation marks to search for the text itself.",
        ),
        (
            ["sort:title,weihgt-"],
            (
                "Unknown field 'weihgt'. Did you mean Weight?\n  sort:title,weihgt-\n             ^\n"
                "Put it in quotation marks to search for the text itself."
            ),
        ),
    ],
)
def test_unknown_fields_are_faults(ask: Ask, terms: list[str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(*terms).check_fields(KNOWN)
    assert str(caught.value) == message


def test_a_query_and_its_entries_are_compared_as_moments(ask: Ask) -> None:
    entry = Entry("a", "", "", date=datetime(2022, 5, 31, 16, tzinfo=UTC))
    assert ask("date:2022-06").matches(entry)
    assert not ask("date:2022-05").matches(entry)
