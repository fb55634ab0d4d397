"""HTML without the nesting that makes parsers slow: tags below a depth go, what is between them stays.

html5ever (under nh3) takes a minute for 120,000 nested ``<div>``: its cost grows with the square of the depth.
"""

from collections import Counter

from newscli.importers.markup.tokens import VOID, iter_tokens

_CLOSES_ITSELF = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rp", "rt",
    "html", "head", "body",
})  # fmt: skip


def flatten(text: str, levels: int) -> str:
    """HTML whose elements are at most ``levels`` deep; the same text when they are already.

    Elements whose end tag may be left out do not count: they nest only within others.
    """
    if text.count("<") - text.count("</") <= levels:  # fewer tags than levels, and no need to read them
        return text
    kept: list[str] = []
    opened: list[str] = []
    counts: Counter[str] = Counter()
    position = 0
    for token in iter_tokens(text):
        if not token.name or token.name in VOID or token.name in _CLOSES_ITSELF:
            continue
        if token.kind == "start":
            opened.append(token.name)
            counts[token.name] += 1
            is_deep = len(opened) > levels
        else:
            is_deep = False
            while counts[token.name]:
                counts[opened[-1]] -= 1
                if opened.pop() == token.name:
                    is_deep = len(opened) >= levels
                    break
        if is_deep:
            kept.append(text[position : token.start])
            position = token.end
    return "".join([*kept, text[position:]]) if position else text
