"""A yardstick for models: how well the two bytes before predict the next one.

Interpolated counts with Witten-Bell weights (Witten & Bell 1991): with n the count of a context c
and u the number of different bytes seen after it,

    p(x | c) = (n(c, x) + s u(c) p(x | shorter c)) / (n(c) + s u(c)),

from no context (over a uniform distribution) to two bytes. The strength s of each order is the best
of a few on text from the last tenth of the training part; the validation text is only ever scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

_STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_ORDERS = 3
_PIECE = 1 << 17
_ROWS = 8192  # contexts summed between two looks at the cancel button
_HELD = 1 << 18  # most bytes that the strengths are chosen on


def trigram_bits_per_byte(
    train: bytes, validation: bytes, *, cancelled: Callable[[], None] = lambda: None
) -> float:
    """Bits per byte of `validation` under a byte trigram fitted on `train`.

    `cancelled` is called every few tens of milliseconds and may raise.
    """
    assert validation, "there must be something to score"
    counted, scored = np.frombuffer(train, np.uint8), np.frombuffer(validation, np.uint8)
    cut = len(counted) - len(counted) // 10
    counts = _Counts()
    counts.add(counted, 0, cut, cancelled)
    strengths = _fit(counts.factors(counted, cut, min(len(counted), cut + _HELD)), cancelled)
    counts.add(counted, cut, len(counted), cancelled)
    bits = 0.0
    for start, end in _pieces(0, len(scored)):
        cancelled()
        bits += float(_bits(counts.factors(scored, start, end), strengths).sum())
    return bits / len(scored)


class _Counts:
    """How often each byte followed each context of 0, 1 and 2 bytes."""

    def __init__(self) -> None:
        self._tables = [np.zeros((256**order, 256), np.int32) for order in range(_ORDERS)]
        self._sums = [np.zeros(len(table), np.int64) for table in self._tables]
        self._kinds = [np.zeros(len(table), np.int64) for table in self._tables]

    def add(
        self,
        text: npt.NDArray[np.uint8],
        start: int,
        end: int,
        cancelled: Callable[[], None],
    ) -> None:
        """Count the bytes from start to end, each after those before it."""
        for order, table in enumerate(self._tables):
            for first, last in _pieces(start, end):
                cancelled()
                np.add.at(table.reshape(-1), _keys(text, order, first, last), 1)
            for row in range(0, len(table), _ROWS):
                cancelled()
                rows = slice(row, row + _ROWS)
                self._sums[order][rows] = table[rows].sum(1)
                self._kinds[order][rows] = np.count_nonzero(table[rows], axis=1)

    def factors(self, text: npt.NDArray[np.uint8], start: int, end: int) -> list[_Factors]:
        """For each order, what decides the probability of the bytes from start to end."""
        factors = []
        for order, table in enumerate(self._tables):
            keys = _keys(text, order, start, end)
            without = np.zeros(end - start - len(keys))  # the text's first bytes lack a context
            found = (
                table.reshape(-1)[keys],
                self._sums[order][keys >> 8],
                self._kinds[order][keys >> 8],
            )
            joint, context, followers = (np.concatenate([without, part]) for part in found)
            factors.append((joint, context, followers))
        return factors


_Factors = tuple["npt.NDArray[Any]", "npt.NDArray[Any]", "npt.NDArray[Any]"]


def _pieces(start: int, stop: int) -> Iterator[tuple[int, int]]:
    return ((first, min(stop, first + _PIECE)) for first in range(start, stop, _PIECE))


def _keys(text: npt.NDArray[np.uint8], order: int, start: int, end: int) -> npt.NDArray[np.int64]:
    """Each byte from start to end that has `order` bytes before it, with them, as one number."""
    first = max(start, order)
    keys = text[first:end].astype(np.int64)
    for back in range(1, order + 1):
        keys |= text[first - back : end - back].astype(np.int64) << 8 * back
    return keys


def _fit(factors: list[_Factors], cancelled: Callable[[], None]) -> tuple[float, ...]:
    """The best strength of each order on held-back text, chosen from the shortest context up."""
    chosen: tuple[float, ...] = ()
    for _ in range(_ORDERS):
        cancelled()
        tried = [(*chosen, strength) for strength in _STRENGTHS]
        chosen = min(tried, key=lambda strengths: float(_bits(factors, strengths).sum()))
    return chosen


def _bits(factors: list[_Factors], strengths: tuple[float, ...]) -> npt.NDArray[np.float64]:
    """-log2 of each byte's probability, mixed from the orders that have a strength."""
    probability = np.full(len(factors[0][0]), 1 / 256)
    for (joint, context, followers), strength in zip(factors, strengths, strict=False):
        prior = strength * followers
        seen = context > 0
        mixed = (joint + prior * probability) / np.where(seen, context + prior, 1.0)
        probability = np.where(seen, mixed, probability)
    return np.asarray(-np.log2(probability))
