"""The SQL functions that the expressions of queries call."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newscli.query.checks import holds_in
from newscli.query.meta import sort_value
from newscli.query.patterns import pattern
from newscli.text import fold

if TYPE_CHECKING:
    from sqlite3 import Connection


_AS_A_SET = "post IN (SELECT post FROM names WHERE kind"
_ONE_BY_ONE = (
    "EXISTS (SELECT 1 FROM names WHERE names.post = posts.post"
    " AND names.moment = ifnull(posts.moment, -9223372036854775808) AND kind"
)


def one_by_one(where: str) -> str:
    """The same condition, asked of each post in turn rather than of the set of all posts with a tag.

    Quick where the first posts of an order are wanted and many match.
    """
    return where.replace(_AS_A_SET, _ONE_BY_ONE)


def register(connection: "Connection") -> None:
    """Adds ``newscli_fold``, ``newscli_regex``, ``newscli_meta`` and ``newscli_sort`` to the connection."""
    connection.create_function("newscli_fold", 1, _fold, deterministic=True)
    connection.create_function("newscli_regex", 2, _regex, deterministic=True)
    connection.create_function("newscli_meta", 4, _meta, deterministic=True)
    connection.create_function("newscli_sort", 2, _sort, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _regex(expression: str, text: str | None) -> bool:
    return text is not None and pattern(expression).found_in(text)


def _meta(meta: str, key: str, kind: str, operand: str) -> bool:
    return holds_in(_loaded(meta), key, kind, operand)


def _sort(meta: str, key: str) -> float | str | None:
    return sort_value(_loaded(meta), key)


@lru_cache(maxsize=4)
def _loaded(meta: str) -> Mapping[str, Any]:
    """The front matter of a row; one row often answers several terms."""
    import json  # not above: only front matter in SQL needs it

    loaded: Mapping[str, Any] = json.loads(meta)
    return loaded
