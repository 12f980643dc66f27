"""Two small dialogs: about the program, and its keyboard shortcuts."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot, qVersion
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

from hope_core.runs.torch_build import torch_build
from hope_studio.theme.icons import window_icon
from hope_studio.widgets.labels import label, without_mnemonic

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hope_core.runs.torch_build import TorchBuild

translate = QCoreApplication.translate
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


def versions_with_cuda() -> dict[str, str]:
    """The same, and after torch for which GPUs it was built."""
    found = {}
    for name, number in versions_here().items():
        found[name] = number
        if name == "torch":
            found["CUDA"] = cuda_words(torch_build())
    return found


def cuda_words(build: TorchBuild | None) -> str:
    """For which GPUs torch was built, in words."""
    if build is None:
        return translate("About", "not known")
    if build.cuda:
        return translate("About", "{version}, as torch was built with").format(version=build.cuda)
    if build.hip:
        return translate("About", "no CUDA: this torch was built for ROCm {version}").format(
            version=build.hip
        )
    return translate("About", "no CUDA: this torch was built for the CPU alone")


class AboutDialog(QDialog):
    """What this is, and versions to copy into a report."""

    def __init__(self, parent: QWidget, versions: dict[str, str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About HOPE Studio"))
        self._versions = versions_with_cuda() | versions
        self._versions.pop("python", None)  # the helper's is the window's
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
