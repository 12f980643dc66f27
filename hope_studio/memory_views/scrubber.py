"""The strip below the Memory page: which look is shown, played like a film or kept newest."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QStyle, QToolButton, QWidget

from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label

FRAME_MS, STILL_MS = 250, 1500
"""Between two looks while they are played; the second where the desktop asks for less motion."""


class Scrubber(QWidget):
    """Moves all pictures of the page together.

    Signals:
        moved: the look to show, by its number.
        following: whether the newest look is to be shown as the run goes on.
    """

    moved = Signal(int)
    following = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.words = label(role="muted")
        self.play = QToolButton()
        self.follow = QPushButton()
        self._film = QTimer(self)
        self.play.setCheckable(True)
        self.follow.setCheckable(True)
        self.slider.setMinimumHeight(28)
        self.words.setMinimumWidth(150)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(16, 4, 16, 8)
        strip.addWidget(self.play)
        strip.addWidget(self.words)
        strip.addWidget(self.slider, 1)
        strip.addWidget(self.follow)
        self.slider.valueChanged.connect(self._scrub)
        self.slider.sliderPressed.connect(self._take_over)
        self.follow.toggled.connect(self.following)
        self.play.toggled.connect(self._play)
        self._film.timeout.connect(self._next_frame)
        self.retranslate()

    def retranslate(self) -> None:
        """Name everything."""
        self.slider.setAccessibleName(self.tr("Look at step"))
        self.follow.setText(self.tr("Newest look"))
        self.follow.setToolTip(self.tr("Keep showing the newest look as the run goes on"))
        self._name_play()

    def set_looks(self, count: int) -> None:
        """Offer so many looks; the newest one is taken while it follows."""
        for part in (self.slider, self.follow, self.play):
            part.setEnabled(count > 0)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(count - 1, 0))
        if self.follow.isChecked():
            self.slider.setValue(count - 1)
        self.slider.blockSignals(False)

    @Slot(int)
    def _scrub(self, index: int) -> None:
        self.follow.setChecked(False)
        self.moved.emit(index)

    @Slot()
    def _take_over(self) -> None:
        """A hand on the slider: neither follow nor play."""
        self.follow.setChecked(False)
        self.play.setChecked(False)

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self._name_play()
        if not on:
            self._film.stop()
            return
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        moving = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        self._film.start(FRAME_MS if moving else STILL_MS)

    @Slot()
    def _next_frame(self) -> None:
        if self.slider.value() >= self.slider.maximum() or not self.isVisible():
            self.play.setChecked(False)
            return
        self.slider.setValue(self.slider.value() + 1)

    def _name_play(self) -> None:
        playing = self.play.isChecked()
        set_icon(self.play, "pause" if playing else "play")
        name = self.tr("Pause the replay") if playing else self.tr("Replay the run")
        self.play.setAccessibleName(name)
        self.play.setToolTip(name)
