"""Smoothing for the eye: an exponential moving average that starts unbiased and skips gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.series import Series

if TYPE_CHECKING:
    import numpy.typing as npt

_AT_ONCE = 100_000
"""Values smoothed in one go, about 3 ms."""

_GROWTH = 1e8
"""How far the weights of one pass may spread before rounding would show."""


class Smoother:
    """A debiased exponential moving average that is fed in pieces.

    m_t = w m_(t-1) + (1 - w) x_t, divided by the same average of ones (Adam, sec. 3).
    Values that are not finite add nothing to either, so a gap leaves the curve where it was.

    Args:
        weight: how much of the past is kept, 0 <= weight < 1; 0 is no smoothing.
    """

    def __init__(self, weight: float) -> None:
        if not 0.0 <= weight < 1.0:
            raise ValueError(f"weight: {weight} is not in [0, 1)")
        self.weight = weight
        self._total = 0.0
        self._mass = 0.0
        self._reach = _reach(weight)

    def feed(self, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The averages at each of these next values (N,); NaN until the first finite one."""
        good = np.isfinite(values)
        numbers = np.where(good, values, 0.0).astype(np.float64)
        smooth = np.empty(len(numbers))
        for begin in range(0, len(numbers), self._reach):
            piece = slice(begin, begin + self._reach)
            totals = self._decay(self._total, numbers[piece])
            masses = self._decay(self._mass, good[piece].astype(np.float64))
            with np.errstate(invalid="ignore"):
                smooth[piece] = totals / masses
            self._total, self._mass = float(totals[-1]), float(masses[-1])
        return smooth

    def _decay(self, before: float, added: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        if self.weight == 0.0:
            return added
        powers = self.weight ** np.arange(1.0, len(added) + 1)
        sums: npt.NDArray[np.float64] = np.cumsum(added / powers)
        return powers * (before + (1.0 - self.weight) * sums)


class SmoothedSeries:
    """The smoothed twin of a series, made piece by piece as the series grows; the raw one stays.

    A series that is cut needs a new twin.
    """

    def __init__(self, raw: Series, weight: float) -> None:
        self.raw = raw
        self.series = Series(raw.x, dtype=np.float32)
        self._smoother = Smoother(weight)

    def catch_up(self) -> None:
        """Smooth what came since, at most 100 000 values of it."""
        done = len(self.series)
        fresh = self.raw.y[done : done + _AT_ONCE]
        if len(fresh):
            self.series.extend_values(self._smoother.feed(fresh))


def _reach(weight: float) -> int:
    """How many values one pass may take before its weights spread past `_GROWTH`."""
    if weight == 0.0:
        return 1 << 20
    return max(1, int(np.log(_GROWTH) / -np.log(weight)))
