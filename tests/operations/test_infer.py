"""Infer: what the posts have in common."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.operations.infer import infer_schema
from newscli.schema import Schema


def test_what_the_posts_have_in_common() -> None:
    posts = [{"title": f"T{n}", "layout": "post" if n % 2 else "page", "n": n} for n in range(60)]
    posts[0]["tags"] = ["a"]  # type: ignore[assignment]
    found = infer_schema(posts)
    assert found["required"] == ["layout", "n", "title"]
    assert found["properties"] == {
        "layout": {"type": "string", "enum": ["page", "post"]},
        "n": {"type": "integer"},
        "tags": {"type": "array"},
        "title": {"type": "string"},
    }


VALUES = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES), max_size=6))
def test_posts_fulfil_the_schema_inferred_from_them(posts: list[dict[str, Any]]) -> None:
    """Law: nothing is inferred that the posts do not have."""
    schema = Schema(json.loads(json.dumps(infer_schema(posts, enumerate_from=1))))
    assert [one for post in posts for one in schema.violations(post)] == []
