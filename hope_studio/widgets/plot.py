"""One plot of a group: curves over the shared x axis, its own y range, a sentence when empty.

Nothing is built twice: a frame only hands the curves new points. The y range follows the data in
view with hysteresis; the x range is the group's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from hope_core.analysis.limits import settle, span_of
from hope_studio.background import Background
from hope_studio.theme import color, control
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import dress_axes, pg
from hope_studio.widgets.plot_canvas import PlotCanvas
from hope_studio.widgets.plot_marks import Marks, mark_words

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QContextMenuEvent, QResizeEvent

    from hope_core.analysis.history import RunHistory
    from hope_core.analysis.limits import Range
    from hope_studio.widgets.curve import Curve
    from hope_studio.widgets.plot_group import PlotGroup
    from hope_studio.widgets.plot_rule import Rule, Star

AXIS_UNITS = {"step": "count", "tokens": "count", "seconds": "clock"}
"""How the ticks of each x axis read."""

_MARKS_ROOM = 0.08
"""Share of the height kept free for the row of marks below a caption."""
_MOST_ROOM = 0.5
"""The curves keep at least the rest."""


class Plot(QWidget):
    """Curves of one kind.

    Signals:
        redrawn: the curves show something new.
        maximise_asked: a double click.
        move_asked: by how many places it is to move on its page.
        trouble: the error that kept a picture or a table from being saved.
    """

    redrawn = Signal()
    maximise_asked = Signal()
    move_asked = Signal(int)
    trouble = Signal(object)

    def __init__(self, group: PlotGroup, *, unit: str = "plain", log_y: bool = False) -> None:
        super().__init__()
        self.group = group
        self.unit = unit
        self.log_y = log_y
        self.clip = False
        self.curves: list[Curve] = []
        self.rules: list[Rule | Star] = []
        self.marks = Marks()
        self.canvas = PlotCanvas("count", unit)
        self.saver = Background()
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.sentence = label(role="muted", wrap=True)
        self._told = ""
        self._mark: object = None
        self._empty: bool | None = None
        self._y_range: Range | None = None
        self._lay_out()
        self._connect()
        self._restyle()
        group.add(self)

    def sizeHint(self) -> QSize:
        """Room to read a curve."""
        return QSize(320, 130)

    def add(self, curve: Curve) -> Curve:
        """Draw this curve, too."""
        curve.dash = len(self.curves)
        self.curves.append(curve)
        for item in curve.items:
            self.canvas.addItem(item)
        curve.dress(self.group.smoothing)
        return curve

    def add_rule(self, rule: Rule | Star) -> None:
        """Draw what is no curve: a limit, the best point."""
        self.rules.append(rule)
        self.canvas.addItem(rule.item)
        rule.dress()

    def show_sentence(self, text: str) -> None:
        """What to say while there is nothing to draw."""
        self.sentence.setText(text)

    def set_log_y(self, log: bool) -> None:
        """Draw the values in powers of ten, or evenly."""
        self.log_y = log
        self._restyle()

    def set_clip(self, clip: bool) -> None:
        """Leave outliers out of the y range."""
        self.clip = clip
        self.touch()

    def touch(self) -> None:
        """Draw again even if no data came."""
        self._mark = None
        self._y_range = None
        self.group.wake()

    def is_stale(self) -> bool:
        """Whether the plot is seen and shows something else than there is."""
        return self.isVisible() and self._mark != self._current_mark()

    def redraw(self) -> None:
        """Hand every curve the points of the view; set both ranges."""
        history, view = self.group.history, self.group.view
        drawn: list[Any] = []
        pixels = max(int(self.canvas.getViewBox().width()), 50)
        if history is not None:
            for curve in self.curves:
                drawn += self._draw_curve(curve, history, pixels)
        for rule in self.rules:
            drawn += rule.draw(history, view, log_y=self.log_y)
        span = span_of(drawn, clip=self.clip)
        self._set_ranges(self._with_room(span, history) if span is not None else None)
        self.marks.draw(history if drawn else None, view, pixels, self._y_range or (0.0, 1.0))
        empty = not any(len(values) for values in drawn)
        if empty is not self._empty:
            self._empty = empty
            self.sentence.setVisible(empty)
            self.canvas.show_axes(visible=not empty)
        self._mark = self._current_mark()
        self.redrawn.emit()

    def _draw_curve(self, curve: Curve, history: RunHistory, pixels: int) -> list[Any]:
        """The curve, and behind it that of the other run, which never shows without it."""
        view, smoothing = self.group.view, self.group.smoothing
        drawn = curve.draw(history, view, pixels, smoothing, log_y=self.log_y)
        if curve.ghost is None:
            return drawn
        other = self.group.ghost if drawn else None
        return drawn + curve.ghost.draw(other, view, pixels, smoothing, log_y=self.log_y)

    def _current_mark(self) -> object:
        history, group = self.group.history, self.group
        if history is None:
            return (None, self.width())
        counts = tuple(curve.length(history) for curve in self.curves)
        ghosts = [curve.ghost for curve in self.curves if curve.ghost is not None]
        lagging = any(curve.catching_up(history) for curve in self.curves) or any(
            ghost.catching_up(group.ghost) for ghost in ghosts
        )
        rules = tuple(rule.value(history) for rule in self.rules)
        size = (self.width(), self.height())
        looks = (group.view, group.smoothing, id(group.ghost), size)
        marks = (id(history), history.revision, counts, len(history.markers), rules, *looks)
        return (*marks, time.monotonic()) if lagging else marks

    def _with_room(self, span: Range, history: RunHistory | None) -> Range:
        """The y range, longer at its lower end by the captions that stand there."""
        caption = max((rule.room for rule in self.rules), default=0.0)
        if not caption:
            return span
        marks = _MARKS_ROOM if history and history.markers else 0.0
        height = max(float(self.canvas.getViewBox().height()), 1.0)
        share = min(caption / height + marks, _MOST_ROOM)
        return span[0] - share / (1.0 - share) * (span[1] - span[0]), span[1]

    def _set_ranges(self, span: Range | None) -> None:
        if span is not None:
            self._y_range = settle(self._y_range, span)
        left, right = self.group.view.left, self.group.view.right
        if self.group.view.log:
            left, right = np.log10(max(left, 1e-9)), np.log10(max(right, 1e-9))
        low, high = self._y_range or (0.0, 1.0)
        self.canvas.getViewBox().setRange(
            xRange=(left, right), yRange=(low, high), padding=0, disableAutoRange=True
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 120)
        self.sentence.setParent(self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.cursor_line.setVisible(False)
        for item in (self.cursor_line, *self.marks.items):
            self.canvas.addItem(item)

    def _connect(self) -> None:
        self.canvas.getViewBox().sigRangeChangedManually.connect(self._moved_by_hand)
        scene = self.canvas.scene()
        self._pointer = pg.SignalProxy(
            scene.sigMouseMoved, rateLimit=60, slot=self._pointer_moved, threadSafe=False
        )
        scene.sigMouseClicked.connect(self._clicked)
        self.saver.failed.connect(self.trouble)
        self.group.cursor_moved.connect(self._show_cursor)
        self.group.look_changed.connect(self._restyle)
        control.theme_changed.connect(self._restyle)

    @Slot()
    def _restyle(self) -> None:
        dress_axes(self.canvas)
        self.canvas.show_axes(visible=True)
        self._empty = None
        self.canvas.getAxis("bottom").unit = AXIS_UNITS[self.group.view.axis]
        self.canvas.getAxis("bottom").setLogMode(x=self.group.view.log)
        self.canvas.getAxis("left").setLogMode(y=self.log_y)
        self.cursor_line.setPen(pg.mkPen(color("muted")))
        for dressed in self.curves:
            dressed.dress(self.group.smoothing)
        for rule in (*self.rules, self.marks):
            rule.dress()
        self.touch()

    @Slot(object)
    def _moved_by_hand(self, _axes: object) -> None:
        left, right = self.canvas.getViewBox().viewRange()[0]
        if self.group.view.log:
            left, right = 10.0**left, 10.0**right
        self.group.look_at(left, right)

    def _pointer_moved(self, positions: tuple[QPointF]) -> None:
        box = self.canvas.getViewBox()
        if self.canvas.sceneRect().contains(positions[0]):
            place = box.mapSceneToView(positions[0]).x()
            self.group.set_cursor(10.0**place if self.group.view.log else place)
            self._tell_marks(place)

    def _tell_marks(self, place: float) -> None:
        """Say what is marked under the pointer."""
        words = mark_words(self.marks.near(place))
        if words != self._told:
            self._told = words
            QToolTip.showText(QCursor.pos(), words, self)

    @Slot(object)
    def _clicked(self, click: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
        if click.double():
            self.maximise_asked.emit()

    @Slot(object)
    def _show_cursor(self, place: float | None) -> None:
        shown = place is not None and (place > 0 or not self.group.view.log)
        self.cursor_line.setVisible(shown)
        if place is not None and shown:
            self.cursor_line.setPos(np.log10(place) if self.group.view.log else place)

    def leaveEvent(self, event: QEvent) -> None:
        """Takes the cursor off all plots."""
        super().leaveEvent(event)
        self.group.set_cursor(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws for the new width."""
        super().resizeEvent(event)
        self._place_sentence()
        self.group.wake()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers scales, smoothing and export."""
        from hope_studio.widgets.plot_menu import plot_menu

        plot_menu(self).exec(event.globalPos())

    def _place_sentence(self) -> None:
        self.sentence.setGeometry(self.rect().adjusted(12, 0, -16, -24))
