"""Write marks of emphasis as ``**``, ``*`` and ``~~`` where every reader of Markdown will close them again.

A run of ``*`` opens emphasis only if it is *left-flanking* and closes it only if it is *right-flanking*
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis): the second ``**`` in ``**基础：**自`` does not close,
for it stands between punctuation and a letter. White space at the edges always moves out of the emphasis, punctuation
only where it must (``**基础**：自``), brackets in pairs; where something stands at the edge that cannot move, such as a
link or code, the emphasis becomes a tag. No space is ever added.
"""

import re
import unicodedata

from newscli.converters.marks import BREAK, EMPHASIS, INLINE, KEPT

_MARKDOWN = {"b": "**", "i": "*", "s": "~~"}
_TAGS = {"b": "strong", "i": "em", "s": "del"}
_PAIRS = dict(zip("([{“‘（【《〈「『〔［｛", ")]}”’）】》〉」』〕］｝", strict=True))
_OPENERS = {right: left for left, right in _PAIRS.items()}
_LEADING = re.compile(rf"(?:\\?\n[ >]*|\s|{BREAK})*")
_LINE_END = re.compile(r"\\?\n[ >]*\Z")
_LINE_START = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]|#{1,6}) +)*[ >]*")
_BLOCK_START = re.compile(r"([0-9]{1,9})?(?=[#>+=-]|(?<=[0-9])[.)])")
_FIRST = re.compile(rf"\\[!-/:-@\[-`{{-~]|(?!!\[)[^\[<`{INLINE}{KEPT}]", re.S)
_TITLE = re.compile(r'(?:<[^<>\n]*>)?(?: "(?:[^"\\]|\\.)*")?\)\Z')
_TAG_END = re.compile(r"<[^<>]*>\Z")
_ROUNDS = 6

_SPACE, _PUNCTUATION, _SYMBOL, _LETTER = range(4)


class _Mark:
    """One end of an emphasis.

    Attributes:
        kind: ``b``, ``i`` or ``s``.
        opens: whether it is the first end.
        partner: the other end.
        text: what it became, once that is no mark of emphasis any more: a tag, or nothing.
    """

    __slots__ = ("kind", "opens", "partner", "text")

    def __init__(self, letter: str) -> None:
        self.kind = letter.lower()
        self.opens = letter.isupper()
        self.partner = self
        self.text: str | None = None

    @property
    def character(self) -> str:
        return "~" if self.kind == "s" else "*"

    def become_tag(self) -> None:
        first, last = (self, self.partner) if self.opens else (self.partner, self)
        first.text, last.text = f"<{_TAGS[self.kind]}>", f"</{_TAGS[self.kind]}>"

    def vanish(self) -> None:
        self.text = self.partner.text = ""


def emphasize(text: str) -> str:
    """The text with every mark of :mod:`newscli.converters.emphasis` written as Markdown."""
    if EMPHASIS not in text:
        return text
    text = _write_simple(text)
    return _write_all(text) if EMPHASIS in text else text


def _write_simple(text: str) -> str:
    """Write every emphasis that stands by itself, holds no other and is safe as it is: nearly all there are."""
    pieces = text.split(EMPHASIS)
    written = [pieces[0]]
    before, depth, number = pieces[0], 0, 1
    while number < len(pieces):
        piece = pieces[number]
        letter = piece[0]
        if letter.isupper():
            after = pieces[number + 1] if number + 1 < len(pieces) else ""
            touches = not (before or number == 1) or (len(after) == 1 and number + 2 < len(pieces))
            if depth == 0 and after[:1] == letter.lower() and not touches:
                inside, after = piece[1:], after[1:]
                lead, inside, trail = _trim(before, inside, after)
                if _is_safe(lead or before, inside, trail or after):
                    mark = _MARKDOWN[letter.lower()]
                    written += (lead, mark, inside, mark, trail, after)
                    before = after
                    number += 2
                    continue
            depth += 1
        else:
            depth -= 1
        written += (EMPHASIS, piece)
        before = piece[1:]
        number += 1
    return "".join(written)


