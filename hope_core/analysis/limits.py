"""Which stretch of an axis a live plot shows, so that it follows the data without twitching."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

Range = tuple[float, float]

_PADDING = 0.06
_LARGEST_SLACK = 1.7
"""How many times its data a range may span before it shrinks."""
_EIGHTHS = 8


def span_of(pieces: Iterable[npt.NDArray[Any]], *, clip: bool = False) -> Range | None:
    """Smallest and largest finite value of some curves together; None where there is none.

    Args:
        pieces: the values of each curve, (N,).
        clip: leave the outer hundredth on either side of each curve out.
    """
    spans = []
    for values in pieces:
        good = values[np.isfinite(values)]
        if len(good):
            low, high = np.percentile(good, (1, 99)) if clip else (good.min(), good.max())
            spans.append((float(low), float(high)))
    if not spans:
        return None
    return min(low for low, _ in spans), max(high for _, high in spans)


def settle(current: Range | None, wanted: Range) -> Range:
    """The range to show for data that spans `wanted`, kept as it was as long as that reads well."""
    low, high = wanted
    height = max(high - low, 1e-3 * max(abs(low), abs(high)), 1e-12)
    if current is not None:
        shown = current[1] - current[0]
        if current[0] <= low and high <= current[1] and 0 < shown <= _LARGEST_SLACK * height:
            return current
    step = 2.0 ** math.floor(math.log2(height)) / _EIGHTHS
    bottom = math.floor((low - _PADDING * height) / step) * step
    return bottom, math.ceil((high + _PADDING * height) / step) * step


def follow(current: Range | None, first: float, last: float) -> Range:
    """The whole way from the first to the newest place, with a little room for what comes next."""
    if current is not None and current[0] == first and first < last <= current[1]:
        room = (current[1] - last) / (current[1] - first)
        if room <= 0.2:
            return current
    width = max(last - first, 1e-9 * max(abs(last), 1.0))
    return first, first + width * 1.08
