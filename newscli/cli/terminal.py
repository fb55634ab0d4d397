"""The streams a command talks to: what they are, how wide, whether in colour; notes and progress on stderr."""

import codecs
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TextIO, TypeVar

from newscli.text import visible

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")
ColorChoice = Literal["auto", "always", "never"]

PROGRESS_AFTER = 1.0
"""Seconds after which a progress bar appears."""
_DEFAULT_SIZE = os.terminal_size((80, 24))
_UNDECODABLE = range(0xDC80, 0xDD00)


def _encode_surrogates(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes of file names that were no UTF-8 leave as they came; other halves of surrogate pairs become escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    codes = map(ord, error.object[error.start : error.end])
    return b"".join(bytes([code - 0xDC00]) if code in _UNDECODABLE else b"\\u%04x" % code for code in codes), error.end


ENCODING_ERRORS = "newscli.surrogates"
"""The error handler with which every text of newscli can be encoded."""
codecs.register_error(ENCODING_ERRORS, _encode_surrogates)


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale, and make closed streams harmless."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=ENCODING_ERRORS)


def safe(text: str) -> str:
    """A message of one or more lines, with whatever a file may have put into it made visible."""
    return "\n".join(map(visible, text.split("\n")))


class Terminal:
    """Standard output and error of one run.

    Attributes:
        quiet: notes and progress are not wanted.
        verbose: details are wanted.
    """

    def __init__(
        self,
        *,
        color: ColorChoice = "auto",
        quiet: bool = False,
        verbose: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self._color: str = color
        self._environ = os.environ if environ is None else environ

    def use_color(self, choice: str) -> None:
        """Take the setting ``color``: auto, always or never."""
        self._color = choice

    @property
    def stdout(self) -> TextIO:
        """Where data goes."""
        return sys.stdout

    @property
    def stderr(self) -> TextIO:
        """Where everything else goes."""
        return sys.stderr

    @property
    def is_terminal(self) -> bool:
        """Whether the data is read on a terminal."""
        return self.stdout.isatty()

    @property
    def width(self) -> int:
        """Cells in a line of the window; ``COLUMNS`` has the last word."""
        return self._from_environ("COLUMNS") or self._size.columns

    @property
    def height(self) -> int:
        """Lines of the window; ``LINES`` has the last word."""
        return self._from_environ("LINES") or self._size.lines

    @property
    def color(self) -> bool:
        """Whether data is written in colour."""
        return self._in_color(self.stdout)

    @cached_property
    def console(self) -> "Console":
        """Rich on standard output."""
        return self._console(self.stdout)

    @cached_property
    def error_console(self) -> "Console":
        """Rich on standard error."""
        return self._console(self.stderr)

    def note(self, text: str) -> None:
        """Say something beside the data, unless ``--quiet``."""
        if not self.quiet:
            self.complain(text)

    def detail(self, text: str) -> None:
        """Say something that only ``--verbose`` asks for."""
        if self.verbose:
            self.complain(text)

    def complain(self, text: str) -> None:
        """Say something that must be said: an error, a warning."""
        if self.is_terminal:
            self.stdout.flush()
        self.stderr.write(safe(text) + "\n")

    def progress(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Yield the items; after a second of it show on stderr, if that is a terminal, how far they are.

        Args:
            items: what is worked through; the work is done while an item is out.
            label: what is being done, such as ``Reading``.
            total: how many there are; None when nobody knows.
        """
        if self.quiet or not self.stderr.isatty() or self._environ.get("TERM") == "dumb":
            yield from items
            return
        iterator, start, done = iter(items), time.monotonic(), 0
        for item in iterator:
            yield item
            done += 1
            if time.monotonic() - start >= PROGRESS_AFTER:
                break
        else:
            return
        from newscli.cli.progress import show

        yield from show(self.error_console, iterator, label, total, done)

    @contextmanager
    def counter(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """A function that is told of work done and of all there is; it shows them as :meth:`progress` does.

        Args:
            label: what is being done, such as ``Reading posts``.
        """
        start, done = time.monotonic(), 0
        shown: list[Callable[[int, int], None]] = []
        quiet = self.quiet or not self.stderr.isatty() or self._environ.get("TERM") == "dumb"
        with ExitStack() as stack:

            def advance(count: int, total: int) -> None:
                nonlocal done
                done += count
                if not quiet and not shown and time.monotonic() - start >= PROGRESS_AFTER:
                    from newscli.cli.progress import meter

                    shown.append(stack.enter_context(meter(self.error_console, label)))
                if shown:
                    shown[0](done, total)

            yield advance

    def _console(self, stream: TextIO) -> "Console":
        from rich.console import Console

        color = self._in_color(stream)
        return Console(
            file=stream,
            force_terminal=color or None,
            color_system="standard" if color else None,
            no_color=not color,
            width=self.width,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def _in_color(self, stream: TextIO) -> bool:
        """By ``--color``, then ``NO_COLOR``, ``FORCE_COLOR``, ``TERM`` and the stream.

        The variables: https://no-color.org, https://force-color.org; an empty one says nothing.
        """
        if self._color != "auto":
            return self._color == "always"
        if self._environ.get("NO_COLOR"):
            return False
        if self._environ.get("FORCE_COLOR"):
            return True
        return self._environ.get("TERM") != "dumb" and stream.isatty()

    def _from_environ(self, name: str) -> int:
        value = self._environ.get(name, "")
        return int(value) if value.isascii() and value.isdigit() else 0

    @cached_property
    def _size(self) -> os.terminal_size:
        """The size of whichever standard stream is a terminal: a table may be piped into a pager."""
        for descriptor in (1, 2, 0):
            try:
                size = os.get_terminal_size(descriptor)
            except OSError:
                continue
            if size.columns > 0:
                return size
        return _DEFAULT_SIZE
