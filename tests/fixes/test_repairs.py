"""Samples of broken front matter in ``tests/samples/repairs``, each with the repair a careful author would make.

A sample starts with ``=== safe WORDS`` or ``=== unsafe WORDS``: whether ``--fix`` alone repairs it, or only
``--unsafe-fixes``. The broken lines follow, then ``--- meant`` and lines that read as was meant.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from newscli.operations.validate import options_from, validate

FOLDER = Path(__file__).parents[1] / "samples" / "repairs"
PATH = "_posts/2022-06-07-example.md"
BODY = "A body: text.\n\n- one\n"
_HEAD = re.compile(r"^=== (?P<kind>safe|unsafe) (?P<words>[^\n]+)\n", re.M)


def samples() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.txt")):
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for kind, words, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            broken, meant = text.split("--- meant\n")
            yield pytest.param(kind, broken, meant, id=f"{path.stem}: {words}")


def mended(broken: str, **flags: Any) -> str:
    """The lines between the fences after mending; the body must be as it was."""
    raw = f"---\n{broken}---\n{BODY}".encode()
    options = options_from({}, engine="jekyll", select=["F", "Y"], **flags)
    (result,) = validate([PATH], options, read=lambda _: raw)
    text = (raw if result.fixed_bytes is None else result.fixed_bytes).decode()
    assert text.startswith("---\n")
    block, body = text[4:].split("\n---\n", 1)
    assert body == BODY
    return block + "\n"


def data(block: str) -> Any:
    """What is read, every scalar as it is written; None where nothing can be."""
    try:
        return yaml.load(block, yaml.BaseLoader)
    except yaml.YAMLError:
        return None


def loads(block: str) -> bool:
    try:
        return isinstance(yaml.safe_load(block), dict)
    except (yaml.YAMLError, ValueError):
        return False


@pytest.mark.parametrize(("kind", "broken", "meant"), list(samples()))
def test_a_repair_reads_as_was_meant(kind: str, broken: str, meant: str) -> None:
    assert not loads(broken)
    assert loads(meant)
    assert data(mended(broken, fix="unsafe")) == data(meant)
    assert mended(broken, fix="safe") == (mended(broken, fix="unsafe") if kind == "safe" else broken)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("--- layout: docs title: A b ---\nx\n", "---\nlayout: docs\ntitle: A b\n---\nx\n"),
        ("--- layout: docs title: A b\n---\nx\n", "---\nlayout: docs\ntitle: A b\n---\nx\n"),
        ("--\ntitle: a: b\n--\nx\n", '---\ntitle: "a: b"\n---\nx\n'),
    ],
)
def test_the_fences_are_repaired_with_the_keys(text: str, after: str) -> None:
    options = options_from({}, engine="jekyll", select=["F", "Y"], fix="unsafe")
    (result,) = validate([PATH], options, read=lambda _: text.encode())
    assert result.fixed_bytes == after.encode()


@pytest.mark.parametrize(
    "line",
    [
        "kicker: USWDS summary: Learn how",
        "summary: We talk. host: Anna",
        "summary: One two event_organizer: Anna",
        "tags: Rust or title: not",
    ],
)
def test_what_may_hold_a_further_key_is_no_safe_repair(line: str) -> None:
    assert mended(f"{line}\n", fix="safe") == f"{line}\n"
    assert loads(mended(f"{line}\n", fix="unsafe"))
