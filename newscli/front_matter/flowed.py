"""Keys that run together on one line, as an editor or a converter leaves them: ``layout: post title: News``."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from newscli.front_matter.fences import WELL_KNOWN
from newscli.front_matter.kinds import fits, is_telling, is_whole
from newscli.front_matter.loaders import LoadError, load_yaml

_FIRST = re.compile(r"(?P<key>[A-Za-z_][\w-]*):[ \t]+")
_NEXT = re.compile(r"(?:[ \t]*[,;][ \t]*|[ \t]+)(?=(?P<key>[a-z][a-z0-9]*(?:_[a-z0-9]+)*):(?:[ \t\r\n]|\Z))")
_SIMPLE = re.compile(r"true|false|\d+")


def breaks(block: str) -> list[tuple[int, int]]:
    """Where keys follow others on the same line: the stretches of blanks, commas or semicolons between them.

    A well-known key counts when what stands before it is whole or what follows is plainly its value; so the title
    ``A blind date: the story`` is left alone. Any other word counts as a key where both are whole.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for line in block.splitlines(keepends=True):
        if _NEXT.search(line) and _FIRST.match(line) and not _parses(line):
            found += [(start + here, start + end) for here, end in _in_line(line.rstrip())]
        start += len(line)
    return found


def one_key_a_line(block: str) -> str:
    """The block with a line break before every such key; every offset is kept."""
    for start, end in breaks(block):
        block = block[:start] + " " * (end - start - 1) + "\n" + block[end:]
    return block


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    first = _FIRST.match(line)
    assert first is not None  # noqa: S101 - for the type checker
    key, at = first["key"], first.end()
    seen = {key}
    hits = list(_NEXT.finditer(line, at))
    for hit, after in zip_longest(hits, hits[1:]):
        value = line[at : hit.start()].strip()
        begin = hit.end() + len(hit["key"]) + 1
        following = line[begin : after.start() if after else len(line)].strip(" \t,;")
        if hit["key"] not in seen and _is_next(key, value, hit, following, run_on=len(seen) > 1):
            yield hit.span()
            key, at = hit["key"], begin
            seen.add(key)


def _is_next(key: str, value: str, hit: "re.Match[str]", following: str, *, run_on: bool) -> bool:
    """Whether a key starts here, after the value of another."""
    name = hit["key"]
    if name not in WELL_KNOWN and "_" not in name:
        return is_whole(key, value) and (is_whole(name, following) or _SIMPLE.fullmatch(following) is not None)
    if is_whole(key, value):
        return True
    if name not in WELL_KNOWN and not is_whole(name, following):
        return False
    if value[:1] in ("'", '"') or not fits(name, following):
        return False
    is_separate = ";" in hit.group()  # a comma is as common in prose
    return is_telling(name, following) or run_on or (is_separate and is_whole(name, following))


def _parses(line: str) -> bool:
    try:
        load_yaml(line)
    except LoadError:
        return False
    return True
