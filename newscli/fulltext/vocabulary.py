"""Vocabulary: every word of the texts, so that a piece of a word finds the words that it is a piece of."""

from collections.abc import Iterator


class Vocabulary:
    """The words, in one string in which they are looked for; a few megabytes at a million words."""

    def __init__(self, chunks: list[str]) -> None:
        self._text = "\n".join(["", *chunks, ""])

    def containing(self, piece: str) -> list[str]:
        """The words with the piece in them."""
        return list(dict.fromkeys(self._found(piece)))

    def ending(self, piece: str) -> list[str]:
        """The words that end with the piece."""
        return list(dict.fromkeys(self._found(piece + "\n")))

    def beginning(self, piece: str) -> list[str]:
        """The words that begin with the piece."""
        return list(dict.fromkeys(self._found("\n" + piece)))

    def __iter__(self) -> Iterator[str]:
        return iter(filter(None, self._text.split("\n")))

    def _found(self, piece: str) -> Iterator[str]:
        text = self._text
        place = text.find(piece)
        while place >= 0:
            first = text.rindex("\n", 0, place + 1) if piece[0] != "\n" else place
            last = text.index("\n", place + len(piece) - 1 if piece[-1] == "\n" else place + len(piece))
            yield text[first + 1 : last]
            place = text.find(piece, last if last > place else place + 1)
