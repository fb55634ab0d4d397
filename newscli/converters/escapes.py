"""Escape what only some readers of Markdown take for markup.

kramdown, which Jekyll uses, makes a table of any line with a ``|``, an attribute list of ``{: …}`` and knows no ``\\&``;
Jekyll runs what stands in ``{{ }}`` and ``{% %}``.
"""

import re

from turbohtml import Element, Text

from newscli.converters.marks import INLINE
from newscli.converters.tree import CODE, PREFORMATTED

_REFERENCE = re.compile(r"&(?=#?\w+;)")
_BRACE = re.compile(r"\{(?=[{%:])")
_VERBATIM = CODE | PREFORMATTED


def escapes(html: str, root: Element) -> None:
    """Mark such characters in the texts of the tree that was read from ``html``."""
    if "|" not in html and "&amp;" not in html and "{" not in html and "&#" not in html and "&l" not in html:
        return
    for node in [*root.descendants]:
        if type(node) is not Text:
            continue
        text = node.data
        if "|" in text and not _is_inside(node, _VERBATIM | {"table"}):
            text = text.replace("|", f"{INLINE}|")
        if "&" in text and _REFERENCE.search(text) and not _is_inside(node, _VERBATIM):
            text = _REFERENCE.sub(f"{INLINE}a", text)
        if "{" in text and _BRACE.search(text) and not _is_inside(node, _VERBATIM):
            text = _BRACE.sub(f"{INLINE}{{", text)
        if text is not node.data:
            node.data = text


def _is_inside(node: Text, tags: frozenset[str]) -> bool:
    return any(isinstance(above, Element) and above.tag in tags for above in node.ancestors)
