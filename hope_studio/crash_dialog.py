"""Reports of crashes: offered in a sentence, shown in full, copied by hand; and how to go on."""

from __future__ import annotations

import io
import time
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
)

from hope_core.errors import HopeError
from hope_core.runs.storage import remove_quietly, write_bytes
from hope_studio.background import Background
from hope_studio.core_words import core_words
from hope_studio.crash_reports import BEGAN, FAULT, TRAINER, CrashKeeper, CrashReport
from hope_studio.crashed_run import CrashedRun, look_up
from hope_studio.messages import Message
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_studio.frame import Frame
    from hope_studio.window import MainWindow


class CrashOffer(QObject):
    """Looks for crashes after a start and offers their reports in the notice bar.

    Args:
        frame: the window's frame.
        keeper: where the reports are.
    """

    def __init__(self, frame: Frame, keeper: CrashKeeper) -> None:
        super().__init__(frame)
        self._frame = frame
        self._keeper = keeper
        self._looking = Background()
        self._looking.done.connect(self._offer)
        frame.notices.acted.connect(self._act)
        self._looking.run(keeper.collect)

    @property
    def busy(self) -> bool:
        """Whether crashes are still being looked for."""
        return self._looking.busy

    @Slot(object)
    def _offer(self, reports: list[CrashReport]) -> None:
        if reports:
            text, hint = self._words(reports[0])
            self._frame.notices.show_message(Message(text, hint, "warning", action="crash_report"))
            self._keeper.mark_seen()

    def _words(self, report: CrashReport) -> tuple[str, str]:
        if report.kind == TRAINER:
            text = self.tr("The trainer of {run} crashed.").format(run=report.run)
            hint = self.tr("The run is safe up to its last checkpoint: resume it from there.")
        elif report.kind == FAULT:
            text = self.tr("The studio made a mistake last time and did not close as it should.")
            hint = self.tr("Your runs are safe: each goes on from its last checkpoint.")
        else:
            text = self.tr("The studio crashed last time.")
            hint = self.tr("Your runs are safe: each goes on from its last checkpoint.")
        return text, hint

    @Slot(str)
    def _act(self, action: str) -> None:
        if action == "crash_report":
            self.show_reports()

    @Slot()
    def show_reports(self) -> None:
        """Open the dialog with every report there is."""
        CrashDialog(self._frame.window, self._keeper).open()


class CrashDialog(QDialog):
    """Every report, one at a time; to read, to copy, to remove, and to go on from.

    A run whose trainer crashed can be resumed from its last checkpoint; a window that met a fault
    and went on can be quit.
    """

    def __init__(self, window: MainWindow, keeper: CrashKeeper) -> None:
        super().__init__(window)
        self._window = window
        self._run: CrashedRun | None = None
        self._looking = Background()
        self._looking.done.connect(self._show_run)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reports of crashes"))
        self._keeper = keeper
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Report"))
        self.view = QPlainTextEdit(readOnly=True)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setAccessibleName(self.tr("Text of the report"))
        self.explanation = label(role="muted", wrap=True)
        self.explanation.setText(
            self.tr(
                "Reports stay on this machine until you copy or remove them. They tell where the "
                "program crashed and hold no text of yours: no prompt, no content of a file."
            )
        )
        self.safe = label(wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.resume_button = buttons.addButton(self.tr("Resume"), role)
        self.resume_button.setProperty("primary", True)
        self.resume_button.clicked.connect(self.resume)
        self.quit_button = buttons.addButton(self.tr("Quit"), role)
        self.quit_button.setToolTip(
            self.tr("Close the window; a run that trains is asked about, and can go on without it.")
        )
        self.quit_button.clicked.connect(self.quit)
        self.copy_button = buttons.addButton(self.tr("Copy"), role)
        self.save_button = buttons.addButton(self.tr("Save as ZIP ..."), role)
        self.remove_button = buttons.addButton(self.tr("Remove"), role)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.choose_file)
        self.remove_button.clicked.connect(self.remove)
        buttons.rejected.connect(self.reject)
        self.choice.currentIndexChanged.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for part in (self.explanation, self.choice):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(self.safe)
        column.addWidget(buttons)
        self.resize(720, 520)
        self._fill()

    @Slot()
    def copy(self) -> None:
        """Copy the report shown."""
        QGuiApplication.clipboard().setText(self.view.toPlainText())

    @Slot()
    def choose_file(self) -> None:
        """Ask where to, and save the report shown."""
        report = self.choice.currentData()
        if isinstance(report, CrashReport):
            kinds = self.tr("Archive (*.zip)")
            name = f"{report.path.stem}.zip"
            path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), name, kinds)
            if path:
                self._save(report, Path(path))

    def _save(self, report: CrashReport, path: Path) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{report.path.stem}.txt", report.text())
        try:
            write_bytes(path, data.getvalue())
        except (HopeError, OSError) as error:
            self.explanation.setText(core_words(str(error)))

    @Slot()
    def remove(self) -> None:
        """Remove the report shown from the disk."""
        report = self.choice.currentData()
        if isinstance(report, CrashReport):
            remove_quietly(report.path)
        self._fill()

    @Slot()
    def resume(self) -> None:
        """Go on with the run whose trainer crashed."""
        session = self._window.session
        if self._run is not None and session is not None:
            self.accept()
            session.resume_run(self._run.path)
            session.show_page("train")

    @Slot()
    def quit(self) -> None:
        """Close the window, which asks what shall become of a live run."""
        self.accept()
        self._window.close()

    def _fill(self) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for report in self._keeper.reports():
            self.choice.addItem(self._title(report), report)
        self.choice.blockSignals(False)
        self._show()

    def _title(self, report: CrashReport) -> str:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(report.moment))
        if report.kind == TRAINER:
            return self.tr("{when}: the trainer of {run} crashed").format(when=when, run=report.run)
        if report.kind == FAULT:
            return self.tr("{when}: a mistake of the studio").format(when=when)
        return self.tr("{when}: the studio crashed").format(when=when)

    @Slot()
    def _show(self) -> None:
        report = self.choice.currentData()
        is_there = isinstance(report, CrashReport)
        text = report.text() if is_there else self.tr("There are no reports.")
        self.view.setPlainText(text)
        for button in (self.copy_button, self.save_button, self.remove_button):
            button.setEnabled(is_there)
        self.choice.setVisible(is_there)
        self._run = None
        self.safe.hide()
        self.resume_button.hide()
        self.quit_button.setVisible(is_there and report.kind == FAULT and report.moment >= BEGAN)
        if is_there and report.kind == TRAINER:
            self._looking.run(partial(look_up, report.run))

    @Slot(object)
    def _show_run(self, run: CrashedRun) -> None:
        """What is safe of the run of the report shown, and the way on."""
        report = self.choice.currentData()
        if not isinstance(report, CrashReport) or report.run != run.name:
            return
        session = self._window.session
        live = session is not None and session.phase.live
        self._run = run
        self.safe.setText(run.sentence())
        self.safe.show()
        self.resume_button.setVisible(run.resumable)
        self.resume_button.setEnabled(not live)
        self.resume_button.setToolTip(self.tr("Another run is going on.") if live else "")
