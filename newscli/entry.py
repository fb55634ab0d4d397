"""Entry: what a listing needs of a post, without its body; a row of the index."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from newscli.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from newscli.front_matter import FrontMatter
from newscli.dialect import Dialect, date_key, diagnose, position, slug_of

ID_LENGTH = 7
"""How many digits of an id are shown; any unique prefix is accepted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in a listing.

    Attributes:
        path: the file relative to the store's root, with ``/``.
        id: 16 hex digits, a hash of ``path``: it stays when the post is edited.
        slug: the name without date and ending, or what the front matter's ``slug`` says.
        title: the title; None when there is none or it is blank.
        date: when the post was published, with the offset it was written with; None when unknown.
        date_raw: the value of ``date`` that could not be read; None otherwise.
        tags, categories, authors: the names as the site's dialect reads them.
        layout: the layout; None when there is none.
        draft: whether the post is not to be published.
        words: words plus CJK characters of the body; None until it was counted.
        html: whether the body holds HTML; None until it was looked at.
        problems: what the reader found wrong; an error among them makes the post broken.
        meta: the whole front matter as JSON values, keys as written.
    """

    path: str
    id: str
    slug: str
    title: str | None = None
    date: datetime | None = None
    date_raw: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    layout: str | None = None
    draft: bool = False
    words: int | None = None
    html: bool | None = None
    problems: tuple[Diagnostic, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_broken(self) -> bool:
        """Whether the front matter could not be read as it stands."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def post_id(path: str) -> str:
    """The id of the post at a path: 16 hex digits of BLAKE2b, the same for as long as the file keeps its name."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def shown_path(path: str) -> str:
    """The path of a post as text; of a name that is not UTF-8 the stray bytes are written as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def summarize(text: str, path: str, dialect: Dialect, problems: tuple[Diagnostic, ...] = ()) -> Entry:
    """The entry of the post with this text; its head (up to the end of the front matter) is enough.

    Args:
        text: the file's text from its beginning.
        path: the file relative to the store's root, with ``/``.
        dialect: whose reading of tags, categories, dates and faults counts.
        problems: what is known to be wrong already (its encoding).
    """
    from newscli.front_matter import read  # a listing that reads no file does without

    front_matter = read(text)
    sound = front_matter.format == "yaml" and not front_matter.faults and not problems
    data = front_matter.data if sound and _is_plain(front_matter.data) else json_values(front_matter.data)
    if front_matter.faults:
        problems += diagnose(text, path, front_matter.faults, dialect)
    known = dialect.keyed(data)
    published, date_raw, reason = dialect.date_of(data, path)
    if reason:
        key = date_key(known, dialect.name)
        problems += (_unreadable_date(text, path, front_matter, key, date_raw or "", reason),)
    title = known.get("title")
    layout = known.get("layout")
    return Entry(
        path=path,
        id=post_id(path),
        slug=slug_of(known, path),
        title=(_text(title).strip() or None) if title is not None else None,
        date=published,
        date_raw=date_raw,
        tags=dialect.tags_of(data),
        categories=dialect.categories_of(data, path),
        authors=dialect.authors_of(data),
        layout=_text(layout) if layout is not None else None,
        draft=dialect.is_draft(data, path),
        problems=problems,
        meta=data,
    )


def unreadable(path: str, reason: str) -> Entry:
    """The entry of a file that cannot be read at all."""
    problem = Diagnostic(path, 1, 1, "F015", Severity.ERROR, reason)
    return Entry(path=path, id=post_id(path), slug=slug_of({}, path), problems=(problem,))


def _unreadable_date(text: str, path: str, front_matter: "FrontMatter", key: str, raw: str, reason: str) -> Diagnostic:
    from newscli.front_matter.spans import locate

    spans = locate(front_matter)
    place = next(
        (span.start for keys, span in spans.items() if len(keys) == 1 and str(keys[0]).lower() == key.lower()), None
    )
    line, column = (1, 1) if place is None else position(text, place)
    shown = " ".join(raw.split())
    return Diagnostic(path, line, column, "D301", Severity.WARNING, f"cannot read the date {shown}: {reason}")


def _is_plain(data: Mapping[Any, Any]) -> bool:
    """Whether the data is JSON as it stands: text keys over strings, null, and lists of strings."""
    return all(
        type(key) is str
        and (value is None or type(value) is str or (type(value) is list and all(type(item) is str for item in value)))
        for key, value in data.items()
    )


def _text(value: Any) -> str:
    """A value as it is shown: a text as it stands, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_values(value: Any) -> Any:
    """Front matter as JSON has it: keys are text, what JSON cannot say (infinity, bytes, sets, dates) is text too."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {_json_key(key): json_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_values(item) for item in value]
    if isinstance(value, set | frozenset):  # in an order that is the same in every run
        return sorted(map(json_values, value), key=repr)
    if isinstance(value, float) and math.isfinite(value):
        return value
    return _json_text(value)


def _json_text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    text = value.isoformat() if isinstance(value, date | time) else str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _json_key(key: Any) -> str:
    """A key as text; ``on: x`` has the key true, ``2022: x`` a number."""
    return _text(json_values(key))
