"""Words of the core that the window shows in its own language: settings, presets, levels.

The core speaks English. What is known beforehand (labels and descriptions of settings, names and
sentences of the presets, names of levels) is collected by `hope_studio.extract_texts` and
translated here; whole messages of the core are shown as they are.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def translated(text: str) -> str:
    """A label, description or name in the window's language; unknown texts stay as they are."""
    return QCoreApplication.translate("Settings", text) if text else ""


def level_words(name: str) -> str:
    """The name of a nesting level: `every step`, `continuum 2`."""
    kind, _, number = name.rpartition(" ")
    if kind and number.isdecimal():
        return translated(f"{kind} {{n}}").format(n=number)
    return translated(name)
