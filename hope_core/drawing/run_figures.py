"""Figures of what a run has told: losses, learning rates, gradient norm, the memory's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from hope_core.analysis.history_cache import open_history
from hope_core.drawing.boxes import COLORS
from hope_core.errors import RunError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from hope_core.analysis.history import RunHistory
    from hope_core.runs.folder import RunFolder

PIXELS = 1200


def read_history(folder: RunFolder) -> RunHistory:
    """Everything a run has told, its memory probes as well."""
    history = open_history(folder.path).history
    while history.load_probes(seconds=1.0):
        pass
    return history


def losses(folder: RunFolder, history: RunHistory) -> Figure:
    """Training and held-out loss over steps; the constraint's on a scale of its own, if any."""
    figure, axes = _chart(f"{folder.name}: losses", "nats a token")
    _line(axes, history, "loss", "training", 0, width=0.8)
    _line(axes, history, "validation.loss", "held-out", 1, width=2.0)
    lines = [*axes.lines]
    if history.find("penalty") is not None:
        right = axes.twinx()
        right.set_ylabel("constraint", color=COLORS[3])
        right.spines["top"].set_visible(False)
        _line(right, history, "penalty", "constraint (right)", 3, width=0.8)
        right.set_ylim(bottom=0.0)
        lines += right.lines
    axes.legend(handles=lines, frameon=False, fontsize=8)
    return figure


def learning_rates(folder: RunFolder, history: RunHistory) -> Figure:
    """The learning rate of every level over steps."""
    figure, axes = _chart(f"{folder.name}: learning rates", "learning rate")
    axes.set_yscale("log")
    for index, level in enumerate(history.levels):
        _line(axes, history, f"learning_rate.{index}", level.name, index, width=1.6)
    axes.legend(frameon=False, fontsize=8)
    return figure


def gradient_norm(folder: RunFolder, history: RunHistory) -> Figure:
    """The gradient's norm before clipping, and where it is clipped."""
    figure, axes = _chart(f"{folder.name}: gradient norm", "norm before clipping")
    axes.set_yscale("log")
    _line(axes, history, "grad_norm", "gradient", 0, width=0.9)
    clip = folder.config.train.clip_norm
    if clip:
        axes.axhline(clip, color=COLORS[1], linestyle="--", linewidth=1, label="clipped above")
    axes.legend(frameon=False, fontsize=8)
    return figure


def memory_trajectory(folder: RunFolder, history: RunHistory) -> Figure:
    """Smallest, median and largest norm of the memories of all layers and heads over steps."""
    figure, axes = _chart(f"{folder.name}: memory", "norm of a head's memory")
    for index, name in enumerate(("smallest", "median", "largest")):
        _line(axes, history, f"memory.{name}", name, index, width=1.6)
    axes.legend(frameon=False, fontsize=8)
    return figure


def _chart(title: str, unit: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(8, 4.2), facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold")
    axes.set_xlabel("step")
    axes.set_ylabel(unit)
    axes.grid(visible=True, axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _line(
    axes: Axes, history: RunHistory, curve: str, words: str, tint: int, *, width: float
) -> None:
    """One curve in at most 2 * PIXELS points that keep its extremes.

    Raises:
        RunError: the run has told nothing of it.
    """
    found = history.find(curve)
    if found is None or not len(found[0]):
        raise RunError(f"This run has told no {words} yet, so there is nothing to draw.")
    series, places = found[0], found[1]["step"]
    ends = float(places.values[0]), float(places.values[len(series) - 1])
    x, y = series.window(*ends, PIXELS, x=places)
    known: Any = np.isfinite(y)
    style = ("-", "--", ":", "-.")[tint % 4] if width > 1 else "-"
    color = COLORS[tint % len(COLORS)]
    axes.plot(x[known], y[known], style, color=color, linewidth=width, label=words)
