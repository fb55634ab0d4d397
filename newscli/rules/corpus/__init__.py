"""X, T405 and T406: what only shows across posts; each rule takes facts from all posts and reports those at odds."""

import json
from collections.abc import Collection, Iterable, Iterator

from newscli.front_matter.spans import KeyPath
from newscli.rules.corpus import bodies, ids, near, slips, sources, titles, urls, variants
from newscli.rules.corpus.comparison import COMPARISONS, Comparison, Match
from newscli.rules.corpus.posts import date_of
from newscli.rules.options import Options
from newscli.rules.subject import Subject

__all__ = ["Match", "codes_of", "facts_of", "matches", "place_of"]
__all__ += ["bodies", "ids", "near", "slips", "sources", "titles", "urls", "variants"]

_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def codes_of(options: Options, *, whole: bool) -> tuple[str, ...]:
    """The rules across posts that are on, by their codes.

    Args:
        options: the settings; slips of tags are looked for where they give no vocabulary.
        whole: whether all posts of an archive are compared; else slips are left out, too.
    """
    left_out = set() if whole and not options.tags.vocabulary else {slips.TagSlips.code}
    return tuple(sorted(options.selected.intersection(COMPARISONS) - left_out))


def facts_of(post: Subject, codes: Collection[str]) -> str:
    """What these rules compare of a post, as JSON to be kept; empty when it has nothing to compare."""
    if not codes or not post.data:
        return ""
    reads, facts = post.reads, {}
    for code in codes:
        comparison = COMPARISONS[code]
        if (reads or comparison.of_broken) and (found := comparison.facts(post)):
            facts[code] = found
    return _json([date_of(post), facts]) if facts else ""


def matches(posts: Iterable[tuple[str, str]]) -> Iterator[Match]:
    """Which posts are at odds.

    Args:
        posts: the path of each with its facts, as :func:`facts_of` gives them.
    """
    known = sorted(post for post in posts if post[1])
    comparisons: dict[str, Comparison] = {}
    for (path, _), (date, facts) in zip(known, json.loads(f"[{','.join(facts for _, facts in known)}]"), strict=True):
        for code, found in facts.items():
            if code not in comparisons:
                comparisons[code] = COMPARISONS[code]()
            comparisons[code].add(path, date, found)
    for _, comparison in sorted(comparisons.items()):
        yield from comparison.matches()


def place_of(subject: Subject, code: str) -> tuple[tuple[int, int], KeyPath]:
    """Where a post is reported: the value that puts it at odds, else the start of the body or file."""
    comparison = COMPARISONS[code]
    for key in comparison.keys:
        if key in subject.data and subject.data[key] not in (None, ""):
            return subject.place((key,)), (key,)
    if comparison.of_bodies:
        return (subject.body_start, subject.body_start), ()
    return subject.opening, ()
