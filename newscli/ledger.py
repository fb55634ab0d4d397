"""The ledger: which articles the store has, by where they came from, and which it once had.

An article is told from others by three names, tried in this order: the id that its feed gave it, its own address, and a
hash of what it says where it has neither. The first two stand in the posts (``source_id``, ``source_url``), so the
files stay the truth. What files cannot tell is kept in the user's state folder, never in the store: which articles were
imported (those that are no longer there were deleted by hand and do not come back), where feeds and pictures stood.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_BATCH = 500
"""Records between two commits: what a killed run forgets of what it wrote, and finds again in the files."""
_WAIT = 60.0
_PORTS = {"http": "80", "https": "443"}
_TABLES = """
CREATE TABLE IF NOT EXISTS imported (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (id TEXT PRIMARY KEY, said BLOB, hash TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS assets (url TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
"""
_OF_THIS_RUN = """
CREATE TEMP TABLE posts (key TEXT PRIMARY KEY, id TEXT, path TEXT, hash TEXT) WITHOUT ROWID;
CREATE TEMP TABLE seen (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells an article from all others.

    Attributes:
        id: what its post keeps as ``source_id``: the id its feed gave it, as far as need be with the feed in front
            (``FEED#ID``), or ``hash:…``; empty when it has an address only.
        url: its canonical address, ``source_url``; empty when it has none.
        place: a digest of the file that holds nothing else and of the title, where the id is a hash: what it says may
            change. Another title in the same file is taken for another article.
    """

    id: str
    url: str = ""
    place: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names it is looked up by, the surest first."""
        return tuple(mark + name for mark, name in (("i", self.id), ("u", self.url)) if name)

    def __str__(self) -> str:
        return self.id or self.url


class Known(NamedTuple):
    """A post of the store: its path, and the ``source_hash`` it bears (empty without one)."""

    path: str
    hash: str


def identify(*, feed: str, guid: str, url: str, origin: str, content: str, title: str = "") -> Identity:
    """The identity of an article.

    Args:
        feed: what its id is unique within; empty when the source does not say.
        guid: its id; empty when it has none.
        url: its address.
        origin: the file it stands in: the last resort to tell ids such as ``42`` of two files apart.
        content: what it says, normalised; for those with neither id nor address.
        title: its title, normalised, when ``origin`` is a file that holds nothing else.
    """
    address = canonical(url)
    if guid:
        if _is_unique(guid):
            return Identity(guid, address)
        return Identity(f"{feed or urlsplit(address).hostname or Path(origin).name}#{guid}", address)
    if address:
        return Identity("", address)
    place = _digest(f"{os.path.abspath(origin)}\n{title}") if title else ""  # noqa: PTH100 - the name of a member of an archive, too
    return Identity(f"hash:{_digest(content)}", place=place)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def canonical(url: str) -> str:
    """An address as it is compared: scheme and host in lower case, no default port, fragment or ``utm_*``.

    Empty for what is no address of the web.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        return ""
    if scheme not in _PORTS or not host:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if port and str(port) != _PORTS[scheme]:
        netloc += f":{port}"
    query = parts.query
    if "utm_" in query.lower():
        tracked = {name for name, _ in parse_qsl(query, keep_blank_values=True) if name.lower().startswith("utm_")}
        query = "&".join(part for part in query.split("&") if part.partition("=")[0] not in tracked)
    return urlunsplit((scheme, netloc, parts.path or "/", query, ""))


def _is_unique(guid: str) -> bool:
    """Whether an id is one of its own in all the world: an address, a ``tag:`` or ``urn:``, a Message-ID, a UUID."""
    scheme, colon, rest = guid.partition(":")
    if colon and rest and scheme.isascii() and scheme.isalpha():
        return True
    bare = guid.replace("-", "")
    return (guid.startswith("<") and "@" in guid) or (
        len(bare) == 32 and all(c in "0123456789abcdefABCDEF" for c in bare)
    )


def _scope(source_id: str) -> str:
    """The feed within which an id is unique; empty for one that is unique by itself."""
    is_by_itself = _is_unique(source_id) and not source_id.startswith(("http://", "https://"))
    return "" if is_by_itself else source_id.rpartition("#")[0]


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where what must outlive the cache is kept: ``$XDG_STATE_HOME/newscli``, ``~/.local/state/newscli`` without it."""
    base = environment.get("XDG_STATE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "state") / "newscli"


def ledger_path(root: Path, folder: Path | None = None) -> Path:
    """The file of the ledger of the store with this root."""
    digest = blake2b(os.fsencode(root), digest_size=6).hexdigest()
    name = "".join(character if character.isalnum() else "-" for character in root.name)[:40]
    return (folder or state_folder()) / f"{name}-{digest}.sqlite"


class Ledger:
    """The ledger of one store. Use as a context manager.

    Attributes:
        note: what to tell the user, such as that nothing can be remembered; empty when all is well.
    """

    def __init__(self, path: Path, *, dry: bool = False) -> None:
        """Open or make the file.

        Args:
            path: the file.
            dry: remember nothing beyond this run.
        """
        self.note = ""
        self._dry = dry
        self._pending = 0
        self._doubted: set[str] = set()
        self._connection = self._open(path)
        self._connection.executescript(_OF_THIS_RUN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.save()
        self._connection.close()

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            if self._dry:
                return _copy(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            self.note = f"{path} cannot be used ({error}): deleted posts may come back"
            return _copy(None)
        return connection

    def save(self) -> None:
        """Write down what was recorded since the last time."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        self._pending = 0

    # The posts of the store

    def learn(self, posts: Iterable[tuple[str, str, str, str]]) -> None:
        """Take in the posts of the store: path, ``source_id``, ``source_url``, ``source_hash``, each empty without."""
        rows = (
            (key, source_id, path, mark)
            for path, source_id, url, mark in posts
            for key in Identity(source_id, url).keys
        )
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR IGNORE INTO temp.posts VALUES (?,?,?,?)", rows)
        self._connection.execute("COMMIT")

    def known_as(self, identity: Identity) -> Identity:
        """The identity that the article had when it was imported first: what a file says may change."""
        if not identity.place:
            return identity
        ids = (f"i{identity.id}", f"p{identity.place}")
        found = (self._connection.execute("SELECT id FROM imported WHERE key=?", (key,)).fetchone() for key in ids)
        first = next((row[0] for row in found if row), "")
        if not first:
            return identity
        self._keep("INSERT OR IGNORE INTO imported VALUES (?,?)", (ids[0], first))  # the file may be moved, too
        self._keep("INSERT OR REPLACE INTO imported VALUES (?,?)", (ids[1], first))
        return replace(identity, id=first)

    def find(self, identity: Identity) -> Known | None:
        """The post of an article; None when the store has none."""
        for key in identity.keys:
            row = self._connection.execute("SELECT id, path, hash FROM temp.posts WHERE key=?", (key,)).fetchone()
            if row and _may_be_one(identity.id, row[0]):
                return Known(row[1], row[2])
        return None

    def was_deleted(self, identity: Identity) -> bool:
        """Whether an article that the store does not have was imported once."""
        found = (
            self._connection.execute("SELECT id FROM imported WHERE key=?", (key,)).fetchone() for key in identity.keys
        )
        return any(row and _may_be_one(identity.id, row[0]) for row in found)

    def is_first_sight(self, path: str) -> bool:
        """Whether a post was not met in this run yet; it is from now on."""
        return self._connection.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (path,)).rowcount == 1

    def record(self, identity: Identity, path: str, mark: str) -> None:
        """Note that the store has the post of an article, with this ``source_hash``."""
        for key in identity.keys:
            row = (key, identity.id, path, mark)
            self._connection.execute("INSERT OR REPLACE INTO temp.posts VALUES (?,?,?,?)", row)
            self._keep("INSERT OR IGNORE INTO imported VALUES (?,?)", (key, identity.id))
        if identity.place:
            self._keep("INSERT OR REPLACE INTO imported VALUES (?,?)", (f"p{identity.place}", identity.id))

    def is_written(self, identity: Identity, said: bytes, mark: str) -> bool:
        """Whether the article, saying this, is what the post with this ``source_hash`` was made of."""
        row = self._connection.execute("SELECT said, hash FROM written WHERE id=?", (str(identity),)).fetchone()
        return bool(row == (said, mark))

    def record_written(self, identity: Identity, said: bytes, mark: str) -> None:
        """Note it: what says the same next time need not be made into a post to learn that it would be the same."""
        self._keep("INSERT OR REPLACE INTO written VALUES (?,?,?)", (str(identity), said, mark))

    # Feeds and pictures

    def last_answer(self, url: str) -> tuple[str, str]:
        """``etag`` and ``last-modified`` of the last answer of an address; empty texts when there was none."""
        return self._connection.execute("SELECT etag, modified FROM feeds WHERE url=?", (url,)).fetchone() or ("", "")

    def doubt(self, url: str) -> None:
        """Note that not all of an address is in the store: its answer of this run is not to be remembered."""
        self._doubted.add(url)

    def record_answer(self, url: str, etag: str, modified: str) -> None:
        """Note them, once all that came with the answer is in the store; not when that is in doubt."""
        if url not in self._doubted:
            self._keep("INSERT OR REPLACE INTO feeds VALUES (?,?,?)", (url, etag, modified))

    def asset(self, url: str) -> str:
        """The name under which a picture was downloaded; empty when it was not."""
        row = self._connection.execute("SELECT name FROM assets WHERE url=?", (url,)).fetchone()
        return str(row[0]) if row else ""

    def record_asset(self, url: str, name: str) -> None:
        """Note the name of a picture that was downloaded."""
        self._keep("INSERT OR REPLACE INTO assets VALUES (?,?)", (url, name))

    def _keep(self, statement: str, values: tuple[str | bytes, ...]) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(statement, values)
        self._pending += 1
        if self._pending >= _BATCH:
            self.save()


def _copy(path: Path | None) -> sqlite3.Connection:
    """A ledger in memory that begins with what the file holds; the file stays as it is."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if path and path.is_file():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as kept:
            kept.backup(connection)
    connection.executescript(_TABLES)
    return connection


def _may_be_one(one: str, other: str) -> bool:
    """Whether two articles with one address can be the same: not when one feed gives them two ids."""
    return not one or not other or one == other or _scope(one) != _scope(other)
