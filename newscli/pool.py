"""Processes for much work: in order, in bounded memory, and no piece of work can stop the rest.

A process that dies over a piece of work (a crash in C, no memory), or is at it for too long, costs that piece only: the
piece has failed, another process takes its place, and the run goes on.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

R = TypeVar("R")

_CHUNK = 16
"""Pieces of work sent to a process at a time."""
_AHEAD = 64
"""Results for each process that may wait for an earlier one."""


class OutOfTime(BaseException):
    """The time allowed is over; no ``except Exception`` on the way swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`OutOfTime` in the block when it takes longer; only in the main thread, where the system can.

    Code in C is not interrupted before it returns to Python: that is what ``patience`` of :func:`run` is for.
    """

    def ring(_number: int, _frame: FrameType | None) -> NoReturn:
        raise OutOfTime

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except (AttributeError, ValueError):  # no such signal, or not the main thread
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


class _Worker(Generic[R]):
    """A process at work.

    Attributes:
        link: where pieces go to and results come from.
        pending: the pieces it has, the first one under way.
        since: when it last gave a sign of life, on the monotonic clock.
    """

    def __init__(self, function: Callable[[int], R], others: list["_Worker[R]"]) -> None:
        from multiprocessing import get_context

        self.link, theirs = get_context("fork").Pipe()
        self.pending: deque[int] = deque()
        self.since = time.monotonic()
        foreign = [self.link, *(other.link for other in others)]
        self.process = get_context("fork").Process(target=_serve, args=(function, theirs, foreign), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, pieces: range) -> None:
        """Send it work."""
        if not self.pending:
            self.since = time.monotonic()
        with suppress(OSError):  # it died: seen when its answer is read
            self.link.send(pieces)
        self.pending += pieces

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
            for piece in link.recv():
                link.send((piece, *_attempt(function, piece)))


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _attempt(function: Callable[[int], R], piece: int) -> tuple[R | None, str]:
    try:
        return function(piece), ""
    except MemoryError:
        return None, "it takes more memory than there is"
    except Exception as error:  # one piece of work never ends the run
        return None, f"internal error: {type(error).__name__}: {error}"


def run(
    function: Callable[[int], R],
    count: int,
    *,
    jobs: int,
    patience: float,
    failed: Callable[[int, str], R],
) -> Iterator[R]:
    """The results of a function for the numbers from 0 up to ``count``, in order.

    Args:
        function: called in another process, which begins as a copy of this one; its results must pickle.
        count: how many pieces of work there are.
        jobs: how many processes work at a time.
        patience: seconds without a result after which a process is given up.
        failed: what stands for the result of a piece that could not be done, given its number and the reason.
    """
    workers: list[_Worker[R]] = []
    waiting: dict[int, R] = {}
    given = shown = 0
    try:
        for _ in range(min(jobs, (count + 3) // 4)):
            workers.append(_Worker(function, workers))
        while shown < count:
            for worker in workers:
                if len(worker.pending) <= _CHUNK // 4 and given < min(count, shown + _AHEAD * len(workers)):
                    size = max(1, min(_CHUNK, (count - given) // (2 * len(workers))))
                    worker.give(range(given, given + size))
                    given += size
            _collect(function, workers, waiting, patience, failed)
            while shown in waiting:
                yield waiting.pop(shown)
                shown += 1
    finally:
        for worker in workers:
            worker.end()


def _collect(
    function: Callable[[int], R],
    workers: list[_Worker[R]],
    waiting: dict[int, R],
    patience: float,
    failed: Callable[[int, str], R],
) -> None:
    """Wait for results, and replace the processes that died or take too long."""
    from multiprocessing.connection import wait

    busy = [worker for worker in workers if worker.pending]
    left = min(worker.since for worker in busy) + patience - time.monotonic()
    ready = wait([worker.link for worker in busy], max(0.0, left))
    for worker in busy:
        if worker.link in ready:
            try:
                piece, result, reason = worker.link.recv()
            except (EOFError, OSError):
                reason = "the process that worked on it died"
            else:
                worker.pending.popleft()
                worker.since = time.monotonic()
                waiting[piece] = failed(piece, reason) if reason else result
                continue
        elif time.monotonic() - worker.since < patience:
            continue
        else:
            reason = f"it took more than {patience:g} seconds"
        lost = worker.pending.popleft()
        waiting[lost] = failed(lost, reason)
        _replace(function, workers, worker)


def _replace(function: Callable[[int], R], workers: list[_Worker[R]], dead: _Worker[R]) -> None:
    """Put a new process in the place of one that is given up, with the work it had left."""
    place = workers.index(dead)
    dead.end(at_once=True)
    workers[place] = _Worker(function, [worker for worker in workers if worker is not dead])
    for piece in dead.pending:
        workers[place].give(range(piece, piece + 1))
