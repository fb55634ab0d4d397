"""Ranking: the posts a query finds, the most relevant first.

Posts that have all the words in the title come first, then those that hold them whole, then those in which they are a
part of longer words (``ai`` before ``said``), and last those that are found by how their Chinese is read. Among each,
the order is that of BM25 with the title above the tags above the body; on equal terms the newer post comes first, then
the path decides, so that the order is the same from run to run. What no word asks for (``tag:x`` alone) is in order of
date.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice

from newscli.fulltext.index import TextIndex
from newscli.fulltext.leaves import Hits, expression, wanted
from newscli.query import And, Node, Not, Query

WEIGHTS = (10.0, 5.0, 1.0)
"""What a word in the title, the tags and the body is worth."""

_BM25 = f"bm25(texts, {', '.join(map(str, WEIGHTS))})"
_DOCS = "text.texts CROSS JOIN text.docs d ON d.doc = texts.rowid"  # CROSS: the full-text index goes first
_NEWEST = "moment DESC, path"


Hit = tuple[int, float, str]
"""A post, its score and its path."""


class Ranked:
    """What a query finds.

    Attributes:
        tiers: the query in ever wider senses (words whole, words wherever they stand), each of which finds what the one
            before it finds.
        wide: the widest.
        titles_first: whether posts with all the words in the title come first.
    """

    def __init__(self, text: TextIndex, *tiers: Query, titles_first: bool = True) -> None:
        self.text = text
        self.titles_first = titles_first
        self.tiers = tiers
        self.wide = tiers[-1]

    def and_(self, other: Query) -> "Ranked":
        """What this and the other query finds."""
        tiers = (tier.and_(other) for tier in self.tiers)
        return Ranked(self.text, *tiers, titles_first=self.titles_first)

    def count(self) -> int:
        """How many posts there are."""
        match, rest = _divided(self.wide.tree)
        if match and not rest:
            sql = f"SELECT count(*) FROM {_DOCS} WHERE texts MATCH ?"  # noqa: S608
            return int(self.text.index.execute(sql, (match,)).fetchone()[0])
        return self.text.index.count(self.wide)

    def by_relevance(self, limit: int = 0) -> Iterator[Hit]:
        """Posts with their scores; ``limit`` 0 is all."""
        return islice(self._by_tiers(limit), limit or None)

    def by_order(self, limit: int = 0) -> Iterator[Hit]:
        """Posts in the query's own order, newest first when it has none; the score is 0."""
        match, rest = _divided(self.wide.tree)
        if match and not rest and not self.wide.sort:
            sql = f"SELECT d.post, 0.0, d.path FROM {_DOCS} WHERE texts MATCH ? ORDER BY d.moment DESC, d.path LIMIT ?"  # noqa: S608
            return self._rows(sql, match, limit or -1)
        where, parameters = self.wide.where()
        order, more = self.wide.order()
        sql = f"SELECT post, 0.0, path FROM posts WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
        return self._rows(sql, *parameters, *more, limit or -1)

    def _by_tiers(self, limit: int) -> Iterator[Hit]:
        different = {tuple(leaf.sql + leaf.match for leaf in wanted(tier.tree)): tier for tier in self.tiers}
        known: set[int] = set()
        finds: list[Callable[[int], Iterator[Hit]]] = [partial(self._tier, tier) for tier in different.values()]
        for find in [self._titled, *finds] if self.titles_first else finds:
            for hit in find(limit + len(known) if limit else 0):
                if hit[0] not in known:
                    known.add(hit[0])
                    yield hit

    def _titled(self, limit: int) -> Iterator[Hit]:
        """Those with all the words in the title; none where posts are found by something else than words."""
        match, rest = _divided(self.tiers[0].tree)
        only = "AND d.doc IN (SELECT rowid FROM text.texts WHERE texts MATCH ?)"
        return self._matched(match, rest, limit, only, f"title : ({match})") if match else iter(())

    def _tier(self, query: Query, limit: int) -> Iterator[Hit]:
        match, rest = _divided(query.tree)
        if match:
            return self._matched(match, rest, limit)
        where, parameters = query.where()
        scored = " OR ".join(leaf.match for leaf in wanted(query.tree) if leaf.match)
        if not scored:
            sql = f"SELECT post, 0.0, path FROM posts WHERE {where} ORDER BY {_NEWEST} LIMIT ?"  # noqa: S608
            return self._rows(sql, *parameters, limit or -1)
        inner = f"SELECT d.post AS hit, {_BM25} AS score FROM {_DOCS} WHERE texts MATCH ?"  # noqa: S608
        sql = (
            f"SELECT post, coalesce(score, 0.0) AS score, path FROM posts LEFT JOIN ({inner}) ON hit = post "  # noqa: S608
            f"WHERE {where} ORDER BY score, {_NEWEST} LIMIT ?"
        )
        return self._rows(sql, scored, *parameters, limit or -1)

    def _matched(
        self, match: str, rest: Query | None, limit: int, only: str = "", *parameters: object
    ) -> Iterator[Hit]:
        if rest:
            where, more = rest.where()
            only += f" AND d.post IN (SELECT post FROM posts WHERE {where})"  # noqa: S608
            parameters += tuple(more)
        sql = (
            f"SELECT d.post, {_BM25} AS score, d.path FROM {_DOCS} WHERE texts MATCH ? {only}"  # noqa: S608
            " ORDER BY score, d.moment DESC, d.path LIMIT ?"
        )
        return self._rows(sql, match, *parameters, limit or -1)

    def _rows(self, sql: str, *parameters: object) -> Iterator[Hit]:
        with self.wide.guard():
            found = self.text.index.execute(sql, parameters)
            first = found.fetchmany(1)
            return ((post, -score, path) for post, score, path in chain(first, found))


def _divided(tree: Node) -> tuple[str, Query | None]:
    """The part of a tree that one expression of FTS5 says, and the rest."""
    items = tree.items if isinstance(tree, And) else (tree,)
    said = [item for item in items if _is_said(item)]
    match = expression(And(tuple(said)))
    if not match:
        return "", None
    rest = tuple(item for item in items if not _is_said(item))
    return match, Query(And(rest)) if rest else None


def _is_said(node: Node) -> bool:
    inner = node.item if isinstance(node, Not) else node
    return bool(inner.match if isinstance(inner, Hits) else expression(inner))
