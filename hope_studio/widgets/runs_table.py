"""The look of the table of runs: whole rows, sorted by what a column means, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSortFilterProxyModel, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from hope_studio.widgets.runs_model import SORT_ROLE

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hope_studio.widgets.runs_model import RunsModel

ROW_HEIGHT = 32
NAME_WIDTH = 170
"""Pixels, at least; names get what the other columns leave."""


class RunsTable(QTableView):
    """Shows `sorted`, the model behind a filter over all columns."""

    def __init__(self, model: RunsModel) -> None:
        super().__init__()
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(model)
        self.sorted.setSortRole(SORT_ROLE)
        self.sorted.setFilterKeyColumn(-1)
        self.sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(model.columnCount() - 1, Qt.SortOrder.DescendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, NAME_WIDTH)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._widen_names)
        header.sectionResized.connect(self._resized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the names what room there is."""
        super().resizeEvent(event)
        self._soon.start()

    @Slot(int)
    def _resized(self, section: int) -> None:
        if section > 0:
            self._soon.start()

    @Slot()
    def _widen_names(self) -> None:
        header = self.horizontalHeader()
        others = sum(header.sectionSize(place) for place in range(1, header.count()))
        header.resizeSection(0, max(NAME_WIDTH, self.viewport().width() - others))
