"""Slips of keys."""

import pytest

from newscli.rules.keys import CORE, FOREIGN, KNOWN, is_near


@pytest.mark.parametrize(
    ("key", "known", "near"),
    [
        ("titel", "title", True),
        ("tilte", "title", True),
        ("titlee", "title", True),
        ("titl", "title", True),
        ("tatle", "title", True),
        ("categoires", "categories", True),
        ("titles", "title", False),
        ("authors", "author", False),
        ("title", "title", False),
        ("date", "data", True),
        ("dat", "date", False),
        ("late", "date", False),
        ("layouts", "date", False),
        ("teil", "title", False),
    ],
)
def test_what_is_a_slip(key: str, known: str, near: bool) -> None:
    assert is_near(key, known) == near


def test_no_known_key_is_called_foreign_and_every_core_key_is_known() -> None:
    assert not {key for key in FOREIGN if key in KNOWN} - {"pubdate"}
    assert set(CORE) <= KNOWN
    assert {"slug", "category", "tag", "tags", "draft"} <= KNOWN
