"""Frames among text: a line that starts with ``<iframe>`` is HTML, and so are the lines up to the next blank one."""

import re

from newscli.converters.flanking import escape_start
from newscli.converters.marks import KEPT, Shelf, indentation

_FRAME = re.compile(rf"([ >]*(?:(?:[-*+]|[0-9]{{1,9}}[.)]) +)*){KEPT}([0-9]+){KEPT} *")
_MOST = 100
"""The most frames of a line that are parted."""


def part_frames(text: str, shelf: Shelf) -> str:
    """Markdown with a blank line after every frame at the start of a line."""
    if not shelf.frames:
        return text
    written: list[str] = []
    above = None  # the indentation of the frame on the line above
    for line in text.split("\n"):
        if above is not None and line.startswith(above) and line[len(above) :].strip():
            written.append(above.rstrip())
        above = None
        rest = line
        for _ in range(_MOST):
            frame = _FRAME.match(rest)
            if frame is None or int(frame[2]) not in shelf.frames:
                break
            above = indentation(frame[1])
            written.append(frame[0].rstrip(" "))
            rest = rest[frame.end() :]
            if not rest.strip():
                break
            written.append(above.rstrip())
            rest, above = above + escape_start(rest), None
        if above is None:
            written.append(rest)
    return "\n".join(written)
