"""The comments of a YAML or TOML front matter, each with the key that it belongs to."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newscli.front_matter import FrontMatter
from newscli.front_matter.spans import KeyPath, Span

_TOML = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|(?P<comment>#[^\n]*)', re.S
)
_YAML = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.M)


class Comments(NamedTuple):
    """The comments, as written from the ``#`` on.

    Attributes:
        above: those on lines of their own before a key.
        beside: the one behind a value, or behind the key of a list or mapping.
        below: those after the last key.
    """

    above: dict[KeyPath, list[str]]
    beside: dict[KeyPath, str]
    below: list[str]

    def behind(self, path: KeyPath) -> str:
        """What to write behind a value."""
        return f"  {self.beside[path]}" if path in self.beside else ""

    def within(self, path: KeyPath) -> list[str]:
        """Those inside a value; they go above it when it is written on one line."""
        inner = dict.fromkeys(each for each in (*self.above, *self.beside) if each[: len(path)] == path != each)
        return [line for each in inner for line in (*self.above.get(each, ()), self.beside.get(each, "")) if line]


def find_comments(front_matter: FrontMatter, spans: Mapping[KeyPath, Span]) -> Comments:
    """All comments; JSON has none."""
    found = Comments({}, {}, [])
    block, shift = front_matter.text, front_matter.start
    if front_matter.format == "yaml":
        places = _in_yaml(block, spans, shift)
    elif front_matter.format == "toml":
        places = (match.span() for match in _TOML.finditer(block) if match["comment"])
    else:
        return found
    order = sorted(spans.items(), key=lambda item: (item[1].key_start, len(item[0])))
    for start, end in places:
        is_alone = not block[block.rfind("\n", 0, start) + 1 : start].strip()
        _attach(found, block[start:end].rstrip(), start + shift, order, is_alone=is_alone)
    return found


def _attach(found: Comments, comment: str, at: int, order: list[tuple[KeyPath, Span]], *, is_alone: bool) -> None:
    before = [path for path, span in order if span.key_start <= at]
    if not is_alone and before and before[-1] not in found.beside:
        found.beside[before[-1]] = comment
        return
    holder = next((path for path, span in order if span.start <= at < span.end), None)
    after = next((path for path, span in order if span.key_start > at), None)
    if holder and (after is None or after[: len(holder)] != holder):
        after = holder  # among the last items of a list
    if after:
        found.above.setdefault(after, []).append(comment)
    else:
        found.below.append(comment)


def _in_yaml(block: str, spans: Mapping[KeyPath, Span], shift: int) -> Iterator[tuple[int, int]]:
    """Whatever begins with ``#`` outside keys and scalars."""
    parents = {path[:-1] for path in spans}
    masked = list(block)
    for path, span in spans.items():
        extents = [(span.key_start - shift, span.key_end - shift)]
        if path not in parents:
            start = span.start - shift
            if block.startswith(("|", ">"), start):  # a comment may stand behind the sign of a block scalar
                start = max(block.find("\n", start), start)
            extents.append((start, span.end - shift))
        for start, end in extents:
            masked[start:end] = ("\n" if character == "\n" else "x" for character in masked[start:end])
    return (match.span() for match in _YAML.finditer("".join(masked)))
