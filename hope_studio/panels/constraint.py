"""The model's own second loss, for models that have one: how far a constraint is from being met."""

from __future__ import annotations

from typing import ClassVar

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve


class ConstraintPanel(Panel):
    """What a constraint adds to the loss, in powers of ten; only where there is one."""

    order: ClassVar[int] = 70
    log_y: ClassVar[bool] = True

    def build(self) -> None:
        """One curve."""
        self.penalty = self.add(Curve("penalty", color=6, smooth=True, ghost=True))

    @property
    def present(self) -> bool:
        """Whether the model has a second loss."""
        return self.history is not None and self.history.find("penalty") is not None

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Constraint loss"))
        self.penalty.label = self.tr("constraint")
        self.plot.show_sentence(self.tr("The model's own second loss comes with the first step."))
