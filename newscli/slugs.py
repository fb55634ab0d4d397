"""Slugs: the part of a file's name that says what the post is about, safe on every file system."""

import re
import unicodedata
from hashlib import blake2b
from typing import Literal, get_args
from urllib.parse import unquote

from newscli.errors import ConfigError

Style = Literal["unicode", "ascii", "pinyin", "hash"]
STYLES: tuple[Style, ...] = get_args(Style)
LONGEST = 200
"""Bytes of a slug; with a date, a number and an ending it stays below the 255 that file systems allow."""

_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_NUMBERED = (f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³")
_RESERVED = frozenset(["con", "prn", "aux", "nul", "conin", "conout", *_NUMBERED])  # names of devices on Windows
_HASH_BYTES = 6


def make_slug(*texts: str, identity: str, style: Style = "unicode") -> str:
    """A slug of the first text that leaves one: letters and digits kept, in lower case, the rest ``-``.

    Never empty, hidden, ``.``, ``..`` or the name of a device; at most :data:`LONGEST` bytes, cut at a character.

    Args:
        texts: what to make it of, best first; escapes of addresses (``%E6``) are read.
        identity: what tells the post from all others; a hash of it is the slug when no text leaves one.
        style: ``unicode`` keeps all letters; ``ascii`` only ``a`` to ``z``, accents dropped; ``pinyin`` writes Chinese
            in Latin letters; ``hash`` is 12 hex digits.

    Raises:
        ConfigError: the style needs a library that is not installed.
    """
    if style != "hash":
        for text in texts:
            if slug := _cut(_separated(_spelt(text, style))):
                return f"{slug}-post" if slug in _RESERVED else slug
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def _spelt(text: str, style: Style) -> str:
    """The text in the letters that the style keeps."""
    if _ESCAPED.search(text):
        text = unquote(text)
    text = unicodedata.normalize("NFC", text[: LONGEST * 4]).lower()
    if style == "unicode":
        return text
    if style == "pinyin":
        text = _pinyin(text)
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join("" if unicodedata.combining(character) else character for character in plain if _is_kept(character))


def _is_kept(character: str) -> bool:
    """Whether an ASCII slug has something for it: itself, an accent to drop, or a gap; not a foreign letter."""
    return character.isascii() or not character.isalnum()


def _pinyin(text: str) -> str:
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        raise ConfigError("--slug pinyin needs pypinyin: pip install 'newscli[pinyin]'") from None
    return "-".join(lazy_pinyin(text))


def _separated(text: str) -> str:
    """Letters, digits and the marks that belong to them, with single ``-`` for whatever stands between."""
    kept = (character if character.isalnum() or _is_mark(character) else " " for character in text)
    return "-".join("".join(kept).split())


def _is_mark(character: str) -> bool:
    """Whether it is a vowel sign or accent, which is no letter by itself; emoji selectors (U+FE0F) are not."""
    return (
        not character.isascii()
        and unicodedata.category(character) in ("Mn", "Mc")
        and not ("\ufe00" <= character <= "\ufe0f")
    )


def _cut(slug: str) -> str:
    """At most :data:`LONGEST` bytes, no character torn."""
    data = slug.encode("utf-8", "replace")
    cut = data[:LONGEST].decode("utf-8", "ignore")
    return cut.strip("-") if any(map(str.isalnum, cut)) else ""
