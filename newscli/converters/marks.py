"""Characters that stand in for markup while a library reads or writes a body.

Unicode reserves U+FDD0 to U+FDEF as *noncharacters*, "for internal use": no text may hold them, no HTML parser changes
them and no Markdown writer escapes them. Every stand-in starts with one of them; :func:`clean` and
:func:`clean_references` make sure that the input brings none along.
"""

import re

EMPHASIS = "\ufdd0"
"""Leads a mark of emphasis; the next character says which, see :mod:`newscli.converters.flanking`."""
INLINE = "\ufdd1"
"""Leads a piece of inline markup; the next character is a key of :data:`INLINE_MARKUP`."""
KEPT = "\ufdd2"
"""Stands before and after the number of a piece of text that was taken out and will be put back."""
PART = "\ufdd3"
"""Stands alone in a paragraph between pieces of HTML that are written together."""

BREAK = INLINE + "n"
"""A line break where Markdown has none: in a heading or a cell of a table."""
NOTHING = INLINE + "0"
"""Nothing at all; it keeps apart what must not be taken together."""
COMMENT = INLINE + "x"
"""A comment: it keeps apart what must not touch."""
GAP = INLINE + "-"
"""A paragraph of nothing else than this becomes a blank line."""
INLINE_MARKUP = {
    "0": "",
    "-": "",
    "x": "<!-- -->",
    "n": "<br>",
    "u": "<sup>",
    "U": "</sup>",
    "d": "<sub>",
    "D": "</sub>",
    "c": "<code>",
    "C": "</code>",
    "k": "<kbd>",
    "K": "</kbd>",
    "a": "&amp;",
    "|": "\\|",
    "{": "\\{",
    "l": "&#123;",
}

_REFERENCE = re.compile(r"&#(?:0*6497[6-9](?![0-9])|[xX]0*[fF][dD][dD][0-3](?![0-9a-fA-F]));?")
_STANDS_IN = re.compile(f"[{EMPHASIS}-{PART}]")
_INLINE = re.compile(f"{INLINE}(.)")
_GAP_LINE = re.compile(f"^[ >]*{GAP}(?:\n[ >]*$)?\n?", re.M)
_NO_QUOTE = re.compile(r"[^>\s]")
NUMBERED = re.compile(f"{KEPT}([0-9]+){KEPT}")
"""A stand-in for a piece of a shelf."""


def is_dirty(text: str) -> bool:
    """Whether the text holds characters of ours."""
    return EMPHASIS in text or INLINE in text or KEPT in text or PART in text


def clean(text: str) -> str:
    """The text with U+FFFD in place of characters of ours."""
    return _STANDS_IN.sub("\ufffd", text)


def clean_references(html: str) -> str:
    """The HTML with U+FFFD in place of references to characters of ours."""
    return _REFERENCE.sub("\ufffd", html) if "&" in html and "&#" in html else html


def markup(text: str) -> str:
    """The text with its inline marks written as markup."""
    if GAP in text:
        text = _GAP_LINE.sub("", text)
    return _INLINE.sub(lambda match: INLINE_MARKUP[match[1]], text) if INLINE in text else text


class Shelf:
    """Pieces of text that were taken out, each under a number.

    Args:
        newline: the line end of the text they return to.

    Attributes:
        pieces: what was taken out.
        addresses: the numbers of the pieces that are addresses of links; see :mod:`newscli.converters.references`.
    """

    def __init__(self, newline: str = "\n") -> None:
        self.newline = newline
        self.pieces: list[str] = []
        self.addresses: set[int] = set()
        self._indented: set[int] = set()

    def put(self, piece: str, *, indented: bool = False) -> str:
        """Take a piece; what is returned stands in for it.

        With ``indented`` all its lines get the indentation, or the marks of quotes, of the place it returns to.
        """
        number = len(self.pieces)
        self.pieces.append(piece)
        if indented:
            self._indented.add(number)
        return f"{KEPT}{number}{KEPT}"

    def put_address(self, address: str) -> str:
        """Take the address of a link that is to be written by reference."""
        self.addresses.add(len(self.pieces))
        return self.put(address)

    def on_one_line(self, html: str) -> str:
        """HTML with the pieces that are HTML of several lines back in their places, without the line ends."""
        return NUMBERED.sub(self._flat, html) if self._indented else html

    def _flat(self, match: re.Match[str]) -> str:
        number = int(match[1])
        return self.on_one_line(self.pieces[number].replace("\n", "")) if number in self._indented else match[0]

    def restore(self, text: str) -> str:
        """The text with every piece back in its place; pieces may hold stand-ins of pieces taken before them."""
        while KEPT in text:
            restored = NUMBERED.sub(self._piece, text)
            if restored == text:
                break
            text = restored
        return text

    def _piece(self, match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(self.pieces):
            return match[0]
        piece = self.pieces[number]
        if number in self._indented and "\n" in piece:
            text = match.string
            before = text[text.rfind(self.newline[-1], 0, match.start()) + 1 : match.start()]
            piece = piece.replace("\n", self.newline + _NO_QUOTE.sub(" ", before))
        return piece

    def lost(self, text: str, first: int = 0) -> list[str]:
        """The pieces from number ``first`` on whose stand-in is neither in the text nor in a piece that is."""
        waiting = [text]
        there: set[int] = set()
        while waiting:
            for number in map(int, NUMBERED.findall(waiting.pop())):
                if number not in there:
                    there.add(number)
                    waiting.append(self.pieces[number])
        return [piece for number, piece in enumerate(self.pieces) if number >= first and number not in there]
