"""A yardstick for models: how well the two bytes before predict the next one.

Interpolated counts with Witten-Bell weights (Witten & Bell 1991): with n the count of a context c
and u the number of different bytes seen after it,

    p(x | c) = (n(c, x) + s u(c) p(x | shorter c)) / (n(c) + s u(c)),

from no context (over a uniform distribution) to two bytes. The strength s of each order is the best
of a few on the last tenth of the training text; the validation text is only ever scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_ORDERS = 3


def trigram_bits_per_byte(train: bytes, validation: bytes) -> float:
    """Bits per byte of `validation` under a byte trigram fitted on `train`."""
    assert validation, "there must be something to score"
    fitted_on = np.frombuffer(train, np.uint8)
    scored = np.frombuffer(validation, np.uint8)
    cut = len(fitted_on) - len(fitted_on) // 10
    strengths = _fit(fitted_on[:cut], fitted_on[cut:])
    return float(_bits(_factors(fitted_on, scored), strengths).mean())


def _fit(counted: npt.NDArray[np.uint8], held: npt.NDArray[np.uint8]) -> tuple[float, ...]:
    """The best strength of each order on held-back text, chosen from the shortest context up."""
    chosen: tuple[float, ...] = ()
    if not len(held):
        return (1.0,) * _ORDERS
    factors = _factors(counted, held)
    for _ in range(_ORDERS):
        tried = [(*chosen, strength) for strength in _STRENGTHS]
        chosen = min(tried, key=lambda strengths: float(_bits(factors, strengths).mean()))
    return chosen


def _factors(
    counted: npt.NDArray[np.uint8], scored: npt.NDArray[np.uint8]
) -> list[tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]]:
    """For each order and scored byte: count of context and byte, of context, of followers.

    The first bytes of a text, which have less context, count as never seen at the longer orders.
    """
    factors = []
    for order in range(_ORDERS):
        table = np.bincount(_keys(counted, order), minlength=256 ** (order + 1)).reshape(-1, 256)
        keys = _keys(scored, order)
        contexts = keys >> 8
        rows, places = np.unique(contexts, return_inverse=True)
        sums, followers = table[rows].sum(1), np.count_nonzero(table[rows], axis=1)
        unseen = np.zeros(min(order, len(scored)))
        factors.append(
            (
                np.concatenate([unseen, table.reshape(-1)[keys]]),
                np.concatenate([unseen, sums[places]]),
                np.concatenate([unseen, followers[places]]),
            )
        )
    return factors


def _keys(text: npt.NDArray[np.uint8], order: int) -> npt.NDArray[np.int64]:
    """Each byte with the `order` bytes before it, as one number."""
    keys = np.zeros(max(0, len(text) - order), np.int64)
    for place in range(order + 1):
        keys = keys << 8 | text[place : place + len(keys)]
    return keys


def _bits(
    factors: list[tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]],
    strengths: tuple[float, ...],
) -> npt.NDArray[np.float64]:
    """-log2 of each scored byte's probability, with the orders that have a strength."""
    probability = np.full(len(factors[0][0]), 1 / 256)
    for (joint, context, followers), strength in zip(factors, strengths, strict=False):
        prior = strength * followers
        seen = context > 0
        mixed = (joint + prior * probability) / np.where(seen, context + prior, 1.0)
        probability = np.where(seen, mixed, probability)
    return -np.log2(probability)
