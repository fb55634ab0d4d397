"""Where the pictures of a page are."""

from typing import Protocol


class HasAttributes(Protocol):
    """An element of any tree."""

    def attr(self, name: str, /) -> str | None:
        """The value of an attribute."""
        ...


_LATER = ("data-src", "data-original", "data-lazy-src", "data-actualsrc")
"""Where scripts that load pictures late keep the address, as WeChat and WordPress plugins do."""


def picture_address(image: HasAttributes) -> str:
    """The address of the picture a reader sees in the end; empty when there is none."""
    address = (image.attr("src") or "").strip()
    if address and not address.startswith(("data:", "about:")):
        return address
    return next((later.strip() for name in _LATER if (later := image.attr(name)) and later.strip()), address)
