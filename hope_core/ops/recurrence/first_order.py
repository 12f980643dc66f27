"""The master recurrence with a first-order outer gradient.

Notable: the values are the exact rule's. Backwards, what the memory answered to a key when it was
written, u = M_{t-1} k, counts as independent of the memory: the gradient of one inner step is taken
as a constant of the weights it was taken at, as in first-order MAML (Finn et al. 2017). It still
passes through keys, values and gates, through retention and erasure, and so into the first memory.
"""

from __future__ import annotations

import torch
from torch import Tensor

from hope_core.ops.recurrence.dispatch import recurrence


def first_order_recurrence(
    q: Tensor,
    k: Tensor,
    z: Tensor,
    a: Tensor,
    b: Tensor | None,
    m: Tensor | None,
    w: Tensor,
    c: Tensor | None,
    M0: Tensor,
    S0: Tensor | None,
    *,
    read: str = "after",
    chunk: int = 64,
) -> tuple[Tensor, Tensor, Tensor | None]:
    """As `hope_core.ops.recurrence.recurrence`: same arguments, same values, another gradient.

    One pass finds u, differentiable in the keys alone; a second one writes w z - c u, as known.
    """
    if not torch.is_grad_enabled():
        return recurrence(q, k, z, a, b, m, w, c, M0, S0, read=read, chunk=chunk)
    correct = a * w if c is None else c
    values = z.to(M0.dtype)
    fixed = (k, values, a, b, m, w, correct, M0, S0)
    held = [None if x is None else x.detach() for x in fixed]
    known, _, _ = recurrence(k, *held, read="before", chunk=chunk)  # type: ignore[arg-type]
    written = w[..., None] * values - correct[..., None] * known
    ones, zeros = torch.ones_like(w), torch.zeros_like(w)
    y, M, S = recurrence(q, k, written, a, b, m, ones, zeros, M0, S0, read=read, chunk=chunk)
    return y.to(z.dtype), M, S
