import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.ledger import Identity, Known, Ledger, canonical, identify, ledger_path, state_folder


def named(*, feed: str = "", guid: str = "", url: str = "", origin: str = "a.jsonl", content: str = "x") -> Identity:
    return identify(feed=feed, guid=guid, url=url, origin=origin, content=content)


# Addresses and ids

ADDRESSES = [
    ("http://Example.ORG", "http://example.org/"),
    ("HTTPS://example.org:443/A?b=C#top", "https://example.org/A?b=C"),
    ("http://example.org:8080/", "http://example.org:8080/"),
    ("https://e.org/a?utm_source=x&b=1&UTM_Medium=y&c", "https://e.org/a?b=1&c"),
    ("https://e.org/a?utm_source=x", "https://e.org/a"),
    ("https://e.org/?q=utm_x", "https://e.org/?q=utm_x"),
    ("http://user:secret@e.org/", "http://e.org/"),
    ("http://[::1]:80/x", "http://[::1]/x"),
    ("ftp://e.org/", ""),
    ("e.org/a", ""),
    ("http://[::1", ""),
    ("http://e.org:x/", ""),
    ("", ""),
]


@pytest.mark.parametrize(("url", "expected"), ADDRESSES)
def test_addresses_are_compared_in_one_form(url: str, expected: str) -> None:
    assert canonical(url) == expected


