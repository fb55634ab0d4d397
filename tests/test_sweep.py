import os
import time
from pathlib import Path

import pytest

from newscli import sweep
from newscli.store import Store
from newscli.sweep import SLACK, UNSETTLED, Folder, stamp_of, take_stamps

LONG_AGO = 1_600_000_000_000_000_000


def age(*paths: Path) -> None:
    """Make files look written long ago; their change time stays now, as it would."""
    for path in paths:
        os.utime(path, ns=(LONG_AGO, LONG_AGO))


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_600_000_000_000)


def look(root: Path, known: dict[str, Folder] | None = None) -> tuple[dict[str, Folder], list[str]]:
    changed, gone = take_stamps(Store(root), known or {})
    return {folder.path: folder for folder in changed}, gone


def test_all_is_new_at_the_first_look(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "2022" / "b.md").write_text("b")
    (tmp_path / "picture.png").write_text("c")
    changed, gone = look(tmp_path)
    assert {path: folder.files for path, folder in changed.items()} == {"": "a.md", "2022": "b.md"}
    assert changed[""].folders == "2022"
    assert gone == []


def test_what_was_just_written_vouches_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    changed, _ = look(tmp_path)
    assert changed[""].stamps_by_name() == {"a.md": UNSETTLED}
    assert changed[""].stamp == UNSETTLED
    assert look(tmp_path, changed)[0] == changed, "the same folder again: its file is to be read again"


def test_after_the_slack_the_stamps_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("a")
    settle(monkeypatch)
    changed, _ = look(tmp_path)
    assert changed[""].stamps_by_name() == {"a.md": stamp_of(path.stat())}
    assert changed[""].stamp == stamp_of(tmp_path.stat())
    assert look(tmp_path, changed) == ({}, [])


@pytest.mark.parametrize("age_of_change", [SLACK - 1_000_000, SLACK + 1_000_000])
def test_the_slack_is_measured_from_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age_of_change: int
) -> None:
    path = tmp_path / "a.md"
    path.write_text("a")
    age(path)  # the modification time is old; the change time, which nobody can set, is not
    monkeypatch.setattr(time, "time_ns", lambda: path.stat().st_ctime_ns + age_of_change)
    changed, _ = look(tmp_path)
    assert (changed[""].stamps_by_name()["a.md"] == UNSETTLED) is (age_of_change < SLACK)


def test_a_file_from_the_future_never_settles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("a")
    ahead = time.time_ns() + 10**15
    os.utime(path, ns=(ahead, ahead))
    settle(monkeypatch)
    assert look(tmp_path)[0][""].stamps_by_name() == {"a.md": UNSETTLED}


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "a.md").write_text("b"),
        lambda root: (root / "a.md").unlink(),
        lambda root: (root / "a.md").rename(root / "c.md"),
        lambda root: (root / "new.md").write_text("new"),
        lambda root: (root / "b.md").rename(root / "a.md"),
        lambda root: os.utime(root / "a.md", ns=(LONG_AGO, LONG_AGO)),
        lambda root: (root / "a.md").chmod(0o600),
    ],
    ids=["edited", "deleted", "renamed", "added", "replaced", "touched back", "mode"],
)
def test_every_change_is_seen_even_when_the_clock_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("a")
    settle(monkeypatch)
    known, _ = look(tmp_path)
    time.sleep(0.02)  # a tick of the file system's clock
    change(tmp_path)  # type: ignore[operator]
    changed, _ = look(tmp_path, known)
    assert list(changed) == [""]


def test_folders_that_go_are_named_and_new_ones_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old" / "deep").mkdir(parents=True)
    (tmp_path / "old" / "deep" / "a.md").write_text("a")
    settle(monkeypatch)
    known, _ = look(tmp_path)
    (tmp_path / "old").rename(tmp_path / "new")
    changed, gone = look(tmp_path, known)
    assert set(changed) == {"", "new", "new/deep"}
    assert sorted(gone) == ["old", "old/deep"]


def test_a_folder_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()

    def refuse(self: Store, folder: str) -> tuple[list[str], list[str]]:
        if folder == "locked":
            raise PermissionError(13, "Permission denied")
        return [], ["locked"]

    monkeypatch.setattr(Store, "scan", refuse)
    changed, _ = look(tmp_path)
    assert changed["locked"].error == "Permission denied"


def test_a_missing_root_is_an_unreadable_folder(tmp_path: Path) -> None:
    changed, _ = look(tmp_path / "nowhere")
    assert changed[""].error == "No such file or directory"


def test_a_second_process_answers_as_the_first_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(51):
        (tmp_path / f"{number}.md").write_text(str(number))
    (tmp_path / "dead.md").symlink_to("nowhere")
    settle(monkeypatch)
    alone, _ = look(tmp_path)
    monkeypatch.setattr(sweep, "_SHARED_FROM", 10)
    monkeypatch.setattr(sweep, "cores", lambda: 2)
    shared, _ = look(tmp_path)
    assert shared == alone
    assert alone[""].stamps_by_name()["dead.md"] == UNSETTLED


def test_when_the_second_process_dies_its_half_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(str(number))
    settle(monkeypatch)
    alone, _ = look(tmp_path)
    monkeypatch.setattr(sweep, "_SHARED_FROM", 10)
    monkeypatch.setattr(sweep, "cores", lambda: 2)
    parent, here = os.getpid(), sweep._stamps_here

    def die(*arguments: object) -> bytes:
        if os.getpid() != parent:
            os._exit(9)
        return here(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sweep, "_stamps_here", die)
    assert look(tmp_path)[0] == alone
