"""XML that is nearly well-formed, made well-formed: what is between the tags is kept, in linear time."""

import re
from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from newscli.importers.markup.entities import unescape
from newscli.importers.markup.tokens import VOID
from newscli.importers.markup.xml import NONE, Namespaces, Node, parse, without_doctype
from newscli.importers.problems import Code, SourceError

_PIECE = re.compile(r"<!\[CDATA\[|<!--|<\?|<!|<(/?)([A-Za-z_][\w:.\-]*+)(?=[\s/>]|\Z)|<")
_ATTRIBUTE = re.compile(
    r"(?:[\s/]|\"|')*+(?:(>)|([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\s>]*+)))?|=)"
)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?", re.ASCII)
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{1,31}));")
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = VOID - {"link", "source"}  # these two hold something in feeds
_MARKERS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>", "<!": ">"}


def parse_leniently(text: str, namespaces: Namespaces = NONE, *, depth: int = 200) -> tuple[Node, SourceError | None]:
    """An element, and what was wrong with it when it had to be repaired first.

    Raises:
        SourceError: it is too deep, declares entities, or cannot be repaired.
    """
    text = without_doctype(text)
    try:
        return parse(text, namespaces, depth=depth), None
    except SourceError as error:
        if error.code is not Code.SYNTAX:
            raise
        return parse(repair(text), namespaces, depth=depth), error


def repair(text: str) -> str:
    """Well-formed XML with the same elements and text.

    Characters that XML does not allow go; ``&`` and ``<`` that start nothing are escaped; the entities of HTML become
    characters; comments, instructions and document types go; end tags without a start go, missing ones are added.
    """
    return _Repair(_NO_CHARACTER.sub("", text)).run()


class _Repair:
    def __init__(self, text: str) -> None:
        self._source = text
        self._out: list[str] = []
        self._opened: list[str] = []
        self._count: Counter[str] = Counter()
        self._missing: set[str] = set()

    def run(self) -> str:
        position = 0
        while match := _PIECE.search(self._source, position):
            self._out.append(_text(self._source[position : match.start()]))
            closing, name = match.groups()
            step = self._section if not name else self._end_tag if closing else self._start_tag
            position = step(match)
        self._out.append(_text(self._source[position:]))
        self._out.extend(f"</{name}>" for name in reversed(self._opened))
        return "".join(self._out)

    def _section(self, match: re.Match[str]) -> int:
        """Write a CDATA section, leave a comment out; where it ends."""
        marker = match[0]
        closing = _MARKERS.get(marker, "")
        end = -1 if not closing or closing in self._missing else self._source.find(closing, match.end())
        if end < 0:  # never closed: what follows is read on, or the rest of the file would be lost
            self._missing.add(closing)
            self._out.append("" if marker == "<![CDATA[" else "&lt;" + escape(marker[1:]))
            return match.end()
        if marker == "<![CDATA[":
            self._out.append(f"<![CDATA[{self._source[match.end() : end]}]]>")
        return end + len(closing)

    def _start_tag(self, match: re.Match[str]) -> int:
        name = match[2]
        attributes: dict[str, str] = {}
        position, end = match.end(), len(self._source)
        while attribute := _ATTRIBUTE.match(self._source, position):
            position = attribute.end()
            if attribute[1]:
                end = position
                break
            key = attribute[2]
            if key and _ATTRIBUTE_NAME.fullmatch(key):
                value = next((group for group in attribute.groups()[2:] if group is not None), "")
                attributes.setdefault(key, f" {key}={quoteattr(unescape(value))}")
        is_empty = name.lower() in _EMPTY or self._source[end - 2 : end] == "/>"
        self._out.append(f"<{name}{''.join(attributes.values())}{'/' if is_empty else ''}>")
        if not is_empty:
            self._opened.append(name)
            self._count[name] += 1
        return end

    def _end_tag(self, match: re.Match[str]) -> int:
        name = match[2]
        end = self._source.find(">", match.end())
        while self._count[name]:
            closed = self._opened.pop()
            self._count[closed] -= 1
            self._out.append(f"</{closed}>")
            if closed == name:
                break
        return len(self._source) if end < 0 else end + 1


def _text(text: str) -> str:
    if "&" not in text:
        return text.replace("]]>", "]]&gt;")
    parts: list[str] = []
    position = 0
    for match in _REFERENCE.finditer(text):
        parts.append(escape(text[position : match.start()]))
        parts.append(_reference(match))
        position = match.end()
    parts.append(escape(text[position:]))
    return "".join(parts)


def _reference(match: re.Match[str]) -> str:
    character = unescape(match[0])
    if character == match[0]:  # not an entity of HTML: an ampersand that was not escaped
        return escape(character)
    return escape(_NO_CHARACTER.sub("", character))
