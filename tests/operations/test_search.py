import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from newscli.dialect import Dialect
from newscli.errors import NotFoundError, QueryError
from newscli.fulltext.index import TextIndex
from newscli.index import Index
from newscli.operations import search as search_module
from newscli.operations.documents import preparing
from newscli.operations.duplicates import duplicates, groups
from newscli.operations.related import related, terms_of
from newscli.operations.search import Search, literals_of, regex_term, scope_of
from newscli.operations.variants import PLAIN, Variants, load_variants
from newscli.query import Query, State, parse, patterns
from newscli.store import Store

NOW = datetime(2022, 7, 1, tzinfo=UTC)


def ask(*terms: str) -> Query:
    return parse(terms, zone=UTC, now=NOW)


@pytest.fixture
def text(site: Path, tmp_path: Path) -> Iterator[TextIndex]:
    store = Store(site, "", Dialect("jekyll"), in_posts=True)
    with Index(store, tmp_path / "cache") as index, TextIndex(index) as text:
        yield text


def sync(text: TextIndex, variants: Variants = PLAIN) -> None:
    text.index.refresh()
    text.sync(preparing(text.index.store, variants), lambda *_: None)


def slugs(search: Search, **settings: Any) -> list[str]:
    return [record["slug"] for record in search.report(**settings).records]


@pytest.fixture
def news(text: TextIndex, write: Callable[..., Path]) -> TextIndex:
    write("a.md", body="<p>苏州科技招商，Honeywell 3.5%</p>", title="苏州", date="2022-06-01", tags="科技")
    write("b.md", body="上海<b>科</b>技 honey", title="上海", date="2022-06-02", tags="金融")
    write("c.md", body="nothing here", title="Other", date="2022-06-03", tags="科技")
    sync(text)
    return text


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        (["科技", "tag:科技", "苏州"], ["a"]),
        (["科技 OR nothing"], ["a", "b", "c"]),
        (["科技", "-上海"], ["a", "c"]),
        (["honey"], ["a", "b"]),
        (["honey*"], ["a", "b"]),
        (["科技", "date:2022-06-02"], ["b"]),
        (["tag:金融"], ["b"]),
        (["(苏州 OR 上海) -(honeywell)"], ["b"]),
        (['"科技招商"'], ["a"]),
        (["title:上海", "科技"], ["b"]),
    ],
)
def test_queries_of_words_and_fields(news: TextIndex, terms: list[str], names: list[str]) -> None:
    assert sorted(slugs(Search(news, ask(*terms)))) == names


def test_records_have_scores_and_snippets_from_the_file(news: TextIndex, site: Path) -> None:
    (record,) = Search(news, ask("招商")).report().records
    assert record["path"] == "_posts/a.md"
    assert record["score"] > 0
    assert record["snippets"] == [{"text": "苏州科技招商，Honeywell 3.5%", "matches": [[4, 6]]}]
    assert record["snippet"] == "苏州科技招商，Honeywell 3.5%"
    (site / "_posts" / "a.md").write_text("---\ntitle: x\n---\n新的招商", encoding="utf-8")
    (record,) = Search(news, ask("招商")).report().records
    assert record["snippets"][0]["text"] == "新的招商"


def test_reports(news: TextIndex) -> None:
    search = Search(news, ask("科技"))
    assert slugs(search, by="date") == ["c", "b", "a"]
    assert slugs(search, by="date", limit=1, offset=1) == ["b"]
    assert search.report(limit=1).total is None
    assert search.report(limit=1, total=True).total == 3
    assert next(iter(search.report(paths=True, by="date").records)) == {"path": "_posts/c.md"}
    assert slugs(Search(news, ask("科技", "sort:title"))) == ["c", "b", "a"]
    assert [record["snippets"] for record in search.report(count=0).records] == [[], [], []]
    report = search.report()
    assert {"score", "snippets"} < set(report.known_fields())


def test_places(news: TextIndex) -> None:
    assert sorted(slugs(Search(news, ask("科技"), scope_of("tags")))) == ["a", "c"]
    assert sorted(slugs(Search(news, ask("科技"), scope_of("body，title")))) == ["a", "b"]
    assert scope_of("") == scope_of("title,tags,body")
    with pytest.raises(QueryError, match="Nothing to search in: boddy"):
        scope_of("title,boddy")


