"""The smallest and largest value of any stretch of a column, without looking at all of it.

Blocks of 8, 64, 512 ... values are summarised once. A stretch is then put together from the few
blocks and loose values that tile it exactly, for many stretches at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.column import Column

if TYPE_CHECKING:
    import numpy.typing as npt

_RADIX = 8
_FEWEST_BLOCKS = 4
"""Blocks that the shortest stretch of an outline must hold before its ends may be moved."""
_AT_ONCE = _RADIX << 13
"""Values summarised at a time: they and their copies stay in the processor's cache."""
_MOST_BLOCKS = 128
"""Blocks a stretch, on average, up to which an outline reads them one by one."""


class Pyramid:
    """Minimum and maximum of blocks of a growing column, over the finite values."""

    def __init__(self, base: Column) -> None:
        self._base = base
        self._lows: list[Column] = []
        self._highs: list[Column] = []

    def truncate(self, count: int) -> None:
        """Forget the blocks that reach past the first `count` values, when the base is cut."""
        for low, high in zip(self._lows, self._highs, strict=True):
            count //= _RADIX
            low.truncate(count)
            high.truncate(count)

    def blocks(self) -> list[tuple[Column, Column]]:
        """The smallest and the largest of every block, from the smallest blocks to the largest."""
        self._summarise()
        return list(zip(self._lows, self._highs, strict=True))

    def hold(self, blocks: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]) -> None:
        """Be told what `blocks` gave for the same base."""
        self._lows = [Column(low.dtype) for low, _ in blocks]
        self._highs = [Column(high.dtype) for _, high in blocks]
        for (low, high), lows, highs in zip(blocks, self._lows, self._highs, strict=True):
            lows.hold(low)
            highs.hold(high)

    def is_whole(self) -> bool:
        """Whether exactly the complete blocks of the base are known."""
        count, lengths = len(self._base), []
        while count >= _RADIX:
            count //= _RADIX
            lengths.append(count)
        return all([len(c) for c in some] == lengths for some in (self._lows, self._highs))

    def extremes(
        self, starts: npt.NDArray[np.intp], stops: npt.NDArray[np.intp]
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Smallest and largest finite value of each stretch [start, stop); NaN where there is none.

        Shapes: starts, stops, both results (R,). Cost: O(R log N).
        """
        self._summarise()
        low = np.full(len(starts), np.nan, self._base.values.dtype)
        high = low.copy()
        first, last = starts, np.maximum(starts, stops)
        for lows, highs in self._levels():
            inner_first = -(-first // _RADIX)
            inner_last = np.maximum(last // _RADIX, inner_first)
            heads = first, np.minimum(inner_first * _RADIX, last)
            tails = np.minimum(inner_last * _RADIX, last), last
            for begin, end in (heads, tails):
                np.fmin(low, np.fmin.reduce(_gather(lows, begin, end), axis=1), out=low)
                np.fmax(high, np.fmax.reduce(_gather(highs, begin, end), axis=1), out=high)
            first, last = inner_first, inner_last
            if not np.any(first < last):
                break
        return low, high

    def outline(
        self, bounds: npt.NDArray[np.intp]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[Any], npt.NDArray[Any]]:
        """Smallest and largest finite value of neighbouring stretches, and where they meet.

        Where all stretches are long, the places where they meet may move by a quarter of the
        shortest, so that whole blocks tile them; the outer two stay.

        Shapes: bounds (R + 1,) rising; results (R' + 1,), (R',), (R',) with R' <= R.
        """
        shortest = int(np.min(np.diff(bounds)))
        level = max(int(np.log(max(shortest / _FEWEST_BLOCKS, 1.0)) / np.log(_RADIX)), 0)
        block = _RADIX**level
        if (
            level == 0
            or len(bounds) < 4
            or (bounds[-1] - bounds[0]) // block > _MOST_BLOCKS * len(bounds)
        ):
            return (bounds, *self.extremes(bounds[:-1], bounds[1:]))
        self._summarise()
        ends = bounds[[0, -1]]
        inner = np.unique(bounds[1:-1] // block)
        inner = inner[(inner * block > ends[0]) & (inner * block < ends[1])]
        lows, highs = self._levels()[level]
        near = slice(0, inner[-1])
        low = np.fmin.reduceat(lows[near], inner[:-1])
        high = np.fmax.reduceat(highs[near], inner[:-1])
        moved = np.concatenate((ends[:1], inner * block, ends[1:]))
        end_low, end_high = self.extremes(moved[[0, -2]], moved[[1, -1]])
        low = np.concatenate((end_low[:1], low, end_low[1:]))
        high = np.concatenate((end_high[:1], high, end_high[1:]))
        return moved, low, high

    def _levels(self) -> list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
        blocks = zip(self._lows, self._highs, strict=True)
        base = self._base.values
        return [(base, base), *((low.values, high.values) for low, high in blocks)]

    def _summarise(self) -> None:
        """Add the blocks that have become complete since the last look."""
        below_low = below_high = self._base.values
        level = 0
        while len(below_low) >= _RADIX:
            if level == len(self._lows):
                self._lows.append(Column(below_low.dtype))
                self._highs.append(Column(below_low.dtype))
            low, high = self._lows[level], self._highs[level]
            whole = len(below_low) // _RADIX * _RADIX
            for start in range(len(low) * _RADIX, whole, _AT_ONCE):
                fresh = slice(start, min(start + _AT_ONCE, whole))
                low.extend(np.fmin.reduce(_side_by_side(below_low[fresh]), axis=0))
                high.extend(np.fmax.reduce(_side_by_side(below_high[fresh]), axis=0))
            below_low, below_high = low.values, high.values
            level += 1


def finite(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values with every infinity turned into NaN, which plots draw as a gap."""
    gaps: npt.NDArray[Any] = np.where(np.isfinite(values), values, values.dtype.type(np.nan))
    return gaps


def _side_by_side(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The finite values of whole blocks, one block a column: rows are compared at full speed."""
    return finite(np.ascontiguousarray(values.reshape(-1, _RADIX).T))


def _gather(
    values: npt.NDArray[Any], begin: npt.NDArray[np.intp], end: npt.NDArray[np.intp]
) -> npt.NDArray[Any]:
    """The at most `_RADIX` values of each [begin, end), padded with NaN; (R, _RADIX)."""
    places = begin[:, None] + np.arange(_RADIX)
    taken = values[np.minimum(places, len(values) - 1)]
    padded: npt.NDArray[Any] = np.where(
        (places < end[:, None]) & np.isfinite(taken), taken, values.dtype.type(np.nan)
    )
    return padded
