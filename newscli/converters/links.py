"""Links: empty ones go, blocks inside take the link into their text."""

import re

from turbohtml import Element, Text

from newscli.converters.marks import NOTHING
from newscli.converters.tree import Tree, shows

_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*\Z")
"""What ``<…>`` makes a link of; the writer takes any address for one that the text repeats."""


def links(found: list[Element], tree: Tree, mode: str) -> None:
    """Make every link one that Markdown can say; ``mode`` is ``inline``, ``ref``, ``text`` or ``drop``."""
    has_pipes = "|" in tree.html
    for link in found:
        address = link.attr("href")
        if address is None:
            continue
        if mode in ("text", "drop"):
            _take_off(link, mode)
            continue
        if address != address.strip() or (has_pipes and "|" in address):
            link.attrs["href"] = address.strip().replace("|", "%7C")
        if len(link) == 1 and type(first := link[0]) is Text:
            text = first.data
            if text == address:
                if not _AUTOLINK.match(text):
                    first.insert_before(Text(NOTHING))
                continue
            if not text.isspace():
                continue
        if link.parent is not None:
            _mend(link, tree)


def _take_off(link: Element, mode: str) -> None:
    if mode == "drop":
        link.decompose()
    elif link.parent is not None:
        link.unwrap()


def _mend(link: Element, tree: Tree) -> None:
    if not shows(link):
        link.unwrap()
    elif tree.has_block(link):
        attributes = link.attrs.copy()
        for run in tree.inline_runs(link):
            run[0].wrap_siblings(Element("a", attributes), until=run[-1])
        link.unwrap()
