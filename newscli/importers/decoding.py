"""The text of a source: which character set it is in, and its characters, as a whole or in chunks."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscli import charsets
from newscli.diagnostics import Diagnostic
from newscli.importers.input import Input, Options
from newscli.importers.problems import Code, warning

CHUNK = 1 << 18
"""How many bytes are read at once."""
_HINT = "name the right character set with --encoding"
_STRAY = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and what was wrong with its bytes."""

    text: str
    problems: tuple[Diagnostic, ...] = ()


def read_text(source: Input, options: Options) -> Text:
    """The whole source as text.

    Raises:
        SourceError: it is longer than the limit for documents.
        OSError: it cannot be read.
        ConfigError: the encoding asked for does not exist.
    """
    return decode(source.read(options.limits.document), source, options)


def decode(content: bytes, source: Input, options: Options) -> Text:
    """Bytes of a source as text; what cannot be decoded becomes U+FFFD, with a warning.

    Raises:
        ConfigError: the encoding asked for does not exist.
    """
    decoded = charsets.decode_declared(content, http=_header(source), encoding=options.encoding or None)
    text = _STRAY.sub("\ufffd", decoded.text).removeprefix("\ufeff")
    if options.encoding and decoded.encoding != (asked := _asked(options)):  # the user knows better than the bytes
        return Text(content.decode(asked, "replace").removeprefix("\ufeff"), (_broken(source.name, asked),))
    if decoded.certain:
        return Text(text)
    problem = _broken if "\ufffd" in text else _uncertain
    return Text(text, (problem(source.name, decoded.encoding),))


def iter_text(source: Input, options: Options, found: list[Diagnostic]) -> Iterator[str]:
    """The text in chunks, whatever the source's size; what is wrong with its bytes is appended to ``found``.

    The source is read twice: once to see that its bytes are text in the character set, once for the text.
    """
    decoder = codecs.getincrementaldecoder(_encoding(source, options, found))("replace")
    is_first = True
    with source.open() as stream:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            yield text.removeprefix("\ufeff") if is_first else text
            is_first = False
        yield decoder.decode(b"", final=True)


def _header(source: Input) -> str | None:
    return f"charset={source.charset}" if source.charset else None


def _asked(options: Options) -> str:
    """Python's name of the encoding asked for."""
    return charsets.decode_declared(b"", encoding=options.encoding).encoding


def _encoding(source: Input, options: Options, found: list[Diagnostic]) -> str:
    """The character set of a source, and in ``found`` what is wrong when not all of its bytes are text in it."""
    if options.encoding:
        name = _asked(options)
        if not _is_text(source, name):
            found.append(_broken(source.name, name))
        return name
    head = source.head()
    name = charsets.declared(head, http=_header(source)) or ""
    if name:  # the head may show that it is UTF-8 all the same
        whole_lines = head[: head.rfind(b"\n") + 1] if name[:6] not in ("utf-16", "utf-32") else b""
        name = charsets.decode_declared(whole_lines, http=_header(source)).encoding if whole_lines else name
    for candidate in filter(None, dict.fromkeys((name, "utf-8"))):
        if _is_text(source, candidate):
            return candidate
    if name:
        found.append(_broken(source.name, name))
        return name
    guess = charsets.decode(source.read(options.limits.document) if _size(source) <= options.limits.document else head)
    problem = _broken if _STRAY.search(guess.text) else _uncertain
    found.append(problem(source.name, guess.encoding))
    return guess.encoding


def _size(source: Input) -> int:
    with source.open() as stream:
        return stream.seek(0, 2)


def _is_text(source: Input, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.open() as stream:
        try:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _broken(name: str, encoding: str) -> Diagnostic:
    return warning(name, Code.BYTES, f"some bytes are no {encoding} and were replaced; {_HINT}")


def _uncertain(name: str, encoding: str) -> Diagnostic:
    return warning(name, Code.BYTES, f"declares no character set that fits: read as {encoding}; else {_HINT}")
