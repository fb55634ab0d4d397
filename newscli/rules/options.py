"""The settings of ``newscli validate``: which rules, whose reading, what a post must have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from newscli.dates import DateError, load_zone, parse_date
from newscli.diagnostics import Severity
from newscli.dialect import PLAIN, Dialect
from newscli.errors import ConfigError
from newscli.fields import FieldSpec, read_fields
from newscli.nearest import did_you_mean
from newscli.permalinks import Permalinks, read_permalinks
from newscli.rules.model import ENGINES, RULES
from newscli.rules.others import OTHERS
from newscli.rules.selection import PRESETS, preset, resolve
from newscli.rules.site import layouts_of, liquid_tags_of, vocabulary_of
from newscli.schema import Collection, Schema, read_collections

_SETTINGS = frozenset(
    "engine select ignore extend-select extend-ignore preset per-file-ignores severity required now timezone min-date "
    "future date-format encoding tags fields collections unknown-keys layouts liquid-tags schema images-dir url-ignore "
    "permalink "
    "baseline fail-level format max-warnings max-diagnostics max-per-rule fixable unfixable jobs".split()
)
"""The names of the table; those of the last line are read by the command itself."""
_ADDED = ("extend-select", "extend-ignore")
"""Settings to which the command line adds."""


@dataclass(frozen=True, slots=True)
class TagRules:
    """What tags may be: the only names allowed, their letters, how many, whether a string is split at blanks."""

    vocabulary: tuple[str, ...] = ()
    case: str = ""
    max: int = 10
    split: bool = True


@dataclass(slots=True)
class Options:
    """The settings of one run.

    Attributes:
        engine: whose reading decides, one of :data:`newscli.rules.ENGINES`.
        selected: the codes that are on.
        asked: the codes that the settings or options name; a fault that hardly matters is told of these only.
        per_file_ignores: globs of paths and the codes that are off there.
        severity: codes whose severity differs from the rule's own.
        required: keys every post must have; unset means the title, and a date in the key or the file name.
        now: the present, for dates to come.
        zone: the zone of the site; None when nothing names one.
        min_date: the site's first day; future: whether dates to come are no errors.
        date_format: the form of dates, as ``strftime`` takes it; empty is any in ISO's manner.
        schema: a JSON Schema; None without one.
        unknown_keys: ``allow``, ``warn`` or ``error``; empty is slips of keys only.
        fix: ``none``, ``safe`` or ``unsafe``.
        permalinks: the patterns of the addresses of posts.
        dialect: how the site reads its posts.
        layouts, liquid_tags: what the site has beside what Jekyll has; found in its folders too.
        packages: those that bring rules of their own, with their versions; what is kept of a run depends on them too.
        url_ignore: globs of addresses that rules about links pass over.
        encoding: what files that are not UTF-8 are in; empty is found out.
        root: the folder that images and links of the site are looked up in; None leaves that out.
    """

    engine: str = "pyyaml"
    selected: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    severity: dict[str, Severity] = field(default_factory=dict)
    required: tuple[str, ...] | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    zone: tzinfo | None = None
    min_date: date | None = None
    future: bool = True
    date_format: str = ""
    tags: TagRules = TagRules()
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    collections: tuple[Collection, ...] = ()
    unknown_keys: str = ""
    layouts: tuple[str, ...] = ()
    liquid_tags: frozenset[str] = frozenset()
    images_dir: str = ""
    url_ignore: tuple[str, ...] = ()
    encoding: str = ""
    permalinks: Permalinks = field(default_factory=Permalinks)
    dialect: Dialect = PLAIN
    schema: Schema | None = None
    fix: str = "none"
    root: Any = None
    known_paths: frozenset[str] | None = None
    packages: tuple[str, ...] = field(default_factory=lambda: tuple(OTHERS.packages))

    @property
    def has_schema(self) -> bool:
        """Whether the settings say anything about the keys of a post."""
        return bool(self.fields or self.schema or self.collections)

    def ignored_at(self, path: str) -> frozenset[str]:
        """The codes that are off for a path."""
        found: frozenset[str] = frozenset()
        for glob, codes in self.per_file_ignores:
            if fnmatch(path, glob) or fnmatch(path.rpartition("/")[2], glob):
                found |= codes
        return found

    def spec_of(self, path: str) -> Collection | None:
        """The collection a path belongs to, the first that fits."""
        return next((one for one in self.collections if fnmatch(path, one.glob)), None)


def options_from(config: Mapping[str, Any], **flags: Any) -> Options:
    """The options of the table ``[validate]`` and of what the command line adds (its words win, None is unset).

    Args:
        config: the table as written, keys with ``-`` or ``_``.
        **flags: engine, select, ignore, extend_select, extend_ignore, per_file_ignores, severity, required, vocabulary,
            now, zone, schema, fix, root, layouts, permalink, permalinks, dialect, future, known_paths, encoding.

    Raises:
        ConfigError: an unknown setting or rule, or a value that is none.
    """
    given = {str(key).replace("_", "-"): value for key, value in config.items()}
    _check_names(given)
    flags = {key.replace("_", "-"): value for key, value in flags.items() if value not in (None, (), [], {})}
    added = {key: [*_words(given, key), *_words(flags, key)] for key in _ADDED if key in flags}
    severity = _severities(given.get("severity", {})) | _severities(flags.get("severity", {}))
    given |= {**flags, **added}
    options = Options()
    options.engine = _choice(given, "engine", ENGINES, "pyyaml")
    options.fix = _choice(given, "fix", ("none", "safe", "unsafe"), "none")
    if "unknown-keys" in given:
        options.unknown_keys = _choice(given, "unknown-keys", ("allow", "warn", "error"), "")
    options.selected = _selected(given, options.engine)
    options.per_file_ignores = _per_file(given.get("per-file-ignores", {}))
    options.severity = severity
    options.asked = _asked(given).union(options.severity)
    _set_dates(options, given)
    _set_schema(options, given)
    return options


def _check_names(given: Mapping[str, Any]) -> None:
    for key in given:
        if key not in _SETTINGS:
            raise ConfigError(f"Unknown setting {key!r} in [validate]{did_you_mean(key, sorted(_SETTINGS))}")


def _choice(given: Mapping[str, Any], name: str, choices: Iterable[str], default: str) -> str:
    value = given.get(name, default)
    if value not in choices:
        hint = did_you_mean(str(value), choices)
        raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {value!r}{hint}")
    return str(value)


def _words(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name, ())
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(word, str) for word in value):
        raise ConfigError(f"{name} in [validate] must be a list of words, not {value!r}")
    return [word.strip() for part in value for word in part.split(",") if word.strip()]


def _selected(given: Mapping[str, Any], engine: str) -> frozenset[str]:
    chosen = resolve(_words(given, "select"), "select") if "select" in given else None
    if chosen is None:
        chosen = preset(_choice(given, "preset", PRESETS, "default"))
    chosen |= resolve(_words(given, "extend-select"), "extend-select")
    chosen -= resolve(_words(given, "ignore"), "ignore")
    chosen -= resolve(_words(given, "extend-ignore"), "extend-ignore")
    return frozenset(code for code in chosen if RULES[code].severity(engine) is not None)


def _asked(given: Mapping[str, Any]) -> frozenset[str]:
    """The codes that the settings or options name; all of them under the strict preset."""
    words = [word for name in ("select", "extend-select") for word in _words(given, name)]
    return preset("strict") if given.get("preset") == "strict" else resolve(words, "select")


def _per_file(value: Any) -> tuple[tuple[str, frozenset[str]], ...]:
    if isinstance(value, Mapping):
        pairs = list(value.items())
    else:
        pairs = [(glob, codes) for glob, _, codes in (str(item).rpartition(":") for item in value)]
    found = []
    for glob, codes in pairs:
        if not glob:
            raise ConfigError("per-file-ignores wants a glob and codes, such as drafts/*:D3,T401")
        found.append((glob, resolve(_words({"codes": codes}, "codes"), "per-file-ignores")))
    return tuple(found)


def _severities(value: Any) -> dict[str, Severity]:
    pairs = value.items() if isinstance(value, Mapping) else [str(item).partition("=")[::2] for item in value]
    found: dict[str, Severity] = {}
    for word, level in pairs:
        if level == "":
            raise ConfigError(f"severity wants a code and a level, such as T401=error, not {word!r}")
        if level not in tuple(Severity):
            hint = did_you_mean(str(level), [str(one) for one in Severity])
            raise ConfigError(f"the severity of {word} must be error, warning or info, not {level!r}{hint}")
        found |= dict.fromkeys(resolve([word], "severity"), Severity(level))
    return found


def _set_dates(options: Options, given: Mapping[str, Any]) -> None:
    zone = given.get("zone", given.get("timezone"))
    options.zone = load_zone(zone) if isinstance(zone, str) and zone else zone or None
    options.future = bool(given.get("future", True))
    options.date_format = _date_format(str(given.get("date-format", "")))
    if now := given.get("now"):
        options.now = now if isinstance(now, datetime) else _moment(str(now), "now", options.zone)
        if options.now.tzinfo is None:
            options.now = options.now.replace(tzinfo=options.zone or UTC)
    if least := given.get("min-date"):
        options.min_date = _moment(str(least), "min-date", options.zone).date()


def _date_format(form: str) -> str:
    """The form of dates, one that can be read again."""
    try:
        if form:
            parse_date(datetime.now(UTC).strftime(form), UTC)
    except (DateError, ValueError) as error:
        raise ConfigError(
            f"date-format in [validate] gives no date: {form!r}: {error}; write one such as %Y-%m-%d %H:%M:%S %z"
        ) from None
    return form


def _moment(text: str, name: str, zone: tzinfo | None) -> datetime:
    try:
        return parse_date(text, zone or UTC)
    except DateError as error:
        raise ConfigError(f"{name} in [validate] is no date: {text!r}: {error}") from None


def _set_schema(options: Options, given: Mapping[str, Any]) -> None:
    if "required" in given:
        options.required = tuple(_words(given, "required"))
    tags = given.get("tags", {})
    if not isinstance(tags, Mapping):
        raise ConfigError("[validate.tags] must be a table")
    known = ("vocabulary", "case", "max", "split")
    for key in tags:
        if key not in known:
            raise ConfigError(f"Unknown setting {key!r} in [validate.tags]{did_you_mean(str(key), known)}")
    names = given.get("vocabulary", tags.get("vocabulary", ()))
    root = Path(given.get("root") or ".")
    if not isinstance(names, str):
        _words({"vocabulary": names}, "vocabulary")  # says so when it is no list of words
    vocabulary = vocabulary_of(root / names) if isinstance(names, str) else tuple(names)
    if tags.get("case", "lower") not in ("lower", "upper"):
        raise ConfigError(f"case in [validate.tags] must be lower or upper, not {tags['case']!r}")
    options.tags = TagRules(
        vocabulary, str(tags.get("case", "")), int(tags.get("max", 10)), bool(tags.get("split", True))
    )
    options.fields = read_fields(given.get("fields", {}))
    options.collections = read_collections(given.get("collections", ()))
    options.schema = given.get("schema")
    options.layouts = tuple(_words(given, "layouts"))
    options.liquid_tags = frozenset(_words(given, "liquid-tags"))
    options.url_ignore = tuple(_words(given, "url-ignore"))
    options.encoding = _encoding(str(given.get("encoding", "")))
    options.images_dir = str(given.get("images-dir", ""))
    options.permalinks = _permalinks(given, options.engine)
    options.dialect = given.get("dialect", PLAIN)
    options.root = given.get("root")
    if options.root is not None and options.engine == "jekyll":
        options.layouts = options.layouts or layouts_of(Path(options.root))
        options.liquid_tags |= liquid_tags_of(Path(options.root))
    options.known_paths = given.get("known-paths")


def _encoding(name: str) -> str:
    """The name of a character set, checked."""
    from codecs import lookup

    try:
        found = lookup(name) if name else None
    except (LookupError, ValueError):
        raise ConfigError(f"encoding: there is no character set {name!r}; write one such as gb18030") from None
    return found.name if found else ""


def _permalinks(given: Mapping[str, Any], engine: str) -> Permalinks:
    """The pattern of the settings, else those of the site's own configuration."""
    pattern = given.get("permalink")
    if pattern and engine == "jekyll":
        return read_permalinks(engine, {"permalink": pattern})
    return given.get("permalinks") or read_permalinks(engine, {})
