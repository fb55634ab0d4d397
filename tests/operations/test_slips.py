"""Slips: a rare tag a letter away from one that many posts have."""

import sqlite3
from typing import Any

import pytest

from newscli.operations.slips import FEW, MANY, tag_slips
from newscli.rules.corpus import Match


def slips(*tags: str) -> list[Match]:
    """The slips among posts that have one tag each."""
    index: Any = sqlite3.connect(":memory:")
    index.execute("CREATE TABLE posts (post INTEGER, path TEXT)")
    index.execute("CREATE TABLE names (post INTEGER, kind TEXT, name TEXT)")
    index.executemany("INSERT INTO posts VALUES (?, ?)", [(post, f"{post:03}.md") for post in range(len(tags))])
    index.executemany("INSERT INTO names VALUES (?, 'tag', ?)", list(enumerate(tags)))
    index.execute("INSERT INTO names VALUES (0, 'author', 'economisc')")
    try:
        return list(tag_slips(index))
    finally:
        index.close()


def test_a_slip_is_reported_with_both_counts() -> None:
    (found,) = slips("新华日报新聞", *["新华日报新闻"] * MANY)
    assert (found.code, found.path, found.tag) == ("T405", "000.md", "新华日报新聞")
    assert found.message == "only this post has the tag 新华日报新聞, 20 have 新华日报新闻; is it a slip?"


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("economy", "economics"),  # more than a letter
        ("community", "communitys"),  # a plural
        ("2021", "2022"),
        ("html4", "html5"),
        ("苏州", "徐州"),  # too short to tell
        ("ai", "AI"),
    ],
)
def test_what_is_no_slip(rare: str, usual: str) -> None:
    assert slips(rare, *[usual] * MANY) == []


def test_how_often_counts() -> None:
    usual = ["economics"] * MANY
    assert [found.path for found in slips("economisc", *usual)] == ["000.md"]
    assert [found.path for found in slips(*["economisc"] * FEW, *usual)] == ["000.md", "001.md"]
    assert slips(*["economisc"] * (FEW + 1), *usual) == []
    assert slips("economisc", *usual[1:]) == []
