"""How large weights and gradients are over the run, in quarters of a power of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

LOWEST, HIGHEST, A_DECADE = -9, 2, 4
"""Powers of ten at both ends, and bins in each. What is smaller or larger counts at the end."""
BINS = (HIGHEST - LOWEST) * A_DECADE


SEEN = 0.001
"""A share below which a bin is not worth its row at the edge."""
MARGIN = 2
"""Rows around what is seen."""
NAMED_ROWS = 16
"""Rows for each step between two names of rows: so many give a name to every power of ten."""


class SpreadPicture(NamedTuple):
    """One group's values over the looks.

    Shapes: shares (rows, columns), the largest values in the top row; first and last: the steps of
    the left and the right edge; names: powers of ten beside the rows, by their place from the top.
    """

    shares: Array
    first: float
    last: float
    names: dict[float, str]


def spread_picture(steps: Array, trail: Array, group: int, columns: int) -> SpreadPicture:
    """A picture whose columns are as many steps wide, each showing the last look before it.

    Shapes: steps (N,), N >= 1; trail (N, groups, BINS).
    """
    wanted = np.linspace(steps[0], steps[-1], max(min(columns, int(steps[-1] - steps[0])), 1))
    places = np.maximum(np.searchsorted(steps, wanted, "right") - 1, 0)
    shares = trail[places, group].astype(np.float32).T[::-1]
    seen = np.flatnonzero(shares.max(axis=1) > SEEN)
    top, bottom = (0, BINS) if not seen.size else (seen[0] - MARGIN, seen[-1] + 1 + MARGIN)
    top, bottom = max(int(top), 0), min(int(bottom), BINS)
    cut = np.ascontiguousarray(shares[top:bottom])
    return SpreadPicture(cut, float(steps[0]), float(steps[-1]), _names(top, bottom))


def middle_half(shares: Array) -> tuple[float, float]:
    """Between which sizes the middle half of the values lies, to a quarter of a power of ten.

    Shapes: shares (BINS,).
    """
    below = np.cumsum(shares.astype(np.float64))
    low, high = np.searchsorted(below, (0.25 * below[-1], 0.75 * below[-1]))
    return 10.0 ** (LOWEST + low / A_DECADE), 10.0 ** (LOWEST + (high + 1) / A_DECADE)


def _names(top: int, bottom: int) -> dict[float, str]:
    every = -(-(bottom - top) // NAMED_ROWS)
    places = {power: (HIGHEST - power) * A_DECADE for power in range(LOWEST, HIGHEST + 1)}
    return {
        float(place - top): f"1e{power}"
        for power, place in places.items()
        if power % every == 0 and top <= place <= bottom
    }
