"""pyqtgraph, imported without its copies of all of Qt.

At import it copies every name of three Qt modules, and so makes PySide6 build each of their 1500
classes, which takes longer than all the rest of it. Here its mirrors of these modules look a name
up when it is first asked for, and keep it. Import pyqtgraph from nowhere else.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MIRRORED = ("QtCore", "QtGui", "QtWidgets")


def lean_pyqtgraph() -> ModuleType:
    """The package; the first call imports it."""
    if "pyqtgraph" in sys.modules:
        return sys.modules["pyqtgraph"]
    originals = [vars(import_module(f"PySide6.{name}")) for name in MIRRORED]
    listings = [original.get("__dir__") for original in originals]
    for original in originals:
        mirror = _Mirror(sys.modules[original["__name__"]])
        sys.modules[mirror.__name__] = mirror
        original["__dir__"] = _no_names
    try:
        return import_module("pyqtgraph")
    finally:
        for original, listing in zip(originals, listings, strict=True):
            del original["__dir__"]
            if listing is not None:
                original["__dir__"] = listing


class _Mirror(ModuleType):
    """Stands for `pyqtgraph.Qt.QtCore` and its like."""

    def __init__(self, original: ModuleType) -> None:
        super().__init__(f"pyqtgraph.Qt.{original.__name__.rpartition('.')[2]}")
        self._original = original

    def __getattr__(self, name: str) -> object:
        found = getattr(self._original, name)
        setattr(self, name, found)
        return found


def _no_names() -> Iterator[str]:
    return iter(())
