import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.dialect import Dialect
from newscli.entry import Entry
from newscli.fulltext import leaves as module
from newscli.fulltext.index import TextIndex
from newscli.fulltext.leaves import FullText, Hits, Scope, expression, wanted
from newscli.fulltext.needles import Needle, needle_of, phrase
from newscli.fulltext.ranking import Ranked
from newscli.index import Index
from newscli.operations.documents import preparing
from newscli.operations.search import Search
from newscli.query import And, Node, Not, Or, Query, State, Text, Value
from newscli.query.checks import equals
from newscli.query.terms import SOURCES, Origin
from newscli.store import Store
from newscli.text import fold


def text_term(words: str, *, quoted: bool = True) -> Text:
    typed = f'"{words}"' if quoted else words
    return Text(words, fold(words), Origin(typed, 0, len(typed)))


def posts(opened: Any, full: FullText, words: str, *, quoted: bool = True, whole: bool = False) -> list[str]:
    """The names of the posts that a word finds, sorted."""
    query = full.over(Query(text_term(words, quoted=quoted)), "whole" if whole else None)
    return sorted(opened.names([post for post, *_ in Ranked(opened.text, query).by_order()]))


@pytest.fixture
def full(opened: Any, write: Any) -> FullText:
    write("en", "Macroeconomic news: the economy grows 3.5%, said Ms. Ai", title="Growth")
    write("zh", "<p>新<b>能</b>源汽车ET3，终端</p><p>下一段</p>", title="汽车", tags="科技招商, em")
    write("tw", "臺灣 news")
    opened.sync()
    return FullText(opened.text)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("新能源", ["zh"]),
        ("能", ["zh"]),
        ("源汽", ["zh"]),
        ("汽车et3,", ["zh"]),
        ("ｅｔ３，终", ["zh"]),
        ("端下", []),
        ("新 能", []),
        ("nomi", ["en"]),
        ("econom", ["en"]),
        ("ECONOMIC NEWS", ["en"]),
        ("omic new", ["en"]),
        ("c news: t", ["en"]),
        ("ai", ["en"]),
        ("aid Ms", ["en"]),
        ("3.5%", ["en"]),
        ("3.5 %", []),
        ("35", []),
        (", s", ["en"]),
        ("e", ["en", "tw", "zh"]),
        ("em", ["zh"]),
        ("ws", ["en", "tw"]),
        ("科技", ["zh"]),
        ("growth", ["en"]),
        ("nowhere", []),
        ("zz", []),
        ("\u200b", ["en", "tw", "zh"]),
    ],
)
def test_any_piece_of_a_text_finds_it(opened: Any, full: FullText, words: str, names: list[str]) -> None:
    assert posts(opened, full, words) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [("econ*", ["en"]), ("nomi*", []), ("新能*", ["zh"]), ("汽车e*", ["zh"]), ("the econ*", ["en"]), ("*", [])],
)
def test_a_star_is_a_prefix(opened: Any, full: FullText, words: str, names: list[str]) -> None:
    assert posts(opened, full, words, quoted=False) == names


def test_a_star_in_quotation_marks_is_a_star() -> None:
    assert needle_of(text_term("econ*", quoted=False)) == Needle("econ", begins=True)
    assert needle_of(text_term("econ*")) == Needle("econ*")


def test_whole_words_only(opened: Any, full: FullText) -> None:
    assert posts(opened, full, "economy", whole=True) == ["en"]
    assert posts(opened, full, "econom", whole=True) == []
    assert posts(opened, full, "能源", whole=True) == ["zh"]


@pytest.mark.parametrize(
    ("columns", "words", "names"),
    [
        (("title",), "汽车", ["zh"]),
        (("title",), "新能源", []),
        (("title", "tags"), "科技", ["zh"]),
        (("body",), "科技", []),
        (("tags",), "em", ["zh"]),
        (("body",), "em", []),
        (("body",), "nomi", ["en"]),
        (("title",), "rowt", ["en"]),
    ],
)
def test_a_scope(opened: Any, full: FullText, columns: tuple[str, ...], words: str, names: list[str]) -> None:
    assert posts(opened, FullText(opened.text, Scope(columns)), words) == names


