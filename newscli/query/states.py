"""States: what a post is or has, such as ``is:draft`` and ``has:title``."""

from collections.abc import Callable
from typing import NamedTuple

from newscli.entry import Entry
from newscli.query.terms import NOWHERE, Origin, Sql, named


class State(NamedTuple):
    """Something an entry is or has.

    Attributes:
        name: a key of :data:`STATES`, which reads as words.
    """

    name: str
    origin: Origin = NOWHERE
    key: None = None

    @property
    def needs_body(self) -> bool:
        """Whether only the body tells."""
        return self.name in ("html", "has words")

    def matches(self, entry: Entry) -> bool:
        """Whether the entry is so."""
        return self._known()[1](entry)

    def where(self) -> Sql:
        """The same as SQL."""
        return self._known()[0], []

    def explain(self) -> str:
        """The state."""
        return self.name

    def _known(self) -> tuple[str, Callable[[Entry], bool]]:
        """The state in both languages.

        Raises:
            QueryError: only the full text tells it.
        """
        if self.name in STATES:
            return STATES[self.name]
        raise self.origin.error(
            f"Only the text of posts tells what is {self.name}.", "Try: newscli search is:duplicate"
        )


STATES: dict[str, tuple[str, Callable[[Entry], bool]]] = {
    "draft": ("draft = 1", lambda entry: entry.draft),
    "broken": ("broken = 1", lambda entry: entry.is_broken),
    "untagged": (f"NOT {named('tag')}", lambda entry: not entry.tags),
    "undated": ("moment IS NULL", lambda entry: entry.date is None),
    "html": ("html IS 1", lambda entry: entry.html is True),
    "has title": ("title IS NOT NULL", lambda entry: entry.title is not None),
    "has date": ("moment IS NOT NULL", lambda entry: entry.date is not None),
    "has tags": (named("tag"), lambda entry: bool(entry.tags)),
    "has categories": (named("category"), lambda entry: bool(entry.categories)),
    "has authors": (named("author"), lambda entry: bool(entry.authors)),
    "has layout": ("layout IS NOT NULL", lambda entry: entry.layout is not None),
    "has words": ("ifnull(words, 0) > 0", lambda entry: bool(entry.words)),
    "any": ("1", lambda _: True),
}
"""Each state as SQL and as Python."""
