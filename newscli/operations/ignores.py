"""Ignores: writing the comments that tell ``newscli validate`` to pass over what is meant to be so.

The comment stands on a line of its own at the top of the front matter and holds for the file; Jekyll, Hugo and PyYAML
read past it.
"""

import re
from collections.abc import Iterable

from newscli.front_matter import read

_DIRECTIVE = re.compile(r"#\s*newscli:\s*ignore\[(?P<codes>[^\]\n]*)\](?P<rest>[^\n]*)")


def add_ignore(text: str, codes: Iterable[str], reason: str = "") -> str | None:
    """The text with a comment that ignores the codes; codes join a comment that is there.

    Args:
        text: a whole file.
        codes: what to ignore in it.
        reason: why; kept to one line.

    Returns:
        The new text; None when the file has no front matter that takes the comment, or would read differently with it.
    """
    front_matter = read(text)
    if front_matter.format not in ("yaml", "toml") or not front_matter.text:
        return None
    end = (
        "\r\n"
        if text[: front_matter.start].endswith("\r\n")
        else "\r"
        if text[: front_matter.start].endswith("\r")
        else "\n"
    )
    if not text[: front_matter.start].endswith(end):
        return None
    first = front_matter.text.partition(end)[0]
    found = _DIRECTIVE.match(first)
    if found:
        wanted = sorted({*_split(found["codes"]), *codes})
        line = f"# newscli: ignore[{', '.join(wanted)}]{found['rest']}"
        edited = text[: front_matter.start] + line + text[front_matter.start + found.end() :]
    else:
        line = f"# newscli: ignore[{', '.join(sorted(set(codes)))}] {' '.join(reason.split())}".rstrip()
        edited = text[: front_matter.start] + line + end + text[front_matter.start :]
    after = read(edited)
    same = after.data == front_matter.data and after.format == front_matter.format
    same = same and edited[after.body :] == text[front_matter.body :]
    return edited if same else None


def _split(codes: str) -> list[str]:
    return [code.strip() for code in codes.split(",") if code.strip()]
