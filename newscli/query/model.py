"""Query: the tree of terms with its two evaluators, the order and the limit."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from newscli.entry import Entry
from newscli.errors import QueryError
from newscli.query.fields import BUILT_IN
from newscli.query.meta import find
from newscli.query.order import COLUMNS, SortKey, order_key, order_sql, with_ties
from newscli.query.patterns import pattern
from newscli.query.states import State
from newscli.query.terms import Key, Origin, Sql, Term, Text, Value, too_slow
from newscli.query.tree import EVERYTHING, Node, conjunction, leaves, lines, mapped, matches, separate, where
from newscli.text import nearest, visible

UNKNOWN_FIELD = "Put it in quotation marks to search for the text itself."


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for; made by :func:`newscli.query.parse` and :func:`newscli.query.filters`.

    Attributes:
        tree: the terms.
        text: the query as typed, terms joined by blanks.
        sort: the fields to sort by; empty for the newest first.
        limit: how many posts at most; 0 for all, None when the query does not say.
    """

    tree: Node = EVERYTHING
    text: str = ""
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether the entry passes.

        Raises:
            QueryError: a regular expression takes too long.
        """
        return matches(self.tree, entry)

    def where(self) -> Sql:
        """The same as a boolean expression over the index's tables, and its parameters.

        The connection needs :func:`newscli.query.register`; run it within :meth:`guard`.
        """
        return where(self.tree)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turns SQLite's "user-defined function raised exception" into the QueryError that it stands for.

        Raises:
            QueryError: a regular expression took too long.
        """
        try:
            yield
        except Exception as error:
            for term, _ in self.leaves():
                checks = term.checks if isinstance(term, Value) else (term.check,) if isinstance(term, Key) else ()
                if any(check.kind == "regex" and pattern(check.operand).is_overdue for check in checks):
                    raise too_slow(term.origin) from error
            raise

    def order(self) -> Sql:
        """What follows ORDER BY, and its parameters; ties are broken by the path."""
        return order_sql(self.sort)

    @property
    def is_newest_first(self) -> bool:
        """Whether the order is that of a query that names none."""
        return [(key.name, key.descending) for key in with_ties(self.sort)] == [("date", True), ("path", False)]

    def order_key(self, entry: Entry) -> tuple[Any, ...]:
        """The same as a key for ``sorted``."""
        return order_key(self.sort, entry)

    def leaves(self) -> Iterator[tuple[Term, bool]]:
        """The terms from left to right, each with whether it is negated."""
        return leaves(self.tree)

    def map(self, function: Callable[[Term], Node]) -> "Query":
        """The query with every term replaced by what the function makes of it."""
        return Query(mapped(self.tree, function), self.text, self.sort, self.limit)

    def and_(self, other: "Query") -> "Query":
        """Both queries; order and limit of the other count where it has them."""
        return Query(
            conjunction(self.tree, other.tree),
            f"{self.text} {other.text}".strip(),
            other.sort or self.sort,
            self.limit if other.limit is None else other.limit,
        )

    def terms(self) -> list["Query"]:
        """Each term, a negation whole, as a query of its own whose ``text`` is what was typed."""
        return [Query(node, node.origin.typed) for node in separate(self.tree)]

    def text_terms(self) -> tuple[Text, ...]:
        """The bare words and phrases that are not negated."""
        return tuple(term for term, negated in self.leaves() if isinstance(term, Text) and not negated)

    @property
    def needs_body(self) -> bool:
        """Whether the words of the posts must have been counted and HTML looked for."""
        return any(term.needs_body for term, _ in self.leaves()) or any(key.name == "words" for key in self.sort)

    @property
    def shows_broken(self) -> bool:
        """Whether broken posts are asked for."""
        return any(isinstance(term, State) and term.name == "broken" and not negated for term, negated in self.leaves())

    def fields(self) -> tuple[tuple[str, Origin], ...]:
        """The front matter keys that are asked for or sorted by, each with where it was typed."""
        asked = [(term.key, term.origin) for term, _ in self.leaves() if term.key is not None]
        return (*asked, *((key.name, key.origin) for key in self.sort if key.name not in COLUMNS))

    def check_fields(self, known: Collection[str]) -> None:
        """Makes sure that the front matter of some post has the keys that are asked for.

        Args:
            known: the keys there are; the outermost part of nested ones will do.

        Raises:
            QueryError: a key is none of them.
        """
        have = dict.fromkeys(known)
        for name, origin in self.fields():
            parts = name.split(".")
            if not any(find(have, ".".join(parts[:count])) for count in range(1, len(parts) + 1)):
                raise self.unknown_field_error(name, origin, known)

    def unknown_field_error(self, name: str, origin: Origin, known: Collection[str]) -> QueryError:
        """The error that no post has such a key, with the field that was perhaps meant."""
        near = nearest(name, (*BUILT_IN, *known))
        return origin.error(
            f"Unknown field {visible(name)!r}." + (f" Did you mean {visible(near)}?" if near else ""), UNKNOWN_FIELD
        )

    def explain(self) -> list[str]:
        """The query in words, a term a line, groups indented."""
        told = lines(self.tree, outermost=True)
        if self.sort:
            told.append("sorted by " + ", ".join(key.explain() for key in self.sort))
        if self.limit is not None:
            told.append(f"at most {self.limit}" if self.limit else "without limit")
        return [visible(line) for line in told]
