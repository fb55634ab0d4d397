"""What a body may cost. Past these limits it is left as it is: no body hangs a run or eats the memory."""

SIZE = 8_000_000
"""The most characters that are converted."""
TAGS = 120_000
"""The most ``<`` of a piece of HTML: a tree takes about 100 bytes for each."""
MARKDOWN_SIZE = 1_000_000
"""The most characters of Markdown that are rendered."""
DEADLINE = 10.0
"""The most seconds for a reader or writer in Python."""


class ExceededError(Exception):
    """A body costs more than is allowed; ``str()`` says what of it."""


def check(html: str) -> None:
    """Raise :class:`ExceededError` for a piece of HTML that is too large to convert."""
    if len(html) > SIZE:
        raise ExceededError(f"more than {SIZE:,} characters")
    if len(html) > TAGS and html.count("<") > TAGS:
        raise ExceededError(f"more than {TAGS:,} tags")
