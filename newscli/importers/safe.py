"""What HTML from outside may hold: tags, attributes, schemes of addresses."""

import re
from functools import cache

from newscli.importers.markup.entities import unescape

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "magnet"})
"""The schemes an address may have; pictures also ``data:`` with a bitmap."""
_MORE_TAGS = frozenset({"audio", "video", "source", "track", "picture", "main", "section", "tfoot", "big", "font"})
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"title", "lang", "dir", "id", "class", "hidden", "style"}),
    "a": frozenset({"href", "hreflang", "name"}),
    "audio": frozenset({"src", "controls", "preload"}),
    "col": frozenset({"span", "align", "width"}),
    "colgroup": frozenset({"span", "align", "width"}),
    "details": frozenset({"open"}),
    "font": frozenset({"color"}),
    "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "align", "loading"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "source": frozenset({"src", "srcset", "type", "media", "sizes"}),
    "table": frozenset({"align", "summary", "border", "width"}),
    "td": frozenset({"align", "valign", "rowspan", "colspan", "headers", "width"}),
    "th": frozenset({"align", "valign", "rowspan", "colspan", "headers", "scope", "width"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "tr": frozenset({"align", "valign"}),
    "video": frozenset({"src", "poster", "controls", "width", "height", "preload"}),
}
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "action", "background", "formaction", "data", "longdesc"})
_BITMAP = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_INVISIBLE = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff\xad]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@cache
def tags() -> set[str]:
    """The tags that may stay."""
    import nh3

    return set(nh3.ALLOWED_TAGS | _MORE_TAGS)


@cache
def attributes() -> dict[str, set[str]]:
    """The attributes that may stay by their tags; those of every tag under ``*``."""
    import nh3

    found = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in _ATTRIBUTES.items():
        found.setdefault(tag, set()).update(names)
    return found


def allowed_value(tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it may stay; None for one that has to go."""
    if name in _ADDRESSES and not is_safe(value, is_picture=tag == "img" and name == "src"):
        return None
    if name == "srcset" and not all(is_safe(part.split()[0]) for part in value.split(",") if part.strip()):
        return None
    if name == "style":  # what is not shown must not appear; all other style goes
        hidden = _HIDDEN.search(value)
        return hidden[0].lower() if hidden else None
    return value


def is_safe(address: str, *, is_picture: bool = False) -> bool:
    """Whether following an address runs nothing: relative, or of a known scheme, however it is spelt."""
    plain = _INVISIBLE.sub("", unescape(unescape(address)))
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return True
    return scheme[1].lower() in SCHEMES or (is_picture and bool(_BITMAP.match(plain)))
