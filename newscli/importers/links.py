"""Links in texts made absolute, and pictures that load late made plain: only what changes is written anew."""

import re
from collections.abc import Callable
from html import escape

from newscli.importers.markup.blocks import iter_blocks
from newscli.importers.markup.tokens import Token, iter_tokens
from newscli.importers.tidy import absolute

_ADDRESSES = frozenset(
    {"href", "src", "poster", "cite", "data-src", "data-original", "data-lazy-src", "action", "background"}
)
_LATE = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-image")
_INLINE = re.compile(r"(!?\[(?:[^\[\]\\]|\\.){0,2000}\]\(\s*+)(<[^<>\n]*>|[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)")
_DEFINITION = re.compile(r"^( {0,3}\[[^\[\]\n]{1,999}\]:[ \t]+)(<[^<>\n]*>|\S+)", re.MULTILINE)
_PLAIN = "|".join(f"(?<={name}=)" for name in ("href", "src", "poster", "cite", "action", "background"))
_TO_CHANGE = re.compile(  # begins with the one character that it looks for: six times as quick
    rf"""=(?:(?<=[\s]=)|(?<=set=)|(?<=-src=)|(?<=-original=)|(?<=-actualsrc=)|(?<=-image=)|(?:{_PLAIN})"""
    r"""\s*+["']?(?!https?://|mailto:|\#))""",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def absolute_html(text: str, base: str) -> str:
    """HTML with its relative addresses joined to ``base``, late pictures (``data-src``) with their address in ``src``.

    Everything else stays as it is, to the byte.
    """
    if not _TO_CHANGE.search(text):  # a look is cheap, reading all tags is not
        return text
    parts: list[str] = []
    position = 0
    for token in iter_tokens(text):
        if token.kind != "start" or not token.attributes:
            continue
        for start, end, written in sorted(_changes(token, base)):
            parts += [text[position:start], written]
            position = end
    return "".join([*parts, text[position:]])


def absolute_markdown(text: str, base: str) -> str:
    """Markdown with the relative addresses of its links, pictures, definitions and HTML tags joined to ``base``.

    What stands in fenced code stays as it is.
    """
    return "".join(block if is_code else _absolute_block(block, base) for is_code, block in iter_blocks(text))


def _absolute_block(block: str, base: str) -> str:
    if base:
        for pattern in (_INLINE, _DEFINITION):
            block = pattern.sub(lambda match: match[1] + _bracketed(match[2], lambda url: _joined(url, base)), block)
    return absolute_html(block, base)


def _changes(token: Token, base: str) -> list[tuple[int, int, str]]:
    """The places in a tag to write anew, and what."""
    found: list[tuple[int, int, str]] = []
    source = token.attributes.get("src")
    for name, attribute in token.attributes.items():
        value = attribute.value
        if name == "src" and token.name == "img":
            value = _late(token) or value
        wanted = _srcset(value, base) if name == "srcset" else _joined(value, base) if name in _ADDRESSES else value
        if wanted != attribute.value:
            found.append((attribute.start, attribute.end, f'{name}="{escape(wanted)}"'))
    if token.name == "img" and source is None and (late := _late(token)):
        place = token.start + len("<img")
        found.append((place, place, f' src="{escape(_joined(late, base))}"'))
    return found


def _late(token: Token) -> str:
    """The address a picture gets once it is scrolled to; empty when it has its own already."""
    source = token.get("src")
    if source and not source.startswith("data:"):
        return ""
    return next((token.get(name) for name in _LATE if token.get(name)), "")


def _joined(address: str, base: str) -> str:
    address = address.strip()
    if not base or not address or address.startswith("#") or (_SCHEME.match(address) and not address.startswith("//")):
        return address
    return absolute(address, base) or address


def _srcset(value: str, base: str) -> str:
    """``a.png 1x, b.png 2x`` with each address joined."""
    candidates = [candidate.split(maxsplit=1) for candidate in re.split(r",\s+", value.strip()) if candidate.strip()]
    return ", ".join(" ".join([_joined(address, base), *size]) for address, *size in candidates)


def _bracketed(written: str, change: Callable[[str], str]) -> str:
    """A destination of Markdown with its address changed, in angle brackets as before."""
    if written.startswith("<"):
        return f"<{change(written[1:-1])}>"
    return change(written)
