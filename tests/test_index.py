import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newscli
from newscli.caches import cache_folder, index_path
from newscli.dates import load_zone
from newscli.dialect import Dialect
from newscli.discovery import find_store
from newscli.entry import Entry
from newscli.errors import StoreError
from newscli.index import Changes, Index, remove_index
from newscli.query import Query, parse
from newscli.store import Store

NOW = datetime(2022, 6, 10, tzinfo=UTC)
ALL = Query()


def ask(*terms: str) -> Query:
    return parse(terms, zone=UTC, now=NOW)


def store_of(site: Path) -> Store:
    return find_store(str(site))[0]


def paths(index: Index, query: Query = ALL) -> list[str]:
    return [entry.path for entry in index.find(query)]


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_600_000_000_000)


@pytest.fixture
def three(site: Path, write: Callable[..., Path]) -> Path:
    write("2022-06-07-a.md", title="苏州", date="2022-06-07 07:17:20 +0800", tags="新华日报新闻 科技")
    write("2022-06-08-b.md", title="Beta", date="2022-06-08", tags="[科技]", author="Li")
    write("c.md", title='"他说"好""', tags="坏")
    return site


def test_the_first_refresh_finds_every_post(three: Path) -> None:
    with Index(store_of(three)) as index:
        assert index.is_empty()
        assert index.refresh() == Changes(added=3)
        assert not index.is_empty()
        assert paths(index) == ["_posts/2022-06-08-b.md", "_posts/2022-06-07-a.md", "_posts/c.md"]
        assert index.count(ask("tag:科技")) == 2
        assert paths(index, ask("is:broken")) == ["_posts/c.md"]
        assert set(index.keys()) == {"title", "date", "tags", "author"}


