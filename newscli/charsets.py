"""Character sets: bytes become text in such a way that the very bytes can be had back."""

import codecs
import re
from dataclasses import dataclass

from newscli.errors import ConfigError
from newscli.text import nearest

_HEAD = 1024  # where a declaration counts (WHATWG, "prescan a byte stream to determine its encoding")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "koi8-r", "cp1251", "cp1252")  # the first of equals wins
# What gives a wrong guess away: the kana of EUC-JP read as Chinese, Chinese read as half-width kana.
_UNLIKELY = {"gb18030": "[\u3041-\u3096]", "cp932": "[\uff61-\uff9f]"}

# What a label means on the web where Python takes it at its word (https://encoding.spec.whatwg.org/#names-and-labels).
_WEB = {
    "gb18030": ("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "csgb2312", "iso-ir-58", "cp936", "euc-cn"),
    "cp932": ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "csshiftjis"),
    "cp949": ("euc-kr", "ks_c_5601-1987", "ksc5601", "ksc_5601", "korean", "windows-949", "cseuckr", "uhc"),
    "cp1252": ("latin1", "latin-1", "l1", "iso-8859-1", "iso8859-1", "iso_8859-1", "ascii", "us-ascii", "x-cp1252"),
    "cp1254": ("latin5", "iso-8859-9", "iso8859-9", "iso_8859-9"),
    "cp874": ("iso-8859-11", "iso8859-11", "tis-620", "windows-874"),
    "big5hkscs": ("big5", "big5-hkscs", "big5-eten", "x-x-big5", "cn-big5", "csbig5", "cp950"),
    "koi8-u": ("koi8-ru",),
    "koi8-r": ("koi", "koi8", "koi8_r"),
    "utf-16-le": ("utf-16", "utf16", "unicode", "ucs-2"),
    "utf-8": ("x-unicode20utf8", "unicode-1-1-utf-8"),
}
_LABELS = {label: name for name, labels in _WEB.items() for label in labels}
_WEB_CODECS = (
    r"utf-8|utf-16-[bl]e|gb18030|big5hkscs|cp932|cp949|euc_jp|iso2022_jp|"
    r"cp125\d|cp866|cp874|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)"
)
_DECLARATION = rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)|<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)"""
_PARAMETER = r"""charset\s*=\s*["']?([\w.:-]+)"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text.

    Attributes:
        text: the text; a byte-order mark stays as U+FEFF, a byte that is not UTF-8 as a lone surrogate (PEP 383).
        encoding: the name for :func:`encode`, which gives the very bytes back.
        certain: False when the encoding is a guess.
    """

    text: str
    encoding: str
    certain: bool


def decode(data: bytes, otherwise: str = "") -> Decoded:
    """The text of bytes about which nothing is known: by mark, as UTF-8, else by the most likely encoding.

    Args:
        data: the bytes.
        otherwise: the encoding of what is not UTF-8, where somebody knows it; what it cannot read is guessed.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (text := _exact(data, encoding)) is not None:
            return Decoded(text, encoding, certain=True)
    try:
        return Decoded(data.decode(), "utf-8", certain=True)
    except UnicodeDecodeError:
        text = _exact(data, otherwise) if otherwise else None
        return _guess(data) if text is None else Decoded(text, otherwise, certain=True)


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a decoded text.

    Raises:
        UnicodeEncodeError: the text was edited and the encoding lacks a character of it.
    """
    return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")


def _exact(data: bytes, encoding: str) -> str | None:
    """The text, if the encoding reads the bytes and gives the same bytes back."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except UnicodeError:
        return None


def _guess(data: bytes) -> Decoded:
    """The likeliest reading of bytes that are not UTF-8; at worst UTF-8 with the stray bytes escaped."""
    escaped = data.decode("utf-8", "surrogateescape")
    if not _is_damaged_utf8(escaped):
        for encoding in _likely(data):
            text = _exact(data, encoding)
            if text is not None:
                return Decoded(text, encoding, certain=False)
    return Decoded(escaped, "utf-8", certain=False)


def _is_damaged_utf8(escaped: str) -> bool:
    """Whether this is UTF-8 in which a few bytes went missing, or no-break spaces (C2 A0) lost their second byte."""
    stray = re.findall("[\udc80-\udcff]", escaped)
    sound = sum(not character.isascii() for character in escaped) - len(stray)
    return sound >= 4 * len(stray) or set(stray) == {"\udcc2"}


def _likely(data: bytes) -> list[str]:
    """The encodings that the bytes may be in, the likeliest first."""
    runs = re.findall(rb"[\x80-\xff]+", data)
    if sum(len(run) == 1 for run in runs) > 3 * len(runs) / 4:
        return ["cp1252"]  # accents stand alone among letters; the other alphabets come in runs
    from charset_normalizer import from_bytes

    # Lines of pure ASCII say nothing and drown those that do.
    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())
    found = []
    for match in from_bytes(telling, cp_isolation=list(_GUESSES), preemptive_behaviour=False):
        encoding = codecs.lookup(match.encoding).name
        unlikely = encoding in _UNLIKELY and bool(re.search(_UNLIKELY[encoding], str(match)))
        likeness = (unlikely, round(match.chaos, 2), -round(match.coherence, 1), _GUESSES.index(encoding))
        found.append((likeness, encoding))
    return [encoding for _, encoding in sorted(found)]


