"""Posts as the rules across posts see them: their order, and what they say of themselves."""

from datetime import UTC, datetime
from typing import Any, Protocol

from newscli.dates import DateError, date_from_name, parse_date


class HasData(Protocol):
    """What has a front matter, such as a :class:`~newscli.rules.subject.Subject`."""

    data: dict[Any, Any]


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


def date_of(post: HasData) -> str:
    """The date as written; empty without one."""
    value = post.data.get("date")
    return value if type(value) is str else "" if value is None else str(value)


def text_of(post: HasData, key: str) -> str:
    """The text of a key without blanks around it; empty when it is missing or no text."""
    value = post.data.get(key)
    return value.strip() if isinstance(value, str) else ""
