"""How text is drawn: temperature, cuts, repetition, length and seed, as one small form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QSpinBox, QWidget

LARGEST_SEED = 2**31 - 1
TEXT_MARGIN = 6
"""Pixels before a number; style sheets cannot reach the line inside a spin box."""


@dataclass(frozen=True)
class Sampling:
    """The form's values, named as in the Generate command."""

    temperature: float
    top_k: int
    top_p: float
    repetition_penalty: float
    repetition_window: int
    tokens: int
    seed: int


class SamplingForm(QWidget):
    """Seven numbers, each with the sentence that explains it."""

    def __init__(self) -> None:
        super().__init__()
        self.temperature = QDoubleSpinBox(minimum=0.0, maximum=5.0, singleStep=0.1, value=0.8)
        self.top_k = QSpinBox(minimum=0, maximum=100_000, value=0)
        self.top_p = QDoubleSpinBox(minimum=0.05, maximum=1.0, singleStep=0.05, value=1.0)
        self.penalty = QDoubleSpinBox(minimum=1.0, maximum=5.0, singleStep=0.05, value=1.0)
        self.window_length = QSpinBox(minimum=1, maximum=4096, singleStep=16, value=64)
        self.tokens = QSpinBox(minimum=1, maximum=100_000, singleStep=50, value=300)
        self.seed = QSpinBox(minimum=0, maximum=LARGEST_SEED, value=0)
        self._labels = {name: QLabel() for name in self._editors()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, editor) in enumerate(self._editors().items()):
            self._labels[name].setBuddy(editor)
            editor.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(editor, row, 1)
        self.penalty.valueChanged.connect(self._follow_penalty)
        self._follow_penalty()
        self.retranslate()

    def values(self) -> Sampling:
        """What the form says now."""
        return Sampling(
            temperature=self.temperature.value(),
            top_k=self.top_k.value(),
            top_p=self.top_p.value(),
            repetition_penalty=self.penalty.value(),
            repetition_window=self.window_length.value(),
            tokens=self.tokens.value(),
            seed=self.seed.value(),
        )

    def retranslate(self) -> None:
        """Set every text."""
        texts = {
            "temperature": (
                self.tr("Temperature"),
                self.tr("Low: careful, high: bold. 0 takes the most likely token each time."),
            ),
            "top_k": (
                self.tr("Top-k"),
                self.tr("Draw among this many most likely tokens only."),
            ),
            "top_p": (
                self.tr("Top-p"),
                self.tr("Draw among the fewest tokens that reach this share of probability."),
            ),
            "penalty": (
                self.tr("Repetition"),
                self.tr(
                    "Above 1, tokens that it has just written become less likely. "
                    "With single bytes as tokens that concerns letters: stay near 1."
                ),
            ),
            "window_length": (
                self.tr("Looks back"),
                self.tr("How many of the tokens it wrote last must not be repeated lightly."),
            ),
            "tokens": (self.tr("Length"), self.tr("How many tokens to write.")),
            "seed": (self.tr("Seed"), self.tr("The same seed writes the same text.")),
        }
        for name, editor in self._editors().items():
            title, explanation = texts[name]
            self._labels[name].setText(title)
            editor.setToolTip(explanation)
            editor.setAccessibleName(title)
            editor.setAccessibleDescription(explanation)
        self.top_k.setSpecialValueText(self.tr("all"))
        self.penalty.setSpecialValueText(self.tr("allowed"))
        self.window_length.setSuffix(self.tr(" tokens"))
        self.tokens.setSuffix(self.tr(" tokens"))

    @Slot()
    def _follow_penalty(self) -> None:
        """Without a penalty nothing is looked back at."""
        for part in (self._labels["window_length"], self.window_length):
            part.setEnabled(self.penalty.value() > 1.0)

    def _editors(self) -> dict[str, QSpinBox | QDoubleSpinBox]:
        return {
            "temperature": self.temperature,
            "top_k": self.top_k,
            "top_p": self.top_p,
            "penalty": self.penalty,
            "window_length": self.window_length,
            "tokens": self.tokens,
            "seed": self.seed,
        }
