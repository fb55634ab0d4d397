"""What was meant by a value that YAML refuses: its quotes, brackets and colons."""

import re
from dataclasses import dataclass

from newscli.fixes.flow import is_quoted_items, list_of
from newscli.fixes.scalars import quote, single
from newscli.front_matter.fences import WELL_KNOWN
from newscli.front_matter.kinds import LIST_KEYS, TEXT_KEYS

_ESCAPE = re.compile(r'\\(?:["\\/abefnrtv0_ NLP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/abefnrtv0_ NLP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_ANY_ESCAPE = re.compile(r"\\.", re.S)
_CLOSERS = {'"': "”“＂'", "'": '’‘＇"'}
_CURLY = {"“": "”“", "‘": "’‘", "”": "”“", "„": "“”", "＂": "＂"}
_COMMA = re.compile(r",(?:[ \t]+|(?=[\"']))")
_HAS_QUOTE = re.compile("[\"']")
_COMMENT = re.compile(r"[ \t]#")
_REMARK = re.compile(r"[ \t]#[ \t]")
_OTHER_QUOTES = {'"': re.compile(r"'[^'\"]*'"), "'": re.compile(r"\"[^\"']*\"")}
_MARK, _TEXT = r"(?P<mark>[\"'])", r"(?P<text>(?:(?!(?P=mark))[^\\])+)(?P=mark)"
_BESIDE = (
    (re.compile(r"""(?P<mark>"{3}|'{3})(?P<text>[^"']*)(?P=mark)"""), "write one pair of quotes"),
    (re.compile(rf"{_MARK}{_TEXT}[ \t]*[,;]"), "drop the mark behind the value"),
    (re.compile(rf"{_MARK}(?=[^\"']* ){_TEXT}(?P<end>[.!?。！？…]+)"), "close the value behind its last mark"),
    (re.compile(r"""(?:""|'')[ \t]+(?P<text>[^"'\s][^"']*)"""), "drop the empty quotes before the value"),
    (re.compile(rf"{_MARK}{_TEXT}[ \t]+(?:\"\"|'')"), "drop the empty quotes behind the value"),
)
"""Values with marks too many before or behind them, and what to do."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What may have been meant: the scalar rewritten, what was done, and whether that is plain."""

    text: str
    message: str
    safe: bool = False


_DROP_LAST = "drop the quote at the end, which none opens"
_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_KEY_WITHIN = re.compile(
    r"[ \t](?:[a-z][a-z0-9]*_[a-z0-9_]+:[ \t]|[a-z]+:[ \t]+(?:\"[^\"]*\"|'[^']*'|\[.*\]|true|false)\Z)"
    r"|[.!?。！？][ \t]+[a-z]+:[ \t]"
)
"""What looks like a further key of the front matter within a value."""
_WORD_WITHIN = re.compile(r"[ \t]([a-z]+):[ \t]")


def guesses(value: str, key: str = "") -> list[Guess]:
    """What may have been meant by a value that YAML refuses, the likeliest first.

    Args:
        value: all of it, without white space around; several lines when it was wrapped.
        key: whose value it is; what that key usually holds decides between readings.
    """
    first = value[:1]
    if first in _CLOSERS:
        return [*_quoted_items(value, key), *_before_remark(value, first), *_quoted(value, first)]
    if is_curly(value):
        return [Guess(quote(value[1:-1]), "put straight quotes in place of the curly ones")]
    return _plain(value, key)


def is_curly(value: str) -> bool:
    """Whether curly quotes stand around the value where straight ones were meant."""
    if len(value) < 2 or value[0] not in _CURLY:
        return False
    closers = _CURLY[value[0]]
    return value[-1] in closers and not any(mark in closers + value[0] for mark in value[1:-1])


def _quoted_items(value: str, key: str) -> list[Guess]:
    """A list of quoted items without brackets."""
    items = list_of(value) if key not in TEXT_KEYS and is_quoted_items(value) else None
    return [Guess(items, "put the items between brackets")] if items else []


def _plain(value: str, key: str) -> list[Guess]:
    found = _listed(value, key) if value[0] in "[{" else []
    if re.fullmatch(r"(\[\]|\{\})[ \t]*(\"\"|'')", value):
        found.append(Guess(value[:2], "drop the empty quotes behind the empty list"))
    if key not in TEXT_KEYS and (item := re.fullmatch(r"- (\S.*)", value)):
        items = re.split(r"[ \t]+-[ \t]+", item[1]) if key in LIST_KEYS else [item[1]]
        found.append(Guess(f"[{', '.join(quote(one.strip()) for one in items)}]", "write the items as a list"))
    found += [*_before_remark(value), *_closed_only(value)]
    if found and found[-1].message == _DROP_LAST:
        return found
    sure = "\n" not in value and not _COMMENT.search(value) and value[0] not in "-?\"'" and not _is_list(value, key)
    sure = sure and not _holds_key(value, key) and not is_half_quoted(value)
    return [*found, Guess(quote(value), "put the value between quotes", safe=sure)]


def _holds_key(value: str, key: str) -> bool:
    """Whether a further key may stand in a value; in a sentence a word such as ``date:`` is none."""
    if _KEY_WITHIN.search(value):
        return True
    return key not in TEXT_KEYS and any(word in WELL_KNOWN for word in _WORD_WITHIN.findall(value))


def _before_remark(value: str, mark: str = "") -> list[Guess]:
    """The text before a comment; what stands within quotes is none."""
    remark = _REMARK.search(value)
    text = value[: remark.start()].rstrip() if remark else ""
    if not remark or (mark and (len(_inner_marks(text, mark)) % 2 or text.endswith(mark))):
        return []
    return [Guess(quote(text) + value[remark.start() :], "put the value before the comment between quotes")]


def _closed_only(value: str) -> list[Guess]:
    """A value whose closing quote has lost its opening one; inches and apostrophes between letters are none."""
    if not is_half_quoted(value) or value[-2:-1].isdigit():
        return []
    return [Guess(quote(value[:-1]), _DROP_LAST)]


def is_half_quoted(value: str) -> bool:
    """Whether a value ends with a quote that is the only one in it."""
    return value[-1] in "\"'" and _INNER_APOSTROPHE.sub("", value).count(value[-1]) == 1


def _is_list(value: str, key: str) -> bool:
    """Whether a value that starts with a bracket was meant as a list: not words in brackets before others."""
    if value[0] != "[" or "](" in value:
        return False
    behind = value.partition("]")[2].strip()
    return key not in TEXT_KEYS and (key in LIST_KEYS or not behind or behind[0] in ",;[])}")


def _listed(value: str, key: str) -> list[Guess]:
    """A list or mapping whose brackets, commas or quotes are not right."""
    found = []
    if _is_list(value, key) and (items := list_of(value)):
        found.append(Guess(items, "write the list with its brackets, commas and quotes"))
    if not re.search(r"[\]}]", value):
        found.append(Guess(value + ("]" if value[0] == "[" else "}"), "close the bracket"))
    if value[0] == "[" and value[-1] == "]" and _HAS_QUOTE.search(value) and "](" not in value:
        found.append(Guess(_requoted_list(value), "put each item between quotes it does not hold"))
    return found


def _requoted_list(value: str) -> str:
    """A list between brackets with every item quoted anew."""
    items = (item.strip() for item in _COMMA.split(value[1:-1]))
    return f"[{', '.join(quote(_bare(item)) for item in items if item)}]"


def _bare(item: str) -> str:
    mark = item[:1] if item[:1] in _CLOSERS else ""
    return item.removeprefix(mark).removesuffix(mark) if mark else item


def _quoted(value: str, mark: str) -> list[Guess]:
    if guess := _beside(value, mark):
        return [guess]
    if _OTHER_QUOTES[mark].fullmatch(value[1:]):
        return [Guess(value[1:], f"drop the {mark} before the quoted value")]
    if value[-1] == mark and len(value) > 1:
        return _closed(value, mark)
    found = []
    inner = value[1:]
    marks = _inner_marks(inner, mark)
    if value[-1] in _CLOSERS[mark] and not marks:
        found.append(Guess(_requote(inner[:-1], mark), f"close the value with {mark}"))
    if not marks or (len(marks) % 2 == 0 and not _closes(inner, marks[0])):
        found.append(Guess(_requote(inner, mark), f"close the value with {mark}"))
    return [*found, Guess(quote(value), "put the whole value between quotes")]


def _beside(value: str, mark: str) -> Guess | None:
    """A value with marks too many before or behind it; None for any other."""
    if not value.strip(mark) and len(value) % 2:
        return Guess(mark * 2, "close the empty value")
    for pattern, message in _BESIDE:
        if match := pattern.fullmatch(value):
            end = match.groupdict().get("end") or ""
            return Guess(_requote(match["text"] + end, mark), message)
    return None


def _closed(value: str, mark: str) -> list[Guess]:
    inner = value[1:-1]
    whole = Guess(quote(value), "put the whole value between quotes")
    if mark == '"' and _BAD_ESCAPE.search(inner) and '"' not in _ANY_ESCAPE.sub("", inner):
        return _escapes(inner)
    if mark == "'" and "\\'" in inner:
        return [Guess(_requote(inner.replace("\\'", "'"), mark), "drop the backslash before the apostrophe"), whole]
    marks = _inner_marks(inner, mark)
    if len(marks) == 1 and marks[0] in (0, len(inner) - 1):
        return [Guess(_requote(inner.strip(mark), mark), f"drop the second {mark}"), whole]
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
