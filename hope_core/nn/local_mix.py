"""What the last few tokens add to each one: a causal convolution beside a residual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor, nn

from hope_core.nn.convolution import CausalConvolution

if TYPE_CHECKING:
    import torch


class LocalMix(nn.Module):
    """x + convolution(x) over the last `tokens` tokens; with 0 tokens x itself.

    Shapes: x (B, T, C) -> (B, T, C); window (B, tokens - 1, C), None with 0 tokens.
    """

    def __init__(self, channels: int, tokens: int) -> None:
        super().__init__()
        self.convolution = CausalConvolution(channels, tokens) if tokens else None

    def forward(self, x: Tensor, window: Tensor | None) -> tuple[Tensor, Tensor | None]:
        """The tokens with what is near added, and the window for the next piece."""
        if self.convolution is None or window is None:
            return x, None
        near, window = self.convolution(x, window)
        return x + near, window

    def initial_window(self, batch: int) -> Tensor | None:
        """The window before the first token."""
        return self.convolution.initial_window(batch) if self.convolution else None

    def init_weights(self, generator: torch.Generator) -> None:
        """The convolution's own: std 0.3, which learns sooner than a tenth."""
        if self.convolution is not None:
            self.convolution.init_weights(generator)
