"""Substack exports (archive or folder): ``posts.csv`` says what there is, ``posts/ID.slug.html`` holds the texts."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from newscli.diagnostics import Diagnostic
from newscli.importers.archive import Members, members
from newscli.importers.article import Article, Item, Skipped
from newscli.importers.csv_records import iter_rows
from newscli.importers.decoding import Text, read_text
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import plain
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, warning
from newscli.importers.records import Numbered

_USED = frozenset({"post_id", "post_date", "is_published", "title", "subtitle", "type"})
_BODIES = (".html", ".htm")


def read(source: Input, options: Options) -> Iterator[Item]:
    """The posts of the table with their texts; texts that the table does not name are posts all the same."""
    with members(source, options.limits) as found:
        yield from found.problems
        table = found.find("posts.csv")
        if table is None:
            raise SourceError(Code.UNREADABLE, "has no posts.csv")
        bodies = _bodies(found, table.name)
        problems: list[Diagnostic] = []
        for row in iter_rows(table, options, problems):
            if isinstance(row, Diagnostic | Skipped):
                yield row
            else:
                name = str(row.record.get("post_id", ""))
                yield _article(name, row, bodies.pop(name, None), table, options)
        yield from problems
        for name, body in bodies.items():
            yield _article(name, Numbered(1, {}), body, table, options)


def _bodies(found: Members, table: str) -> dict[str, Input]:
    """The texts by what the table calls their posts."""
    paths = {PurePosixPath(name): member for name, member in found.inputs.items() if name.lower().endswith(_BODIES)}
    return {path.stem: member for path, member in paths.items() if path.parent.name == "posts" and member.name != table}


def _article(name: str, numbered: Numbered, body: Input | None, table: Input, options: Options) -> Article:
    row = numbered.record
    text = Text("")
    problems: list[Diagnostic] = []
    try:
        text = read_text(body, options) if body else text
    except SourceError as error:
        problems.append(error.diagnostic(table.name))
    if body is None:
        problems.append(warning(table.name, Code.RECORD, f"there is no text for the post {name!r}", line=numbered.line))
    number, _, slug = name.partition(".")
    date, raw = dated(row.get("post_date"), options.zone)
    kind = row.get("type", "")
    extra = {key: value for key, value in row.items() if key not in _USED and value}
    return Article(
        title=plain(row.get("title", "")) or slug.replace("-", " "),
        body=text.text,
        date=date,
        date_raw=raw,
        slug=slug,
        source_id=number,
        feed=options.feed or "substack",
        draft=row.get("is_published", "true").strip().lower() != "true",
        summary=plain(row.get("subtitle", "")),
        kind="page" if kind == "page" else "post",
        extra=extra | ({"type": kind} if kind not in ("", "page", "newsletter") else {}),
        base_url=options.base_url,
        origin=body.name if body else table.name,
        problems=(*problems, *text.problems),
    )
