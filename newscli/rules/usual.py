"""What most posts look like: the question that is asked once in place of the rules about keys and values."""

from newscli.dialect import date_key
from newscli.rules.keys import KNOWN
from newscli.rules.subject import Subject

TEXTS = frozenset("title subtitle description excerpt summary author slug lang language layout permalink".split())
"""Keys whose values are text."""
ADDRESSES = ("source", "source_url", "link", "canonical_url", "image")
"""Keys whose values are addresses or paths."""
LONGEST = {"title": 200, "description": 160}
"""The keys whose texts are cut by those who show them, and how many characters are not."""
_MOST_BYTES = 1 << 16
"""The size of a front matter that somebody may write by hand."""
_ASKED = frozenset(("published", "draft", "permalink", "description", *ADDRESSES))


def is_long(text: str) -> bool:
    """Whether a front matter is longer than 64 KiB."""
    return 4 * len(text) > _MOST_BYTES and len(text.encode("utf-8", "surrogatepass")) > _MOST_BYTES


def is_unusual(subject: Subject) -> bool:
    """Whether a rule about keys and values may have something to say.

    Most posts have plain lines under well-known keys, a short title, a date and a layout, and no settings about them.
    """
    data, options = subject.data, subject.options
    if not subject.is_plain or options.has_schema or options.required is not None:
        return True
    if not data.keys() <= KNOWN or not _ASKED.isdisjoint(data) or is_long(subject.front_matter.text):
        return True
    key = date_key(data, subject.engine)
    title, date, layout = data.get("title"), data.get(key), data.get("layout")
    if type(title) is not str or not title.strip() or len(title) > LONGEST["title"] or "&" in title or "<" in title:
        return True
    if not date.strip() if type(date) is str else key not in data and not subject.name[:1].isdigit():
        return True
    if type(layout) is str and options.layouts and layout not in options.layouts:
        return True
    return starts_with_digit(subject)


def starts_with_digit(subject: Subject) -> bool:
    """Whether a text among plain lines may be a date; nothing else in them is read otherwise."""
    data = subject.data
    return any(type(text := data[key]) is str and text[:1].isdigit() for key in TEXTS & data.keys())
