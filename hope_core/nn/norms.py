"""Normalisations: RMS over the channels of a token, and unit length for keys and queries."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class RMSNorm(nn.Module):
    """Divides each token by its root mean square, then scales each channel (Zhang, Sennrich 2019).

    Shapes: x (..., width) -> (..., width). The statistics are taken in at least float32.
    """

    def __init__(self, width: int, *, eps: float = 1e-6) -> None:
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.empty(width))

    def forward(self, x: Tensor) -> Tensor:
        """The normalised tokens."""
        return nn.functional.rms_norm(x, self.weight.shape, self.weight.to(x.dtype), self.eps)

    def init_weights(self) -> None:
        """Every scale becomes 1."""
        nn.init.ones_(self.weight)


def unit_length(x: Tensor, *, eps: float = 1e-6) -> Tensor:
    """Tokens x (..., K) at Euclidean length 1; those far shorter than sqrt(eps) stay short."""
    return x * torch.rsqrt(torch.linalg.vecdot(x, x).unsqueeze(-1) + eps)
