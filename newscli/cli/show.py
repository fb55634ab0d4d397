"""``newscli show``."""

from collections.abc import Iterator
from json import dumps
from typing import Annotated

import typer

from newscli.cli.archive import Archive, open_archive
from newscli.cli.completion import complete_posts
from newscli.cli.options import Context
from newscli.cli.pager import paged
from newscli.entry import Entry
from newscli.errors import ExitCode, NewscliError
from newscli.operations.bodies import with_words
from newscli.operations.records import post_record
from newscli.operations.show import head_rows, plain, readable, resolve
from newscli.post import BrokenPost, Post, serialize
from newscli.text import display_width, pad, visible, wrap

References = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...",
        show_default=False,
        autocompletion=complete_posts,
        help="A path, a slug, or the beginning of an id.",
    ),
]
Raw = Annotated[bool, typer.Option("--raw", help="The file as it is.", show_default=False)]
Text = Annotated[bool, typer.Option("--text", help="The body as plain text.", show_default=False)]
Markdown = Annotated[bool, typer.Option("--md", help="The body as it is written.", show_default=False)]
Meta = Annotated[bool, typer.Option("--meta", help="The front matter as JSON.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="The post as JSON, with its body.", show_default=False)]
_WIDEST = 100


def show(
    ref: References,
    context: Context,
    raw: Raw = False,  # noqa: FBT002 - options
    text: Text = False,  # noqa: FBT002
    md: Markdown = False,  # noqa: FBT002
    meta: Meta = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """One post: its head and its body, made readable."""
    chosen = [
        name for name, given in (("raw", raw), ("text", text), ("md", md), ("meta", meta), ("json", json)) if given
    ]
    if len(chosen) > 1:
        raise NewscliError(f"one form at a time: --{' or --'.join(chosen)}")
    with open_archive(context, words=ref) as archive:
        entries = [resolve(archive.index, name) for name in ref]
        pieces = (piece for entry in entries for piece in _render(archive, entry, chosen[0] if chosen else ""))
        terminal = context.terminal
        if terminal.is_terminal and context.pager:
            paged("".join(pieces), terminal, archive.config.pager)
        else:
            for piece in pieces:
                terminal.stdout.write(piece)
        return ExitCode.OK


def _render(archive: Archive, entry: Entry, form: str) -> Iterator[str]:
    if form == "meta":
        yield _json(dict(entry.meta))
        return
    post = archive.store.read(entry.path)
    if form == "json":
        (counted,) = with_words(archive.index, [entry])
        yield _json({**post_record(counted), "body": post.body})
    elif form == "raw":
        yield serialize(post)
    elif form == "md":
        yield post.body
    elif form == "text":
        yield plain(post.body, name=entry.path)
    else:
        yield from _page(archive, entry, post)


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def _page(archive: Archive, entry: Entry, post: Post | BrokenPost) -> Iterator[str]:
    terminal = archive.context.terminal
    width = min(terminal.width, _WIDEST)
    rows = head_rows(entry)
    side = max(display_width(name) for name, _ in rows)
    for name, value in rows:
        lines = wrap(visible(value), max(10, width - side - 2)) or [""]
        label = pad(name, side)
        yield f"{_dim(label, on=terminal.color)}  {_bold(lines[0], on=terminal.color and name == 'title')}\n"
        yield from (f"{' ' * (side + 2)}{line}\n" for line in lines[1:])
    for problem in entry.problems:
        yield f"! {visible(str(problem))}\n"
    yield "\n" + readable(post.body, width, name=entry.path)


def _dim(text: str, *, on: bool) -> str:
    return f"\x1b[2m{text}\x1b[0m" if on else text


def _bold(text: str, *, on: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if on else text
