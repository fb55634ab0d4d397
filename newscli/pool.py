"""Work in other processes: results in order, in bounded memory, and no piece of work can stop the rest.

A process that dies over a piece of work (a crash in C, no memory), or is at it for too long, costs that piece only: the
piece has failed, another process takes its place, and the run goes on.

Every process has its share of the pieces from the start, and a pipe of its own for what comes of them; a process that
is far ahead of what was asked for waits at its pipe.
"""

import gc
import math
import os
import pickle
import signal
import struct
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle
from mmap import mmap
from types import FrameType
from typing import Generic, NoReturn, TypeVar

R = TypeVar("R")

_BATCH = 32
"""Answers that are sent together at most."""
_SILENCE = 0.2
"""Seconds for which a process may keep answers to itself."""
_PIPE = 1 << 20
"""Bytes of answers that may wait for an earlier one, where the system lets us choose (Linux)."""
_GRACE = 0.5
"""Seconds a process has to give up cleanly what it is writing."""
_LONGEST = 2**31 - 1
"""The most milliseconds that the system waits at a time."""
_LENGTH = struct.Struct("<Q")

Answer = tuple[R | None, str]
"""What came of a piece, and why nothing did; the reason is empty when something did."""


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def shared(
    function: Callable[[int], R],
    count: int,
    *,
    jobs: int,
    failed: Callable[[int, str], R],
    joins: float = 0.0,
    patience: float = math.inf,
) -> Generator[R, None, None]:
    """The results of a function for the numbers from 0 up to ``count``, in order, worked out in other processes.

    Where the system cannot copy a process, everything is done in this one.

    Args:
        function: called with each number in a copy of this process; its results must pickle. A piece may be done
            twice, when the process that did it ends before its answer was sent.
        count: how many pieces there are.
        jobs: how many processes work at a time; this one is among them when it joins in.
        failed: what stands for the result of a piece that could not be done, given its number and the reason.
        joins: the part of the pieces that this process does itself, between the others' answers.
        patience: seconds over one piece after which a process is given up.
    """
    here = [math.ceil(joins * (piece + 1)) > math.ceil(joins * piece) for piece in range(count)]
    there = [piece for piece, is_here in enumerate(here) if not is_here]
    number = min(jobs - (joins > 0), len(there)) if hasattr(os, "fork") else 0
    children: list[_Child[R]] = []
    try:
        for place in range(number):
            children.append(_Child(function, there[place::number], patience))
            children[-1].start()
        turns = cycle(children)
        for piece, is_here in enumerate(here):
            result, reason = _attempt(function, piece) if is_here or not children else next(turns).answer()
            yield failed(piece, reason) if reason else result  # type: ignore[misc]
    finally:
        _end(children)


def _attempt(function: Callable[[int], R], piece: int) -> Answer[R]:
    try:
        return function(piece), ""
    except MemoryError:
        return None, "it takes more memory than there is"
    except Exception as error:  # one piece of work never ends the run
        return None, f"internal error: {type(error).__name__}: {error}"


class _LostError(Exception):
    """A process is of no use any more; ``str()`` says why."""


_readers: set[int] = set()
"""Where the answers to this process come from; a copy must let go, or nobody would notice when this one dies."""


