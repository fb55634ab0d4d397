import tomllib
from dataclasses import FrozenInstanceError, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newscli.config import SETTINGS, Config
from newscli.config_files import load_config, set_value, user_config_path
from newscli.errors import ConfigError
from newscli.settings import Setting


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for the user's configuration."""
    folder = tmp_path / "home"
    (folder / "newscli").mkdir(parents=True)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store."""
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def load(home: Path, root: Path | None = None, **options: Any) -> Config:
    environment = {"XDG_CONFIG_HOME": str(home)} | options.pop("environment", {})
    return load_config(root, environment=environment, **options)


def test_nothing_set_gives_the_defaults(home: Path, root: Path) -> None:
    config = load(home, root)
    assert config == Config()
    assert config.limit == 50
    assert config.sort == "date-"
    assert config.dialect == config.color == "auto"
    assert config.ignore == config.fields_tags == ()
    assert config.origin("limit") == "default"
    assert config.section("validate") == {}


def test_the_table_of_settings_is_the_configs_attributes() -> None:
    attributes = {each.name for each in fields(Config)} - {"queries", "sections", "feeds", "origins"}
    own = [setting.name for setting in SETTINGS if not setting.name.startswith("convert.")]
    assert {name.replace(".", "_") for name in own} == attributes
    assert [setting.name for setting in SETTINGS if setting.name.startswith("fields")] == [
        "fields.tags",
        "fields.categories",
        "fields.authors",
    ]
    for setting in SETTINGS:
        assert setting.doc
        assert setting.default == "" or setting.check(setting.default) == setting.default


def test_each_source_overrules_those_below_it(home: Path, root: Path) -> None:
    site = {"timezone": "UTC", "permalink": "/:title", "limit": 7, "title": "x"}
    config = load(home, root, site=site)
    assert (config.timezone, config.limit, config.origin("timezone")) == ("UTC", 50, "_config.yml")

    user = home / "newscli" / "config.toml"
    user.write_text('timezone = "+01:00"\nlimit = 1\n', encoding="utf-8")
    config = load(home, root, site=site)
    assert (config.timezone, config.limit, config.origin("limit")) == ("+01:00", 1, str(user))
    assert config.permalink == "/:title"

    (root / "newscli.toml").write_text("limit = 2\n", encoding="utf-8")
    assert load(home, root, site=site).limit == 2
    assert load(home, None, site=site).limit == 1

    config = load(home, root, site=site, environment={"NEWSCLI_LIMIT": "3"})
    assert (config.limit, config.origin("limit")) == (3, "NEWSCLI_LIMIT")

    config = load(home, root, environment={"NEWSCLI_LIMIT": "3"}, flags={"limit": 0, "color": None})
    assert (config.limit, config.origin("limit"), config.origin("color")) == (0, "--limit", "default")


def test_values_of_a_site_that_are_no_texts_say_nothing(home: Path) -> None:
    assert load(home, site={"timezone": None, "permalink": 3}) == Config()


@pytest.mark.parametrize(
    "content",
    [
        "[tool.newscli]\nlimit = 9\n[tool.newscli.fields]\ntags = ['topics', 'taxonomies.tags']\n",
        "[tool]\nnewscli = {limit = 9, fields.tags = ['topics', 'taxonomies.tags']}\n",
    ],
)
def test_a_project_file_speaks_under_its_table(content: str, home: Path, root: Path) -> None:
    (root / "pyproject.toml").write_text(f"[project]\nname = 'x'\n{content}", encoding="utf-8")
    config = load(home, root)
    assert config.limit == 9
    assert config.fields_tags == ("topics", "taxonomies.tags")


@pytest.mark.parametrize(
    "content", ["[project]\nname = 'x'\n", "not toml at all", "newscli = 3", "tool = 'newscli'", "tool.newscli = 3"]
)
def test_other_project_files_say_nothing(content: str, home: Path, root: Path) -> None:
    (root / "pyproject.toml").write_text(content, encoding="utf-8")
    assert load(home, root) == Config()


def test_the_own_file_of_a_store_comes_before_its_project_file(home: Path, root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.newscli]\nlimit = 1\nsort = 'title'\n", encoding="utf-8")
    (root / "newscli.toml").write_text("limit = 2\n", encoding="utf-8")
    config = load(home, root)
    assert (config.limit, config.sort) == (2, "date-")


def test_a_given_file_replaces_the_stores(home: Path, root: Path, tmp_path: Path) -> None:
    (root / "newscli.toml").write_text("limit = 2\n", encoding="utf-8")
    (tmp_path / "other.toml").write_text("\ufeffsort = 'title'\n", encoding="utf-8")
    config = load(home, root, file=tmp_path / "other.toml")
    assert (config.limit, config.sort) == (50, "title")


def test_a_given_project_file_may_be_silent(home: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert load(home, file=tmp_path / "pyproject.toml") == Config()


def test_a_given_file_must_exist(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^No such configuration file: .*absent\.toml$"):
        load(home, file=tmp_path / "absent.toml")


def test_queries_and_the_tables_of_commands_are_merged(home: Path, root: Path) -> None:
    user = home / "newscli" / "config.toml"
    user.write_text(
        "[queries]\nhot = 'date:7d..'\nold = 'date:..2021'\n[validate]\nengine = 'hugo'\nselect = ['Y']\n",
        encoding="utf-8",
    )
    store = root / "newscli.toml"
    store.write_text(
        "[queries]\nhot = 'date:1d..'\n[validate]\nengine = 'jekyll'\n[validate.tags]\nmax = 5\n", encoding="utf-8"
    )
    config = load(home, root)
    assert config.queries == {"hot": "date:1d..", "old": "date:..2021"}
    assert config.origin("queries.hot") == str(store)
    assert config.origin("queries.old") == str(user)
    assert config.section("validate") == {"engine": "jekyll", "select": ["Y"], "tags": {"max": 5}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# x\nlimt = 5\n", ":2: Unknown setting 'limt'. Did you mean limit?"),
        ("[convert]\nhtml2text = 3\n", ":2: convert.html2text must be a table, not 3."),
        ("[convert]\ntoo = 'text'\n", ":2: Unknown setting 'convert.too'. Did you mean convert.to?"),
        ("[convert]\nhtml2txt = {}\n", ":2: Unknown setting 'convert.html2txt'. Did you mean convert.html2text?"),
        ("[convert]\nto = 'txt'\n", ":2: convert.to must be one of html, markdown, text, not 'txt'."),
        ("[convert]\nlinks = 3\n", ":2: convert.links must be one of drop, inline, ref, text, not 3."),
        ("[convert]\nengine = 3\n", ":2: convert.engine must be a text, not 3."),
        ("[convert]\nwidth = 1.5\n", ":2: convert.width must be a whole number from 0, not 1.5."),
        ("[convert]\nseconds = 0.5\n", ":2: convert.seconds must be a number from 1, not 0.5."),
        ("[convert]\nseconds = true\n", ":2: convert.seconds must be a number from 1, not True."),
        (
            "[convert.html2text]\npad_tables = 1\n",
            ":2: convert.html2text.pad_tables must be true or false, not 1.",
        ),
        (
            "[convert.html2text]\nbody_width = -1\n",
            ":2: convert.html2text.body_width must be a whole number from 0, not -1.",
        ),
        (
            "[convert]\nhtml2text.bodywidth = 1\n",
            ":2: Unknown setting 'convert.html2text.bodywidth'. Did you mean convert.html2text.body_width?",
        ),
        ("limit = 1\n\n[validat]\nx = 1\n", ":3: Unknown setting 'validat'. Did you mean validate?"),
        ("[fields]\ntag = ['x']\n", ":2: Unknown setting 'fields.tag'. Did you mean fields.tags?"),
        ("zzz = 1\n", ":1: Unknown setting 'zzz'."),
        ("sort = 'title'\nlimit = 'many'\n", ":2: limit must be a whole number from 0, not 'many'."),
        ("limit = -1\n", ":1: limit must be a whole number from 0, not -1."),
        ("limit = true\n", ":1: limit must be a whole number from 0, not True."),
        ("timezone = 8\n", ":1: timezone must be a text, not 8."),
        ("\ncolor = 'sometimes'\n", ":2: color must be one of auto, always, never, not 'sometimes'."),
        ("ignore = '_site'\n", ":1: ignore must be a list of texts, not '_site'."),
        ("fields.tags = [\n  1,\n]\n", ":1: fields.tags must be a list of texts, not [1]."),
        ("queries = 3\n", ":1: queries must be a table, not 3."),
        ("[queries]\nhot = 3\n", ":2: queries.hot must be a text, not 3."),
        ("validate = 'x'\n", ":1: validate must be a table, not 'x'."),
        ("store = '~no-such-user/x'\n", ":1: "),
    ],
)
def test_a_wrong_setting_names_file_line_and_way_out(content: str, message: str, home: Path, root: Path) -> None:
    path = root / "newscli.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(home, root)
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_wrong_setting_in_a_project_file_has_its_line(home: Path, root: Path) -> None:
    path = root / "pyproject.toml"
    path.write_text("[tool.other]\nlimit = 'x'\n\n[tool.newscli]\nlimit = 'many'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:5: limit must be"):
        load(home, root)


@pytest.mark.parametrize(("content", "message"), [(b"limit = \n", "not TOML"), (b"\xff", "Cannot read")])
def test_a_file_that_cannot_be_read(content: bytes, message: str, home: Path, root: Path) -> None:
    (root / "newscli.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(home, root)
    assert message in str(caught.value)
    assert str(root / "newscli.toml") in str(caught.value)


def test_a_folder_in_place_of_a_file_is_an_error(home: Path, root: Path) -> None:
    (root / "newscli.toml").mkdir()
    with pytest.raises(ConfigError, match="Cannot read"):
        load(home, root)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("NEWSCLI_LIMIT", " 10 ", "limit", 10),
        ("NEWSCLI_COLOR", "never", "color", "never"),
        ("NEWSCLI_IGNORE", "_site, drafts/*,", "ignore", ("_site", "drafts/*")),
        ("NEWSCLI_FIELDS_TAGS", "topics", "fields_tags", ("topics",)),
        ("NEWSCLI_STORE", "~/news", "store", "~/news"),
        ("NEWSCLI_LIMIT", "", "limit", 50),
    ],
)
def test_the_environment_is_read(variable: str, text: str, name: str, value: object, home: Path) -> None:
    assert getattr(load(home, environment={variable: text}), name) == value


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("NEWSCLI_LIMIT", "many", "$NEWSCLI_LIMIT: limit must be a whole number from 0, not 'many'."),
        ("NEWSCLI_LIMIT", "²", "$NEWSCLI_LIMIT: limit must be a whole number from 0, not '²'."),
        (
            "NEWSCLI_DIALECT",
            "zola",
            "$NEWSCLI_DIALECT: dialect must be one of auto, jekyll, hugo, hexo, astro, plain, not 'zola'.",
        ),
    ],
)
def test_a_wrong_variable_is_named(variable: str, text: str, message: str, home: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(home, environment={variable: text})
    assert str(caught.value) == message


def test_a_wrong_option_is_named(home: Path) -> None:
    with pytest.raises(ConfigError, match=r"^--color must be one of auto, always, never, not 'x'\.$"):
        load(home, flags={"color": "x"})


def test_a_store_in_a_file_lies_relative_to_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    path = home / "newscli" / "config.toml"
    for written, expected in (("news", home / "newscli" / "news"), ("~/news", home / "news"), ("/news", Path("/news"))):
        path.write_text(f"store = '{written}'\n", encoding="utf-8")
        assert load(home).store == str(expected)
    path.write_text("store = ''\n", encoding="utf-8")
    assert load(home).store == ""


def test_the_place_of_the_users_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert user_config_path({"XDG_CONFIG_HOME": "/etc/xdg"}) == Path("/etc/xdg/newscli/config.toml")
    assert user_config_path({}) == Path("/home/reader/.config/newscli/config.toml")
    assert user_config_path({"XDG_CONFIG_HOME": "relative"}) == Path("/home/reader/.config/newscli/config.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/x")
    assert user_config_path() == Path("/x/newscli/config.toml")


def test_the_environment_of_the_process_is_the_default(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("NEWSCLI_LIMIT", "4")
    assert load_config().limit == 4


def test_the_zone_is_loaded_or_the_setting_named(home: Path) -> None:
    assert load(home, flags={"timezone": "+08:00"}).zone().utcoffset(None) == timedelta(hours=8)
    with pytest.raises(
        ConfigError, match=r"^_config\.yml: Unknown time zone 'Asia/Shangai'\. Did you mean Asia/Shanghai\?"
    ):
        load(home, site={"timezone": "Asia/Shangai"}).zone()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("limit", "7", {"limit": 7}),
        ("sort", "title", {"sort": "title"}),
        ("ignore", "_site, b*", {"ignore": ["_site", "b*"]}),
        ("fields.tags", "topics", {"fields": {"tags": ["topics"]}}),
        ("queries.热点", 'tag:"a b" date:7d..', {"queries": {"热点": 'tag:"a b" date:7d..'}}),
    ],
)
def test_setting_a_value_makes_the_file_if_need_be(name: str, value: str, expected: object, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    set_value(path, name, value)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == expected
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_setting_a_value_in_a_project_file_goes_into_its_table(root: Path, home: Path) -> None:
    path = root / "pyproject.toml"
    path.write_text("[project]\nname = 'x' # mine\n", encoding="utf-8")
    set_value(path, "limit", "7")
    assert path.read_text(encoding="utf-8") == "[project]\nname = 'x' # mine\n\n[tool.newscli]\nlimit = 7\n"
    assert load(home, root).limit == 7


def test_setting_a_value_keeps_the_rest_the_mode_and_the_link(tmp_path: Path) -> None:
    path = tmp_path / "newscli.toml"
    path.write_bytes(b"# mine\r\nlimit  =  5   # a screen\r\n")
    path.chmod(0o600)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    set_value(link, "limit", "7")
    assert path.read_bytes() == b"# mine\r\nlimit  =  7   # a screen\r\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("limt", "5", "Unknown setting 'limt'. Did you mean limit?"),
        ("limit", "many", "limit must be a whole number from 0, not 'many'."),
        ("color", "x", "color must be one of auto, always, never, not 'x'."),
        (
            "validate.engine",
            "hugo",
            "'validate.engine' belongs to a command's own table. Write it into the file by hand.",
        ),
        ("queries", "x", "'queries' is a table. Name a key of it, as in queries.NAME."),
    ],
)
def test_setting_a_wrong_value_writes_nothing(name: str, value: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        set_value(tmp_path / "newscli.toml", name, value)
    assert str(caught.value) == message
    assert not (tmp_path / "newscli.toml").exists()


def test_a_file_that_cannot_be_edited_stays(tmp_path: Path) -> None:
    path = tmp_path / "newscli.toml"
    path.write_text("fields = {tags = ['x']}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"newscli\.toml: .*Edit the file by hand\.$"):
        set_value(path, "fields.authors", "by")
    assert path.read_text(encoding="utf-8") == "fields = {tags = ['x']}\n"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^Cannot write .*config\.toml"):
        set_value(tmp_path / "file" / "config.toml", "limit", "5")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ConfigError, match="Cannot write"):
        set_value(tmp_path / "newscli.toml", "limit", "5")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def other_value(setting: Setting) -> str:
    """A text that sets the setting to something else than its default."""
    if setting.choices:
        return next(choice for choice in setting.choices if choice != setting.default)
    if isinstance(setting.default, bool):
        return str(not setting.default).lower()
    return "13" if isinstance(setting.default, int | float) else "/some/where"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_written_and_read_back_from_every_source(setting: Setting, home: Path, root: Path) -> None:
    text = other_value(setting)
    expected = setting.read(text)
    assert expected != setting.default

    user, store = home / "newscli" / "config.toml", root / "newscli.toml"
    for path in (user, store):
        set_value(path, setting.name, text)
        config = load(home, root)
        assert (config.value(setting), config.origin(setting.name)) == (expected, str(path))

    config = load(home, root, environment={setting.variable: text})
    assert (config.value(setting), config.origin(setting.name)) == (expected, setting.variable)

    config = load(home, root, flags={setting.name: expected})
    assert (config.value(setting), config.origin(setting.name)) == (expected, f"--{setting.name}")


def test_options_of_html2text_are_merged_one_by_one(home: Path, root: Path) -> None:
    (home / "newscli" / "config.toml").write_text(
        "[convert.html2text]\nbody_width = 60\nul_item_mark = '+'\n", encoding="utf-8"
    )
    (root / "newscli.toml").write_text(
        "[convert]\nto = 'text'\n[convert.html2text]\nbody_width = 70\n", encoding="utf-8"
    )
    environment = {"NEWSCLI_CONVERT_HTML2TEXT_PAD_TABLES": "true"}
    assert load(home, root, environment=environment).section("convert") == {
        "to": "text",
        "html2text": {"body_width": 70, "pad_tables": True, "ul_item_mark": "+"},
    }


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_must_be(setting: Setting) -> None:
    with pytest.raises(TypeError) as caught:
        setting.check(-1.5)
    assert str(caught.value) == f"{setting.name} must be {setting.type}, not -1.5."


def test_a_setting_is_written_over_and_over_without_a_trace(tmp_path: Path) -> None:
    path = tmp_path / "newscli.toml"
    path.write_text("# mine\n[fields]\ntags = []\n", encoding="utf-8")
    for value in ("1", "22", "333"):
        set_value(path, "limit", value)
        set_value(path, "fields.authors", f"by, {value}")
    assert path.read_text(encoding="utf-8") == ('limit = 333\n\n# mine\n[fields]\ntags = []\nauthors = ["by", "333"]\n')


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Config().limit = 3  # type: ignore[misc]


def test_feeds_are_a_list_of_tables_the_users_first(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "home")}
    (tmp_path / "home" / "newscli").mkdir(parents=True)
    (tmp_path / "home" / "newscli" / "config.toml").write_text("[[feeds]]\nurl = 'u'\n", encoding="utf-8")
    (tmp_path / "newscli.toml").write_text("[[feeds]]\nurl = 'a'\n[[feeds]]\nurl = 'b'\n", encoding="utf-8")
    config = load_config(tmp_path, environment=environment)
    assert [feed["url"] for feed in config.feeds] == ["u", "a", "b"]


@pytest.mark.parametrize("text", ["feeds = 3\n", "[feeds]\nurl = 'a'\n", "feeds = ['a']\n"])
def test_feeds_that_are_no_tables_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "newscli.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"newscli\.toml:1: feeds must be tables"):
        load_config(tmp_path, environment={"XDG_CONFIG_HOME": str(tmp_path)})
