"""Rules across posts: which posts are at odds, where each is reported, and what is told of the first."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from newscli.operations.validate import Finding, options_from
from newscli.rules import RULES, corpus
from newscli.rules.corpus import near
from newscli.rules.corpus.addresses import address_of, canonical
from newscli.rules.corpus.comparison import COMPARISONS
from newscli.rules.corpus.near import _hashes, simhash
from newscli.rules.corpus.posts import date_of, order_of, text_of
from newscli.rules.subject import Subject

Found = Callable[..., list[Finding]]
FIRST, SECOND = "_posts/2022-06-07-a.md", "_posts/2022-06-08-b.md"
RIVER = (
    "The river rose again on Monday after two days of rain and the town council asked everybody to stay away from the "
    "old bridge until engineers had looked at its pillars and said that it was safe to cross"
)


def post_of(path: str, lines: str = "layout: post", engine: str = "jekyll", **settings: Any) -> Subject:
    return Subject(path, f"---\n{lines}\n---\n".encode(), options_from({}, engine=engine, **settings))


def post(lines: str, body: str) -> str:
    return f"---\nlayout: post\n{lines}\n---\n{body}\n"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://www.example.com/a/?utm_source=x#top", "example.com/a?"),
        ("https://example.com/a", "example.com/a?"),
        ("//example.com/a", "example.com/a?"),
        ("https://EXAMPLE.com/A", "example.com/A?"),
        ("https://example.com/a?id=1&utm_medium=y", "example.com/a?id=1"),
        ("https://example.com/?id=1", "example.com?id=1"),
        ("https://example.com/", ""),
        ("https://[bad", ""),
    ],
)
def test_the_canonical_form_of_a_source(url: str, plain: str) -> None:
    assert canonical(url) == plain


def test_the_address_of_a_post_follows_the_site() -> None:
    assert address_of(post_of("_posts/2022-06-07-x.md", permalink="/:title/")) == "/x"
    assert address_of(post_of("_posts/2022-06-07-x.md")) == "/2022/06/07/x"
    assert address_of(post_of("_posts/2022-06-07-x.md", engine="pyyaml")) == ""


def test_the_order_of_posts() -> None:
    posts = [
        ("b", "2022-06-07 00:30 +0800"),
        ("a", "2022-06-06 20:00 +0000"),
        ("2022-06-05-c", ""),
        ("d", "tuesday"),
        ("e", ""),
    ]
    assert [path for path, _ in sorted(posts, key=lambda pair: order_of(*pair))] == ["2022-06-05-c", "b", "a", "d", "e"]


def test_what_a_post_says_of_itself() -> None:
    known = post_of("a.md", "date: 20220607\ntitle: '  a '\ntags: [b]")
    assert date_of(known) == "20220607"
    assert date_of(post_of("a.md")) == ""
    assert date_of(post_of("a.md", "date: 2022-06-07")) == "2022-06-07"
    assert (text_of(known, "title"), text_of(known, "tags"), text_of(known, "none")) == ("a", "", "")


def test_like_texts_have_like_prints() -> None:
    words = [f"word{number}" for number in range(200)]
    near, far = [*words[:-1], "other"], words[::-1]
    assert (simhash(words) ^ simhash(near)).bit_count() < 8 < (simhash(words) ^ simhash(far)).bit_count()
    assert simhash(["alone"]) == 0


@pytest.mark.parametrize("size", [2, 3, 4, 5, 8, 9, 33, 64, 65, 500])
def test_a_print_has_the_bits_that_more_than_half_of_the_pairs_have(size: int) -> None:
    words = [f"w{number * number % 89}" for number in range(size)]
    pairs = [
        int.from_bytes(_hashes[first][:8], "little") ^ int.from_bytes(_hashes[second][8:], "little")
        for first, second in pairwise(words)
    ]
    counts = [sum(pair >> place & 1 for pair in pairs) for place in range(64)]
    assert simhash(words) == sum(1 << place for place, count in enumerate(counts) if 2 * count > len(pairs))


def test_hashes_of_words_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_MOST_KNOWN", 3)
    words = [str(number) for number in range(20)]
    kept = simhash(words)
    assert len(_hashes) <= 3
    assert simhash(words) == kept


def test_every_rule_across_posts_is_a_comparison_with_a_manual() -> None:
    rules = {code for code, rule in RULES.items() if rule.needs == "corpus"}
    assert set(COMPARISONS) == {*rules, "T405"}
    assert {code for code, comparison in COMPARISONS.items() if comparison.of_bodies} == {"X504", "X505"}
    for code, comparison in COMPARISONS.items():
        assert comparison.code == code
    for code in rules:
        assert list(RULES[code].check(None)) == []


AT_ODDS = [
    ("X501", "permalink: /x/", "permalink: /x", (3, 12)),
    ("X501", "permalink: /x/index.html", "permalink: /x/", (3, 12)),
    ("X501", "permalink: /2022/06/08/b.html", "title: b", (1, 1)),
    ("X502", "title: AI 芯片", "title: ａｉ 芯片", (3, 8)),
    ("X503", "source: https://example.com/a", "source: http://www.example.com/a/?utm_source=x#y", (3, 9)),
    ("X503", "source_url: https://example.com/a", "source: 新华日报\noriginal_url: //example.com/a", (3, 9)),
    ("X506", "id: 1", "id: '1'", (3, 5)),
    ("X506", "guid: x", "uid: y\nguid: x", (3, 6)),
    ("X507", "permalink: /a/", "redirect_from: [/x, /a]", (3, 16)),
    ("X507", "permalink: /a/", "aliases: /a/", (3, 10)),
    ("X507", "redirect_from: /r", "redirect_from:\n- /r/", (4, 1)),
]
AT_PEACE = [
    ("X501", "permalink: /x/", "permalink: /y/"),
    ("X501", "permalink: /:title/", "permalink: /:title/"),
    ("X501", "title: a", "title: a"),
    ("X502", "title: a", "title: b"),
    ("X502", "layout2: a", "layout2: a"),
    ("X503", "source: https://example.com/a?id=1", "source: https://example.com/a?id=2"),
    ("X503", "source: 新华日报", "source: 新华日报"),
    ("X503", "source: https://example.com/", "source: https://example.com/"),
    ("X506", "guid: x", "uid: x"),
    ("X506", "id: ' '", "id: ' '"),
    ("X506", "id: true", "id: true"),
    ("X507", "redirect_from: /a/", "redirect_from: /b/"),
    ("X507", "permalink: /a/\nredirect_from: [/a/, 1, /r, /r]", "aliases: {a: b}"),
]


@pytest.mark.parametrize(("code", "first", "second", "place"), AT_ODDS)
def test_the_later_post_is_reported(code: str, first: str, second: str, place: tuple[int, int], find: Found) -> None:
    (found,) = find({FIRST: post(first, "One body."), SECOND: post(second, "Another body.")}, select=[code])
    assert (found.path, found.line, found.column) == (SECOND, *place)
    assert FIRST in found.message
    assert found.related == ((FIRST, 1, "the first one"),)


@pytest.mark.parametrize(("code", "first", "second"), AT_PEACE)
def test_posts_that_do_not_clash(code: str, first: str, second: str, find: Found) -> None:
    assert find({FIRST: post(first, "One body."), SECOND: post(second, "Another body.")}, select=[code]) == []


def test_a_redirect_from_another_posts_address_is_reported_where_it_is_written(find: Found) -> None:
    files = {FIRST: post("redirect_from: /b/", "One."), SECOND: post("permalink: /b/", "Two.")}
    (found,) = find(files, select=["X507"])
    assert (found.path, found.line, found.column) == (FIRST, 3, 16)
    assert found.message == f"redirects /b/, which is the address of {SECOND}"


def test_the_later_post_is_that_of_the_later_date(find: Found) -> None:
    files = {FIRST: post("title: a\ndate: 2022-07-01", "One."), SECOND: post("title: a\ndate: 2022-06-30", "Two.")}
    assert [found.path for found in find(files, select=["X502"])] == [FIRST]


def test_all_but_the_first_of_a_group_are_reported(find: Found) -> None:
    paths = [f"_posts/2022-06-0{day}-a.md" for day in (1, 2, 3)]
    found = find({path: post("title: a", f"Body of {path}.") for path in paths}, select=["X502"])
    assert [one.path for one in found] == paths[1:]
    assert {one.related for one in found} == {((paths[0], 1, "the first one"),)}


def test_equal_bodies_are_reported_where_they_start(find: Found) -> None:
    files = {FIRST: post("title: a", "同 一 ＡＢ"), SECOND: post("title: b\nredirect_from: /x/", "同一AB")}
    (found,) = find(files, select=["X504"])
    assert (found.path, found.line, found.column) == (SECOND, 6, 1)
    assert find({FIRST: post("title: a", "x"), SECOND: post("title: b", "x")}, select=["X504"]) == []


def test_bodies_that_differ_in_a_sign_are_near(find: Found) -> None:
    files = {FIRST: post("title: a", RIVER + "."), SECOND: post("title: b\nredirect_from: /x/", RIVER + "!")}
    (found,) = find(files, select=["X505"])
    assert (found.path, found.line, found.column) == (SECOND, 6, 1)  # the start of the body, whatever else is there
    short = {FIRST: post("title: a", "Too short."), SECOND: post("title: b", "Too short.")}
    assert find(short, select=["X505"]) == []
    other = " ".join(reversed(RIVER.split()))
    assert find({FIRST: post("title: a", RIVER), SECOND: post("title: b", other)}, select=["X505"]) == []


def test_the_rarer_spelling_of_a_tag_is_reported_once(find: Found) -> None:
    usual = {f"_posts/2022-06-0{day}-a.md": post("tags: [x, AI]", "Body.") for day in (1, 2, 3)}
    rare = {f"_posts/2022-06-1{day}-a.md": post("tags: Ai", "Body.") for day in (1, 2)}
    (found,) = find({**usual, **rare, "_posts/2022-07-01-a.md": post("tags: [1, ' ']", "Body.")}, select=["T406"])
    assert (found.path, found.line, found.column) == ("_posts/2022-06-11-a.md", 3, 7)
    assert found.message == "2 posts have the tag Ai, 3 have AI; use one spelling"


def test_a_rare_spelling_in_a_list_is_reported_at_its_place(find: Found) -> None:
    files = {FIRST: post("tags: [x, ai]", "One."), SECOND: post("tags: [x, AI]", "Two."), "c.md": post("tags: ai", "3")}
    (found,) = find(files, select=["T406"])
    assert (found.path, found.line, found.column) == (SECOND, 3, 11)
    assert found.message == "this post has the tag AI, 2 have ai; use one spelling"


def test_a_post_that_is_met_twice_does_not_clash_with_itself() -> None:
    lines = "title: a\nredirect_from: /x/"
    subject = Subject(FIRST, post(lines, RIVER).encode(), options_from({}, engine="jekyll"))
    facts = corpus.facts_of(subject, ["X502", "X504", "X505", "X507"])
    assert list(corpus.matches([(FIRST, facts)] * 2)) == []


def test_what_does_not_parse_is_compared_by_its_tags_only() -> None:
    broken = post_of("a.md", 'title: "他说"好""\nid: 7\ntags: [AI]')
    assert json.loads(corpus.facts_of(broken, ["T405", "T406", "X502", "X506"])) == ["", {"T405": ["AI"]}]
    assert corpus.facts_of(post_of("a.md"), ["T405", "X502"]) == ""
    assert corpus.facts_of(Subject("a.md", b"no front matter", options_from({})), ["T405", "X502"]) == ""


def test_slips_of_tags_are_looked_for_in_a_whole_archive_without_a_vocabulary() -> None:
    options = options_from({}, select=["T405", "X501", "F001"])
    assert corpus.codes_of(options, whole=True) == ("T405", "X501")
    assert corpus.codes_of(options, whole=False) == ("X501",)
    options = options_from({}, select=["T405", "X501"], vocabulary=["AI"])
    assert corpus.codes_of(options, whole=True) == ("X501",)
