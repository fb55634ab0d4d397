"""Bodies of WordPress as HTML: the marks of its blocks go, the paragraphs of its classic editor get their tags.

The classic editor keeps paragraphs as blank lines and breaks as line ends; WordPress adds ``<p>`` and ``<br />`` each
time it shows the post (``wpautop``, https://developer.wordpress.org/reference/functions/wpautop/). Shortcodes stay.
"""

import json
import re
from html import escape

_BLOCK_MARK = re.compile(r"<!-- /?wp:[a-z]")
_AFTER_MARK = re.compile(r"[ \t]*+\n?")
_SOCIAL_LINK = re.compile(r"<!-- wp:social-link(?:-([a-z0-9-]+))?\s+(\{.*\})\s*/?-->", re.DOTALL)
_ANY_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_BLOCKS = (
    "address|article|aside|blockquote|canvas|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|iframe|legend|li|main|menu|nav|noscript|object|ol|p|pre|script|section|style|summary|table|tbody|td|"
    "tfoot|th|thead|tr|ul|video|audio"
)
_SHORTCODE = re.compile(r"\[(/?[a-z][\w-]*+)[^\]\n]*+\]", re.IGNORECASE)
_KEPT = re.compile(
    r"<(pre|script|style|textarea)(?=[\s>])|\[(sourcecode|code|syntax|highlight|raw)(?=[\s\]=])", re.IGNORECASE
)
_AROUND_BLOCK = re.compile(rf"\n?(</?(?:{_BLOCKS})(?:\s[^<>]*+)?/?>)\n?", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*+\n\s*+")
_BREAK = re.compile(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", re.IGNORECASE)
_MARK = "\ufdd0{}\ufdd1"
_MARKED = re.compile("\ufdd0(\\d+)\ufdd1")


def wordpress_html(content: str) -> str:
    """The body of a post of WordPress as the HTML that it would show."""
    if _BLOCK_MARK.search(content):
        return _without_marks(content).strip("\n")
    if _ANY_PARAGRAPH.search(content) or not content.strip():
        return content
    return _paragraphs(content)


def _without_marks(content: str) -> str:
    parts: list[str] = []
    position = 0
    while match := _BLOCK_MARK.search(content, position):
        end = content.find("-->", match.end())
        if end < 0:
            break
        parts += [content[position : match.start()], _link_of(content[match.start() : end + 3])]
        after = _AFTER_MARK.match(content, end + 3)
        position = after.end() if after else end + 3
    return "".join([*parts, content[position:]])


def _link_of(mark: str) -> str:
    """The item of a list that WordPress shows for a block of a profile elsewhere, which is a mark and nothing else.

    See https://github.com/WordPress/gutenberg/tree/trunk/packages/block-library/src/social-link.
    """
    match = _SOCIAL_LINK.fullmatch(mark)
    if match is None:
        return ""
    try:
        said = json.loads(match[2])
    except (ValueError, RecursionError):
        return ""
    url, service = str(said.get("url") or ""), str(said.get("service") or match[1] or "")
    if not url:
        return ""
    if service == "mail" and ":" not in url:
        url = f"mailto:{url}"
    label = str(said.get("label") or "") or service.capitalize() or url
    return f'<li><a href="{escape(url)}">{escape(label)}</a></li>'


def _paragraphs(content: str) -> str:
    kept: list[str] = []
    text = _keep(content.replace("\ufdd0", "").replace("\ufdd1", ""), kept)
    parts = [_paragraph(part.strip()) for part in _BLANK.split(text) if part.strip()]
    return _MARKED.sub(lambda match: kept[int(match[1])], "\n\n".join(parts))


def _keep(text: str, kept: list[str]) -> str:
    """The text with what must not be touched (code, scripts) in ``kept`` and a mark in its place."""
    parts: list[str] = []
    position = start = 0
    missing: set[str] = set()
    while match := _KEPT.search(text, position):
        name = (match[1] or match[2]).lower()
        position = match.end()
        closing = f"</{name}>" if match[1] else f"[/{name}]"
        end = None
        if closing not in missing:
            end = re.compile(re.escape(closing), re.IGNORECASE).search(text, position)
        if end is None:
            missing.add(closing)
            continue
        parts += [text[start : match.start()], "\n\n", _MARK.format(len(kept)), "\n\n"]
        kept.append(text[match.start() : end.end()])
        position = start = end.end()
    return "".join([*parts, text[start:]])


def _paragraph(part: str) -> str:
    if _MARKED.fullmatch(part) or part.startswith("<!--") or _is_shortcode(part):
        return part
    inside = _AROUND_BLOCK.split(part)  # text, block tag, text, …
    out: list[str] = []
    depth = 0
    for index, piece in enumerate(inside):
        if index % 2:
            depth += 0 if piece.endswith("/>") or piece[:3].lower() == "<hr" else -1 if piece.startswith("</") else 1
            out.append(piece)
        elif piece.strip():
            out.append(_lines(piece) if depth <= 0 else piece)
    return "".join(out)


def _is_shortcode(part: str) -> bool:
    """Whether a shortcode is all there is: alone, or around something."""
    match = _SHORTCODE.match(part)
    return match is not None and (match.end() == len(part) or part.endswith(f"[/{match[1]}]"))


def _lines(text: str) -> str:
    text = text.strip("\n")
    return f"<p>{_BREAK.sub('<br />' + chr(10), text)}</p>"
