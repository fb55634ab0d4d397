"""Leaves: the words of a query as tests against the full-text index, in the place of those that look at titles only.

A leaf finds the posts that have its text as a piece of theirs: Chinese by a phrase of tokens alone, a phrase whose
first or last token is a word by completing that word from the vocabulary. What cannot be said in one expression is
looked up word by word and kept in a temporary table.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice, product
from typing import Any, Literal, NamedTuple, get_args

from newscli.entry import Entry
from newscli.fulltext.index import TextIndex
from newscli.fulltext.needles import Needle, is_quoted, is_word, needle_of, phrase, phrase_of
from newscli.fulltext.tokens import tokens
from newscli.query import And, Node, Not, Or, Query, State, Term, Text
from newscli.query.terms import NOWHERE, Origin

COLUMNS = ("title", "tags", "body")
"""What can be searched; ``tags`` holds categories and authors too."""

Sense = Literal["whole", "part", "sound"]
"""What counts as a word found: standing as a whole word, as a part of one, or as Chinese that is read like it."""
SENSES: tuple[Sense, ...] = get_args(Sense)

_MOST_WORDS = 40
"""Words that stand in one expression; more are looked up so many at a time."""
_MOST_PAIRS = 50_000
_SHORT = 2
_NUMBERS = count(1)
_POSTS = "SELECT d.post FROM text.texts JOIN text.docs d ON d.doc = texts.rowid WHERE texts MATCH ?"


class Scope(NamedTuple):
    """Where texts are looked for.

    Attributes:
        columns: some of :data:`COLUMNS`.
    """

    columns: tuple[str, ...] = COLUMNS

    def of(self, expression: str) -> str:
        """The expression over these columns only."""
        return expression if self.columns == COLUMNS else f"{{{' '.join(self.columns)}}} : ({expression})"


EVERYWHERE = Scope()


class Hits(NamedTuple):
    """A term that knows how to ask the full-text index.

    Attributes:
        typed: the text in words.
        sql, parameters: the test.
        match: the same as an expression of FTS5; empty when it cannot be said so.
        has: whether a post has the text, without the index.
    """

    typed: str
    sql: str
    parameters: tuple[Any, ...]
    match: str = ""
    has: Callable[[Entry], bool] = lambda _: False
    origin: Origin = NOWHERE
    key: None = None
    needs_body: bool = False

    def matches(self, entry: Entry) -> bool:
        """Whether the entry's post has the text."""
        return self.has(entry)

    def where(self) -> tuple[str, list[Any]]:
        """The same as SQL."""
        return self.sql, list(self.parameters)

    def explain(self) -> str:
        """The text and where it is looked for."""
        return self.typed


