"""Batches of tokens as pure functions of (seed, position): nothing to save, nothing to rewind.

A training crop lies anywhere in the training tokens, which are the training blocks one after the
other: it may run across the seam of two blocks, but never into the held-out text between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt


def training_batch(
    tokens: npt.NDArray[Any], *, batch_size: int, length: int, seed: int, position: int
) -> npt.NDArray[np.int64]:
    """The batch (B, length + 1) number `position`, counted from 0, of a run with this seed.

    Columns 0 .. length - 1 are the inputs and 1 .. length the targets. The crops come from a
    counter-based generator (Philox) keyed with (seed, position), evenly over all starts.
    """
    assert len(tokens) > length, "prepare() refuses texts shorter than one sequence"
    generator = np.random.Generator(np.random.Philox(key=seed | position << 64))
    starts = generator.integers(0, len(tokens) - length, size=batch_size)
    return np.asarray(tokens[starts[:, None] + np.arange(length + 1)], dtype=np.int64)


def validation_batches(
    tokens: npt.NDArray[Any], *, batch_size: int, length: int, count: int
) -> Iterator[npt.NDArray[np.int64]]:
    """At most `count` fixed batches (at most B, length + 1), spread evenly over the tokens.

    No two rows predict the same token. A short text gives fewer batches, the last with fewer rows;
    there is always at least one row.
    """
    available = (len(tokens) - 1) // length
    assert available > 0, "prepare() refuses texts shorter than one sequence"
    wanted = min(available, batch_size * count)
    starts = (np.arange(wanted, dtype=np.int64) * available // wanted) * length
    for first in range(0, wanted, batch_size):
        rows = starts[first : first + batch_size, None] + np.arange(length + 1)
        yield np.asarray(tokens[rows], dtype=np.int64)
