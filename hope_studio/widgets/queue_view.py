"""The runs that wait, in their order, and the form that lets a whole sweep of them wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hope_studio.queue_runner import queue_of
from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number
from hope_studio.widgets.sweep_form import SweepForm

if TYPE_CHECKING:
    from hope_studio.session import Session


class QueueView(QWidget):
    """A list with buttons to reorder it, beside the form of a sweep."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.queue = queue_of(session)
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.sentence = label(role="muted", wrap=True)
        self.start_button = QPushButton()
        self.up_button = QPushButton()
        self.down_button = QPushButton()
        self.remove_button = QPushButton()
        self.sweep = SweepForm(session)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.list.setAccessibleName(self.tr("Runs that wait"))
        self.up_button.setText(self.tr("Up"))
        self.down_button.setText(self.tr("Down"))
        self.remove_button.setText(self.tr("Remove"))
        self.sweep.retranslate()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what waits now, keeping the selection."""
        chosen = set(self.selected())
        waiting = self.queue.waiting()
        self.list.clear()
        for place, entry in enumerate(waiting, start=1):
            item = QListWidgetItem(f"{number(place)}.  {entry.label}")
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            self.list.addItem(item)
            item.setSelected(entry.id in chosen)
        self.list.setVisible(bool(waiting))
        self.sentence.setVisible(not waiting)
        self.sentence.setText(
            self.tr("The queue works on its last run.")
            if self.queue.going
            else self.tr(
                "No run waits. Add the settings of the Configure page, or a sweep of them."
            )
        )
        going = self.queue.going
        set_icon(self.start_button, "pause" if going else "play")
        self.start_button.setText(
            self.tr("Stop the queue") if going else self.tr("Start the queue")
        )
        self._show_selection()

    def selected(self) -> list[str]:
        """The ids of the selected entries, from top to bottom."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in rows]

    def _lay_out(self) -> None:
        set_icon(self.remove_button, "trash")
        buttons = QHBoxLayout()
        buttons.addWidget(self.start_button)
        buttons.addStretch(1)
        for button in (self.up_button, self.down_button, self.remove_button):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.sentence)
        left.addWidget(self.list, 1)
        left.addStretch(0)
        left.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self.sweep, 1)

    def _connect(self) -> None:
        self.queue.changed.connect(self.refresh)
        self.list.itemSelectionChanged.connect(self._show_selection)
        self.start_button.clicked.connect(self._toggle)
        self.up_button.clicked.connect(self._up)
        self.down_button.clicked.connect(self._down)
        self.remove_button.clicked.connect(self._remove)
        self.sweep.asked.connect(self.queue.add)

    @Slot()
    def _toggle(self) -> None:
        if self.queue.going:
            self.queue.stop()
        else:
            self.queue.start()

    @Slot()
    def _up(self) -> None:
        for entry in self.selected():
            self.queue.move(entry, -1)

    @Slot()
    def _down(self) -> None:
        for entry in reversed(self.selected()):
            self.queue.move(entry, 1)

    @Slot()
    def _remove(self) -> None:
        self.queue.remove(self.selected())

    @Slot()
    def _show_selection(self) -> None:
        some = bool(self.list.selectedItems())
        for button in (self.up_button, self.down_button, self.remove_button):
            button.setEnabled(some)
        self.start_button.setEnabled(self.queue.going or self.list.count() > 0)
