from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from newscli.cli.completion import complete_posts, complete_terms, names
from newscli.discovery import find_store
from newscli.index import Index


@pytest.fixture
def context(site: Path, write: Callable[..., Path]) -> typer.Context:
    write("2022-06-07-one.md", title="One", tags="[科技, 新华日报新闻]", author="Li", source="x")
    write("2022-06-08-two.md", title="Two", tags="[科技]", categories="city")
    with Index(find_store(str(site))[0]) as index:
        index.refresh()
    command = typer.core.TyperCommand("list")
    found = typer.Context(command)
    found.params = {"store": str(site)}
    return found


@pytest.mark.parametrize(
    ("incomplete", "offers"),
    [
        ("tag:科", ["tag:科技"]),
        ("tag:", ["tag:科技", "tag:新华日报新闻"]),
        ("category:C", ["category:city"]),
        ("is:d", ["is:draft", "is:duplicate"]),
        ("is:un", ["is:undated", "is:untagged"]),
        ("has:so", ["has:source"]),
        ("so", ["sort:", "source:"]),
        ("l", ["layout:", "limit:"]),
        ("words:", []),
    ],
)
def test_terms(context: typer.Context, incomplete: str, offers: list[str]) -> None:
    assert list(complete_terms(context, incomplete)) == offers


def test_names_are_offered_the_most_frequent_first(context: typer.Context) -> None:
    assert list(names("tag")(context, "")) == ["科技", "新华日报新闻"]
    assert list(names("author")(context, "l")) == ["Li"]


def test_posts_are_offered_by_slug_the_newest_first(context: typer.Context) -> None:
    assert list(complete_posts(context, "")) == ["two", "one"]
    assert list(complete_posts(context, "on")) == ["one"]


def test_without_an_archive_nothing_is_offered(tmp_path: Path) -> None:
    nowhere = typer.Context(typer.core.TyperCommand("list"))
    nowhere.params = {"store": str(tmp_path / "nowhere")}
    assert list(names("tag")(nowhere, "")) == []
    assert list(complete_terms(nowhere, "zz")) == []


def test_the_options_before_the_command_name_the_store(context: typer.Context) -> None:
    inner = typer.Context(typer.core.TyperCommand("list"), parent=context)
    assert list(names("author")(inner, "")) == ["Li"]
