"""Plug points: what is built in, what other packages add."""

import importlib.metadata
import zipfile
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from newscli.errors import ConfigError, ExitCode, NewscliError
from newscli.formats import get_format
from newscli.plugs import PlugPoint

POINT = PlugPoint("colour", "newscli.colours", {"red": "os.path:join", "dyed": "newscli_no_such_module:dye"})


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package's: one that works, one that does not, one under a name that is taken; and one of another kind."""
    points = EntryPoints(
        [
            EntryPoint("mauve", "os.path:basename", "newscli.colours"),
            EntryPoint("broken", "newscli_no_such_module:render", "newscli.colours"),
            EntryPoint("red", "os.path:basename", "newscli.colours"),
            EntryPoint("loud", "os.path:basename", "newscli.sounds"),
            EntryPoint("shout", "os.path:basename", "newscli.formats"),
        ]
    )
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: points.select(group=group))


def test_what_is_built_in_is_imported() -> None:
    assert POINT.load("red")("a", "b") == "a/b"


def test_a_library_that_is_missing_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        POINT.load("dyed")


@pytest.mark.parametrize("name", ["red", "dyed"])
def test_checking_imports_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newscli.plugs.import_module", None)
    POINT.check(name)


@pytest.mark.usefixtures("installed")
def test_others_can_add_one() -> None:
    POINT.check("mauve")
    assert POINT.load("mauve")("a/b") == "b"
    assert get_format("shout")("a/b") == "b"  # type: ignore[call-arg, arg-type, comparison-overlap]


@pytest.mark.usefixtures("installed")
def test_nobody_can_replace_what_is_built_in() -> None:
    assert POINT.load("red")("a", "b") == "a/b"


@pytest.mark.usefixtures("installed")
def test_one_that_cannot_be_loaded_is_named() -> None:
    message = r"^the colour 'broken' \(newscli_no_such_module:render\) cannot be loaded: No module named"
    with pytest.raises(NewscliError, match=message):
        POINT.load("broken")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rde", "no colour 'rde'; did you mean 'red'?"),
        ("mavue", "no colour 'mavue'; did you mean 'mauve'?"),
        ("any", "no colour 'any'; did you mean 'any1'?"),
        ("%s", "no colour '%s'; there are any1, broken, dyed, mauve, red"),
        ("loud", "no colour 'loud'; there are any1, broken, dyed, mauve, red"),
    ],
)
def test_a_name_that_is_unknown(name: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        POINT.check(name, ["any1"])
    assert str(caught.value) == message
    assert caught.value.exit_code is ExitCode.USAGE
    with pytest.raises(ConfigError) as caught:
        POINT.load(name, ["any1"])
    assert str(caught.value) == message


def test_what_else_is_accepted_is_said_behind_the_list() -> None:
    with pytest.raises(ConfigError, match=r"; there are dyed, red, or #rrggbb$"):
        POINT.load("%s", others=", or #rrggbb")


def test_nothing_is_added_where_no_package_says_so() -> None:
    assert POINT.added() == []


@pytest.mark.parametrize("folder", ["dye_works-1.0.dist-info", "dye_works.egg-info", "dye.zip"])
def test_what_other_packages_added(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point = "[newscli.colours]\nmauve = os.path:basename\n"
    if folder.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / folder, "w") as archive:
            archive.writestr("dye_works-1.0.dist-info/METADATA", "Name: dye-works")
            archive.writestr("dye_works-1.0.dist-info/entry_points.txt", point)
        monkeypatch.syspath_prepend(tmp_path / folder)
    else:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "entry_points.txt").write_text(point)
        monkeypatch.syspath_prepend(tmp_path)
    assert [added.name for added in POINT.added()] == ["mauve"]
    assert POINT.load("mauve")("a/b") == "b"
