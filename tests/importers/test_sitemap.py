import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Item, Limits, Source

Items = Callable[..., list[Item]]


def sitemap(*urls: str) -> str:
    inside = "".join(f"<url>{url}</url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{inside}</urlset>'
    )


def test_the_addresses_of_a_sitemap(items: Items) -> None:
    news = (
        "<loc>https://example.com/b</loc><n:news><n:publication><n:name>N</n:name></n:publication>"
        "<n:publication_date>2024-06-05T16:04:48Z</n:publication_date><n:title>A &amp; B</n:title></n:news>"
    )
    text = sitemap("<loc>\n https://example.com/a?x=1&amp;y=2 </loc><lastmod>2024-06-01</lastmod>", news)
    assert items("sitemap", text) == [
        Source("https://example.com/a?x=1&y=2", "", "page", datetime(2024, 6, 1, tzinfo=UTC)),
        Source("https://example.com/b", "A & B", "page", datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC)),
    ]


def test_a_list_of_sitemaps_lists_sitemaps(items: Items) -> None:
    text = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://example.com/1.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert items("sitemap", text) == [Source("https://example.com/1.xml.gz", "", "sitemap")]


def test_a_packed_sitemap_is_unpacked(items: Items) -> None:
    content = gzip.compress(sitemap("<loc>https://example.com/a</loc>").encode())
    assert items("sitemap", content) == [Source("https://example.com/a")]


@pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8bxxxxxxxxxxxx", gzip.compress(b"x" * 100)[:-12]])
def test_what_cannot_be_unpacked_is_said(items: Items, content: bytes) -> None:
    (problem,) = items("sitemap", content)
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I101"


def test_a_bomb_is_refused(items: Items) -> None:
    (problem,) = items("sitemap", gzip.compress(b"x" * 1_000_000), limits=Limits(document=1000))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("I104", "unpacks to more than 1,000 bytes")


def test_a_broken_address_costs_itself_only(items: Items) -> None:
    text = sitemap(
        "<loc>https://example.com/?a&b</loc>", "<a>" * 300, "<loc>/c</loc>", "<loc>https://example.com/d</loc>"
    )
    first, second, third, fourth = items("sitemap", text)
    assert first == Source("https://example.com/?a&b")
    assert isinstance(second, Diagnostic)
    assert second.code == "I104"
    assert isinstance(third, Diagnostic)
    assert third.message == "'/c' is no address of the web"
    assert fourth == Source("https://example.com/d")


def test_entities_are_refused(items: Items) -> None:
    (problem,) = items("sitemap", "<!DOCTYPE urlset [<!ENTITY a 'b'>]>" + sitemap("<loc>&a;</loc>").partition("?>")[2])
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I103"


@pytest.mark.parametrize("content", ["", "<urlset/>", sitemap()])
def test_an_empty_sitemap_is_empty(items: Items, content: str) -> None:
    assert items("sitemap", content) == []


def test_addresses_cut_out_of_a_sitemap_are_read(items: Items) -> None:
    assert items("sitemap", "<url><loc>https://example.com/a</loc></url>") == [Source("https://example.com/a")]
