"""Pictures, and what is embedded in a page."""

from turbohtml import Element, Text

from newscli.converters.keep import keep_embedded
from newscli.converters.marks import Shelf
from newscli.converters.pictures import picture_address


def pictures(images: list[Element], mode: str) -> None:
    """Give every picture its address, and drop those without; or do as ``mode`` says: ``alt`` or ``drop``."""
    for image in images:
        address = picture_address(image)
        if mode == "drop" or not address:
            _remove(image)
        elif mode == "alt":
            image.replace_with(Text(image.attr("alt") or ""))
        elif address != image.attr("src") or "|" in address:
            image.attrs["src"] = address.replace("|", "%7C")


def _remove(node: Element) -> None:
    if node.parent is not None:
        node.extract()


def embedded(elements: list[Element], shelf: Shelf) -> None:
    """Keep what is embedded as HTML; an element without an address or content shows nothing and goes."""
    for element in elements:
        if element.parent is None:
            continue
        if any(element.attr(name) for name in ("src", "data", "srcdoc")) or len(element):
            keep_embedded(element, shelf)
        else:
            _remove(element)
