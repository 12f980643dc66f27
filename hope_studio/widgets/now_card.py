"""How the run is doing now: loss in three units, the best so far, patience, and a verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from hope_core.analysis.history import RunHistory
    from hope_core.analysis.verdict import Verdict

translate = QCoreApplication.translate
_ROWS = ("loss", "perplexity", "bits", "constraint", "validation", "best", "patience", "skipped")
_OPTIONAL = ("constraint", "patience", "skipped")
"""Shown only where the run has it."""


class NowCard(QFrame):
    """A few figures and one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.title = label(role="heading")
        self.sentence = label(wrap=True)
        self.names = {row: label(role="muted") for row in _ROWS}
        self.values = {row: label(wrap=True) for row in _ROWS}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(_ROWS):
            self._add_row(grid, place, row)
        column.addLayout(grid)

    def retranslate(self) -> None:
        """Set the words that do not change with the run."""
        self.title.setText(self.tr("Now"))
        words = {
            "loss": self.tr("Training loss"),
            "perplexity": self.tr("Perplexity"),
            "bits": self.tr("Bits per byte"),
            "validation": self.tr("Validation"),
            "best": self.tr("Best"),
            "patience": self.tr("Patience"),
            "constraint": self.tr("Constraint loss"),
            "skipped": self.tr("Steps left out"),
        }
        for row, text in words.items():
            self.names[row].setText(text)

    def show_history(self, history: RunHistory | None, patience: int) -> None:
        """Show the newest figures.

        Args:
            history: the run; None for no run.
            patience: evaluations without a better one after which the run stops; 0 for never.
        """
        for value in self.values.values():
            value.setText("–")
        has = {
            "patience": patience > 0,
            "constraint": history is not None and history.find("penalty") is not None,
            "skipped": history is not None and history.skipped > 0,
        }
        for row in _OPTIONAL:
            self._show_row(row, visible=has[row])
        if history is None:
            self.sentence.setText(self.tr("No run is open. Start one on the Home page."))
            return
        self.sentence.setText(verdict_words(history.verdict()))
        last = history.last
        if last is not None:
            self.values["loss"].setText(_figure(last.loss))
            self.values["perplexity"].setText(_figure(math.exp(min(last.loss, 50.0)), 1))
            self.values["bits"].setText(_figure(last.bits_per_byte))
            self.values["constraint"].setText(f"{last.penalty:.3g}")
        self.values["skipped"].setText(number(history.skipped))
        self._show_evaluations(history, patience)

    def _show_evaluations(self, history: RunHistory, patience: int) -> None:
        if not history.evaluations:
            return
        newest, best = history.evaluations[-1], history.best
        bits = self.tr("{loss}, {bits} bits per byte")
        self.values["validation"].setText(
            bits.format(loss=_figure(newest.loss), bits=_figure(newest.bits_per_byte))
        )
        if best is not None:
            text = self.tr("{loss} at step {step}")
            self.values["best"].setText(
                text.format(loss=_figure(best.loss), step=number(best.step))
            )
        if newest.patience_left is not None:
            text = self.tr("{used} of {all} without a better one")
            used = max(patience - newest.patience_left, 0)
            self.values["patience"].setText(text.format(used=used, all=patience))

    def _add_row(self, grid: QGridLayout, place: int, row: str) -> None:
        value: QLabel = self.values[row]
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(self.names[row], place, 0)
        grid.addWidget(value, place, 1)
        self.names[row].setBuddy(value)

    def _show_row(self, row: str, *, visible: bool) -> None:
        self.names[row].setVisible(visible)
        self.values[row].setVisible(visible)


def verdict_words(verdict: Verdict) -> str:
    """A verdict as a sentence."""
    numbers = verdict.numbers
    match verdict.key:
        case "waiting":
            return translate("NowCard", "The first step is still to come.")
        case "starting":
            return translate("NowCard", "It has just begun.")
        case "diverged":
            text = translate(
                "NowCard", "The loss is not a number since step {step}. Try a lower learning rate."
            )
            return text.format(step=number(numbers["step"]))
        case "gradient":
            text = translate(
                "NowCard", "At step {step} the gradient was {times} times its usual size."
            )
            return text.format(step=number(numbers["step"]), times=number(numbers["times"]))
        case "overfitting":
            text = translate(
                "NowCard",
                "Validation has been rising since step {since}, by {worse} %: "
                "it begins to learn the text by heart.",
            )
            return text.format(since=number(numbers["since"]), worse=number(numbers["worse"], 1))
        case "falling":
            text = translate("NowCard", "Learning: the loss falls by {percent} % in {steps} steps.")
            return text.format(
                percent=number(numbers["percent"], 1), steps=number(numbers["steps"])
            )
        case "rising":
            text = translate("NowCard", "The loss rises by {percent} % in {steps} steps.")
            return text.format(
                percent=number(numbers["percent"], 1), steps=number(numbers["steps"])
            )
        case "flat":
            text = translate("NowCard", "The loss has been flat for {steps} steps.")
            return text.format(steps=number(numbers["steps"]))
        case _:
            raise AssertionError(f"no words for the verdict {verdict.key}")


def _figure(value: float, decimals: int = 3) -> str:
    return number(value, decimals) if math.isfinite(value) else "–"
