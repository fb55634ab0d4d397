"""What only bodies tell: how many words a post has and whether it holds HTML; read once, kept in the index."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from newscli.entry import Entry
from newscli.index import Index
from newscli.store import Store, UnreadableError
from newscli.text import count_words

_TAG = re.compile(r"<(?:!--.*?-->|/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>)", re.S)


def measure(body: str) -> tuple[int, bool]:
    """Words (plus CJK characters) of a body without its tags, and whether there are tags."""
    text, tags = _TAG.subn(" ", body)
    return count_words(text), tags > 0


def measure_posts(store: Store, paths: Iterable[str]) -> Iterator[tuple[str, int, bool]]:
    """Path, words and whether there is HTML, of each post; one that cannot be read has no words."""
    for path in paths:
        try:
            words, html = measure(store.read(path).body)
        except UnreadableError:
            words, html = 0, False
        yield path, words, html


def count_bodies(index: Index, progress: Callable[[Iterable[str], int], Iterable[str]]) -> None:
    """Look at every body nobody has looked at yet.

    Args:
        index: where the counts are kept.
        progress: passes the paths through, given how many there are.
    """
    paths = index.uncounted()
    if paths:
        index.set_bodies(list(measure_posts(index.store, progress(paths, len(paths)))))


def with_words(index: Index, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with their words; what had to be counted for it is kept when all are out."""
    counted: list[tuple[str, int, bool]] = []
    for entry in entries:
        if entry.words is not None:
            yield entry
            continue
        counted += measure_posts(index.store, [entry.path])
        _, words, html = counted[-1]
        yield replace(entry, words=words, html=html)
    if counted:
        index.set_bodies(counted)
