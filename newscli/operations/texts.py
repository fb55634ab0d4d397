"""Texts: a file as head and body, whatever it is encoded in and however broken its front matter is."""

from typing import NamedTuple

from newscli.charsets import decode_declared, encode
from newscli.front_matter.fences import find_fences
from newscli.operations.originals import Original
from newscli.post import PAGES

_BLANK = "\ufeff \t\r\n"


class Text(NamedTuple):
    """A file's text, cut at the body.

    Attributes:
        head: fences and front matter, byte order mark included.
        body: the rest.
        encoding: the character set of the file.
        is_post: whether there is front matter.
    """

    head: str
    body: str
    encoding: str
    is_post: bool

    @property
    def begins_with_tag(self) -> bool:
        """Whether there is no front matter, and the first thing of the body is a tag."""
        return not self.is_post and self.body.lstrip(_BLANK).startswith("<")

    def is_page(self, name: str) -> bool:
        """Whether the body is HTML from end to end: by the name of the file, or because it says so."""
        if name.lower().endswith(PAGES):
            return True
        return not self.is_post and self.body.lstrip(_BLANK)[:9].lower().startswith(("<!doctype", "<html"))


def read_text(source: Original) -> Text:
    """The text of a post; that of a page that is not in UTF-8 in the encoding that it declares.

    Raises:
        UnreadableError: it cannot be read.
    """
    written, encoding, _ = source.store.read_text(source.path)
    text = _cut(written, encoding)
    return decode(encode(written, encoding)) if encoding != "utf-8" and text.is_page(source.name) else text


def decode(data: bytes) -> Text:
    """The text of bytes in whatever encoding they say, or seem, to be in."""
    found = decode_declared(data)
    return _cut(found.text, found.encoding)


def _cut(text: str, encoding: str) -> Text:
    """Cut a text; the front matter may be broken, it only must be found."""
    fences = find_fences(text)
    return Text(text[: fences.body], text[fences.body :], encoding, bool(fences.format))
