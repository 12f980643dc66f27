"""Smoothing for the eye, in two kinds, which both skip gaps; what they smooth stays as it is.

"average": an exponential moving average that starts unbiased; it looks back only, so it lags.
"gauss": a bell around each value; it does not lag, and its newest end still moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hope_core.analysis.series import Series

if TYPE_CHECKING:
    import numpy.typing as npt

KERNELS = ("average", "gauss")


class Smoothing(NamedTuple):
    """How much of the past is kept (0 <= weight < 1; 0: no smoothing), and by which kernel."""

    weight: float
    kernel: str = "average"

    @property
    def steps(self) -> int:
        """Over about how many values it goes."""
        return round(1.0 / (1.0 - self.weight))


_AT_ONCE = 100_000
"""Values smoothed in one go, about 3 ms."""

_BLURRED_AT_ONCE = 50_000
"""The same for a bell."""

_DIRECTLY = 4096
"""Values up to which a sum of products is faster than a transform."""

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


class Bell:
    """A Gaussian as wide as an exponential average of the same weight (equal variance).

    y_i = sum_j g_(i-j) x_j / sum_j g_(i-j) over the finite x_j within three deviations.
    """

    def __init__(self, weight: float) -> None:
        deviation = max(np.sqrt(weight) / (1.0 - weight), 0.5)
        self.radius = int(np.ceil(3.0 * deviation))
        offsets = np.arange(-self.radius, self.radius + 1)
        self._kernel = np.exp(-0.5 * (offsets / deviation) ** 2)

    def blur(self, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The values (N,) smoothed; NaN where none within reach is finite."""
        good = np.isfinite(values)
        totals = self._convolve(np.where(good, values, 0.0).astype(np.float64))
        masses = self._whole_masses(len(values)) if good.all() else self._convolve(1.0 * good)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(masses > 1e-9, totals / masses, np.nan)

    def _whole_masses(self, count: int) -> npt.NDArray[np.float64]:
        """Of so many finite values: the kernel's sum, less what lies beyond either end."""
        reach = np.concatenate(([0.0], np.cumsum(self._kernel)))
        places = np.arange(count)
        below = np.maximum(self.radius - places, 0)
        above = np.minimum(self.radius + count - places, 2 * self.radius + 1)
        masses: npt.NDArray[np.float64] = reach[above] - reach[below]
        return masses

    def _convolve(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        if len(values) <= _DIRECTLY:
            whole: npt.NDArray[np.float64] = np.convolve(values, self._kernel)
        else:
            size = 1 << (len(values) + 2 * self.radius).bit_length()
            spectrum = np.fft.rfft(values, size) * np.fft.rfft(self._kernel, size)
            whole = np.fft.irfft(spectrum, size)
        return whole[self.radius : self.radius + len(values)]


class SmoothedSeries:
    """The smoothed twin of a series, made piece by piece as the series grows; the raw one stays.

    A series that is cut needs a new twin.
    """

    def __init__(self, raw: Series, smoothing: Smoothing) -> None:
        self.raw = raw
        self.series = Series(raw.x, dtype=np.float32)
        self._smoother = Smoother(smoothing.weight)
        self._bell = Bell(smoothing.weight) if smoothing.kernel == "gauss" else None

    def catch_up(self) -> None:
        """Smooth what came since, at most 100 000 values of it."""
        done = len(self.series)
        if self._bell is not None:
            self._blur(self._bell, done)
        elif len(fresh := self.raw.y[done : done + _AT_ONCE]):
            self.series.extend_values(self._smoother.feed(fresh))

    def _blur(self, bell: Bell, done: int) -> None:
        """What came since reaches back into what was smoothed already."""
        if done == len(self.raw):
            return
        begin = max(done - bell.radius, 0)
        stop = min(done + _BLURRED_AT_ONCE, len(self.raw))
        left = max(begin - bell.radius, 0)
        blurred = bell.blur(self.raw.y[left : stop + bell.radius])
        self.series.truncate(begin)
        self.series.extend_values(blurred[begin - left : stop - left])


def _reach(weight: float) -> int:
    """How many values one pass may take before its weights spread past `_GROWTH`."""
    if weight == 0.0:
        return 1 << 20
    return max(1, int(np.log(_GROWTH) / -np.log(weight)))