def test_nothing_changed_is_no_change(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    with Index(store_of(three)) as index:
        index.refresh()
        changes = index.refresh()
        assert changes == Changes()
        assert not changes


def test_the_index_survives_its_process(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    with Index(store_of(three)) as index:
        index.refresh()
        before = list(index.find(ALL))
    with Index(store_of(three)) as index:
        assert not index.refresh()
        assert list(index.find(ALL)) == before


def test_an_entry_comes_back_as_it_was(three: Path) -> None:
    store = store_of(three)
    with Index(store) as index:
        index.refresh()
        assert sorted(index.find(ALL), key=lambda entry: entry.path) == list(store.entries())
        (beta,) = index.find(ask("title:beta"))
    assert beta.authors == ("Li",)
    assert beta.date is not None
    assert beta.date.isoformat() == "2022-06-08T00:00:00+08:00"


def test_an_edit_in_the_same_second_is_seen(three: Path, write: Callable[..., Path]) -> None:
    with Index(store_of(three)) as index:
        index.refresh()
        path = three / "_posts" / "2022-06-07-a.md"
        before = path.stat()
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("苏州", "无锡"), encoding="utf-8")  # the same size
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # and the same modification time
        assert index.refresh().modified >= 1
        assert index.count(ask("title:无锡")) == 1
        assert index.count(ask("title:苏州")) == 0


def test_deleted_renamed_added_and_replaced(
    three: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    posts = three / "_posts"
    with Index(store_of(three)) as index:
        index.refresh()
        (posts / "c.md").unlink()
        (posts / "2022-06-07-a.md").rename(posts / "2022-06-07-z.md")
        write("2022/2022-01-01-new.md", title="New", tags="科技")
        changes = index.refresh()
        assert (changes.added, changes.removed) == (2, 2)
        assert set(paths(index)) == {
            "_posts/2022-06-08-b.md",
            "_posts/2022-06-07-z.md",
            "_posts/2022/2022-01-01-new.md",
        }
        assert index.count(ask("tag:坏")) == 0, "names of posts that are gone are gone"
        shutil.rmtree(posts / "2022")
        assert index.refresh().removed == 1
        assert index.count(ALL) == 2


def test_a_file_that_stops_being_a_post_goes_and_may_come_back(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    root.mkdir()
    note = root / "note.md"
    note.write_text("---\ntitle: x\n---\n", encoding="utf-8")
    with Index(Store(root)) as index:
        assert index.refresh().added == 1
        note.write_text("only text", encoding="utf-8")
        assert index.refresh().removed == 1
        note.write_text("---\ntitle: y\n---\n", encoding="utf-8")
        assert index.refresh().added == 1
        assert paths(index) == ["note.md"]


def test_other_settings_make_another_index(three: Path) -> None:
    store = store_of(three)
    with Index(store) as index:
        index.refresh()
    hugo = replace(store, dialect=Dialect("hugo", load_zone("Asia/Shanghai")))
    with Index(hugo) as index:
        assert index.is_empty(), "rows made under another reading are not used"
        index.refresh()
        assert index.count(ask("tag:科技")) == 1, "under Hugo a string is one tag"


def test_counts_of_bodies_are_kept_until_the_post_changes(
    three: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    with Index(store_of(three)) as index:
        index.refresh()
        assert len(index.uncounted()) == 3
        index.set_bodies([("_posts/c.md", 7, True)])
        assert len(index.uncounted()) == 2
        assert [(entry.words, entry.html) for entry in index.find(ask("words:7"))] == [(7, True)]
        write("c.md", title="healed")
        index.refresh()
        assert len(index.uncounted()) == 3


def test_bodies_that_fail_leave_the_index_as_it_was(three: Path) -> None:
    def fail() -> object:
        yield "_posts/c.md", 7, True
        raise KeyboardInterrupt

    with Index(store_of(three)) as index:
        index.refresh()
        with pytest.raises(KeyboardInterrupt):
            index.set_bodies(fail())  # type: ignore[arg-type]
        assert len(index.uncounted()) == 3


def test_limit_offset_and_order(three: Path) -> None:
    with Index(store_of(three)) as index:
        index.refresh()
        assert [entry.path for entry in index.find(ALL, limit=1, offset=1)] == ["_posts/2022-06-07-a.md"]
        assert paths(index, ask("sort:title"))[0] == "_posts/2022-06-08-b.md"


# Accidents


@pytest.mark.parametrize(
    "damage", [b"no database at all, but long enough to be looked at" * 100, b""], ids=["text", "empty"]
)
def test_a_damaged_file_is_built_anew(three: Path, damage: bytes) -> None:
    store = store_of(three)
    with Index(store) as index:
        index.refresh()
    remove_index(index_path(store))
    index_path(store).write_bytes(damage)
    with Index(store) as index:
        index.refresh()
        assert index.count(ALL) == 3
        assert ("damaged" in index.note) is bool(damage)


def test_damage_within_the_file_is_noticed(three: Path) -> None:
    store = store_of(three)
    with Index(store) as index:
        index.refresh()
        index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = index_path(store)
    data = bytearray(path.read_bytes())
    data[0:16] = b"SQLite format 2\0"
    path.write_bytes(data)
    with Index(store) as index:
        index.refresh()
        assert index.count(ALL) == 3
        assert "damaged" in index.note


def test_a_cache_that_cannot_be_written_is_done_without(three: Path, own_cache: Path) -> None:
    own_cache.parent.mkdir(parents=True)
    own_cache.write_text("a file where the folder should be")
    with Index(store_of(three)) as index:
        assert index.path is None
        assert "working in memory" in index.note
        index.refresh()
        assert index.count(ALL) == 3


def test_a_database_that_cannot_be_opened_is_done_without(three: Path, own_cache: Path) -> None:
    index_path(store_of(three)).mkdir(parents=True)
    with Index(store_of(three)) as index:
        assert index.path is None
        index.refresh()
        assert index.count(ALL) == 3


def test_who_waits_too_long_is_told(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(three)
    with Index(store) as index:
        index.refresh()
        other = sqlite3.connect(index_path(store), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        index.execute("PRAGMA busy_timeout=50")
        (three / "_posts" / "d.md").write_text("---\ntitle: d\n---\n")
        with pytest.raises(StoreError, match="--no-sync"):
            index.refresh()
        other.execute("ROLLBACK")
        other.close()
        assert index.refresh().added == 1


def test_a_refresh_that_fails_changes_nothing(three: Path, write: Callable[..., Path]) -> None:
    with Index(store_of(three)) as index:
        index.refresh()
        write("d.md", title="d")

        def interrupt(_done: int, _all: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.refresh(interrupt)
        assert index.count(ALL) == 3
        assert index.refresh().added == 1


def test_progress_is_told_of_every_file(three: Path) -> None:
    told: list[tuple[int, int]] = []
    with Index(store_of(three)) as index:
        index.refresh(lambda done, total: told.append((done, total)))
    assert sum(done for done, _ in told) == 3
    assert {total for _, total in told} == {3}


def test_a_folder_that_cannot_be_read_is_reported(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(three)
    (three / "_posts" / "locked").mkdir()
    scan = Store.scan

    def refuse(self: Store, folder: str) -> tuple[list[str], list[str]]:
        if folder.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scan(self, folder)

    monkeypatch.setattr(Store, "scan", refuse)
    with Index(store) as index:
        assert index.refresh().unreadable == ["_posts/locked: Permission denied"]
        assert index.count(ALL) == 3


BUILD = """
import sys
from newscli.discovery import find_store
from newscli.index import Index
with Index(find_store(sys.argv[1])[0]) as index:
    print("go", flush=True)
    index.refresh()
    print(sum(1 for _ in index.execute("SELECT 1 FROM posts")))
"""


def start_build(site: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(site)], stdout=subprocess.PIPE, text=True, env=environment
    )


def test_two_at_once_and_one_killed(site: Path, write: Callable[..., Path]) -> None:
    for number in range(400):
        write(f"2022-06-07-{number}.md", title=f"t{number}", tags="科技")
    for round_ in range(4):
        remove_index(index_path(store_of(site)))
        first, second = start_build(site), start_build(site)
        assert first.stdout is not None
        first.stdout.readline()
        time.sleep(0.01 * round_)
        first.send_signal(signal.SIGKILL)
        out, _ = second.communicate(timeout=60)
        first.wait()
        first.stdout.close()
        assert out.split() == ["go", "400"]
        with Index(store_of(site)) as index:
            index.refresh()
            assert index.count(ALL) == 400
            assert index.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_where_the_index_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == Path.home() / ".cache" / "newscli", "a relative one is ignored, as the standard says"
    assert cache_folder({"XDG_CACHE_HOME": "/c"}) == Path("/c/newscli")
    one, other = (index_path(Store(tmp_path / name / "site"), tmp_path) for name in "ab")
    assert one != other
    assert one.name.startswith("site-")


# Laws

TITLES = st.sampled_from(["苏州", "Beta", "ＡＩ 芯片", "", "坏"])
TAGS = st.lists(st.sampled_from(["科技", "AI", "ai", "新华日报新闻", "a b"]), max_size=3)
DATES = st.sampled_from(["", "2022-06-07", "2022-06-07 23:30:00 -0800", "2021-01-01T00:00:00Z", "soon"])
POSTS = st.dictionaries(
    st.sampled_from([f"{name}.md" for name in "abcdef"]), st.tuples(TITLES, TAGS, DATES), max_size=6
)
QUERIES = st.sampled_from(
    [
        "",
        "科技",
        "tag:ai",
        "-tag:科技",
        "title:beta OR tag:AI",
        "is:broken",
        "no:date",
        "date:2022",
        "has:title",
        "date:..2021 OR is:untagged",
    ]
)


def lay(posts: Path, content: dict[str, tuple[str, list[str], str]]) -> None:
    for path in posts.glob("*.md"):
        if path.name not in content:
            path.unlink()
    for name, (title, tags, date) in content.items():
        quoted = '"他说"好""' if title == "坏" else f"'{title}'"
        text = f"---\ntitle: {quoted}\ntags: {tags}\ndate: {date}\n---\n"
        if not (posts / name).exists() or (posts / name).read_text(encoding="utf-8") != text:
            (posts / name).write_text(text, encoding="utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=POSTS, second=POSTS, query=QUERIES)
def test_find_equals_a_scan_and_a_refresh_equals_a_rebuild(
    site: Path,
    tmp_path: Path,
    first: dict[str, tuple[str, list[str], str]],
    second: dict[str, tuple[str, list[str], str]],
    query: str,
) -> None:
    store, asked = store_of(site), ask(*query.split())
    with Index(store) as index:
        for content in (first, second):
            lay(site / "_posts", content)
            index.refresh()
            scanned: list[Entry] = sorted(filter(asked.matches, store.entries()), key=asked.order_key)
            assert list(index.find(asked)) == scanned
            assert index.count(asked) == len(scanned)
    rebuilt = tmp_path / "rebuilt"
    shutil.rmtree(rebuilt, ignore_errors=True)
    with Index(store, rebuilt) as anew, Index(store) as index:
        anew.refresh()
        for table in (
            "SELECT name, kind, folded FROM names ORDER BY 1, 2, 3",
            "SELECT path, title, meta, problems FROM posts ORDER BY path",
        ):
            assert anew.execute(table).fetchall() == index.execute(table).fetchall()


def test_names_that_are_not_utf8_are_kept_followed_and_forgotten(tmp_path: Path) -> None:
    site = tmp_path / "site"
    odd = [os.fsdecode(b"_posts/\xcb\xd5.md"), os.fsdecode(b"\xcb/_posts/a.md"), "_posts/苏.md"]
    for name in odd:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("---\ntitle: x\n---\n")
    shown = ["\\xcb/_posts/a.md", "_posts/\\xcb\\xd5.md", "_posts/苏.md"]
    with_index = Index(store_of(site), tmp_path / "cache")
    assert with_index.refresh().added == 3
    assert sorted(paths(with_index)) == shown
    assert sorted(paths(with_index, ask("is:broken"))) == shown[:2]
    assert (with_index.refresh().added, with_index.refresh().removed) == (0, 0)
    (site / odd[0]).unlink()
    shutil.rmtree(site / os.fsdecode(b"\xcb"))
    assert Index(store_of(site), tmp_path / "cache").refresh().removed == 2
    assert paths(Index(store_of(site), tmp_path / "cache")) == ["_posts/苏.md"]


@pytest.mark.parametrize("query", ["", "tag:科技", "-tag:科技", "tag:*技 OR author:li", "tag:科技 title:t1", "no:date"])
def test_many_matches_are_found_as_few_are(
    site: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    for number in range(30):
        dated = {"date": f"2022-06-{number + 1:02}"} if number % 3 else {}
        write(f"{number}.md", title=f"t{number}", tags="科技" if number % 2 else "other", author="Li", **dated)
    asked = ask(*query.split())
    with Index(store_of(site)) as index:
        index.refresh()
        few = [paths(index, asked)[start : start + 5] for start in (0, 3)]
        monkeypatch.setattr("newscli.index._MANY", 2)
        assert [[entry.path for entry in index.find(asked, limit=5, offset=start)] for start in (0, 3)] == few