def test_explanations(news: TextIndex) -> None:
    lines = list(Search(news, ask("科技", "-上海")).explain())
    assert lines == [
        "text contains 科技",
        "not text contains 上海",
        "",
        "        3  科技",
        "        2  -上海",
        "        2  all together",
    ]


def test_no_hit_says_what_each_term_finds_and_what_is_near(news: TextIndex) -> None:
    told = Search(news, ask("科技", "honeywel", "honeywall", "科技金", "zq")).diagnose_nothing().splitlines()
    assert told[0] == "No post matches."
    assert told[1:] == [
        "        3  科技",
        "        1  honeywel",
        "        0  honeywall  nearest word: honeywell",
        "        0  科技金  nearest name: 科技",
        "        0  zq",
    ]
    assert Search(news, ask("tag:none")).diagnose_nothing().endswith("        0  tag:none")
    assert Search(news, ask("tag:科")).diagnose_nothing().endswith("        0  tag:科  nearest tag: 科技 (2)")
    assert Search(news, ask("招商 honeywell")).diagnose_nothing().endswith("  its words apart: 1")
    assert Search(news, ask("招商 上海")).diagnose_nothing().endswith("        0  招商 上海")


def test_an_empty_archive_says_so(text: TextIndex) -> None:
    sync(text)
    assert Search(text, ask("x")).diagnose_nothing() == "There are no posts here."


# Regular expressions


def matching(text: TextIndex, expression: str, *terms: str) -> list[str]:
    search = Search(text, ask(*terms))
    read: list[str] = []

    def progress(paths: Any) -> Any:
        read.extend(paths)
        return paths

    search.only([regex_term(search, expression, progress)])
    return [*sorted(slugs(search)), f"read {len(read)}"]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("科技.商", ["a", "read 1"]),
        ("H[o]neywell", ["a", "read 1"]),
        ("honey(well)+", ["a", "read 1"]),
        (r"\d\.\d%", ["a", "read 1"]),
        ("上海|招商", ["a", "b", "read 3"]),
        ("^上海科技", ["b", "read 1"]),
        (r"\p{Han}{6}", ["a", "read 3"]),
        ("nowhere", ["read 0"]),
    ],
)
def test_regular_expressions_read_only_what_may_match(news: TextIndex, expression: str, names: list[str]) -> None:
    assert matching(news, expression) == names


def test_regular_expressions_go_with_terms(news: TextIndex) -> None:
    assert matching(news, "科技", "tag:金融") == ["b", "read 1"]


def test_regular_expressions_mark_what_they_match(news: TextIndex) -> None:
    search = Search(news, ask())
    search.only([regex_term(search, "Honey.ell", lambda paths: paths)])
    (record,) = search.report().records
    assert record["snippets"][0]["matches"] == [[7, 16]]
    assert next(iter(search.explain())) == "text matches Honey.ell"


