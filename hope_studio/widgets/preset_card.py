"""One preset as a card: its size, memory and time on this machine, and its start button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from hope_studio.core_words import core_words
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.meter import Meter, Part
from hope_studio.widgets.quantities import duration, short_number, size
from hope_studio.widgets.setting_words import translated

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hope_core.inference.messages import EstimateReply


class PresetCard(Card):
    """Shows one preset. Every figure comes from an EstimateReply; until then it reads "...".

    Signals:
        train_asked: the preset's name; start it.
        adjust_asked: the preset's name; edit its settings.
        shrink_asked: the preset's name; make it fit into the memory that is left.
    """

    train_asked = Signal(str)
    adjust_asked = Signal(str)
    shrink_asked = Signal(str)

    def __init__(self, preset: str, *, primary: bool = False) -> None:
        super().__init__()
        self.preset = preset
        """Its name; the last part of it is its size."""
        self.estimate: EstimateReply | None = None
        self._sentence = ""
        self._available = 0
        self._refusal = ""
        self._heading = label(role="heading")
        self._parameters = label()
        self._time = label()
        self._memory = label(role="muted", wrap=True)
        self._meter = Meter()
        self._words = label(role="muted", wrap=True)
        self.train_button = QPushButton()
        self.train_button.setProperty("primary", primary)
        self.train_button.setAutoDefault(True)
        self.train_button.setDefault(primary)
        self.train_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.adjust_button = QPushButton()
        self.adjust_button.setProperty("flat", True)
        self._lay_out()
        self.train_button.clicked.connect(self._ask_train)
        self.adjust_button.clicked.connect(self._ask_adjust)
        self.retranslate()

    def show_preset(self, preset: str) -> None:
        """Stand for another preset, of which nothing is known yet."""
        self.preset = preset
        self.estimate = None
        self._sentence = self._refusal = ""
        self.retranslate()

    def show_sentence(self, sentence: str) -> None:
        """The preset's one sentence about itself."""
        self._sentence = sentence
        self.retranslate()

    def show_estimate(self, estimate: EstimateReply) -> None:
        """Fill in the figures."""
        self.estimate = estimate
        self.retranslate()

    def show_available(self, available: int) -> None:
        """How much memory the device has left (bytes); 0 while it is not known."""
        self._available = available
        self.retranslate()

    def refuse(self, reason: str) -> None:
        """Why it cannot be started now, in a sentence; empty: it can."""
        self._refusal = reason
        self.retranslate()

    @property
    def available(self) -> int:
        """How much memory the device has left (bytes); 0 while it is not known."""
        return self._available

    @property
    def fits(self) -> bool:
        """Whether the estimate fits into the memory that is left, as far as both are known."""
        known = self.estimate is not None and self._available > 0
        return not known or self.estimate.total_bytes <= self._available  # type: ignore[union-attr]

    def retranslate(self) -> None:
        """Say everything again, in the window's language and with the newest figures."""
        name = translated(self.preset.rpartition("/")[2].capitalize())
        self._heading.setText(name)
        self._words.setText(core_words(translated(self._sentence)))
        words, told = self.tr("Adjust ..."), self.tr("Adjust {name}")
        if not self.fits:
            words, told = self.tr("Shrink to fit"), self.tr("Shrink {name} until it fits")
        self.adjust_button.setText(words)
        self.adjust_button.setAccessibleName(told.format(name=name))
        self._parameters.setText(
            self.tr("{count} parameters").format(
                count=short_number(self.estimate.parameters) if self.estimate else "..."
            )
        )
        self._time.setText(self._time_words())
        self._show_memory()
        reason = core_words(self._refusal) or (
            "" if self.fits else self.tr("It does not fit into the memory.")
        )
        self.train_button.setEnabled(not reason)
        self.train_button.setToolTip(reason)
        self._show_button_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the button's text where the card is narrow."""
        super().resizeEvent(event)
        self._show_button_text()

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.addWidget(self._parameters)
        figures.addStretch(1)
        figures.addWidget(self._time)
        self.body.addWidget(self._heading)
        self.body.addLayout(figures)
        self.body.addWidget(self._meter)
        self.body.addWidget(self._memory)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._words, 1)
        self.body.addWidget(self.train_button)
        self.body.addWidget(self.adjust_button)

    def _time_words(self) -> str:
        if self.estimate is None:
            return "..."
        if self.estimate.seconds is None:
            return self.tr("time unknown")
        return self.tr("about {time}").format(time=duration(self.estimate.seconds))

    def _show_memory(self) -> None:
        if self.estimate is None:
            self._meter.show_parts((), 0.0, self.tr("Memory is not known yet."))
            self._memory.setText(self.tr("... of memory"))
            return
        e = self.estimate
        parts = (
            Part(self.tr("weights"), e.weight_bytes),
            Part(self.tr("gradients"), e.gradient_bytes),
            Part(self.tr("optimizer"), e.optimizer_bytes),
            Part(self.tr("activations"), e.activation_bytes),
        )
        listed = ", ".join(f"{part.label} {size(part.amount)}" for part in parts)
        self._meter.show_parts(parts, float(self._available), listed)
        if not self.fits:
            words = self.tr("needs {needed}, {free} is free")
        elif self._available:
            words = self.tr("{needed} of {free} free memory")
        else:
            words = self.tr("{needed} of memory")
        self._memory.setText(words.format(needed=size(e.total_bytes), free=size(self._available)))

    def _show_button_text(self) -> None:
        name = translated(self.preset.rpartition("/")[2].capitalize())
        text = self.tr("Train {name}").format(name=name)
        if self.estimate is not None and self.estimate.seconds is not None:
            text = self.tr("Train {name} (about {time}, {memory})").format(
                name=name,
                time=duration(self.estimate.seconds),
                memory=size(self.estimate.total_bytes),
            )
        room = self.train_button.width() - 34
        if self.train_button.fontMetrics().horizontalAdvance(text) > room:
            text = text.replace(" (", "\n(", 1)
        self.train_button.setText(text)

    @Slot()
    def _ask_train(self) -> None:
        self.train_asked.emit(self.preset)

    @Slot()
    def _ask_adjust(self) -> None:
        (self.adjust_asked if self.fits else self.shrink_asked).emit(self.preset)
