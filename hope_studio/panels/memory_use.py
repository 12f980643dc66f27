"""The memory that the trainer's process and its GPU hold."""

from __future__ import annotations

from typing import ClassVar

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve


class MemoryUsePanel(Panel):
    """Resident memory of the process; on a GPU also what the trainer holds there."""

    order: ClassVar[int] = 50
    unit: ClassVar[str] = "bytes"

    def build(self) -> None:
        """Process and GPU; the second is empty without one."""
        self.process = self.add(Curve("memory_bytes", color=4))
        self.gpu = self.add(Curve("gpu_bytes", color=5))

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Memory in use"))
        self.process.label = self.tr("process")
        self.gpu.label = self.tr("GPU")
        self.plot.show_sentence(self.tr("The trainer's memory is read at every step."))
