"""Training and validation loss, the floor below which no model can go, and the best point."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.plot_rule import Rule, Star

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory


class LossPanel(Panel):
    """Nats a token against the run's progress."""

    order: ClassVar[int] = 10

    def build(self) -> None:
        """Training raw and smoothed, validation as points, floor and star."""
        self.training = self.add(Curve("loss", color=0, smooth=True, ghost=True))
        self.validation = self.add(Curve("validation.loss", color=1, points=True, ghost=True))
        self.floor = Rule(floor_in_nats, role="good", below=True)
        self.plot.add_rule(self.floor)
        self.plot.add_rule(Star())

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Loss"))
        self.training.label = self.tr("training")
        self.validation.label = self.tr("validation")
        self.floor.set_caption(self.tr("entropy of the text"))
        self.plot.show_sentence(self.tr("The curve begins with the first step."))


def floor_in_nats(history: RunHistory) -> float | None:
    """The text's own entropy in nats a token, where the run knows it."""
    floor = history.started.floor_bits_per_byte if history.started else None
    last = history.last
    if floor is None or last is None or not last.bits_per_byte > 0:
        return None
    return floor * last.loss / last.bits_per_byte
