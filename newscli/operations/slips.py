"""Slips: rare tags that look like a slip of the pen for one that many posts have."""

from collections.abc import Iterator

from newscli.index import Index
from newscli.rules.corpus import Match
from newscli.rules.keys import is_near

MANY = 20
"""Posts that a tag must have to be taken for the right spelling."""
FEW = 2
"""Posts that a slip has at most."""


def tag_slips(index: Index) -> Iterator[Match]:
    """Tags of one or two posts that are a letter away from one of twenty or more; plurals and numbers are no slips."""
    counts = index.execute("SELECT name, count(*) FROM names WHERE kind = 'tag' GROUP BY name").fetchall()
    usual: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for tag, posts in sorted(counts, key=lambda pair: -pair[1]):
        if posts >= MANY:
            usual.setdefault((tag[:1], len(tag)), []).append((tag, posts))
        elif posts <= FEW and (near := _nearest(tag, usual)):
            message = f"{_posts(posts)} the tag {tag}, {near[1]:,} have {near[0]}; is it a slip?"
            sql = "SELECT path FROM names JOIN posts USING (post) WHERE kind = 'tag' AND name = ? ORDER BY path"
            for (path,) in index.execute(sql, (tag,)).fetchall():
                yield Match(path, "T405", message, tag=tag)


def _posts(count: int) -> str:
    return "only this post has" if count == 1 else f"only {count} posts have"


def _nearest(tag: str, usual: dict[tuple[str, int], list[tuple[str, int]]]) -> tuple[str, int] | None:
    """The most used tag that differs in one letter, and how many posts have it."""
    if any(character.isdigit() for character in tag):
        return None
    lengths = (len(tag), len(tag) - 1, len(tag) + 1)
    candidates = (other for length in lengths for other in usual.get((tag[:1], length), ()))
    return next((other for other in candidates if is_near(tag, other[0])), None)
