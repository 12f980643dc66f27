"""The plan of a run before it starts: every level's learning rate, and when each level moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from hope_core.analysis.column import Column
from hope_core.config.schedule import learning_rate_at
from hope_studio.theme import control
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import curve_pen, dress_canvas, in_words, make_canvas, pg
from hope_studio.widgets.plot_lanes import TickStrip
from hope_studio.widgets.plot_legend import Entry, Legend
from hope_studio.widgets.quantities import number
from hope_studio.widgets.setting_words import level_words

if TYPE_CHECKING:
    from hope_core.inference.messages import EstimateReply
    from hope_core.runs.events import LevelDescription
    from hope_studio.draft import Draft

POINTS = 400
SLOWEST_TICKS = 5
"""Updates of the slowest level that the lanes show."""


class ScheduleView(QWidget):
    """Curves over the run's progress, then one lane a level over its first steps."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._levels: tuple[LevelDescription, ...] = ()
        self.legend = Legend()
        self.canvas: Any = make_canvas("count", "plain")
        self.caption = label(role="small", wrap=True)
        self.window_words = label(role="small")
        self.sentence = label(role="muted", wrap=True)
        self.lines: list[Any] = []
        self._lanes = QGridLayout()
        self._rows: list[tuple[QLabel, TickStrip, QLabel]] = []
        self._lay_out()
        draft.changed.connect(self.draw)
        control.theme_changed.connect(self.draw)
        self.draw()

    def show_levels(self, cost: EstimateReply) -> None:
        """The levels that the model of these settings has."""
        self._levels = cost.levels
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Draw the plan of the newest valid settings."""
        dress_canvas(self.canvas)
        train = self._draft.config.train
        by_time = train.max_seconds > 0
        self.canvas.getAxis("bottom").unit = "clock" if by_time else "count"
        length = train.max_seconds if by_time else float(train.steps)
        for line in self.lines:
            self.canvas.removeItem(line)
        self.lines.clear()
        entries = []
        for index, level in enumerate(self._levels):
            peak = train.learning_rate * level.learning_rate_factor
            x, y = self._curve(peak, length)
            line = pg.PlotCurveItem(x, y, pen=curve_pen(index, index, width=2))
            self.canvas.addItem(line)
            self.lines.append(line)
            entries.append(Entry(index, index, level_words(level.name), in_words(peak, "plain")))
        self.legend.show_entries(entries)
        highest = max((level.learning_rate_factor for level in self._levels), default=1.0)
        self.canvas.setXRange(0, length, padding=0)
        self.canvas.setYRange(0, 1.05 * highest * train.learning_rate, padding=0)
        self._draw_lanes(train.steps)
        self._say(by_time=by_time)

    def _curve(self, peak: float, length: float) -> tuple[Any, Any]:
        train = self._draft.config.train
        progress = np.linspace(0, 1, POINTS)
        rates = [
            learning_rate_at(
                float(share), peak=peak, minimum=train.minimum_learning_rate, warmup=train.warmup
            )
            for share in progress
        ]
        return progress * length, np.array(rates)

    def _draw_lanes(self, steps: int) -> None:
        slowest = max((level.clock for level in self._levels if level.clock <= steps), default=1)
        last = min(steps, SLOWEST_TICKS * slowest)
        while len(self._rows) < len(self._levels):
            self._add_row()
        for index, row in enumerate(self._rows):
            known = index < len(self._levels)
            for widget in row:
                widget.setVisible(known)
            if known:
                level = self._levels[index]
                row[0].setText(level_words(level.name))
                places = Column()
                places.extend(np.arange(level.clock, last + 1, level.clock, dtype=np.float64))
                row[1].show_places(places, (1, last))
                row[2].setText(self._clock_words(level, steps))
        words = self.tr("Updates in steps 1 to {last}").format(last=number(last))
        self.window_words.setText(words)

    def _clock_words(self, level: LevelDescription, steps: int) -> str:
        if level.clock > steps:
            return self.tr("never: its clock is longer than the run")
        if level.clock == 1:
            return self.tr("every step")
        words = self.tr("every {clock} steps, {count} times")
        return words.format(clock=number(level.clock), count=number(steps // level.clock))

    def _say(self, *, by_time: bool) -> None:
        known = bool(self._levels)
        for part in (self.canvas, self.legend, self.caption, self.window_words):
            part.setVisible(known)
        self.sentence.setVisible(not known)
        self.sentence.setText(self.tr("The levels of these settings are being worked out."))
        over = self.tr("over training time") if by_time else self.tr("over steps")
        self.caption.setText(self.tr("Learning rate of each level {over}").format(over=over))
        self.canvas.setAccessibleName(self.caption.text())
        self.canvas.setAccessibleDescription(self.legend.text())

    def _add_row(self) -> None:
        index = len(self._rows)
        row = (label(), TickStrip(index), label(role="small", wrap=True))
        for column, widget in enumerate(row):
            self._lanes.addWidget(widget, index, column)
        self._rows.append(row)

    def _lay_out(self) -> None:
        self._lanes.setColumnStretch(1, 1)
        self._lanes.setHorizontalSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.caption)
        column.addWidget(self.legend)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.window_words)
        column.addLayout(self._lanes)
        column.addStretch(0)
