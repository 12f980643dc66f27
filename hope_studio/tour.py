"""The guided tour: a few steps over the real window, page by page; begun from the Help menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from hope_studio.theme import color
from hope_studio.widgets.callout import Callout

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from hope_studio.frame import Frame

STEPS = ("presets", "text", "settings", "run_bar", "plots", "memory", "write", "runs", "help")
PAGES = {
    "presets": "home",
    "text": "home",
    "settings": "configure",
    "run_bar": "train",
    "plots": "train",
    "memory": "memory",
    "write": "generate",
    "runs": "runs",
    "help": "home",
}
"""On which page each step stands."""
RING = 4
"""Pixels of the ring outside of what it surrounds."""


class Ring(QWidget):
    """A line around what is explained; the mouse passes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class Tour(QObject):
    """Shows one step after the other and brings the page back with which it began.

    Signals:
        ended: it was finished or broken off.
    """

    ended = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._began_on = frame.window.current_page
        self.step = 0
        self.ring = Ring(frame.window)
        self.callout = Callout(frame.window)
        self.callout.understood.connect(self.go_on)
        self.callout.unwanted.connect(self.end)
        self.callout.placed.connect(self._move_ring)
        self._escape = QShortcut(QKeySequence("Esc"), frame.window, self.end)

    def start(self) -> None:
        """Show the first step."""
        self._show()

    @Slot()
    def go_on(self) -> None:
        """The next step; after the last one the end."""
        if self.step + 1 < len(STEPS):
            self.step += 1
            self._show()
        else:
            self.end()

    @Slot()
    def end(self) -> None:
        """Put everything away."""
        self.callout.leave()
        self._escape.setEnabled(False)
        self._frame.window.show_page(self._began_on)
        for part in (self.callout, self.ring, self._escape):
            part.deleteLater()
        self.ended.emit()

    def retranslate(self) -> None:
        """Say the step again, in the window's language."""
        last = self.step + 1 == len(STEPS)
        place = self.tr("{number} of {count}").format(number=self.step + 1, count=len(STEPS))
        self.callout.say(
            self._words(STEPS[self.step]),
            place,
            self._target(STEPS[self.step]),
            onward=self.tr("Finish") if last else self.tr("Next"),
            away=self.tr("End the tour"),
        )
        self.callout.none_button.setVisible(not last)

    def _show(self) -> None:
        name = STEPS[self.step]
        self._frame.window.show_page(PAGES[name])
        target = self._target(name)
        above: QWidget | None = target
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(target)
            above = above.parentWidget()
        self.retranslate()
        self.callout.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _move_ring(self) -> None:
        target = self.callout.target
        was_hidden = self.ring.isHidden()
        self.ring.setVisible(not target.isEmpty())
        if not target.isEmpty():
            if was_hidden:  # a page that has just come took the keyboard
                self.callout.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
            around = target.adjusted(-RING, -RING, RING, RING)
            self.ring.setGeometry(around.intersected(self._frame.window.rect()))
            self.ring.raise_()
            self.callout.raise_()

    def _target(self, name: str) -> QWidget:
        """What a step is about, by its place in the window."""
        window = self._frame.window
        if name == "run_bar":
            return self._frame.run_bar
        if name == "help":
            return window.menuBar()
        page = window.page(PAGES[name])
        parts = {
            "presets": "families",
            "text": "zone",
            "settings": "advanced",
            "plots": "tools",
            "memory": "strip",
            "write": "teach_side",
            "runs": "filter",
        }
        part = getattr(page, parts[name])
        assert isinstance(part, QWidget)
        return part

    def _words(self, name: str) -> str:
        texts = {
            "presets": self.tr(
                "Begin here: choose a family, then press Train on one of its four sizes. Size, "
                "memory and time are those of this machine."
            ),
            "text": self.tr(
                "Drop a text of your own here, or anywhere on the window. Without one the model "
                "learns from a text that is built in."
            ),
            "settings": self.tr(
                "Settings explain themselves and check what you type. Advanced shows all of them; "
                "every edit can be undone, and the line at the bottom tells the cost beforehand."
            ),
            "run_bar": self.tr(
                "The run bar stays on every page: train, pause, single steps, stop, and how far "
                "it is."
            ),
            "plots": self.tr(
                "Watch it learn. One axis and one pointer for all plots; a double click makes a "
                "plot large, and its menu saves it."
            ),
            "memory": self.tr(
                "Look into the memory: how much each head holds, what surprises it, what it "
                "writes. This slider replays the run."
            ),
            "write": self.tr(
                "Let the model write, or choose Teach: tell it a fact and watch its memory learn "
                "it while the weights stand still."
            ),
            "runs": self.tr(
                "Every run is kept here: compare, resume, branch, report, give away. Nothing is "
                "overwritten."
            ),
            "help": self.tr(
                "Ctrl+K finds any command, F1 lists the keys. This tour is in the Help menu."
            ),
        }
        return texts[name]
