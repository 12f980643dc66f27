"""What differs from the preset: one row a setting, its old and its new value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hope_studio.draft import Draft


class ChangesView(QWidget):
    """A list that is empty when nothing was changed, and says so."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.empty = label(role="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        draft.changed.connect(self.refresh)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the draft."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Compare the draft with its preset again; while it is not seen, that can wait."""
        if not self.isVisible():
            return
        self.list.setHeaderLabels([self.tr("Setting"), self.tr("Preset"), self.tr("Now")])
        name = self._draft.baseline.name
        self.empty.setText(self.tr("Nothing differs from the preset {name}.").format(name=name))
        self.list.clear()
        changed = [field for field in self._draft.fields() if self._draft.is_modified(field)]
        for field in changed:
            values = (self._draft.original(field), self._draft.value(field.path))
            self.list.addTopLevelItem(QTreeWidgetItem([field.path, *(str(v) for v in values)]))
        self.list.setVisible(bool(changed))
        self.empty.setVisible(not changed)
