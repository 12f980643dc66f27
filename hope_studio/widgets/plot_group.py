"""What the plots of a page share: the run, the x axis and its range, the cursor, the clock.

Plots are drawn one at a time, at most ten times a second each, only where something changed and
only while they are seen. The clock stands still when there is nothing to draw.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hope_core.analysis.limits import follow
from hope_core.analysis.smoothing import Smoothing

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory

TICK_MS = 16
"""Between two drawings of any plot."""
FRAME_SECONDS = 0.1
"""Between two drawings of one plot whose data grow."""


class View(NamedTuple):
    """The stretch of the x axis in view: its name in RunHistory.axes and its ends."""

    axis: str
    left: float
    right: float
    log: bool


class Drawn(Protocol):
    """A plot as its group knows it."""

    def is_stale(self) -> bool:
        """Whether it is seen and shows something else than there is."""

    def redraw(self) -> None:
        """Draw what there is now."""


class PlotGroup(QObject):
    """Several plots over one x axis.

    Signals:
        cursor_moved: the place under the pointer, or None.
        following_changed: whether the newest data stay in view.
        look_changed: the axis, its scale or the smoothing is another.
        drawn: a plot was drawn.
    """

    cursor_moved = Signal(object)
    following_changed = Signal(bool)
    look_changed = Signal()
    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history: RunHistory | None = None
        self.view = View("step", 0.0, 1.0, log=False)
        self.smoothing = Smoothing(0.9)
        self.ghost: RunHistory | None = None
        """Another run, to be seen behind this one."""
        self.ghost_name = ""
        self.following = True
        self.cursor: float | None = None
        self._plots: list[Drawn] = []
        self._drawn_at: dict[Drawn, float] = {}
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)

    def add(self, plot: Drawn) -> None:
        """Let the group draw this plot, as long as it lives."""
        self._plots.append(plot)

    def set_history(self, history: RunHistory | None) -> None:
        """Show another run, all of it; no plot waits for its turn until each was drawn once."""
        self.history = history
        self._drawn_at.clear()
        self._clock.setInterval(0)
        self.set_following(True)
        self.wake()

    def wake(self) -> None:
        """Something may have changed: look soon."""
        if not self._clock.isActive():
            self._clock.start()

    @property
    def idle(self) -> bool:
        """Whether everything in view is drawn."""
        return not self._clock.isActive()

    def set_axis(self, axis: str) -> None:
        """Place the points along step, tokens or seconds."""
        self.view = self.view._replace(axis=axis)
        self.set_following(True)
        self.look_changed.emit()

    def set_log_x(self, log: bool) -> None:
        """Draw the x axis in powers of ten, or evenly."""
        self.view = self.view._replace(log=log)
        self.set_following(True)
        self.look_changed.emit()

    def set_smoothing(self, weight: float) -> None:
        """Smooth every curve that is smoothed with this weight, 0 for none."""
        self.smoothing = self.smoothing._replace(weight=weight)
        self.look_changed.emit()
        self.wake()

    def set_kernel(self, kernel: str) -> None:
        """Smooth in this way, one of `hope_core.analysis.smoothing.KERNELS`."""
        self.smoothing = self.smoothing._replace(kernel=kernel)
        self.look_changed.emit()
        self.wake()

    def set_ghost(self, history: RunHistory | None, name: str = "") -> None:
        """Show another run behind this one, faded; None: no longer."""
        self.ghost, self.ghost_name = history, name
        self.look_changed.emit()
        self.wake()

    def point_at(self, step: int) -> None:
        """Put the cursor of all plots on a step, bringing it into view."""
        if self.history is None:
            return
        place = self.history.place_of(step, self.view.axis)
        if not self.view.left <= place <= self.view.right:
            self.set_following(True)
        self.set_cursor(place)

    def set_following(self, following: bool) -> None:
        """Keep the whole run in view as it grows, or leave the view where it is."""
        changed = following is not self.following
        self.following = following
        if following:
            self._follow()
            self.wake()
        if changed:
            self.following_changed.emit(following)

    def look_at(self, left: float, right: float) -> None:
        """The person moved the view: stay there."""
        self.view = self.view._replace(left=left, right=right)
        self.set_following(False)
        self._drawn_at.clear()
        self.wake()

    def set_cursor(self, place: float | None) -> None:
        """The pointer is over this place of the x axis, or over none."""
        self.cursor = place
        self.cursor_moved.emit(place)

    def draw_all(self) -> None:
        """Draw every stale plot at once, for a picture of the page."""
        self._follow()
        while self.history is not None and self.history.load_probes(seconds=1.0):
            pass
        self.draw_stale()

    def draw_stale(self) -> None:
        """Draw every plot that shows something else than there is, without waiting for its turn."""
        for plot in self._plots:
            while plot.is_stale():
                plot.redraw()

    def _follow(self) -> None:
        if not self.following or self.history is None:
            return
        places = self.history.axes[self.view.axis].values
        last = float(places[-1]) if len(places) else 0.0
        first = max(float(places[0]), 1e-3) if self.view.log and len(places) else 0.0
        current = (self.view.left, self.view.right)
        if last > first:
            left, right = follow(current, first, last)
            self.view = self.view._replace(left=left, right=right)
        elif current[1] != 1.0:
            self.view = self.view._replace(left=first, right=max(first * 2, 1.0))

    @Slot()
    def _tick(self) -> None:
        self._follow()
        reading = self.history is not None and self.history.load_probes(seconds=0.003)
        now = time.monotonic()
        self._plots = [plot for plot in self._plots if shiboken6.isValid(plot)]
        stale = [plot for plot in self._plots if plot.is_stale()]
        if not stale and not reading:
            self._clock.stop()
        if not stale:
            return
        plot = min(stale, key=lambda one: self._drawn_at.get(one, 0.0))
        if plot in self._drawn_at:
            self._clock.setInterval(TICK_MS)
        if now - self._drawn_at.get(plot, 0.0) >= FRAME_SECONDS:
            self._drawn_at[plot] = now
            plot.redraw()
            self.drawn.emit()
