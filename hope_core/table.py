"""A table of names: the only way from a word in a preset to a class of the program."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or lists all of them."""
    import difflib  # here, since the window paints before any word can be wrong

    choices = sorted(known)
    close = difflib.get_close_matches(name, choices, n=1, cutoff=0.55)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(choices)}."


class Table:
    """Maps a name to a lazily imported "module:Class"; the entries stand in the code."""

    def __init__(self, what: str, entries: Mapping[str, str]) -> None:
        self.what = what
        self._entries = dict(entries)

    def names(self) -> tuple[str, ...]:
        """Every registered name, in the order of the table."""
        return tuple(self._entries)

    def load(self, name: str) -> Any:  # noqa: ANN401 - the table's users know the kind
        """The class behind a name.

        Raises:
            ConfigError: the name is not in the table.
        """
        if name not in self._entries:
            hint = did_you_mean(name, self._entries)
            raise ConfigError([Problem(self.what, f"there is no {self.what} '{name}'.", hint)])
        module, _, attribute = self._entries[name].partition(":")
        return getattr(import_module(module), attribute)
