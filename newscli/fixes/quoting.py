"""Writing a text as a YAML scalar, and reading what was meant by one whose quotes went wrong."""

import re
from dataclasses import dataclass

_ESCAPE = re.compile(r'\\(?:["\\/abefnrtv0_ NLP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/abefnrtv0_ NLP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_ANY_ESCAPE = re.compile(r"\\.", re.S)
_CLOSERS = {'"': "”“＂'", "'": '’‘＇"'}
_CURLY = {"“": "”“", "‘": "’‘", "”": "”“", "„": "“”", "＂": "＂"}
_COMMA = re.compile(r",(?:[ \t]+|(?=[\"']))")
_HAS_QUOTE = re.compile("[\"']")
_COMMENT = re.compile(r"[ \t]#")


@dataclass(frozen=True, slots=True)
class Guess:
    """What may have been meant: the scalar rewritten, what was done, and whether that is plain."""

    text: str
    message: str
    safe: bool = False


def quote(text: str) -> str:
    """The text as a quoted YAML scalar that every engine reads alike; line breaks in it must be foldable ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def single(text: str) -> str:
    """The text between single quotes."""
    return "'" + text.replace("'", "''") + "'"


def guesses(value: str) -> list[Guess]:
    """What may have been meant by a value that YAML refuses, the likeliest first.

    Args:
        value: all of it, without white space around; several lines when it was wrapped.
    """
    first = value[:1]
    if first in _CLOSERS:
        return _quoted(value, first)
    if is_curly(value):
        return [Guess(quote(value[1:-1]), "put straight quotes in place of the curly ones")]
    return _plain(value)


def is_curly(value: str) -> bool:
    """Whether curly quotes stand around the value where straight ones were meant."""
    return len(value) > 1 and value[0] in _CURLY and value[-1] in _CURLY[value[0]]


def _plain(value: str) -> list[Guess]:
    found = []
    if value[0] in "[{" and not re.search(r"[\]}]", value):
        found.append(Guess(value + ("]" if value[0] == "[" else "}"), "close the bracket"))
    if re.fullmatch(r"(\[\]|\{\})[ \t]*(\"\"|'')", value):
        found.append(Guess(value[:2], "drop the empty quotes behind the empty list"))
    if item := re.fullmatch(r"- (\S.*)", value):
        found.append(Guess(f"[{quote(item[1].strip())}]", "write the item as a list"))
    is_list = value[0] == "[" and value[-1] == "]"
    if is_list and _HAS_QUOTE.search(value):
        found.append(Guess(_requoted_list(value), "put each item between quotes it does not hold"))
    sure = "\n" not in value and not _COMMENT.search(value) and value[0] not in "-?\"'" and not is_list
    return [*found, Guess(quote(value), "put the value between quotes", safe=sure)]


def _requoted_list(value: str) -> str:
    """A list between brackets with every item quoted anew."""
    items = (item.strip() for item in _COMMA.split(value[1:-1]))
    return f"[{', '.join(quote(_bare(item)) for item in items if item)}]"


def _bare(item: str) -> str:
    mark = item[:1] if item[:1] in _CLOSERS else ""
    return item.removeprefix(mark).removesuffix(mark) if mark else item


def _quoted(value: str, mark: str) -> list[Guess]:
    if value[-1] == mark and len(value) > 1:
        return _closed(value, mark)
    found = []
    inner = value[1:]
    if value[-1] in _CLOSERS[mark] and mark not in _ANY_ESCAPE.sub("", inner):
        found.append(Guess(_requote(inner[:-1], mark), f"close the value with {mark}"))
    if mark not in _ANY_ESCAPE.sub("", inner):
        found.append(Guess(_requote(inner, mark), f"close the value with {mark}"))
    return [*found, Guess(quote(value), "put the whole value between quotes")]


def _closed(value: str, mark: str) -> list[Guess]:
    inner = value[1:-1]
    whole = Guess(quote(value), "put the whole value between quotes")
    if mark == '"' and _BAD_ESCAPE.search(inner) and '"' not in _ANY_ESCAPE.sub("", inner):
        return _escapes(inner)
    marks = _inner_marks(inner, mark)
    if len(marks) == 1 and marks[0] == len(inner) - 1:
        return [Guess(_requote(inner[:-1], mark), f"drop the second {mark} at the end"), whole]
    if len(marks) >= 2 and _closes(inner, marks[0]) and _opens(inner, marks[-1]):
        return [whole]
    safe = "\n" not in value and (len(marks) % 2 == 0 or mark == "'") and marks != []
    return [Guess(_requote(inner, mark), "put the value between quotes it does not hold", safe=safe), whole]


def _escapes(inner: str) -> list[Guess]:
    """A double-quoted text with escapes that are none."""
    only_quotes = all(
        match.group() + inner[match.end() : match.end() + 1] == "\\'" for match in _BAD_ESCAPE.finditer(inner)
    )
    if only_quotes:
        return [Guess(f'"{_BAD_ESCAPE.sub("", inner)}"', "drop the backslash before the apostrophe")]
    if "'" not in inner and "\n" not in inner:
        return [Guess(single(inner), "put the value between single quotes, where a backslash is a backslash")]
    return [Guess('"' + _BAD_ESCAPE.sub(r"\\\\", inner) + '"', "double the backslash")]


def _inner_marks(inner: str, mark: str) -> list[int]:
    """Where the quote stands inside, without those that are escaped or doubled."""
    shown = _ANY_ESCAPE.sub("  ", inner) if mark == '"' else inner.replace("''", "  ")
    return [place for place, character in enumerate(shown) if character == mark]


def _closes(text: str, place: int) -> bool:
    return place > 0 and not text[place - 1].isspace() and text[place + 1 : place + 2].isspace()


def _opens(text: str, place: int) -> bool:
    return text[place - 1 : place].isspace() and not text[place + 1 : place + 2].isspace()


def _requote(inner: str, mark: str) -> str:
    """The text between quotes that were meant to enclose it, written so that YAML takes all of it."""
    if mark == "'":
        return quote(inner.replace("''", "'"))
    if _ESCAPE.search(inner.replace('\\"', "")):
        escaped = re.sub(r'\\.|"', lambda match: '\\"' if match.group() == '"' else match.group(), inner, flags=re.S)
        return f'"{escaped}"'
    return quote(inner.replace('\\"', '"'))
