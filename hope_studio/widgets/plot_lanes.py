"""The clocks of the nesting levels as swim lanes: a tick at each real update of each level."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from hope_core.analysis.lanes import Lane, lane_window, lanes_of, ticks
from hope_core.analysis.update_sizes import UpdateSizes, shares_at, update_sizes
from hope_studio.settings import recall, remember
from hope_studio.theme import color, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.countdown_ring import CountdownRing
from hope_studio.widgets.labels import label, restyle
from hope_studio.widgets.loss_strip import LossStrip
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.quantities import number
from hope_studio.widgets.setting_words import level_words

if TYPE_CHECKING:
    from typing import Any

    import numpy.typing as npt
    from PySide6.QtGui import QColor, QPaintEvent

    from hope_core.analysis.column import Column
    from hope_core.analysis.history import RunHistory

    Array = npt.NDArray[Any]

UNMEASURED = UpdateSizes(np.empty(0), np.empty(0))
"""Of a level before its run, or of one that no look has measured."""
_TELL_APART = 3.0
"""Pixels between two ticks below which a lane is drawn as a solid band."""

_UNKNOWN = 0.3
"""Depth of an update that was not measured."""
_SHADES = 24
"""Steps of the colour between the smallest and the largest update."""
_FAINTEST, _FAINTEST_BAR, _DEEPEST_BAR = 0.35, 0.08, 0.52
"""How strong the colour of the smallest update is: of a dense lane, of a bar; of the largest."""

LINKED = "memory/lanes_linked"
"""Where it is remembered whether the lanes show the steps of the plots on Train."""

FEWEST_FIGURES, MOST_FIGURES = 120, 210
"""Pixels of the words beside a lane."""
_BOTTOM_ROW = 100
"""Row of the grid below every lane there may be."""


class LevelLanes(QWidget):
    """The loss, then one lane a level, fast to slow, over the same steps of the run."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self._rows: list[tuple[QLabel, TickStrip, QLabel, CountdownRing]] = []
        self.loss_name, self.loss_words = label(), label(role="small", wrap=True)
        self.loss = LossStrip()
        for column, widget in enumerate((self.loss_name, self.loss, self.loss_words)):
            self._grid.addWidget(widget, 0, column)
        self.window_words = label(role="small")
        self.linked = QCheckBox()
        self.linked.setChecked(recall(LINKED, False))
        self.linked.toggled.connect(self._remember)
        bottom = QHBoxLayout()
        bottom.addWidget(self.window_words, 1)
        bottom.addWidget(self.linked)
        self._grid.addLayout(bottom, _BOTTOM_ROW, 1, 1, 3)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts that do not depend on a run."""
        self.loss_name.setText(self.tr("Loss"))
        self.linked.setText(self.tr("Same steps as on Train"))
        self.linked.setToolTip(
            self.tr("Show the steps that the plots of the page Train show; else the newest ones")
        )

    def show_history(self, history: RunHistory, seen: tuple[int, int]) -> bool:
        """Draw every level of the run; False when it told of none yet.

        Args:
            history: the run.
            seen: the first and the last step that the plots of the page Train show.
        """
        lanes = lanes_of(history)
        while len(self._rows) < len(lanes):
            self._add_row()
        window = seen if self.linked.isChecked() else lane_window(history)
        self.window_words.setText(
            self.tr("Steps {first} to {last}").format(
                first=number(window[0]), last=number(window[1])
            )
        )
        words = [self._show_loss(history, window)]
        for index, row in enumerate(self._rows):
            known = index < len(lanes)
            for widget in row:
                widget.setVisible(known)
            if known:
                name, strip, figures, ring = row
                lane = lanes[index]
                name.setText(level_words(lane.name))
                figures.setText(self._figures(lane))
                restyle(figures, role="warning" if lane.never else "small")
                strip.show_places(
                    history.firings[index], window, update_sizes(history.memory, index)
                )
                ring.show_wait(lane.remaining, lane.period)
                ring.setVisible(lane.remaining is not None)
                words.append(f"{name.text()}: {figures.text()}")
        self.setAccessibleDescription(" ".join(filter(None, words)))
        return bool(lanes)

    def _show_loss(self, history: RunHistory, window: tuple[int, int]) -> str:
        ends = self.loss.show_series(history.series["loss"], window)
        text = self.tr("from {first} to {last}")
        words = ""
        if ends is not None:
            first, last = (number(value, 3) for value in ends)
            words = text.format(first=first, last=last)
        self.loss_words.setText(words)
        return f"{self.loss_name.text()}: {words}" if words else ""

    @Slot(bool)
    def _remember(self, on: bool) -> None:
        remember(LINKED, on)

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
        figures.setMinimumWidth(FEWEST_FIGURES)
        figures.setMaximumWidth(MOST_FIGURES)
        strip = TickStrip(index)
        ring = CountdownRing(index)
        for column, widget in enumerate((name, strip, figures, ring)):
            self._grid.addWidget(widget, index + 1, column)
        self._rows.append((name, strip, figures, ring))


class TickStrip(QWidget):
    """One lane: ticks, and bars between them where there is room.

    The deeper a bar, the larger its update, of the level's largest.
    """

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self._places: Column | None = None
        self._sizes = UNMEASURED
        self._window = (0, 1)
        self.setMinimumSize(80, 26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """A thin strip."""
        return QSize(300, 30)

    def show_places(
        self, places: Column, window: tuple[int, int], sizes: UpdateSizes = UNMEASURED
    ) -> None:
        """Draw ticks at these steps, of those from the first to the last of the window."""
        self._places, self._window, self._sizes = places, window, sizes
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
        depths = np.nan_to_num(shares_at(drawn, self._sizes), nan=_UNKNOWN)
        shades = np.round(_SHADES * depths).astype(np.intp)
        apart = float(np.median(np.diff(pixels))) if len(pixels) > 1 else np.inf
        if apart >= _TELL_APART:
            self._paint_bars(painter, area, pixels, shades)
            tint, tick = series_color(self._index), max(1.0, min(2.0, apart / 2))
            for x in pixels:
                painter.fillRect(QRectF(x, area.top(), tick, area.height()), tint)
        else:
            self._paint_band(painter, area, pixels, shades, apart)

    def _paint_bars(self, painter: QPainter, area: QRectF, pixels: Array, shades: Array) -> None:
        """From each update to the next."""
        tints = self._tints(_FAINTEST_BAR, _FAINTEST_BAR + _DEEPEST_BAR)
        for (left, right), shade in zip(pairwise([*pixels, *pixels[-1:]]), shades, strict=True):
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), tints[shade])

    def _paint_band(
        self, painter: QPainter, area: QRectF, pixels: Array, shades: Array, apart: float
    ) -> None:
        """Ticks that cannot be told apart, those of one shade side by side at once."""
        tints = self._tints(_FAINTEST, 1.0)
        ends = np.flatnonzero((np.diff(shades) != 0) | (np.diff(pixels) > 2 * apart))
        firsts, lasts = [0, *(ends + 1)], [*ends, len(pixels) - 1]
        for first, last in zip(firsts, lasts, strict=True):
            left, right = pixels[first], pixels[last] + apart
            band = QRectF(left, area.top(), right - left, area.height())
            painter.fillRect(band, tints[shades[first]])

    def _tints(self, faintest: float, deepest: float) -> list[QColor]:
        """The level's colour from faint to deep, one for each shade."""
        strengths = np.linspace(faintest, deepest, _SHADES + 1).tolist()
        below, above = color("raised"), series_color(self._index)
        return [blend(below, above, strength) for strength in strengths]
