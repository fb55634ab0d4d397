"""The terms of a query: each tests an entry in Python and writes the same test as SQL over the index's tables.

The two must agree on every entry; ``where`` of a term is never NULL, so that it may be negated.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from newscli.entry import Entry
from newscli.errors import QueryError
from newscli.query.checks import Bound, Check, explain_bounds, holds_in, is_within
from newscli.text import fold

Sql = tuple[str, list[Any]]
"""A boolean SQL expression over ``posts`` and the parameters of its question marks."""

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_TOO_SLOW = "Simplify it: a repetition inside a repetition, as in (a+)+, can take for ever. f:text finds plain text."


class Origin(NamedTuple):
    """Where something was typed: ``text[start:end]``."""

    text: str
    start: int
    end: int

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.text[self.start : self.end]

    def part(self, start: int, end: int | None = None) -> "Origin":
        """A part of it, by offsets from its start."""
        return Origin(self.text, self.start + start, self.end if end is None else self.start + end)

    def error(self, message: str, hint: str = "") -> QueryError:
        """The error whose caret stands at the start."""
        return QueryError(message, self.text, self.start, hint)


NOWHERE = Origin("", 0, 0)
"""The origin of what nobody typed."""


class Term(Protocol):
    """A leaf of the tree; a module of full text may put its own in the place of :class:`Text`."""

    @property
    def origin(self) -> Origin:
        """Where it was typed."""

    @property
    def key(self) -> str | None:
        """The front matter key it asks for; None when it asks for something built in."""

    @property
    def needs_body(self) -> bool:
        """Whether it asks for what only the body tells (words, HTML)."""

    def matches(self, entry: Entry) -> bool:
        """Whether the entry passes."""

    def where(self) -> Sql:
        """The same as SQL, in parentheses where it needs them."""

    def explain(self) -> str:
        """The term in words, on one line."""


class Text(NamedTuple):
    """A bare word or phrase: in the title, the tags, the categories or the authors.

    Attributes:
        words: what was typed, without quotation marks, single blanks between the words.
        folded: the same folded.
    """

    words: str
    folded: str
    origin: Origin = NOWHERE
    key: None = None
    needs_body: bool = False

    def matches(self, entry: Entry) -> bool:
        """Whether title or names contain the words."""
        return self.folded in fold(entry.title or "") or self.folded in names_folded(entry)

    def where(self) -> Sql:
        """The same as SQL."""
        return "(ifnull(instr(title_folded, ?), 0) > 0 OR instr(names_folded, ?) > 0)", [self.folded, self.folded]

    def explain(self) -> str:
        """The words and where they are looked for."""
        return f"title, tags, categories or authors contain {self.words}"


def names_folded(entry: Entry) -> str:
    """The entry's tags, categories and authors as the index's column ``names_folded`` has them."""
    return "\n".join(map(fold, (*entry.tags, *entry.categories, *entry.authors)))


class Source(NamedTuple):
    """Texts of an entry that a term can ask for, and the same in the tables.

    Attributes:
        name: the field.
        values: the texts of an entry.
        raw, folded: the SQL of one text as it stands and folded.
        sql: the SQL around the test of one text.
        folding: what makes ``folded`` of ``raw``.
    """

    name: str
    values: Callable[[Entry], Iterable[str]]
    raw: str
    folded: str
    sql: str = "({check})"
    folding: Callable[[str], str] = fold


def _optional(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def named(kind: str) -> str:
    """The posts that have a tag, category or author."""
    return "post IN (SELECT post FROM names WHERE kind = 'KIND')".replace("KIND", kind)


def _names(kind: str, values: Callable[[Entry], Iterable[str]]) -> Source:
    return Source(kind, values, "name", "folded", named(kind).removesuffix(")") + " AND ({check}))")


SOURCES = {
    "title": Source(
        "title", lambda entry: _optional(entry.title), "title", "title_folded", "(title IS NOT NULL AND ({check}))"
    ),
    "tag": _names("tag", lambda entry: entry.tags),
    "category": _names("category", lambda entry: entry.categories),
    "author": _names("author", lambda entry: entry.authors),
    "slug": Source("slug", lambda entry: (entry.slug,), "slug", "newscli_fold(slug)"),
    "layout": Source(
        "layout",
        lambda entry: _optional(entry.layout),
        "layout",
        "newscli_fold(layout)",
        "(layout IS NOT NULL AND ({check}))",
    ),
    "path": Source("path", lambda entry: (entry.path,), "path", "path", folding=str),
    "id": Source("id", lambda entry: (entry.id,), "id", "id", folding=str),
}


class Value(NamedTuple):
    """A built-in field that holds text: a tag, the title, the path; one of the checks must pass on one of its texts.

    ``Value(SOURCES["tag"], (equals("x"),))`` is answered from the index of names alone.
    """

    source: Source
    checks: tuple[Check, ...]
    origin: Origin = NOWHERE
    key: None = None
    needs_body: bool = False

    def matches(self, entry: Entry) -> bool:
        """Whether a text of the field passes a check.

        Raises:
            QueryError: a regular expression takes too long.
        """
        folding = self.source.folding
        try:
            return any(check.holds(raw, folding(raw)) for raw in self.source.values(entry) for check in self.checks)
        except TimeoutError:
            raise too_slow(self.origin) from None

    def where(self) -> Sql:
        """The same as SQL."""
        checks = " OR ".join(check.sql(self.source.raw, self.source.folded) for check in self.checks)
        return self.source.sql.format(check=checks), [check.operand for check in self.checks]

    def explain(self) -> str:
        """The field and its checks."""
        return f"{self.source.name} " + " or ".join(check.explain() for check in self.checks)


class Key(NamedTuple):
    """A key of the front matter, dotted when nested; a value under it passes the check."""

    key: str
    check: Check
    origin: Origin = NOWHERE
    needs_body: bool = False

    def matches(self, entry: Entry) -> bool:
        """Whether a value under the key passes.

        Raises:
            QueryError: a regular expression takes too long.
        """
        try:
            return holds_in(entry.meta, self.key, self.check.kind, self.check.operand)
        except TimeoutError:
            raise too_slow(self.origin) from None

    def where(self) -> Sql:
        """The same as SQL; Python is called only for posts in whose front matter the key can stand."""
        call = "newscli_meta(meta, ?, ?, ?)"
        operands: list[Any] = [self.key, self.check.kind, self.check.operand]
        head, dot, _ = self.key.partition(".")
        if not self.key.replace("_", "").replace("-", "").replace(".", "").isalnum() or not self.key.isascii():
            return call, operands
        escaped = head.replace("_", r"\_")
        return (
            rf"CASE WHEN meta LIKE ? ESCAPE '\' THEN {call} ELSE 0 END",
            [f'%"{escaped}%' if dot else f'%"{escaped}"%', *operands],
        )

    def explain(self) -> str:
        """The key and its check."""
        return f"has {self.key}" if self.check.kind == "present" else f"{self.key} {self.check.explain()}"


class Period(NamedTuple):
    """The date is in a period: ``start <= date < end``, None being without end.

    Attributes:
        words: the period in words where the two ends would say less (``in the future``).
    """

    start: datetime | None
    end: datetime | None
    words: str = ""
    origin: Origin = NOWHERE
    key: None = None
    needs_body: bool = False

    def _bounds(self) -> tuple[Bound, ...]:
        ends = ((">=", self.start), ("<", self.end))
        return tuple((comparison, moment(end)) for comparison, end in ends if end is not None)

    def matches(self, entry: Entry) -> bool:
        """Whether the entry has a date, and it is in the period."""
        return entry.date is not None and is_within(moment(entry.date), self._bounds())

    def where(self) -> Sql:
        """The same as SQL."""
        bounds = self._bounds()
        checks = ("moment IS NOT NULL", *(f"moment {comparison} ?" for comparison, _ in bounds))
        return f"({' AND '.join(checks)})", [limit for _, limit in bounds]

    def explain(self) -> str:
        """The two ends, each with its offset."""
        ends = (("from", self.start), ("before", self.end))
        told = self.words or " ".join(f"{word} {_readable(end)}" for word, end in ends if end)
        return f"date {told}"


def moment(date: datetime) -> int:
    """The date as microseconds since 1970 UTC, as the index keeps it."""
    return (date - _EPOCH) // timedelta(microseconds=1)


def _readable(date: datetime) -> str:
    local = date.replace(tzinfo=None)
    clock = local.isoformat(" ", "auto" if date.second or date.microsecond else "minutes")
    return f"{clock} {date.isoformat().removeprefix(local.isoformat())}"


class Words(NamedTuple):
    """How many words the body has."""

    bounds: tuple[Bound, ...]
    origin: Origin = NOWHERE
    key: None = None
    needs_body: bool = True

    def matches(self, entry: Entry) -> bool:
        """Whether the words were counted and are within the bounds."""
        return entry.words is not None and is_within(entry.words, self.bounds)

    def where(self) -> Sql:
        """The same as SQL."""
        checks = ("words IS NOT NULL", *(f"words {comparison} ?" for comparison, _ in self.bounds))
        return f"({' AND '.join(checks)})", [limit for _, limit in self.bounds]

    def explain(self) -> str:
        """The bounds."""
        return f"words {explain_bounds(self.bounds)}"


def too_slow(origin: Origin) -> QueryError:
    """The error of a regular expression that takes too long."""
    return origin.error("The regular expression takes too long.", _TOO_SLOW)
