"""What can be done with the selected runs, as a row of buttons."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QPushButton, QWidget

from hope_core.errors import HopeError
from hope_studio.background import Background
from hope_studio.core_words import core_words
from hope_studio.run_words import RESUMABLE
from hope_studio.theme import set_icon
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.runs.listing import RunSummary
    from hope_studio.session import Session


class RunButtons(QWidget):
    """Buttons that act on the runs they were shown last.

    Signals:
        said: a sentence about what was done.
        failed: the error that kept it from being done.
        binned: runs were moved to the bin.
    """

    said = Signal(str)
    failed = Signal(object)
    binned = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._runs: list[RunSummary] = []
        self._binning = Background()
        self._reporting = Background()
        self.open_button = QPushButton()
        self.resume_button = QPushButton()
        self.folder_button = QPushButton()
        self.command_button = QPushButton()
        self.report_button = QPushButton()
        self.bin_button = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.open_button.setText(self.tr("Open"))
        self.resume_button.setText(self.tr("Resume"))
        self.folder_button.setText(self.tr("Show folder"))
        self.command_button.setText(self.tr("Copy as command"))
        self.report_button.setText(self.tr("Report…"))
        self.bin_button.setText(self.tr("Move to bin"))
        self.show_runs(self._runs)

    @property
    def busy(self) -> bool:
        """Whether runs are being binned or a report is being written."""
        return self._binning.busy or self._reporting.busy

    def show_runs(self, runs: list[RunSummary]) -> None:
        """Act on these runs from now on; what cannot be done with them is off."""
        self._runs = runs
        one = runs[0] if len(runs) == 1 else None
        whole = one is not None and one.state != "damaged"
        self.open_button.setEnabled(whole)
        can_resume = whole and one is not None and one.state in RESUMABLE
        self.resume_button.setEnabled(can_resume and not self._session.phase.live)
        self.folder_button.setEnabled(one is not None)
        self.command_button.setEnabled(whole)
        self.report_button.setEnabled(any(run.state != "damaged" for run in runs))
        self.bin_button.setEnabled(bool(runs))

    @Slot()
    def open_selected(self) -> None:
        """Show the selected run on the Train page."""
        for run in self._runs[:1]:
            if run.state != "damaged":
                self._session.open_run(run.path)
                self._session.show_page("train")

    @Slot()
    def resume_selected(self) -> None:
        """Go on with the selected run."""
        for run in self._runs[:1]:
            self._session.resume_run(run.path)
            self._session.show_page("train")

    @Slot()
    def show_folder(self) -> None:
        """Open the selected run's folder in the system's file manager."""
        for run in self._runs[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.path)))

    @Slot()
    def copy_command(self) -> None:
        """Put the line that trains the selected run again on the clipboard."""
        from hope_core.config.differences import train_command
        from hope_core.runs.folder import RunFolder

        for run in self._runs[:1]:
            try:
                QGuiApplication.clipboard().setText(train_command(RunFolder.open(run.path).config))
            except HopeError as error:
                self.failed.emit(error)
            else:
                self.said.emit(self.tr("Copied. Paste it into a terminal to train this again."))

    @Slot()
    def ask_for_report(self) -> None:
        """Ask where a report of the selected runs shall be written."""
        runs = self._runs
        if not runs:
            return
        kinds = f"{self.tr('Page')} (*.html);;Markdown (*.md)"
        name = f"{runs[0].name}.html"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write a report"), name, kinds)
        if chosen:
            self.report(runs, Path(chosen))

    def report(self, runs: Sequence[RunSummary], target: Path) -> None:
        """Write a report of these runs."""
        self._reporting.run(partial(_report, [run.path for run in runs], target))

    @Slot(object)
    def _reported(self, target: Path) -> None:
        self.said.emit(self.tr("Written: {file}").format(file=target))

    @Slot()
    def bin_selected(self) -> None:
        """Move the selected runs to the bin, after a question."""
        runs = self._runs
        if not runs:
            return
        if len(runs) == 1:
            question = self.tr("Move the run {name} to the bin?").format(name=runs[0].name)
        else:
            question = self.tr("Move {count} runs to the bin?").format(count=number(len(runs)))
        answer = QMessageBox.question(self, self.tr("Move to bin"), question)
        if answer is QMessageBox.StandardButton.Yes:
            self._binning.run(partial(_bin, runs))

    @Slot(object)
    def _binned(self, problems: list[str]) -> None:
        if problems:
            self.failed.emit(HopeError(" ".join(problems)))
        self.binned.emit()

    def _lay_out(self) -> None:
        set_icon(self.resume_button, "resume")
        set_icon(self.folder_button, "folder")
        set_icon(self.command_button, "copy")
        set_icon(self.report_button, "download")
        set_icon(self.bin_button, "trash")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        acting = (self.open_button, self.resume_button, self.folder_button)
        for button in (*acting, self.command_button, self.report_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.bin_button)

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.open_selected)
        self.resume_button.clicked.connect(self.resume_selected)
        self.folder_button.clicked.connect(self.show_folder)
        self.command_button.clicked.connect(self.copy_command)
        self.report_button.clicked.connect(self.ask_for_report)
        self.bin_button.clicked.connect(self.bin_selected)
        self._binning.done.connect(self._binned)
        self._binning.failed.connect(self.failed)
        self._reporting.done.connect(self._reported)
        self._reporting.failed.connect(self.failed)


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


def _report(runs: list[Path], target: Path) -> Path:
    """Write a report, in a thread; where it was written."""
    from hope_core.reports.facts import facts_of
    from hope_core.reports.writing import write_report
    from hope_core.runs.folder import RunFolder

    write_report([facts_of(RunFolder.open(path)) for path in runs], target, say=core_words)
    return target
