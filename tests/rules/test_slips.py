"""Slips: a rare tag a letter away from one that many posts have."""

import pytest

from newscli.rules.corpus import Match
from newscli.rules.corpus.slips import FEW, MANY, TagSlips


def slips(*tags: str) -> list[Match]:
    """The slips among posts that have one tag each."""
    comparison = TagSlips()
    for post, tag in enumerate(tags):
        comparison.add(f"{post:03}.md", "", [tag])
    return list(comparison.matches())


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
