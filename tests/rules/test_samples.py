"""Samples of each rule in ``tests/samples/rules``: several spellings of its fault with their places, and what is none.

A sample starts with ``=== bad LINE:COLUMN …`` or ``=== good``, perhaps with ``engine=NAME``. What follows are further
lines of the front matter (rules D and T) or the body (the others); a title is there already.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscli.operations.validate import Finding
from newscli.rules import RULES

Found = Callable[..., list[Finding]]
FOLDER = Path(__file__).parents[1] / "samples" / "rules"
SITE = {"timezone": "Asia/Shanghai", "now": "2026-11-23T00:00:00+08:00"}
_HEAD = re.compile(r"^=== (?P<kind>bad|good)(?P<words>[^\n]*)\n", re.M)


def samples() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for number, (kind, words, text) in enumerate(zip(parts[::3], parts[1::3], parts[2::3], strict=True), 1):
            yield pytest.param(path.stem, kind, words.split(), text[:-1], id=f"{path.stem}-{number}-{kind}")


def whole(code: str, text: str) -> str:
    if code[0] in "DT":
        return f"---\ntitle: A title\n{text}\n---\nA body.\n"
    return f"---\ntitle: A title\n---\n{text}\n"


@pytest.mark.parametrize(("code", "kind", "words", "text"), list(samples()))
def test_a_sample(code: str, kind: str, words: list[str], text: str, find: Found) -> None:
    engine = next((word.removeprefix("engine=") for word in words if "=" in word), "jekyll")
    places = [tuple(map(int, word.split(":"))) for word in words if ":" in word]
    assert (kind == "bad") == bool(places)
    found = find(whole(code, text), select=[code], engine=engine, **SITE)
    assert [(one.line, one.column) for one in found] == places
    assert {one.code for one in found} <= {code}


def test_every_rule_of_these_families_that_one_post_can_show_has_samples_of_both_kinds() -> None:
    elsewhere = {"D303", "D311", "T405", "T406", "T409", "B805"}  # names, settings, other posts, control characters
    expected = {code for code in RULES if code[0] in "DTLHB"} - elsewhere
    assert {path.stem for path in FOLDER.glob("*.txt")} == expected
    for path in FOLDER.glob("*.txt"):
        assert {head["kind"] for head in _HEAD.finditer(path.read_text(encoding="utf-8"))} == {"bad", "good"}, path
