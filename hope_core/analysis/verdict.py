"""How a run is doing, in plain words: a key and numbers here, the words in the studio."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from hope_core.analysis.history import RunHistory

_WINDOW = 200
"""Steps that the trend is taken over."""
_LONGEST = 20_000
"""Steps beyond which nobody asks how long it has been flat."""
_FEWEST = 20
"""Steps below which there is no trend to tell."""
_FLAT_RATE = 3e-5
"""Change of a step, as a share of the loss, below which it counts as flat."""
_TOLD = 100
"""Steps over which a change is told; fewer while there are not as many."""
_CERTAIN = 3.0
"""Standard errors a slope must be away from zero to count."""
_GRADIENT_JUMP = 8.0
"""Times its median that a gradient norm must reach to be worth a word."""
_WORSE_VALIDATION = 2
"""Evaluations in a row that must be worse than the best."""


@dataclass(frozen=True)
class Verdict:
    """What to say about a run.

    Keys and their numbers: waiting; starting (step); diverged (step); gradient (times, step);
    overfitting (since, worse: percent above the best); falling, rising (percent, in so many steps);
    flat (steps looked at).
    """

    key: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def judge(history: RunHistory) -> Verdict:
    """The one thing most worth saying about the run now."""
    loss, step = history.series["loss"].y, history.step
    if not len(loss):
        return Verdict("waiting")
    if not math.isfinite(loss[-1]):
        return Verdict("diverged", {"step": step})
    if len(loss) < _FEWEST:
        return Verdict("starting", {"step": step})
    return _gradient(history) or _overfitting(history) or _trend(history)


def _gradient(history: RunHistory) -> Verdict | None:
    """Whether one of the last five gradients was far above what is usual here."""
    norms = history.series["grad_norm"].y[-_WINDOW:]
    usual = float(np.median(norms[np.isfinite(norms)])) if np.isfinite(norms).any() else 0.0
    largest = int(np.argmax(norms[-5:]))
    times = float(norms[-5:][largest]) / usual if usual > 0 else 0.0
    if not times >= _GRADIENT_JUMP:
        return None
    steps = history.axes["step"].values[-len(norms) :][-5:]
    return Verdict("gradient", {"times": times, "step": int(steps[largest])})


def _overfitting(history: RunHistory) -> Verdict | None:
    best = history.best
    if best is None:
        return None
    worse = [event.loss for event in history.evaluations if event.step > best.step]
    if len(worse) < _WORSE_VALIDATION or best.loss <= 0:
        return None
    return Verdict(
        "overfitting", {"since": best.step, "worse": 100.0 * (worse[-1] / best.loss - 1.0)}
    )


def _trend(history: RunHistory) -> Verdict:
    count = min(_WINDOW, len(history.series["loss"].y))
    rate, is_flat = _rate(history, count)
    if is_flat:
        return Verdict("flat", {"steps": _flat_for(history, count)})
    told = min(_TOLD, count)
    percent = 100.0 * abs(math.expm1(rate * told))
    return Verdict("falling" if rate < 0 else "rising", {"percent": percent, "steps": told})


def _flat_for(history: RunHistory, count: int) -> int:
    """Over how many of the last steps the loss is flat: this many, or twice as often as it is."""
    there = len(history.series["loss"].y)
    while count < min(there, _LONGEST):
        longer = min(2 * count, there)
        if not _rate(history, longer)[1]:
            break
        count = longer
    return count


def _rate(history: RunHistory, count: int) -> tuple[float, bool]:
    """Change of a step over the last steps, as a share of the loss, and whether that is flat."""
    loss = history.series["loss"].y[-count:].astype(np.float64)
    steps = history.axes["step"].values[-count:]
    good = np.isfinite(loss)
    slope, error = slope_of(steps[good], loss[good])
    level = float(np.mean(loss[good]))
    rate = slope / level if level else 0.0
    return rate, abs(rate) < _FLAT_RATE or abs(slope) < _CERTAIN * error


def slope_of(x: npt.NDArray[Any], y: npt.NDArray[Any]) -> tuple[float, float]:
    """Slope of the straight line closest to the points, and its standard error.

    Shapes: x, y (N,), N >= 3 and x not all the same; otherwise (0, 0).
    """
    spread = float(np.sum((x - np.mean(x)) ** 2)) if len(x) >= 3 else 0.0
    if spread == 0.0:
        return 0.0, 0.0
    slope = float(np.sum((x - np.mean(x)) * (y - np.mean(y)))) / spread
    residual = y - np.mean(y) - slope * (x - np.mean(x))
    return slope, math.sqrt(float(np.sum(residual**2)) / (len(x) - 2) / spread)
