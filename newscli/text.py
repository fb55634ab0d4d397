"""Text as people see and compare it: width in cells, lines, words, folding, control characters made visible."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Patterns are strings where a listing does without them: compiling costs more than all else at the start.
_CONTROL = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)

_TONES = "\U0001f3fb-\U0001f3ff"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINING = re.compile(f"[\u200d\ufe0f{_TONES}]")
_STYLES = f"\ufe0e\ufe0f\u20e3{_TONES}"
_CLUSTER = f"[{_FLAGS}]{{2}}|[{_EMOJI}](?:[{_STYLES}]|\u200d[{_EMOJI}])*|(?s:.)[{_STYLES}]*"
_PICTURE = f"[{_FLAGS}]{{2}}|[#*0-9©®\u203c\u2049\u3030\u303d{_EMOJI}]\ufe0f|.[{_TONES}]"

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for a class of a pattern."""
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
UNSEEN = "[\xad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]"
"""A pattern of the characters that nobody sees and no search should stumble over."""
CLOSE_KNIT = f"{HAN}{_KANA}\u3000-\u3020\uff01-\uff0f\uff1a-\uff20"
"""Characters, for a class of a pattern, between which a line break within a paragraph is no blank."""
_COUNTED = f"[{HAN}{_KANA}\uac00-\ud7a3]+"
_WORD = "[^\\W_][^\\s–—…“”\u3001-\u3004\u3008-\u3020\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65]*"

