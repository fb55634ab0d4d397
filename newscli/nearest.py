"""The hint behind a word that is not known, for "did you mean"."""

from collections.abc import Iterable

from newscli.text import nearest


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint to append to a message, ``; did you mean 'x'?``, or nothing when nothing is near."""
    found = nearest(word, known)
    return f"; did you mean {found!r}?" if found else ""
