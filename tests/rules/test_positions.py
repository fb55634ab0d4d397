"""Where each rule points: line and column in code points, of the value where one is written, else of the key."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newscli.operations.validate import Finding

Found = Callable[..., list[Finding]]


def front(lines: str, body: str = "A body.\n") -> str:
    return f"---\nlayout: post\n{lines}\n---\n{body}"


def below(body: str) -> str:
    return f"---\ntitle: A title\n---\n{body}\n"


IN_FRONT = [
    ("Y101", "title: a\ntags:\n- a\n-b", 6, 1),
    ("Y102", 'title: "他说"好""', 3, 11),
    ("Y102", "title: '它's 好'", 3, 10),
    ("Y103", 'title: "苏州', 3, 8),
    ("Y104", "title: 苏州: 驶上", 3, 10),
    ("Y104", "title: Re:Zero: start", 3, 15),
    ("Y104", "title: a\nseo:\n  description: b: c", 5, 17),
    ("Y104", "title: a\nexcerpt: one two\n  and so: three", 5, 9),
    ("Y102", 'title: a\nseo:\n  text: "b "c" d"', 5, 12),
    ("Y102", 'title: a\ntags: ["b"c", d]', 4, 10),
    ("Y103", 'title: a\ntags: [b, "c]', 4, 11),
    ("Y108", "title: a\nlist:\n- @b", 5, 3),
    ("Y105", "title: a\nseo:\n\tdescription: x", 5, 1),
    ("Y106", "title: a\ntitle: b", 4, 1),
    ("Y107", "title：苏州", 3, 6),
    ("Y107", "title:苏州", 3, 6),
    ("Y108", "title: @苏州", 3, 8),
    ("Y108", "title: ? 苏州", 3, 8),
    ("Y108", "title: &重磅 消息", 3, 8),
    ("Y108", "title: > 苏州", 3, 8),
    ("Y108", "title: &breaking news", 3, 8),
    ("Y108", "title: a\ntags: [&x y]", 4, 8),
    ("Y109", "title: 芯片 #1 选择", 3, 11),
    ("Y109", "title: #x", 3, 8),
    ("Y110", "title: 12:30", 3, 8),
    ("Y111", 'title: a\nimage: "C:\\new\\users"', 4, 15),
    ("Y111", 'title: a\nimage: "C:\\new\\table.jpg"', 4, 11),
    ("Y113", "title: a\n<<: {a: 1}", 4, 1),
    ("Y113", "title: a\nb: &b {a: 1}\n<<: *b", 5, 1),
    ("Y113", "title: a\nb: &b {a: 1}\nc:\n  <<: *b", 6, 3),
    ("Y116", "title: a\nx: &x [1]\ny: *x", 5, 4),
    ("Y117", f"title: a\ntext: {'x' * 65600}", 2, 1),
    ("Y114", "title: a\n2022: x", 4, 1),
    ("Y115", "title: a\nx: !ruby/object:Object {}", 4, 4),
    ("S201", "date: 2022-06-07", 1, 1),
    ("S202", "title: ~", 3, 8),
    ("S202", "title:", 3, 1),
    ("S202", "title: a\ntags: {a: b}", 4, 7),
    ("S203", 'title: "   "', 3, 8),
    ("S205", "title: a\ntitel: x", 4, 1),
    ("S206", "title: a\nsource: not a url", 4, 9),
    ("S207", 'title: "苏州&quot;x"', 3, 11),
    ("S208", 'title: " 苏州"', 3, 9),
    ("D301", "title: a\ndate: tuesday", 4, 7),
    ("D302", "title: a\ndate: 2022-02-30", 4, 7),
    ("D304", "title: a\ndate: 2022-06-09", 4, 7),
    ("D305", "title: a\ndate: 2999-01-01", 4, 7),
    ("D307", "title: a\ndate: 2022-06-07 07:17:20 CST", 4, 27),
    ("D312", "title: a\ndate: 2022-06-07\nupdated: 2022-06-01", 5, 10),
    ("T401", "title: a\ntags: a b", 4, 7),
    ("T403", "title: a\ntags: [x, no]", 4, 11),
    ("T403", "title: a\ntags:\n- x\n- 2022-06-07", 6, 3),
    ("T404", "title: a\ntags: [AI, ａｉ]", 4, 12),
    ("T407", 'title: a\ntags: ["", b]', 4, 8),
    ("T408", "title: a\ntags: [a]\ntag: x", 5, 1),
    ("T410", "title: a\ntags: [C++, C]", 4, 13),
    ("T411", "title: a\ncategory: a b", 4, 11),
    ("T412", "title: a\ntags: [a, b, c, d, e, f, g, h, i, j, k]", 4, 7),
    ("F012", "title: a\bb", 3, 9),
    ("F013", "title: 苏\u200b州", 3, 9),
    ("F013", "title: a\nseo:\n\u3000description: x", 5, 1),
]
IN_BODY = [
    ("L603", '[x]() <a href="">y</a>', [(4, 4), (4, 10)]),
    ("L604", "[首页](//example.com/)", [(4, 6)]),
    ("L606", "![x](images\\a.jpg) [y](file:///C:/a.md)", [(4, 6), (4, 24)]),
    ("L607", '<p><img src="https://example.com/a.jpg"></p>', [(4, 4)]),
    ("H702", '<img src="a.png" alt="x" onerror="alert(1)">', [(4, 26)]),
    ("H703", '<a href="javascript:alert(1)">x</a> [y](JaVaScRiPt:alert)', [(4, 10), (4, 41)]),
    ("H704", "<p>open <b>bold</p>", [(4, 9)]),
    ("H705", '<p style="display:none">x</p>', [(4, 4)]),
    ("H706", "<p>{{ site.secret }} {% unknown %}</p>", [(4, 4), (4, 22)]),
    ("B802", "<p>锟斤拷 �</p>", [(4, 4), (4, 8)]),
    ("B803", "---\ntitle: again\n---\nx", [(4, 1)]),
]


@pytest.mark.parametrize(("code", "lines", "line", "column"), IN_FRONT)
def test_a_fault_of_the_front_matter(code: str, lines: str, line: int, column: int, find: Found) -> None:
    assert (line, column) in [(one.line, one.column) for one in find(front(lines), select=[code])]


@pytest.mark.parametrize(("code", "body", "places"), IN_BODY)
def test_a_fault_of_the_body(code: str, body: str, places: list[tuple[int, int]], find: Found) -> None:
    assert [(one.line, one.column) for one in find(below(body), select=[code])] == places


@pytest.mark.parametrize(
    ("code", "text", "line", "column"),
    [
        ("F003", "---\rtitle: a\r---\rx\r", 1, 4),
        ("F005", "Just a body.\n", 1, 1),
        ("F006", "---\ntitle: a\n\nA body.\n", 1, 1),
        ("F007", "\n---\ntitle: a\n---\n", 1, 1),
        ("F008", "---\ntitle: a\n--- \nx\n", 3, 4),
        ("F009", "----\ntitle: a\n----\nx\n", 1, 1),
        ("F009", "---\ntitle: a\n...\nx\n", 3, 1),
        ("F010", "---\n# a: b\n---\nx\n", 1, 1),
        ("F011", '+++\ntitle = "a"\n+++\nx\n', 1, 1),
        ("Y112", "---\njust text\n---\nx\n", 2, 1),
        ("F001", "---\ntitle: 苏州\n---\n".encode("gb18030"), 2, 8),
        ("F001", "---\ntitle: 蘇州新聞\n---\n內文駛上新賽道。\n".encode("big5"), 2, 8),
        ("F004", "--\ntitle: a\n---\nx\n", 1, 1),
        ("L602", "---\ntitle: a\nimage: none.png\n---\nx\n", 3, 8),
        ("L602", "---\ntitle: a\ncover:\n  src: /none.jpg\n---\nx\n", 4, 8),
        ("F001", "\ufeff---\ntitle: 苏州\n---\n".encode("utf-16-le"), 1, 1),
    ],
)
def test_a_fault_of_the_file(code: str, text: Any, line: int, column: int, find: Found) -> None:
    assert [(one.line, one.column) for one in find(text, select=[code])] == [(line, column)]


@pytest.mark.parametrize(("engine", "found"), [("jekyll", 1), ("hugo", 0)])
def test_a_file_name_can_put_a_post_into_the_future(engine: str, found: int, find: Found) -> None:
    post = {"_posts/2999-01-01-later.md": front("title: a")}
    assert [(one.line, one.column) for one in find(post, select=["D305"], engine=engine)] == [(1, 1)] * found


def test_a_future_date_says_when_it_will_be_none_any_more(find: Found) -> None:
    (one,) = find(front("title: a\ndate: 2999-01-01"), select=["D305"])
    assert datetime.fromtimestamp(one.until, UTC) == datetime(2999, 1, 1, tzinfo=UTC)


def test_a_byte_order_mark_takes_no_column(find: Found) -> None:
    (found,) = find("\ufeff---\ntitle: @a\n---\nx\n", select=["Y108"])
    assert (found.line, found.column) == (2, 8)


def test_the_end_is_one_past(find: Found) -> None:
    (found,) = find(front("title: 0777"), select=["Y110"])
    assert (found.end_line, found.end_column, found.source_line) == (3, 12, "title: 0777")


@pytest.mark.parametrize(
    ("code", "engine", "lines"),
    [
        ("T401", "hugo", "title: a\ntags: a b"),
        ("D304", "hugo", "title: a\ndate: 2022-06-09"),
        ("T408", "jekyll", "title: a\ntags: []\ntag: x"),
        ("Y114", "hugo", "title: a\non: true"),
        ("D301", "pyyaml", "title: a\ndate: 2022/06/07"),
        ("D301", "jekyll", "title: a\ndate: 7 June 2022"),
        ("S205", "hugo", "title: a\nTags: [a]"),
        ("S205", "jekyll", "title: a\nauthors: b\nimages: c\nslug: d\ncategory: e\ntag: f"),
        ("Y110", "jekyll", "title: a\nslug: 124062"),
        ("S203", "hugo", "title: a\nslug: ''"),
        ("Y110", "jekyll", "title: a\nlayout: null\nweight: 10\ncomments: yes"),
        ("Y109", "jekyll", "title: a\nlayout: post # the usual one"),
        ("D306", "jekyll", "title: a\ndate: 2022-06-07 07:17:20"),
    ],
)
def test_what_is_no_fault_to_an_engine(code: str, engine: str, lines: str, find: Found) -> None:
    assert find(front(lines), select=[code], engine=engine) == []


def test_toml_is_read_by_python_frontmatter_too(find: Found) -> None:
    assert find('+++\ntitle = "a"\n+++\nx\n', select=["F011"], engine="pyyaml") == []


@pytest.mark.parametrize(
    "lines",
    [
        "title: 苏州：驶上科技招商“新赛道”\ndate: 2022-06-07 07:17:20 +0800\ntags: [新华日报新闻]",
        'title: "a \\"quoted\\" word"\ntags: ["no", "1.10"]',
        "title: >-\n  a: folded # text\n  of two lines",
        "title: it's fine\ncategories: [a]\nimage: /images/a.jpg",
    ],
)
def test_a_clean_post_is_clean(lines: str, find: Found) -> None:
    assert find(front(lines)) == []


def test_a_value_that_could_only_be_guessed_is_left_to_the_syntax(find: Found) -> None:
    assert {one.code for one in find(front("title: a\ntags: [a b, c"), select=["T", "S", "Y"])} == {"Y108"}


def test_code_is_no_text(find: Found) -> None:
    assert find(below("```\n<script>\n```\n\n`[x]()` <!-- <script> -->"), select=["L", "H701"]) == []


@pytest.mark.parametrize(
    ("body", "path", "found"),
    [
        ("a[1]() [b]()", "a.html", []),
        ("<>", "a.html", []),
        ("<p>a[1]()</p>", "a.md", []),
        ('<div markdown="1">[a]()</div>', "a.md", ["L603"]),
        ("<b>x</b> [a]()", "a.md", ["L603"]),
        ('<p><a href="">x</a></p>', "a.html", ["L603"]),
        ("see <https://example.com/a> and <mailto:a@b.c>", "a.md", []),
        ("<custom-tag>x", "a.md", ["H704"]),
    ],
)
def test_where_markdown_ends(body: str, path: str, found: list[str], check: Callable[..., Any]) -> None:
    (result,) = check({f"_posts/2022-06-07-{path}": below(body)}, select=["L603", "H704"])
    assert [one.code for one in result.findings] == found


def test_liquid_runs_in_code_too_but_not_in_raw(find: Found) -> None:
    body = "`{{ secret }}`\n{% raw %}{% b %}{% endraw %}\n{% comment %}{{ c }}{% endcomment %}"
    assert [(one.line, one.column) for one in find(below(body), select=["H706"])] == [(4, 2)]


@pytest.mark.parametrize(
    ("body", "path", "found"),
    [
        ("- a\n\n  ```\n  <script>\n  ```\n", "a.md", []),
        ("a `<script>` b", "a.md", []),
        ("<p>a `<script>` b</p>", "a.md", ["H701"]),
        ("a `<script>` b", "a.html", ["H701"]),
        ("```\n<script>\n```", "a.html", ["H701"]),
        ("~~~\n<script>", "a.md", []),
        ('<iframe src="https://www.youtube.com/embed/x"></iframe>', "a.md", []),
        ('<iframe src="https://example.com/"></iframe>', "a.md", ["H701"]),
        ('<iframe src="//www.slideshare.net/slideshow/embed_code/key/x"></iframe>', "a.md", []),
        ('<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>', "a.md", []),
        ('<script src="https://gist.github.com/a/0123.js"></script>', "a.md", []),
        ('<script src="https://example.com/?https://gist.github.com/a/0123.js"></script>', "a.md", ["H701"]),
        ('<iframe src="https://gist.github.com/a/0123.js"></iframe>', "a.md", ["H701"]),
        ('<meta http-equiv="refresh" content="0">', "a.md", ["H701"]),
        ('<meta name="a">', "a.md", []),
        ('<a href="jav&#x09;ascript:x">a</a>', "a.md", ["H703"]),
        ('<a href="java\tscript:x">a</a>', "a.md", ["H703"]),
        ('<a href="data:text/html,x">a</a>', "a.md", ["H703"]),
        ('<form action="vbscript:x">', "a.md", ["H701", "H703"]),
        ("the transcript: of it & more", "a.md", []),
        ("online = 1", "a.md", []),
        ("<b\nonclick='x'>", "a.md", ["H702"]),
        ("<b title='>' onclick='x'>", "a.md", ["H702"]),
    ],
)
def test_what_runs_in_a_body(body: str, path: str, found: list[str], check: Callable[..., Any]) -> None:
    (result,) = check({f"_posts/2022-06-07-{path}": below(body)}, select=["H701", "H702", "H703"])
    assert [one.code for one in result.findings] == found


@pytest.mark.parametrize(
    ("code", "body", "found"),
    [
        ("L601", "{% link _posts/none.md %} [a](b.md) [c](https://e.com/d.md)", 2),
        ("L602", "![a](b.jpg) ![c](https://e.com/d.jpg) ![e](data:image/png;base64,x)", 1),
        ("L603", "[a](<>) [b](c) <a href>d</a> ![]()", 2),
        ("L605", "<http://e.com> [a]: http://e.com", 1),
        ("L608", "# A b\n\n[a](#a-b) [b](#c) [d](#top) <a id='e'></a>[e](#e)", 1),
        ("L609", '<a href="a b">c</a> [d](https://e.com/f)', 1),
        ("L610", "[a](https://e.com/?sig=x) [b](https://e.com/?page=2)", 1),
        ("L611", "[a](http://192.168.1.1/) [b](http://[bad) [c](https://e.com)", 1),
        ("L606", "[a](C:\\b.md) [c](https://e.com/d:/e) [f](g\\_h.md)", 1),
        ("H704", "<div><p>a</div> <br> </span>", 1),
        ("H705", '<p hidden>a</p><p style="color:red">b</p>', 1),
        ("H706", "{% assign a = 1 %}{{ a }} {{ page.title }} {{ b | relative_url }} {{ c }}", 1),
        ("H707", '<p data-code="1">a</p><span id="b"></span>', 2),
        ("B807", "\u3000\u3000a\n<p>\u3000b</p>", 1),
    ],
)
def test_how_many_of_a_body(code: str, body: str, found: int, find: Found) -> None:
    assert len(find(below(body), select=[code])) == found
