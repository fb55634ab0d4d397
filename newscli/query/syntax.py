"""The syntax of queries: from what was typed to a tree, every fault with its place."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from newscli.errors import QueryError
from newscli.query.fields import SETTINGS, Asked, Piece, build, canonical
from newscli.query.model import Query
from newscli.query.order import parse_sort
from newscli.query.scanner import CLOSING, MARKS, OPENING, QUOTE_IT, QUOTES, Scanner
from newscli.query.terms import Text
from newscli.query.tree import EVERYTHING, Node, Not, Or, conjunction
from newscli.text import fold, nearest

MOST_TERMS = 500
"""How many terms a query may have; SQLite takes expressions of a depth of 1,000."""

DEEPEST = 10
"""How many parentheses and saved queries may stand within one another; the stack of SQLite's parser holds 100 items."""

_MOST_DIGITS = 9  # of a limit

_SAVED = r"@([\w.\-]+)"


class Place(NamedTuple):
    """Where and when a query is read, and the saved queries that it may name."""

    zone: tzinfo
    now: datetime
    saved: Mapping[str, str]
    trail: tuple[str, ...] = ()


def parse(terms: Sequence[str], *, zone: tzinfo, now: datetime, saved: Mapping[str, str] | None = None) -> Query:
    """The query of the words of a command line.

    Args:
        terms: the words as the shell hands them over. One that holds blanks and no syntax is a phrase; one that is
            a single field is that field with blanks in its value: the shell took their quotation marks.
        zone: where days begin.
        now: the present, aware.
        saved: the texts of the saved queries by name.

    Raises:
        QueryError: the query cannot be understood; it says why and where.
    """
    spans, start = {}, 0
    for word in terms:
        stripped = word.strip()
        if any(map(str.isspace, stripped)):
            begin = start + word.index(stripped)
            spans[begin] = begin + len(stripped)
        start += len(word) + 1
    return Parser(" ".join(terms), Place(zone, now, saved or {}), spans).query()


