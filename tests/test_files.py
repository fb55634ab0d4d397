import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newscli
from newscli import files
from newscli.files import flush, put, rename, replace

WRITER = """
import sys
from pathlib import Path
from newscli.files import replace
target, letter = Path(sys.argv[1]), 0
while True:
    letter = (letter + 1) % 26
    replace(target, [bytes([97 + letter]) * 100_000] * 3)
    print(flush=True)
"""


@pytest.fixture(autouse=True)
def forget_swept_folders() -> None:
    files.sweep.cache_clear()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    return path


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def temporaries(folder: Path) -> set[str]:
    return {name for name in names_in(folder) if name.startswith(".newscli-")}


def test_a_file_is_replaced_and_nothing_is_left_beside_it(target: Path) -> None:
    replace(target, [b"ne", b"", b"w\r\n\x00"])
    assert target.read_bytes() == b"new\r\n\x00"
    assert names_in(target.parent) == {"post.md"}


def test_a_file_of_nothing_is_empty(target: Path) -> None:
    replace(target, [])
    assert target.read_bytes() == b""


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o755])
def test_permissions_stay(target: Path, mode: int) -> None:
    target.chmod(mode)
    replace(target, [b"new"])
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_gets_the_permissions_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace(tmp_path / "new.md", [b"new"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["苏" * 85, "a" * 255])
def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path, name: str) -> None:
    replace(tmp_path / name, [b"new"])
    assert names_in(tmp_path) == {name}


def test_a_link_is_replaced_not_followed(target: Path) -> None:
    link = target.with_name("link.md")
    link.symlink_to(target)
    replace(link, [b"new"])
    assert (link.is_symlink(), link.read_bytes(), target.read_bytes()) == (False, b"new", b"old")


@pytest.mark.parametrize("step", ["os.fchmod", "os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_old_file_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(step, fail)
    with pytest.raises(type(error)):
        replace(target, [b"new"])
    assert target.read_bytes() == b"old"
    assert temporaries(target.parent) == set()


def test_pieces_that_fail_leave_the_old_file_alone(target: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        replace(target, pieces())
    assert target.read_bytes() == b"old"
    assert temporaries(target.parent) == set()


def test_a_file_is_written_where_folders_cannot_be_flushed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    replace(target, [b"new"])
    assert target.read_bytes() == b"new"


def test_the_file_is_on_disk_before_it_takes_the_place_and_its_name_after(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, move = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def moved(path: Path, to: Path) -> Path:
        steps.append("move")
        return move(path, to)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", moved)
    replace(target, [b"new"])
    assert steps == ["file", "move", "folder"]
    steps.clear()
    replace(target, [b"newer"], is_one_of_many=True)
    assert steps == ["file", "move"]
    flush(target.parent)
    assert steps == ["file", "move", "folder"]


@pytest.mark.parametrize("place", ["missing/post.md", "post.md/post.md"])
def test_a_folder_that_is_none_is_an_error(target: Path, place: str) -> None:
    with pytest.raises(OSError, match=r"No such file|Not a directory"):
        replace(target.parent / place, [b"new"])
    assert names_in(target.parent) == {"post.md"}


def test_a_folder_is_not_replaced(target: Path) -> None:
    (target.parent / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        replace(target.parent / "folder", [b"new"])
    assert temporaries(target.parent) == set()


def test_what_killed_writers_left_is_swept_when_it_is_old(target: Path) -> None:
    names = {
        ".newscli-0123456789abcdef.tmp": 3700,
        ".newscli-fedcba9876543210.tmp": 3500,
        ".newscli-baseline.json": 9999,
        ".newscli-0123456789abcdef.tmp.md": 9999,
        "x.newscli-0123456789abcdef.tmp": 9999,
    }
    for name, age in names.items():
        path = target.with_name(name)
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    replace(target, [b"new"])
    assert names_in(target.parent) == {*names, "post.md"} - {".newscli-0123456789abcdef.tmp"}


def test_a_folder_is_swept_once_a_process(target: Path) -> None:
    replace(target, [b"new"])
    left = target.with_name(".newscli-0123456789abcdef.tmp")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    replace(target, [b"newer"])
    assert left.exists()


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "post.md"
    replace(target, [b"z" * 300_000])
    environment = {**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1])}
    for turn in range(10):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, target], env=environment, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()  # it writes now
        time.sleep(0.001 * turn)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        data = target.read_bytes()
        assert (len(data), len(set(data))) == (300_000, 1)
    assert len(temporaries(tmp_path)) <= 10
    assert names_in(tmp_path) == {"post.md", *temporaries(tmp_path)}


def test_put_writes_whole_files_and_keeps_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    put(str(target), b"one")
    assert target.read_bytes() == b"one"
    target.chmod(0o640)
    put(str(target), b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_put_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put("a.md", b"x")
    assert (tmp_path / "a.md").read_bytes() == b"x"


def test_put_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        put(str(tmp_path / "folder"), b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_nothing_is_left_when_a_signal_ends_the_opening(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_and_stop(*arguments: Any) -> int:
        os.close(real(*arguments))
        raise SystemExit

    real = os.open
    monkeypatch.setattr(os, "open", open_and_stop)
    with pytest.raises(SystemExit):
        put(str(target), b"new")
    assert names_in(target.parent) == {"post.md"}
    assert target.read_bytes() == b"old"


def test_a_file_is_whole_where_the_system_takes_little_at_a_time(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:3]))
    put(str(target), b"0123456789")
    assert target.read_bytes() == b"0123456789"


def test_a_file_gets_another_name_and_never_that_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        rename(tmp_path / "a", tmp_path / "b")
    assert [(tmp_path / name).read_text() for name in "ab"] == ["a", "b"]
    rename(tmp_path / "a", tmp_path / "c")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]
    assert (tmp_path / "c").read_text() == "a"


def test_a_file_that_keeps_its_old_name_has_no_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def refuse(path: Path) -> None:
        if path.name == "a":
            raise PermissionError
        unlink(path)

    (tmp_path / "a").write_text("a")
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(PermissionError):
        rename(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_is_renamed_itself(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("nowhere")
    rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").is_symlink()
