"""What a person moved stands there again at the next launch, and goes back when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QSplitter, QTableView, QWidget

from hope_studio.kept_parts import KeptOrder, KeptSplitter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def splitter(qtbot: QtBot) -> tuple[QSplitter, KeptSplitter]:
    made = QSplitter()
    for _ in range(2):
        made.addWidget(QWidget())
    made.resize(600, 200)
    qtbot.addWidget(made)
    made.show()
    made.setSizes([300, 300])
    return made, KeptSplitter(made, "test")


def table(qtbot: QtBot) -> tuple[QTableView, KeptOrder]:
    made = QTableView()
    made.setModel(QStandardItemModel(2, 3, made))
    made.setSortingEnabled(True)
    made.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.addWidget(made)
    return made, KeptOrder(made, "test-order")


def order_of(made: QTableView) -> tuple[int, Qt.SortOrder]:
    header = made.horizontalHeader()
    return header.sortIndicatorSection(), header.sortIndicatorOrder()


def test_a_splitter_stands_where_it_was_left(qtbot: QtBot) -> None:
    first, kept = splitter(qtbot)
    first.setSizes([100, 500])
    kept.remember()
    second, kept = splitter(qtbot)
    assert second.sizes() == first.sizes()
    kept.reset()
    assert second.sizes()[0] == second.sizes()[1]


def test_a_table_is_sorted_as_it_was(qtbot: QtBot) -> None:
    first, _ = table(qtbot)
    first.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    second, kept = table(qtbot)
    assert order_of(second) == (1, Qt.SortOrder.AscendingOrder)
    kept.reset()
    assert order_of(second) == (2, Qt.SortOrder.DescendingOrder)
