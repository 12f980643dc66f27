"""What the gates and the surprise of one probe mean, in numbers that people understand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_STUCK = 0.95
"""Share of the tokens at one end from which a gate counts as stuck."""
_END = 0.001
"""How near to 0 or 1 counts as the end."""


def half_life(alpha: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Tokens after which half of a memory is forgotten, ln 2 / mean(-ln(1 - alpha)), a head.

    Shapes: alpha (..., T); result (...). inf where nothing is forgotten.
    """
    kept = np.clip(1.0 - np.asarray(alpha, np.float64), 1e-12, 1.0)
    rate = np.mean(-np.log(kept), axis=-1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(2.0) / rate)


def histogram(
    gate: npt.NDArray[Any], *, bins: int = 20, upper: float | None = None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How a gate (layers, heads, T) is spread in each layer: shares (layers, bins), edges (bins+1).

    Args:
        gate: values from 0 up.
        bins: of equal width, from 0 to `upper`; what lies beyond counts in the last one.
        upper: None: 1, or the largest value if that is more.
    """
    values = np.nan_to_num(np.asarray(gate, np.float64))
    top = upper if upper is not None else max(1.0, float(np.max(values, initial=1.0)))
    edges = np.linspace(0.0, top, bins + 1)
    shares = np.empty((len(values), bins))
    for layer, row in enumerate(values):
        counts, _ = np.histogram(np.clip(row, 0.0, top), edges)
        shares[layer] = counts / max(row.size, 1)
    return shares, edges


def stuck_heads(gate: npt.NDArray[Any]) -> int:
    """How many heads hold a gate (..., T) at 0 or at 1 for nearly every token."""
    at_zero = np.mean(gate <= _END, axis=-1)
    at_one = np.mean(gate >= 1.0 - _END, axis=-1)
    return int(np.count_nonzero((at_zero >= _STUCK) | (at_one >= _STUCK)))


def carried(
    surprise: npt.NDArray[Any], eta: npt.NDArray[Any], theta: npt.NDArray[Any]
) -> npt.NDArray[np.float64]:
    """Accumulated surprise A_t = eta_t A_(t-1) + theta_t s_t: what the momentum holds at most.

    Shapes: surprise s and the result (layers, T); eta, theta (layers, heads, T), of which the
    mean over heads counts.
    """
    kept, step = np.asarray(eta, np.float64).mean(1), np.asarray(theta, np.float64).mean(1)
    total = np.zeros(surprise.shape, np.float64)
    now = np.zeros(len(surprise))
    for place in range(surprise.shape[1]):
        now = kept[:, place] * now + step[:, place] * surprise[:, place]
        total[:, place] = now
    return total


def reading_drop(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> float:
    """By which share a second reading (T,) surprised less than the first (T,)."""
    before = float(np.mean(first))
    return 1.0 - float(np.mean(second)) / before if before else 0.0


def ranks(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Where each value (T,) stands among all of them, 0 for the smallest and 1 for the largest."""
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return order / max(len(values) - 1, 1)


def flagged_heads(norms: npt.NDArray[Any]) -> tuple[list[int], list[int]]:
    """Heads whose newest norm is past 10 times the median of all, and below a hundredth of it.

    Shapes: norms (N, heads of all layers).
    """
    if not len(norms):
        return [], []
    newest = norms[-1]
    usual = float(np.median(newest))
    return (
        np.flatnonzero(newest > 10.0 * usual).tolist(),
        np.flatnonzero(newest < 0.01 * usual).tolist(),
    )
