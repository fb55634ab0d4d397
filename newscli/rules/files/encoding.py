"""F001-F003: what the bytes of a file are."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix, Severity
from newscli.rules.files.faults import is_unusual
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_STRAY = re.compile("\udcc2(?=[ \u00a0])|\udcc2|[\udc80-\udcff]+")


def _is_other_encoding(subject: Subject) -> bool:
    return subject.encoding != "utf-8" or not subject.certain


@rule("F001", "not-utf8", fix="unsafe", when=_is_other_encoding)
def not_utf8(subject: Subject) -> Iterator[Hit]:
    r"""The file is not UTF-8.

    Why: Jekyll leaves such a post out with one line in its log, Hugo shows U+FFFD in place of the characters.

    Bad::

        ---
        title: "\xcb\xd5\xd6\xdd"
        ---

    Good::

        ---
        title: "\u82cf\u5dde"
        ---

    Engines: Jekyll skips the post; Hugo and gray-matter replace the bytes silently; PyYAML raises UnicodeDecodeError.
    Fix (unsafe): the likeliest encoding is guessed, or ``--encoding`` names it, and the file is written as UTF-8.
    """
    start = 0
    try:
        subject.raw.decode()
    except UnicodeDecodeError as error:
        start = len(subject.raw[: error.start].decode())
    else:
        return
    if subject.encoding == "utf-8":
        edits = tuple(Edit(m.start(), m.end(), _meant(m.group())) for m in _STRAY.finditer(subject.text))
        fix = Fix(edits, safe=False, message="write what the stray bytes were meant as")
        yield Hit(start, start + 1, "not UTF-8: some bytes are damaged; mend them and save the file as UTF-8", fix)
        return
    certain = "reads as" if subject.certain else "may be"
    start = 0 if subject.certain else next(place for place, byte in enumerate(subject.raw) if byte > 0x7F)
    fix = Fix((), safe=False, message=f"read it as {subject.encoding} and save it as UTF-8")
    yield Hit(start, start + 1, f"not UTF-8 ({certain} {subject.encoding}); save the file as UTF-8", fix)


def _meant(stray: str) -> str:
    """What bytes that are no UTF-8 were: half of a no-break space, or Windows characters."""
    raw = stray.encode("utf-8", "surrogateescape")
    return "" if raw == b"\xc2" else raw.decode("cp1252", "replace").replace("\ufffd", "")


@rule("F002", "bom", Severity.WARNING, fix="safe", when=is_unusual)
def bom(subject: Subject) -> Iterator[Hit]:
    r"""The file starts with a byte order mark.

    Why: python-frontmatter then finds no front matter at all; UTF-8 needs no mark.

    Bad::

        \ufeff---
        title: A title
        ---

    Good::

        ---
        title: A title
        ---

    Engines: Jekyll, Hugo and gray-matter strip it; python-frontmatter returns empty metadata.
    Fix (safe): the mark is deleted.
    """
    if subject.text.startswith("\ufeff") and subject.encoding == "utf-8":
        fix = edit(0, 1, "", "delete the byte order mark", safe=True)
        yield Hit(0, 1, "the file starts with a byte order mark; delete it", fix)


def _has_returns(subject: Subject) -> bool:
    return b"\r" in subject.raw


@rule("F003", "line-endings", Severity.WARNING, fix="safe", when=_has_returns)
def line_endings(subject: Subject) -> Iterator[Hit]:
    r"""Lines end otherwise than with a line feed.

    Why: with lone carriage returns Jekyll and gray-matter see no front matter; mixed ends make noisy diffs.

    Bad::

        ---␍
        title: A title␍
        ---␍

    Good::

        ---
        title: A title
        ---

    Engines: all four accept CRLF; lone CR is read by Hugo and PyYAML only.
    Fix (safe): every line end becomes a line feed.
    """
    if "\r" not in subject.text or (subject.encoding == "utf-8" and not subject.certain):
        return
    at = subject.text.index("\r")
    ends = [(m.start(), m.end()) for m in re.finditer(r"\r\n?", subject.text)]
    what = "CRLF" if subject.text.startswith("\r\n", at) else "a lone carriage return"
    fix = Fix(tuple(Edit(start, end, "\n") for start, end in ends), safe=True, message="end lines with line feeds")
    yield Hit(at, at + 1, f"lines end with {what}; end them with a line feed", fix)
