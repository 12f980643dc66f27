"""The recipe "teach a fact, then ask": three texts, a button, a chart, and the outcome in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hope_studio.widgets.labels import label
from hope_studio.widgets.recipe_chart import RecipeChart, factor_words

if TYPE_CHECKING:
    from hope_core.inference.talk_messages import RecipeReply

FACT = "The password of the vault is kestrel."
QUESTION = "The password of the vault is"
ANSWER = " kestrel"
OTHER = "The colour of the garden is"


class RecipePanel(QWidget):
    """Nothing of it stays in the conversation: the recipe ends with a rollback.

    Signals:
        wanted: the person wants to follow the recipe.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.intro = label(role="small", wrap=True)
        self.fact = QLineEdit(FACT)
        self.question = QLineEdit(QUESTION)
        self.answer = QLineEdit(ANSWER)
        self.other = QLineEdit(OTHER)
        self.button = QPushButton()
        self.chart = RecipeChart()
        self.outcome = label(wrap=True)
        self._ended: RecipeReply | None = None
        self._labels = {name: QLabel() for name in ("fact", "question", "answer", "other")}
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        for name, words in self._labels.items():
            words.setBuddy(self._line(name))
            form.addRow(words, self._line(name))
            self._line(name).returnPressed.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.intro)
        column.addLayout(form)
        column.addWidget(self.button)
        column.addWidget(self.chart)
        column.addWidget(self.outcome)
        column.addStretch(1)
        self.button.clicked.connect(self.wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.intro.setText(
            self.tr(
                "Teach a fact, then ask: how likely is the answer before, after, after more "
                "text, and rolled back? The conversation stays as it is."
            )
        )
        texts = {
            "fact": self.tr("The fact"),
            "question": self.tr("The question: what stands before the answer"),
            "answer": self.tr("The answer, with the space before it"),
            "other": self.tr("Another question, as a control"),
        }
        for name, words in texts.items():
            self._labels[name].setText(words)
            self._line(name).setAccessibleName(words)
        self.button.setText(self.tr("Teach it, then ask"))
        self.chart.retranslate()
        self._tell()

    def begin(self) -> None:
        """A recipe is on its way."""
        self._ended = None
        self.chart.begin()
        self.outcome.setText(self.tr("Teaching and asking ..."))

    @Slot(object)
    def take(self, reply: RecipeReply) -> None:
        """More readings, or the end."""
        for reading in reply.readings:
            self.chart.add(reading)
        if reply.done:
            self._ended = reply
            self._tell()

    def fail(self) -> None:
        """It could not be followed; the reason is told elsewhere."""
        self.outcome.clear()

    def _tell(self) -> None:
        reply = self._ended
        if reply is None:
            self.outcome.clear()
            return
        if not reply.whole:
            self.outcome.setText(self.tr("The recipe was given up; nothing was kept of it."))
            return
        found = {reading.stage: reading.logp for reading in self.chart.readings}
        words = self.tr("Teaching made the answer {factor} times as likely.").format(
            factor=factor_words(found["after"] - found["before"])
        )
        weights = (
            self.tr("The weights stood still, bit for bit.")
            if reply.weights_unchanged
            else self.tr("The weights learned as well.")
        )
        back = (
            self.tr("Rolling back brought everything back exactly.")
            if reply.rolled_back_exactly
            else self.tr("Rolling back did not bring everything back.")
        )
        self.outcome.setText(f"{words} {weights} {back}")

    def _line(self, name: str) -> QLineEdit:
        lines = {
            "fact": self.fact,
            "question": self.question,
            "answer": self.answer,
            "other": self.other,
        }
        return lines[name]