def test_a_wrong_or_endless_expression(news: TextIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(news, ask())
    with pytest.raises(QueryError, match="no regular expression"):
        regex_term(search, "(", lambda paths: paths)

    def overdue(*_: Any) -> bool:
        raise TimeoutError

    monkeypatch.setattr(patterns.Pattern, "found_in", overdue)
    with pytest.raises(QueryError, match="takes too long"):
        regex_term(search, "科技", lambda paths: paths)


def test_marking_gives_up_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        def finditer(self, *_: Any, **__: Any) -> Any:
            raise TimeoutError

    class Pattern:
        _compiled = Slow()

    monkeypatch.setattr(patterns, "pattern", lambda _: Pattern())
    assert list(search_module._spans("x", "y")) == []


@pytest.mark.parametrize(
    ("expression", "pieces"),
    [
        ("abc", ["abc"]),
        ("ab.cd", ["ab", "cd"]),
        ("a(bc)d", ["a", "bc", "d"]),
        ("(ab)?c", ["c"]),
        ("(ab)+c", ["ab", "c"]),
        ("ab|cd", []),
        ("[ab]c", ["c"]),
        (r"\bab\b", ["ab"]),
        (r"\p{Han}", []),
        ("a b", ["a b"]),
    ],
)
def test_what_an_expression_cannot_do_without(expression: str, pieces: list[str]) -> None:
    assert literals_of(expression) == pieces


# Related posts


def test_posts_that_share_rare_words(text: TextIndex, write: Callable[..., Path]) -> None:
    for number in range(30):
        write(f"x{number}.md", body="常见的话 common words 每天", title="日报")
    write("one.md", body="氢能源电堆 common words，氢能源电堆 Honeywell", title="氢能源")
    write("two.md", body="关于氢能源电堆的报道 common words", title="电堆")
    write("three.md", body="Honeywell common words", title="霍尼韦尔")
    sync(text)
    search = related(Search(text, ask()), "one")
    assert slugs(search) == ["two", "three"]
    (first, _) = search.report().records
    assert first["snippets"][0]["matches"]
    terms = terms_of(text, "氢能源", "氢能源电堆 Honeywell common")
    assert "honeywell" in terms
    assert "common" not in terms, "too common to tell posts apart"
    assert "电堆 h" not in terms
    assert slugs(related(Search(text, ask("tag:none")), "one")) == []


def test_a_post_that_shares_nothing_has_no_relatives(text: TextIndex, write: Callable[..., Path]) -> None:
    write("one.md", body="独一无二")
    write("two.md", body="其他", title="two")
    sync(text)
    assert slugs(related(Search(text, ask()), "one")) == []
    with pytest.raises(NotFoundError):
        related(Search(text, ask()), "none")


# Scripts


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("مدرسة", "مَدْرَسَة"),
        ("مَدْرَسَة", "مَدْرَسَة"),
        ("שלום", "שָׁלוֹם"),
        ("ラーメン", "ﾗｰﾒﾝ"),
        ("ภาษา", "ภาษา"),
        ("서울", "서울"),
        ("𠮷", "𠮷"),
        ("👍", "👍"),
        ("café", "cafe\u0301"),
    ],
)
def test_scripts_are_found_and_marked_as_they_are_written(
    text: TextIndex, write: Callable[..., Path], words: str, marked: str
) -> None:
    write("a.md", body="مَدْرَسَة שָׁלוֹם ﾗｰﾒﾝ ภาษาไทย 서울특별시 𠮷野家 👍🏽 cafe\u0301.")
    sync(text)
    (record,) = Search(text, ask(words)).report().records
    (snippet,) = record["snippets"]
    ((start, end),) = snippet["matches"]
    assert snippet["text"][start:end] == marked


# Duplicates

STORY = "".join(f"这是第{'一二三四五六七八九十'[number]}个句子的内容。" for number in range(10))


def test_reprints_are_found_exact_and_near(text: TextIndex, write: Callable[..., Path]) -> None:
    write("one.md", body=f"<p>{STORY}</p>")
    write("same.md", body=STORY, title="Another")
    write("near.md", body=f"{STORY}来源：另一家报纸的网站。")
    write("other.md", body="".join(f"完全不同的第{number}句话在这里。" for number in "一二三四五六七"))
    write("short.md", body="短")
    write("short2.md", body="短")
    write("brief.md", body="只有一个句子的文章。")
    write("brief2.md", body="只有一个句子的文章。")
    sync(text)
    names = dict(text.index.execute("SELECT post, slug FROM posts").fetchall())
    found = sorted(sorted(names[post] for post in group) for group in groups(text))
    assert found == [["brief", "brief2"], ["near", "one", "same"]]
    search = Search(text, Query(State("duplicate")), special=partial(duplicates, text))
    assert sorted(slugs(search)) == ["brief", "brief2", "near", "one", "same"]
    assert duplicates(text, State("draft")) is None
    assert next(iter(search.explain())) == "duplicate"


def planted(number: int, lines: int = 30) -> list[str]:
    """Sentences that no other post has."""
    chosen = random.Random(number)
    return [" ".join("".join(chosen.choices("abcdefgh", k=5)) for _ in range(9)) for _ in range(lines)]


def test_a_reprint_with_words_changed_is_found_and_a_shared_phrase_joins_nobody(
    text: TextIndex, write: Callable[..., Path]
) -> None:
    footer = "All rights reserved by the Daily Example and its partners. Write to the editor with any questions."
    for number in range(12):
        write(f"{number:02}.md", body=". ".join(planted(number)) + ". " + footer)
    changed = [
        " ".join(["other", *line.split()[1:]]) if place % 5 == 0 else line for place, line in enumerate(planted(3))
    ]
    write("again.md", body="Another paper. " + ". ".join(changed))
    sync(text)
    names = dict(text.index.execute("SELECT post, slug FROM posts").fetchall())
    assert [sorted(names[post] for post in group) for group in groups(text)] == [["03", "again"]]


