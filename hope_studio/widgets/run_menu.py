"""The context menu of the list of runs: give a run away, in one of three forms, or take one in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from hope_studio.exchange import exchange_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hope_core.runs.listing import RunSummary
    from hope_studio.session import Session

KINDS = ("bundle", "weights", "preset")


class RunMenu(QMenu):
    """Opens over a list of runs; what gives away acts on the first one selected.

    Args:
        table: the list.
        session: whose window it is.
        selected: gives the selected runs.
    """

    def __init__(
        self, table: QWidget, session: Session, selected: Callable[[], list[RunSummary]]
    ) -> None:
        super().__init__(table)
        self._table = table
        self._session = session
        self._selected = selected
        self.exports = {kind: QAction(self) for kind in KINDS}
        for kind, action in self.exports.items():
            action.setData(kind)
            action.triggered.connect(self._export)
            self.addAction(action)
        self.addSeparator()
        self.take_in = QAction(self)
        self.take_in.triggered.connect(exchange_of(session).choose_import)
        self.addAction(self.take_in)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        texts = {
            "bundle": self.tr("Export the run with its checkpoint ..."),
            "weights": self.tr("Export its weights ..."),
            "preset": self.tr("Export its settings as a preset ..."),
        }
        for kind, text in texts.items():
            self.exports[kind].setText(text)
        self.take_in.setText(self.tr("Import a run, weights or a preset ..."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(QPoint)
    def _open(self, place: QPoint) -> None:
        for action in self.exports.values():
            action.setEnabled(bool(self._selected()))
        self.popup(self._table.mapToGlobal(place))

    @Slot()
    def _export(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            for run in self._selected()[:1]:
                exchange_of(self._session).export_run(run.path, str(action.data()))
