"""Mended: files as they are after mending, waiting until what shows across all posts is known."""

from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import IO

from newscli.finding import FileResult

_IN_MEMORY = 16 << 20
"""Bytes from which on the results wait in a temporary file."""


class MendedFiles:
    """The results of files that had something to mend, by path; all are kept before the first is read.

    Attributes:
        facts: what is compared across posts, of the files that changed, as they are now.
    """

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self._places: dict[str, int] = {}

    @cached_property
    def _spool(self) -> IO[bytes]:
        from tempfile import SpooledTemporaryFile

        return SpooledTemporaryFile(max_size=_IN_MEMORY)

    def __enter__(self) -> "MendedFiles":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._places:
            self._spool.close()

    def __contains__(self, path: str) -> bool:
        return path in self._places

    def __getitem__(self, path: str) -> FileResult:
        import pickle

        self._spool.seek(self._places[path])
        result: FileResult = pickle.load(self._spool)  # noqa: S301 - written by this process
        return result

    def keep(self, result: FileResult, facts: str | None) -> None:
        """Keep a result; the facts are None where the file stays as it is."""
        import pickle

        self._places[result.path] = self._spool.tell()
        pickle.dump(result, self._spool, pickle.HIGHEST_PROTOCOL)
        if facts is not None:
            self.facts[result.path] = facts

    def reader(self, read: Callable[[str], bytes]) -> Callable[[str], bytes]:
        """The bytes of a file as it is after mending; ``read`` gives those of the others."""

        def bytes_of(path: str) -> bytes:
            data = self[path].fixed_bytes if path in self.facts else None
            return read(path) if data is None else data

        return bytes_of
