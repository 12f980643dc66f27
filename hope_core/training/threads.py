"""The number of CPU threads: found by timing, since small recurrent models lose on many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.inference.hardware import usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable

WORTH_A_CORE = 0.9
"""The last core is left to the window unless it shortens a step to less than this share."""


def choose_threads(wanted: int, seconds_of: Callable[[int], float]) -> int:
    """The number of threads a setting asks for; 0 means the fastest of a few.

    Args:
        wanted: the setting.
        seconds_of: measures a forward and backward pass with so many threads.
    """
    cores = usable_cores()
    if wanted or cores == 1:
        return wanted or 1
    seconds = {count: seconds_of(count) for count in _candidates(cores)}
    best = min(seconds, key=lambda count: seconds[count])
    if best == cores and seconds[best] > WORTH_A_CORE * seconds[cores - 1]:
        return cores - 1
    return best


def _candidates(cores: int) -> list[int]:
    """1, 2, 4 ... and the last two, at most 16: more threads than that never helped one model."""
    powers = [2**exponent for exponent in range(5) if 2**exponent <= cores]
    return sorted({*powers, min(cores, 16), min(max(1, cores - 1), 16)})
