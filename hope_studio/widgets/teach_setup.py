"""How a conversation learns: which model, what moves, which memory, how hard it studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QSpinBox

from hope_core.inference.talk_messages import OpenTalkRequest
from hope_studio.widgets.card import Card
from hope_studio.widgets.memory_choice import MemoryChoice, saved_names
from hope_studio.widgets.model_choice import BEST, ModelChoice, kept_checkpoints
from hope_studio.widgets.sampling_form import TEXT_MARGIN

if TYPE_CHECKING:
    from hope_studio.session import Session

MEMORY_ONLY, FULL_MODEL = "memory_only", "full_model"


class TeachSetup(Card):
    """One row of choices.

    Signals:
        begin_wanted: the person wants a new conversation with these choices.
        changed: another choice was made.
    """

    begin_wanted = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.model = ModelChoice()
        self.mode = QComboBox()
        self.memory = MemoryChoice()
        self.steps = QSpinBox(minimum=0, maximum=200, value=16)
        self.rate = QDoubleSpinBox(
            decimals=5, minimum=0.0, maximum=0.1, singleStep=0.0005, value=0.001
        )
        self.begin_button = QPushButton()
        for choice in (self.model, self.mode):
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(12)
        for number in (self.steps, self.rate):
            number.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self._labels = [QLabel() for _ in range(5)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for column, (words, editor) in enumerate(zip(self._labels, self._editors(), strict=True)):
            words.setBuddy(editor)
            words.setProperty("role", "small")
            grid.addWidget(words, 0, column)
            grid.addWidget(editor, 1, column)
            grid.setColumnStretch(column, 2 if isinstance(editor, QComboBox) else 1)
        grid.addWidget(self.begin_button, 1, len(self._labels))
        self.body.addLayout(grid)
        self.begin_button.clicked.connect(self.begin_wanted)
        self.model.currentIndexChanged.connect(self.changed)
        self.mode.currentIndexChanged.connect(self._mode_chosen)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        titles = (
            (self.tr("Model"), self.tr("Which model you talk with")),
            (
                self.tr("What learns"),
                self.tr(
                    "Memory only: the weights stand still bit for bit, the memory writes. "
                    "Full model: a copy of the weights learns as well."
                ),
            ),
            (self.tr("Memory"), self.memory.toolTip()),
            (
                self.tr("Steps of study"),
                self.tr(
                    "Gradient steps on what you teach. 0: the memory only reads it, "
                    "with the gates it was trained with."
                ),
            ),
            (self.tr("Learning rate"), self.tr("Of the weights, where the full model learns")),
        )
        for (title, told), words, editor in zip(titles, self._labels, self._editors(), strict=True):
            words.setText(title)
            editor.setToolTip(told)
            editor.setAccessibleName(title)
            editor.setAccessibleDescription(told)
        chosen = self.mode.currentData() or MEMORY_ONLY
        self.mode.blockSignals(True)
        self.mode.clear()
        self.mode.addItem(self.tr("Memory only"), MEMORY_ONLY)
        self.mode.addItem(self.tr("Full model"), FULL_MODEL)
        self.mode.setCurrentIndex(self.mode.findData(chosen))
        self.mode.blockSignals(False)
        self.memory.retranslate()
        self._mode_chosen()

    def refresh(self) -> None:
        """Offer the checkpoints and memories that there are now."""
        self.model.show_models(kept_checkpoints(self.session.run, self.session.history), live=False)
        run = self.session.run
        self.memory.show_names(saved_names(run.path if run is not None else None))

    def show_state(self, *, open_talk: bool, busy: bool) -> None:
        """Name the button by what it does, and whether it can."""
        self.begin_button.setText(
            self.tr("Begin anew") if open_talk else self.tr("Begin a conversation")
        )
        self.begin_button.setEnabled(bool(self.model.source) and not busy)

    def request(self) -> OpenTalkRequest | None:
        """The conversation of these choices; None while there is no model."""
        run, source = self.session.run, self.model.source
        if run is None or not source:
            return None
        return OpenTalkRequest(
            run=str(run.path),
            checkpoint=None if source == BEST else source,
            mode=self.mode.currentData(),
            learning_rate=self.rate.value(),
            study_steps=self.steps.value(),
            memory=self.memory.memory,
        )

    def _editors(self) -> tuple[QComboBox | QSpinBox | QDoubleSpinBox, ...]:
        return (self.model, self.mode, self.memory, self.steps, self.rate)

    @Slot()
    def _mode_chosen(self, _place: int = 0) -> None:
        self.rate.setEnabled(self.mode.currentData() == FULL_MODEL)
