"""F012, F013: characters that are not seen."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_ODD_SPACE = re.compile("^[ \t]*([\u00a0\u3000\u2002-\u200a]+)", re.M)
_KEY = re.compile("^([^\\s#:][^:\n]*):", re.M)
_ANY_ODD = re.compile("[\u00a0\u2002-\u200b\u200d\u2028-\u202e\u2060-\u2069\u3000\ufeff]")
_EMOJI = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")  # scripts that write with joiners


@rule("F012", "control-character", fix="safe", needs="odd")
def control_character(subject: Subject) -> Iterator[Hit]:
    r"""A control character in the front matter.

    Why: YAML forbids it, and PyYAML refuses the whole block without naming a line.

    Bad::

        ---
        title: "A\x08 title"
        ---

    Good::

        ---
        title: "A title"
        ---

    Engines: Jekyll publishes the post without title, date and layout; Hugo accepts it; PyYAML raises.
    Fix (safe): the character is deleted.
    """
    front = subject.front_matter
    for match in _CONTROL.finditer(front.text):
        at = front.start + match.start()
        fix = edit(at, at + 1, "", "delete the character", safe=True)
        yield Hit(at, at + 1, f"control character U+{ord(match.group()):04X}; delete it", fix)


def _has_odd_signs(subject: Subject) -> bool:
    text = subject.front_matter.text
    return not text.isascii() and _ANY_ODD.search(text) is not None


@rule("F013", "invisible-character", Severity.WARNING, fix="safe", when=_has_odd_signs)
def invisible_character(subject: Subject) -> Iterator[Hit]:
    r"""An invisible character in the front matter, or an odd blank as indentation.

    Why: a zero-width or bidirectional character makes two equal-looking titles or tags differ; a key indented with a
    no-break or ideographic space becomes a key of its own, with the space in its name.

    Bad::

        ---
        title: "A\u200b title"
        ---

    Good::

        ---
        title: "A title"
        ---

    Engines: all keep the characters; an indentation by U+00A0 or U+3000 makes a top-level key everywhere.
    Fix (safe): the character is deleted; odd blanks in the indentation become plain ones.
    """
    front = subject.front_matter
    for match in _ODD_SPACE.finditer(front.text):
        start, end = front.start + match.start(1), front.start + match.end(1)
        fix = edit(start, end, "  " * len(match[1]), "indent with plain blanks", safe=True)
        message = f"indented with U+{ord(match[1][0]):04X}; use plain blanks"
        above = _KEY.findall(front.text, 0, match.start())  # the key that then holds what is indented
        yield Hit(front.start + match.start(), end, message, fix, tuple(above[-1:]))
    for match in _INVISIBLE.finditer(front.text):
        if _is_needed(front.text, match.start()):
            continue
        at = front.start + match.start()
        fix = edit(at, at + 1, "", "delete the character", safe=True)
        yield Hit(at, at + 1, f"invisible character U+{ord(match.group()):04X}; delete it", fix)


def _is_needed(text: str, at: int) -> bool:
    """Whether a joiner belongs to an emoji or to a script written with joiners."""
    if text[at] not in "\u200d\u2060":
        return False
    around = text[max(0, at - 2) : at] + text[at + 1 : at + 2]
    return bool(_EMOJI.search(around) or _JOINING.search(around))
