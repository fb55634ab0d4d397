"""Config: the settings, where each comes from, and how one is written into a file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from newscli.dates import load_zone
from newscli.errors import ConfigError
from newscli.files import replace
from newscli.settings import CONVERT, CONVERT_SETTINGS, HTML2TEXT, HTML2TEXT_SETTINGS, Setting
from newscli.text import nearest
from newscli.toml_edit import EditError, TomlValue, iter_names, set_key

STORE_FILE = "newscli.toml"
PROJECT_FILE = "pyproject.toml"
FEEDS = "feeds"
"""The list of feeds, ``[[feeds]]``, which ``import`` checks itself."""
SECTIONS = ("export", "import", "index", "list", "search", "show", "stats", "tags", "validate")
"""Tables that belong to one command, which checks them itself."""

_GROUPS = ("fields", "queries", CONVERT, HTML2TEXT)  # tables of settings
_PROJECT_TABLE = "tool.newscli"
_SITE_SETTINGS = ("timezone", "permalink")  # what counts of a ``_config.yml``


def _setting(default: TomlValue, doc: str, *choices: str) -> Any:
    return field(default=default, metadata={"doc": doc, "choices": choices})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. Its attributes are the one table of settings; ``fields.tags`` is ``fields_tags`` here."""

    store: str = _setting("", "the folder to use when the current one lies in no store")
    timezone: str = _setting("", "the zone of dates written without one (Asia/Shanghai, +08:00); empty: the local zone")
    dialect: str = _setting("auto", "how front matter is read", "auto", "jekyll", "hugo", "hexo", "astro", "plain")
    limit: int = _setting(50, "how many posts a terminal is shown; 0: all")
    sort: str = _setting("date-", "the order of posts: fields, each with - for falling")
    color: str = _setting("auto", "when to colour the output", "auto", "always", "never")
    pager: str = _setting("", "the command that long posts are shown with; empty: $PAGER")
    format: str = _setting("", "the output format; empty: a table on a terminal, else TSV")
    ignore: tuple[str, ...] = _setting((), "globs of files and folders that are not read")
    permalink: str = _setting("", "the pattern of the addresses of posts, as in _config.yml")
    fields_tags: tuple[str, ...] = _setting((), "the keys that hold tags, the first that is there counts")
    fields_categories: tuple[str, ...] = _setting((), "the keys that hold categories, the first that is there counts")
    fields_authors: tuple[str, ...] = _setting((), "the keys that hold authors, the first that is there counts")
    queries: Mapping[str, str] = field(default_factory=dict)
    """The saved queries, ``@name`` in a query."""
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    feeds: tuple[Mapping[str, Any], ...] = ()
    """The feeds of the files, the user's before the store's."""
    origins: Mapping[str, str] = field(default_factory=dict)

    def section(self, name: str) -> Mapping[str, Any]:
        """The table of a command as written in the files, the store's keys over the user's."""
        return self.sections.get(name, {})

    def value(self, setting: Setting) -> TomlValue:
        """The value of a setting."""
        table, _, name = setting.name.rpartition(".")
        if table not in (CONVERT, HTML2TEXT):
            value: TomlValue = getattr(self, setting.name.replace(".", "_"))
        else:
            section = self.section(CONVERT)
            value = (section.get("html2text", {}) if table == HTML2TEXT else section).get(name, setting.default)
        return value

    def origin(self, name: str) -> str:
        """Where the value of a setting or a saved query comes from: a file, a variable, an option or ``default``."""
        return self.origins.get(name, "default")

    def zone(self) -> tzinfo:
        """The zone of dates written without one.

        Raises:
            ConfigError: the setting names no zone.
        """
        try:
            return load_zone(self.timezone)
        except ConfigError as error:
            raise ConfigError(f"{self.origin('timezone')}: {error}") from None


