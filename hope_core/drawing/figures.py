"""Every figure by its name, and how one is written to a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl

from hope_core.drawing.diagrams import architecture, components, data_flow
from hope_core.drawing.inspection import inspect
from hope_core.drawing.level_figure import nesting_levels
from hope_core.drawing.memory_figure import memory_update
from hope_core.drawing.run_figures import (
    gradient_norm,
    learning_rates,
    losses,
    memory_trajectory,
    read_history,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from hope_core.analysis.history import RunHistory
    from hope_core.config.run import RunConfig
    from hope_core.drawing.inspection import Inspection
    from hope_core.runs.folder import RunFolder

FORMATS = ("svg", "png")
DOTS_PER_INCH = 160
OF_MODELS: dict[str, Callable[[Inspection], Figure]] = {
    "architecture": architecture,
    "data-flow": data_flow,
    "components": components,
    "memory-update": memory_update,
    "nesting-levels": nesting_levels,
}
OF_RUNS: dict[str, Callable[[RunFolder, RunHistory], Figure]] = {
    "losses": losses,
    "learning-rates": learning_rates,
    "gradient-norm": gradient_norm,
    "memory-trajectory": memory_trajectory,
}


def model_figure(name: str, config: RunConfig) -> Figure:
    """A figure of the model of these settings; name is a key of OF_MODELS."""
    return OF_MODELS[name](inspect(config))


def run_figure(name: str, folder: RunFolder) -> Figure:
    """A figure of a run; name is a key of OF_RUNS.

    Raises:
        RunError: the run has not told yet what the figure shows.
    """
    return OF_RUNS[name](folder, read_history(folder))


def written(figure: Figure, kind: str) -> bytes:
    """A figure as a file's content; the same figure gives the same bytes."""
    target = io.BytesIO()
    date = {"Date": None} if kind == "svg" else {}
    with mpl.rc_context({"svg.hashsalt": "hope"}):
        figure.savefig(target, format=kind, dpi=DOTS_PER_INCH, metadata=date)
    return target.getvalue()
