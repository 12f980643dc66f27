"""The size of the gradient before clipping, and where clipping begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.plot_rule import Rule

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory


class GradientNormPanel(Panel):
    """Gradient norm, raw and smoothed."""

    order: ClassVar[int] = 30

    def build(self) -> None:
        """One curve and the line of the clip norm."""
        self.norm = self.add(Curve("grad_norm", color=2, smooth=True, ghost=True))
        self.limit = Rule(self.clip_norm, role="bad", stretch=False)
        self.plot.add_rule(self.limit)

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Gradient norm"))
        self.norm.label = self.tr("gradient")
        self.limit.set_caption(self.tr("clipped above"))
        self.plot.show_sentence(self.tr("The gradient is measured at every step."))

    def clip_norm(self, _history: RunHistory) -> float | None:
        """The run's largest norm; None without clipping."""
        run = self.session.run
        return (run.config.train.clip_norm or None) if run is not None else None