_ATTRIBUTES = {each.name: each for each in fields(Config) if each.metadata}
SETTINGS: tuple[Setting, ...] = (
    *(
        Setting(name.replace("_", "."), each.default, each.metadata["doc"], each.metadata["choices"])  # type: ignore[arg-type]
        for name, each in _ATTRIBUTES.items()
    ),
    *CONVERT_SETTINGS,
    *HTML2TEXT_SETTINGS,
)
"""The one table of settings, for ``newscli config`` and the manual."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class _File:
    """A configuration file that was read."""

    path: Path
    text: str
    document: Mapping[str, Any]

    @property
    def table(self) -> str:
        """The table that is newscli's; empty when the whole file is."""
        return _PROJECT_TABLE if self.path.name == PROJECT_FILE else ""

    @property
    def content(self) -> Mapping[str, Any]:
        """What the file says about newscli."""
        content: Any = self.document
        for part in filter(None, self.table.split(".")):
            content = content.get(part, {}) if isinstance(content, Mapping) else {}
        return content if isinstance(content, Mapping) else {}

    def fault(self, name: str, message: str) -> ConfigError:
        """What is wrong with a setting, with its line."""
        wanted = f"{self.table}.{name}".lstrip(".")
        lines = (index for index, key, _ in iter_names(self.text.splitlines()) if f"{key}.".startswith(f"{wanted}."))
        return ConfigError(f"{self.path}:{next(lines, 0) + 1}: {message}")


class _Found(NamedTuple):
    value: Any
    origin: str


def user_config_path(environment: Mapping[str, str] | None = None) -> Path:
    """The user's configuration file, whether it exists or not (XDG Base Directory Specification)."""
    folder = Path((os.environ if environment is None else environment).get("XDG_CONFIG_HOME", ""))
    return (folder if folder.is_absolute() else Path.home() / ".config") / "newscli" / "config.toml"


def load_config(
    root: Path | None = None,
    *,
    file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    site: Mapping[str, Any] | None = None,
) -> Config:
    """The settings in force: options over variables over the store's file over the user's over ``_config.yml``.

    Args:
        root: the store, whose ``newscli.toml`` or ``[tool.newscli]`` in ``pyproject.toml`` counts.
        file: a file to read in place of the store's.
        flags: settings given as options, by name; None is not given.
        environment: the environment; by default that of the process.
        site: what the site's ``_config.yml`` says.

    Raises:
        ConfigError: a file cannot be read, or a setting is unknown or of the wrong type.
    """
    environment = os.environ if environment is None else environment
    files = [_read(user_config_path(environment)), _read_store(root, file)]
    found = {
        name: _Found(value, "_config.yml")
        for name in _SITE_SETTINGS
        if isinstance(value := (site or {}).get(name), str)
    }
    queries: dict[str, str] = {}
    sections: dict[str, dict[str, Any]] = {}
    feeds: list[Mapping[str, Any]] = []
    for read in filter(None, files):
        for name, value in _iter_settings(read):
            group, _, key = name.partition(".")
            if name in SECTIONS:
                sections.setdefault(name, {}).update(value)
            elif group == FEEDS:
                feeds += value
            else:
                found[name] = _Found(value, str(read.path))
            if group == "queries":
                queries[key] = value
    found |= _from_environment(environment)
    found |= _from_flags(flags or {})
    html2text = _table(found, HTML2TEXT_SETTINGS)
    if convert := _table(found, CONVERT_SETTINGS) | ({"html2text": html2text} if html2text else {}):
        sections[CONVERT] = convert
    values = {name: found[key].value for name in _ATTRIBUTES if (key := name.replace("_", ".")) in found}
    origins = {name: each.origin for name, each in found.items()}
    return Config(**values, queries=queries, sections=sections, feeds=tuple(feeds), origins=origins)


def _table(found: Mapping[str, _Found], settings: Iterable[Setting]) -> dict[str, Any]:
    """The values of a table's settings, by their names in it, as far as something sets them."""
    return {setting.name.rpartition(".")[2]: found[setting.name].value for setting in settings if setting.name in found}


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for setting in SETTINGS:
        text = environment.get(setting.variable)
        if text:
            try:
                found[setting.name] = _Found(setting.read(text), setting.variable)
            except TypeError as error:
                raise ConfigError(f"${setting.variable}: {error}") from None
    return found


