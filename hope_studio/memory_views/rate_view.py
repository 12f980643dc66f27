"""The learning rate of every level, and dashed what it comes to with how rarely the level moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hope_core.analysis.rates import effective_rate, steps_of
from hope_studio.memory_views.lines import Line, Lines
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.setting_words import level_words

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory


class RateView(Lines):
    """Steps rather than slopes between the points; logarithmic upwards."""

    def __init__(self) -> None:
        super().__init__("count", "plain", log_y=True)

    def show_history(self, history: RunHistory, step: float | None = None) -> bool:
        """Draw every level; False before the first step."""
        lines, words = [], []
        for index, series in enumerate(history.learning_rates):
            if not len(series) or index >= len(history.levels):
                continue
            level = history.levels[index]
            places = history.axes["step"].values[: len(series)]
            x, rates = steps_of(places, series.y)
            name, value = level_words(level.name), in_words(float(series.y[-1]), "plain")
            lines.append(Line(name, x, rates, index, 0, value))
            slowed = effective_rate(rates, len(history.firings[index]), len(places))
            if np.any(slowed < rates):
                lines.append(Line("", x, slowed, index, 1))
            words.append(f"{name}: {value}.")
        self.draw(lines, mark=step)
        self.setAccessibleDescription(" ".join(words))
        return bool(lines)
