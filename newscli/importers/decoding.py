"""The text of a source: which character set it is in, and its characters, as a whole or in chunks."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from newscli import charsets
from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError
from newscli.importers.input import HEAD, Input, Options
from newscli.importers.problems import Code, warning

CHUNK = 1 << 18
_HINT = "name the right character set with --encoding"


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
    """Bytes of a source as text; what cannot be decoded becomes U+FFFD, with a warning."""
    if options.encoding:
        return _with(_asked(options), content, source.name)
    decoded = charsets.decode_declared(content, http=source.charset or None)
    text = decoded.text.removeprefix("\ufeff")
    if decoded.certain:
        return Text(text)
    return Text(text, (_uncertain(source.name, decoded.encoding),))


def iter_text(source: Input, options: Options, found: list[Diagnostic]) -> Iterator[str]:
    """The text in chunks, whatever the source's size; what is wrong with its bytes is appended to ``found``.

    The source is read twice: once to see that its bytes are text in the character set, once for the text.
    """
    encoding = _encoding(source, options, found)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with source.open() as stream:
        first = True
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            yield text.removeprefix("\ufeff") if first else text
            first = False
        yield decoder.decode(b"", final=True)


def _encoding(source: Input, options: Options, found: list[Diagnostic]) -> str:
    asked = _asked(options) if options.encoding else charsets.declared(source.head(), http=source.charset or None)
    candidates = [asked] if options.encoding else [asked, "utf-8"]
    for name in filter(None, candidates):
        if _is_text(source, name):
            return name
    if asked:
        found.append(_broken(source.name, asked))
        return asked
    sample = source.read(options.limits.document) if _fits(source, options) else source.head()
    guess = charsets.decode(sample)
    found.append(_uncertain(source.name, guess.encoding))
    return guess.encoding


def _fits(source: Input, options: Options) -> bool:
    with source.open() as stream:
        return stream.seek(0, 2) <= options.limits.document


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


def _asked(options: Options) -> str:
    try:
        return codecs.lookup(options.encoding).name
    except LookupError:
        raise ConfigError(f"there is no character set {options.encoding!r}") from None


def _with(encoding: str, content: bytes, name: str) -> Text:
    try:
        return Text(content.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace").removeprefix("\ufeff")
        return Text(text, (_broken(name, encoding),))


def _broken(name: str, encoding: str) -> Diagnostic:
    return warning(name, Code.BYTES, f"some bytes are no {encoding} and were replaced; {_HINT}")


def _uncertain(name: str, encoding: str) -> Diagnostic:
    return warning(name, Code.BYTES, f"declares no character set that fits: read as {encoding}; else {_HINT}")


__all__ = ["CHUNK", "HEAD", "Text", "decode", "iter_text", "read_text"]