def test_many_reprints_of_one_post_are_one_group(text: TextIndex, write: Callable[..., Path]) -> None:
    for number in range(20):
        write(f"{number:02}.md", body=". ".join(planted(0)) + f". Seen by paper {number} of the town of {number}.")
    sync(text)
    assert [len(group) for group in groups(text)] == [20]


# Variants


@pytest.fixture
def opencc(monkeypatch: pytest.MonkeyPatch) -> None:
    class OpenCC:
        def __init__(self, name: str) -> None:
            assert name == "t2s"

        def convert(self, text: str) -> str:
            return text.translate(str.maketrans("臺灣", "台湾"))

    module = ModuleType("opencc")
    module.OpenCC = OpenCC  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "opencc", module)


@pytest.mark.usefixtures("opencc")
def test_traditional_and_simplified_chinese_as_one(text: TextIndex, write: Callable[..., Path]) -> None:
    variants = load_variants({"simplified": True})
    write("t.md", body="臺灣新聞")
    write("s.md", body="台湾新闻")
    sync(text, variants)
    for word in ("台湾", "臺灣"):
        search = Search(text, ask(word), variants=variants)
        assert sorted(slugs(search)) == ["s", "t"]
        matches = {record["slug"]: record["snippets"][0]["matches"] for record in search.report().records}
        assert matches["t"] == [[0, 2]]


def test_forms_of_another_length_tell_no_places(news: TextIndex) -> None:
    search = Search(news, ask("招商"), variants=Variants(lambda text: f"{text}!"))
    (record,) = search.report().records
    assert record["snippets"][0]["matches"] == [[4, 6]]


@pytest.fixture
def spoken(text: TextIndex, write: Callable[..., Path]) -> TextIndex:
    """Posts whose index knows how their Chinese is read."""
    write("bank.md", body="在重庆银行门口", title="甲")
    write("word.md", body="Chongqing is a city", title="乙")
    write("part.md", body="the chongqinger", title="丙")
    write("hour.md", body="是十一点，喝重青茶", title="丁")
    write("other.md", body="重 庆 两个字分开", title="戊")
    text.index.refresh()
    sounds = {"chong": "重", "zhong": "重", "qing": "庆青", "yin": "银", "hang": "行", "shi": "是十"}
    read = [(sound, character) for sound, characters in sounds.items() for character in characters]
    text.sync(
        preparing(text.index.store, Variants(pinyin=True)),
        lambda *_: None,
        readings=lambda new: [row for row in read if row[1] in new],
    )
    return text


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (["chongqing"], ["word", "part", "bank", "hour"]),
        (["chong qing"], ["bank", "hour"]),
        (["chong", "qing"], ["word", "part"]),
        (['"chongqing"'], ["word", "part"]),
        (["chongq*"], ["word", "part"]),
        (["zhongqingyinhang"], ["bank"]),
        (["ChongQing'YinHang"], ["bank"]),
        (["shishi"], ["hour"]),
        (["shi"], []),
        (["city", "-chongqing"], []),
        (["chongqing", "-yinhang"], ["word", "part", "hour"]),
        (["yinhang OR city"], ["word", "bank"]),
    ],
)
def test_chinese_is_found_by_how_it_is_read(spoken: TextIndex, typed: list[str], names: list[str]) -> None:
    assert sorted(slugs(Search(spoken, ask(*typed), variants=Variants(pinyin=True)))) == sorted(names)


def test_what_is_read_so_comes_after_what_is_written_so(spoken: TextIndex) -> None:
    search = Search(spoken, ask("chongqing"), variants=Variants(pinyin=True))
    found = slugs(search)
    assert found[:2] == ["word", "part"]
    assert [slugs(search, limit=limit) for limit in (1, 2, 3)] == [found[:1], found[:2], found[:3]]
    assert slugs(search, offset=2) == found[2:]


def test_what_is_read_so_is_marked_and_explained(spoken: TextIndex) -> None:
    search = Search(spoken, ask("chongqing"), variants=Variants(pinyin=True))
    matches = {record["slug"]: record["snippets"][0]["matches"] for record in search.report().records}
    assert matches == {"word": [[0, 9]], "part": [[4, 13]], "bank": [[1, 3]], "hour": [[6, 8]]}
    assert list(search.explain())[:3] == [
        "any of:",
        "  text contains chongqing",
        "  text contains chongqing by its sound",
    ]
    assert sorted(slugs(Search(spoken, ask("chongqing")))) == ["part", "word"], "not where nobody asked for it"
