"""What the folders of a site tell the rules: its layouts, its Liquid tags, a list of its tags."""

import re
from pathlib import Path

from newscli.errors import ConfigError

_THEME = re.compile(r"^(?:remote_)?theme:", re.M)
_REGISTERED = re.compile(r"register_tag\(?\s*[\"':](\w+)")


def layouts_of(root: Path) -> tuple[str, ...]:
    """The layouts of a Jekyll site; none where a theme has others that nobody sees here."""
    config = root / "_config.yml"
    try:
        if config.exists() and _THEME.search(config.read_text("utf-8", "replace")):
            return ()
        return tuple(sorted({path.stem for path in (root / "_layouts").glob("*.*")}))
    except OSError:
        return ()


def liquid_tags_of(root: Path) -> frozenset[str]:
    """The Liquid tags that the plugins of a Jekyll site make."""
    try:
        made = [path.read_text("utf-8", "replace") for path in (root / "_plugins").glob("**/*.rb")]
    except OSError:
        return frozenset()
    return frozenset(name for text in made for name in _REGISTERED.findall(text))


def vocabulary_of(path: Path) -> tuple[str, ...]:
    """The names in a file with one a line; ``#`` starts a remark.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the vocabulary {path}: {error}") from None
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
