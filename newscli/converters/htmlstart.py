"""The seven ways in which a line starts an HTML block, and how such a block ends (CommonMark 0.31, section 4.6)."""

import re

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
_ATTRIBUTE = r"\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_ANY_TAG = re.compile(rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$")
_START = re.compile(
    rf"<(?:(?P<block>/?(?:{_NAMES})(?=\s|/?>|$))|(?P<verbatim>(?:script|pre|style|textarea)(?=[\s>]|$))"
    r"|!(?:(?P<comment>--)|(?P<declaration>[A-Za-z])|(?P<data>\[CDATA\[))|(?P<instruction>\?))",
    re.I,
)

BLANK_LINE = re.compile("")
"""The end of a block that runs up to a blank line."""
_ENDS = {
    "block": BLANK_LINE,
    "verbatim": re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    "comment": re.compile("-->"),
    "declaration": re.compile(">"),
    "data": re.compile(r"\]\]>"),
    "instruction": re.compile(r"\?>"),
}


def html_end(text: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What ends the HTML block that ``text``, the rest of a line, starts; None when it starts none.

    A single tag of any other name (the seventh way) cannot interrupt a paragraph.
    """
    start = _START.match(text)
    if start and start.lastgroup:
        return _ENDS[start.lastgroup]
    return BLANK_LINE if not in_paragraph and _ANY_TAG.match(text) else None
