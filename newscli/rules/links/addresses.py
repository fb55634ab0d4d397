"""L603, L604, L606, L609: how addresses are written."""

import re
from collections.abc import Iterator
from urllib.parse import quote as percent

from newscli.diagnostics import Severity
from newscli.rules.links.outside import LOCAL, links
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_EMPTY_AUTOLINK = re.compile(r"^[ \t]*(<>)[ \t]*$", re.M)
_BAD_CHARACTER = re.compile(r"[\s\"<>^`{|}]|%(?![0-9A-Fa-f]{2})")
_SPACED = re.compile(r"\]\((?P<url>(?:https?:/|\.{0,2})/[^()<>\n\"' ]* [^()<>\n\"']*[^()<>\s\"'])\)")
_ANY_LINK = (b"](", b"href", b"src", b"]:", b"<http", b"<//")


@rule(
    "L603",
    "empty-link",
    Severity.WARNING,
    fix="safe",
    needs="body",
    patterns=(rb"<>", rb"\]\([ \t<]*[)>]", rb"<a(?:rea)?\s[^<]*?\bhref\s*(?:=\s*(?:\"\s*\"|'\s*')|[^\s=])"),
)
def empty_link(subject: Subject) -> Iterator[Hit]:
    """A link without an address.

    Why: it leads to the page itself, or is shown as it is written.

    Bad::

        <>

    Good::

        <https://example.com/>

    Engines: all publish it.
    Fix (safe for ``<>``): it is deleted.
    """
    for match in _EMPTY_AUTOLINK.finditer("" if subject.is_html else subject.prose):
        at = subject.body_start + match.start(1)
        yield Hit(at, at + 2, "an empty address; delete it", edit(at, at + 2, "", "delete it", safe=True))
    for link in links(subject):
        if not link.url.strip() and not link.is_image and link.form in ("markdown", "html"):
            yield Hit(link.opening, max(link.end, link.opening + 1), "a link without an address")


@rule(
    "L604",
    "protocol-relative",
    Severity.INFO,
    default=False,
    fix="unsafe",
    needs="body",
    patterns=(rb"//(?<!://)",),
)
def protocol_relative(subject: Subject) -> Iterator[Hit]:
    """An address starts with ``//``.

    Why: it means another thing in files than on the web; link checkers read a file path.

    Bad::

        [Home](//example.com/)

    Good::

        [Home](https://example.com/)

    Engines: browsers add the scheme of the page.
    Fix (unsafe): ``https:`` is written in front.
    """
    for link in links(subject):
        if link.url.startswith("//"):
            fix = edit(link.start, link.start, "https:", "write https: in front", safe=False)
            yield Hit(link.start, link.end, f"{link.url} has no scheme; write https:{link.url}", fix)


@rule("L606", "local-path", needs="body", needles=(b"\\",), patterns=(rb":(?:/[^/]|(?<=file:))",))
def local_path(subject: Subject) -> Iterator[Hit]:
    r"""An address is a path of somebody's machine.

    Why: nobody else has that file.

    Bad::

        ![A chart](images\chart.jpg)

    Good::

        ![A chart](/images/chart.jpg)

    Engines: all publish it.
    """
    for key in ("image", "cover", "thumbnail", "link", "source"):
        value = subject.data.get(key)
        if type(value) is str or (value is None and key in subject.data and not subject.reads):
            yield from _local_value(subject, key)
    for link in links(subject):
        if LOCAL.match(link.url) and not re.match(r"https?:", link.url):
            yield Hit(link.start, link.end, f"{link.url} is a path of one machine; write an address of the site")


def _local_value(subject: Subject, key: str) -> Iterator[Hit]:
    start, end = subject.place((key,))
    raw = subject.text[start:end].strip("\"'")
    if re.match(r"[A-Za-z]:[\\/]|\\\\|file:|(?!https?:)[\w.-]+\\\w", raw):
        yield Hit(start, end, f"{raw[:60]} is a path of one machine; write an address of the site", None, (key,))


@rule("L609", "bad-url-characters", Severity.WARNING, default=False, fix="safe", needs="body", needles=_ANY_LINK)
def bad_url_characters(subject: Subject) -> Iterator[Hit]:
    """An address holds blanks or signs that must be escaped.

    Why: Markdown ends the address there, or the server does not understand it.

    Bad::

        [A file](<https://example.com/a b.pdf>)

    Good::

        [A file](https://example.com/a%20b.pdf)

    Engines: browsers escape some of it.
    Fix (safe): the signs are percent-encoded.
    """
    for link in links(subject):
        if link.url.startswith(("{{", "{%", "data:")) or "{{" in link.url or "{%" in link.url:
            continue
        if bad := _BAD_CHARACTER.search(link.url.strip()):
            tidy = _BAD_CHARACTER.sub(lambda match: percent(match.group()), link.url.strip())
            fix = edit(link.start, link.end, tidy, "percent-encode it", safe=True)
            yield Hit(link.start, link.end, f"the address holds {bad.group()!r}; percent-encode it", fix)
    for match in _SPACED.finditer(subject.prose):
        start, end = subject.body_start + match.start("url"), subject.body_start + match.end("url")
        fix = edit(start, end, match["url"].replace(" ", "%20"), "percent-encode it", safe=True)
        yield Hit(start, end, "the address holds ' '; percent-encode it", fix)
