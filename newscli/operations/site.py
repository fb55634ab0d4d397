"""Site: what of a site's own files decides how its posts are validated; settings and options win over it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newscli.discovery import CONFIGURATIONS
from newscli.finding import RuleText
from newscli.operations.scope import Site
from newscli.permalinks import read_permalinks
from newscli.rules import RULES
from newscli.rules.options import Options, options_from
from newscli.schema import find_schema

ENGINE_OF = {"astro": "astro", "hexo": "hexo", "hugo": "hugo", "jekyll": "jekyll", "plain": "pyyaml"}
"""The engine whose reading counts, by the dialect of the archive."""


def options_for(site: Site, flags: Mapping[str, Any]) -> Options:
    """The options of a run.

    Args:
        site: what is checked; its settings.
        flags: what the command line says, by the names of :func:`newscli.rules.options.options_from`.

    Raises:
        ConfigError: a setting, a rule or the schema is wrong.
    """
    section = dict(site.config.section("validate"))
    found = dict(flags)
    schema = found.pop("schema", None) or section.pop("schema", None)
    if not found.get("engine") and "engine" not in section:
        found["engine"] = ENGINE_OF[site.store.dialect.name]
    if "layouts" not in section:
        found["layouts"] = layouts(site.store.root)
    found["schema"] = find_schema(str(schema)) if schema else None
    found["zone"] = site.store.dialect.zone if site.config.timezone else None
    found["permalink"] = section.get("permalink") or site.config.permalink
    engine = str(found.get("engine") or section.get("engine"))
    found["permalinks"] = read_permalinks(engine, site_document(site.store.root, engine))
    found["dialect"] = site.store.dialect
    found["root"] = site.store.root
    return options_from(section, **found)


def layouts(root: Path) -> list[str]:
    """The layouts that a Jekyll site has; none where they come with a theme."""
    folder = root / "_layouts"
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html"))


def site_document(root: Path, engine: str) -> dict[Any, Any]:
    """The configuration of the site itself; empty where it has none or cannot be read."""
    from newscli.front_matter.loaders import LoadError, load_json, load_toml, load_yaml

    for name in CONFIGURATIONS.get(engine, ()):
        path = root / name
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.suffix in (".yml", ".yaml"):
                return load_yaml(text)[0]
            return load_toml(text) if path.suffix == ".toml" else load_json(text)
        except FileNotFoundError:
            continue
        except (OSError, LoadError):
            return {}
    return {}


def rule_texts(options: Options) -> dict[str, RuleText]:
    """What reports tell of each rule, as severe as it is under the options."""
    return {
        code: RuleText(
            code,
            rule.name,
            options.severity.get(code) or rule.severity(options.engine) or rule.level,
            rule.summary,
            rule.doc,
        )
        for code, rule in RULES.items()
    }
