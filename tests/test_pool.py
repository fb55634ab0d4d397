import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

import newscli
from newscli.pool import OutOfTime, Pool, cores, time_limit

Failed = Callable[[int, str], str]


def failed(number: int, reason: str) -> str:
    return f"{number} failed: {reason}"


def results(function: Callable[[int], str], count: int, *, jobs: int = 2, patience: float = 20) -> list[str]:
    return list(Pool(function, jobs=jobs, patience=patience, failed=failed).results(count))


@pytest.mark.parametrize("count", [0, 1, 5, 700])
@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_order(count: int, jobs: int) -> None:
    assert results(str, count, jobs=jobs) == [str(number) for number in range(count)]


def test_the_work_is_done_in_other_processes() -> None:
    found = results(lambda _: str(os.getpid()), 64)
    assert str(os.getpid()) not in found


def test_an_exception_costs_one_piece() -> None:
    def divide(number: int) -> str:
        if number == 3:
            raise MemoryError
        return str(12 // (number - 1))

    assert results(divide, 5) == [
        "-12",
        "1 failed: internal error: ZeroDivisionError: integer division or modulo by zero",
        "12",
        "3 failed: it takes more memory than there is",
        "4",
    ]


def test_a_crash_costs_one_piece() -> None:
    def crash(number: int) -> str:
        if number in (7, 30, 31):
            os.kill(os.getpid(), signal.SIGKILL)
        return str(number)

    found = results(crash, 200)
    for number in (7, 30, 31):
        assert found[number] == f"{number} failed: the process that worked on it died"
    assert [each for each in found if each.isdigit()] == [str(n) for n in range(200) if n not in (7, 30, 31)]


def test_code_that_cannot_be_interrupted_costs_one_piece() -> None:
    def hang(number: int) -> str:
        if number == 2:
            ctypes.PyDLL(None).sleep(60)  # holds the lock of the interpreter: no signal handler runs
        return str(number)

    start = time.monotonic()
    assert results(hang, 4, patience=0.5) == ["0", "1", "2 failed: it took more than 0.5 seconds", "3"]
    assert time.monotonic() - start < 20


def test_results_that_nobody_takes_are_not_piled_up(tmp_path: Path) -> None:
    def mark(number: int) -> str:
        (tmp_path / str(number)).touch()
        return str(number)

    running = Pool(mark, jobs=2, patience=20, failed=failed).results(5000)
    assert next(running) == "0"
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) < 1000
    running.close()


def test_who_stops_early_leaves_no_process_behind(tmp_path: Path) -> None:
    def slow(number: int) -> str:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.01)
        return str(number)

    running = Pool(slow, jobs=2, patience=20, failed=failed).results(100)
    next(running)
    running.close()
    for process in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(process.name), 0)


ORPHANS = """
import os, sys, time
from newscli.pool import Pool

def work(number):
    open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
    time.sleep(0.05)
    return number

for _ in Pool(work, jobs=2, patience=9, failed=lambda number, reason: number).results(100_000):
    pass
"""


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1])}
    parent = subprocess.Popen([sys.executable, "-c", ORPHANS, str(tmp_path)], env=environment)
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    children = [int(path.name) for path in tmp_path.iterdir()]
    assert len(children) == 2
    parent.kill()
    parent.wait()
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, children))


def test_a_time_limit_ends_what_takes_longer() -> None:
    def stubborn() -> None:
        while True:
            try:
                time.sleep(5)
            except Exception:
                continue

    with pytest.raises(OutOfTime), time_limit(0.05):
        stubborn()


def test_a_time_limit_that_is_kept_rings_no_more() -> None:
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    with time_limit(20):
        time.sleep(0.1)


def test_each_has_the_time_it_was_given() -> None:
    for seconds in (20, 0.02, 20, 0.02):
        over = time.monotonic() + 0.1
        try:
            with time_limit(seconds):
                while time.monotonic() < over:
                    time.sleep(0.01)
        except OutOfTime:
            assert seconds < 1
        else:
            assert seconds > 1


def test_a_child_has_an_alarm_of_its_own() -> None:
    def stubborn(number: int) -> str:
        with suppress(OutOfTime), time_limit(0.05):
            time.sleep(20)
        return str(number)

    with time_limit(60):
        assert results(stubborn, 2) == ["0", "1"]


def test_outside_the_main_thread_there_is_no_limit() -> None:
    done: list[str] = []

    def work() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
            done.append("done")

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["done"]


def test_there_is_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
