import subprocess
import sys

import pytest

from newscli.nearest import did_you_mean

KNOWN = ["list", "search", "show", "validate"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("lsit", "; did you mean 'list'?"),
        ("SERACH", "; did you mean 'search'?"),
        ("validat", "; did you mean 'validate'?"),
        ("val", "; did you mean 'validate'?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_hint_is_a_clause_or_nothing(word: str, expected: str) -> None:
    assert did_you_mean(word, iter(KNOWN)) == expected


def test_there_is_no_hint_when_nothing_is_known() -> None:
    assert did_you_mean("list", []) == ""


def test_what_compares_words_is_loaded_only_when_a_word_is_unknown() -> None:
    code = "import sys, newscli.nearest; sys.exit('difflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
