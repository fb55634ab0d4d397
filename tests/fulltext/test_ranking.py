from typing import Any

from newscli.fulltext.leaves import Scope
from newscli.fulltext.ranking import Ranked
from newscli.operations.search import Search
from newscli.query import And, Or, Query, State, Text, Value
from newscli.query.checks import equals
from newscli.query.order import SortKey
from newscli.query.terms import SOURCES, Origin
from newscli.text import fold


def term(words: str) -> Text:
    return Text(words, fold(words), Origin(f'"{words}"', 0, len(words) + 2))


def order(opened: Any, found: Any) -> list[str]:
    names: list[str] = opened.names([post for post, *_ in found])
    return names


def filler(write: Any) -> None:
    for number in range(20):
        write(f"x{number:02}", f"filler {'words ' * 20}", date="2020-01-01")


def test_title_before_tags_before_body(opened: Any, write: Any) -> None:
    filler(write)
    write("body", "词 " + "filler " * 10)
    write("tags", "filler " * 10, tags="词")
    write("title", "filler " * 10, title="词 in title")
    opened.sync()
    assert order(opened, Search(opened.text, Query(term("词"))).found.by_relevance()) == ["title", "tags", "body"]


def test_newer_first_on_ties_then_the_path(opened: Any, write: Any) -> None:
    filler(write)
    for name, date in [("b", "2021-01-01"), ("c", "2022-01-01"), ("a", "2021-01-01")]:
        write(name, "词", title="same", date=date)
    opened.sync()
    found = Search(opened.text, Query(term("词"))).found
    assert order(opened, found.by_relevance()) == ["c", "a", "b"]
    assert order(opened, found.by_order()) == ["c", "a", "b"]
    assert order(opened, found.by_relevance(2)) == ["c", "a"]
    assert order(opened, found.by_order(1)) == ["c"]
    scores = [score for _, score, _ in found.by_relevance()]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_whole_words_before_parts_of_words(opened: Any, write: Any) -> None:
    filler(write)
    write("part", "said " * 5, title="said", date="2023-01-01")
    write("whole", "the ai of " + "filler " * 30, date="2020-01-01")
    write("both", "ai said " + "filler " * 30, date="2020-01-02")
    opened.sync()
    found = Search(opened.text, Query(term("ai"))).found
    names = order(opened, found.by_relevance())
    assert sorted(names[:2]) == ["both", "whole"]
    assert names[2:] == ["part"]
    assert order(opened, found.by_relevance(3)) == names
    assert order(opened, found.by_relevance(1)) == names[:1]
    assert found.count() == 3


def test_rare_words_weigh_more(opened: Any, write: Any) -> None:
    filler(write)
    write("common", "filler filler")
    write("rare", "filler 稀有")
    opened.sync()
    query = Query(Or((term("filler"), term("稀有"))))
    assert order(opened, Search(opened.text, query).found.by_relevance(1)) == ["rare"]


def test_fields_filter_and_words_rank(opened: Any, write: Any) -> None:
    filler(write)
    write("weak", "词 " + "filler " * 50, tags="a")
    write("strong", "词 词 词", tags="a")
    write("other", "词 词 词 词", tags="b")
    write("untold", "nothing", tags="a")
    opened.sync()
    tagged = Value(SOURCES["tag"], (equals("a"),))
    assert order(opened, Search(opened.text, Query(And((term("词"), tagged)))).found.by_relevance()) == [
        "strong",
        "weak",
    ]
    either = Search(opened.text, Query(Or((term("词"), tagged)))).found
    assert order(opened, either.by_relevance())[-1] == "untold"
    assert either.count() == 4
    alone = Search(opened.text, Query(tagged)).found
    assert order(opened, alone.by_relevance()) == ["strong", "untold", "weak"], (
        "no word, so newest first, then the path"
    )
    assert {score for _, score, _ in alone.by_relevance()} == {0}


def test_an_order_of_ones_own(opened: Any, write: Any) -> None:
    write("a", "词", title="zz")
    write("b", "词", title="aa")
    opened.sync()
    query = Query(term("词"), sort=(SortKey("title"),))
    assert order(opened, Search(opened.text, query).found.by_order()) == ["b", "a"]


def test_what_only_the_table_of_posts_tells(opened: Any, write: Any) -> None:
    write("a", "词")
    opened.sync()
    query = Query(State("any"))
    assert order(opened, Ranked(opened.text, query).by_order()) == ["a"]


def test_all_words_in_the_title_come_first(opened: Any, write: Any) -> None:
    filler(write)
    write("tagged", "银行 利率 " * 9, title="Notes", tags="银行, 利率", date="2023-01-01")
    write("half", "利率 " * 9, title="银行", date="2023-01-01")
    write("titled", "filler " * 30, title="银行的利率", date="2020-01-01")
    write("part", "filler " * 30, title="interestingly 银行 利率x", date="2019-01-01")
    opened.sync()
    words = Query(And((term("银行"), term("利率"))))
    names = order(opened, Search(opened.text, words).found.by_relevance())
    assert sorted(names[:2]) == ["part", "titled"]
    assert sorted(names[2:]) == ["half", "tagged"]
    either = Query(Or((term("银行"), term("利率"))))
    assert order(opened, Search(opened.text, either).found.by_relevance())[3:] == ["tagged"]
    in_tags = Search(opened.text, words, Scope(("tags", "body"))).found
    assert order(opened, in_tags.by_relevance()) == ["tagged"]
