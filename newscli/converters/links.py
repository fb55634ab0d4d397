"""Links: empty ones go, blocks inside take the link into their text."""

import re

from turbohtml import Element, Text

from newscli.converters.marks import NOTHING
from newscli.converters.tree import Tree, is_plain, shows

_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*\Z")
"""What ``<…>`` makes a link of; the writer takes any address for one that the text repeats."""


def links(found: list[Element], tree: Tree, mode: str) -> None:
    """Make every link one that Markdown can say; ``mode`` is ``inline``, ``ref``, ``text`` or ``drop``."""
    for link in found:
        address = link.attr("href")
        if mode in ("text", "drop"):
            if address is not None and mode == "drop":
                link.decompose()
            elif link.parent is not None:
                link.unwrap()
            continue
        if address is None:
            continue
        if "|" in address or address[:1].isspace() or address[-1:].isspace():
            link.attrs["href"] = address.strip().replace("|", "%7C")
        if not is_plain(link):
            if link.parent is not None:
                _mend(link, tree)
        elif (text := link[0].text) == address and not _AUTOLINK.match(text):
            link[0].insert_before(Text(NOTHING))


def _mend(link: Element, tree: Tree) -> None:
    if not shows(link):
        link.unwrap()
    elif tree.has_block(link):
        attributes = link.attrs.copy()
        for run in tree.inline_runs(link):
            run[0].wrap_siblings(Element("a", attributes), until=run[-1])
        link.unwrap()