@given(st.text(st.sampled_from("htps:/e.org?&=utm_#[]@1"), max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_form_is_final(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


IDS = [
    ({"guid": "tag:e.org,2022:1", "feed": "f"}, "tag:e.org,2022:1"),
    ({"guid": "http://E.org/?p=1#c"}, "http://E.org/?p=1#c"),
    ({"guid": "<1@mail.example>"}, "<1@mail.example>"),
    ({"guid": "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"}, "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"),
    ({"guid": "42", "feed": "https://e.org/rss"}, "https://e.org/rss#42"),
    ({"guid": "42", "url": "https://E.org/a"}, "e.org#42"),
    ({"guid": "42", "origin": "dumps/a.jsonl"}, "a.jsonl#42"),
    ({"url": "https://e.org/a"}, ""),
]


@pytest.mark.parametrize(("said", "source_id"), IDS)
def test_ids_are_unique_in_the_world_or_within_their_feed(said: dict[str, str], source_id: str) -> None:
    assert named(**said).id == source_id


def test_what_has_neither_is_known_by_what_it_says() -> None:
    assert named(content="a") == named(content="a", origin="elsewhere")
    assert named(content="a") != named(content="b")
    assert named().id.startswith("hash:")


# Which posts there are


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "state" / "ledger.sqlite")


def test_posts_are_found_by_id_then_by_address(ledger: Ledger) -> None:
    ledger.learn([("a.md", "tag:1", "https://e.org/a", "h"), ("b.md", "", "https://e.org/b", "")])
    assert ledger.find(Identity("tag:1")) == Known("a.md", "h")
    assert ledger.find(Identity("", "https://e.org/a")) == Known("a.md", "h")
    assert ledger.find(Identity("tag:9", "https://e.org/b")) == Known("b.md", "")
    assert ledger.find(Identity("tag:9")) is None


def test_two_ids_of_one_feed_are_two_articles_though_they_share_an_address(ledger: Ledger) -> None:
    home = "https://e.org/"
    ledger.learn([("a.md", "https://e.org/rss#1", home, "h")])
    assert ledger.find(Identity("https://e.org/rss#2", home)) is None
    assert ledger.find(Identity("https://other.example/rss#2", home)) == Known("a.md", "h")
    assert ledger.find(Identity("tag:2", home)) == Known("a.md", "h")


def test_a_post_is_met_once_a_run(ledger: Ledger) -> None:
    assert ledger.is_first_sight("a.md")
    assert not ledger.is_first_sight("a.md")


def test_what_was_imported_and_is_gone_was_deleted(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    article = Identity("tag:1", "https://e.org/a")
    with Ledger(path) as first:
        assert not first.was_deleted(article)
        first.record(article, "a.md", "h")
        assert first.find(article) == Known("a.md", "h")
    with Ledger(path) as second:
        assert second.find(article) is None
        assert second.was_deleted(article)
        assert second.was_deleted(Identity("", "https://e.org/a"))
        assert not second.was_deleted(Identity("tag:2", "https://e.org/a"))


def test_answers_and_pictures_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as first:
        assert first.last_answer("u") == ("", "")
        assert first.asset("u") == ""
        first.record_answer("u", '"e"', "Tue")
        first.doubt("v")
        first.record_answer("v", '"e"', "Tue")
        first.record_asset("u", "abc.png")
    with Ledger(path) as second:
        assert second.last_answer("u") == ('"e"', "Tue")
        assert second.last_answer("v") == ("", "")
        assert second.asset("u") == "abc.png"


def test_what_a_post_was_made_of_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as first:
        assert not first.is_written(Identity("tag:1"), b"said", "h")
        first.record_written(Identity("tag:1"), b"before", "h0")
        first.record_written(Identity("tag:1"), b"said", "h")
    with Ledger(path) as second:
        assert second.is_written(Identity("tag:1"), b"said", "h")
        assert not second.is_written(Identity("tag:1"), b"else", "h")
        assert not second.is_written(Identity("tag:1"), b"said", "h0")
        assert not second.is_written(Identity("tag:2"), b"said", "h")


def test_a_long_run_is_written_down_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    killed = Ledger(path)
    for number in range(600):
        killed.record(Identity(f"tag:{number}"), f"{number}.md", "")
    assert sqlite3.connect(path).execute("SELECT count(*) FROM imported").fetchone() == (500,)


def test_a_dry_run_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "state" / "ledger.sqlite"
    with Ledger(path, dry=True) as ledger:
        ledger.record(Identity("tag:1"), "a.md", "")
        assert ledger.find(Identity("tag:1")) == Known("a.md", "")
    assert not path.parent.exists()


def test_a_dry_run_knows_what_was_deleted_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.record(Identity("tag:1"), "a.md", "")
    before = path.read_bytes()
    with Ledger(path, dry=True) as ledger:
        assert ledger.was_deleted(Identity("tag:1"))
        ledger.record(Identity("tag:2"), "b.md", "")
        ledger.record_asset("u", "x.png")
    assert path.read_bytes() == before
    with Ledger(path) as ledger:
        assert not ledger.was_deleted(Identity("tag:2"))


def test_a_dry_run_reads_a_ledger_of_a_version_that_remembered_less(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.record(Identity("tag:1"), "a.md", "")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE written")
    with Ledger(path, dry=True) as ledger:
        assert ledger.was_deleted(Identity("tag:1"))
        assert not ledger.is_written(Identity("tag:1"), b"said", "h")


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 30, None])
def test_a_ledger_that_cannot_be_used_is_said_and_done_without(
    tmp_path: Path, content: bytes | None, *, dry: bool
) -> None:
    path = tmp_path / "ledger.sqlite"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with Ledger(path, dry=dry) as ledger:
        assert (path.is_dir() and dry) or "deleted posts may come back" in ledger.note
        ledger.record(Identity("tag:1"), "a.md", "h")
        assert ledger.find(Identity("tag:1")) == Known("a.md", "h")


def test_each_store_has_its_own_outside_of_it(tmp_path: Path) -> None:
    one, other = ledger_path(Path("/sites/新闻 a"), tmp_path), ledger_path(Path("/elsewhere/新闻 a"), tmp_path)
    assert one.parent == other.parent == tmp_path
    assert one.name.startswith("新闻-a-")
    assert one != other


def test_the_state_folder_is_that_of_xdg() -> None:
    assert state_folder({"XDG_STATE_HOME": "/state"}) == Path("/state/newscli")
    assert state_folder({"XDG_STATE_HOME": "relative"}) == Path.home() / ".local" / "state" / "newscli"
    assert state_folder({}) == Path.home() / ".local" / "state" / "newscli"
