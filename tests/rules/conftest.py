"""Files given as text, checked: what the tests of the rules share."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from newscli.operations.validate import FileResult, Finding, options_from, validate
from newscli.schema import Schema

Checked = Callable[..., list[FileResult]]
Found = Callable[..., list[Finding]]
POST = "_posts/2022-06-07-example.md"


@pytest.fixture
def check(tmp_path: Path) -> Checked:
    """Write files, check those that are posts, and give the results."""

    def run(files: Mapping[str, str | bytes], **flags: Any) -> list[FileResult]:
        config: dict[str, Any] = {}
        paths = []
        for path, content in files.items():
            if path == "newscli.toml":
                config = tomllib.loads(str(content)).get("validate", {})
                continue
            if path == "schema.json":
                flags["schema"] = Schema(json.loads(content))
                continue
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
            paths += [path] if path.endswith((".md", ".MD", ".mdx", ".html")) else []
            paths += [str(Path(path).parent)] if Path(path).parent.suffix == ".md" else []
        options = options_from(config, **({"engine": "jekyll", "root": tmp_path} | flags))
        return list(validate(paths, options, read=lambda path: (tmp_path / path).read_bytes()))

    return run


@pytest.fixture
def find(check: Checked) -> Found:
    """What is found in one post, or in several files."""

    def run(text: str | bytes | Mapping[str, str | bytes], *, path: str = POST, **flags: Any) -> list[Finding]:
        files = text if isinstance(text, Mapping) else {path: text}
        return [finding for result in check(files, **flags) for finding in result.findings]

    return run
