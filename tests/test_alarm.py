import time
from contextlib import suppress
from threading import Thread

import pytest

from newscli.alarm import OutOfTime, time_limit
from newscli.pool import shared


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
        assert list(shared(stubborn, 2, jobs=1, failed=lambda _, reason: reason)) == ["0", "1"]


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
