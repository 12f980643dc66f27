"""How many tokens a second the run trains on."""

from __future__ import annotations

from typing import ClassVar

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve


class SpeedPanel(Panel):
    """Tokens a second, raw and smoothed."""

    order: ClassVar[int] = 40
    unit: ClassVar[str] = "count"

    def build(self) -> None:
        """One curve."""
        self.speed = self.add(Curve("tokens_per_second", color=3, smooth=True, ghost=True))

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Speed"))
        self.speed.label = self.tr("tokens/s")
        self.plot.show_sentence(self.tr("The speed is measured at every step."))
