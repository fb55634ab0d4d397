import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))  # "explore" looks for new counterexamples

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the caches and settings of whoever runs it."""
    home = tmp_path / "home"
    for name, folder in (("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("NEWSCLI_STORE", raising=False)
    return home / "cache" / "newscli"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An empty Jekyll site in Shanghai."""
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "_config.yml").write_text("timezone: Asia/Shanghai\n", encoding="utf-8")
    return root


@pytest.fixture
def write(site: Path) -> Write:
    """Write a post of the site: its name, then its front matter by keyword, the body as ``body``."""

    def write_post(name: str, body: str = "text\n", **front_matter: str) -> Path:
        path = site / "_posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
        path.write_text(f"---\n{lines}---\n{body}", encoding="utf-8")
        return path

    return write_post
