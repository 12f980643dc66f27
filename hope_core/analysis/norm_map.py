"""The norms of all heads over a run as one picture, and one head by itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.memory_norms import MemoryNorms

_LEAST_REACH = 0.25
"""Smallest log10 factor that full colour stands for, so that rounding never looks like news."""


class NormMap(NamedTuple):
    """A picture of log10(norm / first norm).

    Shapes: picture (layers * heads, columns), evenly spaced in steps from first to last; a column
    shows the newest probe at or before its step. reach: the log10 factor at full colour.
    """

    picture: npt.NDArray[Any]
    first: float
    last: float
    reach: float


class HeadLine(NamedTuple):
    """One head over the run: steps (N,) and norms (N,)."""

    steps: npt.NDArray[Any]
    norms: npt.NDArray[Any]


def norm_map(memory: MemoryNorms, columns: int) -> NormMap | None:
    """The picture of every head that was looked at; None before the first look."""
    steps = memory.steps.values
    if not len(steps):
        return None
    first, last = float(steps[0]), float(steps[-1])
    wanted = np.linspace(first, last, max(min(columns, 4 * len(steps)), 1))
    rows = np.searchsorted(steps, wanted, "right") - 1
    picture = np.nan_to_num(memory.relative()[rows].T, nan=0.0)
    largest = float(np.max(np.abs(picture))) if picture.size else 0.0
    reach = max(math.ceil(largest * 4) / 4, _LEAST_REACH)
    return NormMap(np.ascontiguousarray(picture, np.float32), first, last, reach)


def head_line(memory: MemoryNorms, layer: int, head: int) -> HeadLine:
    """The norm of one head at each look."""
    return HeadLine(memory.steps.values, memory.norms[:, layer * memory.heads + head])
