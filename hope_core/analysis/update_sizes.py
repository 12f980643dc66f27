"""How far each level moved at its updates, from the looks that measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.memory_norms import MemoryNorms


class UpdateSizes(NamedTuple):
    """The measured updates of one level.

    Shapes: steps, sizes (N,): the step of each, and the length of the move.
    """

    steps: npt.NDArray[Any]
    sizes: npt.NDArray[Any]


def update_sizes(memory: MemoryNorms, level: int) -> UpdateSizes:
    """The updates of a level that fell on a look: steps that a look missed were not measured."""
    moves = memory.moves
    if level >= moves.shape[1]:
        return UpdateSizes(np.empty(0), np.empty(0))
    sizes = moves[:, level]
    moved = sizes > 0  # NaN, where nothing was measured, is not
    return UpdateSizes(memory.steps.values[moved], sizes[moved])


def shares_at(places: npt.NDArray[Any], measured: UpdateSizes) -> npt.NDArray[np.float64]:
    """The size of the measured update nearest to each place (P,), of the level's largest.

    Returns:
        Shares (P,) from 0 to 1; NaN where the level was never measured.
    """
    steps, sizes = measured
    if not len(steps):
        return np.full(len(places), np.nan)
    after = np.clip(np.searchsorted(steps, places), 1, max(len(steps) - 1, 1))
    before = after - 1
    after = np.minimum(after, len(steps) - 1)
    is_before = places - steps[before] <= steps[after] - places
    found: npt.NDArray[np.float64] = sizes[np.where(is_before, before, after)] / sizes.max()
    return found
