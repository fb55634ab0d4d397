"""Plug points: one implementation a name, imported when it is first used.

A plug point has a table, name -> "module:object". A name that is not in it is looked up among the entry points of the
plug point's group, where other packages enter theirs; nobody can replace what is built in.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from newscli.errors import ConfigError, NewscliError
from newscli.nearest import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True, slots=True)
class PlugPoint:
    """Where implementations of one kind are found by name.

    Attributes:
        kind: what one is called in messages, such as ``format``.
        group: the group of the entry points, such as ``newscli.formats``.
        table: the built-in ones, name -> "module:object".
    """

    kind: str
    group: str
    table: Mapping[str, str]

    def load(self, name: str, also: Iterable[str] = (), others: str = "") -> Any:
        """The implementation of that name.

        Args:
            name: as typed.
            also: words to suggest beside the names there are.
            others: what else is accepted, said behind the list of them all.

        Raises:
            NewscliError: there is none, or one of another package cannot be loaded.
            ImportError: a built-in one needs a library that is not installed.
        """
        if name in self.table:
            module, _, attribute = self.table[name].partition(":")
            return getattr(import_module(module), attribute)
        point = self._entry_points().get(name)
        if point is None:
            raise self._unknown(name, also, others)
        try:
            return point.load()
        except Exception as error:
            raise NewscliError(f"the {self.kind} {name!r} ({point.value}) cannot be loaded: {error}") from error

    def check(self, name: str, also: Iterable[str] = ()) -> None:
        """See that there is one of that name, without importing it.

        Raises:
            ConfigError: there is none.
        """
        if name not in self.table and name not in self._entry_points():
            raise self._unknown(name, also, "")

    def added(self) -> "list[EntryPoint]":
        """What other packages have entered; where none has, that is known without reading about any of them."""
        return list(self._entry_points().values()) if _may_be_entered(self.group) else []

    def _entry_points(self) -> "dict[str, EntryPoint]":
        from importlib.metadata import entry_points

        return {point.name: point for point in entry_points(group=self.group)}

    def _unknown(self, name: str, also: Iterable[str], others: str) -> ConfigError:
        known = sorted({*self.table, *also, *self._entry_points()})
        hint = did_you_mean(name, known) or f"; there are {', '.join(known)}{others}"
        return ConfigError(f"no {self.kind} {name!r}{hint}")


RULES = PlugPoint("rule", "newscli.rules", {})
"""Modules with rules of other packages; here, because looking for them must not import newscli's own."""


def package_of(point: "EntryPoint") -> str:
    """The distribution that entered it, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.name


def _may_be_entered(group: str) -> bool:
    """Whether any package on the path may have entry points of a group.

    A look at the files costs a millisecond, importing ``importlib.metadata`` alone seventy. What is no folder, such as
    an archive of modules, may hold anything.
    """
    needle = group.encode()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - pathlib costs as much as the look itself
        except NotADirectoryError:
            return True
        except OSError:
            continue
        for name in names:
            if name.lower().endswith((".dist-info", "egg-info")) and _holds(
                f"{folder or '.'}/{name}/entry_points.txt", needle
            ):
                return True
    return False


def _holds(path: str, needle: bytes) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return needle in file.read()
    except OSError:
        return False