@dataclass(slots=True)
class FullText:
    """Puts leaves that ask the full-text index into queries.

    Attributes:
        text: the index, up to date.
        scope: where texts are looked for.
        special: the term of a state that only the full text tells, such as duplicates; None for the others.
        variant: the other form of a text that it is found by too, when there is one.
        verify: whether a post, by its path, has a text in the scope; for the rare cases that the index cannot tell.
        sounds: the texts that are read as a text in Latin letters, where they are wanted.
    """

    text: TextIndex
    scope: Scope = EVERYWHERE
    verify: Callable[[str, Needle], bool] = lambda _path, _needle: True
    special: Callable[[State], Term | None] = lambda _: None
    variant: Callable[[str], str] | None = None
    sounds: Callable[[str], Sequence[str]] | None = None
    _made: dict[tuple[Needle, bool], Hits] = field(default_factory=dict)

    @property
    def senses(self) -> tuple[Sense, ...]:
        """The senses in which words are looked for, each of which finds what the one before it finds."""
        return SENSES if self.sounds else SENSES[:-1]

    def over(self, query: Query, sense: Sense | None = None) -> Query:
        """The query with its words looked for in the texts, in the widest sense unless another is given.

        Words that are negated are looked for in the widest sense always.
        """
        return Query(self._mapped(query.tree, sense or self.senses[-1]), query.text, query.sort, query.limit)

    def _mapped(self, node: Node, sense: Sense) -> Node:
        if isinstance(node, Not):
            return Not(self._mapped(node.item, self.senses[-1]), node.origin)
        if isinstance(node, And | Or):
            return type(node)(tuple(self._mapped(item, sense) for item in node.items))
        if isinstance(node, Text):
            return self._text(node, sense)
        return (self.special(node) or node) if isinstance(node, State) else node

    def _text(self, term: Text, sense: Sense) -> Node:
        needle, whole = self.needle(term), sense == "whole"
        own = replace(needle, forms=())
        leaf = self.leaf(own, term.origin, whole=whole, typed=term.words)
        other = self.variant(needle.text) if self.variant else needle.text
        if other != needle.text:
            return Or((leaf, self.leaf(replace(own, text=other), term.origin, whole=whole)))
        if sense == "sound" and needle.forms:
            return Or((leaf, self._any_of(self._base(needle, term.words), map(phrase_of, needle.forms))))
        return leaf

    def needle(self, term: Text) -> Needle:
        """What a word or phrase looks for in the widest sense."""
        needle = needle_of(term)
        if not self.sounds or needle.begins or is_quoted(term):
            return needle
        return replace(needle, forms=tuple(self.sounds(needle.text)))

    def leaf(self, needle: Needle, origin: Origin = NOWHERE, *, whole: bool = False, typed: str = "") -> Hits:
        """The term that finds the text."""
        key = (needle, whole)
        if key not in self._made:
            self._made[key] = self._leaf(needle, whole=whole, typed=typed or needle.text)
        return self._made[key]._replace(origin=origin)

    def _leaf(self, needle: Needle, *, whole: bool, typed: str) -> Hits:
        words = tokens(needle.text).split()
        base = self._base(needle, typed)
        if not words:
            return base
        first, last = is_word(words[0]), is_word(words[-1])
        if needle.begins:
            return self._matching(base, phrase(words, prefix=last))
        if whole or not (first or last):
            return self._matching(base, phrase(words))
        if len(words) == 1:
            return self._within_word(base, words[0])
        return self._open_ended(base, needle, words, first=first, last=last)

    def _base(self, needle: Needle, typed: str) -> Hits:
        """A term that says what it looks for but not yet how."""
        where = "" if self.scope.columns == COLUMNS else f" in {', '.join(self.scope.columns)}"
        sound = " by its sound" if needle.forms else ""
        return Hits(f"text{where} contains {typed}{sound}", "1", (), has=lambda entry: self.verify(entry.path, needle))

    def _matching(self, base: Hits, expression: str) -> Hits:
        scoped = self.scope.of(expression)
        return base._replace(sql=f"post IN ({_POSTS})", parameters=(scoped,), match=scoped)

    def _within_word(self, base: Hits, word: str) -> Hits:
        """One word: whatever words it is a part of."""
        if len(word) <= _SHORT:
            sql = "post IN (SELECT d.post FROM text.grams JOIN text.docs d ON d.doc = grams.rowid WHERE grams MATCH ?)"
            return base._replace(sql=sql, parameters=(self.scope.of(phrase([word])),))
        return self._any_of(base, (phrase([each]) for each in self.text.vocabulary.containing(word)))

    def _open_ended(self, base: Hits, needle: Needle, words: list[str], *, first: bool, last: bool) -> Hits:
        """A phrase whose first word may be the end of a word, and its last one the beginning of one."""
        if not first:
            return self._matching(base, phrase(words, prefix=True))
        ends = self.text.vocabulary.ending(words[0])
        if last and len(ends) <= _MOST_WORDS:
            return self._any_of(base, (phrase([end, *words[1:]], prefix=True) for end in ends))
        begins = self.text.vocabulary.beginning(words[-1]) if last else [words[-1]]
        if len(ends) * len(begins) <= _MOST_PAIRS:
            pairs = product(ends, begins)
            return self._any_of(base, (phrase([end, *words[1:-1], begin]) for end, begin in pairs))
        return self._verified(base, needle, phrase(words[1:], prefix=last))

    def _any_of(self, base: Hits, phrases: Iterable[str]) -> Hits:
        """Posts with one of the phrases."""
        waiting = iter(phrases)
        chosen = list(islice(waiting, _MOST_WORDS + 1))
        if not chosen:
            return base._replace(sql="0", match="")
        if len(chosen) <= _MOST_WORDS:
            return self._matching(base, " OR ".join(chosen))
        table = self._table()
        while chosen:
            self.text.index.execute(f"INSERT OR IGNORE INTO {table} {_POSTS}", (self.scope.of(" OR ".join(chosen)),))
            chosen = list(islice(waiting, _MOST_WORDS))
        return base._replace(sql=f"post IN {table}")

    def _verified(self, base: Hits, needle: Needle, expression: str) -> Hits:
        """Posts with a part of the phrase, each read to see whether it has the whole."""
        sql = f"SELECT post, path FROM posts WHERE post IN ({_POSTS})"  # noqa: S608
        found = self.text.index.execute(sql, (self.scope.of(expression),)).fetchall()
        return self.listed(base, (post for post, path in found if self.verify(path, needle)))

    def listed(self, base: Hits, posts: Iterable[int]) -> Hits:
        """The term that these posts pass."""
        table = self._table()
        rows = "[" + ",".join(map(str, posts)) + "]"
        self.text.index.execute(f"INSERT OR IGNORE INTO {table} SELECT value FROM json_each(?)", (rows,))  # noqa: S608
        return base._replace(sql=f"post IN {table}")

    def _table(self) -> str:
        name = f"temp.hits{next(_NUMBERS)}"
        self.text.index.execute(f"CREATE TABLE {name} (post INTEGER PRIMARY KEY)")
        return name


def expression(node: Node) -> str:
    """The tree as one expression of FTS5; empty when that cannot say it."""
    if isinstance(node, Hits):
        return f"({node.match})" if node.match else ""
    if isinstance(node, Or):
        parts = [expression(item) for item in node.items]
        return f"({' OR '.join(parts)})" if parts and all(parts) else ""
    if isinstance(node, And):
        wanted = [expression(item) for item in node.items if not isinstance(item, Not)]
        unwanted = [expression(item.item) for item in node.items if isinstance(item, Not)]
        if not wanted or not all(wanted) or not all(unwanted):
            return ""
        both = f"({' AND '.join(wanted)})"
        return f"({both} NOT ({' OR '.join(unwanted)}))" if unwanted else both
    return ""


def wanted(node: Node) -> Iterator[Hits]:
    """The leaves that are not negated."""
    if isinstance(node, And | Or):
        for item in node.items:
            yield from wanted(item)
    elif isinstance(node, Hits):
        yield node
