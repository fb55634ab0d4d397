"""X: what only shows across posts; each rule groups posts by a key and reports the later ones of a group."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from newscli.dates import DateError, date_from_name, parse_date
from newscli.diagnostics import Severity
from newscli.front_matter.spans import KeyPath
from newscli.permalinks import address, plain_address
from newscli.rules.model import Hit, rule
from newscli.rules.options import Options
from newscli.rules.subject import Subject
from newscli.text import fold

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+|\d+")
_FEWEST_WORDS = 20
_SOURCES = ("source", "source_url", "original_url", "canonical_url")


class Known(Protocol):
    """What grouping needs of a post: a :class:`Subject`, or an entry of the index in the same clothes."""

    path: str
    data: dict[Any, Any]
    options: Options


@dataclass(slots=True)
class Listed:
    """A post of the index that this run does not check."""

    path: str
    data: dict[Any, Any]
    options: Options


@dataclass(slots=True)
class Archive:
    """What was collected of all posts: for each rule the posts of each key (its hash), as path and date."""

    groups: dict[str, dict[int, list[tuple[str, str]]]] = field(default_factory=dict)
    variants: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    prints: list[tuple[int, tuple[str, str]]] = field(default_factory=list)
    addresses: dict[int, str] = field(default_factory=dict)
    redirects: list[tuple[int, str, str]] = field(default_factory=list)


Key = Callable[[Any], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a rule groups posts: the keys of a post, where to report, and what to say about the first of the group."""

    keys: Key
    place: tuple[str, ...]
    message: str
    of_body: bool = False


def order_of(path: str, date: str) -> tuple[str, str]:
    """By date, then path; posts without a date come last."""
    found: datetime | None = None
    try:
        found = parse_date(date, UTC) if date else None
        if found is None and (day := date_from_name(path.rpartition("/")[2])):
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except DateError:
        found = None
    return (found.astimezone(UTC).isoformat() if found else "9", path)


def _date_of(post: Known) -> str:
    value = post.data.get("date")
    return value if type(value) is str else "" if value is None else str(value)


def _text(post: Known, key: str) -> str:
    value = post.data.get(key)
    return value.strip() if isinstance(value, str) else ""


def address_of(post: Known) -> str:
    """The address of a post, where it is certain."""
    options = post.options
    return address(options.permalinks, post.data, post.path, options.zone)


def canonical(url: str) -> str:
    """An address without what does not change what it leads to: scheme, ``www.``, ``utm_…``, fragment, last stroke."""
    try:
        parts = urlsplit(url.strip() if "://" in url else f"http:{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not name.startswith("utm_")
    ]
    path = parts.path.rstrip("/")
    return f"{host}{path}?{urlencode(kept)}" if host and (path or kept) else ""


def _address_keys(post: Known) -> Iterator[str]:
    if found := address_of(post):
        yield found


def _title_keys(post: Known) -> Iterator[str]:
    if title := _text(post, "title"):
        yield fold(title)


def _source_keys(post: Known) -> Iterator[str]:
    for key in _SOURCES:
        value = _text(post, key)
        if value.startswith(("http://", "https://", "//")) and (found := canonical(value)):
            yield found
            return


def _id_keys(post: Known) -> Iterator[str]:
    for key in ("id", "uid", "guid", "uuid"):
        value = post.data.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            yield f"{key}:{value}"


def _body_keys(subject: Subject) -> Iterator[str]:
    text = "".join(unicodedata.normalize("NFKC", subject.body).split())
    if len(text) > 1:
        yield text


GROUPINGS: dict[str, Grouping] = {}
"""How the rules of this family group posts, by code."""


def _grouped(code: str, grouping: Grouping) -> None:
    GROUPINGS[code] = grouping


_grouped(
    "X501",
    Grouping(_address_keys, ("permalink", "url", "slug"), "has the address of {first} too; the last one written wins"),
)
_grouped("X502", Grouping(_title_keys, ("title",), "has the title of {first} too"))
_grouped("X503", Grouping(_source_keys, _SOURCES, "has the source of {first} too; it is the same article"))
_grouped("X504", Grouping(_body_keys, (), "has the body of {first} too", of_body=True))
_grouped("X506", Grouping(_id_keys, ("id", "uid", "guid", "uuid"), "has the id of {first} too"))


