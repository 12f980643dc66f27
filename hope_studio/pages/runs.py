"""Every run there is: find some, compare them, open one, go on with it, or bin it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hope_studio.background import Background
from hope_studio.kept_parts import KeptOrder, KeptSplitter
from hope_studio.pages.page import Page
from hope_studio.run_words import listed_runs
from hope_studio.theme import set_icon
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.labels import label
from hope_studio.widgets.page_column import MARGIN, SPACING
from hope_studio.widgets.quantities import number
from hope_studio.widgets.run_buttons import RunButtons
from hope_studio.widgets.run_details import RunDetails
from hope_studio.widgets.run_menu import RunMenu
from hope_studio.widgets.runs_model import RunsModel
from hope_studio.widgets.runs_table import RunsTable

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.listing import RunSummary
    from hope_studio.session import Session


class RunsPage(Page):
    """A table with a filter, what the selected runs told, and buttons that act on them."""

    name: ClassVar[str] = "runs"
    icon: ClassVar[str] = "runs"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listing = Background()
        self.title = label(role="title")
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.count = label(role="muted")
        self.banner = Banner()
        self.model = RunsModel()
        self.table = RunsTable(self.model)
        self.sorted = self.table.sorted
        self.empty = label(role="muted", wrap=True)
        self.refresh_button = QPushButton()
        self.buttons = RunButtons(session)
        self.details = RunDetails(session)
        self.menu = RunMenu(self.table, session, self.selected)
        self._offered: Path | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("Runs"))
        self.filter.setPlaceholderText(self.tr("Filter by name, state, preset or tag"))
        self.filter.setAccessibleName(self.tr("Filter the runs"))
        self.table.setAccessibleName(self.tr("Runs"))
        self.empty.setText(self.tr("No runs yet. Train one on the first page; it is kept here."))
        self.refresh_button.setText(self.tr("Refresh"))
        self.buttons.retranslate()
        self.details.retranslate()
        self._show_count()
        self._show_selection()

    def shown(self) -> None:
        """List the runs as they are now."""
        self.refresh()

    def phase_changed(self) -> None:
        """A run began or ended: its row has changed."""
        if self.isVisible():
            self.refresh()
        self._show_selection()

    def busy(self) -> bool:
        """Whether the list is still being read."""
        return self._listing.busy or self.buttons.busy or self.details.busy

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self._listing.run(listed_runs)

    def selected(self) -> list[RunSummary]:
        """The selected runs, from top to bottom."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.runs[self.sorted.mapToSource(row).row()] for row in rows]

    def _lay_out(self) -> None:
        set_icon(self.refresh_button, "refresh")
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.filter)
        top.addWidget(self.refresh_button)
        self.filter.setMinimumWidth(240)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(top)
        column.addWidget(self.banner)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.empty, 1)
        above.addWidget(self.table, 1)
        above.addWidget(self.buttons)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(upper)
        self.parts.addWidget(self.details)
        self.parts.setSizes([350, 300])
        KeptSplitter(self.parts, "runs")
        KeptOrder(self.table, "runs-order")
        column.addWidget(self.parts, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.refresh_button.clicked.connect(self.refresh)
        self.table.activated.connect(self.buttons.open_selected)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.buttons.bin_selected)
        self.table.selectionModel().selectionChanged.connect(self._show_selection)
        self._listing.done.connect(self._show_runs)
        self._listing.failed.connect(self._show_fault)
        self.buttons.said.connect(self._say)
        self.buttons.failed.connect(self._show_fault)
        self.buttons.binned.connect(self.refresh)
        self.details.failed.connect(self._show_fault)
        self.details.notes_saved.connect(self.refresh)

    @Slot(str)
    def _filter(self, text: str) -> None:
        self.sorted.setFilterFixedString(text)
        self._show_count()

    @Slot(object)
    def _show_runs(self, runs: list[RunSummary]) -> None:
        chosen = {run.path for run in self.selected()} or self._open_run()
        self.model.show_runs(runs)
        self.empty.setVisible(not runs)
        self.table.setVisible(bool(runs))
        self._select(chosen)
        self._show_count()
        self._show_selection()

    def _open_run(self) -> set[Path]:
        """The open run, once: who takes the selection away shall not find it back."""
        run = self.session.run
        if run is None or run.path == self._offered:
            return set()
        self._offered = run.path
        return {run.path}

    def _select(self, paths: set[Path]) -> None:
        """Keep the selection over a refresh."""
        for row in range(self.sorted.rowCount()):
            source = self.sorted.mapToSource(self.sorted.index(row, 0)).row()
            if self.model.runs[source].path in paths:
                self.table.selectRow(row)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.banner.say(sentence)

    @Slot(object)
    def _show_fault(self, error: Exception) -> None:
        self.banner.say(str(error), tone="error")

    def _show_count(self) -> None:
        shown, whole = self.sorted.rowCount(), len(self.model.runs)
        words = self.tr("{shown} of {count}")
        self.count.setText(words.format(shown=number(shown), count=number(whole)) if whole else "")

    @Slot()
    def _show_selection(self) -> None:
        runs = self.selected()
        self.buttons.show_runs(runs)
        self.details.show_runs(runs)
