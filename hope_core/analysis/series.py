"""A curve of any length that hands a plot only what its pixels can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.column import Column
from hope_core.analysis.pyramid import Pyramid, finite

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


class Series:
    """Values against a place that never falls (steps, tokens, seconds).

    Several series of one table may share a place: give them the same `x` and add to it yourself.
    """

    def __init__(self, x: Column | None = None, *, dtype: npt.DTypeLike = np.float64) -> None:
        self.x = Column() if x is None else x
        self._y = Column(dtype)
        self._pyramid = Pyramid(self._y)

    def __len__(self) -> int:
        return len(self._y)

    @property
    def y(self) -> npt.NDArray[Any]:
        """Every value, as it came."""
        return self._y.values

    @property
    def pyramid(self) -> Pyramid:
        """What is known of the values' blocks."""
        return self._pyramid

    def hold(
        self,
        y: npt.NDArray[Any],
        blocks: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]],
    ) -> None:
        """Be these values, of which the pyramid told this before; `x` is its owner's to set."""
        self._y.hold(y)
        self._pyramid.hold(blocks)

    def append(self, x: float, y: float) -> None:
        """Add one point to a series that owns its places."""
        self.x.append(x)
        self._y.append(y)

    def extend(self, x: Sequence[float] | npt.NDArray[Any], y: Sequence[float]) -> None:
        """Add points to a series that owns its places."""
        self.x.extend(x)
        self._y.extend(y)

    def extend_values(self, y: Sequence[float] | npt.NDArray[Any]) -> None:
        """Add values whose places stand, or will stand, in the shared `x`."""
        self._y.extend(y)

    def truncate(self, count: int) -> None:
        """Forget every value from position `count` on; a shared `x` is its owner's to cut."""
        self._y.truncate(count)
        self._pyramid.truncate(count)

    def window(
        self, x0: float, x1: float, pixels: int, *, x: Column | None = None, log: bool = False
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """The points that a plot of this width needs to look as if it drew all of them.

        Args:
            x0: left edge of the view.
            x1: right edge of the view.
            pixels: width of the view.
            x: other places for the same values, as long as they never fall.
            log: whether the plot's x axis is logarithmic.

        Returns:
            Places and values, at most 2 * pixels + 5 of each: the smallest and the largest value
            of each pixel, the newest point of the view, and one neighbour on either side. Values
            that are not finite come as NaN.
        """
        places = (self.x if x is None else x).values
        count = min(len(places), len(self._y))
        places, values = places[:count], self.y[:count]
        first = max(int(np.searchsorted(places, x0, "left")) - 1, 0)
        stop = min(int(np.searchsorted(places, x1, "right")) + 1, count)
        if stop - first <= 2 * pixels:
            return places[first:stop].astype(np.float64), finite(values[first:stop])
        bounds = _pixel_bounds(places, first, stop, pixels, log=log)
        return self._outline(places, values, bounds)

    def _outline(
        self, places: npt.NDArray[Any], values: npt.NDArray[Any], bounds: npt.NDArray[np.intp]
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        bounds, low, high = self._pyramid.outline(bounds)
        starts, stops = bounds[:-1], bounds[1:]
        rising = values[starts] <= values[stops - 1]
        x = np.empty(2 * len(starts) + 1)
        y = np.empty(2 * len(starts) + 1, values.dtype)
        x[0:-1:2], x[1::2], x[-1] = places[starts], places[stops - 1], places[stops[-1] - 1]
        y[0:-1:2], y[1::2] = np.where(rising, low, high), np.where(rising, high, low)
        y[-1] = finite(values[stops[-1] - 1 : stops[-1]])[0]
        return x, y


def nearest(places: npt.NDArray[Any], place: float) -> int:
    """Position of the entry of a rising array (N,), N >= 1, that is closest to a place."""
    after = int(np.searchsorted(places, place))
    if after == 0:
        return 0
    if after == len(places) or place - places[after - 1] <= places[after] - place:
        return after - 1
    return after


def _pixel_bounds(
    places: npt.NDArray[Any], first: int, stop: int, pixels: int, *, log: bool
) -> npt.NDArray[np.intp]:
    """Positions at which the next pixel begins, from `first` to `stop`, without empty pixels."""
    left, right = float(places[first]), float(places[stop - 1])
    if log and right > 0:
        if left <= 0:
            positive = int(np.searchsorted(places, 0.0, "right"))
            left = float(places[min(positive, stop - 1)])
        edges = np.geomspace(left, right, pixels + 1)[1:-1]
    else:
        edges = np.linspace(left, right, pixels + 1)[1:-1]
    inner = first + np.searchsorted(places[first:stop], edges, "left")
    return np.unique(np.concatenate(([first], inner, [stop])))
