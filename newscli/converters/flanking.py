"""What stands at the edges of emphasis, and whether every reader of Markdown opens and closes it there.

A run of ``*`` opens emphasis only if it is *left-flanking* and closes it only if it is *right-flanking*
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis): the second ``**`` in ``**基础：**自`` does not
close, for it stands between punctuation and a letter.
"""

import re
import unicodedata

from newscli.converters.marks import INLINE, KEPT

PAIRS = dict(zip("([{<“‘（【《〈「『〔［｛", ")]}>”’）】》〉」』〕］｝", strict=True))
"""Brackets and quotes that move out of emphasis together."""
OPENERS = {right: left for left, right in PAIRS.items()}
_LINE_START = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]|#{1,6}) +)*[ >]*")
_BLOCK_START = re.compile(r"([0-9]{1,9})?(?=[#>+=-]|(?<=[0-9])[.)])")
_FIRST = re.compile(rf"\\[!-/:-@\[-`{{-~]|(?!!\[)[^\[<`{INLINE}{KEPT}]", re.S)
_TITLE = re.compile(r'(?:<[^<>\n]*>)?(?: "(?:[^"\\]|\\.)*")?\)\Z')
_TAG_END = re.compile(r"<[^<>]*>\Z")
_SPACE, _PUNCTUATION, _SYMBOL, _LETTER = range(4)


def starts_line(texts: list[str], number: int) -> bool:
    """Whether nothing but marks of blocks stands before the end of a text on its line."""
    start = texts[number].rfind("\n") + 1
    return bool((start or number == 0) and _LINE_START.fullmatch(texts[number], start))


def _character_class(character: str) -> int:
    if not character or character.isspace():
        return _SPACE
    if character.isascii():
        return _LETTER if character.isalnum() else _PUNCTUATION
    if character == INLINE:
        return _PUNCTUATION
    category = unicodedata.category(character)[0]
    # readers differ on symbols: punctuation since CommonMark 0.31, letters before
    return _PUNCTUATION if category == "P" else _SYMBOL if category == "S" or character == KEPT else _LETTER


def is_unsafe(inner: str, outer: str) -> bool:
    """Whether a mark between the two characters would not open or close, to some reader.

    A mark of another kind beside it counts for nothing: cmark-gfm looks through ``~``.
    """
    if inner.isspace():
        return True
    return _character_class(inner) in (_PUNCTUATION, _SYMBOL) and _character_class(outer) in (_SYMBOL, _LETTER)


def is_apart(text: str) -> bool:
    """Whether ``_`` opens behind the text, or closes before it: beside white space, punctuation, a mark or nothing."""
    return "_" not in text and _character_class(last_character(text)) in (_SPACE, _PUNCTUATION)


def can_only_open(before: str, after: str) -> bool:
    """Whether every reader takes stars between the two characters for opening ones; in a mirror, for closing ones."""
    first, second = _character_class(before), _character_class(after)
    return (first == _SPACE and second != _SPACE) or (first == _PUNCTUATION and second == _LETTER)


def escape_start(text: str) -> str:
    """The text, escaped where it would start a block at the start of a line."""
    start = _BLOCK_START.match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text


def last_character(text: str) -> str:
    """What stands at the end of a text; of inline markup its lead, which counts as punctuation."""
    return INLINE if text[-2:-1] == INLINE else text[-1:]


def first_token(text: str) -> str:
    """The first character with the backslash that escapes it; nothing when a link, code or a tag starts there."""
    token = _FIRST.match(text)
    return token[0] if token else ""


def last_token(text: str) -> str:
    """The last character with the backslash that escapes it; nothing when it belongs to a link, code or a tag."""
    last = text[-1:]
    if last in ("", "`", KEPT) or text[-2:-1] == INLINE:
        return ""
    backslashes = len(text) - 1 - len(text[:-1].rstrip("\\"))
    if backslashes % 2:
        return text[-2:]
    if last == ")" and _ends_link(text):
        return ""
    if last == ">" and _TAG_END.match(text, max(text.rfind("<"), 0)):
        return ""
    return last


def _ends_link(text: str) -> bool:
    """Whether a link or picture ends at the end of the text.

    A ``]`` of the text is always escaped: an unescaped one before ``(`` ends the text of a link.
    """
    start = text.rfind("](")
    if start < 0:
        return False
    depth, position = 1, start + len("](")
    while position < len(text):
        character = text[position]
        if character in '< "' and depth == 1:
            return _TITLE.match(text, position) is not None
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1
        position += 2 if character == "\\" else 1
    return False
