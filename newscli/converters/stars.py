"""Write marks of emphasis as ``**``, ``*`` and ``~~`` where every reader of Markdown will close them again.

White space at the edges always moves out of the emphasis, punctuation only where it must (``**基础**：自``), brackets
in pairs; where something stands at the edge that cannot move, such as a link or code, the emphasis becomes a tag. No
space is ever added.
"""

from newscli.converters.flanking import (
    OPENERS,
    PAIRS,
    can_only_open,
    escape_start,
    first_token,
    is_apart,
    is_unsafe,
    last_character,
    last_token,
    starts_line,
)
from newscli.converters.marking import Mark, Reader, move_space
from newscli.converters.marks import EMPHASIS, INLINE

_MARKDOWN = {"b": "**", "i": "*", "s": "~~"}
_MOVES = 64
"""The most characters that move out at one edge."""
_ROUNDS = 6
"""How often all marks are looked at again, before what is left becomes tags."""


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
    if not inside or INLINE in inside or "\n" in inside:
        return False
    first, last = inside[0], inside[-1]
    if first.isalnum() and last.isalnum():
        return True
    return not (is_unsafe(first, last_character(before)) or is_unsafe(last, after[:1]))


def _write_all(text: str) -> str:
    """Write the marks that are left, whatever they take."""
    first, *pieces = text.split(EMPHASIS)
    reader = Reader(first)
    for piece in pieces:
        reader.take(Mark(piece[0]), piece[1:])
    texts, marks = ["".join(pieces) for pieces in reader.texts], reader.marks
    move_space(texts, marks)
    for left in range(_ROUNDS, -1, -1):
        _underscore(texts, marks)
        line = _Line(texts, marks, is_last=left == 0)
        if not line.settle():
            break
        texts, marks = line.decided()
    _underscore(texts, marks)
    written = [texts[0]]
    for mark, after in zip(marks, texts[1:], strict=True):
        written += ("_" if mark.is_underscore else _MARKDOWN[mark.kind], after)
    return "".join(written)


def _underscore(texts: list[str], marks: list[Mark]) -> None:
    """Write ``_`` for emphasis that touches strong emphasis, where that opens and closes: ``_**a** b_``, ``**a _b_**``.

    kramdown takes the first two of ``***`` for strong emphasis as soon as another ``**`` follows, and marked reads some
    runs of three otherwise than CommonMark. All agree on ``***a***``.
    """
    for first, mark in enumerate(marks):
        if mark.kind == "i" and mark.opens:
            last = marks.index(mark.partner, first)
            before, starts, ends, after = (
                _strong(texts, marks, *places)
                for places in ((first, first - 1), (first + 1, first + 1), (last, last - 1), (last + 1, last + 1))
            )
            touches = before or starts or ends or after
            is_one = (before and after and before.partner is after) or (starts and ends and starts.partner is ends)
            mark.is_underscore = mark.partner.is_underscore = bool(
                touches
                and not is_one
                and _is_apart_before(texts, marks, first)
                and _is_apart_behind(texts, marks, last)
            )


def _strong(texts: list[str], marks: list[Mark], between: int, number: int) -> Mark | None:
    """The mark of that number if it is one of strong emphasis and nothing stands in the text between."""
    found = marks[number] if not texts[between] and 0 <= number < len(marks) else None
    return found if found and found.kind == "b" else None


def _is_apart_before(texts: list[str], marks: list[Mark], number: int) -> bool:
    """Whether ``_`` and all that opens right before it would open; cmark-gfm looks through ``~``."""
    while number and not texts[number] and (marks[number - 1].opens or marks[number - 1].kind == "s"):
        number -= 1
    return is_apart(texts[number][-2:])


def _is_apart_behind(texts: list[str], marks: list[Mark], number: int) -> bool:
    """Whether ``_`` and all that closes right behind it would close."""
    while (
        number + 1 < len(marks)
        and not texts[number + 1]
        and (not marks[number + 1].opens or marks[number + 1].kind == "s")
    ):
        number += 1
    return is_apart(texts[number + 1][:1])


