"""Elements of XML as a small tree. Entities are never declared, so never expanded; prefixes need not be declared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from newscli.importers.problems import Code, SourceError

Namespaces = Mapping[str, str]
NONE: Namespaces = MappingProxyType({})

_KNOWN = (  # an address starts so -> the prefix under which it is asked for here; versions differ in what follows
    ("http://wordpress.org/export/", "wp"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://www.w3.org/2005/Atom", ""),
    ("http://www.sitemaps.org/schemas/sitemap/", ""),
    ("http://www.google.com/schemas/sitemap-news/", "news"),
    ("http://schemas.google.com/blogger/", "blogger"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
)
_OURS = frozenset({"wp", "excerpt", "content", "dc", "dcterms", "news", "blogger", "cp"})
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\["'>]|"[^"]*"|'[^']*')*+""", re.IGNORECASE)
_FIRST_TAG = re.compile(r"<[A-Za-z_]")
_VALUES = re.compile(r"\]\s*>")


@dataclass(slots=True)
class Node:
    """An element: its name with a known prefix, its attributes, and what is in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    namespaces: Namespaces = field(default_factory=lambda: NONE)

    @property
    def text(self) -> str:
        """All text in it, that of its descendants included."""
        parts: list[str] = []
        pending: list[Node | str] = [self]
        while pending:
            part = pending.pop()
            if isinstance(part, str):
                parts.append(part)
            else:
                pending.extend(reversed(part.children))
        return "".join(parts)

    def all(self, *names: str) -> Iterator["Node"]:
        """Its child elements of these names, in order."""
        return (child for child in self.children if isinstance(child, Node) and child.name in names)

    def first(self, name: str) -> "Node | None":
        """Its first child element of this name."""
        return next(self.all(name), None)

    def get(self, name: str) -> str:
        """The text of its first child element of this name, without white space at its ends; empty without one."""
        found = self.first(name)
        return found.text.strip() if found else ""

    def find(self, *names: str) -> Iterator["Node"]:
        """Its descendants of these names, in order."""
        pending = list(reversed(self.children))
        while pending:
            part = pending.pop()
            if isinstance(part, Node):
                if part.name in names:
                    yield part
                pending.extend(reversed(part.children))

    def markup(self) -> str:
        """What is in it as markup: for text that should have been escaped, and for XHTML."""
        parts: list[str] = []
        pending: list[Node | tuple[str] | str] = list(reversed(self.children))
        while pending:
            part = pending.pop()
            if isinstance(part, tuple):
                parts.append(part[0])
            elif isinstance(part, str):
                parts.append(escape(part))
            else:
                attributes = "".join(f" {key}={quoteattr(value)}" for key, value in part.attributes.items())
                parts.append(f"<{part.name}{attributes}{'>' if part.children else ' />'}")
                pending.extend([(f"</{part.name}>",)] if part.children else [])
                pending.extend(reversed(part.children))
        return "".join(parts)


def without_doctype(text: str) -> str:
    """The text without its document type, line breaks kept.

    Raises:
        SourceError: the document type declares entities.
    """
    match = _DOCTYPE.search(text)
    first = _FIRST_TAG.search(text)
    if not match or (first and first.start() < match.start()):
        return text
    end = match.end()
    if text.startswith("[", end):
        closing = _VALUES.search(text, end)
        subset = text[end : closing.end() if closing else len(text)]
        if "<!entity" in subset.lower():
            line = text.count("\n", 0, end) + 1
            raise SourceError(Code.ENTITIES, "declares XML entities: refused, they can expand without end", line=line)
        end += len(subset)
    elif text.startswith(">", end):
        end += 1
    return text[: match.start()] + "\n" * text.count("\n", match.start(), end) + text[end:]


def parse(text: str, namespaces: Namespaces = NONE, *, depth: int = 200) -> Node:
    """An element and all that is in it.

    Args:
        text: well-formed XML with one element outermost.
        namespaces: the prefixes declared around it.
        depth: how many levels it may have.

    Raises:
        SourceError: it is not well-formed, too deep, or declares entities; the line is that within ``text``.
    """
    builder = _Builder(namespaces, depth)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.EntityDeclHandler = builder.entity
    try:
        parser.Parse(text, True)  # noqa: FBT003 - takes no keyword
    except expat.ExpatError as error:
        message = f"is not well-formed XML: {expat.ErrorString(error.code)} in column {error.offset + 1}"
        raise SourceError(Code.SYNTAX, message, line=error.lineno) from error
    return builder.root


class _Builder:
    """What expat reports, as nodes."""

    def __init__(self, namespaces: Namespaces, depth: int) -> None:
        self.root = Node("")
        self._open: list[Node] = [Node("", namespaces=namespaces)]
        self._depth = depth

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) > self._depth:
            raise SourceError(Code.TOO_BIG, f"has elements more than {self._depth} levels deep")
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        parent = self._open[-1]
        namespaces = parent.namespaces
        declared = {key[6:]: value for key, value in pairs.items() if key == "xmlns" or key.startswith("xmlns:")}
        if declared:
            namespaces = {**namespaces, **declared}
            pairs = {key: value for key, value in pairs.items() if not key.startswith("xmlns")}
        node = Node(_canonical(name, namespaces), pairs, namespaces=namespaces)
        if len(self._open) == 1:
            self.root = node
        parent.children.append(node)
        self._open.append(node)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def entity(self, *_declaration: object) -> None:
        raise SourceError(Code.ENTITIES, "declares XML entities")


def _canonical(name: str, namespaces: Namespaces) -> str:
    prefix, _, local = name.rpartition(":")
    address = namespaces.get(prefix)
    if not address:
        return name
    if address.startswith("http://wordpress.org/export/") and address.rstrip("/").endswith("/excerpt"):
        return f"excerpt:{local}"
    for start, known in _KNOWN:
        if address.startswith(start):
            return f"{known}:{local}" if known else local
    return f"other:{local}" if prefix in _OURS else name
