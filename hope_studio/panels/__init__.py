"""The panels: one plot of the Train page a file, found by looking into this folder."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hope_studio.panels.panel import Panel


def find_panels() -> list[type[Panel]]:
    """Every panel class of this folder, in the order in which the page shows them."""
    from hope_studio.panels.panel import Panel

    found: list[type[Panel]] = []
    for info in iter_modules(__path__):
        module = import_module(f"{__name__}.{info.name}")
        found += [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, Panel)
            and kind.__module__ == module.__name__
            and kind is not Panel
        ]
    return sorted(found, key=lambda kind: kind.order)
