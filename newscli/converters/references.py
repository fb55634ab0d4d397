"""Links by reference: ``[text][1]``, with ``[1]: address`` behind the last piece of HTML.

An engine writes links as ever, but with stand-ins for their addresses. So no text is taken for a link, and all pieces
of a body share one list of numbers, none of which the Markdown of the body uses.
"""

import re

from newscli.converters.marks import KEPT, Shelf

_USED = re.compile(r"\[([0-9]{1,9})\]")
_LINK = re.compile(rf'\]\(<?{KEPT}([0-9]+){KEPT}>?((?: "(?:[^"\\]|\\.)*")?)\)')
_NEEDS_BRACKETS = re.compile(r"[\s()<>]|\A\Z")
_NO_ADDRESS = {ord("\n"): "%0A", ord("<"): "%3C", ord(">"): "%3E"}


class References:
    """The numbers of the links of a body.

    Args:
        body: the body, before anything is done with it.
    """

    def __init__(self, body: str) -> None:
        self._used = set(map(int, _USED.findall(body)))
        self._numbers: dict[str, int] = {}  # by what defines them
        self._last = 0

    def write(self, text: str, shelf: Shelf) -> str:
        """Converted text with numbers in place of the addresses that are on the shelf for it."""

        def refer(match: re.Match[str]) -> str:
            if int(match[1]) not in shelf.addresses:
                return match[0]
            return f"][{self._number(_address(shelf.pieces[int(match[1])], shelf) + match[2])}]"

        return _LINK.sub(refer, text)

    def definitions(self) -> list[str]:
        """What the numbers mean, a line each; stand-ins in it are of the shelf."""
        return [f"[{number}]: {meaning}" for meaning, number in self._numbers.items()]

    def _number(self, meaning: str) -> int:
        if meaning not in self._numbers:
            self._last += 1
            while self._last in self._used:
                self._last += 1
            self._numbers[meaning] = self._last
        return self._numbers[meaning]


def _address(address: str, shelf: Shelf) -> str:
    """An address as a definition wants it: in ``<…>`` if it holds spaces or brackets."""
    if _NEEDS_BRACKETS.search(shelf.restore(address)):
        return f"<{address.translate(_NO_ADDRESS)}>"
    return address
