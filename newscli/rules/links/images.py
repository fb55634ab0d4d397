"""L607: images for those who do not see them."""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.links.outside import links
from newscli.rules.markup import definitions, shown_by_name, tags
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject

_NO_TEXT = "an image without a text between the brackets; say what it shows"


@rule("L607", "no-alt", Severity.WARNING, default=False, needs="body", needles=(b"![", b"<img"))
def no_alt(subject: Subject) -> Iterator[Hit]:
    """An image without a text in its place.

    Why: who cannot see it gets nothing.

    Bad::

        <img src="https://example.com/a.jpg">

    Good::

        <img src="https://example.com/a.jpg" alt="A chart">

    Engines: all publish it.
    """
    for tag in tags(subject):
        if tag.name == "img" and not tag.closes and tag.get("alt") is None:
            yield Hit(tag.start, tag.end, 'an image without alt; say what it shows (alt="" for mere decoration)')
    for link in links(subject):
        if link.is_image and link.form == "markdown" and not link.text.strip():
            yield Hit(link.whole, link.stop, _NO_TEXT)
    names = definitions(subject)
    for match, name in shown_by_name(subject):
        if not match["text"].strip() and name in names:
            start, end = match.span()
            yield Hit(subject.body_start + start, subject.body_start + end, _NO_TEXT)