def _trim(before: str, inside: str, after: str) -> tuple[str, str, str]:
    """Single spaces at the edges of emphasis put outside, where none is needed beside white space or a line's start."""
    lead = trail = ""
    if inside[:1] == " " and inside[1:2] != " ":
        inside = inside[1:]
        lead = "" if before[-1:] in ("", " ", "\n") else " "
    if inside[-1:] == " " and inside[-2:-1] != " ":
        inside = inside[:-1]
        trail = "" if after[:1] in ("", " ", "\n") else " "
    return lead, inside, trail


def _is_safe(before: str, inside: str, after: str) -> bool:
    """Whether emphasis around ``inside`` opens and closes as it is."""
    if not inside or INLINE in inside:
        return False
    first, last = inside[0], inside[-1]
    if first.isalnum() and last.isalnum():
        return True
    return not (_is_unsafe(first, before[-1:]) or _is_unsafe(last, after[:1]))


def _write_all(text: str) -> str:
    """Write the marks that are left, whatever they take."""
    first, *pieces = text.split(EMPHASIS)
    reader = _Reader(first)
    for piece in pieces:
        reader.take(_Mark(piece[0]), piece[1:])
    texts, marks = ["".join(pieces) for pieces in reader.texts], reader.marks
    _move_space(texts, marks)
    for left in range(_ROUNDS, -1, -1):
        line = _Line(texts, marks, is_last=left == 0)
        if not line.settle():
            break
        texts, marks = line.decided()
    written = [texts[0]]
    for mark, after in zip(marks, texts[1:], strict=True):
        written += (_MARKDOWN[mark.kind], after)
    return "".join(written)


class _Reader:
    """Reads texts and the marks between them; emphasis within its like, next to its like or of nothing goes."""

    def __init__(self, first: str) -> None:
        self.texts = [[first]]
        self.marks: list[_Mark] = []
        self._depth = {"b": 0, "i": 0, "s": 0}
        self._opened: list[_Mark] = []

    def take(self, mark: _Mark, after: str) -> None:
        """Take the next mark and the text after it."""
        depth = self._depth[mark.kind] = self._depth[mark.kind] + (1 if mark.opens else -1)
        if depth != mark.opens:  # inside its like
            self._append(after)
        elif mark.opens and self._resumes(mark, after):
            self._opened.append(self._drop_last().partner)
            self._append(after)
        elif not mark.opens and self._is_empty(mark):
            self._opened.pop()
            self._drop_last()
            self._append(after)
        else:
            if mark.opens:
                self._opened.append(mark)
            else:
                mark.partner = self._opened.pop()
                mark.partner.partner = mark
            self.marks.append(mark)
            self.texts.append([after])

    def _drop_last(self) -> _Mark:
        inside = self.texts.pop()
        for piece in inside:
            self._append(piece)
        return self.marks.pop()

    def _append(self, after: str) -> None:
        """Go on with the last text; two code spans that come to touch would be read as one."""
        if after[:1] == "`" and self._last_piece()[-1:] == "`":
            self.texts[-1].append("<!-- -->")
        self.texts[-1].append(after)

    def _last_piece(self) -> str:
        return next((piece for piece in reversed(self.texts[-1]) if piece), "")

    def _resumes(self, mark: _Mark, after: str) -> bool:
        """Whether an opening mark takes up an emphasis that was just closed."""
        if not self.marks or self.marks[-1].opens or self.marks[-1].kind != mark.kind or any(self.texts[-1]):
            return False
        before = next((piece for piece in reversed(self.texts[-2]) if piece), "")
        return not (before[-1:].isspace() or after[:1].isspace())

    def _is_empty(self, mark: _Mark) -> bool:
        """Whether a closing mark follows its opening one with nothing to emphasize between."""
        return (
            self.marks[-1].opens
            and self.marks[-1].kind == mark.kind
            and all(not piece.replace(BREAK, "").strip() for piece in self.texts[-1])
        )


