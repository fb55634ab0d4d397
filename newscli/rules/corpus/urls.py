"""X501, X507: the addresses of posts."""

from collections.abc import Iterator
from typing import Any

from newscli.permalinks import plain_address
from newscli.rules.corpus.addresses import address_of
from newscli.rules.corpus.comparison import Comparison, Match, Shared, across, digest
from newscli.rules.corpus.posts import order_of
from newscli.rules.subject import Subject


@across("X501", "duplicate-url")
class Addresses(Shared):
    """Two posts have the same address.

    Why: the one written last wins, the other is not on the site.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        permalink: /dup/
        ==> _posts/2022-06-08-two.md <==
        title: Two
        permalink: /dup/

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        permalink: /dup/
        ==> _posts/2022-06-08-two.md <==
        title: Two
        permalink: /other/

    Engines: Jekyll prints a "Conflict" warning and exits with 0.
    """

    keys = ("permalink", "url", "slug")
    message = "has the address of {first} too; the last one written wins"

    @classmethod
    def values(cls, post: Subject) -> Iterator[str]:
        """The address, where it is certain."""
        if found := address_of(post):
            yield found


@across("X507", "redirect-clash", default=False)
class Redirects(Comparison):
    """A post redirects from the address of another, or from where another redirects from.

    Why: one of the two cannot be reached.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        permalink: /one/
        ==> _posts/2022-06-08-two.md <==
        title: Two
        redirect_from: /one/

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        permalink: /one/
        ==> _posts/2022-06-08-two.md <==
        title: Two
        redirect_from: /old/

    Engines: the page written last wins.
    """

    keys = ("redirect_from", "aliases")

    def __init__(self) -> None:
        self._owners: dict[int, str] = {}
        self._redirects: dict[int, list[tuple[tuple[str, str], str]]] = {}

    @classmethod
    def facts(cls, post: Subject) -> list[Any]:
        """The address of a post, 0 where it is not certain; then those it redirects from, each as it is written."""
        found = address_of(post)
        facts: list[Any] = [digest(found) if found else 0]
        for key in cls.keys:
            value = post.data.get(key)
            urls = [value] if isinstance(value, str) else value if isinstance(value, list) else ()
            facts += [[digest(plain_address(url)), url] for url in urls if isinstance(url, str)]
        return facts if facts != [0] else []

    def add(self, path: str, date: str, facts: list[Any]) -> None:
        """Take in the address of a post and those it redirects from."""
        address, *redirects = facts
        if address:
            self._owners.setdefault(address, path)
        order = order_of(path, date) if redirects else ("", path)
        for source, url in redirects:
            self._redirects.setdefault(source, []).append((order, url))

    def matches(self) -> Iterator[Match]:
        """The posts that redirect from the address of another, or from where an earlier one redirects from."""
        for address, posts in self._redirects.items():
            owner, first = self._owners.get(address), min(posts)[0][1]
            for (_, path), url in sorted(posts):
                if owner and owner != path:
                    yield Match(path, self.code, f"redirects {url}, which is the address of {owner}", owner)
                elif first != path and not owner:
                    yield Match(path, self.code, f"redirects {url}, as {first} does", first)
