r"""F: the file and the fences around its front matter.

In the examples of all families ``␉ ␍ ␠ ␤`` stand for a tab, a carriage return, a blank and a line feed, ``\u200b`` and
``\x08`` for characters (in F001 for bytes).
"""

import re
import unicodedata
from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix, Severity
from newscli.front_matter import Fault
from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.subject import Subject

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_ODD_SPACE = re.compile("^[ \t]*([\u00a0\u3000\u2002-\u200a]+)", re.M)
_ANY_ODD = re.compile("[\u00a0\u2002-\u200b\u200d\u2028-\u202e\u2060-\u2069\u3000\ufeff]")
_EMOJI = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")  # scripts that write with joiners
_COMMENTS = re.compile("^[ \t]*#.*", re.M)
_STRAY = re.compile("\udcc2(?=[ \u00a0])|\udcc2|[\udc80-\udcff]+")


def _faults(subject: Subject, *codes: str) -> Iterator[Fault]:
    return (fault for fault in subject.front_matter.faults if fault.code in codes)


@rule("F001", "not-utf8", fix="unsafe", needs="body")
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
    Fix (unsafe): the likeliest encoding is guessed and the file is written as UTF-8.
    """
    if subject.encoding == "utf-8" and subject.certain:
        return
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
    start = 0 if subject.certain else start
    fix = Fix((), safe=False, message=f"read it as {subject.encoding} and save it as UTF-8")
    yield Hit(start, start + 1, f"not UTF-8 ({certain} {subject.encoding}); save the file as UTF-8", fix)


def _meant(stray: str) -> str:
    """What bytes that are no UTF-8 were: half of a no-break space, or Windows characters."""
    raw = stray.encode("utf-8", "surrogateescape")
    return "" if raw == b"\xc2" else raw.decode("cp1252", "replace").replace("\ufffd", "")


@rule("F002", "bom", Severity.WARNING, fix="safe")
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


@rule("F003", "line-endings", Severity.WARNING, fix="safe")
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


@rule("F004", "missing-opening-fence", fix="unsafe", needs="faults", levels={"hexo": None})
def missing_opening_fence(subject: Subject) -> Iterator[Hit]:
    """Keys stand at the top of the file without an opening fence.

    Why: only Hexo reads this form; to the others the keys are text of the body.

    Bad::

        title: A title
        date: 2022-06-07
        ---

    Good::

        ---
        title: A title
        date: 2022-06-07
        ---

    Engines: Hexo reads it; Jekyll, Hugo, PyYAML and gray-matter see no front matter.
    Fix (unsafe): ``---`` is put above the first key, and below the last where that is missing too.
    """
    front = subject.front_matter
    for fault in _faults(subject, "F004"):
        edits = [Edit(front.start, front.start, "---\n")]
        end = front.start + len(front.text)
        if front.body == end:
            edits.append(Edit(end, end, "---\n" if front.text.endswith("\n") else "\n---\n"))
        elif subject.text[end : front.body].strip() != "---":
            edits.append(Edit(end, front.body, "---\n"))
        fix = None if front.format == "members" else Fix(tuple(edits), safe=False, message="write the fence")
        yield Hit(fault.offset, fault.offset + 1, fault.message, fix)


@rule("F005", "no-front-matter", needs="faults")
def no_front_matter(subject: Subject) -> Iterator[Hit]:
    """The file has no front matter.

    Why: it has no title, no date and no layout.

    Bad::

        Only a body.

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: Jekyll publishes it with a title made of the file name; Hugo gives it the date 0001-01-01.
    """
    for fault in _faults(subject, "F005"):
        yield Hit(fault.offset, fault.offset, "no front matter; start the file with ---, keys and ---")


@rule("F006", "unclosed-front-matter", fix="unsafe", needs="faults")
def unclosed_front_matter(subject: Subject) -> Iterator[Hit]:
    """The front matter is opened and never closed.

    Why: Jekyll publishes the whole file as a body, keys and all.

    Bad::

        ---
        title: A title

        A body.

    Good::

        ---
        title: A title
        ---

        A body.

    Engines: Jekyll publishes the keys as text; Hugo stops; PyYAML's readers return nothing.
    Fix (unsafe): the closing fence is put where lines stop looking like keys.
    """
    front = subject.front_matter
    for fault in _faults(subject, "F006"):
        mark = "+++" if front.format == "toml" else "---"
        end = front.start + len(front.text)
        new = mark + "\n" if subject.text[:end].endswith(("\n", "\r")) else f"\n{mark}\n"
        fix = edit(end, end, new, f"close the front matter with {mark}", safe=False)
        yield Hit(fault.offset, fault.offset + 3, fault.message, fix)


@rule("F007", "text-before-front-matter", fix="safe", needs="faults", levels=only("jekyll", level=Severity.WARNING))
def text_before_front_matter(subject: Subject) -> Iterator[Hit]:
    """Blank lines stand before the front matter.

    Why: the fence must be the first thing in the file.

    Bad::


        ---
        title: A title
        ---

    Good::

        ---
        title: A title
        ---

    Engines: to Jekyll it is no front matter; gray-matter returns nothing; Hugo and python-frontmatter accept it.
    Fix (safe): the blank lines are deleted.
    """
    for fault in _faults(subject, "F007"):
        mark = 1 if subject.text.startswith("\ufeff") else 0
        end = len(subject.text) - len(subject.text[mark:].lstrip(" \t\r\n\u00a0\u3000"))
        fix = edit(mark, end, "", "delete the blank lines", safe=True)
        yield Hit(fault.offset, fault.offset, "blank lines before the front matter; delete them", fix)


@rule("F008", "delimiter-trailing-space", Severity.WARNING, fix="safe")
def delimiter_trailing_space(subject: Subject) -> Iterator[Hit]:
    r"""A fence is followed by white space.

    Why: the site generators accept it, other tools do not.

    Bad::

        ---␠␠
        title: A title
        ---

    Good::

        ---
        title: A title
        ---

    Engines: all accept it.
    Fix (safe): the white space is deleted.
    """
    front = subject.front_matter
    if subject.has_usual_fences or not front.format or front.start == 0:
        return
    for start, end in ((0, front.start), (front.start + len(front.text), front.body)):
        fence = subject.text[start:end].rstrip("\r\n")
        bare = fence.rstrip(" \t")
        if bare and len(bare) < len(fence):
            at = start + len(bare)
            fix = edit(at, start + len(fence), "", "delete the white space", safe=True)
            yield Hit(at, start + len(fence), "white space behind the fence; delete it", fix)


@rule("F009", "odd-delimiter", Severity.WARNING, fix="safe")
def odd_delimiter(subject: Subject) -> Iterator[Hit]:
    """A fence is not exactly ``---``.

    Why: what one engine takes for a fence, another takes for text.

    Bad::

        ----
        title: A title
        ----

    Good::

        ---
        title: A title
        ---

    Engines: ``----``: no front matter for Jekyll, an error for Hugo, accepted by python-frontmatter.
    ``...`` as the closing fence: accepted by Jekyll, an error for Hugo, nothing for python-frontmatter.
    Fix (safe): the fence is written as ``---``.
    """
    front = subject.front_matter
    if subject.has_usual_fences or front.format != "yaml":
        return
    end = front.start + len(front.text)
    closing = subject.text[end : front.body].strip()
    odd = [fault.offset for fault in _faults(subject, "F009")]
    if not odd and closing != "...":
        return
    edits = []
    opening = subject.text[: front.start].rstrip("\r\n \t")
    bare = opening.lstrip("\ufeff \t\r\n")
    if bare != "---" and bare:
        edits.append(Edit(len(opening) - len(bare), len(opening), "---"))
    if closing and closing != "---":
        edits.append(Edit(end, end + len(closing), "---"))
    at = odd[0] if odd else end
    fix = Fix(tuple(edits), safe=_is_dashes(bare), message="write the fence as ---")
    shown = (bare if odd and at < front.start else closing)[:20]
    yield Hit(at, at + len(shown), f"{shown} is no fence that all engines read; write exactly ---", fix)


def _is_dashes(fence: str) -> bool:
    return not fence.strip("-")


@rule("F010", "empty-front-matter")
def empty_front_matter(subject: Subject) -> Iterator[Hit]:
    """There is nothing between the fences.

    Why: a post without title and date is of no use in a list.

    Bad::

        ---
        ---
        A body.

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: all accept it and make up a title.
    """
    front = subject.front_matter
    if not subject.data and front.format and not _COMMENTS.sub("", front.text).strip():
        yield Hit(*subject.opening, "the front matter is empty; write at least a title")


@rule("F011", "wrong-format", fix="unsafe", levels={"hugo": None, "astro": None, "pyyaml": None})
def wrong_format(subject: Subject) -> Iterator[Hit]:
    """The front matter is TOML or JSON where the engine reads YAML only.

    Why: to Jekyll it is text of the body.

    Bad::

        +++
        title = "A title"
        +++

    Good::

        ---
        title: "A title"
        ---

    Engines: Hugo and python-frontmatter read all three; Jekyll reads YAML only; Hexo reads YAML and JSON.
    Fix (unsafe): the front matter is written as YAML, with its comments.
    """
    front = subject.front_matter
    if front.format not in ("toml", "json", "members") or (subject.engine == "hexo" and front.format != "toml"):
        return
    fix = _as_yaml(subject) if subject.data and not front.faults else None
    yield Hit(0, 3, f"{front.format.upper()} front matter, which {subject.engine} does not read; write YAML", fix)


def _as_yaml(subject: Subject) -> Fix | None:
    from newscli.emit import EmitError, write_head

    front = subject.front_matter
    try:
        head, _ = write_head(subject.text[: front.body], front, "yaml")
    except EmitError:
        return None
    return edit(0, front.body, head, "write the front matter as YAML", safe=False)


@rule("F012", "control-character", fix="safe")
def control_character(subject: Subject) -> Iterator[Hit]:
    r"""A control character in the front matter.

    Why: YAML forbids it, and PyYAML refuses the whole block without naming a line.

    Bad::

        ---
        title: "A\x08 title"
        ---

    Good::

        ---
        title: "A title"
        ---

    Engines: Jekyll publishes the post without title, date and layout; Hugo accepts it; PyYAML raises.
    Fix (safe): the character is deleted.
    """
    if subject.is_plain:
        return
    front = subject.front_matter
    for match in _CONTROL.finditer(front.text):
        at = front.start + match.start()
        fix = edit(at, at + 1, "", "delete the character", safe=True)
        yield Hit(at, at + 1, f"control character U+{ord(match.group()):04X}; delete it", fix)


@rule("F013", "invisible-character", Severity.WARNING, fix="safe")
def invisible_character(subject: Subject) -> Iterator[Hit]:
    r"""An invisible character in the front matter, or an odd blank as indentation.

    Why: a zero-width or bidirectional character makes two equal-looking titles or tags differ; a key indented with a
    no-break or ideographic space becomes a key of its own, with the space in its name.

    Bad::

        ---
        title: "A\u200b title"
        ---

    Good::

        ---
        title: "A title"
        ---

    Engines: all keep the characters; an indentation by U+00A0 or U+3000 makes a top-level key everywhere.
    Fix (safe): the character is deleted; odd blanks in the indentation become plain ones.
    """
    front = subject.front_matter
    if front.text.isascii() or not _ANY_ODD.search(front.text):
        return
    for match in _ODD_SPACE.finditer(front.text):
        start, end = front.start + match.start(1), front.start + match.end(1)
        fix = edit(start, end, "  " * len(match[1]), "indent with plain blanks", safe=True)
        yield Hit(front.start + match.start(), end, f"indented with U+{ord(match[1][0]):04X}; use plain blanks", fix)
    for match in _INVISIBLE.finditer(front.text):
        if _is_needed(front.text, match.start()):
            continue
        at = front.start + match.start()
        fix = edit(at, at + 1, "", "delete the character", safe=True)
        yield Hit(at, at + 1, f"invisible character U+{ord(match.group()):04X}; delete it", fix)


def _is_needed(text: str, at: int) -> bool:
    """Whether a joiner belongs to an emoji or to a script written with joiners."""
    if text[at] not in "\u200d\u2060":
        return False
    around = text[max(0, at - 2) : at] + text[at + 1 : at + 2]
    return bool(_EMOJI.search(around) or _JOINING.search(around))


@rule("F014", "file-name-encoding", Severity.WARNING)
def file_name_encoding(subject: Subject) -> Iterator[Hit]:
    r"""The file name is not in Unicode's composed form, not UTF-8, or longer than 255 bytes.

    Why: the same name is then two files on some systems, or cannot be checked out at all.

    Bad::

        ==> _posts/2022-06-07-cafe\u0301.md <==
        ---
        title: A title
        ---

    Good::

        ==> _posts/2022-06-07-caf\u00e9.md <==
        ---
        title: A title
        ---

    Engines: all take the name as it is.
    """
    name = subject.name
    if name.isascii() and len(name) <= 255:
        return
    if any("\ud800" <= character <= "\udfff" for character in name):
        yield Hit(0, 0, "the file name is not UTF-8; rename the file")
    elif not unicodedata.is_normalized("NFC", name):
        yield Hit(0, 0, "the file name is in decomposed form (NFD); rename the file to the composed form (NFC)")
    elif len(name.encode()) > 255:
        yield Hit(0, 0, "the file name is longer than 255 bytes; rename the file")


@rule("F015", "unreadable", needs="own")
def unreadable(_subject: Subject) -> Iterator[Hit]:
    """The file cannot be read: no permission, a dead link, a folder with a post's name.

    Why: no engine can publish what it cannot read.

    Bad::

        ==> _posts/2022-06-07-folder.md/inner.txt <==
        A folder whose name is that of a post.

    Good::

        ---
        title: A title
        ---

    Engines: Jekyll and Hugo skip the file or stop.
    """
    return iter(())