OF_BODIES = frozenset(["X504", "X505"])
"""The rules that compare bodies, which no index holds."""


def place_of(subject: Subject, code: str) -> tuple[tuple[int, int], KeyPath]:
    """Where a post of a group is reported: the value that makes the key, else the start of the body or file."""
    for key in GROUPINGS[code].place if code in GROUPINGS else ("redirect_from",):
        if key in subject.data and subject.data[key] not in (None, ""):
            return subject.place((key,)), (key,)
    if code in ("X504", "X505"):
        return (subject.body_start, subject.body_start), ()
    return subject.opening, ()


def collect(archive: Archive, post: Known, codes: Iterable[str]) -> None:
    """Take in what the rules need of a post."""
    date = _date_of(post)
    for code in codes:
        grouping = GROUPINGS.get(code)
        if grouping is None or (grouping.of_body and not isinstance(post, Subject)):
            continue
        for key in grouping.keys(post):
            archive.groups.setdefault(code, {}).setdefault(hash(key), []).append((post.path, date))
    if "T406" in codes:
        _collect_variants(archive, post)
    if "X505" in codes and isinstance(post, Subject) and len(words := _WORD.findall(post.body)) >= _FEWEST_WORDS:
        archive.prints.append((simhash(words), order_of(post.path, date)))
    if "X507" in codes:
        _collect_redirects(archive, post)


def _collect_variants(archive: Archive, post: Known) -> None:
    value = post.data.get("tags")
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else ()
    for name in names:
        if isinstance(name, str) and name.strip():
            found = archive.variants.setdefault(fold(name), {}).setdefault(name, [0, post.path])
            found[0] += 1


def _collect_redirects(archive: Archive, post: Known) -> None:
    if found := address_of(post):
        archive.addresses.setdefault(hash(found), post.path)
    for key in ("redirect_from", "aliases"):
        value = post.data.get(key)
        for url in [value] if isinstance(value, str) else value if isinstance(value, list) else ():
            if isinstance(url, str):
                archive.redirects.append((hash(plain_address(url)), url, post.path))


def simhash(words: list[str]) -> int:
    """A 64-bit print of a text: like texts have prints that differ in few bits (Charikar 2002)."""
    weights = [0] * 64
    for first, second in pairwise(words):
        bits = int.from_bytes(blake2b(f"{first} {second}".encode(), digest_size=8).digest(), "big")
        for place in range(64):
            weights[place] += 1 if bits >> place & 1 else -1
    return sum(1 << place for place, weight in enumerate(weights) if weight > 0)


@dataclass(frozen=True, slots=True)
class Match:
    """A post to report: its path, the rule, what it says, the post it is held against, the tag it concerns."""

    path: str
    code: str
    message: str
    first: str = ""
    tag: str = ""


def matches(archive: Archive, codes: Iterable[str]) -> Iterator[Match]:
    """What the rules found once all posts are in."""
    for code in sorted(codes):
        for posts in archive.groups.get(code, {}).values():
            if len(posts) > 1:
                ordered = sorted({path: order_of(path, date) for path, date in posts}.items(), key=lambda pair: pair[1])
                first = ordered[0][0]
                for path, _ in ordered[1:]:
                    yield Match(path, code, GROUPINGS[code].message.format(first=first), first)
    yield from _variant_matches(archive)
    yield from _near_matches(archive)
    for digest, url, path in archive.redirects:
        owner = archive.addresses.get(digest)
        if owner and owner != path:
            yield Match(path, "X507", f"redirects {url}, which is the address of {owner}", owner)


def _variant_matches(archive: Archive) -> Iterator[Match]:
    for spellings in archive.variants.values():
        if len(spellings) < 2:
            continue
        usual = max(spellings, key=lambda name: (spellings[name][0], name))
        for name, (count, path) in sorted(spellings.items()):
            if name != usual:
                more = f"{count} posts have" if count > 1 else "this post has"
                words = f"{more} the tag {name}, {spellings[usual][0]} have {usual}; use one spelling"
                yield Match(path, "T406", words, spellings[usual][1], name)


