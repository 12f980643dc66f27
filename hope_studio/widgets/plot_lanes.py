"""The clocks of the nesting levels as swim lanes: a tick at each real update of each level."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from hope_core.analysis.lanes import Lane, lane_window, lanes_of, ticks
from hope_studio.theme import color, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.labels import label, restyle
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.quantities import number
from hope_studio.widgets.setting_words import level_words

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from hope_core.analysis.column import Column
    from hope_core.analysis.history import RunHistory

_TELL_APART = 3.0
"""Pixels between two ticks below which a lane is drawn as a solid band."""

_BOTTOM_ROW = 100
"""Row of the grid below every lane there may be."""


class LevelLanes(QWidget):
    """One lane a level, fast to slow, over the steps of the run."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, TickStrip, QLabel]] = []
        self.window_words = label(role="small")
        self._grid.addWidget(self.window_words, _BOTTOM_ROW, 1)

    def show_history(self, history: RunHistory) -> bool:
        """Draw every level of the run; False when it told of none yet."""
        lanes = lanes_of(history)
        while len(self._rows) < len(lanes):
            self._add_row()
        window = lane_window(history)
        self.window_words.setText(
            self.tr("Steps {first} to {last}").format(
                first=number(window[0]), last=number(window[1])
            )
        )
        words = []
        for index, row in enumerate(self._rows):
            known = index < len(lanes)
            for widget in row:
                widget.setVisible(known)
            if known:
                name, strip, figures = row
                name.setText(level_words(lanes[index].name))
                figures.setText(self._figures(lanes[index]))
                restyle(figures, role="warning" if lanes[index].never else "small")
                strip.show_places(history.firings[index], window)
                words.append(f"{name.text()}: {figures.text()}")
        self.setAccessibleDescription(" ".join(words))
        return bool(lanes)

    def _figures(self, lane: Lane) -> str:
        if lane.never:
            text = self.tr("No update: its clock of {period} steps is longer than the run.")
            return text.format(period=number(lane.period))
        rate = "–" if lane.learning_rate is None else in_words(lane.learning_rate, "plain")
        text = self.tr("every {period} steps, rate {rate}")
        every = self.tr("every step, rate {rate}") if lane.period == 1 else text
        parts = [every.format(period=number(lane.period), rate=rate)]
        parts.append(self.tr("updates: {count}").format(count=number(lane.updates)))
        if lane.next_step is not None:
            parts.append(self.tr("next at {step}").format(step=number(lane.next_step)))
        return ", ".join(parts)

    def _add_row(self) -> None:
        index = len(self._rows)
        name, figures = label(), label(role="small", wrap=True)
        figures.setFixedWidth(210)
        strip = TickStrip(index)
        for column, widget in enumerate((name, strip, figures)):
            self._grid.addWidget(widget, index, column)
        self._rows.append((name, strip, figures))


class TickStrip(QWidget):
    """One lane: ticks, and bars between them where there is room."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self._places: Column | None = None
        self._window = (0, 1)
        self.setMinimumSize(120, 26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """A thin strip."""
        return QSize(300, 30)

    def show_places(self, places: Column, window: tuple[int, int]) -> None:
        """Draw ticks at these steps, of those from the first to the last of the window."""
        self._places, self._window = places, window
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the lane."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0, 3, 0, -3)
        painter.fillRect(area, color("raised"))
        if self._places is None:
            return
        first, last = self._window
        drawn = ticks(self._places.values, first, last + 1, max(self.width(), 1))
        pixels = (drawn - first) / (last - first + 1) * area.width()
        apart = float(np.median(np.diff(pixels))) if len(pixels) > 1 else np.inf
        tint = series_color(self._index)
        tick = max(1.0, min(2.0, apart / 2)) if apart >= _TELL_APART else apart
        bar = blend(color("raised"), tint, 0.25)
        for left, right in pairwise([*pixels, *pixels[-1:]]):
            if apart >= _TELL_APART:
                painter.fillRect(QRectF(left, area.top(), right - left, area.height()), bar)
        for x in pixels:
            painter.fillRect(QRectF(x, area.top(), tick, area.height()), tint)
