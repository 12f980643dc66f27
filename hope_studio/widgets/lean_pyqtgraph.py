"""pyqtgraph, imported without its copies of all of Qt.

At import it copies every name of three Qt modules, and so makes PySide6 build each of their 1500
classes: half of the time until the first plot stands. Here its mirrors look a name up when it is
asked for. Import pyqtgraph from nowhere else.
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
    if "pyqtgraph" not in sys.modules:
        originals = [import_module(f"PySide6.{name}") for name in MIRRORED]
        for original in originals:
            mirror = _Mirror(original)
            sys.modules[mirror.__name__] = mirror
            vars(original)["__dir__"] = _no_names
        try:
            import_module("pyqtgraph")
        finally:
            for original in originals:
                del vars(original)["__dir__"]
    return sys.modules["pyqtgraph"]


class _Mirror(ModuleType):
    """Stands for `pyqtgraph.Qt.QtCore` and its like; names that it lacks come from PySide6."""

    def __init__(self, original: ModuleType) -> None:
        super().__init__(f"pyqtgraph.Qt.{original.__name__.rpartition('.')[2]}")
        self._original = original

    def __getattr__(self, name: str) -> object:
        return getattr(self._original, name)


def _no_names() -> Iterator[str]:
    return iter(())
