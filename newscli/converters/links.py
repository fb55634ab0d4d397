"""Links: empty ones go, blocks inside take the link into their text."""

import re
from collections.abc import Iterator

from turbohtml import Element, Node, Text

from newscli.converters.keep import keep_block
from newscli.converters.marks import NOTHING, Shelf
from newscli.converters.names import PREFORMATTED
from newscli.converters.tree import Tree, shows, worth

_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*\Z")
"""What ``<…>`` makes a link of; the writer takes any address for one that the text repeats."""

_APART = ("a", "iframe")
_PREFORMATTED = tuple(PREFORMATTED)


def links(found: list[Element], tree: Tree, mode: str, shelf: Shelf) -> None:
    """Make every link one that Markdown can say; ``mode`` is ``inline``, ``ref``, ``text`` or ``drop``."""
    has_pipes = "|" in tree.html
    for link in reversed(found):  # those inside others first
        address = link.attr("href")
        if address is None:
            if link.parent is not None:
                link.unwrap()
            continue
        if mode in ("text", "drop"):
            _take_off(link, mode)
            continue
        if address != address.strip() or (has_pipes and "|" in address):
            link.attrs["href"] = address.strip().replace("|", "%7C")
        if not _is_plain(link, address) and link.parent is not None:
            _mend(link, tree, shelf)


def refer(root: Element, shelf: Shelf) -> None:
    """Put stand-ins in the place of the addresses of links, but for those that are written ``<address>``."""
    for link in root.iter_elements(("a",)):
        address = link.attr("href")
        if address is not None and not (link.text == address and _AUTOLINK.match(address)):
            link.attrs["href"] = shelf.put_address(address)


def _is_plain(link: Element, address: str) -> bool:
    """Whether a link shows one text and needs no mending; a text that repeats the address is kept from being one."""
    if len(link) != 1 or type(first := link[0]) is not Text:
        return False
    if first.data == address and not _AUTOLINK.match(address):
        first.insert_before(Text(NOTHING))
    return first.data == address or not first.data.isspace()


def _take_off(link: Element, mode: str) -> None:
    if mode == "drop":
        link.decompose()
    elif link.parent is not None:
        link.unwrap()


def _mend(link: Element, tree: Tree, shelf: Shelf) -> None:
    if not shows(link):
        link.unwrap()
    elif tree.has_block(link):
        attributes = link.attrs.copy()
        preformatted = [inner for inner in link.iter_elements(_PREFORMATTED) if shows(inner)]
        if preformatted and any(isinstance(above, Element) and above.tag in PREFORMATTED for above in link.ancestors):
            link.unwrap()
            return
        for block in preformatted:
            _wrap([*block], attributes)
            keep_block(block, shelf)
        for run in tree.inline_runs(link):
            _wrap(run, attributes)
        link.unwrap()


def _wrap(run: list[Node], attributes: dict[str, str | list[str] | None]) -> None:
    """Make links of the run, around those in it."""
    for part in _without_links(run):
        part[0].wrap_siblings(Element("a", attributes), until=part[-1])


def _without_links(run: list[Node]) -> Iterator[list[Node]]:
    """The parts of a run between the links and frames in it: a link in a cell may stand in a link around the table."""
    part: list[Node] = []
    for node in run:
        if isinstance(node, Element) and any(map(_is_apart, node.iter_elements(_APART, include_self=True))):
            yield from worth(part)
            part = []
            if node.tag not in _APART:
                yield from _without_links([*node])
        else:
            part.append(node)
    yield from worth(part)


def _is_apart(element: Element) -> bool:
    return element.tag == "iframe" or (element.attr("href") is not None and shows(element))
