"""Search: the posts in whose text a query's words stand, ranked, with snippets from the files."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any, Literal

from newscli.entry import Entry
from newscli.errors import QueryError
from newscli.fulltext.index import TextIndex
from newscli.fulltext.leaves import COLUMNS as PLACES
from newscli.fulltext.leaves import EVERYWHERE, FullText, Hits, Scope
from newscli.fulltext.needles import Needle
from newscli.fulltext.ranking import Hit, Ranked
from newscli.fulltext.sounds import Sounds
from newscli.fulltext.tokens import canonical
from newscli.operations.documents import body_text
from newscli.operations.list import nearest_name
from newscli.operations.records import FIELDS, POST_COLUMNS, post_record
from newscli.operations.snippets import Finder, Snippet, snippets
from newscli.operations.variants import PLAIN, Variant, Variants
from newscli.query import And, Query, State, Term, Text
from newscli.query.terms import Origin, too_slow
from newscli.report import Column, Report
from newscli.rows import COLUMNS, to_entry
from newscli.text import fold, nearest, visible

By = Literal["relevance", "date"]
SEARCH_COLUMNS = (
    *(column for column in POST_COLUMNS if column.name not in ("tags", "categories", "problem")),
    Column("tags", table=False),
    Column("score", table=False),
    Column("snippet", table=False),
)
"""A listing of hits."""
_CHUNK = 200
_MARKING = 0.2  # seconds for marking what a regular expression matches in one text


@dataclass(slots=True)
class Search:
    """One search over an archive.

    Attributes:
        text: the full-text index, up to date.
        query: what was asked, words as parsed.
        scope: where words are looked for.
        special: terms for states that only the full text tells, such as duplicates.
        variants: what texts are found by beside themselves.
        finder: where the words stand, for snippets.
    """

    text: TextIndex
    query: Query
    scope: Scope = EVERYWHERE
    special: Callable[[State], Iterable[int] | None] = lambda _: None
    variants: Variants = PLAIN
    finder: Finder = field(default_factory=Finder)
    found: Ranked = field(init=False)
    full: FullText = field(init=False)

    def __post_init__(self) -> None:
        other, pinyin = self.variants
        sounds = Sounds(self.text.index).texts if pinyin else None
        self.full = FullText(self.text, self.scope, self.has, self._special, other, sounds)
        self.found = Ranked(self.text, *(self.full.over(self.query, sense) for sense in self.full.senses))
        needles = [self.full.needle(term) for term in self.query.text_terms()]
        self.finder.folded += [needle.spans for needle in needles]
        if other:
            self.finder.written += [partial(_variant_spans, needle, other) for needle in needles]

    def has(self, path: str, needle: Needle) -> bool:
        """Whether the post at a path has the text in the scope."""
        return any(next(iter(needle.spans(canonical(text))), None) for text in self.texts(path))

    def texts(self, path: str) -> Iterator[str]:
        """The texts of a post that are in the scope, as a reader sees them."""
        row = self.text.index.execute(
            "SELECT title, tags, categories, authors FROM posts WHERE path=?", (path,)
        ).fetchone()
        title, *names = row or ("", "", "", "")
        if "title" in self.scope.columns:
            yield title or ""
        if "tags" in self.scope.columns:
            yield "\n".join(names).replace("\x1f", "\n")
        if "body" in self.scope.columns:
            yield body_text(self.text.index.store, path)

    def _special(self, state: State) -> Term | None:
        posts = self.special(state)
        if posts is None:
            return None
        return self.full.listed(Hits(state.name, "0", (), origin=state.origin), posts)

    def only(self, terms: Iterable[Term]) -> None:
        """Join terms that are ready (a regular expression) to the query by "and"."""
        for term in terms:
            self.found = self.found.and_(Query(term))

    def report(
        self,
        *,
        by: By = "relevance",
        limit: int | None = None,
        offset: int = 0,
        count: int = 2,
        paths: bool = False,
        total: bool = False,
    ) -> Report:
        """The posts found.

        Args:
            by: their order; a query with an order of its own keeps it.
            limit: at most so many; None for all.
            offset: leave out so many first.
            count: snippets a post.
            paths: whether only paths are wanted, which spares everything else.
            total: whether it is wanted how many there are without the limit.
        """
        most = 0 if limit is None else limit + offset
        ranked = by == "relevance" and not self.query.sort
        hits = islice(self.found.by_relevance(most) if ranked else self.found.by_order(most), offset, None)
        records = ({"path": path} for _, _, path in hits) if paths else self._records(hits, count)
        fields = (*FIELDS, "score", "snippets", "snippet")
        return Report(SEARCH_COLUMNS, records, total=self.found.count() if total else None, fields=fields)

    def _records(self, hits: Iterator[Hit], count: int) -> Iterator[dict[str, Any]]:
        for entry, score in self._entries(hits):
            pieces = self.snippets(entry, count)
            record = post_record(entry)
            record["score"] = float(f"{score:.6g}") or 0.0
            record["snippets"] = [piece.record() for piece in pieces]
            record["snippet"] = " ".join(piece.text for piece in pieces)
            yield record

    def _entries(self, hits: Iterator[Hit]) -> Iterator[tuple[Entry, float]]:
        while batch := list(islice(hits, _CHUNK)):
            found = self.text.index.execute(
                f"SELECT post, {COLUMNS} FROM posts WHERE post IN (SELECT value FROM json_each(?))",  # noqa: S608
                (_numbers(post for post, *_ in batch),),
            )
            known = {post: row for post, *row in found.fetchall()}
            yield from ((to_entry(known[post]), score) for post, score, _ in batch if post in known)

    def snippets(self, entry: Entry, count: int) -> list[Snippet]:
        """The places of the body, read now, where the words stand."""
        return snippets(body_text(self.text.index.store, entry.path), self.finder, count) if count else []

    def explain(self) -> Iterator[str]:
        """The query in words, then how many posts each term finds alone, and all together."""
        yield from self.found.wide.explain()
        yield ""
        yield from self.hits()
        yield f"{self.found.count():>9,}  all together"

    def hits(self) -> Iterator[str]:
        """How many posts each term finds alone; where it finds none, the nearest word or name there is."""
        for part in self.query.terms():
            number = Ranked(self.text, self.full.over(part)).count()
            hint = "" if number else nearest_name(self.text.index, part) or self._nearest(part)
            yield f"{number:>9,}  {visible(part.text)}{hint}"

    def diagnose_nothing(self) -> str:
        """Why nothing was found."""
        if not self.text.index.count(Query()):
            return "There are no posts here."
        lines = list(self.hits())
        return "\n".join(["No post matches.", *lines])

    def _nearest(self, part: Query) -> str:
        """What was perhaps meant by a word that is in no post: the words of a phrase, the nearest word, or tag."""
        for term, _ in part.leaves():
            if isinstance(term, Text):
                word = canonical(term.words)
                if apart := self._apart(word.split()):
                    return f"  its words apart: {apart:,}"
                words = (
                    each for each in self.text.vocabulary if each[:1] == word[:1] and abs(len(each) - len(word)) <= 2
                )
                if word.isalpha() and word.isascii() and (near := nearest(word, words)):
                    return f"  nearest word: {visible(near)}"
                names = self.text.index.execute("SELECT DISTINCT name FROM names")
                if near := nearest(term.words, (name for (name,) in names)):
                    return f"  nearest name: {visible(near)}"
        return ""

    def _apart(self, words: Sequence[str]) -> int:
        """How many posts have all the words of a phrase, wherever they stand; 0 for one word."""
        if len(words) < 2:
            return 0
        query = Query(And(tuple(self.full.leaf(Needle(word)) for word in words)))
        return Ranked(self.text, query).count()


def _variant_spans(needle: Needle, variant: Variant, text: str) -> Iterator[tuple[int, int]]:
    """Where the other form of a needle stands in the other form of a text; forms of another length tell no places."""
    other = fold(variant(text))
    if len(other) == len(text):
        yield from replace(needle, text=variant(needle.text)).spans(other)


def _numbers(posts: Iterable[int]) -> str:
    return f"[{','.join(map(str, posts))}]"


# Regular expressions


def regex_term(search: Search, text: str, progress: Callable[[Sequence[str]], Iterable[str]]) -> Term:
    """The term that finds a regular expression in the texts as they are read; case counts when it holds a capital.

    Texts that lack what the expression cannot do without are not read.

    Args:
        search: where to look.
        text: the expression.
        progress: passes paths through while they are read.

    Raises:
        QueryError: it is no regular expression, or takes too long.
    """
    from newscli.query.patterns import PatternError, pattern

    origin = Origin(text, 0, len(text))
    try:
        compiled = pattern(text)
    except PatternError as error:
        raise QueryError(
            f"This is no regular expression: {error}.", text, error.offset, "-F finds the text as it stands."
        ) from None
    compiled.spent = 0.0
    candidates = Query()
    for literal in literals_of(text):
        candidates = candidates.and_(Query(search.full.leaf(Needle(canonical(literal)))))
    candidates = candidates.and_(search.found.wide)
    where, parameters = candidates.where()
    with candidates.guard():
        rows = search.text.index.execute(f"SELECT path, post FROM posts WHERE {where}", parameters).fetchall()  # noqa: S608
    posts = dict(rows)
    try:
        found = [
            posts[path] for path in progress(list(posts)) if any(compiled.found_in(each) for each in search.texts(path))
        ]
    except TimeoutError:
        raise too_slow(origin) from None
    search.finder.written.append(lambda each: _spans(text, each))
    label = Hits(f"text matches {text}", "0", (), origin=origin)
    return search.full.listed(label, found)


def _spans(text: str, where: str) -> Iterator[tuple[int, int]]:
    from newscli.query.patterns import pattern

    try:
        for match in pattern(text)._compiled.finditer(where, timeout=_MARKING):
            yield match.span()
    except TimeoutError:
        return


def literals_of(text: str) -> list[str]:
    """Pieces that every match of a regular expression holds; none where that cannot be told.

    What comes of :mod:`re`'s own parser counts; expressions that only :mod:`regex` understands tell nothing.
    """
    import warnings
    from re import _parser  # type: ignore[attr-defined]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = _parser.parse(text)
    except (re.error, RecursionError, OverflowError):
        return []
    return [piece.strip() for piece in _literals(parsed) if piece.strip()]


def _literals(parsed: Iterable[tuple[Any, Any]]) -> list[str]:
    runs, run = [], ""
    for operator, argument in parsed:
        name = str(operator)
        if name == "LITERAL":
            run += chr(argument)
            continue
        runs.append(run)
        run = ""
        if name == "SUBPATTERN":
            runs += _literals(argument[-1])
        elif name == "MAX_REPEAT" and argument[0] >= 1:
            runs += _literals(argument[2])
    return [*runs, run]


def scope_of(text: str) -> Scope:
    """The scope of ``--in title,body``.

    Raises:
        QueryError: a name is none of the places.
    """
    names = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    for name in names:
        if name not in PLACES:
            raise QueryError(f"Nothing to search in: {visible(name)}.", text, text.find(name), "--in title,tags,body")
    return Scope(tuple(place for place in PLACES if place in names) or PLACES)