_OPENING = "“‘（《「『【〔〈［｛〖〘〚｢￥＄￡"
_CLOSING = (
    "”’，。、；：？！）》」』】〕〉］｝〗〙〛｣｡､…‥—～·・％‰℃°′″々〻ーヽヾゝゞ"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿﾞﾟ"
)
_FULL_WIDTH = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）％｜．")
_NEVER_LAST = frozenset(_OPENING + "([{")
_NEVER_FIRST = frozenset(_CLOSING)
_NEVER_CUT_OFF = frozenset(",.;:?!)]}%")  # of these only where no blank stands before them
_APART = f"\u3040-\u33ff{HAN}\uff66-\uff9f{_OPENING}{_CLOSING}"  # each of these is a unit of its own
_TOKEN = f"[^\\S\u00a0\u202f]+|(?:[^\\s{_APART}]|[\u00a0\u202f]|\\b’\\b)+|[{_APART}]"


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, then case folded.

    Full-width letters, digits and punctuation equal their ASCII twins and ``Ａ`` equals ``a``.
    """
    if text.isascii():
        return text.lower()
    for wide, narrow in _FULL_WIDTH:  # what Chinese texts are full of; to normalize costs ten times as much
        text = text.replace(wide, narrow)
    return _normalized(_normalized(text).casefold())


def _normalized(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


def visible(text: str) -> str:
    """The text with control, C1, bidi and invisible characters written as escapes.

    A file must not be able to send commands to the terminal (ESC, CSI, OSC) or to reorder what is read on it.
    """
    return text if text.isprintable() else re.sub(_CONTROL, _escape, text)


class _Widths(dict[str, int]):
    """The width of each character that was asked for: a dictionary, because listings measure millions of them."""

    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)
        if character == "\xad":
            width = 1  # terminals show the soft hyphen
        elif category in ("Mn", "Me", "Mc", "Cf", "Cc", "Zl", "Zp") or "\u1160" <= character <= "\u11ff":
            width = 0  # marks, controls, and the vowels and finals that join the Hangul syllable before them
        else:
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        self[character] = width
        return width


_WIDTHS = _Widths()


def character_width(character: str) -> int:
    """Cells one character takes on a terminal by itself: 0, 1 or 2 (Unicode Standard Annex 11, ambiguous is 1)."""
    return _WIDTHS[character]


def display_width(text: str) -> int:
    """Cells the text takes on a terminal; an emoji sequence takes those of one emoji."""
    if text.isascii():
        return len(text)
    if _JOINING.search(text):
        return sum(map(_cluster_width, re.findall(_CLUSTER, text)))
    return sum(map(_WIDTHS.__getitem__, text))


def _cluster_width(cluster: str) -> int:
    """Cells of a match of ``_CLUSTER``: a flag, a skin tone or the wish for a picture (U+FE0F) makes two."""
    return 2 if re.match(_PICTURE, cluster) else _WIDTHS[cluster[0]]


def _iter_clusters(text: str) -> Iterator[tuple[str, int]]:
    """What must stay together (a character, its marks, what is joined to it), with the cells it takes."""
    cluster, width = "", 0
    for piece in re.findall(_CLUSTER, text):
        cells = _cluster_width(piece)
        if cells and cluster:
            yield cluster, width
            cluster, width = "", 0
        cluster += piece
        width += cells
    yield cluster, width


def truncate(text: str, width: int) -> str:
    """The text cut to ``width`` cells, an ellipsis marking the cut; a wide character is never split."""
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for cluster, cells in _iter_clusters(text):  # pragma: no branch - the whole is too wide
        used += cells
        if used > width:
            break
        kept.append(cluster)
    return "".join(kept) + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """The text filled with blanks on the right to ``width`` cells."""
    return text + " " * (width - display_width(text))


def wrap(text: str, width: int) -> list[str]:
    """The lines of the text, none wider than ``width`` cells unless a single character is.

    Chinese and Japanese break between any two characters, but no line begins with closing punctuation or ends with
    opening punctuation (JIS X 4051, GB/T 15834). Other words break only when they are wider than a line. The line
    breaks of the text stay, and so do the blanks it indents a line with; blanks at a new line break are dropped.
    """
    return [line for source in text.splitlines() for line in _wrap_line(source, width)]


def _wrap_line(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used, blank = "", 0, ""
    for unit in _iter_units(text):
        if unit.isspace():
            blank = unit
            continue
        cells = display_width(blank + unit)
        if used + cells <= width:
            line, used, blank = line + blank + unit, used + cells, ""
            continue
        if line:
            lines.append(line)
        *whole, line = _split(unit, width)
        lines += whole
        used, blank = display_width(line), ""
    return [*lines, line]


def _split(unit: str, width: int) -> list[str]:
    """The unit in pieces that fit a line, mostly one."""
    if display_width(unit) <= width:
        return [unit]
    clusters = [*_iter_clusters(unit)]
    pieces = []
    start = 0
    while start < len(clusters):
        end, used = start + 1, clusters[start][1]
        while end < len(clusters) and used + clusters[end][1] <= width:
            used += clusters[end][1]
            end += 1
        end = next((place for place in range(end, start, -1) if _may_break(clusters, place)), end)
        pieces.append("".join(cluster for cluster, _ in clusters[start:end]))
        start = end
    return pieces


def _may_break(clusters: list[tuple[str, int]], place: int) -> bool:
    return place == len(clusters) or not _is_bound(clusters[place - 1][0], clusters[place][0], apart=False)


def _iter_units(text: str) -> Iterator[str]:
    """What a line must not break, and the blanks between."""
    unit = blank = ""
    for token in re.findall(_TOKEN, text):
        if token.isspace():
            blank = token
        elif unit and _is_bound(unit, token, apart=bool(blank)):
            unit += blank + token
            blank = ""
        else:
            yield from filter(None, (unit, blank))
            unit, blank = token, ""
    yield from filter(None, (unit, blank))


def _is_bound(unit: str, token: str, *, apart: bool) -> bool:
    """Whether no line may break between the two."""
    if unit[-1] in _NEVER_LAST or token[0] in _NEVER_FIRST:
        return True
    return not apart and (token[0] in _NEVER_CUT_OFF or not _WIDTHS[token[0]])


def count_words(text: str) -> int:
    """How many words the text has: Han characters, kana and Hangul syllables count each, other words and numbers whole.

    Markup counts as it stands; take it out before.
    """
    rest, runs = re.subn(_COUNTED, " ", text)
    return len(text) - len(rest) + runs + len(re.findall(_WORD, rest))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was perhaps meant by ``word``, compared folded; None when nothing is near."""
    from difflib import get_close_matches

    names = {fold(candidate): candidate for candidate in candidates}
    wanted = fold(word)
    near = get_close_matches(wanted, names, n=1) or [name for name in names if wanted and name.startswith(wanted)]
    return names[near[0]] if near else None
