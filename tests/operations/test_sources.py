import io
from pathlib import Path

import pytest

from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError, NewscliError
from newscli.importers import Article, Options
from newscli.importers.fetch import Fetcher, Policy
from newscli.ledger import Ledger
from newscli.operations.sources import Request, Sources, Unchanged, check_mapping, feeds_of, requests_of
from tests.operations.conftest import Web

RSS = b"""<rss version="2.0"><channel><title>F</title><link>http://e.org/</link>
<item><title>One</title><guid isPermaLink="false">1</guid><description>text</description></item></channel></rss>"""


def sources(ledger: Ledger, *, private: bool = True, stdin: bytes = b"") -> Sources:
    fetcher = Fetcher(Policy(allow_private=private, attempts=1, pause=0))
    return Sources(Options(), fetcher, ledger, stdin=lambda: io.BytesIO(stdin))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def titles(reader: Sources, *requests: Request) -> list[str]:
    return [
        found.item.title if isinstance(found.item, Article) else type(found.item).__name__
        for found in reader.read(requests)
    ]


def test_files_folders_and_standard_input(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "A", "body": "x"}\n', encoding="utf-8")
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "b.md").write_text("---\ntitle: B\n---\n", encoding="utf-8")
    reader = sources(ledger, stdin=RSS)
    found = titles(reader, *requests_of([str(tmp_path / "a.jsonl"), str(folder), "-"]))
    assert found == ["A", "B", "One"]


def test_what_is_nothing_known_says_so(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\0\1\2")
    (found,) = sources(ledger).read([Request(str(path))])
    assert isinstance(found.item, Diagnostic)
    assert "--from" in found.item.message


def test_a_file_that_goes_away_is_a_failure_of_its_own(tmp_path: Path, ledger: Ledger) -> None:
    (found,) = sources(ledger).read([Request(str(tmp_path / "gone"))])
    assert isinstance(found.item, Diagnostic)
    assert "cannot be read" in found.item.message


def test_lists_lead_to_their_sources_and_none_is_read_twice(web: Web, ledger: Ledger) -> None:
    opml = f'<opml><body><outline text="News"><outline xmlUrl="{web.url}/rss"/></outline></body></opml>'
    web.pages = {"/list": opml.encode(), "/rss": RSS}
    found = list(sources(ledger).read([Request(f"{web.url}/list", ("t",)), Request(f"{web.url}/rss#again")]))
    assert [(each.item.title, each.request.tags) for each in found if isinstance(each.item, Article)] == [
        ("One", ("t", "News"))
    ]
    assert [path for path, _ in web.asked] == ["/list", "/rss"]


def test_lists_within_lists_end(web: Web, ledger: Ledger) -> None:
    for number in range(6):
        inner = f"<sitemapindex><sitemap><loc>{web.url}/{number + 1}</loc></sitemap></sitemapindex>"
        web.pages[f"/{number}"] = inner.encode()
    (found,) = sources(ledger).read([Request(f"{web.url}/0")])
    assert isinstance(found.item, Diagnostic)
    assert "lists within lists" in found.item.message
    assert len(web.asked) == 4


def test_a_feed_is_fetched_again_only_when_it_changed(web: Web, ledger: Ledger) -> None:
    web.pages = {"/rss": RSS}
    request = Request(f"{web.url}/rss", is_feed=True)
    assert titles(sources(ledger), request) == ["One"]
    (found,) = sources(ledger).read([request])
    assert found.item == Unchanged(f"{web.url}/rss")
    web.pages = {"/rss": RSS.replace(b"One", b"Two")}
    assert titles(sources(ledger), request) == ["Two"]
    assert [status for _, status in web.asked] == [200, 304, 200]


def test_a_feed_that_was_not_read_to_its_end_is_fetched_again(web: Web, ledger: Ledger) -> None:
    web.pages = {"/rss": RSS}
    request = Request(f"{web.url}/rss", is_feed=True)
    next(sources(ledger).read([request]))
    assert titles(sources(ledger), request) == ["One"]


def test_private_addresses_are_not_fetched_from(web: Web, ledger: Ledger) -> None:
    web.pages = {"/rss": RSS}
    (found,) = sources(ledger, private=False).read([Request(f"{web.url}/rss")])
    assert isinstance(found.item, Diagnostic)
    assert "--allow-private" in found.item.message
    assert web.asked == []


def test_an_answer_that_is_an_error_is_said_of_the_address_asked_for(web: Web, ledger: Ledger) -> None:
    (found,) = sources(ledger).read([Request(f"{web.url}/gone")])
    assert isinstance(found.item, Diagnostic)
    assert (found.item.path, found.item.message) == (f"{web.url}/gone", "answers with status 404")


def test_words_must_name_something() -> None:
    for word, message in (("gone.xml", "no such file"), ("ftp://e.org/", "only http"), ("file:///etc", "only http")):
        with pytest.raises(NewscliError, match=message):
            requests_of([word])
    with pytest.raises(ConfigError, match="no importer"):
        requests_of([], "nonsense")
    assert requests_of(["https://e.org/"], "feed") == [Request("https://e.org/", importer="feed")]


def test_feeds_of_the_settings() -> None:
    found = feeds_of([{"url": "https://e.org/rss", "category": "a", "tags": ["b", "c"]}])
    assert found == [Request("https://e.org/rss", ("b", "c"), ("a",), is_feed=True)]


@pytest.mark.parametrize(
    ("feed", "message"),
    [
        ({"url": "e.org"}, "feed 1: url must be"),
        ({}, "feed 1: url must be"),
        ({"url": "https://e.org", "tag": "x"}, "unknown key 'tag'"),
        ({"url": "https://e.org", "tags": 3}, "tags must be a text"),
    ],
)
def test_feeds_that_are_none(feed: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        feeds_of([feed])


def test_maps() -> None:
    assert check_mapping(["title=headline", "Author=by.name", "id="]) == {
        "title": "headline",
        "authors": "by.name",
        "source_id": "",
    }
    for pair in ("title", "=x"):
        with pytest.raises(NewscliError, match="FIELD=KEY"):
            check_mapping([pair])
