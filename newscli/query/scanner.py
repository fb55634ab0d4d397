"""The scanner of queries: words, quotation marks, fields and operators, with their places."""

import re
from collections.abc import Mapping

from newscli.errors import QueryError
from newscli.query.fields import BUILT_IN, LISTED, Piece, canonical
from newscli.query.terms import Origin

LONGEST = 10_000
"""How many characters a query may have."""

QUOTE_IT = "Put it in quotation marks to search for the text itself."
OPENING, CLOSING = "(（", ")）"
MARKS = "-^"
QUOTES = '"“”'

_COMMAS = ",，"
_CLOSED_BY = {'"': '"', "“": "”“", "”": "”“"}
_FIELD = r"([^\W\d][\w.\-]*)([:：][=~]?|~)"
_OPERATORS = {"OR": "OR", "AND": "AND", "NOT": "NOT", "|": "OR", "｜": "OR"}
_TIME_OF_DAY = r"[\d:+\-.Zz]+"
_NO_BLANKS = frozenset({"sort", "limit", "is", "has", "no", "words", "id", "draft"})


class Scanner:
    """Reads a text from left to right.

    Attributes:
        text: the whole query.
        position: the offset of what is read next.
        spans: words of the command line with blanks in them, start to end.
    """

    def __init__(self, text: str, spans: Mapping[int, int]) -> None:
        self.text = text
        self.position = 0
        self.spans = spans
        self._refuse_unreadable()

    def _refuse_unreadable(self) -> None:
        if len(self.text) > LONGEST:
            message = f"The query is too long: {len(self.text):,} characters, {LONGEST:,} are allowed."
            raise QueryError(message, self.text[:40] + "…", 0)
        try:
            bad = self.text.find("\0")
            self.text.encode()
        except UnicodeEncodeError as error:
            bad = error.start
        if bad >= 0:
            raise self.error("This character is in no post: it is not valid UTF-8, or NUL.", at=bad)

    def error(self, message: str, hint: str = "", at: int | None = None) -> QueryError:
        """The error whose caret stands at an offset, or at what is read next."""
        return QueryError(message, self.text, self.position if at is None else at, hint)

    def origin(self, start: int) -> Origin:
        """What was read since ``start``."""
        return Origin(self.text, start, self.position)

    def skip(self) -> None:
        """Steps over blanks; the ideographic one is one."""
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1

    def is_at(self, characters: str) -> bool:
        """Whether one of the characters comes next."""
        return self.text[self.position : self.position + 1] in (*characters,)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.position >= len(self.text)

    def operator(self) -> str:
        """The operator that comes next: ``AND``, ``OR``, ``NOT``, or an empty string."""
        return operator_at(self.text, self.position)

    def take_operator(self, operator: str) -> bool:
        """Steps over the operator if it comes next."""
        self.skip()
        if self.operator() != operator:
            return False
        self.position += 1 if self.is_at("|｜") else len(operator)
        return True

    def take_mark(self) -> bool:
        """Steps over ``-`` or ``^`` before a term."""
        following = self.text[self.position + 1 : self.position + 2]
        if not self.is_at(MARKS) or not following or following.isspace():
            return False
        self.position += 1
        return True

    def field(self) -> tuple[str, str] | None:
        """Steps over the name and operator of a field if one comes next."""
        match = field_at(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        return match[1], match[2].replace("：", ":").replace(":~", "~")

    def pieces(self, name: str, operator: str, end: int | None) -> tuple[Piece, ...]:
        """The values of a field, up to ``end`` where blanks belong to it.

        Raises:
            QueryError: a value is missing, or its quotation marks are not right.
        """
        is_listed = operator == ":" and canonical(name) in LISTED
        pieces = [self._piece(name, operator, end, is_listed=is_listed)]
        while is_listed and self.is_at(_COMMAS):
            self.position += 1
            pieces.append(self._piece(name, operator, end, is_listed=True))
        return tuple(pieces)

    def _piece(self, name: str, operator: str, end: int | None, *, is_listed: bool) -> Piece:
        start = self.position
        if self.is_at(QUOTES):
            piece = self.quoted(unescape=operator != "~")
            if not (self.is_done or self.text[self.position].isspace() or self.is_at(CLOSING + _COMMAS * is_listed)):
                raise self.error("A blank is missing after the quotation mark.")
            return piece
        stop = _COMMAS if is_listed else ""
        self.position = self._end_of_word(stop, end, escapes=operator == "~")
        text = self.text[start : self.position].strip()
        if not text:
            is_first = self.text[start - 1] not in _COMMAS
            message = f"{name}{operator} needs a value." if is_first else "A value is missing beside the comma."
            raise self.error(message, f"Write it without blanks, or in quotation marks: {name}{operator}x", at=start)
        if text[0] in OPENING and operator != "~" and not is_closed(text):
            hint = "Several values stand with commas between, as in tag:a,b. A text can stand in quotation marks."
            raise self.error("Nothing closes this parenthesis.", hint, at=start)
        return Piece(text, self.origin(start))

    def word(self) -> str:
        """A word without syntax."""
        start = self.position
        self.position = self._end_of_word("", None, escapes=False)
        return self.text[start : self.position]

    def _end_of_word(self, stop: str, end: int | None, *, escapes: bool) -> int:
        """Where the word ends: before a blank, a stop, or a parenthesis that it did not open; at ``end`` if given."""
        position, depth = self.position, 0
        last = len(self.text) if end is None else end
        while position < last:
            character = self.text[position]
            if character in stop or (end is None and character.isspace()):
                break
            if character in CLOSING and depth == 0:
                break
            depth += (character in OPENING) - (character in CLOSING)
            position += 2 if escapes and character == "\\" else 1
        return min(position, last)

    def quoted(self, *, unescape: bool = True) -> Piece:
        r"""The text between quotation marks; ``\"`` is a mark in it.

        Raises:
            QueryError: nothing stands between them, or the second is missing.
        """
        start = self.position
        closing = _CLOSED_BY[self.text[start]]
        match = re.compile(rf"(?s)((?:\\.|[^{closing}\\])*)[{closing}]").match(self.text, start + 1)
        if match is None:
            raise self.error("The quotation mark is never closed.")
        self.position = match.end()
        text = re.sub(r'\\(["“”\\])', r"\1", match[1]) if unescape else match[1]
        if not text.strip():
            raise self.error("The quotation marks hold nothing.", at=start)
        return Piece(text, Origin(self.text, *match.span(1)), quoted=True)

    def shell_phrase(self, start: int, end: int) -> bool:
        """Whether a word of the command line, its marks read, is a phrase whose quotation marks the shell took."""
        return all(map(is_plain, self.text[start:end].split()))

    def shell_value(self, start: int, end: int) -> bool:
        """Whether such a word is a field whose value has blanks in it."""
        match = field_at(self.text, start)
        if match is None or self.text[match.end()] in QUOTES or canonical(match[1]) in _NO_BLANKS:
            return False
        first, *rest = self.text[match.end() : end].split()
        if canonical(match[1]) == "date":
            return all(re.fullmatch(_TIME_OF_DAY, piece) for piece in rest)
        return is_balanced(first) and all(map(is_plain, rest))


def operator_at(text: str, position: int) -> str:
    """The operator at the place, a blank, a parenthesis or nothing behind it; an empty string when there is none."""
    for word, operator in _OPERATORS.items():
        if text.startswith(word, position):
            following = text[position + len(word) : position + len(word) + 1]
            return operator if not following or following.isspace() or following in OPENING + CLOSING else ""
    return ""


def field_at(text: str, position: int) -> re.Match[str] | None:
    """The name and operator of a field at the place.

    No field are the beginning of a URL, a name in other than ASCII letters before a full-width colon or a tilde (both
    are punctuation in Chinese), and a name that is not built in with nothing behind its colon.
    """
    match = re.compile(_FIELD).match(text, position)
    if match is None or (match[2] in (":", "：") and text.startswith("//", match.end())):
        return None
    if not match[1].isascii() and match[2] != ":" and not match[2].startswith(":"):
        return None
    return match


def is_plain(piece: str) -> bool:
    """Whether a piece between two blanks holds no syntax."""
    if operator_at(piece, 0) or not is_balanced(piece) or piece[0] in (*OPENING, *QUOTES):
        return False
    if piece[0] in (*MARKS, "@") and len(piece) > 1:
        return False
    match = field_at(piece, 0)
    return match is None or (match.end() == len(piece) and canonical(match[1]) not in BUILT_IN)


def is_balanced(piece: str) -> bool:
    """Whether no parenthesis closes in it that did not open in it."""
    depth = 0
    for character in piece:
        depth += (character in OPENING) - (character in CLOSING)
        if depth < 0:
            return False
    return True


def is_closed(piece: str) -> bool:
    """Whether as many parentheses close in it as open."""
    return sum((character in OPENING) - (character in CLOSING) for character in piece) == 0
