"""The alarm: a limit to the time that a block of code may take."""

import math
import os
import signal
import time
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from threading import current_thread, main_thread
from types import FrameType


class OutOfTime(BaseException):
    """The time allowed is over; no ``except Exception`` on the way swallows it."""


class _Alarm:
    """The one alarm of a process; to have the system set one for every piece of work would cost more than many do."""

    def __init__(self) -> None:
        self._until = math.inf  # when the time of what is being done is over, on the monotonic clock
        self._due = math.inf  # when the system will call
        signal.signal(signal.SIGALRM, self._ring)
        os.register_at_fork(after_in_child=self._forget)

    def set(self, seconds: float) -> None:
        """Raise :class:`OutOfTime` in ``seconds``, unless it is left before."""
        now = time.monotonic()
        self._until = now + seconds
        if self._until < self._due:
            self._call(now)

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        self._until = math.inf

    def _call(self, now: float) -> None:
        """Have the system call when the time is over."""
        self._due = self._until
        signal.setitimer(signal.ITIMER_REAL, self._until - now)

    def _forget(self) -> None:
        """Know that the system will not call: a child inherits no alarm."""
        self._until = self._due = math.inf

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        self._due = math.inf
        now = time.monotonic()
        if self._until <= now:
            raise OutOfTime
        if self._until < math.inf:
            self._call(now)


_alarm = cache(_Alarm)


def time_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise :class:`OutOfTime` in the block when it takes longer; only in the main thread, where the system can.

    Code in C is not interrupted before it returns to Python: that is what ``patience`` of :func:`newscli.pool.shared`
    is for.
    """
    if current_thread() is not main_thread() or not hasattr(signal, "setitimer"):
        return nullcontext()
    alarm = _alarm()
    alarm.set(seconds)
    return alarm
