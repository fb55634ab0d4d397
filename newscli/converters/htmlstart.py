"""The seven ways in which a line starts an HTML block, and how such a block ends (CommonMark 0.31, section 4.6)."""

import re

from newscli.converters.names import names

_BLOCKS = names(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link"
    " main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead"
    " title tr track ul"
)
_VERBATIM = names("pre script style textarea")
_ATTRIBUTE = r"[^\S\n]+[A-Za-z_:][A-Za-z0-9_.:-]*(?:[^\S\n]*=[^\S\n]*(?:[^\s\"'=<>`]+|'[^'\n]*'|\"[^\"\n]*\"))?"
_ANY_TAG = re.compile(
    rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*[^\S\n]*/?>|</[A-Za-z][A-Za-z0-9-]*[^\S\n]*>)[^\S\n]*(?:\n|\Z)"
)
_START = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9]*)(?:(?=(/)?>)|(?=\s)|\Z)|!--|!\[CDATA\[|![A-Za-z]|\?)")

BLANK_LINE = re.compile("")
"""The end of a block that runs up to a blank line."""
_END_OF_VERBATIM = re.compile(r"</(?:script|pre|style|textarea)>", re.I)
_ENDS = {
    "<!--": re.compile("-->"),
    "<![CDATA[": re.compile(r"\]\]>"),
    "<?": re.compile(r"\?>"),
}
_END_OF_DECLARATION = re.compile(">")


def html_end(text: str, start: int, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What ends the HTML block that the rest of the line at ``start`` opens; None when it opens none.

    A single tag of any other name (the seventh way) cannot interrupt a paragraph.
    """
    opening = _START.match(text, start)
    if opening:
        slash, name, closed = opening.groups()
        if not name:
            return _ENDS.get(opening[0], _END_OF_DECLARATION)
        name = name.lower()
        if name in _BLOCKS:
            return BLANK_LINE
        if name in _VERBATIM and not slash and not closed:
            return _END_OF_VERBATIM
    return BLANK_LINE if not in_paragraph and _ANY_TAG.match(text, start) else None
