"""Buttondown exports (archive or folder): a table of mails (``emails.csv`` or ``.json``), texts in ``emails/*.md``."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from newscli.importers import csv_records, json_records
from newscli.importers.archive import members
from newscli.importers.article import Article, Item
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.problems import Code, SourceError, warning

_MODE = re.compile(r"\s*<!-- buttondown-editor-mode: (\w+) -->")


def read(source: Input, options: Options) -> Iterator[Item]:
    """The mails of the table, each with its text."""
    with members(source, options.limits) as found:
        yield from found.problems
        table = found.find("emails.csv") or found.find("emails.json")
        if table is None:
            raise SourceError(Code.UNREADABLE, "has no emails.csv and no emails.json")
        paths = {PurePosixPath(name): member for name, member in found.inputs.items() if name.endswith(".md")}
        bodies = {path.stem: member for path, member in paths.items()}
        reader = csv_records.read if table.name.endswith(".csv") else json_records.read
        for item in reader(table, options):
            if isinstance(item, Article):
                yield _with_body(item, bodies.get(item.slug), options)
            elif getattr(item, "code", None) != Code.EMPTY:  # the table itself holds no texts
                yield item


def _with_body(article: Article, body: Input | None, options: Options) -> Article:
    feed = options.feed or "buttondown"
    if body is None:
        problem = warning(article.origin, Code.RECORD, f"there is no text for the mail {article.slug!r}")
        return replace(article, feed=feed, problems=(*article.problems, problem))
    try:
        text = read_text(body, options)
    except SourceError as error:
        return replace(article, feed=feed, problems=(*article.problems, error.diagnostic(body.name)))
    mode = _MODE.match(text.text)
    return replace(
        article,
        body=text.text[mode.end() :] if mode else text.text,
        body_format="html" if mode and mode[1] == "fancy" else "markdown",
        feed=feed,
        origin=body.name,
        problems=(*article.problems, *text.problems),
    )
