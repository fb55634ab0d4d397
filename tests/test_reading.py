import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newscli import reading
from newscli.discovery import find_store
from newscli.reading import read_packed
from newscli.rows import Packed, pack
from newscli.store import Store


@pytest.fixture
def store(site: Path, write: Callable[..., Path]) -> Store:
    for number in range(60):
        write(f"2022-06-07-{number:02}.md", title=f"第{number}篇", tags="科技 新闻")
    (site / "_posts" / "2022-06-08-dead.md").symlink_to("nowhere")
    return find_store(str(site))[0]


def read(store: Store) -> tuple[int, list[Packed]]:
    names = store.scan("_posts")[0]
    batches = list(read_packed(store, "_posts", names))
    return sum(done for done, _ in batches), sorted(
        (row for _, rows in batches for row in rows), key=lambda row: row[0][0]
    )


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SHARED_FROM", 10)
    monkeypatch.setattr(reading, "_BATCH", 7)
    monkeypatch.setattr(reading, "cores", lambda: 2)


def test_alone(store: Store) -> None:
    done, rows = read(store)
    assert (done, len(rows)) == (61, 61)
    assert rows[0][0][0] == "_posts/2022-06-07-00.md"
    assert [name[:3] for name in rows[0][1]] == [("tag", "科技", "科技"), ("tag", "新闻", "新闻")]


def test_two_processes_read_what_one_reads(store: Store, request: pytest.FixtureRequest) -> None:
    alone = read(store)
    request.getfixturevalue("in_two")
    assert read(store) == alone


@pytest.mark.usefixtures("in_two")
@pytest.mark.parametrize("survives", [0, 1, 3])
def test_what_a_dying_child_leaves_undone_is_done(store: Store, monkeypatch: pytest.MonkeyPatch, survives: int) -> None:
    parent, packed = os.getpid(), []

    def die(entry: object) -> Packed:
        packed.append(entry)
        if os.getpid() != parent and len(packed) > survives * reading._BATCH:
            os._exit(9)
        return pack(entry)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "pack", die)
    done, rows = read(store)
    assert (done, len(rows)) == (61, 61)
    assert len({row[0][0] for row in rows}) == 61


@pytest.mark.usefixtures("in_two")
def test_an_error_in_the_child_is_met_again_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()

    def fail(entry: object) -> Packed:
        if os.getpid() != parent:
            raise ValueError("only there")
        return pack(entry)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "pack", fail)
    assert read(store)[0] == 61


@pytest.mark.usefixtures("in_two")
def test_whoever_stops_reading_leaves_no_child_behind(store: Store) -> None:
    batches = read_packed(store, "_posts", store.scan("_posts")[0])
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