def declared(data: bytes, *, http: str | None = None) -> str | None:
    """The encoding that a page or feed says it has; None when it says nothing that the web knows.

    Its mark counts first, then the HTTP header (``http``, a Content-Type), then the XML declaration or ``<meta>``
    in the first 1,024 bytes. Names mean what they mean to browsers: gb2312 is gb18030, latin1 is cp1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if (parameter := re.search(_PARAMETER, http or "", re.IGNORECASE)) and (name := _web_codec(parameter[1])):
        return name
    if found := re.search(_DECLARATION, data[:_HEAD], re.IGNORECASE):
        name = _web_codec((found[1] or found[2]).decode("ascii"))
        return "utf-8" if name and name.startswith("utf-16") else name  # in UTF-16 it could not have been found
    return None


def _web_codec(label: str) -> str | None:
    """Python's name of the encoding that the label means on the web; None for what no page may be written in."""
    label = label.lower()
    try:
        name = _LABELS.get(label) or codecs.lookup(label).name
    except LookupError:
        return None
    return name if re.fullmatch(_WEB_CODECS, name) else None


def decode_declared(data: bytes, *, http: str | None = None, encoding: str | None = None) -> Decoded:
    """The text of bytes in the given encoding, else in the declared one, else as :func:`decode` reads them.

    A declaration that does not fit the bytes is passed over, and so is one of an older encoding over what plainly
    is UTF-8 (pages are recoded more often than their ``<meta>``).

    Raises:
        ConfigError: there is no encoding of the given name.
    """
    name = _given(encoding) if encoding else declared(data, http=http)
    if name is None or (not encoding and name != "utf-8" and _is_plainly_utf8(data, name)):
        return decode(data)
    for candidate in (name, "iso8859-1") if name == "cp1252" else (name,):  # browsers read its five gaps as C1
        text = _exact(data, candidate)
        if text is not None:
            return Decoded(text, candidate, certain=True)
    return decode(data)


def _given(label: str) -> str:
    """Python's name of the encoding that a user named."""
    if name := _web_codec(label):
        return name
    near = nearest(label, [*_LABELS, *_WEB, *_GUESSES])
    hint = f" Did you mean {near}?" if near else ""
    raise ConfigError(f"Unknown encoding {label!r}.{hint} Write a name such as utf-8, gb18030, big5 or cp1252.")


def _is_plainly_utf8(data: bytes, name: str) -> bool:
    """Whether the bytes are UTF-8 with so many characters beyond ASCII that it is no accident."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    beyond_ascii = len(data.translate(None, bytes(range(0xC0))))  # the first bytes of the longer sequences
    one_byte_each = len(data.decode(name, "replace")) == len(data)
    return beyond_ascii > (0 if one_byte_each else 2)  # two Chinese characters can look like UTF-8 (学习 in GBK does)
