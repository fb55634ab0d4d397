"""Take out of a body what belongs to the site generator and no converter may touch, and put it back afterwards.

Liquid tags and outputs, kramdown's attribute lists, the mark ``<!--more-->`` and formulas in ``$$``.
"""

import html
import re

from newscli.converters.marks import KEPT, Shelf

_BLOCK = re.compile(r"\{%-?\s*(highlight|raw|comment)\b[^%]*%\}")
_TAG = r"%(?:[^%{]|%(?!\})|\{(?!%))*%\}"
_OUTPUT = r"\{(?:[^{}]|\}(?!\})|\{(?!\{))*\}\}"
_ATTRIBUTES = r"::?[^{}\n]*\}"
_LIQUID = re.compile(rf"\{{(?:{_TAG}|{_OUTPUT})")
_PLAIN = re.compile(rf"\{{(?:{_TAG}|{_OUTPUT}|(?<!\\\{{){_ATTRIBUTES})")
MORE = "data-more"
"""The attribute of the block around the mark ``<!--more-->``."""
_MORE = re.compile(r"<!--\s*more\s*-->")
_FORMULA = re.compile(r"\$\$(?=[^$]*[\\_^])[^$<>*`\[\]]{1,2000}\$\$")
_ADDRESS = re.compile(rf"(?<!\\)\]\(([^()\s<>{KEPT}]*{KEPT}[^()\s<>]*)(?=[ )])")
_PARAGRAPH = re.compile(rf"\n\n({KEPT}[0-9]+{KEPT})(?=\n|\Z)")
_AT_END = re.compile(rf"{KEPT}[0-9]+{KEPT}(?=\s*</(?:p|li|h[1-6]|t[dh])>)")
_NO_ADDRESS = re.compile(r"[<>\n]")
_CONTROL = re.compile(r"\{%-?\s*(end)?(if|unless|for|case|tablerow|capture|elsif|else|when)\b")


def hide_blocks(body: str, shelf: Shelf) -> str:
    """Take out ``{% highlight %}``, ``{% raw %}`` and ``{% comment %}`` blocks whole: what they hold is not markup."""
    if "{" not in body or "{%" not in body:
        return body
    pieces: list[str] = []
    done = 0
    unclosed: set[str] = set()
    while start := _BLOCK.search(body, done):
        name = start[1]
        end = None
        if name not in unclosed:
            end = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(body, start.end())
        if end is None:
            unclosed.add(name)
            pieces.append(body[done : start.end()])
            done = start.end()
        else:
            pieces += [body[done : start.start()], shelf.put(body[start.start() : end.end()])]
            done = end.end()
    return "".join([*pieces, body[done:]])


def open_blocks(body: str, *, as_html: bool) -> str:
    """Show what a reader sees of such blocks: the code of ``highlight`` and ``raw``, nothing of ``comment``."""
    shelf = Shelf()
    hidden = hide_blocks(body, shelf)
    return shown(shelf, as_html=as_html).restore(hidden)


def shown(blocks: Shelf, *, as_html: bool) -> Shelf:
    """What a reader sees of each of the blocks taken out by :func:`hide_blocks`."""
    shelf = Shelf()
    for piece in blocks.pieces:
        start = _BLOCK.match(piece)
        inside = piece[start.end() : piece.rindex("{%")] if start else piece
        shelf.put(_shown(start[1] if start else "", inside, as_html=as_html))
    return shelf


def _shown(name: str, inside: str, *, as_html: bool) -> str:
    if name == "comment":
        return ""
    if name == "raw":
        return inside
    code = inside.strip("\r\n")
    if as_html:
        return f"<pre>{html.escape(code)}</pre>"
    fence = max(("~" * (len(run) + 1) for run in re.findall("~{3,}", code)), default="~~~")
    return f"\n\n{fence}\n{code}\n{fence}\n\n"


def forget_attributes(html: str, shelf: Shelf) -> str:
    """Rendered Markdown without attribute lists at the ends of blocks: no reader sees them."""
    return _AT_END.sub(lambda match: "" if shelf.restore(match[0]).startswith("{:") else match[0], html)


def hide(text: str, shelf: Shelf, *, attributes: bool) -> str:
    """Take out of a text what is no HTML and no Markdown of CommonMark; attribute lists only with ``attributes``."""
    if "{" in text:
        text = (_PLAIN if attributes else _LIQUID).sub(lambda match: shelf.put(match[0]), text)
    if "$" in text and "$$" in text:
        text = _FORMULA.sub(lambda match: shelf.put(html.unescape(match[0])), text)
    return text


def hide_more(html: str, shelf: Shelf) -> str:
    """Take the mark ``<!--more-->`` out of HTML, as a block of its own: a line that starts with it is HTML."""
    if "!" not in html or "<!--" not in html or "more" not in html:
        return html
    pieces = []
    done = 0
    while (start := html.find("<!--", done)) >= 0 and (end := html.find("-->", start + 2)) >= 0:
        end += len("-->")
        comment = html[start:end]
        if _MORE.fullmatch(comment):
            comment = f"<div {MORE}>{shelf.put(comment)}</div>"
        pieces += [html[done:start], comment]
        done = end
    return "".join([*pieces, html[done:]])


def quote_addresses(text: str, shelf: Shelf) -> str:
    """Put addresses that hold a tag with spaces in ``<…>``, as Markdown wants: ``[x](<{{ site.url }}/x>)``."""

    def quote(match: re.Match[str]) -> str:
        address = shelf.restore(match[1])
        return f"](<{match[1]}>" if " " in address and not _NO_ADDRESS.search(address) else match[0]

    return _ADDRESS.sub(quote, text) if "](" in text else text


def attach_attributes(text: str, shelf: Shelf) -> str:
    """Put attribute lists on lines of their own right behind the block they are for."""

    def attach(match: re.Match[str]) -> str:
        return match[0][1:] if shelf.restore(match[1]).startswith("{:") else match[0]

    return _PARAGRAPH.sub(attach, text)


def may_tear(pieces: list[str]) -> bool:
    """Whether there is a Liquid tag among the pieces that needs its counterpart."""
    return any(map(_CONTROL.match, pieces))


def is_torn(lost: list[str]) -> bool:
    """Whether the pieces that a conversion lost leave a Liquid ``if`` without its ``endif`` or the like."""
    depth: dict[str, int] = {}
    for piece in lost:
        tag = _CONTROL.match(piece)
        if tag:
            if tag[2] in ("elsif", "else", "when"):
                return not any(depth.values())
            depth[tag[2]] = depth.get(tag[2], 0) + (-1 if tag[1] else 1)
    return any(depth.values())
