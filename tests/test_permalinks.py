"""Addresses: Jekyll's styles and tokens, its collections, Hugo's sections, and what is not certain."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newscli.permalinks import STYLES, Permalinks, address, plain_address, read_permalinks

SHANGHAI = ZoneInfo("Asia/Shanghai")
POST = "_posts/2022-06-07-A-new-track.md"


def jekyll(path: str = POST, pattern: Any = None, /, **data: Any) -> str:
    site = {} if pattern is None else {"permalink": pattern}
    return address(read_permalinks("jekyll", site), data, path, SHANGHAI)


def hugo(path: str, table: Any = None, /, **data: Any) -> str:
    return address(read_permalinks("hugo", {"permalinks": table or {}, "title": "A site"}), data, path, None)


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (None, "/2022/06/07/A-new-track"),
        ("date", "/2022/06/07/A-new-track"),
        ("pretty", "/2022/06/07/A-new-track"),
        ("ordinal", "/2022/158/A-new-track"),
        ("weekdate", "/2022/W23/Tue/A-new-track"),
        ("none", "/A-new-track"),
        ("/:year/:i_month/:i_day/:slug/", "/2022/6/7/a-new-track"),
        ("/:short_year/:short_month/:long_month/:long_day/:w_day/:w_year/", "/22/Jun/June/Tuesday/2/2022"),
        ("/news/:title:output_ext", "/news/A-new-track"),
        ("/:title/index.html", "/A-new-track"),
        ("/:nonsense/:title/", ""),
        ("", "/2022/06/07/A-new-track"),
        (7, "/2022/06/07/A-new-track"),
    ],
)
def test_the_styles_and_tokens_of_jekyll(style: Any, found: str) -> None:
    assert jekyll(POST, style) == found


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("a/_posts/2022-06-07-x.md", {"categories": ["b", "A"], "category": "c d"}, "/a/b/c d/2022/06/07/x"),
        ("a/_posts/2022-06-07-x.md", {"categories": "b C"}, "/a/b/c/2022/06/07/x"),
        ("_posts/2019/2022-06-07-x.md", {}, "/2022/06/07/x"),
        (POST, {"slug": "other one"}, "/2022/06/07/other-one"),
        (POST, {"date": "2022-06-08"}, "/2022/06/08/A-new-track"),
        (POST, {"date": "2022-06-07 23:30:00 -0800"}, "/2022/06/08/A-new-track"),
        (POST, {"date": "2022-06-07 17:00:00"}, "/2022/06/08/A-new-track"),  # no zone: read as UTC
        (POST, {"date": "tuesday"}, ""),
        ("_posts/2022-02-30-x.md", {}, ""),
        ("_posts/x.md", {}, ""),
        ("about.md", {}, ""),
        ("about.md", {"permalink": "/about/index.html"}, "/about"),
        (POST, {"permalink": "/z.html"}, "/z"),
        (POST, {"permalink": "/:year/:title/"}, "/2022/A-new-track"),
        (POST, {"permalink": "none"}, "/A-new-track"),
        (POST, {"permalink": "https://example.com/:a"}, ""),
        (POST, {"url": "/read by nobody"}, "/2022/06/07/A-new-track"),
        (POST, {"published": False}, ""),
        (POST, {"draft": True}, ""),
    ],
)
def test_where_jekyll_puts_a_post(path: str, data: dict[str, Any], found: str) -> None:
    assert jekyll(path, **data) == found


def test_collections_have_patterns_of_their_own() -> None:
    site = {
        "permalink": "none",
        "collections": {
            "posts": {"permalink": "pretty"},
            "docs": {"permalink": "/:collection/:path/"},
            "people": {"output": True},
            "misc": None,
        },
    }
    found = read_permalinks("jekyll", site)
    assert found == Permalinks("jekyll", STYLES["pretty"], {"docs": "/:collection/:path/"})
    assert address(found, {}, "_docs/a/b.md", None) == "/docs/a/b"
    assert address(found, {}, "_people/a.md", None) == ""
    assert address(found, {}, POST, None) == "/2022/06/07/A-new-track"
    assert read_permalinks("jekyll", {"collections": ["docs"]}) == Permalinks("jekyll", STYLES["date"])


@pytest.mark.parametrize(
    ("path", "table", "data", "found"),
    [
        ("content/news/2022/A b.md", {}, {}, "/news/2022/a-b"),
        ("content/news/x.md", {}, {"slug": "A New: Track"}, "/news/a-new-track"),
        ("content/news/x/index.md", {}, {}, "/news/x"),
        ("content/x/index.md", {"x": "/:section/"}, {}, "/x"),
        ("content/news/_index.md", {}, {}, ""),
        ("content/news/x.md", {}, {"headless": True}, ""),
        ("content/news/x.md", {}, {"url": "/y/"}, "/y"),
        ("content/news/x.md", {}, {"url": "/:a/"}, ""),
        ("content/news/x.md", {}, {"permalink": "/read by nobody"}, "/news/x"),
        ("content/news/x.fr.md", {}, {}, "/fr/news/x"),
        ("content/news/x.md", {"news": "/:year/:month/:slug/"}, {"date": "2022-06-07", "title": "T 1"}, "/2022/06/t-1"),
        ("content/news/x.md", {"news": "/:year/:slug/"}, {}, ""),
        ("content/docs/x.md", {"news": "/:year/:slug/"}, {}, "/docs/x"),
        ("content/news/x.md", {"page": {"news": "/n/:contentbasename/"}}, {}, "/n/x"),
        (
            "content/news/x.md",
            {"news": "/:yearday/:weekday/:title/"},
            {"date": "2022-01-02", "title": "a/b"},
            "/2/0/a-b",
        ),
        ("content/news/x.md", {"news": ["/a/"]}, {}, "/news/x"),
        ("content/news/x.md", {"news": "/:sections[1:]/:slug/"}, {"slug": "y"}, ""),
        ("content/x.md", {"/": "/top/:filename/"}, {}, "/top/x"),
    ],
)
def test_where_hugo_puts_a_page(path: str, table: Any, data: dict[str, Any], found: str) -> None:
    assert hugo(path, table, **data) == found


def test_without_its_configuration_nobody_knows_where_hugo_puts_a_page() -> None:
    unknown = read_permalinks("hugo", {})
    assert address(unknown, {"slug": "a"}, "content/news/x.md", None) == ""
    assert address(unknown, {"url": "/a/"}, "content/news/x.md", None) == "/a"


@pytest.mark.parametrize(
    ("engine", "data", "found"),
    [
        ("hexo", {"permalink": "a/b/", "url": "/c/"}, "/a/b"),
        ("hexo", {"permalink": ":year/"}, ""),
        ("hexo", {}, ""),
        ("", {"url": "/a.html"}, "/a"),
    ],
)
def test_other_engines_have_only_what_the_post_says(engine: str, data: dict[str, Any], found: str) -> None:
    assert address(read_permalinks(engine, {"permalink": "/:title/"}), data, POST, None) == found


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/a/", "/a"),
        ("//a//b/index.html", "/a/b"),
        ("a.html", "/a"),
        ("https://e.com/a/", "/a"),
        ("https://e.com", "/"),
        ("/", "/"),
    ],
)
def test_a_plain_address(url: str, path: str) -> None:
    assert plain_address(url) == path
