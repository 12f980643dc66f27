"""The learning rate of each nesting level."""

from __future__ import annotations

from typing import ClassVar

from hope_core.runs.events import RunStarted
from hope_studio.panels.panel import Panel
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.setting_words import level_words


class LearningRatePanel(Panel):
    """Learning rates in powers of ten, one line a level."""

    order: ClassVar[int] = 20
    log_y: ClassVar[bool] = True

    def build(self) -> None:
        """The lines come with the run, which knows how many levels it has."""
        self.on(RunStarted, self.show_levels)

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Learning rate"))
        levels = self.history.levels if self.history else ()
        for index, curve in enumerate(self.plot.curves):
            unknown = self.tr("level {n}").format(n=index + 1)
            curve.label = level_words(levels[index].name) if index < len(levels) else unknown
        self.plot.show_sentence(self.tr("The learning rates come with the first step."))

    def new_run(self) -> None:
        """Make room for the levels of this run."""
        levels = self.history.levels if self.history else ()
        for index in range(len(self.plot.curves), len(levels)):
            self.add(Curve(f"learning_rate.{index}", color=index))

    def show_levels(self, _event: RunStarted) -> None:
        """The run told its levels."""
        self.new_run()
        self.retranslate()
