"""What the tests of the importers share: reading a source that is written in the test."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from newscli.importers import Article, Input, Item, Options, read


@pytest.fixture
def items() -> Callable[..., list[Item]]:
    """Everything that reading a source yields: ``items(kind, content, name=…, url=…, **options)``."""

    def run(
        kind: str, content: str | bytes, *, name: str = "source", url: str = "", charset: str = "", **options: Any
    ) -> list[Item]:
        data = content.encode() if isinstance(content, str) else content
        return list(read(kind, Input.of_bytes(name, data, url=url, charset=charset), Options(**options)))

    return run


@pytest.fixture
def articles(items: Callable[..., list[Item]]) -> Callable[..., list[Article]]:
    """The articles of a source; that there is nothing else is part of the test."""

    def run(kind: str, content: str | bytes, **options: Any) -> list[Article]:
        found = items(kind, content, **options)
        others = [item for item in found if not isinstance(item, Article)]
        assert others == []
        return [item for item in found if isinstance(item, Article)]

    return run


@pytest.fixture
def article(articles: Callable[..., list[Article]]) -> Callable[..., Article]:
    """The only article of a source."""

    def run(kind: str, content: str | bytes, **options: Any) -> Article:
        (found,) = articles(kind, content, **options)
        return found

    return run


@pytest.fixture
def packed() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """An archive with these members."""

    def run(members: Mapping[str, str | bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return run
