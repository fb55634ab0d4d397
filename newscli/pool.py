"""Processes for much work: in order, in bounded memory, and no piece of work can stop the rest.

A process that dies over a piece of work (a crash in C, no memory), or is at it for too long, costs that piece only: the
piece has failed, another process takes its place, and the run goes on.
"""

import math
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

R = TypeVar("R")

_CHUNK = 32
"""Pieces of work sent to a process at a time."""
_AHEAD = 128
"""Results for each process that may wait for an earlier one."""
_SILENCE = 0.2
"""Seconds for which a process may keep answers to itself."""


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

    Code in C is not interrupted before it returns to Python: that is what ``patience`` of :class:`Pool` is for.
    """
    if current_thread() is not main_thread() or not hasattr(signal, "setitimer"):
        return nullcontext()
    alarm = _alarm()
    alarm.set(seconds)
    return alarm


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


Answer = tuple[int, R | None, str]
"""A piece of work, its result, and why there is none; the reason is empty when there is one."""


class _Worker(Generic[R]):
    """A process at work.

    Attributes:
        link: where pieces go to and answers come from.
        pending: the pieces it has not answered yet.
        since: when it last gave a sign of life, on the monotonic clock.
        careful: pieces that may be what another process died of: it answers each at once.
    """

    def __init__(self, function: Callable[[int], R], others: list["_Worker[R]"]) -> None:
        from multiprocessing import get_context

        self.link, theirs = get_context("fork").Pipe()
        self.pending: deque[int] = deque()
        self.careful = 0
        self.since = time.monotonic()
        foreign = [self.link, *(other.link for other in others)]
        self.process = get_context("fork").Process(target=_serve, args=(function, theirs, foreign), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, pieces: Sequence[int], *, careful: bool = False) -> None:
        """Send it work."""
        if not self.pending:
            self.since = time.monotonic()
        with suppress(OSError):  # it died: seen when its answer is read
            self.link.send((pieces, careful))
        self.pending += pieces
        self.careful += len(pieces) * careful

    def answers(self) -> list[Answer[R]]:
        """What it has sent.

        Raises:
            EOFError, OSError: it died.
        """
        answers: list[Answer[R]] = self.link.recv()
        for _ in answers:
            self.pending.popleft()
        self.careful = max(0, self.careful - len(answers))
        self.since = time.monotonic()
        return answers

    def end(self, *, at_once: bool = False) -> None:
        """End the process; what it is writing is given up cleanly unless ``at_once``."""
        self.link.close()
        if not at_once:
            self.process.terminate()
            self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _serve(function: Callable[[int], R], link: "Connection[Any, Any]", foreign: "list[Connection[Any, Any]]") -> None:
    """Work until nobody sends work any more."""
    for each in foreign:
        each.close()  # or it would not be noticed when the parent dies
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    with suppress(EOFError, OSError):
        while True:
            pieces, careful = link.recv()
            _work(function, pieces, link, 0.0 if careful else _SILENCE)


def _work(function: Callable[[int], R], pieces: Sequence[int], link: "Connection[Any, Any]", silence: float) -> None:
    """Do the pieces and send the answers together, after ``silence`` seconds at the latest."""
    answers: list[Answer[R]] = []
    since = time.monotonic()
    for piece in pieces:
        answers.append(_attempt(function, piece))
        if time.monotonic() - since >= silence:
            link.send(answers)
            answers = []
            since = time.monotonic()
    if answers:
        link.send(answers)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _attempt(function: Callable[[int], R], piece: int) -> Answer[R]:
    try:
        return piece, function(piece), ""
    except MemoryError:
        return piece, None, "it takes more memory than there is"
    except Exception as error:  # one piece of work never ends the run
        return piece, None, f"internal error: {type(error).__name__}: {error}"


class Pool(Generic[R]):
    """Processes that work on numbered pieces.

    Args:
        function: called with each number in another process, which begins as a copy of this one; its results must
            pickle. A piece may be done twice, when another in its chunk ends the process.
        jobs: how many processes work at a time.
        patience: seconds without an answer after which a process is given up.
        failed: what stands for the result of a piece that could not be done, given its number and the reason.
    """

    def __init__(
        self, function: Callable[[int], R], *, jobs: int, patience: float, failed: Callable[[int, str], R]
    ) -> None:
        self._function = function
        self._jobs = jobs
        self._patience = patience
        self._failed = failed
        self._workers: list[_Worker[R]] = []
        self._waiting: dict[int, R] = {}
        self._given = 0

    def results(self, count: int) -> Generator[R, None, None]:
        """The results for the numbers from 0 up to ``count``, in order."""
        shown = 0
        try:
            for _ in range(min(self._jobs, (count + 3) // 4)):
                self._workers.append(_Worker(self._function, self._workers))
            while shown < count:
                self._give(count, shown)
                self._collect()
                while shown in self._waiting:
                    yield self._waiting.pop(shown)
                    shown += 1
        finally:
            for worker in self._workers:
                worker.end()

    def _give(self, count: int, shown: int) -> None:
        """Send new work to those who have little left, but not too far ahead of what was shown."""
        most = min(count, shown + _AHEAD * len(self._workers))
        for worker in self._workers:
            if len(worker.pending) <= _CHUNK // 4 and not worker.careful and self._given < most:
                size = min(_CHUNK, max(1, (count - self._given) // (2 * len(self._workers))))
                worker.give(range(self._given, self._given + size))
                self._given += size

    def _collect(self) -> None:
        """Wait for answers, and replace the processes that died or take too long."""
        from multiprocessing.connection import wait

        busy = [worker for worker in self._workers if worker.pending]
        left = min(worker.since for worker in busy) + self._patience - time.monotonic()
        ready = wait([worker.link for worker in busy], max(0.0, left))
        for worker in busy:
            if worker.link in ready:
                try:
                    answers = worker.answers()
                except (EOFError, OSError):
                    self._replace(worker, "the process that worked on it died")
                else:
                    for piece, result, reason in answers:
                        self._waiting[piece] = self._failed(piece, reason) if reason else result  # type: ignore[assignment]
            elif time.monotonic() - worker.since >= self._patience:
                self._replace(worker, f"it took more than {self._patience:g} seconds")

    def _replace(self, dead: _Worker[R], reason: str) -> None:
        """Put a new process in the place of one that is given up.

        Which of the pieces it had was too much for it is only known when it answered each at once; else they are all
        done again, carefully.
        """
        dead.end(at_once=True)
        place = self._workers.index(dead)
        worker = _Worker(self._function, [other for other in self._workers if other is not dead])
        self._workers[place] = worker
        if dead.careful or len(dead.pending) == 1:
            lost = dead.pending.popleft()
            self._waiting[lost] = self._failed(lost, reason)
        if dead.pending:
            worker.give(list(dead.pending), careful=True)
