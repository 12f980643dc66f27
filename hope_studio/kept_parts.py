"""Splitters stay where a person put them and tables as they were sorted, also next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from hope_studio.settings import recall, recall_bytes, remember, remember_bytes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QTableView

GROUP = "parts"
REST_MS = 300
"""After the last movement."""


class KeptSplitter(QObject):
    """Remembers a splitter under a name and brings it back; a child of the splitter.

    Make it when the splitter stands as it should at first: `reset` goes back to that.
    """

    def __init__(self, part: QSplitter, name: str) -> None:
        super().__init__(part)
        self._part = part
        self._key = f"{GROUP}/{name}-{part.count()}"
        self._first = part.saveState()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.remember)
        kept = recall_bytes(self._key)
        if not kept.isEmpty():
            part.restoreState(kept)
        part.splitterMoved.connect(self._rest.start)

    def reset(self) -> None:
        """As it was at the very first."""
        self._part.restoreState(self._first)

    @Slot()
    def remember(self) -> None:
        """Keep how it stands now."""
        remember_bytes(self._key, self._part.saveState())


class KeptOrder(QObject):
    """Remembers by which column a table is sorted, and which way; a child of the table."""

    def __init__(self, table: QTableView, name: str) -> None:
        super().__init__(table)
        self._table = table
        self._key = f"{GROUP}/{name}"
        header = table.horizontalHeader()
        self._first = [header.sortIndicatorSection(), header.sortIndicatorOrder().value]
        self._sort(recall(self._key, self._first))
        header.sortIndicatorChanged.connect(self._remember)

    def reset(self) -> None:
        """As it was at the very first."""
        self._sort(self._first)

    def _sort(self, order: list[int]) -> None:
        if len(order) == 2 and 0 <= order[0] < self._table.model().columnCount():
            self._table.sortByColumn(order[0], Qt.SortOrder(order[1]))

    @Slot(int, Qt.SortOrder)
    def _remember(self, column: int, way: Qt.SortOrder) -> None:
        remember(self._key, [column, way.value])
