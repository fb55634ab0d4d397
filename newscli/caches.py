"""Caches: where what is known of a store is kept; every file there can be deleted at any time."""

import os
from hashlib import blake2b
from pathlib import Path

from newscli.store import Store


def cache_folder(environment: dict[str, str] | os._Environ[str] = os.environ) -> Path:
    """Where caches live: ``$XDG_CACHE_HOME/newscli``, ``~/.cache/newscli`` without it."""
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "newscli"


def index_path(store: Store, folder: Path | None = None) -> Path:
    """The file of a store's index."""
    digest = blake2b(os.fsencode(store.root), digest_size=6).hexdigest()
    name = "".join(character if character.isalnum() else "-" for character in store.root.name)[:40]
    return (folder or cache_folder()) / f"{name}-{digest}.sqlite"


def results_path(store: Store, folder: Path | None = None) -> Path:
    """The file of what validation found, beside the index."""
    return index_path(store, folder).with_suffix(".results.sqlite")
