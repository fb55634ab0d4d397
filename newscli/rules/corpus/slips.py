"""T405 without a vocabulary: rare tags that look like a slip of the pen for one that many posts have."""

from collections.abc import Iterator

from newscli.entry import json_values
from newscli.rules.corpus.comparison import COMPARISONS, Comparison, Match
from newscli.rules.keys import is_near
from newscli.rules.subject import Subject

MANY = 20
"""Posts that a tag must have to be taken for the right spelling."""
FEW = 2
"""Posts that a slip has at most."""


class TagSlips(Comparison):
    """Tags of one or two posts that are a letter away from one of twenty or more; plurals and numbers are no slips."""

    code = "T405"
    of_broken = True

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    @classmethod
    def facts(cls, post: Subject) -> list[str]:
        """Its tags as the site reads them."""
        return list(post.options.dialect.tags_of(post.data if post.is_plain else json_values(post.data)))

    def add(self, path: str, date: str, facts: list[str]) -> None:
        """Count the tags; of those that are rare so far, keep the paths."""
        del date
        for tag in facts:
            count = self._counts[tag] = self._counts.get(tag, 0) + 1
            if count <= FEW:
                self._paths.setdefault(tag, []).append(path)

    def matches(self) -> Iterator[Match]:
        """The posts of each slip."""
        usual: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for tag, posts in sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if posts >= MANY:
                usual.setdefault((tag[:1], len(tag)), []).append((tag, posts))
            elif posts <= FEW and (near := _nearest(tag, usual)):
                message = f"{_posts(posts)} the tag {tag}, {near[1]:,} have {near[0]}; is it a slip?"
                yield from (Match(path, self.code, message, tag=tag) for path in sorted(self._paths[tag]))


COMPARISONS[TagSlips.code] = TagSlips


def _posts(count: int) -> str:
    return "only this post has" if count == 1 else f"only {count} posts have"


def _nearest(tag: str, usual: dict[tuple[str, int], list[tuple[str, int]]]) -> tuple[str, int] | None:
    """The most used tag that differs in one letter, and how many posts have it."""
    if any(character.isdigit() for character in tag):
        return None
    lengths = (len(tag), len(tag) - 1, len(tag) + 1)
    candidates = (other for length in lengths for other in usual.get((tag[:1], length), ()))
    return next((other for other in candidates if is_near(tag, other[0])), None)