class _Line:
    """Texts and the marks between them, while it is decided what each mark becomes."""

    def __init__(self, texts: list[str], marks: list[Mark], *, is_last: bool) -> None:
        self.texts = texts
        self.marks = marks
        self.is_last = is_last

    def settle(self) -> bool:
        """Make every mark open or close; True when marks vanished, became tags or met: all must be looked at again."""
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

        In ``*a***b**`` they do not; with more marks inside either they may. In ``***a**b**c***`` they do: a third run
        of stars inside closes the wrong one, unless it can but open, as in ``***a** “**b**”*``. Of ``***a* b *c***``,
        where two end together, marked makes other emphasis than CommonMark.
        """
        if middle == end:
            return False
        if start < middle and not self.texts[middle]:
            return not (self._are_partners(start - 1, middle - 1) and self._are_partners(middle, end))
        stars = [mark for mark in self.marks[middle:end] if mark.character == "*"]
        if len(stars) <= 1:
            return False
        last = self.marks.index(stars[0].partner)
        inside = [number for number in range(end, last) if self.marks[number].character == "*"]
        third = [number for number in inside if self.marks[number] is not stars[1].partner]
        return bool(third) and not (self.texts[last] and all(map(self._is_clear, third)))

    def _is_clear(self, number: int) -> bool:
        """Whether a mark between texts can be read as what it is only: as opening, or as closing."""
        before, after = self.texts[number], self.texts[number + 1]
        if not before or not after:
            return False
        if self.marks[number].opens:
            return can_only_open(last_character(before), after[0])
        return can_only_open(after[0], last_character(before))

    def _are_partners(self, first: int, last: int) -> bool:
        return first >= 0 and last < len(self.marks) and self.marks[first].partner is self.marks[last]

    def decided(self) -> tuple[list[str], list[Mark]]:
        """Texts and marks, the decided marks made text."""
        texts, marks = [[self.texts[0]]], list[Mark]()
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
        for left in range(_MOVES, -1, -1):
            inner = last_character(texts[start])
            outer = texts[middle][0] if texts[middle] else texts[end][:1]
            hides = is_mixed and not inner.isspace()
            if not is_unsafe("*" if hides else inner, outer):
                return False
            token = "" if hides or self.is_last or not left else last_token(texts[start])
            if not token:
                outermost.become_tag()
                return True
            moved_both = self._move_out_right(start, middle, token)
            if not texts[start]:
                return self._emptied(start - 1, start)
            if moved_both:
                return True
        return False

    def _move_out_right(self, start: int, middle: int, token: str) -> bool:
        """Move the last character out; True when the bracket it closes moved out of the other end, too."""
        texts = self.texts
        texts[start] = texts[start][: -len(token)]
        texts[middle] = token + texts[middle]
        pair = OPENERS.get(token)
        if pair and start and self.marks[start - 1].opens and texts[start].startswith(pair):
            texts[start] = texts[start][1:]
            texts[start - 1] += pair
            return True
        return False

    def _settle_opening(self, start: int, middle: int, end: int) -> bool:
        """Settle the opening marks ``middle`` to ``end`` of the run of marks that begins at ``start``."""
        texts, marks = self.texts, self.marks
        outermost = marks[middle]
        is_mixed = len({mark.character for mark in marks[middle:end]}) > 1
        for left in range(_MOVES, -1, -1):
            inner = texts[end][:1]
            outer = last_character(texts[middle] or texts[start])
            hides = is_mixed and not inner.isspace()
            if not is_unsafe("*" if hides else inner, outer):
                return False
            token = "" if hides or self.is_last or not left else first_token(texts[end])
            if not token:
                outermost.become_tag()
                return True
            self._move_out_left(middle, end, token)
            if not texts[end]:
                return self._emptied(end - 1, end)
        return False

    def _move_out_left(self, middle: int, end: int, token: str) -> None:
        texts = self.texts
        texts[end] = texts[end][len(token) :]
        texts[middle] += token
        pair = PAIRS.get(token)
        if pair and end < len(self.marks) and not self.marks[end].opens and last_token(texts[end]) == pair:
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
        if starts_line(self.texts, first):
            self.texts[last + 1] = escape_start(self.texts[last + 1])
