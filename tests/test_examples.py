"""The example archive keeps the shapes it is there for, byte for byte."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
ARCHIVE = EXAMPLES / "archive"
FILES = sorted(path for path in ARCHIVE.rglob("*") if path.is_file())
POSTS = [path for path in FILES if path.suffix == ".md"]

GBK = "_posts/2024-05-24-XW202405240730150389.md"
CRLF = "_posts/2024-05-25-XW202405250812440402.md"
QUOTES = "_posts/2024-05-22-XW202405220655300367.md"
COLON = "_posts/2024-05-23-XW202405231100000371.md"
EMPTY = "_posts/-202404123919217120.md"
BLANK_LINE = "_posts/2024-03-04-202403041018310013.md"


def name(path: Path) -> str:
    return path.relative_to(ARCHIVE).as_posix()


def text(post: str) -> str:
    """The text of a post with its line ends as they are."""
    return (ARCHIVE / post).read_bytes().decode("gb18030" if post == GBK else "utf-8")


def split(post: str) -> tuple[str, str]:
    """The YAML between the fences, and the body; LF and no byte order mark, as a tolerant reader sees them."""
    plain = text(post).removeprefix("\ufeff").replace("\r\n", "\n").lstrip("\n")
    match = re.fullmatch(r"---\n(.*?)\n---\n(.*)", plain, re.DOTALL)
    assert match, post
    return match[1], match[2]


def front_matter(post: str) -> dict[str, Any]:
    loaded = yaml.safe_load(split(post)[0])
    assert isinstance(loaded, dict)
    return loaded


def find(prefix: str) -> str:
    """The post whose file name begins with the prefix."""
    (found,) = [name(path) for path in POSTS if path.name.startswith(prefix)]
    return found


def body(prefix: str) -> str:
    return split(find(prefix))[1]


# The archive as a whole


def test_it_is_a_jekyll_site_with_a_time_zone() -> None:
    config = yaml.safe_load((ARCHIVE / "_config.yml").read_text(encoding="utf-8"))
    assert config["timezone"] == "Asia/Shanghai"
    assert config["title"]
    assert ":title" in config["permalink"]


def test_it_holds_some_thirty_short_posts() -> None:
    assert 30 <= len(POSTS) <= 40
    assert [name(path) for path in POSTS if path.stat().st_size > 4096] == []


def test_the_readme_explains_every_file_and_no_other() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", readme, re.MULTILINE)
    assert sorted(file for file, _ in rows) == [name(path) for path in FILES]
    assert all(purpose.strip() for _, purpose in rows)


def test_every_host_is_reserved_for_examples() -> None:
    hosts = {host for path in FILES for host in re.findall(r"(?:https?:|[\"(])//([^/\s\"'<>()?{]+)", text(name(path)))}
    assert hosts
    assert [host for host in hosts if not re.search(r"(^|\.)example\.(com|org)$", host)] == []


def test_every_mail_address_is_reserved_for_examples() -> None:
    addresses = [found for path in FILES for found in re.findall(r"[\w.]+@([\w.]+)", text(name(path)))]
    assert set(addresses) == {"example.org"}


def test_the_first_tag_of_the_readme_is_common() -> None:
    tagged = [path for path in POSTS if "城市新闻" in split(name(path))[0]]
    assert len(tagged) >= 12


def test_no_two_posts_are_the_same() -> None:
    contents = [path.read_bytes() for path in POSTS]
    assert len(set(contents)) == len(contents)


# The bytes


def test_git_leaves_the_bytes_alone() -> None:
    attributes = (EXAMPLES / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "archive/** -text" in attributes


def test_the_gb18030_post_is_not_utf8() -> None:
    raw = (ARCHIVE / GBK).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "旧书市集" in raw.decode("gb18030")


def test_every_other_file_is_utf8() -> None:
    for path in FILES:
        if name(path) != GBK:
            path.read_bytes().decode("utf-8")


def test_one_post_has_a_byte_order_mark_and_crlf_line_ends() -> None:
    raw = (ARCHIVE / CRLF).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 5
    assert raw.endswith(b"\r\n")


def test_no_other_file_has_them() -> None:
    odd = [name(path) for path in FILES if b"\r" in path.read_bytes() or b"\xef\xbb\xbf" in path.read_bytes()]
    assert odd == [CRLF]


def test_one_post_begins_with_a_blank_line() -> None:
    late = [name(path) for path in POSTS if not text(name(path)).removeprefix("\ufeff").startswith("---")]
    assert late == [BLANK_LINE]
    assert text(BLANK_LINE).startswith("\n---\n")


# The front matter


@pytest.mark.parametrize(
    ("post", "line"),
    [(QUOTES, 'title: "加装电梯一年后，住户说"好""'), (COLON, "title: 快讯: 地铁3号线今日试运行")],
)
def test_the_broken_posts_do_not_load(post: str, line: str) -> None:
    assert line in split(post)[0].splitlines()
    with pytest.raises(yaml.YAMLError):
        front_matter(post)


def test_all_other_posts_load() -> None:
    for path in POSTS:
        if name(path) not in {QUOTES, COLON}:
            assert front_matter(name(path))["layout"] == "post"


def test_one_post_has_neither_title_nor_date() -> None:
    assert "\ndate:  +0800\n" in split(EMPTY)[0]
    assert front_matter(EMPTY)["title"] == ""
    assert not re.match(r"\d{4}-\d\d-\d\d-", Path(EMPTY).name)


@pytest.mark.parametrize(
    ("prefix", "tags"),
    [
        ("2024-05-14", "城市新闻"),
        ("2024-05-15", ["城市新闻", "轨道交通"]),
        ("2024-05-16", ["城市新闻", "环境", "社区"]),
        ("2024-05-18", "城市新闻 公园 城市更新"),
        ("2024-05-21", "城市新闻, 夜市, 消费"),
        ("2024-06-18", ["城市新闻", "ＡＩ", "Q&A"]),
        ("2024-06-22", None),
    ],
)
def test_tags_are_written_in_every_way(prefix: str, tags: object) -> None:
    assert front_matter(find(prefix)).get("tags") == tags


def test_lists_of_tags_are_written_in_flow_and_in_block_style() -> None:
    assert "\ntags: [城市新闻, 轨道交通]" in split(find("2024-05-15"))[0]
    assert "\ntags:\n- 城市新闻\n- 环境" in split(find("2024-05-16"))[0]


def test_one_post_has_its_names_in_the_singular() -> None:
    data = front_matter(find("2024-06-20"))
    assert (data["tag"], data["category"]) == ("站务", "zhanwu")
    assert not data.keys() & {"tags", "categories"}


@pytest.mark.parametrize(
    ("prefix", "written", "loaded"),
    [
        ("2024-05-14", "2024-05-14 07:17:20 +0800", str),
        ("2024-05-15", "2024-05-15 06:40:11 +08:00", datetime),
        ("2024-05-16", "2024-05-16 08:02:45", datetime),
        ("2024-05-18", "2024-05-18", date),
        ("2024-06-03", "2024-06-03T08:30:00Z", datetime),
        ("2024-06-10", "2024-06-10 18:00:00 -0400", str),
        ("2024-07-03", '"2024-07-03 09:05"', str),
    ],
)
def test_dates_are_written_in_every_way(prefix: str, written: str, loaded: type) -> None:
    """PyYAML reads a zone only with a colon in it: the commonest form stays a string."""
    post = find(prefix)
    assert f"date: {written}" in split(post)[0].splitlines()
    assert type(front_matter(post)["date"]) is loaded


def test_one_date_is_a_day_after_its_file_name() -> None:
    post = find("2024-07-05")
    day = date.fromisoformat(front_matter(post)["date"][:10])
    assert day - date.fromisoformat(Path(post).name[:10]) == timedelta(days=1)


def test_a_reprint_has_the_title_of_an_earlier_post() -> None:
    first, second = (front_matter(find(prefix)) for prefix in ("2024-05-27", "2024-05-28"))
    assert first["title"] == second["title"]
    assert first["categories"] != second["categories"]
    assert "XW202405270701090415" in second["source"]


def test_authors_are_one_or_several() -> None:
    assert front_matter(find("2024-06-05"))["author"] == "Maya Osei"
    assert front_matter(find("2024-06-03"))["author"] == ["Maya Osei", "Lin Ruoxi"]
    assert front_matter(find("2024-06-25"))["author"] == ["林若溪"]


def test_there_is_a_draft_a_hidden_post_and_one_in_a_category_folder() -> None:
    (draft,) = (ARCHIVE / "_drafts").iterdir()
    assert "date" not in front_matter(name(draft))
    assert front_matter(find("2024-07-08"))["published"] is False
    (weekend,) = (ARCHIVE / "weekend" / "_posts").iterdir()
    assert not front_matter(name(weekend)).keys() & {"category", "categories"}


# The bodies


def test_the_model_post_is_one_line_of_html_and_markdown_links() -> None:
    lines = body("2024-05-14").splitlines()
    assert re.fullmatch(r"(<p[^>]*>[^<]+</p> ?)+", lines[0])
    assert lines[0].count("</p> <p>") >= 5
    assert lines[1::2] == ["", ""]
    assert re.fullmatch(r"<http://[^<>\s]+>", lines[2])
    assert re.fullmatch(r"\[返回城市新闻\]\(//[^()]+\)｜\[返回首页\]\(//[^()]+/\)", lines[4])
    assert len(lines) == 5


@pytest.mark.parametrize("prefix", ["2024-03-08", "-2024"])
def test_a_digest_stands_before_one_line_of_html(prefix: str) -> None:
    digest, blank, html = body(prefix).splitlines()[:3]
    assert digest.startswith("> ")
    assert blank == ""
    assert html.startswith("<p")
    assert html.endswith("</p>")


def test_relative_links_back_stand_on_two_lines() -> None:
    assert body("2024-03-05").endswith("\n[返回远川快讯](../kuaixun/)\n[返回首页](../)\n")


@pytest.mark.parametrize(
    ("prefix", "fragment"),
    [
        ("-2024", '<p style="display:none;'),
        ("-2024", '<p style="visibility:hidden">'),
        ("-2024", "<!-- StockImg_Start -->"),
        ("-2024", '<span id="quote_1.8812"></span>'),
        ("-2024", "<center><img "),
        ("2024-03-08", '<span web="1" href='),
        ("2024-05-15", "<table "),
        ("2024-05-15", '<a href="mailto:'),
        ("2024-05-16", "<ul><li>完整的瓶子"),
        ("2024-05-18", "<blockquote>"),
        ("2024-05-18", "<h3>"),
        ("2024-05-21", "<strong>“不打烊”</strong>三"),
        ("2024-05-21", "是<b>管理：</b>水"),
        ("2024-05-21", "<b>三</b><b>条</b>规"),
        ("2024-05-21", "<strong><a href="),
        ("2024-06-01", "<figcaption>"),
        ("2024-06-01", '<img src="https://img.example.com/wall/02.jpg">'),
        ("2024-06-01", 'src="//img.'),
        ("2024-06-03", "&rsquo;"),
        ("2024-06-05", '<pre><code class="language-sh">'),
        ("2024-06-05", "<dl><dt>"),
        ("2024-06-25", "<p>　　"),
        ("2024-07-03", "<script>"),
    ],
)
def test_bodies_hold_the_html_they_are_there_for(prefix: str, fragment: str) -> None:
    assert fragment in body(prefix)


@pytest.mark.parametrize("prefix", ["2024-03-01", "2024-06-10", "2024-06-15", "qixing", "2024-06-29"])
def test_some_posts_are_markdown_only(prefix: str) -> None:
    assert not re.search(r"<[a-z/]", body(prefix))


def test_one_post_holds_liquid_live_and_raw() -> None:
    liquid = [name(path) for path in POSTS if "{{" in text(name(path)) or "{%" in text(name(path))]
    assert liquid == [find("2024-06-12")]
    assert "{{ site.title }}" in text(liquid[0])
    assert "{% raw %}" in text(liquid[0])
    assert "{% endraw %}" in text(liquid[0])
