"""H701-H703: what runs in the reader's browser."""

import html
import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.html.deletion import deletion_of
from newscli.rules.markup import Tag, links, tags
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_ACTIVE = {
    "script": Severity.ERROR,
    "object": Severity.ERROR,
    "embed": Severity.ERROR,
    "base": Severity.ERROR,
    "iframe": Severity.WARNING,
    "form": Severity.WARNING,
    "link": Severity.WARNING,
    "style": Severity.WARNING,
}
_PAIRED = frozenset(("script", "object", "iframe", "form", "style"))
_PLAYER = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/|player\.bilibili\.com/|v\.qq\.com/"
    r"|player\.youku\.com/|dailymotion\.com/embed|embed\.ted\.com/|w\.soundcloud\.com/|open\.spotify\.com/embed"
    r"|google\.com/maps/embed|docs\.google\.com/|slideshare\.net/|speakerdeck\.com/player|archive\.org/embed/|codepen\.io/"
    r"|jsfiddle\.net/|codesandbox\.io/embed|datawrapper\.dwcdn\.net/|giphy\.com/embed|figma\.com/embed)",
    re.I,
)
_WIDGET = re.compile(
    r"(?:https?:)?//(?:platform\.(?:twitter|x)\.com/widgets\.js|(?:www\.)?instagram\.com/embed\.js|(?:www\.)?tiktok\.com/embed\.js"
    r"|gist\.github\.com/[\w/.-]+\.js|embed\.reddit\.com/widgets\.js|speakerdeck\.com/assets/embed\.js"
    r"|asciinema\.org/a/\w+\.js)(?:\?[^<>]*)?\Z",
    re.I,
)
_HANDLER = re.compile(r"on[a-z]{3,}\Z")
_ADDRESS = frozenset("href src action formaction data poster xlink:href background".split())
_SCRIPT_URL = re.compile(r"(?:javascript|vbscript|livescript):|data:text/html", re.I)
_GAP = rb"[\x00-\x20]"
_SCRIPT_HINTS = (
    b":(?<=[\x00-\x20t]:)(?:"
    + b"|".join(rb"(?<=" + _GAP + b"script"[cut:] + b":)" for cut in range(1, 7))
    + b"|(?<=script:))",
    b":" + b"".join(_GAP + b"*" + bytes([letter]) for letter in b"text/html"),
    rb"&(?:(?:colon|tab|newline);|#(?:0{0,9}58|x0{0,9}3a))|&#[0-9a-fx]{1,7};?[^\s\"'>)]{0,40}(?::|&)",
)
"""An address that is a script ends its scheme with a colon, with a gap somewhere in the last word or without one."""


@rule(
    "H701",
    "active-element",
    fix="unsafe",
    needs="body",
    patterns=(rb"<(?=[befilmos])(?:scr|ifr|obj|emb|form|base|meta|link|sty)",),
)
def active_element(subject: Subject) -> Iterator[Hit]:
    """An element that runs or loads something of another site.

    Why: a scraped script runs under the name of your site; ``base`` and ``meta`` change the whole page. Frames, forms
    and styles are often meant, so they are warnings; players of videos and slides, and the scripts by which Twitter,
    GitHub and others embed a post, are passed over.

    Bad::

        <script src="https://example.com/x.js"></script>

    Good::

        [A script](https://example.com/x.js)

    Engines: Jekyll publishes it; Hugo drops raw HTML unless told otherwise; in MDX elements are the site's own code.
    Fix (unsafe): the element is deleted.
    """
    for tag in () if subject.is_mdx else tags(subject):
        if tag.closes:
            continue
        severity = _ACTIVE.get(tag.name)
        if tag.name == "meta" and (refresh := tag.get("http-equiv")) and refresh.value.lower() == "refresh":
            severity = Severity.ERROR
        if severity is None or _is_embedded(tag):
            continue
        end = tag.end
        if tag.name in _PAIRED:
            closing = re.compile(rf"</{tag.name}\s*>", re.I).search(subject.text, tag.end)
            end = closing.end() if closing else tag.end
        fix = edit(tag.start, end, "", f"delete the element {tag.name}", safe=False)
        yield Hit(
            tag.start, tag.end, f"<{tag.name}> runs or loads something; delete it if it is not yours", fix, (), severity
        )


def _is_embedded(tag: Tag) -> bool:
    """Whether it is one of the usual players, or the script that belongs to a post embedded."""
    usual = {"iframe": _PLAYER, "script": _WIDGET}.get(tag.name)
    source = tag.get("src")
    return bool(usual and source and usual.match(source.value))


def _has_attributes(subject: Subject) -> bool:
    return b"=" in subject.low and b"<" in subject.low


@rule("H702", "event-handler", fix="unsafe", needs="body", when=_has_attributes, patterns=(rb"on[a-z]{3,}[ \t\r\n]*=",))
def event_handler(subject: Subject) -> Iterator[Hit]:
    """An attribute runs a script.

    Why: ``onerror`` and its like run under the name of your site.

    Bad::

        <img src="x.png" alt="x" onerror="alert(1)">

    Good::

        <img src="x.png" alt="x">

    Engines: Jekyll publishes it; in MDX handlers are the site's own code.
    Fix (unsafe): the attribute is deleted.
    """
    for tag in () if subject.is_mdx else tags(subject):
        for attribute in tag.attributes:
            if attribute.value_at >= 0 and _HANDLER.match(attribute.name):
                fix = deletion_of(attribute, tag, f"delete {attribute.name}", subject)
                yield Hit(
                    attribute.at, attribute.at + len(attribute.name), f"{attribute.name} runs a script; delete it", fix
                )


@rule("H703", "script-url", fix="unsafe", needs="body", patterns=_SCRIPT_HINTS)
def script_url(subject: Subject) -> Iterator[Hit]:
    """An address is a script.

    Why: a click runs it under the name of your site; entities and control characters in it do not help.

    Bad::

        <a href="java&#x73;cript:alert(1)">x</a>

    Good::

        <a href="https://example.com/">x</a>

    Engines: Jekyll publishes it; Hugo drops the address.
    Fix (unsafe): the address becomes ``#``.
    """
    seen = set()
    for link in links(subject):
        if _is_script(link.url):
            seen.add(link.start)
            fix = edit(link.start, link.end, "#", "write # in its place", safe=False)
            yield Hit(link.start, link.end, "the address is a script; delete it", fix)
    for tag in tags(subject):
        for attribute in tag.attributes:
            if attribute.name in _ADDRESS and attribute.value_at not in seen and _is_script(attribute.value):
                end = attribute.value_at + len(attribute.value)
                yield Hit(attribute.value_at, end, "the address is a script; delete it")


def _is_script(url: str) -> bool:
    if ":" not in url and "&" not in url:
        return False
    return bool(_SCRIPT_URL.match(re.sub(r"[\x00-\x20\x7f-\x9f]+", "", html.unescape(url))))
