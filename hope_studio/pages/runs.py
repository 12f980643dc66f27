"""Every run there is: find one, open it, go on with it, or move it to the bin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
)

from hope_core.errors import HopeError
from hope_studio.background import Background
from hope_studio.pages.page import Page
from hope_studio.run_words import RESUMABLE, listed_runs
from hope_studio.theme import set_icon
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.labels import label
from hope_studio.widgets.page_column import MARGIN, SPACING
from hope_studio.widgets.quantities import number
from hope_studio.widgets.runs_model import RunsModel
from hope_studio.widgets.runs_table import RunsTable

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.listing import RunSummary
    from hope_studio.session import Session


class RunsPage(Page):
    """A table with a filter; the buttons act on the selected rows."""

    name: ClassVar[str] = "runs"
    icon: ClassVar[str] = "runs"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listing = Background()
        self._binning = Background()
        self.title = label(role="title")
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.count = label(role="muted")
        self.banner = Banner()
        self.model = RunsModel()
        self.table = RunsTable(self.model)
        self.sorted = self.table.sorted
        self.empty = label(role="muted", wrap=True)
        self.open_button = QPushButton()
        self.resume_button = QPushButton()
        self.folder_button = QPushButton()
        self.bin_button = QPushButton()
        self.refresh_button = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("Runs"))
        self.filter.setPlaceholderText(self.tr("Filter by name, state or preset"))
        self.filter.setAccessibleName(self.tr("Filter the runs"))
        self.table.setAccessibleName(self.tr("Runs"))
        self.empty.setText(self.tr("No runs yet. Train one on the first page; it is kept here."))
        self.open_button.setText(self.tr("Open"))
        self.resume_button.setText(self.tr("Resume"))
        self.folder_button.setText(self.tr("Show folder"))
        self.bin_button.setText(self.tr("Move to bin"))
        self.refresh_button.setText(self.tr("Refresh"))
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
        return self._listing.busy or self._binning.busy

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self._listing.run(listed_runs)

    def selected(self) -> list[RunSummary]:
        """The selected runs, from top to bottom."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.runs[self.sorted.mapToSource(row).row()] for row in rows]

    def _lay_out(self) -> None:
        set_icon(self.resume_button, "resume")
        set_icon(self.folder_button, "folder")
        set_icon(self.bin_button, "trash")
        set_icon(self.refresh_button, "refresh")
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.filter)
        top.addWidget(self.refresh_button)
        self.filter.setMinimumWidth(240)
        bottom = QHBoxLayout()
        for button in (self.open_button, self.resume_button, self.folder_button):
            bottom.addWidget(button)
        bottom.addStretch(1)
        bottom.addWidget(self.bin_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.empty, 1)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.refresh_button.clicked.connect(self.refresh)
        self.open_button.clicked.connect(self.open_selected)
        self.table.activated.connect(self.open_selected)
        self.resume_button.clicked.connect(self.resume_selected)
        self.folder_button.clicked.connect(self.show_folder)
        self.bin_button.clicked.connect(self.bin_selected)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.bin_selected)
        self.table.selectionModel().selectionChanged.connect(self._show_selection)
        self._listing.done.connect(self._show_runs)
        self._listing.failed.connect(self._show_fault)
        self._binning.done.connect(self._binned)
        self._binning.failed.connect(self._show_fault)

    @Slot()
    def open_selected(self) -> None:
        """Show the selected run on the Train page."""
        for run in self.selected()[:1]:
            if run.state != "damaged":
                self.session.open_run(run.path)
                self.session.show_page("train")

    @Slot()
    def resume_selected(self) -> None:
        """Go on with the selected run."""
        for run in self.selected()[:1]:
            self.session.resume_run(run.path)
            self.session.show_page("train")

    @Slot()
    def show_folder(self) -> None:
        """Open the selected run's folder in the system's file manager."""
        for run in self.selected()[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.path)))

    @Slot()
    def bin_selected(self) -> None:
        """Move the selected runs to the bin, after a question."""
        runs = self.selected()
        if not runs:
            return
        if len(runs) == 1:
            question = self.tr("Move the run {name} to the bin?").format(name=runs[0].name)
        else:
            question = self.tr("Move {count} runs to the bin?").format(count=number(len(runs)))
        answer = QMessageBox.question(self, self.tr("Move to bin"), question)
        if answer is QMessageBox.StandardButton.Yes:
            self._binning.run(partial(_bin, runs))

    @Slot(str)
    def _filter(self, text: str) -> None:
        self.sorted.setFilterFixedString(text)
        self._show_count()

    @Slot(object)
    def _show_runs(self, runs: list[RunSummary]) -> None:
        chosen = {run.path for run in self.selected()}
        self.model.show_runs(runs)
        self.empty.setVisible(not runs)
        self.table.setVisible(bool(runs))
        self._select(chosen)
        self._show_count()
        self._show_selection()

    def _select(self, paths: set[Path]) -> None:
        """Keep the selection over a refresh."""
        for row in range(self.sorted.rowCount()):
            source = self.sorted.mapToSource(self.sorted.index(row, 0)).row()
            if self.model.runs[source].path in paths:
                self.table.selectRow(row)

    @Slot(object)
    def _binned(self, problems: list[str]) -> None:
        if problems:
            self.banner.say(" ".join(problems), tone="error")
        else:
            self.banner.hide()
        self.refresh()

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
        one = runs[0] if len(runs) == 1 else None
        whole = one is not None and one.state != "damaged"
        self.open_button.setEnabled(whole)
        can_resume = whole and one is not None and one.state in RESUMABLE
        self.resume_button.setEnabled(can_resume and not self.session.phase.live)
        self.folder_button.setEnabled(one is not None)
        self.bin_button.setEnabled(bool(runs))


def _bin(runs: list[RunSummary]) -> list[str]:
    """Move runs to the bin, in a thread; what could not be moved, in words."""
    from hope_core.runs.listing import bin_run

    problems = []
    for run in runs:
        try:
            bin_run(run.path)
        except HopeError as error:
            problems.append(str(error))
    return problems
