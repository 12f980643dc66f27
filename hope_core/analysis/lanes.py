"""The clocks of the nesting levels: when each moved, and when it will move next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.history import RunHistory

_TICKS_OF_THE_SLOWEST = 5


class Lane(NamedTuple):
    """One level as its lane tells it.

    period and next_step are steps; next_step is None when the run ends before, remaining how many
    steps are left until then; never says that the run is too short for the level to move even once.
    """

    name: str
    period: int
    learning_rate: float | None
    updates: int
    next_step: int | None
    never: bool
    remaining: int | None = None


def lanes_of(history: RunHistory) -> list[Lane]:
    """Every level of the run, fast to slow."""
    return [_lane(history, index) for index in range(len(history.levels))]


def _lane(history: RunHistory, index: int) -> Lane:
    level = history.levels[index]
    rates = history.learning_rates[index].y
    upcoming = (history.step // level.clock + 1) * level.clock
    steps = history.started.steps if history.started else 0
    over = history.finished is not None or upcoming > steps
    updates = len(history.firings[index])
    return Lane(
        name=level.name,
        period=level.clock,
        learning_rate=float(rates[-1]) if len(rates) else None,
        updates=updates,
        next_step=None if over else upcoming,
        never=updates == 0 and over,
        remaining=None if over else upcoming - history.step,
    )


def lane_window(history: RunHistory) -> tuple[int, int]:
    """The steps to show so that the slowest level that moves has a few ticks: (first, last)."""
    last = max(history.step, 1)
    moving = [
        level.clock
        for level, fired in zip(history.levels, history.firings, strict=False)
        if len(fired)
    ]
    return max(0, last - _TICKS_OF_THE_SLOWEST * max(moving, default=last)), last


def steps_between(history: RunHistory, axis: str, left: float, right: float) -> tuple[int, int]:
    """The first and the last step in a stretch of an axis; a place past the last step stays one."""
    if axis == "step":
        return max(0, int(left)), max(1, int(right))
    places, steps = history.axes[axis].values, history.axes["step"].values
    if not len(places):
        return 0, 1
    first, stop = np.searchsorted(places, (left, right))
    newest = len(steps) - 1
    return int(steps[min(first, newest)]), max(1, int(steps[min(stop, newest)]))


def ticks(
    places: npt.NDArray[Any], left: float, right: float, pixels: int
) -> npt.NDArray[np.float64]:
    """One place a pixel at most, of those between left and right; places never fall.

    A pixel in which any place lies keeps its first one, so a dense lane shows as a solid band.
    """
    edges = np.linspace(left, right, pixels + 1)
    first = np.searchsorted(places, edges)
    return np.asarray(places[first[:-1][np.diff(first) > 0]], np.float64)
