"""The question where a run, its weights or settings are to be written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog

ENDINGS = {"bundle": ".zip", "weights": ".safetensors", "preset": ".yaml"}
"""Of each kind of file that is written."""

translate = QCoreApplication.translate


def ask_for_target(name: str, kind: str) -> str:
    """Ask for the path of a file of this kind; `name` is suggested, empty: none was chosen."""
    ending = ENDINGS[kind]
    kinds = {
        "bundle": translate("Exchange", "Run with its checkpoint ({ending})"),
        "weights": translate("Exchange", "Weights ({ending})"),
        "preset": translate("Exchange", "Settings ({ending})"),
    }
    path, _ = QFileDialog.getSaveFileName(
        QApplication.activeWindow(),
        translate("Exchange", "Export"),
        f"{name}{ending}",
        kinds[kind].format(ending=f"*{ending}"),
    )
    return path