def _near_matches(archive: Archive, distance: int = 3) -> Iterator[Match]:
    bands: dict[tuple[int, int], list[tuple[int, tuple[str, str]]]] = {}
    for mark, order in sorted(archive.prints, key=lambda pair: pair[1]):
        near = ""
        for band in range(4):
            shelf = bands.setdefault((band, mark >> 16 * band & 0xFFFF), [])
            near = near or next((other[1] for value, other in shelf if (value ^ mark).bit_count() <= distance), "")
            shelf.append((mark, order))
        if near and near != order[1]:
            yield Match(order[1], "X505", f"says nearly the same as {near}", near)


@rule("X501", "duplicate-url", needs="corpus")
def duplicate_url(_subject: Subject) -> Iterator[Hit]:
    """Two posts have the same address.

    Why: the one written last wins, the other is not on the site.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        permalink: /dup/
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        permalink: /dup/
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        permalink: /dup/
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        permalink: /other/
        ---
        The second body.

    Engines: Jekyll prints a "Conflict" warning and exits with 0.
    """
    return iter(())


@rule("X502", "duplicate-title", Severity.WARNING, default=False, needs="corpus")
def duplicate_title(_subject: Subject) -> Iterator[Hit]:
    """Two posts have the same title.

    Why: readers cannot tell them apart in a list.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: One
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        The second body.

    Engines: none notices.
    """
    return iter(())


@rule("X503", "duplicate-source", needs="corpus")
def duplicate_source(_subject: Subject) -> Iterator[Hit]:
    """Two posts were taken from the same page.

    Why: it is the same article twice. Scheme, ``www.``, ``utm_…``, fragment and the last stroke do not count.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        source: https://example.com/a
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        source: http://www.example.com/a?utm_source=x#top
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        source: https://example.com/a
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        source: https://example.com/b
        ---
        The second body.

    Engines: none notices.
    """
    return iter(())


@rule("X504", "duplicate-body", Severity.WARNING, default=False, needs="corpus")
def duplicate_body(_subject: Subject) -> Iterator[Hit]:
    """Two posts have the same body.

    Why: it is the same article twice. White space and the width of characters do not count.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The same body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        The  same body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The same body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        Another body.

    Engines: none notices.
    """
    return iter(())


@rule("X505", "near-duplicate", Severity.INFO, default=False, needs="corpus")
def near_duplicate(_subject: Subject) -> Iterator[Hit]:
    """Two posts say nearly the same.

    Why: it is likely the same article, edited.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross!

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        Another body of other words that has nothing to do with a river or a bridge, but with a garden
        in which somebody planted roses, tulips and a small tree many years ago.

    Engines: none notices.
    """
    return iter(())


@rule("X506", "duplicate-id", default=False, needs="corpus")
def duplicate_id(_subject: Subject) -> Iterator[Hit]:
    """Two posts have the same id.

    Why: whoever looks one up finds the other.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        id: 7
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        id: 7
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        id: 7
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        id: 8
        ---
        The second body.

    Engines: feeds show one of them only.
    """
    return iter(())


@rule("X507", "redirect-clash", default=False, needs="corpus")
def redirect_clash(_subject: Subject) -> Iterator[Hit]:
    """A post redirects from the address of another.

    Why: one of the two cannot be reached.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        permalink: /one/
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        redirect_from: /one/
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        permalink: /one/
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        redirect_from: /old/
        ---
        The second body.

    Engines: the page written last wins.
    """
    return iter(())


@rule("T406", "tag-variants", Severity.INFO, needs="corpus")
def tag_variants(_subject: Subject) -> Iterator[Hit]:
    """A tag is spelt otherwise in other posts.

    Why: each spelling gets a page of its own. The rarer spellings are reported once each.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        tags: [AI]
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        tags: [ai]
        ---
        The second body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        tags: [AI]
        ---
        The first body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        tags: [AI]
        ---
        The second body.

    Engines: all make one page a spelling.
    """
    return iter(())