def _strip_end(text: str) -> str:
    """The text without white space and breaks at its end."""
    while True:
        stripped = text.rstrip()
        end = _LINE_END.search(text, len(stripped) - 1 if stripped.endswith("\\") else len(stripped))
        if end is None and stripped.endswith(">"):
            start = text.rfind("\n")
            end = _LINE_END.match(text, start) if start >= 0 else None
        if end is not None:
            stripped = text[: end.start()]
        elif stripped.endswith(BREAK):
            stripped = stripped[: -len(BREAK)]
        elif stripped == text:
            return text
        text = stripped


def _move_space(texts: list[str], marks: list[_Mark]) -> None:
    """Move white space at the edges out of the emphasis."""
    for number in reversed(range(len(marks))):
        if marks[number].opens:
            after = texts[number + 1]
            end = _LEADING.match(after).end()  # type: ignore[union-attr] - it matches the empty string
            if end:
                texts[number + 1] = after[end:]
                texts[number] = _append(texts, number, after[:end])
    for number, mark in enumerate(marks):
        if not mark.opens:
            before = texts[number]
            stripped = _strip_end(before)
            if stripped != before:
                texts[number] = stripped
                after, space = texts[number + 1], before[len(stripped) :]
                if "\n" in space:
                    after = _escape_start(after)
                texts[number + 1] = after if space == " " and after[:1] in (" ", "\n") else space + after


def _append(texts: list[str], number: int, space: str) -> str:
    """The text before an opening mark with white space from behind it; none is needed after white space."""
    before = texts[number]
    if space.strip(" ") == "" and (before[-1:] in (" ", "\n") or _starts_line(texts, number)):
        return before
    return before + space


def _starts_line(texts: list[str], number: int) -> bool:
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


def _is_unsafe(inner: str, outer: str) -> bool:
    """Whether a mark between the two characters would not open or close, to some reader.

    A mark of another kind beside it counts for nothing: cmark-gfm looks through ``~``.
    """
    if inner.isspace():
        return True
    return _character_class(inner) in (_PUNCTUATION, _SYMBOL) and _character_class(outer) in (_SYMBOL, _LETTER)


