"""The seven ways in which a line starts an HTML block, and how such a block ends (CommonMark 0.31, section 4.6)."""

import re

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
_ATTRIBUTE = r"\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>"

BLANK_LINE = re.compile("")
"""The end of a block that runs up to a blank line."""
_STARTS = (
    (re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I), re.compile(r"</(?:script|pre|style|textarea)>", re.I)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_NAMES})(?:\s|/?>|$)", re.I), BLANK_LINE),
)
_ANY_TAG = re.compile(rf"(?:{_TAG})\s*$")


def html_end(text: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What ends the HTML block that ``text``, the rest of a line, starts; None when it starts none.

    A single tag of any other name (the seventh way) cannot interrupt a paragraph.
    """
    for start, end in _STARTS:
        if start.match(text):
            return end
    return BLANK_LINE if not in_paragraph and _ANY_TAG.match(text) else None
