"""The filters that are options (``--tag``, ``--since``) as parts of the query, so that one thing filters."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from newscli.query.fields import LISTED, Asked, Piece, build, dated
from newscli.query.model import Query
from newscli.query.order import parse_sort
from newscli.query.states import State
from newscli.query.terms import Origin, Period
from newscli.query.tree import Node, Not, conjunction


def filters(
    *,
    tags: Sequence[str] = (),
    categories: Sequence[str] = (),
    authors: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    draft: bool | None = None,
    sort: str | None = None,
    limit: int | None = None,
    zone: tzinfo,
    now: datetime,
) -> Query:
    """The query of the shared options; join it to that of the words with :meth:`Query.and_`.

    Args:
        tags: each must fit, as ``tag:…`` would.
        categories: the same for ``category:…``.
        authors: the same for ``author:…``.
        since: the first period, included.
        until: the last period, included whole.
        draft: whether drafts only or none; None for both.
        sort: the order, as ``date-,title``.
        limit: how many posts; 0 for all, None for what the query says.
        zone: where days begin.
        now: the present, aware.

    Raises:
        QueryError: a value cannot be read; the message shows the option.
    """
    asked = Asked("", ":", (), Origin("", 0, 0), zone, now)
    nodes = [
        build(_option(name, value, asked))
        for name, values in (("tag", tags), ("category", categories), ("author", authors))
        for value in values
    ]
    nodes += [_end(name, value, asked) for name, value in (("since", since), ("until", until)) if value is not None]
    if draft is not None:
        nodes.append(_draft(draft=draft))
    keys = () if sort is None else parse_sort(_option("sort", sort, asked).first.origin)
    return Query(conjunction(*nodes), "", keys, limit)


def _option(name: str, value: str, asked: Asked) -> Asked:
    """The field of an option; nothing in its value is syntax but the commas between names."""
    text = f"--{name} {value}"
    start = len(text) - len(value)
    pieces = []
    for item in re.split("[,，]", value) if name in LISTED else (value,):
        origin = Origin(text, start, start + len(item))
        if not item.strip():
            raise origin.error(f"--{name} needs a value." if item == value else "A value is missing beside the comma.")
        pieces.append(Piece(item.strip(), origin))
        start = origin.end + 1
    return asked._replace(name=name, pieces=tuple(pieces), origin=Origin(text, 0, len(text)))


def _end(name: str, value: str, asked: Asked) -> Node:
    """The date filter of ``--since`` or ``--until``."""
    option = _option(name, value, asked)
    start, end = dated(option.first, option)
    return Period(start, None, origin=option.origin) if name == "since" else Period(None, end, origin=option.origin)


def _draft(*, draft: bool) -> Node:
    text = "--draft" if draft else "--no-draft"
    origin = Origin(text, 0, len(text))
    state = State("draft", origin)
    return state if draft else Not(state, origin)
