"""The checkpoints of the open run along its steps and as a list: keep, bin, write with one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hope_core.runs.events import CheckpointSaved
from hope_core.runs.pins import pin, read_pins
from hope_core.runs.retention import bin_checkpoints
from hope_studio.background import Background
from hope_studio.controls import CONTROLS
from hope_studio.core_words import core_words
from hope_studio.widgets.checkpoint_ribbon import CheckpointRibbon, Mark
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, size

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hope_core.runs.checkpoints import CheckpointInfo
    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder
    from hope_studio.session import Session

STEP = Qt.ItemDataRole.UserRole


class Standing(NamedTuple):
    """What there is to go back to, and which of it is pinned."""

    checkpoints: list[CheckpointInfo]
    pinned: frozenset[int]


class CheckpointsDock(QWidget):
    """Only checkpoints whose manifest is whole are listed; the newest stands on top.

    Signals:
        generate_asked: the path of a checkpoint, relative to its run, that shall write.
    """

    generate_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._standing = Standing([], frozenset())
        self._reading = Background()
        self._deeds = Background()
        """Apart from the reading, of which only the newest wish counts."""
        for work in (self._reading, self._deeds):
            work.done.connect(self._show)
            work.failed.connect(self._show_fault)
        self.ribbon = CheckpointRibbon()
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setColumnCount(3)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.words = label(role="muted", wrap=True)
        self.save_button = QPushButton()
        self.folder_button = QPushButton()
        self.generate_button = QPushButton()
        self.pin_button = QPushButton()
        self.bin_button = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.follow_phase()
        self.read()

    def retranslate(self) -> None:
        """Set every text again."""
        self.rows.setHeaderLabels([self.tr("Step"), self.tr("Size"), self.tr("Mark")])
        self.rows.setAccessibleName(self.tr("Checkpoints of the run"))
        self.save_button.setText(self.tr("Save now"))
        self.folder_button.setText(self.tr("Open the folder"))
        self.generate_button.setText(self.tr("Write with it"))
        self.bin_button.setText(self.tr("Move to the bin"))
        self._show(self._standing)

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
            self._reading.run(partial(_standing_of, run))
        else:
            self._show(Standing([], frozenset()))

    @Slot()
    def open_folder(self) -> None:
        """Show the run folder in the system's file manager."""
        if self.session.run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.run.path)))

    @Slot()
    def pin_chosen(self) -> None:
        """Pin the chosen ones, so that no save removes them; or let go of them again."""
        wanted = not self._all_pinned()
        self._do(partial(_pin_all, steps=self.chosen(), pinned=wanted))

    @Slot()
    def bin_chosen(self) -> None:
        """Put the chosen ones into the system's bin."""
        self._do(partial(bin_checkpoints, steps=self.chosen()))

    @Slot()
    def generate_with_chosen(self) -> None:
        """Ask for a text by the chosen checkpoint."""
        for info in self._standing.checkpoints:
            if [info.step] == self.chosen():
                self.generate_asked.emit(f"checkpoints/{info.path.name}")

    def chosen(self) -> list[int]:
        """The steps of the chosen rows."""
        return sorted(int(row.data(0, STEP)) for row in self.rows.selectedItems())

    # -- inside ----------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        buttons = QGridLayout()
        for place, button in enumerate((self.generate_button, self.pin_button, self.bin_button)):
            buttons.addWidget(button, place // 2, place % 2)
        buttons.addWidget(self.save_button, 1, 1)
        buttons.addWidget(self.folder_button, 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        for part in (self.ribbon, self.words):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.session.save_now)
        self.folder_button.clicked.connect(self.open_folder)
        self.generate_button.clicked.connect(self.generate_with_chosen)
        self.pin_button.clicked.connect(self.pin_chosen)
        self.bin_button.clicked.connect(self.bin_chosen)
        self.rows.itemSelectionChanged.connect(self._follow_choice)
        self.rows.itemActivated.connect(self.generate_with_chosen)
        self.ribbon.chosen.connect(self._choose)
        self.session.run_changed.connect(self.read)
        self.session.phase_changed.connect(self.follow_phase)
        self.session.events_arrived.connect(self.take)

    def _do(self, deed: Callable[[Path], None]) -> None:
        run = self.session.run
        if run is not None and self.chosen():
            self._deeds.run(partial(_done_and_standing, run, deed))

    @Slot(object)
    def _show(self, standing: Standing) -> None:
        chosen, self._standing = self.chosen(), standing
        newest_first = sorted(standing.checkpoints, key=_step_of, reverse=True)
        self.rows.clear()
        for info in newest_first:
            marks = [self.tr("best")] if info.best else []
            marks += [self.tr("pinned")] if info.step in standing.pinned else []
            row = QTreeWidgetItem([number(info.step), size(info.size), ", ".join(marks)])
            row.setData(0, STEP, info.step)
            self.rows.addTopLevelItem(row)
            row.setSelected(info.step in chosen)
        marks_on_ribbon = [
            Mark(info.step, info.size, info.best, info.step in standing.pinned)
            for info in reversed(newest_first)
        ]
        history = self.session.history
        self.ribbon.show_marks(marks_on_ribbon, history.step if history is not None else 1)
        self.ribbon.setVisible(bool(newest_first))
        total = size(sum(info.size for info in newest_first))
        told = self.tr("Checkpoints: {count}, {size} together")
        words = told.format(count=number(len(newest_first)), size=total)
        self.words.setText(words if newest_first else self.tr("No checkpoint yet."))
        self._follow_choice()

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self.chosen()
        self.ribbon.select(chosen)
        self.generate_button.setEnabled(len(chosen) == 1)
        self.pin_button.setEnabled(bool(chosen))
        self.pin_button.setText(self.tr("Unpin") if self._all_pinned() else self.tr("Pin"))
        self.bin_button.setEnabled(bool(chosen))

    @Slot(object)
    def _choose(self, step: int) -> None:
        for place in range(self.rows.topLevelItemCount()):
            row = self.rows.topLevelItem(place)
            if row is not None:
                row.setSelected(int(row.data(0, STEP)) == step)

    def _all_pinned(self) -> bool:
        chosen = self.chosen()
        return bool(chosen) and self._standing.pinned.issuperset(chosen)

    @Slot(object)
    def _show_fault(self, error: Exception) -> None:
        self.words.setText(core_words(str(error)))


def _standing_of(run: RunFolder) -> Standing:
    return Standing(run.checkpoints(), read_pins(run.path))


def _done_and_standing(run: RunFolder, deed: Callable[[Path], None]) -> Standing:
    """Do something with the run's checkpoints, then look again."""
    deed(run.path)
    return _standing_of(run)


def _pin_all(run: Path, *, steps: list[int], pinned: bool) -> None:
    for step in steps:
        pin(run, step, pinned=pinned)


def _step_of(info: CheckpointInfo) -> int:
    return info.step
