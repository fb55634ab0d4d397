from pathlib import Path

import pytest

from newscli.diagnostics import Severity
from newscli.errors import ConfigError
from newscli.operations.scope import find_site
from newscli.operations.site import layouts, options_for, rule_texts, site_document
from newscli.permalinks import STYLES


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Jekyll site with two layouts."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "_layouts" / "inner").mkdir(parents=True)
    for name in ("post.html", "inner/page.html", "notes.txt"):
        (site / "_layouts" / name).touch()
    (site / "_config.yml").write_text("timezone: Asia/Shanghai\n")
    return site


def test_the_site_decides_engine_layouts_and_zone(root: Path) -> None:
    options = options_for(find_site(str(root), [], here=root), {})
    assert options.engine == "jekyll"
    assert options.layouts == ("inner/page", "post")
    assert str(options.zone) == "Asia/Shanghai"
    assert options.root == root


@pytest.mark.parametrize(
    ("names", "engine"),
    [
        (["_posts/a"], "jekyll"),
        (["source/_posts/a"], "hexo"),
        (["hugo.toml", "content/a"], "hugo"),
        (["astro.config.mjs", "src/content/a"], "astro"),
        (["newscli.toml"], "pyyaml"),
    ],
)
def test_the_reading_that_counts_is_that_of_the_site(names: list[str], engine: str, tmp_path: Path) -> None:
    for name in names:
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    assert options_for(find_site(None, [], here=tmp_path / "site"), {}).engine == engine


def test_settings_win_over_the_site_and_options_over_settings(root: Path) -> None:
    (root / "newscli.toml").write_text('[validate]\nengine = "hugo"\nlayouts = ["only"]\nselect = ["Y"]\n')
    site = find_site(str(root), [], here=root)
    options = options_for(site, {})
    assert (options.engine, options.layouts) == ("hugo", ("only",))
    assert {code[0] for code in options.selected} == {"Y"}
    assert options_for(site, {"engine": "astro", "select": ["T413"]}).engine == "astro"


def test_a_folder_that_no_generator_claims_is_read_by_pyyaml(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    options = options_for(find_site(str(tmp_path / "plain"), [], here=tmp_path), {})
    assert (options.engine, options.layouts, options.zone) == ("pyyaml", (), None)


def test_a_schema_is_read(root: Path) -> None:
    (root / "s.json").write_text('{"type": "object"}')
    site = find_site(str(root), [], here=root)
    assert options_for(site, {"schema": str(root / "s.json")}).schema is not None
    with pytest.raises(ConfigError, match="cannot read the schema"):
        options_for(site, {"schema": "none.json"})


def test_the_site_says_where_posts_go(root: Path) -> None:
    config = root / "_config.yml"
    assert options_for(find_site(str(root), [], here=root), {}).permalinks.posts == STYLES["date"]
    config.write_text("permalink: pretty\ncollections:\n  docs:\n    permalink: /d/:path/\n")
    found = options_for(find_site(str(root), [], here=root), {}).permalinks
    assert (found.posts, found.others) == (STYLES["pretty"], {"docs": "/d/:path/"})
    (root / "newscli.toml").write_text('permalink = "none"\n')
    assert options_for(find_site(str(root), [], here=root), {}).permalinks.posts == STYLES["none"]
    (root / "newscli.toml").write_text('permalink = "none"\n[validate]\npermalink = "/:title/"\n')
    assert options_for(find_site(str(root), [], here=root), {}).permalinks.posts == "/:title/"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", '[permalinks]\nnews = "/:year/"\n'),
        ("config.yaml", "permalinks:\n  news: /:year/\n"),
        ("config/_default/hugo.json", '{"permalinks": {"news": "/:year/"}}'),
    ],
)
def test_a_hugo_site_says_where_pages_go(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert options_for(find_site(str(tmp_path), [], here=tmp_path), {}).permalinks.others == {"news": "/:year/"}


def test_a_configuration_that_does_not_parse_says_nothing(root: Path) -> None:
    (root / "_config.yml").write_text("permalink: [\n")
    assert site_document(root, "jekyll") == {}
    assert site_document(root / "none", "jekyll") == site_document(root, "astro") == {}
    (root / "_config.yml").unlink()
    (root / "_config.yml").mkdir()
    assert site_document(root, "jekyll") == {}


def test_a_site_without_layouts_has_none(tmp_path: Path) -> None:
    assert layouts(tmp_path) == []


def test_rules_are_told_as_severe_as_they_are_here(root: Path) -> None:
    site = find_site(str(root), [], here=root)
    texts = rule_texts(options_for(site, {"severity": ["Y102=info"]}))
    assert texts["Y102"].severity is Severity.INFO
    assert texts["Y104"].severity is Severity.ERROR
    assert texts["Y102"].name == "unescaped-quote"
    assert texts["Y102"].summary
