"""What can be asked of a run while it trains: another learning rate, a sample, a save, a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from hope_studio.phases import Phase
from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_studio.session import Session

SETTLE_MS = 500
"""A factor that is still being changed is not sent yet."""
NARROW = 38
"""Pixels of a button with two signs on it."""
TEXT_MARGIN = 6
"""Pixels before a number; style sheets cannot reach the line inside a spin box."""


class LiveControls(QFrame):
    """A card of wishes; each is enabled while somebody is there to grant it.

    Signals:
        branch_asked: a new run is to begin with this one's weights.
    """

    branch_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.session = session
        self.title = label(role="heading")
        self.factor_label = label(role="muted")
        self.factor = QDoubleSpinBox(minimum=0.001, maximum=100.0, decimals=3, value=1.0)
        self.halve = QToolButton()
        self.double = QToolButton()
        self.sample = QPushButton()
        self.save = QPushButton()
        self.branch = QPushButton()
        self._settling = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.follow_phase()

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(self.tr("Live controls"))
        self.factor_label.setText(self.tr("Learning rate ×"))
        self.factor.setToolTip(
            self.tr("By what the scheduled learning rate is multiplied from the next step on")
        )
        self.halve.setToolTip(self.tr("Halve the learning rate"))
        self.double.setToolTip(self.tr("Double the learning rate"))
        for button in (self.halve, self.double):
            button.setAccessibleName(button.toolTip())
        self.sample.setText(self.tr("Sample now"))
        self.sample.setToolTip(self.tr("Write a sample after the step in progress"))
        self.save.setText(self.tr("Save now"))
        self.save.setToolTip(self.tr("Save a checkpoint after the step in progress"))
        self.branch.setText(self.tr("Branch from here ..."))
        self.branch.setToolTip(
            self.tr("Begin a new run with this one's weights and the settings being edited")
        )

    def follow_phase(self) -> None:
        """Enable what the phase allows."""
        wishes = self.session.phase in (Phase.RUNNING, Phase.PAUSING, Phase.PAUSED)
        for widget in (self.factor, self.halve, self.double, self.sample, self.save):
            widget.setEnabled(wishes)
        history = self.session.history
        saved = history is not None and bool(history.checkpoints)
        ended = self.session.phase.ended and saved
        self.branch.setEnabled(ended or (wishes and self.session.history is not None))

    def show_factor(self) -> None:
        """Show the factor that the run trains with, unless another is being chosen."""
        history = self.session.history
        if not self._settling.isActive() and not self.factor.hasFocus():
            self.factor.blockSignals(True)
            self.factor.setValue(history.rate_factor if history is not None else 1.0)
            self.factor.blockSignals(False)

    def _lay_out(self) -> None:
        self.factor.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.factor.setKeyboardTracking(False)
        self.factor.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self.factor_label.setBuddy(self.factor)
        set_icon(self.sample, "sample")
        set_icon(self.save, "save")
        set_icon(self.branch, "plus")
        rate = QHBoxLayout()
        rate.setSpacing(6)
        rate.addWidget(self.factor, 1)
        for button in (self.halve, self.double):
            button.setText("÷2" if button is self.halve else "×2")
            button.setFixedWidth(NARROW)
            rate.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.factor_label)
        column.addLayout(rate)
        for wide in (self.sample, self.save, self.branch):
            column.addWidget(wide)

    def _connect(self) -> None:
        self.factor.valueChanged.connect(self._factor_moved)
        self._settling.timeout.connect(self._send_factor)
        self.halve.clicked.connect(self._halve)
        self.double.clicked.connect(self._double)
        self.sample.clicked.connect(self.session.sample_now)
        self.save.clicked.connect(self.session.save_now)
        self.branch.clicked.connect(self.branch_asked)

    @Slot()
    def _factor_moved(self) -> None:
        self._settling.start()

    @Slot()
    def _halve(self) -> None:
        self.factor.setValue(self.factor.value() / 2)

    @Slot()
    def _double(self) -> None:
        self.factor.setValue(self.factor.value() * 2)

    @Slot()
    def _send_factor(self) -> None:
        self.session.set_rate_factor(self.factor.value())
