"""The base of every panel: a card with a title, a legend that reads out values, and a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from hope_studio.theme import control
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot import AXIS_UNITS, Plot
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_legend import Entry, Legend

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent

    from hope_core.analysis.history import RunHistory
    from hope_core.runs.events import Event
    from hope_studio.session import Session
    from hope_studio.widgets.curve import Curve, Reading
    from hope_studio.widgets.plot_group import PlotGroup

PANEL_MIME = "application/x-hope-panel"
"""What is dragged when a panel is."""
TELL_MS = 1000
"""Between two texts for screen readers."""


class Panel(QFrame):
    """One plot of the Train page.

    A panel sets `order`, `unit` and `log_y`, adds its curves in `build` and its words in
    `retranslate`. What a curve shows comes from the run's history; `on` is for the rest.
    """

    order: ClassVar[int] = 100
    """Place on the page, small first."""
    unit: ClassVar[str] = "plain"
    """How values read: plain, count or bytes."""
    log_y: ClassVar[bool] = False

    def __init__(self, session: Session, group: PlotGroup) -> None:
        super().__init__()
        self.session = session
        self.plot = Plot(group, unit=self.unit, log_y=self.log_y)
        self.title = label(role="heading")
        self.legend = Legend()
        self._held_at = QPoint()
        self._slots: dict[type[Event], list[Callable[[Any], None]]] = {}
        self._telling = QTimer(self, interval=TELL_MS, singleShot=True)
        self._telling.timeout.connect(self._tell)
        self._lay_out()
        session.events_arrived.connect(self._deliver)
        session.run_changed.connect(self._run_changed)
        group.cursor_moved.connect(self._read_out)
        self.plot.redrawn.connect(self._redrawn)
        control.theme_changed.connect(self.legend.update)
        self.build()
        self.retranslate()

    def build(self) -> None:
        """Add the curves."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set the title, the names of the curves and the sentence for an empty plot."""
        raise NotImplementedError

    def new_run(self) -> None:
        """Another run is open: `self.history` is it; the place to add curves that only it has."""

    @property
    def present(self) -> bool:
        """Whether the open run has anything for this panel; else it takes no room."""
        return True

    @property
    def history(self) -> RunHistory | None:
        """What the open run told so far."""
        return self.session.history

    def add(self, curve: Curve) -> Curve:
        """Draw a curve."""
        return self.plot.add(curve)

    def on(self, event: type[Event], slot: Callable[[Any], None]) -> None:
        """Call `slot(event)` for each new event of this type, as long as the panel lives."""
        self._slots.setdefault(event, []).append(slot)

    def set_title(self, text: str) -> None:
        """Name the panel, for the eye and for screen readers."""
        self.title.setText(text)
        self.plot.setAccessibleName(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the heading."""
        self._held_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the panel to another place of the page."""
        way = (event.position().toPoint() - self._held_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and way >= QApplication.startDragDistance():
            data = QMimeData()
            data.setData(PANEL_MIME, type(self).__name__.encode())
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(self.grab().scaledToWidth(160))
            drag.exec(Qt.DropAction.MoveAction)

    def changeEvent(self, event: QEvent) -> None:
        """Sets the words again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.plot.touch()

    def _lay_out(self) -> None:
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        self.title.setCursor(Qt.CursorShape.OpenHandCursor)
        head.addWidget(self.title)
        head.addWidget(self.legend, 1)
        column.addLayout(head)
        column.addWidget(self.plot, 1)

    def _curve_words(self, curve: Curve) -> str:
        """How the legend says that a curve is smoothed."""
        smoothing = self.plot.group.smoothing
        if not curve.smooth or not smoothing.weight:
            return ""
        texts = {"average": self.tr("average of {count}"), "gauss": self.tr("Gaussian, {count}")}
        return texts[smoothing.kernel].format(count=smoothing.steps)

    def _ghost_entry(self, place: float) -> list[Entry]:
        """The other run's value at this place, under the name of the first curve that has one."""
        group = self.plot.group
        for curve in self.plot.curves:
            if curve.ghost and group.ghost and group.ghost.find(curve.y) is not None:
                axis, smoothing = group.view.axis, group.smoothing
                reading = curve.ghost.read(group.ghost, axis, place, smoothing)
                value = in_words(reading.y, self.unit) if reading is not None else ""
                return [Entry(curve.color, -1, group.ghost_name, value)]
        return []

    def _readings(self) -> list[tuple[Curve, Reading]]:
        history, group = self.plot.group.history, self.plot.group
        if history is None:
            return []
        axis, place = group.view.axis, group.cursor
        found = [(c, c.read(history, axis, place, group.smoothing)) for c in self.plot.curves]
        return [(curve, reading) for curve, reading in found if reading is not None]

    @Slot()
    @Slot(object)
    def _read_out(self, _place: object = None) -> None:
        readings = self._readings()
        entries = [
            Entry(
                curve.color,
                curve.dash,
                curve.label,
                in_words(reading.y, self.unit),
                self._curve_words(curve),
            )
            for curve, reading in readings
        ]
        if readings:
            entries += self._ghost_entry(readings[0][1].x)
        self.legend.show_entries(entries)

    @Slot()
    def _redrawn(self) -> None:
        self._read_out()
        if not self._telling.isActive():
            self._tell()
            self._telling.start()

    @Slot()
    def _tell(self) -> None:
        """Put what is drawn into words for screen readers."""
        text = self.tr("{curve}: {value} at {place}.")
        parts = [
            text.format(
                curve=curve.label,
                value=in_words(reading.y, self.unit),
                place=in_words(reading.x, AXIS_UNITS[self.plot.group.view.axis]),
            )
            for curve, reading in self._readings()
        ]
        self.plot.setAccessibleDescription(" ".join(parts) or self.plot.sentence.text())

    @Slot(object)
    def _deliver(self, batch: list[Event]) -> None:
        for event in batch if self._slots else ():
            for slot in self._slots.get(type(event), ()):
                slot(event)

    @Slot(object)
    def _run_changed(self, _run: object) -> None:
        self._telling.stop()
        self.new_run()
        self.retranslate()