class Parser(Scanner):
    """A recursive descent over the text: or, and, not, term."""

    def __init__(self, text: str, place: Place, spans: Mapping[int, int]) -> None:
        super().__init__(text, spans)
        self.place = place
        self.terms = 0
        self.depth = 0
        self.settings = Query()  # what sort: and limit: say; those of saved queries count less
        self.inherited = Query()

    def query(self) -> Query:
        """The whole."""
        tree = self._either()
        if not self.is_done:
            raise self.error("No parenthesis is open that this one could close.", QUOTE_IT)
        settings = self.inherited.and_(self.settings)
        return Query(EVERYTHING if tree is None else tree, self.text, settings.sort, settings.limit)

    def _either(self) -> Node | None:
        """Terms joined by OR, which binds least; None when there are none."""
        items: list[Node] = []
        while True:
            node = self._all()
            if node is not None:
                items.append(node)
            elif items:
                raise self.error("Nothing follows OR.")
            elif self.operator() == "OR":
                raise self.error("Nothing stands before OR.")
            if not self.take_operator("OR"):
                break
        return items[0] if len(items) == 1 else Or(tuple(items)) if items else None

    def _all(self) -> Node | None:
        """Terms joined by blanks or AND; None when there are none."""
        items: list[Node] = []
        while not self._ends_group():
            if self.take_operator("AND"):
                if not items:
                    raise self.error("Nothing stands before AND.", at=self.position - len("AND"))
                if self._ends_group() or self.operator() == "AND":
                    raise self.error("Nothing follows AND.")
            elif (item := self._one()) is not None:
                items.append(item)
        return conjunction(*items) if items else None

    def _ends_group(self) -> bool:
        self.skip()
        return self.is_done or self.is_at(CLOSING) or self.operator() == "OR"

    def _one(self) -> Node | None:
        """A term with the negations before it; None for a setting."""
        start = self.position
        is_negated = self._negations()
        end = self.spans.get(start) if not self.text[start : self.position].strip(MARKS) else None
        node = self._term(end)
        if node is None and is_negated is not None:
            raise self.error("sort: and limit: cannot be negated.", at=start)
        return Not(node, self.origin(start)) if is_negated and node is not None else node

    def _negations(self) -> bool | None:
        """Steps over the negations; None when there are none, else whether they leave a negation."""
        count = 0
        while self.take_mark() or self.take_operator("NOT"):
            count += 1
            self.skip()
        if count and (self._ends_group() or self.operator()):
            raise self.error("Nothing follows the negation.", QUOTE_IT)
        return count % 2 == 1 if count else None

    def _term(self, end: int | None) -> Node | None:
        """A term; ``end`` is where the word of the command line ends that it begins, if that holds blanks."""
        start = self.position
        if end is not None and self.shell_phrase(start, end):
            self.position = end
            return self._text(self.text[start:end], start)
        if self.is_at(OPENING):
            return self._group()
        if self.is_at(QUOTES):
            return self._text(self.quoted().text, start)
        if match := re.compile(_SAVED).match(self.text, start):
            self.position = match.end()
            return self._saved(match[1], start)
        is_value = end is not None and self.shell_value(start, end)
        if field := self.field():
            return self._field(*field, self.pieces(*field, end if is_value else None), start)
        word = self.word()
        if word in MARKS:
            raise self.error("Nothing follows the negation.", QUOTE_IT, at=start)
        return self._text(word, start)

    def _text(self, text: str, start: int) -> Node:
        self._count(1, start)
        words = " ".join(text.split())
        return Text(words, fold(words), self.origin(start))

    def _count(self, terms: int, start: int) -> None:
        self.terms += terms
        if self.terms > MOST_TERMS:
            raise self.error(f"The query is too long: {MOST_TERMS} terms are allowed.", at=start)

    def _deeper(self, start: int) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"The query is nested too deep: {DEEPEST} levels are allowed.", at=start)

    def _group(self) -> Node:
        """What stands in parentheses."""
        start = self.position
        self._deeper(start)
        self.position += 1
        node = self._either()
        if self.is_done:
            raise self.error("Nothing closes this parenthesis.", QUOTE_IT, at=start)
        if node is None:
            raise self.error("The parentheses hold nothing.", at=start)
        self.position += 1
        self.depth -= 1
        return node

    def _field(self, name: str, operator: str, pieces: tuple[Piece, ...], start: int) -> Node | None:
        """The term of a field; None for a setting."""
        self._count(len(pieces), start)
        if (setting := canonical(name)) in SETTINGS and operator == ":":
            self.settings = self.settings.and_(_setting(setting, pieces[0]))
            return None
        return build(Asked(name, operator, pieces, self.origin(start), self.place.zone, self.place.now))

    def _saved(self, name: str, start: int) -> Node:
        """The tree of a saved query; its order and limit count where this query has none."""
        saved, trail = self.place.saved, (*self.place.trail, name)
        if name not in saved:
            near = nearest(name, saved)
            message = f"There is no saved query @{name}." + (f" Did you mean @{near}?" if near else "")
            raise self.error(message, QUOTE_IT, at=start)
        if name in self.place.trail:
            raise self.error(f"The saved query refers to itself: {' > '.join(f'@{step}' for step in trail)}.", at=start)
        self._deeper(start)
        try:
            parser = Parser(saved[name], self.place._replace(trail=trail), {})
            parser.terms, parser.depth = self.terms, self.depth
            query = parser.query()
        except QueryError as error:
            message = f"In the saved query @{name}: {error.message}"
            raise QueryError(message, error.query, error.position, error.hint) from None
        self.terms = parser.terms
        self.depth -= 1
        self.inherited = self.inherited.and_(Query(sort=query.sort, limit=query.limit))
        return query.tree


def _setting(name: str, piece: Piece) -> Query:
    """The query that ``sort:`` or ``limit:`` alone is."""
    if name == "sort":
        return Query(sort=parse_sort(piece.origin))
    return Query(limit=limit_of(piece))


def limit_of(piece: Piece) -> int:
    """The number of ``limit:``.

    Raises:
        QueryError: it is none.
    """
    digits = fold(piece.text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
        raise piece.origin.error("limit: takes a number.", "limit:20, or limit:0 for all.")
    return int(digits)
