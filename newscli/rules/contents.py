"""S202-S204, S206-S209: values of a wrong type or form, empty, not allowed, with markup, untidy, too long."""

import html
import re
from collections.abc import Iterator

from newscli.diagnostics import Fix, Severity
from newscli.fields import matches_format
from newscli.fixes.scalars import quote
from newscli.nearest import did_you_mean
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.rules.usual import ADDRESSES, LONGEST, is_unusual
from newscli.rules.violations import from_schema

_SWITCHES = frozenset(("published", "draft"))
_NOT_EMPTY = ("title", "permalink", "date")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAGS = "a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|mark|p|s|small|span|strong|sub|sup|u"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.I)
_UNTIDY = re.compile(r"^\s+|\s+$|(?<=\S)[ \u3000\u00a0]{2,}(?=\S)")


@rule("S202", "wrong-type", fix="safe", when=is_unusual)
def wrong_type(subject: Subject) -> Iterator[Hit]:
    """A value is of the wrong type.

    Why: a null title is no title; ``'false'`` is a text and therefore true; tags are no mapping.

    Bad::

        title: A title
        published: 'false'

    Good::

        title: A title
        published: false

    Engines: in Liquid every text is true, so ``'false'`` publishes; Hugo stops at it.
    Fix (safe): quotes around true and false are dropped.
    """
    data = subject.data
    if "title" in data and not isinstance(data["title"], str) and subject.front_matter.format:
        title = data["title"]
        if title is None and (subject.reads or ("title",) in subject.values) and not _is_comment(subject, "title"):
            yield Hit(*subject.place(("title",)), "the title is null; write one", None, ("title",))
        elif isinstance(title, list | dict) and subject.reads:
            yield Hit(*subject.place(("title",)), "the title must be a text", None, ("title",))
    for key in ("tags", "categories"):
        if isinstance(data.get(key), dict) and subject.reads:
            yield Hit(*subject.place((key,)), f"{key} must be a list of names, not a mapping", None, (key,))
    for key in _SWITCHES & data.keys():
        value = data[key]
        if isinstance(value, str) and value.lower() in ("true", "false"):
            start, end = subject.place((key,))
            fix = edit(start, end, value.lower(), "drop the quotes", safe=True)
            yield Hit(start, end, f"{key} is the text {value!r}, which counts as true; drop the quotes", fix, (key,))
    yield from from_schema(subject, "S202")


def _is_comment(subject: Subject, key: str) -> bool:
    """Whether a comment took the place of the value, which Y109 reports."""
    end = subject.place((key,))[1]
    return subject.text[end:].split("\n", 1)[0].lstrip(" :\t").startswith("#")


@rule("S203", "empty-value", when=is_unusual)
def empty_value(subject: Subject) -> Iterator[Hit]:
    """A value that must say something is an empty text.

    Why: the post is published with a link that nobody can see or click.

    Bad::

        title: ""

    Good::

        title: A title

    Engines: all publish the post with an empty title.
    """
    names = (*_NOT_EMPTY, *(subject.options.required or ()))
    for key in dict.fromkeys(names):
        value = subject.sure(key)
        if isinstance(value, str) and not value.strip():
            start, end = subject.place((key,))
            yield Hit(start, end, f"the {key} is empty", None, (key,))


@rule("S204", "not-allowed", fix="unsafe", when=is_unusual)
def not_allowed(subject: Subject) -> Iterator[Hit]:
    """A value is none of those allowed.

    Why: Jekyll warns once about a layout that does not exist and publishes the page without one.

    Bad::

        ==> newscli.toml <==
        [validate]
        layouts = ["post"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        layout: pots
        ---

    Good::

        ==> newscli.toml <==
        [validate]
        layouts = ["post"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        layout: post
        ---

    Engines: Jekyll: one build warning, exit status 0; Hugo falls back to another template.
    Fix (unsafe): the nearest value allowed.
    """
    layout, layouts = subject.data.get("layout"), subject.options.layouts
    if layouts and isinstance(layout, str) and layout and layout not in (*layouts, "none"):
        start, end = subject.place(("layout",))
        hint = did_you_mean(layout, layouts)
        fix = _nearest(start, end, layout, layouts)
        yield Hit(start, end, f"there is no layout {layout}{hint}", fix, ("layout",))
    yield from from_schema(subject, "S204")


def _nearest(start: int, end: int, value: str, allowed: tuple[str, ...]) -> Fix | None:
    from newscli.text import nearest

    near = nearest(value, allowed)
    return edit(start, end, near, f"write {near}", safe=False) if near else None


