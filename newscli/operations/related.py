"""Related: posts that share rare words with a post."""

import re
from collections import Counter
from math import log

from newscli.fulltext.index import TextIndex
from newscli.fulltext.needles import Needle, phrase
from newscli.fulltext.ranking import Ranked
from newscli.fulltext.tokens import LETTERS, canonical, tokens
from newscli.operations.documents import body_text
from newscli.operations.search import Search
from newscli.operations.show import resolve
from newscli.query import And, Not, Or, Query, Value
from newscli.query.checks import Check
from newscli.query.terms import SOURCES

TERMS = 24
"""How many terms of a post others are looked for by; BM25 gives the rare ones their weight."""
_CANDIDATES = 80
_RARE = 20  # a term is rare that is in at most one post of so many, or in so many posts
_TITLE_WEIGHT = 3
_RUN = re.compile(f"[{LETTERS}]{{3,}}|[^\\W\\d_{LETTERS}]{{2,}}")
_LETTER = re.compile(f"[{LETTERS}]")
_SIZES = (2, 3, 4)


def related(search: Search, reference: str) -> Search:
    """The search narrowed to posts that share rare terms with the one referred to, which is left out itself.

    Raises:
        NotFoundError: no post is called so.
    """
    index = search.text.index
    entry = resolve(index, reference)
    terms = terms_of(search.text, entry.title or "", body_text(index.store, entry.path))
    needles = [Needle(term) for term in terms]
    itself = Not(Value(SOURCES["path"], (Check("is", entry.path, entry.path),)))
    shared = Or(tuple(search.full.leaf(needle, whole=True) for needle in needles))
    query = Query(And((shared, itself)) if terms else Not(And(())), f"like {entry.path}").and_(search.found.wide)
    search.found = Ranked(search.text, query, titles_first=False)
    search.finder.folded += [needle.spans for needle in needles]
    return search


def terms_of(text: TextIndex, title: str, body: str) -> list[str]:
    """The terms that tell a post from others: frequent in it, rare elsewhere, and in one other post at least.

    A term is a word of three letters or more, or two to four Chinese characters side by side.
    """
    counts = _counts(canonical(body))
    for term, count in _counts(canonical(title)).items():
        counts[term] += count * _TITLE_WEIGHT
    likely = sorted(_maximal(counts), key=lambda term: (-counts[term] * len(term), term))[:_CANDIDATES]
    (posts,) = text.index.execute("SELECT count(*) FROM text.docs").fetchone()
    limit = max(_RARE, posts // _RARE)
    holders = {term: _holders(text, term, limit + 1) for term in likely}
    shared = [term for term in likely if holders[term] >= 2]
    rare = [term for term in shared if holders[term] <= limit] or shared
    return sorted(rare, key=lambda term: (-counts[term] * log(1 + posts / holders[term]), term))[:TERMS]


def _counts(canonical_text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for run in _RUN.findall(canonical_text):
        if _LETTER.match(run):
            counts[run] += 1
        else:
            counts.update(run[at : at + size] for size in _SIZES for at in range(len(run) - size + 1))
    return counts


def _maximal(counts: Counter[str]) -> list[str]:
    """The terms that are not always a part of the same longer one."""
    covered = {
        part
        for term, count in counts.items()
        if not _LETTER.match(term)
        for part in (term[1:], term[:-1])
        if counts.get(part) == count
    }
    return [term for term in counts if term not in covered]


def _holders(text: TextIndex, term: str, most: int) -> int:
    """How many posts have the term; no more than ``most`` are counted."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM text.texts WHERE texts MATCH ? LIMIT ?)"
    found = text.index.execute(sql, (phrase(tokens(term).split()), most)).fetchone()
    return int(found[0])
