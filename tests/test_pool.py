import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

import newscli
from newscli import pool
from newscli.pool import cores, shared


def failed(number: int, reason: str) -> str:
    return f"{number} failed: {reason}"


def run(function: Callable[[int], str], count: int, **options: float) -> Generator[str, None, None]:
    return shared(function, count, failed=failed, **{"jobs": 2, "patience": 20, **options})  # type: ignore[arg-type]


def kill(_number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def assert_no_child_is_left() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def lowest_free_descriptor() -> int:
    free = os.dup(0)
    os.close(free)
    return free


@pytest.fixture(autouse=True)
def _tidy() -> Generator[None, None, None]:
    """Whatever happens, no process and no open file is left, and Ctrl-C works."""
    free = lowest_free_descriptor()
    yield
    assert_no_child_is_left()
    assert lowest_free_descriptor() == free
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize("count", [0, 1, 5, 700])
@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("joins", [0, 0.38, 0.5])
def test_results_come_in_order(count: int, jobs: int, joins: float) -> None:
    assert list(run(str, count, jobs=jobs, joins=joins)) == [str(number) for number in range(count)]


def test_the_work_is_shared_among_other_processes() -> None:
    found = list(run(lambda _: str(os.getpid()), 64, jobs=3))
    assert len(set(found)) == 3
    assert str(os.getpid()) not in found


def test_this_process_does_the_part_it_is_to_do_and_the_first_piece() -> None:
    found = list(run(lambda _: str(os.getpid()), 100, joins=0.38))
    assert len(set(found)) == 2
    assert found.count(str(os.getpid())) == 38
    assert found[0] == str(os.getpid())
    assert list(run(lambda _: str(os.getpid()), 2, joins=0.5)).count(str(os.getpid())) == 1


def test_where_no_process_can_be_copied_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert list(run(lambda number: str(1 // number), 2)) == [
        "0 failed: internal error: ZeroDivisionError: integer division or modulo by zero",
        "1",
    ]


@pytest.mark.parametrize("joins", [0, 0.5])
def test_an_exception_costs_one_piece(joins: float) -> None:
    def divide(number: int) -> str:
        if number == 3:
            raise MemoryError
        return str(12 // (number - 1))

    assert list(run(divide, 5, joins=joins)) == [
        "-12",
        "1 failed: internal error: ZeroDivisionError: integer division or modulo by zero",
        "12",
        "3 failed: it takes more memory than there is",
        "4",
    ]


@pytest.mark.parametrize("die", [kill, os._exit, sys.exit])
def test_a_death_costs_one_piece(die: Callable[[int], None]) -> None:
    fatal = (0, 7, 30, 31, 32, 34, 199)

    def crash(number: int) -> str:
        if number in fatal:
            die(1)
        return str(number)

    found = list(run(crash, 200))
    for number in fatal:
        assert found[number] == f"{number} failed: the process that worked on it died"
    assert [each for each in found if each.isdigit()] == [str(n) for n in range(200) if n not in fatal]


def test_processes_that_all_die_at_once_end_the_run_and_nothing_else() -> None:
    assert [each.partition(": ")[2] for each in run(kill, 9)] == ["the process that worked on it died"] * 9  # type: ignore[arg-type]


def test_a_death_between_two_pieces_costs_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    send, parent = pool._send, os.getpid()

    def die(*arguments: object) -> None:
        if os.getpid() != parent:
            send(*arguments)  # type: ignore[arg-type]
            kill(0)

    monkeypatch.setattr(pool, "_send", die)
    monkeypatch.setattr(pool, "_BATCH", 2)
    monkeypatch.setattr(pool, "_SILENCE", 60)
    found = list(run(str, 12, jobs=1))
    assert [number for number, each in enumerate(found) if not each.isdigit()] == [2, 4, 6, 8, 10]


def test_code_that_cannot_be_interrupted_costs_one_piece() -> None:
    def hang(number: int) -> str:
        if number == 2:
            ctypes.PyDLL(None).sleep(60)  # holds the lock of the interpreter: no signal handler runs
        return str(number)

    start = time.monotonic()
    assert list(run(hang, 4, patience=0.3)) == ["0", "1", "2 failed: it took more than 0.3 seconds", "3"]
    assert time.monotonic() - start < 20


def test_who_gets_on_slowly_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_SILENCE", 60)  # the answers come late, but the process says where it is

    def slow(number: int) -> str:
        time.sleep(0.1)
        return str(number)

    assert list(run(slow, 8, jobs=1, patience=0.25)) == [str(number) for number in range(8)]


def test_patience_has_no_upper_limit() -> None:
    assert list(run(str, 2, patience=1e9)) == ["0", "1"]


def test_a_result_that_is_larger_than_any_pipe_arrives() -> None:
    assert [len(each) for each in run(lambda number: str(number) * 5_000_000, 4)] == [5_000_000] * 4


def test_results_that_nobody_takes_are_not_piled_up(tmp_path: Path) -> None:
    def mark(number: int) -> str:
        (tmp_path / str(number)).touch()
        return "x" * 10_000

    running = run(mark, 5000)
    next(running)
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) < 1000
    running.close()


def test_an_early_piece_that_takes_long_holds_up_nobody_for_good() -> None:
    def slow_first(number: int) -> str:
        if number == 0:
            time.sleep(0.5)
        return str(number) + "x" * 100_000

    assert [each.partition("x")[0] for each in run(slow_first, 100, jobs=3)] == [str(number) for number in range(100)]


@pytest.mark.parametrize("taken", [0, 1, 40])
def test_who_stops_early_leaves_no_process_behind(taken: int) -> None:
    def slow(number: int) -> str:
        time.sleep(0.005)
        return str(number)

    running = run(slow, 100)
    for _ in range(taken):
        next(running)
    running.close()
    assert_no_child_is_left()


def test_what_is_being_written_is_given_up_cleanly(tmp_path: Path) -> None:
    def write(number: int) -> str:
        if number == 1:
            file = tmp_path / "unfinished"
            file.touch()
            try:
                time.sleep(60)
            finally:
                file.unlink()
        return str(number)

    running = run(write, 4)
    next(running)
    while not (tmp_path / "unfinished").exists():
        time.sleep(0.01)
    running.close()
    assert not (tmp_path / "unfinished").exists()


def test_a_process_that_will_not_end_is_killed() -> None:
    def stubborn(number: int) -> str:
        while number == 1:
            try:
                time.sleep(60)
            except BaseException:
                continue
        return str(number)

    running = run(stubborn, 2)
    next(running)
    time.sleep(0.1)
    running.close()
    assert_no_child_is_left()


def test_an_error_of_who_takes_the_results_leaves_no_process_behind() -> None:
    def fail(number: int, reason: str) -> str:
        raise LookupError(number, reason)

    def die(number: int) -> str:
        return str(1 // (3 - number))

    running = shared(die, 100, jobs=2, failed=fail)
    with pytest.raises(LookupError, match="ZeroDivisionError"):
        list(running)
    assert_no_child_is_left()


def test_one_run_within_another_and_one_in_a_child() -> None:
    def inner(number: int) -> str:
        return ",".join(run(str, number))

    found = [(each, "".join(run(str, 3))) for each in run(inner, 5)]
    assert found == [(text, "012") for text in ["", "0", "0,1", "0,1,2", "0,1,2,3"]]


@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True)])
def test_an_interrupt_around_the_fork_is_one_of_this_process_alone(
    before: bool, after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of this process that an interrupt unwinds would come out of the ``except`` as we do."""
    fork, parent = os.fork, os.getpid()

    def interrupted() -> int:
        if before:
            os.kill(os.getpid(), signal.SIGINT)
        process = fork()
        if after:
            os.kill(os.getpid(), signal.SIGINT)  # in both
        return process

    monkeypatch.setattr(os, "fork", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(run(str, 4))
    finally:
        if os.getpid() != parent:
            (tmp_path / "came out").touch()
            os._exit(1)
    assert_no_child_is_left()
    assert not (tmp_path / "came out").exists()


def test_an_end_that_comes_when_the_work_is_done_unwinds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, mask = os.getpid(), signal.pthread_sigmask

    def ended(how: int, signals: frozenset[int]) -> object:
        if os.getpid() != parent and how == signal.SIG_BLOCK and signals:
            os.kill(os.getpid(), signal.SIGTERM)
        return mask(how, signals)

    monkeypatch.setattr(signal, "pthread_sigmask", ended)
    try:
        assert list(run(str, 4)) == ["0", "1", "2", "3"]
    finally:
        if os.getpid() != parent:
            (tmp_path / "came out").touch()
            os._exit(1)
    assert not (tmp_path / "came out").exists()


ORPHANS = """
import os, sys, time
from newscli.pool import shared

def work(number):
    open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
    time.sleep(0.05)
    return number

for _ in shared(work, 100_000, jobs=2, failed=lambda number, reason: number):
    pass
"""


def orphans(folder: Path) -> tuple["subprocess.Popen[bytes]", list[int]]:
    """A process that has two at work, in a group of their own, and these two."""
    environment = {**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1])}
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(folder)], env=environment, start_new_session=True, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    children = [int(path.name) for path in folder.iterdir()]
    assert len(children) == 2
    return parent, children


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    parent, children = orphans(tmp_path)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, children))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_an_interrupt_from_the_terminal_is_heard_by_the_parent_alone(tmp_path: Path) -> None:
    parent, children = orphans(tmp_path)
    os.killpg(parent.pid, signal.SIGINT)
    _, errors = parent.communicate(timeout=20)
    assert errors.count(b"Traceback") == 1
    assert not any(map(is_running, children))


def test_there_is_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
