"""Negated terms on the command line: ``-tag:a`` becomes ``^tag:a`` before the option parser can take it for ``-t``."""

import re
from collections.abc import Collection, Sequence

_FIELD = r"([^\W\d][\w.\-]*)(?:[:：][=~]?|~)(?!//)"
_SYNTAX = '"“”(（@'
_SHORTEST = 3  # letters of a plain word that is taken for a negated one: -EU and -qz are errors, -election is not


def rewrite_negations(argv: Sequence[str], *, flags: Collection[str], valued: Collection[str]) -> list[str]:
    """The words of a command line with ``^`` for the ``-`` of negated terms.

    A word is a negated term when it begins with ``-`` and a field (``-tag:a``, ``-来源:x``), a quotation mark, a
    parenthesis, ``@`` or a character outside ASCII; or, when its first letter is no option, with blanks in it
    (``-"big words"``) or as a plain word of three letters and more. Everything else is left to the option parser:
    ``-n20``, ``-qv``, a wrong ``-z``, ``--anything``, and the value of an option that takes one. After ``--`` a ``-``
    can only be a negation.

    Args:
        argv: the words.
        flags: the options without a value, as written: ``-q``, ``--json``.
        valued: the options with one: ``-n``, ``--limit``.
    """
    rewritten: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return [*rewritten, word, *map(_negation, words)]
        if _takes_next(word, flags, valued):
            rewritten += [word, *(value for value in [next(words, None)] if value is not None)]
        else:
            rewritten.append(_negation(word) if is_negated_term(word, flags=flags, valued=valued) else word)
    return rewritten


def _negation(word: str) -> str:
    return f"^{word[1:]}" if word.startswith("-") and not word.startswith("--") and len(word) > 1 else word


def _takes_next(word: str, flags: Collection[str], valued: Collection[str]) -> bool:
    """Whether the word ends in an option whose value is the next word: ``--tag``, ``-t``, ``-qt``."""
    if word.startswith("--"):
        return word in valued
    return (
        len(word) > 1
        and word[0] == "-"
        and all(f"-{flag}" in flags for flag in word[1:-1])
        and f"-{word[-1]}" in valued
    )


def is_negated_term(word: str, *, flags: Collection[str], valued: Collection[str]) -> bool:
    """Whether a word that begins with ``-`` is a term and no option; the rules are those of the rewriting."""
    if not word.startswith("-") or word.startswith("--") or len(word) == 1:
        return False
    term = word[1:]
    is_option = f"-{term[0]}" in flags or f"-{term[0]}" in valued
    if match := re.match(_FIELD, term):
        return len(match[1]) > 1 or not is_option
    if term[0] in _SYNTAX or not term[0].isascii():
        return True
    if is_option or f"-{word}" in flags or f"-{word}" in valued:
        return False
    return " " in term or (len(term) >= _SHORTEST and not term.isdigit() and term[0].isalnum())
