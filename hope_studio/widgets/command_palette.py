"""The command palette: type a few letters of what you want to do, press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hope_studio.widgets.labels import without_mnemonic

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent

NAVIGATION = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Filters the actions by their words; those that cannot be used now are left out."""

    def __init__(self, parent: QWidget, actions: list[QAction]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find a command"))
        self._actions = [action for action in actions if action.isEnabled() and action.text()]
        self.list = QListWidget()
        self.field = _Field(self.list)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(2)
        self._no_icon = QPixmap(20, 20)
        self._no_icon.fill(Qt.GlobalColor.transparent)
        self.list.setAccessibleName(self.tr("Matching commands"))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self.filter)
        self.field.returnPressed.connect(self.run_chosen)
        self.list.itemActivated.connect(self.run_chosen)
        self.filter()
        self.resize(460, 400)

    @Slot()
    def filter(self) -> None:
        """Show the actions that hold every word typed."""
        words = self.field.text().casefold().split()
        self.list.clear()
        for index, action in enumerate(self._actions):
            text = without_mnemonic(action.text())
            if all(word in text.casefold() for word in words):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                icon = QIcon(self._no_icon) if action.icon().isNull() else action.icon()
                item = QListWidgetItem(icon, f"{text}    {keys}".rstrip())
                item.setData(Qt.ItemDataRole.UserRole, index)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot()
    def run_chosen(self) -> None:
        """Do what is marked."""
        item = self.list.currentItem()
        if item is not None:
            action = self._actions[item.data(Qt.ItemDataRole.UserRole)]
            self.accept()
            action.trigger()


class _Field(QLineEdit):
    """A field whose up and down keys move through a list."""

    def __init__(self, rows: QListWidget) -> None:
        super().__init__()
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hands the keys of movement on to the list."""
        if event.key() in NAVIGATION:
            self._rows.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
