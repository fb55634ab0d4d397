"""Addresses, canonical sources and prints of texts."""

from typing import Any

import pytest

from newscli.operations.validate import options_from
from newscli.rules.corpus import Listed, address_of, canonical, order_of, simhash


def listed(path: str, engine: str = "jekyll", **data: Any) -> Listed:
    return Listed(path, data, options_from({}, engine=engine))


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://www.example.com/a/?utm_source=x#top", "example.com/a?"),
        ("https://example.com/a", "example.com/a?"),
        ("//example.com/a", "example.com/a?"),
        ("https://example.com/a?id=1&utm_medium=y", "example.com/a?id=1"),
        ("https://example.com/?id=1", "example.com?id=1"),
        ("https://example.com/", ""),
        ("https://[bad", ""),
    ],
)
def test_the_canonical_form_of_a_source(url: str, plain: str) -> None:
    assert canonical(url) == plain


def test_the_address_of_a_post_follows_the_site() -> None:
    options = options_from({}, engine="jekyll", permalink="/:title/")
    assert address_of(Listed("_posts/2022-06-07-x.md", {}, options)) == "/x"
    assert address_of(listed("_posts/2022-06-07-x.md")) == "/2022/06/07/x"
    assert address_of(listed("_posts/2022-06-07-x.md", "pyyaml")) == ""


def test_the_order_of_posts() -> None:
    posts = [
        ("b", "2022-06-07 00:30 +0800"),
        ("a", "2022-06-06 20:00 +0000"),
        ("2022-06-05-c", ""),
        ("d", "tuesday"),
        ("e", ""),
    ]
    assert [path for path, _ in sorted(posts, key=lambda pair: order_of(*pair))] == ["2022-06-05-c", "b", "a", "d", "e"]


def test_like_texts_have_like_prints() -> None:
    words = [f"word{number}" for number in range(200)]
    near, far = [*words[:-1], "other"], words[::-1]
    assert (simhash(words) ^ simhash(near)).bit_count() < 8 < (simhash(words) ^ simhash(far)).bit_count()
