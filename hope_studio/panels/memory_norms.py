"""The size of the model's memory over the run: the largest, the median and the smallest head."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.memory_words import no_memory_sentence


class MemoryNormPanel(Panel):
    """Norms of the memory after it read the probe text."""

    order: ClassVar[int] = 60
    log_y: ClassVar[bool] = True

    def build(self) -> None:
        """Three curves over the probes."""
        self.largest = self.add(Curve("memory.largest", color=1))
        self.median = self.add(Curve("memory.median", color=0))
        self.smallest = self.add(Curve("memory.smallest", color=2))
        self.session.phase_changed.connect(self._say_why_empty)

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Memory norm"))
        self.largest.label = self.tr("largest")
        self.median.label = self.tr("median")
        self.smallest.label = self.tr("smallest")
        self._say_why_empty()

    @Slot()
    def _say_why_empty(self) -> None:
        self.plot.show_sentence(no_memory_sentence(self.session))
