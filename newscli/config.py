"""Config: the one table of settings, and the settings in force with where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from typing import Any

from newscli.dates import load_zone
from newscli.errors import ConfigError
from newscli.settings import CONVERT, CONVERT_SETTINGS, HTML2TEXT, HTML2TEXT_SETTINGS, Setting
from newscli.text import nearest
from newscli.toml_edit import TomlValue

FEEDS = "feeds"
"""The list of feeds, ``[[feeds]]``, which ``import`` checks itself."""
SECTIONS = ("export", "import", "index", "list", "search", "show", "stats", "tags", "validate")
"""Tables that belong to one command, which checks them itself."""

GROUPS = ("fields", "queries", CONVERT, HTML2TEXT)
"""Tables of settings."""


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


ATTRIBUTES = {each.name: each for each in fields(Config) if each.metadata}
"""The attributes of :class:`Config` that are settings, by name."""
SETTINGS: tuple[Setting, ...] = (
    *(
        Setting(name.replace("_", "."), each.default, each.metadata["doc"], each.metadata["choices"])  # type: ignore[arg-type]
        for name, each in ATTRIBUTES.items()
    ),
    *CONVERT_SETTINGS,
    *HTML2TEXT_SETTINGS,
)
"""The one table of settings, for ``newscli config`` and the manual."""

BY_NAME = {setting.name: setting for setting in SETTINGS}
"""The settings by their names."""


def find_setting(name: str) -> Setting | None:
    """The setting of that name; a saved query counts as one."""
    group, _, query = name.partition(".")
    return Setting(name, "", "a saved query") if group == "queries" and query else BY_NAME.get(name)


def complaint_about(name: str) -> str:
    """What is wrong with a name that is no setting, and what may have been meant."""
    if name.partition(".")[0] in SECTIONS:
        return f"{name!r} belongs to a command's own table. Write it into the file by hand."
    if name in GROUPS:
        return f"{name!r} is a table. Name a key of it, as in {name}.NAME."
    near = nearest(name, [*BY_NAME, *SECTIONS, *GROUPS, FEEDS])
    return f"Unknown setting {name!r}." + (f" Did you mean {near}?" if near else "")
