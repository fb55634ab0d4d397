"""D303, D311, D313, F014: the names of files."""

import re
import unicodedata
from collections.abc import Iterator

from newscli.diagnostics import Fix, Severity
from newscli.rules.dates.complaints import sure_day
from newscli.rules.dates.reading import DATED
from newscli.rules.model import Hit, only, rename, rule
from newscli.rules.subject import Subject

_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-.")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.I)
_ODD = re.compile(r"[\s#?%&:*<>|\"\\]")
_USUAL = re.compile(r"\d{4}-\d\d-\d\d-[\w.-]{1,200}\.(?:md|markdown|html)", re.ASCII)
_ENDINGS = frozenset(".md .markdown .html .htm .mdown .mkd .mkdn .mdx".split())


def in_posts(subject: Subject) -> bool:
    """Whether the file lies where Jekyll looks for posts with dated names."""
    return "_posts/" in f"/{subject.path}" or subject.path.count("/") == 0


def _is_unusual(subject: Subject) -> bool:
    """Whether a name is anything but a day, letters and digits of ASCII, and a usual ending."""
    return _USUAL.fullmatch(subject.name) is None


@rule("D303", "name-without-date", fix="unsafe", levels=only("jekyll"), when=_is_unusual)
def name_without_date(subject: Subject) -> Iterator[Hit]:
    """The file name does not start with a date.

    Why: Jekyll ignores such a file in ``_posts`` without a word.

    Bad::

        ==> _posts/no-date.md <==
        title: A title
        date: 2022-06-07

    Good::

        ==> _posts/2022-06-07-no-date.md <==
        title: A title
        date: 2022-06-07

    Engines: Jekyll leaves the post out; Hugo publishes it.
    Fix (unsafe): the file is renamed, with the day of its date in front.
    """
    if not _DATED.match(subject.name) and in_posts(subject):
        message = "Jekyll ignores a post whose file name does not start with a date; rename it, as 2022-06-07-name.md"
        day, name = sure_day(subject), subject.name.lstrip("-_ ")
        yield Hit(0, 0, message, rename(f"{day}-{name}") if day and name[:1] != "." else None)


@rule("D311", "file-name-style", Severity.WARNING, fix="unsafe", when=_is_unusual)
def file_name_style(subject: Subject) -> Iterator[Hit]:
    """The file name holds blanks or signs that addresses escape, or has an unusual ending.

    Why: links to it break, and some systems cannot store it.

    Bad::

        ==> _posts/2022-06-07-space name #1.md <==
        title: A title

    Good::

        ==> _posts/2022-06-07-space-name-1.md <==
        title: A title

    Engines: Jekyll publishes ``.txt`` raw, Hugo ignores it; ``.MD`` is no Markdown to some.
    Fix (unsafe): the file is renamed, with hyphens for such signs, and ``.md`` for another ending; links to it break.
    """
    stem, dot, ending = subject.name.rpartition(".")
    if odd := _ODD.search(subject.name):
        yield Hit(
            0,
            0,
            f"the file name holds {odd.group()!r}, which addresses escape; rename the file",
            _tidied(stem, dot + ending),
        )
    elif _DEVICES.match(stem):
        yield Hit(0, 0, f"the file name {subject.name} is reserved on Windows; rename the file")
    elif dot + ending not in _ENDINGS:
        yield Hit(
            0,
            0,
            f"the ending {dot}{ending} is not that of a post; rename the file to end in .md",
            _tidied(stem, dot + ending),
        )


def _tidied(stem: str, ending: str) -> Fix | None:
    """A fix that gives the file a name without odd signs, with the ending of a post."""
    name = re.sub(rf"(?:-*{_ODD.pattern})+-*", "-", stem).strip("-")
    return rename(name + (ending.lower() if ending.lower() in _ENDINGS else ".md")) if name else None


@rule("D313", "slug-differs", Severity.INFO, default=False)
def slug_differs(subject: Subject) -> Iterator[Hit]:
    """The slug in the front matter differs from the file name.

    Why: the file is hard to find from its address.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: A title
        slug: two

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: A title
        slug: one

    Engines: Jekyll and Hugo use the slug.
    """
    slug = subject.data.get("slug")
    if not isinstance(slug, str) or not slug:
        return
    named = DATED.sub("", subject.name.rpartition(".")[0])
    if named not in ("index", "_index") and slug.strip("/").rpartition("/")[2] != named:
        yield Hit(*subject.place(("slug",)), f"the slug is {slug}, the file name says {named}", None, ("slug",))


@rule("F014", "file-name-encoding", Severity.WARNING, when=_is_unusual)
def file_name_encoding(subject: Subject) -> Iterator[Hit]:
    r"""The file name is not in Unicode's composed form, not UTF-8, or longer than 255 bytes.

    Why: the same name is then two files on some systems, or cannot be checked out at all.

    Bad::

        ==> _posts/2022-06-07-cafe\u0301.md <==
        ---
        title: A title
        ---

    Good::

        ==> _posts/2022-06-07-caf\u00e9.md <==
        ---
        title: A title
        ---

    Engines: all take the name as it is.
    """
    name = subject.name
    if name.isascii() and len(name) <= 255:
        return
    if any("\ud800" <= character <= "\udfff" for character in name):
        yield Hit(0, 0, "the file name is not UTF-8; rename the file")
    elif not unicodedata.is_normalized("NFC", name):
        yield Hit(0, 0, "the file name is in decomposed form (NFD); rename the file to the composed form (NFC)")
    elif len(name.encode()) > 255:
        yield Hit(0, 0, "the file name is longer than 255 bytes; rename the file")