def test_many_words_are_looked_up_a_few_at_a_time(opened: Any, full: FullText, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_MOST_WORDS", 1)
    assert posts(opened, FullText(opened.text), "new") == ["en", "tw"]
    assert posts(opened, FullText(opened.text), "eco") == ["en"]
    assert posts(opened, FullText(opened.text), "c news: th") == ["en"]


def test_what_is_too_open_is_read(opened: Any, full: FullText, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_MOST_WORDS", 0)
    monkeypatch.setattr(module, "_MOST_PAIRS", 0)
    asked: list[tuple[str, Needle]] = []

    def verify(path: str, needle: Needle) -> bool:
        asked.append((path, needle))
        return False

    assert posts(opened, FullText(opened.text, verify=verify), "c news: th") == []
    assert asked == [("_posts/en.md", Needle("c news: th"))]


def test_queries_of_all_kinds_agree_with_reading_every_post(opened: Any, full: FullText) -> None:
    texts = [text_term(words) for words in ("news", "新能源", "econ", "ai", "nowhere")]
    tagged = Value(SOURCES["tag"], (equals("科技招商"),))
    trees: list[Node] = [
        And((texts[0], Not(texts[3]))),
        Or((texts[1], texts[2])),
        And((Or((texts[0], tagged)), Not(And((texts[2], texts[3]))))),
        Not(texts[0]),
        Or((texts[4], tagged)),
        And((texts[1], tagged)),
        And((Not(texts[4]), texts[1])),
        And((State("any"), texts[0])),
    ]
    index = opened.index
    for tree in trees:
        search = Search(opened.text, Query(tree))
        want = sorted(entry.path for entry in index.find(Query()) if search.found.wide.matches(entry))
        for found in (search.found.by_relevance(), search.found.by_order()):
            assert sorted(path for _, _, path in found) == want
        assert search.found.count() == len(want)
        assert index.count(search.found.wide) == len(want)


def test_a_leaf_says_what_it_looks_for(opened: Any, full: FullText) -> None:
    query = FullText(opened.text, Scope(("title",))).over(Query(text_term("新能")))
    assert query.explain() == ["text in title contains 新能"]
    assert full.over(Query(text_term("新能"))).explain() == ["text contains 新能"]


def test_states_may_be_terms_of_the_full_text(opened: Any, full: FullText) -> None:
    special = FullText(opened.text, special=lambda state: Hits("x", "0", ()) if state.name == "strange" else None)
    assert special.over(Query(State("strange"))).explain() == ["x"]
    assert special.over(Query(State("draft"))).explain() == ["draft"]
    entry = next(opened.index.find(Query()))
    assert not Hits("x", "0", ()).matches(entry)


def test_another_form_of_a_word_is_looked_for_too(opened: Any, full: FullText) -> None:
    forms = {"台湾": "臺灣"}
    both = FullText(opened.text, variant=lambda text: forms.get(text, text))
    assert posts(opened, both, "台湾") == ["tw"]
    assert posts(opened, both, "汽车") == ["zh"]
    assert posts(opened, full, "台湾") == []


def test_expressions() -> None:
    one, two, other = Hits("", "", (), '"a"'), Hits("", "", (), '"b" *'), Hits("", "post IN temp.x", ())
    assert expression(And((one, Or((one, two)), Not(two)))) == '((("a") AND (("a") OR ("b" *))) NOT (("b" *)))'
    assert expression(And((one, other))) == ""
    assert expression(Or((one, other))) == ""
    assert expression(And((Not(one),))) == ""
    assert expression(And((one, Not(other)))) == ""
    assert expression(And(())) == expression(Or(())) == expression(State("draft")) == ""
    assert list(wanted(And((one, Not(two), Or((other, State("draft"))))))) == [one, other]
    assert phrase(['"', "a"]) == '""" a"'


@pytest.mark.parametrize(
    ("needle", "text", "spans"),
    [
        (Needle("ab"), "abab ab", [(0, 2), (2, 4), (5, 7)]),
        (Needle("ab", begins=True), "abab xab ab新ab", [(0, 2), (9, 11), (12, 14)]),
        (Needle("新", begins=True), "新新", [(0, 1), (1, 2)]),
        (Needle(""), "abc", []),
        (Needle("x"), "", []),
    ],
)
def test_where_a_needle_stands(needle: Needle, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(needle.spans(text)) == spans


ALPHABET = "新能源中国abceno 012,.%-ＡÉ"
LINE = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=30).map(lambda text: " ".join(text.split()) or "x")


@given(st.lists(st.tuples(LINE, st.lists(LINE, min_size=1, max_size=3)), min_size=1, max_size=6), st.integers())
@settings(max_examples=40, deadline=None)
def test_substrings_are_found_exactly(tmp_path_factory: Any, archive: list[tuple[str, list[str]]], seed: int) -> None:
    """The acceptance in small: what the index finds is what a scan of the folded texts finds."""
    root: Path = tmp_path_factory.mktemp("site")
    (root / "_posts").mkdir()
    chance = random.Random(seed)
    texts: dict[str, list[str]] = {}
    for number, (title, blocks) in enumerate(archive):
        body = "".join(f"<p>{tagged(block, chance)}</p>\n" for block in blocks)
        (root / "_posts" / f"{number}.md").write_text(f'---\ntitle: "{title}"\n---\n{body}', encoding="utf-8")
        texts[f"_posts/{number}.md"] = [fold(title), *map(fold, blocks)]
    store = Store(root, "", Dialect("jekyll"), in_posts=True)
    with Index(store, root / "cache") as index, TextIndex(index) as text:
        index.refresh()
        text.sync(preparing(store), lambda *_: None)
        every = [line for lines in texts.values() for line in lines]
        for _ in range(12):
            line = chance.choice(every)
            start = chance.randrange(len(line))
            piece = line[start : start + chance.randint(1, 8)].strip()
            piece = piece if chance.random() < 0.8 else f"{piece}{chance.choice(ALPHABET)}".strip()
            piece = fold(piece)
            if not piece:
                continue
            found = Search(text, Query(text_term(piece))).found.by_relevance()
            want = sorted(path for path, lines in texts.items() if any(piece in line for line in lines))
            assert sorted(path for _, _, path in found) == want, piece


def tagged(text: str, chance: random.Random) -> str:
    """The text with an inline tag around a part of it."""
    start = chance.randint(0, len(text))
    end = chance.randint(start, len(text))
    return f"{text[:start]}<b class='x'>{text[start:end]}</b>{text[end:]}"


def test_entries_can_be_tested_without_the_index(opened: Any, full: FullText) -> None:
    search = Search(opened.text, Query(text_term("nomi")))
    entries = {Path(entry.path).stem: entry for entry in opened.index.find(Query())}
    assert isinstance(entries["en"], Entry)
    assert search.found.wide.matches(entries["en"])
    assert not search.found.wide.matches(entries["zh"])
