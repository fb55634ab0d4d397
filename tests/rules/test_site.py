"""What the folders of a site tell the rules."""

from pathlib import Path

import pytest

from newscli.errors import ConfigError
from newscli.operations.validate import options_from
from newscli.rules.site import layouts_of, liquid_tags_of, vocabulary_of


def test_a_bare_folder_tells_nothing(tmp_path: Path) -> None:
    assert layouts_of(tmp_path) == ()
    assert liquid_tags_of(tmp_path) == frozenset()


def test_layouts_are_known_by_their_stems(tmp_path: Path) -> None:
    (tmp_path / "_layouts").mkdir()
    for name in ("post.html", "default.html", "post.xml"):
        (tmp_path / "_layouts" / name).touch()
    (tmp_path / "_config.yml").write_text("title: a\n")
    assert layouts_of(tmp_path) == ("default", "post")
    assert options_from({}, engine="jekyll", root=tmp_path).layouts == ("default", "post")
    assert options_from({"layouts": ["own"]}, engine="jekyll", root=tmp_path).layouts == ("own",)
    assert options_from({}, engine="hugo", root=tmp_path).layouts == ()


@pytest.mark.parametrize("line", ["theme: minima", "remote_theme: a/b"])
def test_a_theme_has_layouts_of_its_own(line: str, tmp_path: Path) -> None:
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "post.html").touch()
    (tmp_path / "_config.yml").write_text(f"title: a\n{line}\n")
    assert layouts_of(tmp_path) == ()


def test_plugins_make_tags(tmp_path: Path) -> None:
    (tmp_path / "_plugins" / "more").mkdir(parents=True)
    (tmp_path / "_plugins" / "a.rb").write_text("Liquid::Template.register_tag('youtube', A)\n")
    (tmp_path / "_plugins" / "more" / "b.rb").write_text('Liquid::Template.register_tag "chart", B\n')
    assert liquid_tags_of(tmp_path) == {"youtube", "chart"}
    assert options_from({"liquid-tags": ["own"]}, engine="jekyll", root=tmp_path).liquid_tags == {
        "own",
        "youtube",
        "chart",
    }


def test_a_config_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").mkdir()
    assert layouts_of(tmp_path) == ()
    (tmp_path / "_plugins" / "a.rb").mkdir(parents=True)
    assert liquid_tags_of(tmp_path) == frozenset()


def test_a_vocabulary_has_one_name_a_line(tmp_path: Path) -> None:
    (tmp_path / "tags.txt").write_text("# remark\n 新闻 \n\nAI\n", "utf-8")
    assert vocabulary_of(tmp_path / "tags.txt") == ("新闻", "AI")
    config = {"tags": {"vocabulary": "tags.txt"}}
    assert options_from(config, engine="hugo", root=tmp_path).tags.vocabulary == ("新闻", "AI")


def test_a_vocabulary_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "tags.txt").write_bytes(b"\xff")
    for name in ("tags.txt", "none.txt"):
        with pytest.raises(ConfigError, match="cannot read the vocabulary"):
            vocabulary_of(tmp_path / name)


@pytest.mark.parametrize("names", [[1], {"a": 1}, 7])
def test_a_vocabulary_is_a_list_of_words(names: object) -> None:
    with pytest.raises(ConfigError, match="vocabulary"):
        options_from({"tags": {"vocabulary": names}})