def _from_flags(flags: Mapping[str, Any]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for name, value in flags.items():
        if value is not None:
            try:
                found[name] = _Found(_BY_NAME[name].check(value), f"--{name}")
            except TypeError as error:
                raise ConfigError(f"--{error}") from None
    return found


def _read_store(root: Path | None, file: Path | None) -> _File | None:
    """The file that was asked for, else the store's own."""
    if file is not None:
        read = _read(file)
        if read is None and not file.is_file():
            raise ConfigError(f"No such configuration file: {file}")
        return read
    if root is None:
        return None
    return _read(root / STORE_FILE) or _read(root / PROJECT_FILE)


def _read(path: Path) -> _File | None:
    """The file; None when there is none, or it is a ``pyproject.toml`` that does not speak of newscli."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Cannot read {path}: {error}") from error
    if path.name == PROJECT_FILE and "newscli" not in text:
        return None  # most projects' files: not worth the parser
    return _File(path, text, _parse(text, path))


def _parse(text: str, path: Path) -> dict[str, Any]:
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text)
    except (TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error


def _iter_settings(file: _File) -> Iterator[tuple[str, Any]]:
    """Names and values of a file, checked; a command's table is one value, a saved query is ``queries.NAME``."""
    for key, value in file.content.items():
        if key in _GROUPS:
            yield from _iter_table(file, key, value)
        elif key in SECTIONS:
            yield key, _mapping(file, key, value)
        elif key == FEEDS:
            if not isinstance(value, list) or not all(isinstance(feed, Mapping) for feed in value):
                raise file.fault(key, f"feeds must be tables, [[feeds]], not {value!r}.")
            yield key, value
        else:
            yield key, _check(file, key, value)


def _iter_table(file: _File, group: str, table: object) -> Iterator[tuple[str, TomlValue]]:
    for key, value in _mapping(file, group, table).items():
        name = f"{group}.{key}"
        if name in _GROUPS:
            yield from _iter_table(file, name, value)
        else:
            yield name, _check(file, name, value)


def _mapping(file: _File, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise file.fault(name, f"{name} must be a table, not {value!r}.")
    return dict(value)


def _check(file: _File, name: str, value: object) -> TomlValue:
    """The value of a setting or saved query in a file."""
    setting = _find(name)
    if setting is None:
        raise file.fault(name, _unknown(name))
    try:
        checked = setting.check(value)
        return str(file.path.parent / Path(str(checked)).expanduser()) if name == "store" and checked else checked
    except (TypeError, RuntimeError) as error:
        raise file.fault(name, str(error)) from None


def _find(name: str) -> Setting | None:
    """The setting of that name; a saved query counts as one."""
    group, _, query = name.partition(".")
    return Setting(name, "", "a saved query") if group == "queries" and query else _BY_NAME.get(name)


def _unknown(name: str) -> str:
    if name.partition(".")[0] in SECTIONS:
        return f"{name!r} belongs to a command's own table. Write it into the file by hand."
    if name in _GROUPS:
        return f"{name!r} is a table. Name a key of it, as in {name}.NAME."
    near = nearest(name, [*_BY_NAME, *SECTIONS, *_GROUPS, FEEDS])
    return f"Unknown setting {name!r}." + (f" Did you mean {near}?" if near else "")


def set_value(path: Path, name: str, value: str) -> None:
    """Write one setting, or a saved query (``queries.NAME``), into a file; all else in it stays as it is.

    The file and its folder are made if need be. A ``pyproject.toml`` gets the setting under ``[tool.newscli]``.

    Raises:
        ConfigError: the setting is unknown, the value is wrong, or the file cannot be written or edited line by line.
    """
    setting = _find(name)
    if setting is None:
        raise ConfigError(_unknown(name))
    try:
        checked = setting.read(value)
    except TypeError as error:
        raise ConfigError(str(error)) from None
    try:
        text = path.read_bytes().decode() if path.exists() else ""
        edited = set_key(text, _PROJECT_TABLE if path.name == PROJECT_FILE else "", name, checked)
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, (edited.encode(),))
    except EditError as error:
        raise ConfigError(f"{path}: {error}. Edit the file by hand.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Cannot write {path}: {error}") from error
