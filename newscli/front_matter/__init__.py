"""Front matter: find it, read it, say where every key and value stands; the only user of python-frontmatter and PyYAML.

A front matter that is wrong is no exception: it comes with its faults and with the keys that could be had of it.
"""

from dataclasses import dataclass, field
from typing import Any

from newscli.front_matter.fences import Fault, find_fences
from newscli.front_matter.plain import read_plain

__all__ = ["Fault", "FrontMatter", "read"]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one text.

    Attributes:
        format: ``yaml``, ``toml``, ``json``, ``members`` (Hexo's JSON without braces) or an empty string for none.
        text: the block as written, without its fences (JSON: with its braces).
        start: the offset of ``text`` in the file, in code points.
        body: the offset of the body in the file, in code points.
        data: keys and values; dates are the text that was written, whatever the format.
        faults: what is wrong, in the order of the text; empty when a site generator reads it as it stands.
    """

    format: str
    text: str
    start: int
    body: int
    data: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read(text: str) -> FrontMatter:
    """Read the front matter of a file's text; never raises."""
    fences = find_fences(text)
    block = text[fences.start : fences.end]
    faults: tuple[Fault, ...] = () if fences.fault is None else (fences.fault,)
    data = read_plain(block) if fences.format == "yaml" else {} if not fences.format else None
    if data is None:
        data, fault = _load(fences.format, block)
        if fault:
            faults += (Fault(fault.code, fences.start + fault.offset, fault.message),)
    return FrontMatter(fences.format, block, fences.start, fences.body, data, faults)


def _load(kind: str, block: str) -> tuple[dict[str, Any], Fault | None]:
    from newscli.front_matter import loaders
    from newscli.front_matter.recovery import lost_colon, recover

    if "\r" in block and "\n" not in block:  # old Macintosh line ends; every offset stays
        block = block.replace("\r", "\n")
    try:
        if kind == "yaml":
            return loaders.load_yaml(block)
        return loaders.LOADERS[kind](block), None
    except loaders.LoadError as error:
        fault = error.fault
        if kind == "yaml" and fault.code == "Y112":
            fault = lost_colon(block) or fault
        if kind == "yaml" and fault.code not in loaders.HOPELESS:
            return recover(block, fault)
        return {}, fault
