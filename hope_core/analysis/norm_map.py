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
    shows the newest probe at or before its step. reach: the log10 factor at full colour. alone:
    there is one look only, so that each head is compared with the median one instead.
    """

    picture: npt.NDArray[Any]
    first: float
    last: float
    reach: float
    alone: bool = False


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
    alone = len(steps) == 1
    logs = _beside_the_median(memory.norms) if alone else memory.relative()
    picture = np.nan_to_num(logs[rows].T, nan=0.0)
    largest = float(np.max(np.abs(picture))) if picture.size else 0.0
    reach = max(math.ceil(largest * 4) / 4, _LEAST_REACH)
    return NormMap(np.ascontiguousarray(picture, np.float32), first, last, reach, alone)


def head_line(memory: MemoryNorms, layer: int, head: int) -> HeadLine:
    """The norm of one head at each look."""
    return HeadLine(memory.steps.values, memory.norms[:, layer * memory.heads + head])


def _beside_the_median(norms: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """log10 of each norm (N, heads) over the median of its look; NaN where it has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(norms / np.median(norms, axis=1, keepdims=True))
    return np.where(np.isfinite(logs), logs, np.float32(np.nan))
