"""T406: the spellings of tags."""

from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Severity
from newscli.rules.corpus.comparison import Comparison, Match, across
from newscli.rules.subject import Subject
from newscli.text import fold


@across("T406", "tag-variants", Severity.INFO)
class TagVariants(Comparison):
    """A tag is spelt otherwise in other posts.

    Why: each spelling gets a page of its own. The rarer spellings are reported once each.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        tags: [AI]
        ==> _posts/2022-06-08-two.md <==
        title: Two
        tags: [ai]

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        tags: [AI]
        ==> _posts/2022-06-08-two.md <==
        title: Two
        tags: [AI]

    Engines: all make one page a spelling.
    """

    def __init__(self) -> None:
        self._spellings: dict[str, dict[str, list[Any]]] = {}

    @classmethod
    def facts(cls, post: Subject) -> list[str]:
        """Its tags."""
        value = post.data.get("tags")
        names = value.split() if isinstance(value, str) else value if isinstance(value, list) else ()
        return [name for name in names if isinstance(name, str) and name.strip()]

    def add(self, path: str, date: str, facts: list[str]) -> None:
        """Count the spellings of its tags."""
        del date
        for name in facts:
            found = self._spellings.setdefault(fold(name), {}).setdefault(name, [0, path])
            found[0] += 1

    def matches(self) -> Iterator[Match]:
        """The first post of each of the rarer spellings."""
        for spellings in self._spellings.values():
            if len(spellings) < 2:
                continue
            usual = max(spellings, key=lambda name: (spellings[name][0], name))
            for name, (count, path) in sorted(spellings.items()):
                if name != usual:
                    more = f"{count} posts have" if count > 1 else "this post has"
                    words = f"{more} the tag {name}, {spellings[usual][0]} have {usual}; use one spelling"
                    yield Match(path, self.code, words, spellings[usual][1], name)
