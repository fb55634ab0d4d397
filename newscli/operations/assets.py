"""Pictures of imported articles, downloaded under names made of their content, and the links to them rewritten."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from newscli.errors import NewscliError, StoreError
from newscli.importers.article import Article
from newscli.importers.fetch import Fetcher
from newscli.importers.markup.tokens import Token, iter_tokens
from newscli.importers.problems import Code, SourceError
from newscli.ledger import Ledger
from newscli.places import Places
from newscli.store import Store

_MARKDOWN = re.compile(
    r"(!\[(?:[^\[\]\\]|\\.){0,2000}\]\(\s*+)(<https?://[^<>\n]*>|https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)"
)
_SIZES = re.compile(r"(?:^|&)(?:w|h|width|height|resize|fit|quality|ssl)=[^&]*")
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"BM", ".bmp"),
)
_ROOTS = {"astro": "public/", "hugo": "static/", "hexo": "source/"}
"""What generators publish as the root of the site."""


_FOR_EVER = frozenset([Code.RECORD, Code.TOO_BIG])
"""What stays wrong with a picture however often it is fetched."""


class Localised(NamedTuple):
    """An article with its pictures on our side.

    Attributes:
        article: the article.
        warnings: why pictures are not.
        awaited: whether one of them may be had another time.
    """

    article: Article
    warnings: list[str]
    awaited: bool


@dataclass(slots=True)
class Assets:
    """Downloads pictures into a folder of the store.

    Attributes:
        folder: relative to the store's root.
        prefix: what links to the folder begin with.
        fetcher: how they are fetched.
        ledger: which were fetched before.
        places: where files are made.
        root: the store's root.
        dry: whether nothing is fetched.
    """

    folder: str
    prefix: str
    fetcher: Fetcher
    ledger: Ledger
    places: Places
    root: Path
    dry: bool = False
    _failed: dict[str, bool] = field(default_factory=dict)

    def localise(self, article: Article) -> Localised:
        """The article with its pictures on our side, and what went wrong; a picture that cannot be had stays a link."""
        from dataclasses import replace

        warnings: list[str] = []
        awaited = False

        def local(url: str) -> str:
            nonlocal awaited
            try:
                ours = self._local(url)
            except (SourceError, StoreError) as error:
                self._failed[without_size(url)] = not (isinstance(error, SourceError) and error.code in _FOR_EVER)
                warnings.append(str(error))
                ours = url
            awaited = awaited or self._failed.get(without_size(url), False)
            return ours

        body = _rewrite(article.body, local)
        if article.body_format != "html":
            body = _MARKDOWN.sub(lambda match: match[1] + local(match[2].strip("<>")), body)
        image = local(article.image) if article.image else ""
        return Localised(replace(article, body=body, image=image), warnings, awaited)

    def _local(self, url: str) -> str:
        """The address of our copy; the same address when it failed before.

        Raises:
            SourceError, StoreError: it cannot be had.
        """
        url = without_size(url)
        if url in self._failed or not url.lower().startswith(("http://", "https://")):
            return url
        name = self.ledger.asset(url)
        if name and (self.root / self.folder / name).is_file():
            return self.prefix + name
        if self.dry:
            return url
        content = self.fetcher.fetch(url).content
        name = _name(content, url)
        if not (self.root / self.folder / name).is_file():
            stem, _, ending = name.rpartition(".")
            self.places.create(self.folder, stem, url, content, ending=f".{ending}")
        self.ledger.record_asset(url, name)
        return self.prefix + name


def open_assets(folder: str, store: Store, fetcher: Fetcher, ledger: Ledger, places: Places, *, dry: bool) -> Assets:
    """Pictures go into this folder of the store.

    Raises:
        NewscliError: the folder lies outside the store.
    """
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if folder.startswith("/") or ".." in parts or not parts:
        raise NewscliError(f"--assets {folder}: name a folder within the archive, such as assets/images")
    path = "/".join(parts)
    public = f"{path}/".removeprefix(_ROOTS.get(store.dialect.name, ""))
    return Assets(path, f"/{public}", fetcher, ledger, places, store.root, dry)


def without_size(url: str) -> str:
    """The address of a picture in its full size: ``?w=300`` and the like taken away."""
    parts = urlsplit(url)
    query = _SIZES.sub("", parts.query).lstrip("&") if parts.query else ""
    return urlunsplit(parts._replace(query=query, fragment=""))


def _name(content: bytes, url: str) -> str:
    """The name of a picture: the hash of its content, the ending of what it is.

    Raises:
        SourceError: it is no bitmap; drawings (SVG) can hold scripts and are left where they are.
    """
    ending = next((ending for magic, ending in _KINDS if content.startswith(magic)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        ending = ".webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        ending = ".avif"
    if not ending:
        raise SourceError(Code.RECORD, f"{url} is no picture of a known kind; the link stays", name=url)
    return sha256(content).hexdigest()[:24] + ending


def _rewrite(text: str, local: Callable[[str], str]) -> str:
    """The HTML with the addresses of its pictures exchanged; all else stays to the byte."""
    parts: list[str] = []
    position = 0
    for token in iter_tokens(text):
        if token.kind == "start" and token.name == "img":
            for start, end, written in _changes(token, local):
                parts += [text[position:start], written]
                position = end
    return "".join([*parts, text[position:]])


def _changes(token: Token, local: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """The places of a picture's tag to write anew, in order: our address in ``src``, no other sizes beside it."""
    url = _largest(token.get("srcset")) or token.get("src")
    ours = local(url) if url else ""
    if not ours or ours == url:
        return
    found = {"src": f'src="{escape(ours)}"', "srcset": "", "sizes": ""}
    spans = [(at.start, at.end, found[name]) for name, at in token.attributes.items() if name in found]
    if "src" not in token.attributes:
        spans.append((token.start + 4, token.start + 4, f" {found['src']}"))
    yield from sorted(spans)


def _largest(srcset: str) -> str:
    """The address of the largest picture of a ``srcset``; empty without one."""
    candidates = [part.split() for part in re.split(r",\s+", srcset) if part.strip()]
    sized = [(float(size[0][:-1]), url) for url, *size in candidates if size and re.fullmatch(r"[\d.]+[wx]", size[0])]
    return max(sized)[1] if sized else ""
