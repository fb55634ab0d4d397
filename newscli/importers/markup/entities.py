"""Entities of HTML as characters, whatever they are written with."""

import html
import re

_TOO_LONG = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")


def unescape(text: str) -> str:
    """The text with its entities as characters; a number that is no character becomes U+FFFD.

    ``html.unescape`` alone raises ValueError for a number of thousands of digits.
    """
    return html.unescape(_TOO_LONG.sub("\ufffd", text)) if "&" in text else text
