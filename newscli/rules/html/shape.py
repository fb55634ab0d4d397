"""H704, H705, H707: elements that are broken, hidden or left over."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.html.deletion import deletion_of
from newscli.rules.markup import Attribute, Tag, tags
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_MAY_STAY_OPEN = frozenset(
    "p li dt dd tr td th thead tbody tfoot option optgroup rt rp html head body colgroup".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{4,}px"
    r"|(?:^|[;\s])(?:(?:height|width)\s*:\s*(?:0|[01]px)|font-size\s*:\s*0(?:[a-z]{2,3}|%)?|opacity\s*:\s*0)\s*(?:[;!]|$)",
    re.I,
)
_LEFTOVER = re.compile(
    r"<!--\s*(?:EM_StockImg_(?:Start|End)|/?[a-z_]+(?:_start|_end)|StartFragment|EndFragment)\s*-->"
    r"|<span id=[^<>]*></span>",
    re.I,
)


@rule("H704", "unbalanced-html", Severity.WARNING, default=False, needs="body", needles=(b"<",))
def unbalanced_html(subject: Subject) -> Iterator[Hit]:
    """An element is opened and not closed, or closed and not opened.

    Why: browsers close it somewhere else, and the rest of the page looks odd.

    Bad::

        <p>open <b>bold</p>

    Good::

        <p>open <b>bold</b></p>

    Engines: all publish it.
    """
    stack: list[Tag] = []
    for tag in tags(subject):
        if tag.name in _VOID or tag.is_empty:
            continue
        if not tag.closes:
            stack.append(tag)
        elif any(opened.name == tag.name for opened in stack):
            while (opened := stack.pop()).name != tag.name:
                yield from _left_open(opened)
        elif tag.name != "p":
            yield Hit(tag.start, tag.end, f"</{tag.name}> closes nothing")
    for opened in stack:
        yield from _left_open(opened)


def _left_open(tag: Tag) -> Iterator[Hit]:
    if tag.name not in _MAY_STAY_OPEN:
        yield Hit(tag.start, tag.end, f"<{tag.name}> is never closed")


@rule(
    "H705",
    "hidden-content",
    Severity.WARNING,
    default=False,
    fix="unsafe",
    needs="body",
    needles=(b"style", b"hidden", b"height"),
)
def hidden_content(subject: Subject) -> Iterator[Hit]:
    """Something in the body is not shown.

    Why: scrapers bring it along, and search engines punish it.

    Bad::

        <p style="display:none">x</p>

    Good::

        <p>x</p>

    Engines: all publish it.
    Fix (unsafe): the element is deleted.
    """
    for tag in tags(subject):
        if tag.closes:
            continue
        style = tag.get("style")
        found = style if style and _HIDDEN.search(style.value) else tag.get("hidden") or _of_a_pixel(tag)
        if found:
            closing = re.compile(rf"</{tag.name}\s*>", re.I).search(subject.text, tag.end)
            fix = edit(tag.start, closing.end(), "", "delete the element", safe=False) if closing else None
            yield Hit(
                found.at, found.at + len(found.name), f"this <{tag.name}> is not shown; delete it or show it", fix
            )


def _of_a_pixel(tag: Tag) -> Attribute | None:
    """The width of an image that only counts its readers."""
    width, height = tag.get("width"), tag.get("height")
    return width if width and height and {width.value, height.value} <= {"0", "1"} else None


@rule(
    "H707",
    "scraper-leftover",
    Severity.INFO,
    default=False,
    fix="unsafe",
    needs="body",
    needles=(b"<!--", b"data-code", b"<span id"),
)
def scraper_leftover(subject: Subject) -> Iterator[Hit]:
    """Marks of the program or page that a text was taken from.

    Why: they mean nothing here.

    Bad::

        <!-- EM_StockImg_Start -->A chart<!-- EM_StockImg_End -->

    Good::

        A chart

    Engines: all publish them.
    Fix (unsafe): the mark is deleted.
    """
    for match in _LEFTOVER.finditer(subject.markup):
        start, end = subject.body_start + match.start(), subject.body_start + match.end()
        yield Hit(
            start,
            end,
            "a mark of the page this was taken from; delete it",
            edit(start, end, "", "delete it", safe=False),
        )
    for tag in tags(subject):
        if code := tag.get("data-code"):
            fix = deletion_of(code, tag, "delete the attribute", subject)
            yield Hit(code.at, code.at + len(code.name), "an attribute of the page this was taken from; delete it", fix)
