"""Show: one post, found by path, slug or id, its head and its body made readable."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from newscli.entry import ID_LENGTH, Entry
from newscli.errors import NewscliError, NotFoundError
from newscli.index import Index
from newscli.post import PAGES
from newscli.report import cell
from newscli.rows import COLUMNS, to_entry
from newscli.text import nearest, visible, wrap

_ID = re.compile(r"[0-9a-f]{4,16}")


def resolve(index: Index, reference: str, here: Path | None = None) -> Entry:
    """The entry that a reference names: a path, a slug, or a unique prefix of an id.

    Raises:
        NotFoundError: nothing is called so.
        NewscliError: several posts are.
    """
    found = _by_path(index, reference, here or Path.cwd()) or _select(index, "slug = ?", reference)
    if not found and _ID.fullmatch(reference):
        found = _select(index, "id >= ? AND id < ?", reference, reference + "g")
    if len(found) == 1:
        return found[0]
    if found:
        names = "\n".join(f"  {entry.id[:ID_LENGTH]}  {visible(entry.path)}" for entry in found[:10])
        raise NewscliError(f"{len(found)} posts are called {visible(reference)}; name one by its path or id:\n{names}")
    near = nearest(reference, (slug for (slug,) in index.execute("SELECT slug FROM posts LIMIT 100000")))
    hint = f"; did you mean {visible(near)}?" if near else ""
    raise NotFoundError(f"no post is called {visible(reference)}{hint}")


def _by_path(index: Index, reference: str, here: Path) -> list[Entry]:
    root = index.store.root
    candidates = [reference.removeprefix("./")]
    absolute = Path(os.path.normpath(here / reference))
    if absolute.is_relative_to(root):
        candidates.insert(0, absolute.relative_to(root).as_posix())
    for path in candidates:
        if found := _select(index, "path = ?", path):
            return found
    if "/" not in reference:
        return _select(
            index,
            "path LIKE '%/' || ? ESCAPE '\\'",
            reference.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
        )
    return []


def _select(index: Index, where: str, *parameters: str) -> list[Entry]:
    sql = f"SELECT {COLUMNS} FROM posts WHERE {where} ORDER BY path LIMIT 50"  # noqa: S608
    return [to_entry(row) for row in index.execute(sql, parameters)]


def head_rows(entry: Entry) -> list[tuple[str, str]]:
    """The head of a post as a small table: what is known of it, then the other keys as written."""
    rows = [
        ("title", entry.title or ""),
        ("date", entry.date.isoformat(" ") if entry.date else entry.date_raw or ""),
        ("tags", ", ".join(entry.tags)),
        ("categories", ", ".join(entry.categories)),
        ("author", ", ".join(entry.authors)),
    ]
    known = {"title", "date", "tags", "tag", "categories", "category", "author", "authors", "layout"}
    rows += [(key, cell(value)) for key, value in entry.meta.items() if key.lower() not in known]
    rows += [("path", entry.path), ("id", entry.id[:ID_LENGTH])]
    return [(name, text) for name, text in rows if text]


def readable(body: str, width: int, *, name: str = "") -> str:
    """The body as a person reads it in a terminal: HTML as Markdown, lines wrapped as Chinese wants them.

    Args:
        body: HTML and Markdown, mixed.
        width: cells in a line.
        name: the name of the file: a ``.html`` body is HTML from end to end.
    """
    from newscli.converters import convert

    text = convert(body, source=_source(name)).text
    lines: list[str] = []
    for line in text.split("\n"):
        lines += wrap(line.rstrip(), width) or [""]
    return _tidy(lines)


def plain(body: str, *, name: str = "") -> str:
    """The body as plain text, without any mark-up.

    Args:
        body: HTML and Markdown, mixed.
        name: the name of the file: a ``.html`` body is HTML from end to end.
    """
    from newscli.converters import convert

    return _tidy(convert(body, to="text", source=_source(name)).text.split("\n"))


def _source(name: str) -> Literal["mixed", "html"]:
    return "html" if name.lower().endswith(PAGES) else "mixed"


def _tidy(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(visible, lines))).strip("\n") + "\n"
