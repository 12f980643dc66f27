"""The recurrence of pairs in plain torch, on any device: chunks side by side, in two passes.

The first pass carries each chunk's product of matrices and what it writes, without keeping them;
starts then go from chunk to chunk; the second pass is the token loop itself, from those starts. So
there are about 3 T^1/2 small operations in a row, and nothing is divided. The backward pass is the
same scan with transposed matrices, from the last token to the first.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import pad


def scan(x: Tensor, A: Tensor, h: Tensor) -> Tensor:
    """Every h of h <- A h + x: x (B, T, 2, D), A (B, T, 2, 2, D), start h (B, 2, D)."""
    B, T, _, D = x.shape
    chunk = max(1, math.isqrt(T))
    missing = -T % chunk
    x = pad(x, (0, 0, 0, 0, 0, missing)).view(B, -1, chunk, 2, D)
    A = pad(A, (0, 0, 0, 0, 0, 0, 0, missing)).view(B, -1, chunk, 2, 2, D)
    h = _starts(x, A, h)
    states = torch.empty_like(x)
    for t in range(chunk):
        h = _step(A[:, :, t], h, x[:, :, t])
        states[:, :, t] = h
    return states.reshape(B, -1, 2, D)[:, :T]


def scan_back(g: Tensor, A: Tensor, h: Tensor, h0: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of x, A and the start from those of every h (`g`).

    d_t = g_t + A_{t+1}^T d_{t+1} is the gradient of x_t; that of A_t is d_t h_{t-1}^T.
    """
    turned = A.transpose(2, 3)
    later = torch.cat([turned[:, 1:], torch.zeros_like(turned[:, :1])], dim=1)
    d = scan(g.flip(1), later.flip(1), torch.zeros_like(h0)).flip(1)
    earlier = torch.cat([h0[:, None], h[:, :-1]], dim=1)
    first = _step(turned[:, 0], d[:, 0], torch.zeros_like(h0))
    return d, d[:, :, :, None] * earlier[:, :, None], first


def _starts(x: Tensor, A: Tensor, h: Tensor) -> Tensor:
    """The state before every chunk: x (B, n, C, 2, D), A (B, n, C, 2, 2, D) -> (B, n, 2, D).

    A chunk turns a start h into P h + s: the columns of P and s stand side by side.
    """
    columns = torch.cat([A[:, :, 0], x[:, :, 0, :, None]], dim=3)
    for t in range(1, x.shape[2]):
        matrix = A[:, :, t, :, :, None]
        columns = torch.addcmul(
            matrix[:, :, :, 0] * columns[:, :, None, 0], matrix[:, :, :, 1], columns[:, :, None, 1]
        )
        columns[:, :, :, 2] += x[:, :, t]
    starts = [h]
    for one in columns[:, :-1].unbind(1):
        starts.append(_step(one[:, :, :2], starts[-1], one[:, :, 2]))
    return torch.stack(starts, dim=1)


def _step(A: Tensor, h: Tensor, x: Tensor) -> Tensor:
    """A h + x of matrices (..., 2, 2, D) and pairs (..., 2, D)."""
    first, second = h[..., None, 0, :], h[..., None, 1, :]
    return torch.addcmul(torch.addcmul(x, A[..., 0, :], first), A[..., 1, :], second)