class _Line:
    """Texts and the marks between them, while it is decided what each mark becomes."""

    def __init__(self, texts: list[str], marks: list[_Mark], *, is_last: bool) -> None:
        self.texts = texts
        self.marks = marks
        self.is_last = is_last

    def settle(self) -> bool:
        """Make every mark open or close; True when some vanished, became tags or met, and all must be looked at again."""
        changed = False
        start = 0
        while start < len(self.marks):
            end = start + 1
            while end < len(self.marks) and not self.texts[end]:
                end += 1
            middle = start
            while middle < end and not self.marks[middle].opens:
                middle += 1
            if any(mark.text is not None for mark in self.marks[start:end]):
                start = end
                continue
            if middle > start:
                changed |= self._settle_closing(start, middle, end)
            if self._is_misread(start, middle, end):
                self.marks[middle].become_tag()
                changed = True
            elif middle < end:
                changed |= self._settle_opening(start, middle, end)
            start = end
        return changed

    def _is_misread(self, start: int, middle: int, end: int) -> bool:
        """Whether readers take the opening marks ``middle`` to ``end`` together with others for something else.

        In ``*a***b**`` they do not; with more marks inside either they may. In ``***a**“**b**”*`` they do: a third run
        of stars inside closes the wrong one.
        """
        if middle == end:
            return False
        if start < middle and not self.texts[middle]:
            return not (self._are_partners(start - 1, middle - 1) and self._are_partners(middle, end))
        stars = [mark for mark in self.marks[middle:end] if mark.character == "*"]
        if len(stars) < 2:
            return False
        for number in range(end, len(self.marks)):
            mark = self.marks[number]
            if mark is stars[0].partner:
                return False
            if mark.character == "*" and mark is not stars[1].partner:
                return True
        return False

    def _are_partners(self, first: int, last: int) -> bool:
        return first >= 0 and last < len(self.marks) and self.marks[first].partner is self.marks[last]

    def decided(self) -> tuple[list[str], list[_Mark]]:
        """Texts and marks, the decided marks made text."""
        texts, marks = [[self.texts[0]]], []
        for mark, after in zip(self.marks, self.texts[1:], strict=True):
            if mark.text is None and marks and marks[-1] is mark.partner and not any(texts[-1]):
                marks.pop()  # all of the emphasis moved out of it
                texts.pop()
                texts[-1].append(after)
            elif mark.text is None:
                marks.append(mark)
                texts.append([after])
            else:
                texts[-1] += (mark.text, after)
        return ["".join(pieces) for pieces in texts], marks

    def _settle_closing(self, start: int, middle: int, end: int) -> bool:
        """Settle the closing marks ``start`` to ``middle`` of the run of marks up to ``end``."""
        texts, marks = self.texts, self.marks
        outermost = marks[middle - 1]
        is_mixed = len({mark.character for mark in marks[start:middle]}) > 1
        while True:
            inner = texts[start][-1:]
            if texts[middle]:
                outer = texts[middle][0]
            else:  # opening marks follow at once, or nothing does
                outer = texts[end][:1]
            if not _is_unsafe("*" if is_mixed else inner, outer):
                return False
            token = "" if is_mixed or self.is_last else _last_token(texts[start])
            if not token:
                outermost.become_tag()
                return True
            self._move_out_right(start, middle, token)
            if not texts[start]:
                return self._emptied(start - 1, start)

    def _move_out_right(self, start: int, middle: int, token: str) -> None:
        texts = self.texts
        texts[start] = texts[start][: -len(token)]
        texts[middle] = token + texts[middle]
        pair = _OPENERS.get(token)
        if pair and start and self.marks[start - 1].opens and texts[start].startswith(pair):
            texts[start] = texts[start][1:]
            texts[start - 1] += pair

    def _settle_opening(self, start: int, middle: int, end: int) -> bool:
        """Settle the opening marks ``middle`` to ``end`` of the run of marks that begins at ``start``."""
        texts, marks = self.texts, self.marks
        outermost = marks[middle]
        is_mixed = len({mark.character for mark in marks[middle:end]}) > 1
        while True:
            inner = texts[end][:1]
            if texts[middle]:
                outer = texts[middle][-1]
            else:
                outer = texts[start][-1:]
            if not _is_unsafe("*" if is_mixed else inner, outer):
                return False
            token = None if is_mixed or self.is_last else _FIRST.match(texts[end])
            if not token:
                outermost.become_tag()
                return True
            self._move_out_left(middle, end, token[0])
            if not texts[end]:
                return self._emptied(end - 1, end)

    def _move_out_left(self, middle: int, end: int, token: str) -> None:
        texts = self.texts
        texts[end] = texts[end][len(token) :]
        texts[middle] += token
        pair = _PAIRS.get(token)
        if pair and end < len(self.marks) and not self.marks[end].opens and _last_token(texts[end]) == pair:
            texts[end] = texts[end][:-1]
            texts[end + 1] = pair + texts[end + 1]

    def _emptied(self, first: int, last: int) -> bool:
        """The text between two marks is gone: so is the emphasis, if they are its ends."""
        if self._are_partners(first, last):
            self.marks[first].vanish()
            self._guard(first, last)
        return True

    def _guard(self, first: int, last: int) -> None:
        """Escape what now stands at the start of a line and would start a block there."""
        if _starts_line(self.texts, first):
            self.texts[last + 1] = _escape_start(self.texts[last + 1])


def _escape_start(text: str) -> str:
    """The text, escaped where it would start a block at the start of a line."""
    start = _BLOCK_START.match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text


def _last_token(text: str) -> str:
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
    start = text.rfind("](") + 2
    if start < 2:
        return False
    depth, position = 1, start
    while position < len(text):
        character = text[position]
        if character in "< \"" and depth == 1:
            return _TITLE.match(text, position) is not None
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1
        position += 2 if character == "\\" else 1
    return False
