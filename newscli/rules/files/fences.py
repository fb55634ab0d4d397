"""F007-F009: how the fences are written."""

from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix, Severity
from newscli.rules.files.faults import faults_of, is_unusual
from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.subject import Subject


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
    for fault in faults_of(subject, "F007"):
        mark = 1 if subject.text.startswith("\ufeff") else 0
        end = len(subject.text) - len(subject.text[mark:].lstrip(" \t\r\n\u00a0\u3000"))
        fix = edit(mark, end, "", "delete the blank lines", safe=True)
        yield Hit(fault.offset, fault.offset, "blank lines before the front matter; delete them", fix)


@rule("F008", "delimiter-trailing-space", Severity.WARNING, fix="safe", when=is_unusual)
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
        if start == 0 and not subject.text[:end].endswith(("\n", "\r")):
            continue  # the keys stand on the line of the fence: F009
        fence = subject.text[start:end].rstrip("\r\n")
        bare = fence.rstrip(" \t")
        if bare and len(bare) < len(fence):
            at = start + len(bare)
            fix = edit(at, start + len(fence), "", "delete the white space", safe=True)
            yield Hit(at, start + len(fence), "white space behind the fence; delete it", fix)


@rule("F009", "odd-delimiter", Severity.WARNING, fix="safe", when=is_unusual)
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
    odd = [fault.offset for fault in faults_of(subject, "F009")]
    if not odd and closing != "...":
        return
    opening = subject.text[: front.start].rstrip("\r\n \t")
    bare = opening.lstrip("\ufeff \t\r\n")
    at = odd[0] if odd else end
    edits = [*_opening(subject, opening, bare), *_closing(subject, end, closing)]
    fix = Fix(tuple(edits), safe=_is_dashes(bare) and not _is_flowed(subject), message="write the fence as ---")
    shown = (bare if odd and at < front.start else closing)[:20]
    yield Hit(at, at + len(shown), f"{shown} is no fence that all engines read; write exactly ---", fix)


def _is_flowed(subject: Subject) -> bool:
    """Whether keys stand on the line of the opening fence."""
    return subject.text[: subject.front_matter.start][-1:] not in ("", "\n", "\r")


def _opening(subject: Subject, opening: str, bare: str) -> Iterator[Edit]:
    if _is_flowed(subject):
        yield Edit(len(opening), subject.front_matter.start, "\n")
    elif bare and bare != "---":
        yield Edit(len(opening) - len(bare), len(opening), "---")


def _closing(subject: Subject, end: int, closing: str) -> Iterator[Edit]:
    if not closing:
        return
    mark = subject.text.index(closing, end)
    if mark > end:  # the fence stands on the line of the last key
        yield Edit(end, mark, "\n")
    if closing != "---":
        yield Edit(mark, mark + len(closing), "---")


def _is_dashes(fence: str) -> bool:
    return not fence.strip("-")
