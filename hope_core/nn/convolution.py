"""Causal depthwise convolution over the last few tokens, with the window carried between pieces."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hope_core.ops.heads import causal_convolution


class CausalConvolution(nn.Module):
    """y_t = sum_i weight_i * x_{t - width + 1 + i}, for each channel on its own.

    Shapes: x (B, T, C); window (B, width - 1, C) holds the last tokens seen; weight (width, 1, C),
    whose last row multiplies the token itself.
    """

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.weight = nn.Parameter(torch.empty(width, 1, channels))

    def forward(self, x: Tensor, window: Tensor) -> tuple[Tensor, Tensor]:
        """The convolved tokens (B, T, C) and the window for the next piece."""
        y = causal_convolution(x, window, self.weight.squeeze(1))
        return y, self._next_window(x, window)

    def _next_window(self, x: Tensor, window: Tensor) -> Tensor:
        """The last width - 1 tokens seen."""
        kept = self.width - 1
        if x.shape[1] >= kept:
            return x[:, x.shape[1] - kept :]
        return torch.cat([window[:, x.shape[1] :].to(x.dtype), x], dim=1)

    def initial_window(self, batch: int) -> Tensor:
        """The window before the first token: zeros (B, width - 1, C)."""
        return self.weight.new_zeros(batch, self.width - 1, self.weight.shape[2])

    def init_weights(self, generator: torch.Generator) -> None:
        """Every token of the window counts alike at first: normal, std 0.3."""
        nn.init.normal_(self.weight, std=0.3, generator=generator)
