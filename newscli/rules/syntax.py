r"""Y101-Y108: YAML that does not parse, with the cause inferred key by key."""

from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject


def mended(subject: Subject, code: str) -> Iterator[Hit]:
    """The faults of a block that does not parse, of one code, each with its proven repair."""
    shift = subject.front_matter.start
    for mending in subject.mendings:
        if mending.fault.code != code:
            continue
        fix = None
        if mending.start >= 0:
            edits = (Edit(shift + mending.start, shift + mending.end, mending.text),)
            fix = Fix(edits, mending.safe, mending.message)
        at = shift + mending.fault.offset
        yield Hit(at, at + 1, mending.fault.message, fix, (mending.key,) if mending.key else ())


def reported(subject: Subject, code: str) -> Iterator[Hit]:
    """What the reader itself says under a code."""
    for fault in subject.front_matter.faults:
        if fault.code == code:
            yield Hit(fault.offset, fault.offset + 1, fault.message)


@rule("Y101", "syntax", fix="unsafe", needs="faults")
def syntax(subject: Subject) -> Iterator[Hit]:
    """The front matter does not parse, for a cause that no other rule names.

    Why: no engine gets a title, date or tag out of it.

    Bad::

        title: A title
        tags:
        - one
        -two

    Good::

        title: A title
        tags:
        - one
        - two

    Engines: Jekyll publishes the post without title and with today's date; Hugo stops; PyYAML raises.
    Fix (unsafe): list dashes, indentation, keys on one line, lost colons and stray lines are mended where parsing
    proves it and every other key reads as before. Merge conflicts are never resolved.
    """
    if subject.front_matter.format != "yaml":
        yield from reported(subject, "Y101")
    yield from mended(subject, "Y101")


@rule("Y102", "unescaped-quote", fix="safe", needs="faults")
def unescaped_quote(subject: Subject) -> Iterator[Hit]:
    """A quote inside a quoted value ends the value too early.

    Why: Jekyll publishes the post all the same, without title and tags, with today's date.

    Bad::

        title: "他说"好""

    Good::

        title: '他说"好"'

    Engines: Jekyll publishes a post without title; Hugo stops; PyYAML raises; js-yaml names the next line;
    remark-lint-frontmatter-schema says nothing.
    Fix (safe where quotes enclose the line): the value is put between quotes that it does not hold, or its quotes are
    escaped.
    """
    yield from mended(subject, "Y102")


@rule("Y103", "unclosed-quote", fix="unsafe", needs="faults")
def unclosed_quote(subject: Subject) -> Iterator[Hit]:
    """A quote is opened and never closed.

    Why: the parser takes all further keys for text.

    Bad::

        title: "苏州
        layout: post

    Good::

        title: "苏州"
        layout: post

    Engines: parsers complain at the end of the block; newscli names the quote that was opened.
    Fix (unsafe): the value is closed at its end.
    """
    yield from mended(subject, "Y103")


@rule("Y104", "colon-in-plain", fix="safe", needs="faults")
def colon_in_plain(subject: Subject) -> Iterator[Hit]:
    """A colon and a blank stand in a value without quotes.

    Why: YAML reads a second key there.

    Bad::

        title: 苏州: 驶上新赛道

    Good::

        title: "苏州: 驶上新赛道"

    Engines: Jekyll publishes a post without title; Hugo stops; PyYAML raises.
    Fix (safe): the value is put between quotes.
    """
    yield from mended(subject, "Y104")


@rule("Y105", "tab-indent", fix="safe", needs="faults")
def tab_indent(subject: Subject) -> Iterator[Hit]:
    r"""A line is indented with a tab.

    Why: YAML allows blanks only.

    Bad::

        title: A title
        seo:
        ␉description: x

    Good::

        title: A title
        seo:
          description: x

    Engines: Jekyll publishes a post without title; PyYAML raises; gray-matter makes a top-level key.
    Fix (safe): two blanks in place of each tab.
    """
    yield from mended(subject, "Y105")


@rule("Y107", "missing-colon-space", fix="safe", needs="faults")
def missing_colon_space(subject: Subject) -> Iterator[Hit]:
    """A key is not followed by a colon and a blank.

    Why: without the blank, or with the full-width colon, YAML sees no key.

    Bad::

        layout: post
        title：苏州

    Good::

        layout: post
        title: 苏州

    Engines: Jekyll publishes a post without title; PyYAML complains two lines further down.
    Fix (safe): a colon and a blank are written.
    """
    yield from mended(subject, "Y107")


@rule("Y108", "reserved-start", fix="safe", needs="odd")
def reserved_start(subject: Subject) -> Iterator[Hit]:
    """A value without quotes starts with a character that YAML keeps for itself.

    Why: ``@ ` % * & ! [ { > | - ?`` mean something at the start of a value; mostly it is an error, but ``&重磅 消息``
    silently loses its first word.

    Bad::

        title: @苏州发布

    Good::

        title: "@苏州发布"

    Engines: mostly errors; Hugo and gray-matter read ``&重磅 消息`` as ``消息``; Jekyll reads ``{{ page.x }}`` as a
    mapping.
    Fix (safe): the value is put between quotes.
    """
    yield from mended(subject, "Y108")
    if subject.reads:
        yield from _swallowed(subject)


def _swallowed(subject: Subject) -> Iterator[Hit]:
    """Anchors that are part of a text: nothing refers to them."""
    from newscli.fixes.scalars import quote

    block = subject.front_matter.text
    if "&" not in block:
        return
    for value in subject.values.values():
        start, end = value.span.start, value.span.end
        raw = subject.text[start:end]
        if value.kind != "scalar" or not raw.startswith("&") or f"*{raw[1:].split()[0]}" in block:
            continue
        fix = Fix((Edit(start, end, quote(raw)),), safe=True, message="put the value between quotes")
        name = raw.split()[0]
        yield Hit(start, end, f"YAML takes {name} for an anchor, so the value loses it; quote it", fix, value.path)
