"""``full``: each finding with its source line, a caret under the place, and the fix.

Widths are cells: the caret is right under Chinese characters and emoji. A line wider than the window is cut around the
place. Control and invisible characters are shown as escapes.
"""

from collections.abc import Iterator, Sequence

from newscli.finding import Finding, span_of
from newscli.findings import Findings
from newscli.formats import View, one_line
from newscli.formats.colors import STYLES, paint
from newscli.formats.concise import heading
from newscli.text import display_width, truncate, visible

NARROWEST = 20
"""Cells that a source line gets at least, however narrow the window."""
LONGEST_MARK = 40
"""Cells of the line under the source at most."""


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield a block of lines a finding, an empty line behind it."""
    for finding in findings.flat():
        yield "\n".join([heading(finding, view), *_details(finding, view), "\n"])


def _details(finding: Finding, view: View) -> Iterator[str]:
    margin = " " * len(str(finding.line))
    bar = paint("|", "34", view)
    if finding.source_line.strip():
        room = max(NARROWEST, view.width - len(margin) - 4)
        source, caret = excerpt(finding, room)
        yield f"{margin} {bar}"
        yield f"{paint(str(finding.line), '34', view)} {bar} {source}".rstrip()
        blank = caret[: len(caret) - len(caret.lstrip())]
        yield f"{margin} {bar} {blank}{paint(caret.lstrip(), STYLES[finding.severity], view)}"
    for path, line, message in finding.related:
        yield f"{margin} = see {one_line(path, view)}:{line}: {one_line(message, view)}"
    if finding.fix is not None:
        flag = "--fix" if finding.fix.safe else "--unsafe-fixes"
        yield f"{margin} = fix ({flag}): {one_line(finding.fix.message, view)}"


def excerpt(finding: Finding, room: int) -> tuple[str, str]:
    """The source line as shown, and the line under it with carets under the place.

    Args:
        finding: what to show.
        room: cells for the source line.
    """
    line, start, end_line, end = span_of(finding)
    text = finding.source_line.removeprefix("\ufeff")  # a byte order mark takes no column
    characters: Sequence[str] = text if text.isprintable() else [visible(character) for character in text]
    first = min(start - 1, len(characters))
    last = min(end - 1, len(characters)) if end_line == line else len(characters)
    before, marked, after = (
        "".join(characters[:first]),
        "".join(characters[first:last]),
        "".join(characters[last:]),
    )
    before = _tail(before, room // 2)
    marked = _head(marked, max(1, min(LONGEST_MARK, room - display_width(before))))
    after = _head(after, room - display_width(before) - display_width(marked))
    return before + marked + after, " " * display_width(before) + "^" * max(1, display_width(marked))


def _head(text: str, width: int) -> str:
    """The beginning of the text, with an ellipsis where it is cut."""
    return truncate(text, width)


def _tail(text: str, width: int) -> str:
    """The end of the text, with an ellipsis where it is cut."""
    if display_width(text) <= width:
        return text
    if text.isascii():
        return "…" + text[len(text) - width + 1 :]
    kept, used = len(text), 1
    while kept and used + display_width(text[kept - 1]) <= width:
        kept -= 1
        used += display_width(text[kept])
    return "…" + text[kept:]
