"""Markdown from outside without what runs: HTML that may not stay is shown as text, all else is kept to the byte.

What stands in code is text already and stays as it is, but only where every reader of Markdown agrees that it is code:
in a fence in the first column after a blank line with no HTML open; between backquotes where the line pairs them all
and nothing else in the block could be read first. Elsewhere one reader may take for a tag what another takes for code.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape

from newscli.importers.markup.blocks import iter_blocks
from newscli.importers.markup.tokens import VOID, Token, iter_tokens
from newscli.importers.safe import allowed_value, attributes, is_safe, tags
from newscli.importers.tidy import absolute

_CODE = re.compile(r"(?<!`)(`{1,8})(?!`)([^`\n]++)\1(?!`)")
_BLANK = re.compile(r"\n[ \t]*\n")
_DESTINATION = re.compile(r"(\][(:][\s>]*+<?)(?=(\S{1,300}))")  # in a quotation the next line starts with >
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_ATTRIBUTE_LIST = re.compile(r"(?<!\\)\{:")
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_LESS_THAN = re.compile(r"(?<!\\)((?:\\\\)*)\\<|<")
_DASHES = re.compile("-{2,}")
_AMBIGUOUS = re.compile("[\r\f\v]")
_COULD_END_CODE = ("|", "](", "]:")


def clean_markdown(text: str) -> str:
    """Markdown whose HTML is what :mod:`newscli.importers.safe` lets pass, and whose addresses run nothing.

    The attribute lists of kramdown (``{: onclick=… }``) are shown as text.
    """
    return "".join(_Cleaner(is_clear=not _AMBIGUOUS.search(text)).run(text))


class _Cleaner:
    def __init__(self, *, is_clear: bool) -> None:
        self._is_clear = is_clear
        self._open: Counter[str] = Counter()  # elements of HTML that are open, by name

    def run(self, text: str) -> Iterator[str]:
        for is_fence, block in iter_blocks(text):
            is_code = self._is_clear and not self._open.total()
            yield block if is_fence and is_code else self._block(block, is_code=is_code and not is_fence)

    def _block(self, block: str, *, is_code: bool) -> str:
        spans = list(_CODE.finditer(block)) if is_code else []
        pieces: list[str] = []
        position = 0
        for span in spans:
            pieces.append(block[position : span.start()])
            position = span.end()
        pieces.append(block[position:])
        if not spans or not _is_agreed(pieces, spans):
            return self._markup(block)
        out = [_texts(pieces[0])]
        for span, piece in zip(spans, pieces[1:], strict=True):
            out += [span[0], _texts(piece)]
        return "".join(out)

    def _markup(self, block: str) -> str:
        """A block with its tags made safe."""
        parts: list[str] = []
        is_shown = False  # whether the tag before became text: what follows <script> is no longer raw, then
        for token in iter_tokens(block):
            written = block[token.start : token.end]
            if token.kind == "text":
                parts.append(_texts(_shown(written) if is_shown else written))
                continue
            if not written.endswith(">") or _BLANK.search(written):
                # It could swallow what follows: the next quotation mark closes an attribute, wherever it is.
                _drop_escape(parts)
                parts.append(_texts(_shown(block[token.start :])))
                break
            safe = _frame(token) if token.name == "iframe" else self._tag(token, written)
            is_shown = safe is None or token.name == "iframe"
            if safe is None:
                _drop_escape(parts)
            parts.append(_texts(_shown(written) if safe is None else safe))
        return "".join(parts)

    def _tag(self, token: Token, written: str) -> str | None:
        """A tag or comment as it may stay; None for one that is to be shown as text."""
        if link := _AUTOLINK.fullmatch(written):
            return written if is_safe(link[1]) else None
        if token.kind == "comment":
            return _safe_comment(written) if written.startswith("<!--") and written.endswith("-->") else None
        if token.name not in tags():
            return None
        if token.name not in VOID and not (token.kind == "end" and not self._open[token.name]):
            self._open[token.name] += 1 if token.kind == "start" else -1
        return _safe_tag(token, written)


def _frame(token: Token) -> str:
    """A frame as a link to what it shows."""
    address = escape(absolute(token.get("src"), ""))
    return f'<a href="{address}">{address}</a>' if address else ""


def _shown(written: str) -> str:
    return _LESS_THAN.sub(r"\1&lt;", written)


def _drop_escape(parts: list[str]) -> None:
    """Take a backslash away that escaped ``<``, for it would escape the ampersand now."""
    if parts and _ESCAPE.search(parts[-1]):
        parts[-1] = parts[-1][:-1]


def _safe_comment(written: str) -> str | None:
    """A comment in which nothing could be read as a tag or as its end; what some readers take for none is shown."""
    inner = written[4:-3]
    if len(written) < len("<!---->") or inner.startswith((">", "->")) or inner.endswith("-"):
        return None
    return f"<!--{_DASHES.sub(' - ', _shown(inner))}-->"


def _is_agreed(pieces: list[str], spans: list[re.Match[str]]) -> bool:
    """Whether what stands between backquotes is code to every reader."""
    outside = "".join(pieces)
    if "<" in outside or "`" in outside or any(piece.endswith("\\") for piece in pieces):
        return False
    return not any(mark in span[2] for span in spans for mark in _COULD_END_CODE)


def _safe_tag(token: Token, written: str) -> str:
    """A tag as it is written, or without the attributes that may not stay."""
    names = attributes().get(token.name, set()) | attributes()["*"]
    kept = {
        name: value
        for name, attribute in token.attributes.items()
        if name in names and (value := allowed_value(token.name, name, attribute.value)) is not None
    }
    is_kept = all(kept.get(name) == attribute.value for name, attribute in token.attributes.items())
    if is_kept and "<" not in written[1:]:  # some readers do not let a tag hold one, and would see what is in it
        return written
    if token.kind == "end":
        return f"</{token.name}>"
    slash = " /" if written.endswith("/>") else ""
    written_again = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
    return f"<{token.name}{written_again}{slash}>"


def _texts(text: str) -> str:
    """Text outside tags and code: addresses that would run something go, attribute lists are shown."""
    text = _DESTINATION.sub(lambda match: match[1] if is_safe(match[2].replace("\\", "")) else f"{match[1]}#", text)
    return _ATTRIBUTE_LIST.sub(r"\\{:", text)
