"""The checkpoints of the open run, the newest on top, with the best one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hope_core.runs.events import CheckpointSaved
from hope_studio.background import Background
from hope_studio.controls import CONTROLS
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, size

if TYPE_CHECKING:
    from hope_core.runs.checkpoints import CheckpointInfo
    from hope_core.runs.events import Event
    from hope_studio.session import Session


class CheckpointsDock(QWidget):
    """What can be gone back to; only checkpoints whose manifest is whole are listed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._reading = Background()
        self._reading.done.connect(self._show)
        self._reading.failed.connect(self._show_fault)
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setColumnCount(3)
        self.empty = label(role="muted", wrap=True)
        self.save_button = QPushButton()
        self.folder_button = QPushButton()
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.empty)
        column.addWidget(self.rows, 1)
        column.addLayout(buttons)
        self.save_button.clicked.connect(session.save_now)
        self.folder_button.clicked.connect(self.open_folder)
        session.run_changed.connect(self.read)
        session.phase_changed.connect(self.follow_phase)
        session.events_arrived.connect(self.take)
        self.retranslate()
        self.follow_phase()
        self.read()

    def retranslate(self) -> None:
        """Set every text again."""
        self.rows.setHeaderLabels([self.tr("Step"), self.tr("Size"), self.tr("Mark")])
        self.rows.setAccessibleName(self.tr("Checkpoints of the run"))
        self.empty.setText(self.tr("No checkpoint yet."))
        self.save_button.setText(self.tr("Save now"))
        self.folder_button.setText(self.tr("Open the folder"))

    @Slot()
    def follow_phase(self) -> None:
        """A checkpoint can be asked for only while the run is live."""
        self.save_button.setEnabled(CONTROLS[self.session.phase].live_wishes)

    @Slot(object)
    def take(self, batch: list[Event]) -> None:
        """Look again after each save."""
        if any(isinstance(event, CheckpointSaved) for event in batch):
            self.read()

    @Slot()
    def read(self) -> None:
        """Read the manifests, off the window's thread."""
        run = self.session.run
        self.folder_button.setEnabled(run is not None)
        if run is not None:
            self._reading.run(run.checkpoints)
        else:
            self._show([])

    @Slot()
    def open_folder(self) -> None:
        """Show the run folder in the system's file manager."""
        if self.session.run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.run.path)))

    @Slot(object)
    def _show(self, checkpoints: list[CheckpointInfo]) -> None:
        self.rows.clear()
        self.empty.setVisible(not checkpoints)
        for info in sorted(checkpoints, key=_step_of, reverse=True):
            mark = self.tr("best") if info.best else ""
            self.rows.addTopLevelItem(QTreeWidgetItem([number(info.step), size(info.size), mark]))

    @Slot(object)
    def _show_fault(self, error: Exception) -> None:
        self.empty.setText(str(error))
        self.empty.show()


def _step_of(info: CheckpointInfo) -> int:
    return info.step
