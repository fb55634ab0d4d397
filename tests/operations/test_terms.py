"""Terms: their mark differs whenever something that decides does, and never otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscli.errors import ConfigError
from newscli.operations.scope import find_site
from newscli.operations.terms import terms_of

SETTINGS = """
[validate]
liquid-tags = ["a", "b"]
[validate.tags]
vocabulary = "tags.txt"
[[validate.collections]]
glob = "docs/**"
schema = "SCHEMA"
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A Jekyll site with whatever decides how its posts are checked."""
    for folder in ("_posts", "_layouts", "_plugins"):
        (tmp_path / folder).mkdir()
    files = {
        "_config.yml": "permalink: date\n",
        "_layouts/post.html": "",
        "_plugins/image.rb": "",
        "tags.txt": "AI\n",
        "schema.json": "{}",
        "newscli.toml": SETTINGS.replace("SCHEMA", str(tmp_path / "schema.json")),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def mark(site: Path, **flags: object) -> str:
    return terms_of(find_site(str(site), [], here=site), flags).mark


def test_the_mark_is_the_same_while_nothing_changes(site: Path) -> None:
    assert mark(site, select=["F"]) == mark(site, select=["F"])
    assert mark(site, fix="safe") == mark(site, fix="none"), "what is found does not depend on what is mended"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "permalink: pretty\n"),
        ("_layouts/page.html", ""),
        ("_plugins/image.rb", "Liquid::Template.register_tag('image', Image)"),
        ("tags.txt", "AI\n芯片\n"),
        ("schema.json", '{"required": ["title"]}'),
        ("newscli.toml", "[validate]\nselect = ['F']\n"),
        ("newscli.toml", "timezone = 'Asia/Shanghai'\n"),
        ("newscli.toml", "[fields]\ntags = ['topics']\n"),
    ],
)
def test_every_file_that_decides_is_part_of_the_mark(name: str, text: str, site: Path) -> None:
    before = mark(site)
    (site / name).write_text(text)
    assert mark(site) != before


def test_what_a_run_writes_is_no_part_of_the_mark(site: Path) -> None:
    (site / "newscli.toml").write_text("[validate]\noutput = 'report.json'\nbaseline = 'base.json'\n")
    before = mark(site)
    for name in ("report.json", "base.json"):
        (site / name).write_text("{}")
    assert mark(site) == before


def test_names_that_can_be_no_files_are_left_to_the_options(site: Path) -> None:
    (site / "newscli.toml").write_text("[validate]\nschema = 7\ncollections = 'x'\ntags = 3\n")
    assert mark(site) == mark(site)
    assert mark(site, schema="\0") == mark(site, schema="\0")


def test_options_are_part_of_the_mark(site: Path) -> None:
    (site / "own.json").write_text("{}")
    marks = [mark(site), mark(site, select=["F"]), mark(site, engine="hugo"), mark(site, schema=str(site / "own.json"))]
    (site / "own.json").write_text('{"required": ["title"]}')
    marks.append(mark(site, schema=str(site / "own.json")))
    assert len(set(marks)) == len(marks)


def test_the_options_are_worked_out_when_they_are_asked_for(site: Path) -> None:
    terms = terms_of(find_site(str(site), [], here=site), {"select": ["nothing"]})
    with pytest.raises(ConfigError, match="unknown rule"):
        _ = terms.options
    assert terms_of(find_site(str(site), [], here=site), {"select": ["F001"]}).options.selected == {"F001"}


def test_a_clock_of_the_settings_stands_still(site: Path) -> None:
    assert terms_of(find_site(str(site), [], here=site), {}).now > 0
    (site / "newscli.toml").write_text("[validate]\nnow = '2022-06-07'\n")
    assert terms_of(find_site(str(site), [], here=site), {}).now == 0


CODE = """
import sys
from pathlib import Path
from newscli.operations.scope import find_site
from newscli.operations.terms import terms_of

site = find_site(sys.argv[1], [], here=Path())
sys.stdout.write(terms_of(site, {"select": ["F"], "per_file_ignores": {"x": ["Y", "D"]}}).mark)
"""


def test_the_mark_is_the_same_in_every_process(site: Path) -> None:
    """Sets of strings differ in order from process to process, objects in their address."""
    seen = {
        subprocess.run(
            [sys.executable, "-c", CODE, str(site)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(seen) == 1
    assert b"0x" not in seen.pop()
