"""Learning rates as a picture shows them: flat steps, few points, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_POINTS = 400


def steps_of(
    places: npt.NDArray[Any], rates: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A line (2 M - 1,) that stays level from each of M places to the next, at most 400 of them.

    Shapes: places, rates (N,).
    """
    if not len(places):
        return np.empty(0), np.empty(0)
    chosen = np.unique(np.linspace(0, len(places) - 1, min(len(places), _POINTS)).astype(int))
    x, y = np.asarray(places, np.float64)[chosen], np.asarray(rates, np.float64)[chosen]
    return np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]


def effective_rate(rates: npt.NDArray[Any], updates: int, steps: int) -> npt.NDArray[np.float64]:
    """Rate times the share of steps at which the level moved (N,)."""
    return np.asarray(rates, np.float64) * (updates / max(steps, 1))
