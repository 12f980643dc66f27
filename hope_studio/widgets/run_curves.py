"""Several runs in one chart: the same quantity of each over steps, tokens or time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from hope_studio.theme import control
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot import AXIS_UNITS
from hope_studio.widgets.plot_base import curve_pen, dress_canvas, in_words, make_canvas, pg
from hope_studio.widgets.plot_legend import Entry, Legend

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_studio.loaded_run import LoadedRun

PIXELS = 1500
"""Stretches in which a curve is drawn, each by its extremes."""
FEW = 500
"""Points up to which a curve is drawn thick."""
MOST = 8
"""Runs in one chart; more cannot be told apart."""


class Quantity(NamedTuple):
    """What can be compared: its curve in RunHistory.find, its name, its unit."""

    curve: str
    words: object
    unit: str = "plain"


QUANTITIES = (
    Quantity("validation.bits_per_byte", QT_TRANSLATE_NOOP("RunCurves", "Held-out bits per byte")),
    Quantity("bits_per_byte", QT_TRANSLATE_NOOP("RunCurves", "Training bits per byte")),
    Quantity("grad_norm", QT_TRANSLATE_NOOP("RunCurves", "Gradient norm")),
    Quantity("learning_rate.0", QT_TRANSLATE_NOOP("RunCurves", "Learning rate")),
    Quantity("tokens_per_second", QT_TRANSLATE_NOOP("RunCurves", "Tokens a second"), "count"),
    Quantity("memory_bytes", QT_TRANSLATE_NOOP("RunCurves", "Memory"), "bytes"),
)
AXES: dict[str, object] = {
    "step": QT_TRANSLATE_NOOP("RunCurves", "over steps"),
    "tokens": QT_TRANSLATE_NOOP("RunCurves", "over tokens"),
    "seconds": QT_TRANSLATE_NOOP("RunCurves", "over training time"),
}


class RunCurves(QWidget):
    """One line a run, in its own colour and dash pattern, with its last value in the legend."""

    def __init__(self) -> None:
        super().__init__()
        self.quantity = QComboBox()
        self.axis = QComboBox()
        self.log = QCheckBox()
        self.legend = Legend()
        self.sentence = label(role="muted", wrap=True)
        self.canvas: Any = make_canvas("count", "plain")
        self.lines: list[Any] = []
        self._runs: list[LoadedRun] = []
        self._lay_out()
        self.retranslate()
        for choice in (self.quantity, self.axis):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.currentIndexChanged.connect(self.draw)
        self.log.toggled.connect(self.draw)
        control.theme_changed.connect(self.draw)

    def retranslate(self) -> None:
        """Set every text of its own."""
        names: list[tuple[QComboBox, list[object]]] = [
            (self.quantity, [quantity.words for quantity in QUANTITIES]),
            (self.axis, list(AXES.values())),
        ]
        for box, words in names:
            chosen = max(box.currentIndex(), 0)
            box.blockSignals(True)
            box.clear()
            box.addItems([QCoreApplication.translate("RunCurves", str(text)) for text in words])
            box.setCurrentIndex(chosen)
            box.blockSignals(False)
        self.quantity.setAccessibleName(self.tr("What is compared"))
        self.axis.setAccessibleName(self.tr("What it is compared over"))
        self.log.setText(self.tr("Log"))
        self.canvas.setAccessibleName(self.tr("Curves of the selected runs"))
        self.draw()

    def show_runs(self, runs: list[LoadedRun]) -> None:
        """Draw these runs."""
        self._runs = runs[:MOST]
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Draw every run's curve anew."""
        quantity, axis = QUANTITIES[self.quantity.currentIndex()], self._axis()
        dress_canvas(self.canvas)
        self.canvas.getAxis("left").unit = quantity.unit
        self.canvas.getAxis("bottom").unit = AXIS_UNITS[axis]
        self.canvas.setLogMode(y=self.log.isChecked())
        for line in self.lines:
            self.canvas.removeItem(line)
        self.lines.clear()
        entries = []
        for index, run in enumerate(self._runs):
            x, y = points_of(run.history, quantity.curve, axis)
            if not len(x):
                continue
            dash = index if len(self._runs) > 1 else 0
            pen = curve_pen(index, dash, width=2 if len(x) <= FEW else 1)
            line = pg.PlotDataItem(x, y, pen=pen, connect="finite")
            self.canvas.addItem(line)
            self.lines.append(line)
            entries.append(Entry(index, dash, run.title, in_words(float(y[-1]), quantity.unit)))
        self.legend.show_entries(entries)
        self.canvas.setVisible(bool(entries))
        self.sentence.setVisible(not entries)
        self.sentence.setText(self._why_empty())
        self.canvas.setAccessibleDescription(self.legend.text())
        self.canvas.autoRange()

    def _axis(self) -> str:
        return list(AXES)[max(self.axis.currentIndex(), 0)]

    def _why_empty(self) -> str:
        if not self._runs:
            return self.tr("Select one or more runs above; their curves are drawn here together.")
        return self.tr("The selected runs have not told this yet.")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.quantity)
        head.addWidget(self.axis)
        head.addWidget(self.log)
        head.addWidget(self.legend, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence, 1)
        column.addWidget(self.canvas, 1)
        self.canvas.getViewBox().setMouseEnabled(x=True, y=True)


def points_of(history: RunHistory, curve: str, axis: str) -> tuple[Any, Any]:
    """A curve in at most 2 * PIXELS points that keep its extremes; empty where there is none."""
    found = history.find(curve)
    if found is None or not len(found[0]):
        return np.empty(0), np.empty(0)
    series, axes = found
    places = axes[axis]
    first, last = float(places.values[0]), float(places.values[len(series) - 1])
    return series.window(first, last, PIXELS, x=places)
