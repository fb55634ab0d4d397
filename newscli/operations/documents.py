"""Documents: from posts to what the full-text index takes; in two processes where there is much to do."""

import os
import re
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from zlib import crc32

from newscli.front_matter.fences import find_fences
from newscli.fulltext.documents import BATCH, Document, Prepare, Work
from newscli.fulltext.tokens import canonical, grams, join, split
from newscli.operations.variants import PLAIN, Variants
from newscli.pool import cores, shared
from newscli.store import Store, UnreadableError
from newscli.text import HAN

SKETCH = 24
"""Hashes in a sketch."""
_HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
_BETWEEN = r"\s,.;:!?。、…"
_PIECE = re.compile(rf"[^{_BETWEEN}]+(?: [^{_BETWEEN}]+){{1,3}}|[^\x00-\x7f{_BETWEEN}][^{_BETWEEN}]{{5,15}}")
_SHARED_FROM = 2000
_SHARES = 2
_CHUNK = 1 << 20


def body_text(store: Store, path: str) -> str:
    """What a reader sees of the post's body; empty when the file cannot be read."""
    from newscli.plain_text import visible_text  # as much to compile as the rest of a search

    return visible_text(_body(_read(store, path), store, path))


def preparing(store: Store, variants: Variants = PLAIN) -> Prepare:
    """What makes documents of the works of this store."""

    def prepare(works: Sequence[Work]) -> Iterator[list[Document]]:
        maker = _Maker(store, variants)
        is_shared = len(works) >= _SHARED_FROM and cores() > 1
        size = max(1, min(BATCH, len(works) // (2 * _SHARES))) if is_shared else BATCH
        batches = [works[start : start + size] for start in range(0, len(works), size)]

        def documents(number: int) -> list[Document]:
            return maker.documents(batches[number])

        if not is_shared:
            yield from map(documents, range(len(batches)))
            return
        yield from shared(documents, len(batches), jobs=_SHARES, failed=lambda number, _: documents(number))

    return prepare


class _Maker:
    """Makes documents, and remembers which words it has handed over."""

    def __init__(self, store: Store, variants: Variants) -> None:
        from newscli.plain_text import visible_text

        self.visible = visible_text
        self.store = store
        self.variants = variants
        self.known: set[str] = set()
        self.pairs: set[str] = set()

    def documents(self, works: Sequence[Work]) -> list[Document]:
        return [self._document(work) for work in works]

    def _document(self, work: Work) -> Document:
        data = _read(self.store, work.path)
        digest = blake2b(data, digest_size=16)
        digest.update(f"\0{work.title}\0{work.names}".encode("utf-8", "replace"))
        if digest.digest() == work.file:
            return Document(work.file)
        texts = [canonical(work.title), canonical(work.names)]
        body = canonical(self.visible(_body(data, self.store, work.path)))
        texts.append(body)
        if other := self.variants.other:
            texts = [_with_variant(text, other(text)) for text in texts]
        pieces = [split(text) for text in texts]
        words = [set(piece[1::2]) for piece in pieces]
        new = set().union(*words) - self.known
        self.known |= new
        title, names, main = map(join, pieces)
        return Document(
            digest.digest(),
            (title, names, main),
            (" ".join(grams(words[0])), " ".join(grams(words[1])), " ".join(grams(words[2]))),
            "\n".join(sorted(new)),
            blake2b(body.encode("utf-8", "replace"), digest_size=8).digest(),
            sketch(body),
            self._pairs(texts) if self.variants.pinyin else "",
        )

    def _pairs(self, texts: Sequence[str]) -> str:
        found = {pair for text in texts for pair in map(str.__add__, text, text[1:])} - self.pairs
        self.pairs |= found
        return "".join(sorted(pair for pair in found if _HAN_PAIR.match(pair)))


def _with_variant(text: str, variant: str) -> str:
    return text if variant == text else f"{text}\n{variant}"


def sketch(body: str) -> bytes:
    """The least hashes of the pieces of a canonical text, four bytes each: texts that share pieces share hashes.

    A piece is two to four words of a clause, or six to sixteen characters where Chinese is written without blanks: a
    word that was changed costs one of them.
    """
    hashes = {crc32(piece.encode("utf-8", "replace")) for piece in _PIECE.findall(body)}
    return array("I", sorted(hashes)[:SKETCH]).tobytes()


def _read(store: Store, path: str) -> bytes:
    """The bytes of a post's file; none when it cannot be read, which the listing says."""
    try:
        file = os.open(store.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b""
    try:
        return b"".join(iter(lambda: os.read(file, _CHUNK), b""))
    except OSError:
        return b""
    finally:
        os.close(file)


def _body(data: bytes, store: Store, path: str) -> str:
    try:
        text = data.decode() if data else ""
    except UnicodeDecodeError:
        text = ""
    if text:
        return text[find_fences(text).body :]
    try:  # a link, another character set, or nothing to read
        return store.read(path).body
    except UnreadableError:
        return ""
