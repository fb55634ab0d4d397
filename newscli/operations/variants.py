"""Variants: what posts are found by beside their text as it stands, where a setting asks for it.

``[search] simplified = true`` in newscli.toml folds traditional Chinese into simplified: ``臺灣`` is found by ``台湾``
and the other way round. It needs OpenCC (``opencc`` or ``opencc-python-reimplemented``).

``[search] pinyin = true`` finds Chinese by how it is read: ``重庆`` by ``chongqing``. It needs pypinyin. A character
is read as by itself, and in each way it is read within a word of pypinyin's list of words: what that list lacks (the
``yi`` of ``台``) is of old books, and finds more that was not meant than what was. Whatever reading pypinyin gives a
sentence, the sentence is found by it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any, NamedTuple

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean

_VOWELS = frozenset("aeiouv")
SETTINGS = ("simplified", "pinyin")
"""The keys of the table ``[search]``."""

Variant = Callable[[str], str]
"""From a text to its other form; the text itself when it has none."""


class Variants(NamedTuple):
    """What the settings ask for.

    Attributes:
        other: the other form of a text that it is found by too, when there is one.
        pinyin: whether Chinese is found by how it is read.
    """

    other: Variant | None = None
    pinyin: bool = False

    @property
    def mark(self) -> str:
        """The settings, for an index to tell whether it was made for them."""
        return " ".join(name for name, on in zip(SETTINGS, self, strict=True) if on)


PLAIN = Variants()
"""Nothing but the text as it stands."""


def load_variants(section: Mapping[str, Any]) -> Variants:
    """What the settings of the table ``[search]`` ask for.

    Raises:
        ConfigError: a setting is unknown or no truth value, or what it needs is not installed.
    """
    for name, value in section.items():
        if name not in SETTINGS:
            raise ConfigError(f"[search] has no setting {name!r}{did_you_mean(name, SETTINGS)}")
        if not isinstance(value, bool):
            raise ConfigError(f"search.{name} must be true or false, not {value!r}")
    pinyin = bool(section.get("pinyin"))
    if pinyin and not find_spec("pypinyin"):
        raise ConfigError("search.pinyin needs pypinyin: pip install 'newscli[pinyin]'")
    return Variants(_simplified() if section.get("simplified") else None, pinyin)


def _simplified() -> Variant:
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise ConfigError("search.simplified needs OpenCC: pip install 'newscli[chinese]'") from error
    convert: Variant = OpenCC("t2s").convert
    return lambda text: text if text.isascii() else convert(text)


def readings(characters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The sounds of characters, each with the character: syllables without tones, ``v`` for ``ü``."""
    from pypinyin import Style, lazy_pinyin, pinyin
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict

    read = {character: set(lazy_pinyin(character, errors="ignore")) for character in characters}
    several = {character for character in read if len(*pinyin(character, style=Style.NORMAL, heteronym=True)) > 1}
    for phrase, sounds in phrases_dict.items():
        if not several.isdisjoint(phrase) and len(phrase) == len(sounds):
            for character, (sound, *_) in zip(phrase, sounds, strict=True):
                if character in several:
                    read[character].add(to_normal(sound))
    for character, heard in read.items():
        spelt = heard | {sound.replace("ve", "ue") for sound in heard}  # lve is written lue, too
        yield from ((sound, character) for sound in spelt if not _VOWELS.isdisjoint(sound))
