"""The nearest known word to one that is not known, for "did you mean"."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``; None when nothing is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint to append to a message, ``; did you mean 'x'?``, or nothing when nothing is near."""
    found = nearest(word, known)
    return f"; did you mean {found!r}?" if found else ""
