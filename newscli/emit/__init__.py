"""Front matter in another format: the same keys in the same order, with the comments where the format can hold them.

A value that the target cannot hold (null in TOML, infinity in JSON) is refused, never changed.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from newscli.emit.comments import Comments, find_comments
from newscli.emit.json import write_json
from newscli.emit.toml import write_toml
from newscli.emit.values import EmitError, Moment, check, typed
from newscli.emit.yaml import dump, write_yaml
from newscli.front_matter import FrontMatter
from newscli.front_matter.spans import locate

__all__ = ["EmitError", "Format", "Moment", "dump", "write_head"]

Format = Literal["yaml", "toml", "json"]

_FENCES = {"yaml": "---\n", "toml": "+++\n", "json": ""}
_WRITERS: dict[str, Callable[[dict[str, Any], Comments], Iterator[str]]] = {
    "json": write_json,
    "toml": write_toml,
    "yaml": write_yaml,
}


def write_head(head: str, front_matter: FrontMatter, to: Format) -> tuple[str, list[str]]:
    """The head of a post (fences and front matter) in another format, and what went otherwise than one would wish.

    A head that is in that format, or holds no front matter, comes back as it is. The byte order mark and the line
    ends of the file are kept.

    Args:
        head: the file's text up to the body.
        front_matter: the head, read.
        to: the format to write.

    Raises:
        EmitError: a value that the format cannot hold, or a front matter that was not read as a whole.
    """
    if front_matter.format in ("", to):
        return head, []
    for fault in front_matter.faults:
        if fault.code.startswith("Y"):
            raise EmitError(f"{fault.code} {fault.message}", fault.offset)
    spans = locate(front_matter)
    data = typed(front_matter, spans, head)
    check(data, to, lambda path: spans[path].key_start if path in spans else front_matter.start)
    comments = find_comments(front_matter, spans)
    lines = "".join(f"{line}\n" for line in _WRITERS[to](data, comments))
    text = _FENCES[to] + lines + _FENCES[to]
    warnings = ["JSON holds no comments; they are left out"] if to == "json" and any(comments) else []
    newline = "\r\n" if "\r\n" in head else "\n"
    return ("\ufeff" if head.startswith("\ufeff") else "") + text.replace("\n", newline), warnings
