"""B: the text of the body."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix, Severity
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.text import fold

_CONTINUES = "\u0080-\u00bf" + re.escape(bytes(range(0x80, 0xA0)).decode("cp1252", "ignore"))
"""What the second and later bytes of a character in UTF-8 are in Windows-1252."""
_MOJIBAKE = re.compile(
    "锟斤拷|烫烫烫|屯屯屯|锘�|â€[\u0080-\u00bf\u2018-\u201e\u02dc\u2122œ\u0153\u017e]?|Ã[\u0080-\u00bf©¨¼¶¤±³]|Â[\u00a0-\u00bf]|ï»¿|ï¿½|\ufffd+"
    f"|(?:[\u00e0-\u00ef][{_CONTINUES}]{{2}}){{2,}}|\u00f0\u0178[{_CONTINUES}]{{2}}|(?:[\u00d0\u00d1][{_CONTINUES}]){{3,}}"
)
_SECOND = re.compile(
    r"\s*(---[ \t]*\r?\n(?:[A-Za-z_][\w-]*[ \t]*:(?:[ \t][^\n]*)?\r?\n(?:[ \t-][^\n]*\r?\n)*)+---[ \t]*(?:\r?\n|\Z))"
)
_SECOND_TOML = re.compile(r"\s*(\+\+\+[ \t]*\r?\n(?:[^\n]*\n)*?\+\+\+[ \t]*(?:\r?\n|\Z))")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HEADING = re.compile(
    r"\s*(?:#[ \t]+(?P<hash>[^\n]+?)[ \t#]*(?:\n|\Z)|(?P<under>[^\n]+)\n=+[ \t]*(?:\n|\Z)"
    r"|<h1[^<>]*>(?P<tag>[^<]*)</h1>\s*)"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INDENT = re.compile("(?:^|(?<=<p>)|(?<=<br>)|(?<=<br/>)|(?<=<br />))(?:\u3000{1,4})", re.M)
_MOJIBAKE_BYTES = tuple(
    text.encode() for text in ("锟斤拷", "烫烫烫", "屯屯屯", "锘", "â€", "Ã", "Â", "ï»¿", "ï¿½", "\ufffd")
)


def _starts_oddly(subject: Subject) -> bool:
    """Whether a body may be empty, or start with a fence."""
    start = subject.front_matter.body
    return subject.text[start : start + 200].lstrip()[:3] in ("", "---", "+++", "<!-")


@rule("B801", "empty-body", Severity.WARNING, when=_starts_oddly)
def empty_body(subject: Subject) -> Iterator[Hit]:
    """There is nothing below the front matter.

    Why: readers find an empty page.

    Bad::

        ---
        title: A title
        ---

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: all publish it.
    """
    front = subject.front_matter
    if not front.format or _COMMENT.sub("", subject.body).strip():
        return
    if subject.name.startswith("_index.") or any(fault.code == "F006" for fault in front.faults):
        return
    if "redirect_to" in subject.data or "external_link" in subject.data or "redirect" in subject.data:
        return
    yield Hit(front.body, front.body, "the body is empty")


@rule(
    "B802",
    "mojibake",
    Severity.WARNING,
    default=False,
    fix="unsafe",
    needs="body",
    needles=_MOJIBAKE_BYTES,
    patterns=(b"\xc3[\x90\x91\xa0-\xb0][\xc2\xc5\xc6\xcb\xe2]",),
)
def mojibake(subject: Subject) -> Iterator[Hit]:
    """Characters that come of reading a text in the wrong encoding.

    Why: the text is damaged.

    Bad::

        <p>â€œhi</p>

    Good::

        <p>“hi</p>

    Engines: all publish it.
    Fix (unsafe): what was UTF-8 read as Windows-1252 is turned back; what is lost stays.
    """
    for match in _MOJIBAKE.finditer(subject.prose):
        start, end = subject.body_start + match.start(), subject.body_start + match.end()
        meant = _meant(match.group())
        fix = edit(start, end, meant, f"write {meant}", safe=False) if meant else None
        yield Hit(start, end, f"{match.group()} comes of a wrong encoding", fix)


def _meant(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


@rule("B803", "second-front-matter", when=_starts_oddly)
def second_front_matter(subject: Subject) -> Iterator[Hit]:
    """The body starts with another front matter.

    Why: only the first counts; the second is published as text.

    Bad::

        ---
        title: A title
        ---
        ---
        title: again
        ---
        A body.

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: all publish it as text, mostly as a heading between two rules.
    """
    if not subject.front_matter.format:
        return
    text, start = subject.text, subject.body_start
    if match := _SECOND.match(text, start) or _SECOND_TOML.match(text, start):
        at = match.start(1)
        yield Hit(at, at + 3, "the body starts with a second front matter; merge it into the first")


@rule("B804", "repeats-title", Severity.INFO, default=False, fix="safe")
def repeats_title(subject: Subject) -> Iterator[Hit]:
    """The body starts with a heading that is the title.

    Why: layouts show the title already.

    Bad::

        # A title

        A body.

    Good::

        A body.

    Engines: all publish both.
    Fix (safe): the heading is deleted.
    """
    title = subject.data.get("title")
    if not isinstance(title, str) or not title.strip():
        return
    match = _HEADING.match(subject.body)
    heading = (match["hash"] or match["under"] or match["tag"] or "") if match else ""
    if match and fold(heading.strip()) == fold(title.strip()):
        start = subject.body_start + match.end() - len(match.group().lstrip())
        end = subject.body_start + match.end()
        fix = edit(start, end, "", "delete the heading", safe=True)
        yield Hit(start, start + len(match.group().strip()), "the body repeats the title; delete the heading", fix)


@rule("B805", "control-character", Severity.WARNING, default=False, fix="safe")
def control_character_in_body(subject: Subject) -> Iterator[Hit]:
    r"""A control character in the body.

    Why: it is not shown, and feeds with it are no XML.

    Bad::

        A \x0c body.

    Good::

        A body.

    Engines: all publish it.
    Fix (safe): it is deleted.
    """
    for match in _CONTROL.finditer(subject.body):
        at = subject.body_start + match.start()
        fix = edit(at, at + 1, "", "delete it", safe=True)
        yield Hit(at, at + 1, f"control character U+{ord(match.group()):04X}; delete it", fix)


@rule("B806", "final-newline", Severity.INFO, default=False, fix="safe")
def final_newline(subject: Subject) -> Iterator[Hit]:
    r"""The file does not end with exactly one line feed.

    Why: tools that join or compare files expect it.

    Bad::

        A body.␤␤␤

    Good::

        A body.

    Engines: all ignore it.
    Fix (safe): one line feed is left or added.
    """
    text = subject.text
    bare = text.rstrip(" \t\r\n")
    if not bare or text[len(bare) :] in ("\n", "\r\n") or len(bare) <= subject.body_start:
        return
    end = "\r\n" if "\r\n" in text else "\n"
    fix = edit(len(bare), len(text), end, "end the file with one line feed", safe=True)
    yield Hit(len(bare), len(text), "the file should end with one line feed", fix)


@rule(
    "B807", "ideographic-indent", Severity.INFO, default=False, fix="safe", needs="body", needles=("\u3000".encode(),)
)
def ideographic_indent(subject: Subject) -> Iterator[Hit]:
    r"""Paragraphs are indented with ideographic spaces.

    Why: indentation is a matter of the style sheet; the spaces get into excerpts and searches.

    Bad::

        \u3000\u3000A body.

    Good::

        A body.

    Engines: all publish them.
    Fix (safe): all of them are deleted.
    """
    found = [(match.start(), match.end()) for match in _INDENT.finditer(subject.prose)]
    if found:
        shift = subject.body_start
        edits = tuple(Edit(shift + start, shift + end, "") for start, end in found)
        fix = Fix(edits, safe=True, message="delete the indentation")
        at = shift + found[0][0]
        yield Hit(at, shift + found[0][1], f"{len(found)} paragraphs are indented with ideographic spaces", fix)
