"""Two small dialogs: about the program, and its keyboard shortcuts."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hope_studio.theme.icons import window_icon
from hope_studio.widgets.labels import label, without_mnemonic

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

PARTS = ("hope-studio", "torch", "numba", "numpy", "PySide6-Essentials", "pyqtgraph")


def versions_here() -> dict[str, str]:
    """Versions of the program and its parts, told without loading them."""
    found = {"Python": platform.python_version(), "Qt": qVersion()}
    for name in PARTS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    found["System"] = platform.platform()
    return found


class AboutDialog(QDialog):
    """What this is, and versions to copy into a report."""

    def __init__(self, parent: QWidget, versions: dict[str, str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About HOPE Studio"))
        self._versions = versions_here() | versions
        head = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(window_icon().pixmap(64, 64))
        words = QVBoxLayout()
        words.addWidget(label("HOPE Studio", "title"))
        about = self.tr(
            "Train, watch, question and teach small language models whose memory keeps learning."
        )
        words.addWidget(label(about, wrap=True))
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        form = QFormLayout()
        for name, number in self._versions.items():
            value = label(number, "mono")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(name, "muted"), value)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(form)
        column.addWidget(buttons)

    @Slot()
    def copy(self) -> None:
        """Copy the versions, one a line."""
        lines = (f"{name}: {number}" for name, number in self._versions.items())
        QGuiApplication.clipboard().setText("\n".join(lines))


class ShortcutSheet(QDialog):
    """Every action that has a key."""

    def __init__(self, parent: QWidget, actions: list[QAction]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        body = QWidget()
        body.setObjectName("scroll_body")
        form = QFormLayout(body)
        form.setHorizontalSpacing(32)
        form.addRow(label(self.tr("Space"), "mono"), label(self.tr("Pause or continue")))
        for action in actions:
            if not action.shortcut().isEmpty():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                form.addRow(label(keys, "mono"), label(without_mnemonic(action.text())))
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        self.resize(440, 560)
