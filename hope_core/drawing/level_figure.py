"""The nesting levels: who moves when, and at what learning rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hope_core.config.schedule import learning_rate_at
from hope_core.drawing.boxes import COLORS, LINE, MUTED, TEXT, count_words, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from hope_core.drawing.inspection import Inspection

TICKS = 5
"""Updates of the slowest level that are drawn."""


def nesting_levels(model: Inspection) -> Figure:
    """One lane a level over the first steps; the planned learning rates below."""
    train = model.config.train
    levels = model.levels
    lanes = 0.5 * len(levels)
    figure, axes = sheet(9.0, lanes + 4.2, f"{model.config.name}: nesting levels")
    slowest = max((level.clock for level in levels if level.clock <= train.steps), default=1)
    last = min(train.steps, TICKS * slowest)
    bottom = 3.4
    for index, level in enumerate(levels):
        y = bottom + 0.5 * (len(levels) - 1 - index)
        color = COLORS[index % len(COLORS)]
        words = f"{level.name}\n{count_words(level.parameters)} parameters"
        axes.text(2.1, y, words, ha="right", va="center", fontsize=8, color=TEXT)
        axes.plot([2.3, 8.6], [y, y], color=LINE, linewidth=0.8, zorder=0)
        steps = np.arange(level.clock, last + 1, level.clock)
        axes.vlines(2.3 + 6.3 * steps / last, y - 0.15, y + 0.15, color=color, linewidth=1.4)
    axes.text(2.3, bottom - 0.4, f"updates in steps 1 to {last:,}", fontsize=8, color=MUTED)
    chart = figure.add_axes((2.3 / 9.0, 0.55 / (lanes + 4.2), 6.3 / 9.0, 2.0 / (lanes + 4.2)))
    progress = np.linspace(0, 1, 300)
    for index, level in enumerate(levels):
        rates = [
            learning_rate_at(
                float(share),
                peak=train.learning_rate * level.learning_rate_factor,
                minimum=train.minimum_learning_rate,
                warmup=train.warmup,
            )
            for share in progress
        ]
        style = ("-", "--", ":", "-.")[index % 4]
        chart.plot(
            100 * progress, rates, style, color=COLORS[index % len(COLORS)], label=level.name
        )
    chart.set_xlabel("% of the run", fontsize=8)
    chart.set_ylabel("learning rate", fontsize=8)
    chart.tick_params(labelsize=8)
    chart.legend(fontsize=7, frameon=False)
    return figure
