"""The complex diagonal recurrence in plain torch, on any device: doubling inside chunks.

Only products and sums, so coefficients of exactly 0 are exact too. The backward pass is the same
scan run from the last token to the first.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

CHUNK = 32
"""Tokens in a chunk: five doublings, then one step a chunk."""


def scan(x: Tensor, a: Tensor, h: Tensor) -> Tensor:
    """Every h of h <- a h + x, complex: x, a (B, T, D), start h (B, D) -> (B, T, D)."""
    B, T, D = x.shape
    chunk = min(CHUNK, T)
    x, a = (pad(value, (0, 0, 0, -T % chunk)).reshape(B, -1, chunk, D).clone() for value in (x, a))
    offset = 1
    while offset < chunk:
        x[:, :, offset:] += a[:, :, offset:] * x[:, :, :-offset].clone()
        a[:, :, offset:] = a[:, :, offset:] * a[:, :, :-offset]
        offset *= 2
    starts = []
    for written, kept in zip(x[:, :, -1].unbind(1), a[:, :, -1].unbind(1), strict=True):
        starts.append(h)
        h = kept * h + written
    return (x + a * torch.stack(starts, dim=1)[:, :, None]).reshape(B, -1, D)[:, :T]


def scan_back(g: Tensor, a: Tensor, h: Tensor, h0: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of x, a and the start from those of every h (`g`), all complex.

    d_t = g_t + conj(a_{t+1}) d_{t+1} is the gradient of x_t; that of a_t is d_t conj(h_{t-1}).
    """
    later = torch.cat([a[:, 1:], torch.zeros_like(a[:, :1])], dim=1)
    d = scan(g.flip(1), later.conj().flip(1).resolve_conj(), torch.zeros_like(h0)).flip(1)
    earlier = torch.cat([h0[:, None], h[:, :-1]], dim=1)
    return d, d * earlier.conj(), a[:, 0].conj() * d[:, 0]
