"""The way of an article from a news site into a post: records of its interface, its pages, its feed, its newsletter."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from newscli.importers import Article, Item, Source
from newscli.importers.clean import clean

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]

CHINA = timezone(timedelta(hours=8))
TITLE = '苏州：驶上科技招商“快车道” [快讯] #1 : "it\'s" 50%\\n'
BODY = "　　新华财经苏州6月7日电<br />　　创新集群<img src='/upload/1.png'>{{ site.url }}"
MOMENT = datetime(2022, 6, 7, 7, 17, 20, tzinfo=CHINA)


@pytest.fixture
def answer() -> dict[str, Any]:
    """What the site's interface answers."""
    record = {
        "headline": TITLE,
        "showtime": "2022-06-07 07:17:20",
        "content": BODY,
        "id": "NW202206072403079281",
        "source": {"name": "新华日报", "code": "xhrb"},
        "label": "科技招商，创新集群",
        "url": "//www.example.com.cn/news/1.html",
        "author": None,
    }
    return {"code": 200, "data": {"total": 1, "list": [record]}}


MAP = {"title": "headline", "date": "showtime", "body": "content", "tags": "label", "categories": "source.name"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_record_becomes_an_article_that_can_be_kept(items: Items, answer: dict[str, Any], encoding: str) -> None:
    content = json.dumps(answer, ensure_ascii=False).encode(encoding)
    asked = encoding if encoding == "gb18030" else ""
    (found,) = items("json", content, mapping=MAP, zone=CHINA, base_url="https://www.example.com.cn/", encoding=asked)
    assert isinstance(found, Article)
    assert found.title == TITLE
    assert found.date == MOMENT
    assert found.date is not None
    assert found.date.isoformat() == "2022-06-07T07:17:20+08:00"
    assert (found.tags, found.categories) == (("科技招商", "创新集群"), ("新华日报",))
    assert found.source_id == "NW202206072403079281"
    assert found.source_url == "https://www.example.com.cn/news/1.html"
    assert found.extra == {"source": {"code": "xhrb"}}
    assert clean(found).body == (
        '　　新华财经苏州6月7日电<br>　　创新集群<img src="https://www.example.com.cn/upload/1.png">'
        "{% raw %}{{ site.url }}{% endraw %}"
    )


def test_the_same_record_in_a_table_is_the_same_article(
    items: Items, articles: Articles, answer: dict[str, Any]
) -> None:
    record = answer["data"]["list"][0]
    names = ["headline", "showtime", "content", "id", "label", "url"]
    row = ",".join('"{}"'.format(str(record[name]).replace('"', '""')) for name in names)
    mapping = {name: key for name, key in MAP.items() if name != "categories"}
    options = {"mapping": mapping, "zone": CHINA, "base_url": "https://www.example.com.cn/"}
    (from_table,) = articles("csv", ",".join(names) + "\r\n" + row, **options)
    (from_json,) = items("json", json.dumps(answer), **options)
    assert isinstance(from_json, Article)
    for name in ("title", "body", "date", "tags", "source_id", "source_url", "body_format"):
        assert getattr(from_table, name) == getattr(from_json, name), name


PAGE = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>苏州：驶上科技招商快车道_新华日报</title><meta name="publishdate" content="2022-06-07 07:17:20">
<meta name="author" content="许愿"><meta name="keywords" content="科技招商,创新集群"></head>
<body><div class="menu"><ul><li><a href="/">首页</a></li><li><a href="/a">快讯</a></li></ul></div>
<h1>苏州：驶上科技招商快车道</h1><div class="article-content"><p>{"新华财经苏州电，创新集群。" * 20}</p>
<p><img data-src="/upload/1.png" src="data:image/gif;base64,R0lGOD"></p></div>
<div class="footer"><a href="/about">关于我们</a></div></body></html>"""


def test_its_page_is_an_article_without_menu_and_footer(article: Only) -> None:
    found = article("html", PAGE.encode("gb18030"), url="https://www.example.com.cn/news/1.html", zone=CHINA)
    assert found.title == "苏州：驶上科技招商快车道"
    assert (found.date, found.authors, found.tags) == (MOMENT, ("许愿",), ("科技招商", "创新集群"))
    assert found.extra == {"language": "zh-CN"}
    kept = clean(found).body
    assert "首页" not in kept
    assert "关于我们" not in kept
    assert kept.count("新华财经苏州电，创新集群。") == 20
    assert '<img src="https://www.example.com.cn/upload/1.png">' in kept


def test_its_feed_in_another_character_set(article: Only) -> None:
    feed = (
        '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>新华</title>'
        "<item><title>苏州：驶上</title><link>https://www.example.com.cn/news/1.html</link>"
        "<pubDate>2022-06-07 07:17:20</pubDate><description>新华&lt;br/&gt;</description></item></channel></rss>"
    )
    found = article("feed", feed.encode("gbk"), zone=CHINA)
    assert (found.title, found.body, found.date) == ("苏州：驶上", "新华<br/>", MOMENT)


def test_its_list_of_feeds_and_its_sitemap_lead_on(items: Items) -> None:
    opml = "<opml><body><outline text='新华' xmlUrl='https://www.example.com.cn/rss.xml'/></body></opml>"
    assert items("opml", opml) == [Source("https://www.example.com.cn/rss.xml", "新华", "feed")]
    urls = "<urlset><url><loc>https://www.example.com.cn/news/1.html</loc><lastmod>2022-06-07</lastmod></url></urlset>"
    moment = datetime(2022, 6, 7, tzinfo=CHINA)
    assert items("sitemap", urls, zone=CHINA) == [Source("https://www.example.com.cn/news/1.html", "", "page", moment)]


def test_its_newsletter_in_gbk(article: Only) -> None:
    head = "From: =?gb2312?B?0MK7qg==?= <news@example.com.cn>\nSubject: =?gbk?B?y9XW3Q==?=\n"
    head += "Date: Tue, 07 Jun 2022 07:17:20 +0800\nContent-Type: text/html; charset=gb2312\n\n"
    found = article("mail", head.encode() + "<p>新华财经</p>".encode("gbk"))
    assert (found.title, found.authors, found.date) == ("苏州", ("新华",), MOMENT)
    assert found.body == "<p>新华财经</p>"
