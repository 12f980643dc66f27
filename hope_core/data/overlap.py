"""How much held-out text also stands in the training text: copies make validation look good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

WINDOW = 64
"""Length of the stretches that are looked for (bytes)."""

_MOST_WINDOWS = 20_000
_PIECE = 1 << 17


def overlap_share(
    train: bytes, validation: bytes, *, cancelled: Callable[[], None], window: int = WINDOW
) -> float:
    """Share (0 to 1) of validation windows, evenly spread, that occur somewhere in `train`.

    Windows are compared by 64-bit rolling hashes, so chance agreement is negligible. `cancelled` is
    called at least every 50 ms and may raise. A validation text shorter than a window gives 0.
    """
    if len(validation) < window:
        return 0.0
    step = max(window // 4, len(validation) // _MOST_WINDOWS)
    wanted = _hashes(validation, window)[::step]
    known, places = np.unique(wanted, return_inverse=True)
    found = np.zeros(len(known), dtype=bool)
    for start in range(0, len(train) - window + 1, _PIECE):
        cancelled()
        hashes = _hashes(train[start : start + _PIECE + window - 1], window)
        spots = np.searchsorted(known, hashes)
        spots[spots == len(known)] = 0
        found[spots[known[spots] == hashes]] = True
    return float(found[places].mean())


def _hashes(text: bytes, window: int) -> npt.NDArray[np.uint64]:
    """Hash of each window of a text: sum of table[byte] * r^place, modulo 2^64, r odd.

    Prefix sums give it for all windows at once; dividing by r^start makes it free of the place.
    """
    table = np.random.Generator(np.random.Philox(key=64)).integers(
        0, 2**64, size=256, dtype=np.uint64
    )
    ratio = 0x9E3779B97F4A7C15
    length = len(text)
    powers = _powers(ratio, length)
    terms = table[np.frombuffer(text, np.uint8)] * powers
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms, dtype=np.uint64)])
    inverse = _powers(pow(ratio, -1, 2**64), length - window + 1)
    return np.asarray((sums[window:] - sums[:-window]) * inverse)


def _powers(ratio: int, count: int) -> npt.NDArray[np.uint64]:
    factors = np.full(count, ratio, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)
