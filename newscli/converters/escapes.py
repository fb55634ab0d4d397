r"""Escape what only some readers of Markdown take for markup.

kramdown, which Jekyll uses, makes a table of any line with a ``|``, an attribute list of ``{: …}`` and knows no
``\&``; Jekyll runs what stands in ``{{ }}`` and ``{% %}``.
"""

import re
from collections.abc import Iterable

from turbohtml import Element, Text

from newscli.converters.marks import INLINE
from newscli.converters.names import CODE, PREFORMATTED

_REFERENCE = re.compile(r"&(?=#?\w+;)")
_LIQUID = re.compile(r"\{(?=[{%])")
_ATTRIBUTES = re.compile(r"\{(?=:)")
_BRACE = re.compile(r"\{(?=[{%:])")
_VERBATIM = CODE | PREFORMATTED
_NO_PIPE = _VERBATIM | {"table"}


def escapes(root: Element, text: str, verbatim: Iterable[Element]) -> None:
    """Mark such characters in the texts of a tree.

    Args:
        root: the tree.
        text: all its text, or that and more.
        verbatim: the elements whose text is no Markdown; no one of them holds another.
    """
    if "|" not in text and not _is_active(text):
        return
    left = {character: text.count(character) for character in "|{&"}
    for element in verbatim:
        if element.parent is not None:
            text = element.text
            for character in left:
                left[character] -= text.count(character)
    if any(left.values()):
        _escape(root)


def _escape(root: Element) -> None:
    for node in [*root.descendants]:
        if type(node) is Text:
            text = node.data
            if "|" in text and not _is_inside(node, _NO_PIPE):
                node.data = text = text.replace("|", f"{INLINE}|")
            if _is_active(text) and not _is_inside(node, _VERBATIM):
                text = _LIQUID.sub(f"{INLINE}l", _REFERENCE.sub(f"{INLINE}a", text))
                node.data = _ATTRIBUTES.sub(f"{INLINE}{{", text)


def _is_active(text: str) -> bool:
    return ("{" in text and _BRACE.search(text) is not None) or ("&" in text and _REFERENCE.search(text) is not None)


def _is_inside(node: Text, tags: frozenset[str]) -> bool:
    return any(isinstance(above, Element) and above.tag in tags for above in node.ancestors)
