"""Finding the store without configuration: which folder is the site, which generator writes it, where its posts are."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newscli.config import Config
from newscli.config_files import load_config
from newscli.dialect import Dialect
from newscli.errors import NoStoreError, StoreError
from newscli.store import Store, site_zone

_HUGO = tuple(f"{stem}.{ending}" for stem in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
CONFIGURATIONS = {"hugo": (*_HUGO, *(f"config/_default/{name}" for name in _HUGO)), "jekyll": _JEKYLL}
"""The files in which a site of an engine is configured, the first that is there counts."""


def configuration_of(root: Path) -> list[Path]:
    """The files of a site, there or not, that decide how its posts are checked."""
    names = (
        "newscli.toml",
        "pyproject.toml",
        "_layouts",
        *(name for files in CONFIGURATIONS.values() for name in files),
    )
    return [root / name for name in names]


_ASTRO = ("src/content", "src/data", "src/pages")
"""Where the posts of an Astro site are, the first that is there; its configuration is a program, which may differ."""


def find_store(
    given: str | None = None,
    *,
    here: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    config_file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
) -> tuple[Store, Config]:
    """The store to work on and the settings in force.

    In this order: ``given`` (``-C``), ``$NEWSCLI_STORE``, the nearest parent with ``newscli.toml``, the nearest Jekyll
    tree, the nearest Hexo, Hugo or Astro site, this folder when it holds categories of posts (``CATEGORY/_posts``), the
    store of the user's settings.

    Raises:
        StoreError: there is none, or the folder does not exist.
        ConfigError: a setting is wrong.
    """
    named = given or environment.get("NEWSCLI_STORE")
    root = _folder(named) if named else _nearest(here or Path.cwd())
    if root is None:
        configured = load_config(None, file=config_file, flags=flags or {}, environment=environment, site={}).store
        if not configured:
            raise NoStoreError(
                "no archive found in this folder or above it.\n"
                "Name one with -C DIR, set NEWSCLI_STORE, or run: newscli config set store DIR"
            )
        root = _folder(configured)
    site = _site_settings(root)
    config = load_config(root, file=config_file, flags=flags or {}, environment=environment, site=site)
    return open_store(root, config), config


def open_store(root: Path, config: Config) -> Store:
    """The store in a folder, as its shape and the settings say."""
    kind, start, in_posts = _shape(root)
    dialect = Dialect(
        kind if config.dialect == "auto" else config.dialect,
        config.zone(),
        config.fields_tags,
        config.fields_categories,
        config.fields_authors,
        drafts=root.name == "_drafts",
    )
    return Store(root, start, dialect, in_posts=in_posts, ignore=config.ignore)


def _folder(name: str) -> Path:
    root = Path(os.path.expanduser(name)).absolute()  # noqa: PTH111 - Path.expanduser raises for a user who is none
    if root.is_dir():
        return Path(os.path.normpath(root))
    what = "is a file; name the folder of the archive" if root.exists() else "there is no such folder"
    raise StoreError(f"{name}: {what}")


def _nearest(here: Path) -> Path | None:
    """The nearest parent that is a store, by the first sign that any of them shows."""
    signs: tuple[Callable[[Path], bool], ...] = (_is_configured, _is_jekyll, _is_hexo, _is_hugo, _is_astro)
    parents = [here, *here.parents]
    found = next((folder for sign in signs for folder in parents if sign(folder)), None)
    return here if found is None and _has_category_posts(here) else found


def _is_configured(folder: Path) -> bool:
    return (folder / "newscli.toml").is_file()


def _is_jekyll(folder: Path) -> bool:
    if _is_hexo(folder):
        return False
    if any((folder / name).is_file() for name in _JEKYLL):
        return True
    is_part_of_hexo = folder.name == "source" and _is_hexo(folder.parent)
    return not is_part_of_hexo and any((folder / name).is_dir() for name in ("_posts", "_drafts"))


def _is_hexo(folder: Path) -> bool:
    return (folder / "source" / "_posts").is_dir() and not (folder / "_posts").is_dir()


def _is_hugo(folder: Path) -> bool:
    return (folder / "content").is_dir() and (
        any((folder / name).is_file() for name in _HUGO) or (folder / "config" / "_default").is_dir()
    )


def _is_astro(folder: Path) -> bool:
    return (folder / "src").is_dir() and any(folder.glob("astro.config.*"))


def _has_category_posts(folder: Path) -> bool:
    """Whether categories with posts stand in a folder that is otherwise bare; a site of its own is no category."""
    signs = (*_JEKYLL, ".git", "newscli.toml")
    return any(
        (inner / "_posts").is_dir() and not any((inner / name).exists() for name in signs)
        for inner in _inner_folders(folder)
    )


def _inner_folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return [
                Path(item.path) for item in found if item.is_dir(follow_symlinks=False) and item.name[0] not in "._"
            ]
    except OSError:
        return []


def _shape(root: Path) -> tuple[str, str, bool]:
    """The dialect, the folder where posts are looked for, and whether only ``_posts`` folders hold them."""
    try:
        if root.name in ("_posts", "_drafts"):
            return ("hexo" if root.parent.name == "source" else "jekyll"), "", False
        if _is_hexo(root):
            return "hexo", "source", True
        if _is_hugo(root):
            return "hugo", "content", False
        if _is_astro(root):
            return "astro", next((name for name in _ASTRO if (root / name).is_dir()), "src"), False
        if _is_jekyll(root) or _has_category_posts(root):
            return "jekyll", "", True
    except OSError as error:
        raise StoreError(f"{root}: {error.strerror or error}") from error
    return "plain", "", False


def _site_settings(root: Path) -> dict[str, str]:
    """What the site's own configuration says of the zone; one line of it is read, no parser loaded."""
    sites = [root, root.parent, root.parent.parent] if root.name in ("_posts", "_drafts") else [root]
    for folder in sites:
        for name in (*CONFIGURATIONS["jekyll"], *CONFIGURATIONS["hugo"]):
            try:
                text = (folder / name).read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if zone := site_zone(text):
                return {"timezone": zone}
    return {}
