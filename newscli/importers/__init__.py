"""Importers: the bytes of a source become articles, one after the other.

    for item in read("feed", Input.of_path(path), Options()):
        match item:
            case Article(): ...      # one article; its own faults are in .problems
            case Source(): ...       # an address to import from (a list of feeds, a sitemap)
            case Skipped(): ...      # things that are no articles, counted
            case Diagnostic(): ...   # something that could not become an article

A third party adds one under the entry point ``newscli.importers``: a name and an object that is an :class:`Importer`.
"""

from collections.abc import Iterator
from typing import Protocol, cast

from newscli.errors import NewscliError
from newscli.importers.article import Article, Item, Skipped, Source
from newscli.importers.detect import detect, detect_members
from newscli.importers.input import Input, Limits, Options
from newscli.importers.problems import Code, SourceError, fault
from newscli.importers.tidy import tidy, tidy_source
from newscli.plugs import PlugPoint

__all__ = [
    "IMPORTERS",
    "Article",
    "Importer",
    "Input",
    "Item",
    "Limits",
    "Options",
    "Skipped",
    "Source",
    "detect",
    "detect_members",
    "load",
    "read",
]


class Importer(Protocol):
    """Reads sources of one kind."""

    def __call__(self, source: Input, options: Options, /) -> Iterator[Item]:
        """The articles of a source, in its order, in memory bounded by the options' limits.

        Raises:
            SourceError: the source cannot be read any further; :func:`read` makes a diagnostic of it.
            OSError: the same.
            ConfigError: an option is wrong.
        """
        ...


IMPORTERS: dict[str, str] = {
    "blogger": "newscli.importers.blogger:read",
    "buttondown": "newscli.importers.buttondown:read",
    "csv": "newscli.importers.csv_records:read",
    "docx": "newscli.importers.docx:read",
    "feed": "newscli.importers.feed:read",
    "folder": "newscli.importers.archive:read",
    "ghost": "newscli.importers.ghost:read",
    "html": "newscli.importers.html:read",
    "json": "newscli.importers.json_records:read",
    "jsonl": "newscli.importers.json_records:read_lines",
    "mail": "newscli.importers.mail:read",
    "medium": "newscli.importers.medium:read",
    "opml": "newscli.importers.opml:read",
    "posts": "newscli.importers.posts:read",
    "sitemap": "newscli.importers.sitemap:read",
    "substack": "newscli.importers.substack:read",
    "tsv": "newscli.importers.csv_records:read",
    "wordpress": "newscli.importers.wordpress:read",
    "zip": "newscli.importers.archive:read",
}
"""The importers by the names that ``--from`` takes."""

_POINT = PlugPoint("importer", "newscli.importers", IMPORTERS)


def load(name: str) -> Importer:
    """The importer of this name.

    Raises:
        NewscliError: there is none, or one of another package cannot be loaded.
    """
    return cast("Importer", _POINT.load(name))


def read(name: str, source: Input, options: Options) -> Iterator[Item]:
    """What a source holds, tidied; whatever goes wrong is a diagnostic among the items.

    Args:
        name: an importer.
        source: where to read.
        options: how.

    Raises:
        NewscliError: the name or an option is wrong.
    """
    importer = load(name)
    try:
        for item in importer(source, options):
            yield from _tidied(item, source, options)
    except NewscliError:
        raise
    except SourceError as error:
        yield error.diagnostic(source.name)
    except OSError as error:
        yield fault(source.name, Code.UNREADABLE, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # the other sources must go on; the code says that it is our fault
        yield fault(source.name, Code.BUG, f"newscli failed while reading it: {type(error).__name__}: {error}")


def _tidied(item: Item, source: Input, options: Options) -> Iterator[Item]:
    if isinstance(item, Article):
        yield tidy(item, options.limits.item)
    elif isinstance(item, Source):
        if found := tidy_source(item):
            yield found
        else:
            yield fault(source.name, Code.RECORD, f"{item.url[:200]!r} is no address of the web")
    else:
        yield item
