"""List: the posts that match, newest first, and what to say when there are none."""

from collections.abc import Iterator, Sequence

from newscli.entry import Entry
from newscli.errors import NewscliError
from newscli.index import Index
from newscli.nearest import did_you_mean
from newscli.operations.bodies import with_words
from newscli.operations.records import BROKEN_COLUMNS, FIELDS, POST_COLUMNS, post_records
from newscli.query import Query, Value
from newscli.report import Report
from newscli.text import nearest, visible


def list_posts(
    index: Index,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    words: bool = False,
    counted: bool = True,
) -> Report:
    """The posts that match.

    Args:
        index: where to look; up to date.
        query: which posts, in which order.
        limit: at most so many; None for all.
        offset: leave out so many first.
        counted: whether it is wanted to know how many there are without the limit.
        words: whether the words of the posts shown are wanted, which reads their bodies once.
    """
    total = index.count(query) if counted and (limit is not None or offset) else None
    entries: Iterator[Entry] = index.find(query, limit=limit or 0, offset=offset)
    if words:
        entries = with_words(index, entries)
    columns = BROKEN_COLUMNS if query.shows_broken else POST_COLUMNS
    return Report(columns, post_records(entries), total=total, fields=FIELDS)


def check_fields(index: Index, names: Sequence[str]) -> None:
    """Make sure that records can have the fields asked for: their own, or a key of some front matter.

    Raises:
        NewscliError: a field is neither; the nearest is named.
    """
    own = {*FIELDS, *(column.name for column in (*POST_COLUMNS, *BROKEN_COLUMNS))}
    unknown = [name for name in names if name.partition(".")[0] not in own]
    keys = index.keys() if unknown else []
    for name in unknown:
        if name not in keys and name.partition(".")[0] not in keys:
            raise NewscliError(f"no field {name!r}{did_you_mean(name, [*FIELDS, *keys])}; newscli fields lists them")


def explain(index: Index, query: Query) -> Iterator[str]:
    """The query in words, then how many posts each term matches alone, and all together."""
    yield from query.explain() or ["every post"]
    yield ""
    yield from _hits(index, query)
    yield f"{index.count(query):>9,}  all together"


def diagnose_nothing(index: Index, query: Query) -> str:
    """Why nothing was found: what each term alone matches, and the nearest name where a name matches nothing."""
    if not index.count(Query()):
        return "There are no posts here."
    lines = list(_hits(index, query))
    return "\n".join(["No post matches.", *lines] if lines else ["No post matches."])


def _hits(index: Index, query: Query) -> Iterator[str]:
    for part in query.terms():
        count = index.count(part)
        hint = "" if count else nearest_name(index, part)
        typed = part.text.removeprefix("^")
        yield f"{count:>9,}  {'-' * (typed != part.text)}{visible(typed)}{hint}"


def nearest_name(index: Index, part: Query) -> str:
    """The existing tag, category or author nearest to the one that a term asks for, with its count."""
    for term, _ in part.leaves():
        if isinstance(term, Value) and term.source.name in ("tag", "category", "author"):
            typed = part.text.partition(":")[2].strip("\"'=") or part.text
            counts = dict(
                index.execute(
                    "SELECT name, count(*) FROM names WHERE kind=? GROUP BY name", (term.source.name,)
                ).fetchall()
            )
            if near := nearest(typed, counts):
                return f"  nearest {term.source.name}: {visible(near)} ({counts[near]:,})"
    return ""
