"""Posts as the rules across posts see them: files that are checked, and entries of the index in the same clothes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from newscli.dates import DateError, date_from_name, parse_date
from newscli.rules.options import Options


class Known(Protocol):
    """What a comparison needs of a post; a :class:`~newscli.rules.subject.Subject` has it too."""

    path: str
    data: dict[Any, Any]
    options: Options


@dataclass(slots=True)
class Listed:
    """A post of the index that this run does not check."""

    path: str
    data: dict[Any, Any]
    options: Options


def order_of(path: str, date: str) -> tuple[str, str]:
    """By date, then path; posts without a date come last."""
    found: datetime | None = None
    try:
        found = parse_date(date, UTC) if date else None
        if found is None and (day := date_from_name(path.rpartition("/")[2])):
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except DateError:
        found = None
    return (found.astimezone(UTC).isoformat() if found else "9", path)


def date_of(post: Known) -> str:
    """The date as written; empty without one."""
    value = post.data.get("date")
    return value if type(value) is str else "" if value is None else str(value)


def text_of(post: Known, key: str) -> str:
    """The text of a key without blanks around it; empty when it is missing or no text."""
    value = post.data.get(key)
    return value.strip() if isinstance(value, str) else ""
