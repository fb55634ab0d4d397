"""What the shell offers for tags, categories, authors, fields and posts: from the index as it is, never refreshed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from newscli.errors import NewscliError

if TYPE_CHECKING:
    from newscli.store import Store

MOST = 200
"""Offers a shell is given at most."""
_KINDS = ("tag", "category", "author")

Completer = Callable[[typer.Context, str], Iterator[str]]


def names(kind: str) -> Completer:
    """A completer of tags, categories or authors."""

    def complete(ctx: typer.Context, incomplete: str) -> Iterator[str]:
        yield from _names(ctx, kind, incomplete)

    return complete


def complete_terms(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Terms of a query: fields with their colon, then what may follow it."""
    from newscli.query.fields import BUILT_IN, IS

    field, colon, value = incomplete.partition(":")
    if not colon:
        known = dict.fromkeys([*sorted(BUILT_IN), *_keys(ctx)])
        yield from (f"{name}:" for name in known if name.startswith(field))
    elif field in _KINDS:
        yield from (f"{field}:{name}" for name in _names(ctx, field, value))
    elif field == "is":
        yield from (f"is:{state}" for state in sorted(IS) if state.startswith(value))
    elif field in ("has", "no"):
        yield from (f"{field}:{key}" for key in _keys(ctx) if key.startswith(value))


def complete_posts(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Slugs of posts."""
    yield from _ask(ctx, "SELECT slug FROM posts WHERE slug >= ? AND slug < ? ORDER BY moment DESC", incomplete)


def _names(ctx: typer.Context, kind: str, beginning: str) -> Iterator[str]:
    from newscli.text import fold

    sql = (
        "SELECT name FROM names WHERE kind = 'KIND' AND folded >= ? AND folded < ? GROUP BY name ORDER BY count(*) DESC"
    )
    yield from _ask(ctx, sql.replace("KIND", kind), fold(beginning))


def _ask(ctx: typer.Context, sql: str, beginning: str) -> Iterator[str]:
    from newscli.index import Index

    with suppress(NewscliError), Index(_store(ctx)) as index:
        for (name,) in index.execute(f"{sql} LIMIT {MOST}", (beginning, beginning + "\U0010ffff")):
            yield name


def _keys(ctx: typer.Context) -> list[str]:
    from newscli.index import Index

    with suppress(NewscliError), Index(_store(ctx)) as index:
        return index.keys()
    return []


def _store(ctx: typer.Context) -> "Store":
    from newscli.discovery import find_store

    said = ctx.params.get("store") or (ctx.parent.params.get("store") if ctx.parent else None)
    return find_store(said)[0]