class _Child(Generic[R]):
    """A process with its share of the work, and whoever takes its place."""

    def __init__(self, function: Callable[[int], R], pieces: Sequence[int], patience: float) -> None:
        self._function = function
        self._pieces = pieces
        self._patience = patience
        self._place = memoryview(mmap(-1, 8)).cast("q")  # where it is in its share; it tells us as it goes
        self._received = 0
        self._waiting: deque[Answer[R]] = deque()
        self._lost: dict[int, str] = {}
        self._reader = -1
        self._process = 0

    def start(self) -> None:
        """Begin where the answers end."""
        self._place[0] = self._received
        self._reader, writer = os.pipe()
        _readers.add(self._reader)
        _widen(writer)
        try:
            with _uninterrupted():
                self._process = os.fork()
                if self._process == 0:
                    try:
                        try:
                            self._live(writer)
                        finally:  # past this line no signal can raise anything, before it only once
                            signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
                    finally:
                        os._exit(0)
        finally:
            os.close(writer)

    def answer(self) -> Answer[R]:
        """What came of the next piece of its share."""
        while not self._waiting:
            try:
                self._waiting += self._receive()
            except _LostError as lost:
                self._replace(str(lost))
        return self._waiting.popleft()

    def _replace(self, reason: str) -> None:
        """Put another process in its place, which leaves out what it was at."""
        self.stop(signal.SIGKILL)
        self.reap(math.inf)
        self._lost[max(self._received, self._place[0])] = reason
        self.start()

    # Receiving

    def _receive(self) -> list[Answer[R]]:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        answers: list[Answer[R]] = pickle.loads(self._read(length))  # noqa: S301 - from our own child
        self._received += len(answers)
        return answers

    def _read(self, size: int) -> bytearray:
        data = bytearray()
        while len(data) < size:
            if self._patience < math.inf:
                self._wait()
            part = os.read(self._reader, min(size - len(data), _PIPE))
            if not part:
                raise _LostError("the process that worked on it died")
            data += part
        return data

    def _wait(self) -> None:
        """Wait until there is something to read, for as long as the process gets on."""
        from select import POLLIN, poll

        readable = poll()
        readable.register(self._reader, POLLIN)
        place = -1
        while not readable.poll(min(1000 * self._patience, _LONGEST)):
            if place == self._place[0]:
                raise _LostError(f"it took more than {self._patience:g} seconds")
            place = self._place[0]

    def stop(self, number: signal.Signals) -> None:
        """Read no more, and tell the process to end."""
        if self._reader >= 0:
            os.close(self._reader)
            _readers.discard(self._reader)
            self._reader = -1
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, number)

    def reap(self, until: float) -> None:
        """Wait for the end of the process; from a moment of the monotonic clock on by force."""
        if not self._process:
            return
        with suppress(ChildProcessError):
            while os.waitpid(self._process, os.WNOHANG)[0] == 0:
                if time.monotonic() >= until:
                    os.kill(self._process, signal.SIGKILL)
                time.sleep(0.002)
        self._process = 0

    # In the other process

    def _live(self, writer: int) -> None:
        """The life of the process. Whoever is interrupted at the keyboard is its parent, which ends it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        gc.freeze()
        for reader in _readers:
            os.close(reader)
        _readers.clear()
        since, answers = time.monotonic(), []
        for place in range(self._received, len(self._pieces)):
            self._place[0] = place
            lost = self._lost.get(place)
            answers.append((None, lost) if lost else _attempt(self._function, self._pieces[place]))
            if len(answers) == _BATCH or time.monotonic() - since >= _SILENCE:
                _send(writer, answers)
                since, answers = time.monotonic(), []
        _send(writer, answers)


def _send(writer: int, answers: list[Answer[R]]) -> None:
    data = pickle.dumps(answers, pickle.HIGHEST_PROTOCOL)
    with os.fdopen(writer, "wb", closefd=False) as stream:
        stream.write(_LENGTH.pack(len(data)))
        stream.write(data)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: on the way out nothing else may be raised
    raise SystemExit


def _end(children: "Sequence[_Child[R]]") -> None:
    """End the processes and what they are doing."""
    with _uninterrupted():
        for child in children:
            child.stop(signal.SIGTERM)
        until = time.monotonic() + _GRACE
        for child in children:
            child.reap(until)


_SIGNALS = frozenset([signal.SIGINT, signal.SIGTERM])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back what would end this process from outside, until the block is left."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # raises KeyboardInterrupt when there was one just now
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _widen(pipe: int) -> None:
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