@rule("S206", "bad-format", when=is_unusual)
def bad_format(subject: Subject) -> Iterator[Hit]:
    """A value is not of the form its key asks for.

    Why: an address that is none gives a dead link. Without settings ``source source_url link canonical_url image`` must
    be addresses or paths.

    Bad::

        title: A title
        source: not a url

    Good::

        title: A title
        source: https://example.com/a

    Engines: all take it as it is.
    """
    for key in ADDRESSES:
        value = subject.data.get(key)
        if type(value) is str and value and key not in subject.options.fields and not matches_format(value, "uri"):
            if re.match(r"[A-Za-z]:[\\/]|\\\\|[\w.-]+\\|data:", value) or not subject.reads:
                continue  # a path of a machine, which L606 reports
            yield Hit(*subject.place((key,)), f"{key} is no address and no path", None, (key,))
    yield from from_schema(subject, "S206")


@rule("S207", "markup-in-text", Severity.WARNING, fix="safe", when=is_unusual)
def markup_in_text(subject: Subject) -> Iterator[Hit]:
    """HTML stands in the title.

    Why: it is shown literally, or gets into the page's markup.

    Bad::

        title: "苏州&quot;新赛道&quot;"

    Good::

        title: '苏州"新赛道"'

    Engines: Jekyll and Hugo escape it in some places and not in others.
    Fix (safe for entities, unsafe for tags and where markup would come of it): entities become characters, tags are
    dropped.
    """
    title = subject.sure("title")
    if not isinstance(title, str) or ("&" not in title and "<" not in title):
        return
    start, end = subject.place(("title",))
    raw = subject.text[start:end]
    found = [match for match in (_ENTITY.search(raw), _TAG.search(raw)) if match]
    found = [match for match in found if match.group()[0] == "<" or html.unescape(match.group()) != match.group()]
    if not found:
        return
    first = min(found, key=lambda match: match.start())
    plain = html.unescape(_TAG.sub("", title))
    safe = not _TAG.search(raw) and "<" not in plain and html.unescape(plain) == plain  # no markup comes of text
    fix = edit(start, end, quote(plain), "write it as plain text", safe=safe) if "\n" not in raw + plain else None
    at = start + first.start()
    yield Hit(at, at + len(first.group()), f"{first.group()} in the title is HTML; write plain text", fix, ("title",))


@rule("S208", "untidy-space", Severity.INFO, default=False, fix="safe")
def untidy_space(subject: Subject) -> Iterator[Hit]:
    """Blanks at the ends of the title, or several inside.

    Why: they show up in lists and make equal titles differ.

    Bad::

        title: " 苏州  科技 "

    Good::

        title: "苏州 科技"

    Engines: all keep them.
    Fix (safe): they are trimmed.
    """
    title = subject.sure("title")
    if not isinstance(title, str) or not title.strip() or not _UNTIDY.search(title):
        return
    start, end = subject.place(("title",))
    if subject.text[start] in "|>" and not _UNTIDY.search(title.rstrip("\n")):
        return  # the line end belongs to the form
    raw = subject.text[start:end]
    inside = 1 if raw[:1] in ("'", '"') else 0
    untidy = _UNTIDY.search(raw[inside : len(raw) - inside])
    at = start + inside + (untidy.start() if untidy else 0)
    tidy = quote(_UNTIDY.sub(lambda match: " " if match.start() and match.end() < len(title) else "", title))
    fix = edit(start, end, tidy, "trim the blanks", safe=True) if "\n" not in raw else None
    yield Hit(at, at + 1, "untidy blanks in the title", fix, ("title",))


@rule("S209", "length", Severity.WARNING, when=is_unusual)
def length(subject: Subject) -> Iterator[Hit]:
    """A title is longer than 200 characters, a description longer than 160.

    Why: search engines and lists cut them. Of a description it is mere information.

    Bad::

        title: A title
        description: >
          A long description. A long description. A long description. A long description.
          A long description. A long description. A long description. A long description.
          A long description. A long description. A long description. A long description.

    Good::

        title: A title
        description: Short.

    Engines: all take it as it is.
    """
    for key, most in LONGEST.items():
        value = subject.sure(key)
        if isinstance(value, str) and len(value) > most and key not in subject.options.fields and subject.reads:
            message = f"the {key} has {len(value)} characters, over {most}"
            severity = Severity.INFO if key == "description" else None
            yield Hit(*subject.place((key,)), message, None, (key,), severity)
    yield from from_schema(subject, "S209")
