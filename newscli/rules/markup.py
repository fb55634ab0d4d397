"""The links and HTML tags of a body with their places; code is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscli.rules.subject import Subject

_LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?>[^\[\]\\!]+|\\.|!?\[[^\[\]]*\](?:\([^()\s]*\))?|!){0,400}+)\]"
    r"(?P<open>\()[ \t]*(?P<url><[^<>\n]*>|[^()\s<]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*(?P<url>\S+)", re.M)
_SHOWN = re.compile(r"!\[(?P<text>[^\[\]]*)\](?!\()(?:[ ]?\[(?P<name>[^\[\]]*)\])?")
_AUTOLINK = re.compile(r"<(?P<url>(?:(?:https?|ftps?|file):)?//[^\s<>]+)>")
_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?)(?=[\s/>])"
    r"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)
_BLOCK = re.compile(
    r"[ \t]*</?(?:article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header"
    r"|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b(?![^>\n]*\bmarkdown=)",
    re.I,
)
_ADDRESSES = {
    "a": "href",
    "area": "href",
    "img": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "source": "src",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name in small letters and where it stands, its value and where that starts (-1 without one)."""

    name: str
    at: int
    value: str
    value_at: int


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML tag: its name in small letters, whether it closes, where it stands, its attributes."""

    name: str
    closes: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...]
    is_empty: bool

    def get(self, name: str) -> Attribute | None:
        """An attribute by its name."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image.

    Attributes:
        url: where it leads, angle brackets left out.
        start, end: the place of ``url`` in the file.
        text: the text of a Markdown link.
        whole: where the link starts; opening: where its address is opened (the bracket, the attribute's name).
        stop: one past the end of the link.
        form: ``markdown``, ``html``, ``definition`` or ``autolink``.
        is_image: whether it shows an image.
    """

    url: str
    start: int
    end: int
    text: str
    whole: int
    opening: int
    stop: int
    form: str
    is_image: bool = False


def tags(subject: Subject) -> list[Tag]:
    """The HTML tags of the body; offsets in the file. Found once."""
    kept = subject.__dict__.get("_tags")
    if kept is None:
        kept = subject.__dict__["_tags"] = list(_tags(subject.prose, subject.body_start)) if "<" in subject.body else []
    return kept


def _tags(text: str, shift: int) -> Iterator[Tag]:
    for match in _TAG.finditer(text):
        rest = match["rest"]
        attributes: tuple[Attribute, ...] = ()
        if rest.strip(" \t\r\n/"):
            attributes = tuple(_attributes(rest, shift + match.start("rest")))
        closed = rest.endswith("/")
        yield Tag(
            match["name"].lower(), bool(match["slash"]), shift + match.start(), shift + match.end(), attributes, closed
        )


def _attributes(text: str, shift: int) -> Iterator[Attribute]:
    for match in _ATTRIBUTE.finditer(text):
        kind = match.lastgroup if match.lastgroup != "name" else None
        value = match[kind] if kind else ""
        value_at = shift + match.start(kind) if kind else -1
        yield Attribute(match["name"].lower(), shift + match.start(), value, value_at)


def links(subject: Subject) -> list[Link]:
    """The links and images of the body, Markdown and HTML; found once."""
    kept = subject.__dict__.get("_links")
    if kept is None:
        kept = list(_markdown_links(subject))
        for tag in tags(subject):
            attribute = tag.get(_ADDRESSES.get(tag.name, ""))
            if attribute and not tag.closes:
                start = attribute.value_at if attribute.value_at >= 0 else attribute.at
                end = start + len(attribute.value)
                image = tag.name == "img"
                kept.append(Link(attribute.value, start, end, "", tag.start, attribute.at, tag.end, "html", image))
        kept.sort(key=lambda link: link.start)
        subject.__dict__["_links"] = kept
    return kept


def _markdown_links(subject: Subject) -> Iterator[Link]:
    """The links in Markdown; there is none in a file of HTML, and none in a line that starts a block of HTML."""
    if subject.is_html:
        return
    shift, text = subject.body_start, subject.prose
    if "](" in text:
        yield from (link for link in _inline_links(text, shift) if not _is_in_block(text, link.whole - shift))
    if "]:" in text:
        shown = {name for _, name in shown_by_name(subject)}
        for match in _DEFINITION.finditer(text):
            inner = 1 if match["url"].startswith("<") else 0
            start, end = shift + match.start("url") + inner, shift + match.end("url") - inner
            whole, is_image = shift + match.start(), _label(match["name"]) in shown
            yield Link(match["url"].strip("<>"), start, end, "", whole, start, end, "definition", is_image)
    for match in _AUTOLINK.finditer(text):
        start, end = shift + match.start("url"), shift + match.end("url")
        yield Link(match["url"], start, end, "", start - 1, start, end + 1, "autolink")


def shown_by_name(subject: Subject) -> list[tuple["re.Match[str]", str]]:
    """The images whose addresses are defined elsewhere, ``![text][name]``, matched in the prose, and their names."""
    if subject.is_html or "![" not in subject.prose:
        return []
    return [(match, _label(match["name"] or match["text"])) for match in _SHOWN.finditer(subject.prose)]


def definitions(subject: Subject) -> set[str]:
    """The names that addresses are defined for."""
    return {_label(match["name"]) for match in _DEFINITION.finditer(subject.prose)}


def _label(name: str) -> str:
    """A name as Markdown compares it."""
    return " ".join(name.casefold().split())


def _is_in_block(text: str, place: int) -> bool:
    return _BLOCK.match(text, text.rfind("\n", 0, place) + 1) is not None


def _inline_links(text: str, shift: int) -> Iterator[Link]:
    for match in _LINK.finditer(text):
        url = match["url"]
        inner = 1 if url.startswith("<") else 0
        start = shift + match.start("url") + inner
        bare = url[inner : len(url) - inner]
        yield Link(
            bare, start, start + len(bare), match["text"],
            shift + match.start(), shift + match.start("open"), shift + match.end(), "markdown", bool(match["bang"]),
        )  # fmt: skip
        if "](" in match["text"]:
            yield from _inline_links(match["text"], shift + match.start("text"))
