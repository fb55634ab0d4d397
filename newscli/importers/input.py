"""Input: the bytes of a source, readable more than once; the options and limits of reading."""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from newscli.importers.article import BodyFormat
from newscli.importers.problems import Code, SourceError

HEAD = 65536
"""How many bytes of a source are looked at to find out what it is."""
MIB = 1 << 20
_SPOOLED = 16 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a source is taken before it is refused.

    Attributes:
        document: bytes of a source that can only be read as a whole (JSON object, feed, HTML page).
        item: characters of one article.
        depth: levels of nesting.
        members: files of an archive or folder.
        unpacked: bytes of all members of an archive together.
        ratio: unpacked bytes to packed bytes of one member.
    """

    document: int = 256 * MIB
    item: int = 32 * MIB
    depth: int = 200
    members: int = 200_000
    unpacked: int = 4096 * MIB
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller decides about reading.

    Attributes:
        zone: the zone of dates that are written without one.
        encoding: the character set, against whatever the source declares; empty to find out.
        mapping: field of an article -> key of a record, dotted when nested; an empty key switches a guess off.
        body_format: what bodies are written in where the source does not tell; empty to look.
        base_url: what relative addresses are relative to where the source does not tell.
        feed: the scope of the ids; empty for what the source says.
        limits: how much is taken.
    """

    zone: tzinfo = UTC
    encoding: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    body_format: BodyFormat | None = None
    base_url: str = ""
    feed: str = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Input:
    """A source as bytes.

    Attributes:
        name: what messages call it: a path as typed, an address, ``-``.
        open: opens it from its start, as often as needed; an OSError where it cannot.
        url: where it was fetched from; empty for a file.
        charset: what the HTTP header said; empty otherwise.
        folder: the folder, where the source is one; there are no bytes then.
    """

    name: str
    open: Callable[[], IO[bytes]]
    url: str = ""
    charset: str = ""
    folder: Path | None = None

    @classmethod
    def of_bytes(cls, name: str, content: bytes, *, url: str = "", charset: str = "") -> "Input":
        """A source in memory."""
        return cls(name, lambda: io.BytesIO(content), url, charset)

    @classmethod
    def of_path(cls, path: Path, name: str = "") -> "Input":
        """A file or a folder; called as its path is written unless ``name`` says otherwise."""
        return cls(name or str(path), lambda: path.open("rb"), folder=path if path.is_dir() else None)

    @classmethod
    @contextmanager
    def of_stream(cls, name: str, stream: BinaryIO) -> Iterator["Input"]:
        """A stream that can be read once only, such as stdin: kept for the context, on disk when it is long."""
        with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spool:
            shutil.copyfileobj(stream, spool)
            yield cls(name, lambda: io.BufferedReader(_View(cast("BinaryIO", spool))))

    def head(self, size: int = HEAD) -> bytes:
        """The first bytes; none of a folder."""
        if self.folder:
            return b""
        with self.open() as stream:
            return stream.read(size)

    def read(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            SourceError: there are more than ``limit``, or it is a folder.
            OSError: it cannot be read.
        """
        if self.folder:
            raise SourceError(Code.UNREADABLE, "is a folder, not a file")
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise SourceError(Code.TOO_BIG, f"is larger than {limit:,} bytes")
        return content


class _View(io.RawIOBase):
    """A stream over another with a position of its own; closing it leaves the other open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset, whence = offset + self._position, io.SEEK_SET
        self._position = self._stream.seek(offset, whence)
        return self._position

    def readinto(self, buffer: Any) -> int:
        self._stream.seek(self._position)
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)
