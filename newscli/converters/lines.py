"""Which line of a body a line of what was made of it comes from."""

from bisect import bisect_right
from collections.abc import Callable, Iterable

from newscli.converters.marks import NUMBERED, Shelf

LineOf = Callable[[int], int]
"""From a line of the text that was made to the line of the text it was made of, both from 1."""


class _Lines:
    """Pairs of lines where both texts go on side by side."""

    def __init__(self) -> None:
        self._made = [1]
        self._was = [1]

    def pair(self, made: int, was: int) -> None:
        self._made.append(made)
        self._was.append(was)

    def find(self, line: int) -> int:
        number = bisect_right(self._made, line) - 1
        return self._was[number] + line - self._made[number]


def of_pieces(pieces: Iterable[tuple[str, int]]) -> LineOf:
    """The lines of pieces that were put together, each with the line that its first line comes from."""
    lines = _Lines()
    made = 1
    for text, was in pieces:
        count = text.count("\n")
        lines.pair(made + count - text.lstrip("\n").count("\n"), was)
        made += count
    return lines.find


def of_stand_ins(text: str, taken: Shelf, put: Shelf | None = None) -> LineOf:
    """The lines of a text from which pieces were taken, and into which others were put.

    Args:
        text: the text with the stand-ins in it.
        taken: what they stand for.
        put: what came in their places; without it the text stays as it is.
    """
    lines = _Lines()
    made = was = 1
    done = 0
    for stand_in in NUMBERED.finditer(text):
        between = text.count("\n", done, stand_in.start())
        done = stand_in.end()
        made, was = made + between, was + between
        new = put.restore(stand_in[0]) if put else ""
        lines.pair(made + len(new) - len(new.lstrip("\n")), was)
        made, was = made + new.count("\n"), was + taken.restore(stand_in[0]).count("\n")
        lines.pair(made, was)
    return lines.find
