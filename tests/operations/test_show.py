from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscli.discovery import find_store
from newscli.errors import NewscliError, NotFoundError
from newscli.index import Index
from newscli.operations.show import head_rows, resolve


@pytest.fixture
def index(site: Path, write: Callable[..., Path]) -> Iterator[Index]:
    write("2022-06-07-suzhou.md", title="苏州", tags="科技", source="{name: x}", date="2022-06-07 07:17:20 +0800")
    write("2022-06-08-twice.md", title="One")
    write("2023/2023-06-08-twice.md", title="Other")
    write("2022-06-09-a_b.md", title="Underscore")
    with Index(find_store(str(site))[0]) as opened:
        opened.refresh()
        yield opened


def test_by_path_slug_and_id(index: Index, site: Path) -> None:
    post = resolve(index, "suzhou", site)
    for reference in (
        "_posts/2022-06-07-suzhou.md",
        "./_posts/2022-06-07-suzhou.md",
        "2022-06-07-suzhou.md",
        post.id,
        post.id[:7],
    ):
        assert resolve(index, reference, site) == post
    assert resolve(index, "2022-06-07-suzhou.md", site / "_posts") == post
    assert resolve(index, str(site / "_posts" / "2022-06-07-suzhou.md"), Path("/")) == post


def test_a_name_with_pattern_characters_is_a_name(index: Index, site: Path) -> None:
    assert resolve(index, "2022-06-09-a_b.md", site).title == "Underscore"
    with pytest.raises(NotFoundError):
        resolve(index, "2022-06-09-a%b.md", site)


def test_several_are_listed_and_none_is_guessed(index: Index, site: Path) -> None:
    with pytest.raises(
        NewscliError, match=r"2 posts are called twice; name one by its path or id:\n  [0-9a-f]{7}  _posts/"
    ):
        resolve(index, "twice", site)


def test_nothing_found_names_the_nearest(index: Index, site: Path) -> None:
    with pytest.raises(NotFoundError, match="no post is called suzhuo; did you mean suzhou"):
        resolve(index, "suzhuo", site)


def test_the_head_shows_what_is_known_then_the_other_keys(index: Index, site: Path) -> None:
    rows = head_rows(resolve(index, "suzhou", site))
    assert [name for name, _ in rows] == ["title", "date", "tags", "source", "path", "id"]
    assert dict(rows)["date"] == "2022-06-07 07:17:20+08:00"
    assert dict(rows)["source"] == '{"name": "x"}'
