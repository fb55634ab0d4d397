"""Config files: where settings come from, read and checked, and how one is written into its file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from newscli.config import (
    ATTRIBUTES,
    BY_NAME,
    FEEDS,
    GROUPS,
    SECTIONS,
    SETTINGS,
    Config,
    complaint_about,
    find_setting,
)
from newscli.errors import ConfigError
from newscli.files import replace
from newscli.settings import CONVERT, CONVERT_SETTINGS, HTML2TEXT_SETTINGS, Setting
from newscli.toml_edit import EditError, TomlValue, iter_names, set_key

STORE_FILE = "newscli.toml"
PROJECT_FILE = "pyproject.toml"
_PROJECT_TABLE = "tool.newscli"
_SITE_SETTINGS = ("timezone", "permalink")  # what counts of a ``_config.yml``


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
    values = {name: found[key].value for name in ATTRIBUTES if (key := name.replace("_", ".")) in found}
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
                found[name] = _Found(BY_NAME[name].check(value), f"--{name}")
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
        if key in GROUPS:
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
        if name in GROUPS:
            yield from _iter_table(file, name, value)
        else:
            yield name, _check(file, name, value)


def _mapping(file: _File, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise file.fault(name, f"{name} must be a table, not {value!r}.")
    return dict(value)


def _check(file: _File, name: str, value: object) -> TomlValue:
    """The value of a setting or saved query in a file."""
    setting = find_setting(name)
    if setting is None:
        raise file.fault(name, complaint_about(name))
    try:
        checked = setting.check(value)
        return str(file.path.parent / Path(str(checked)).expanduser()) if name == "store" and checked else checked
    except (TypeError, RuntimeError) as error:
        raise file.fault(name, str(error)) from None


def set_value(path: Path, name: str, value: str) -> None:
    """Write one setting, or a saved query (``queries.NAME``), into a file; all else in it stays as it is.

    The file and its folder are made if need be. A ``pyproject.toml`` gets the setting under ``[tool.newscli]``.

    Raises:
        ConfigError: the setting is unknown, the value is wrong, or the file cannot be written or edited line by line.
    """
    setting = find_setting(name)
    if setting is None:
        raise ConfigError(complaint_about(name))
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
