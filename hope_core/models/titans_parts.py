"""What the variants of Titans share: a mixer's contract, the remembered text and the gate.

Notable: the memory reads the persistent tokens before the text.
Shapes: B batch, T time, D width, P persistent tokens.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from hope_core.memories import build_memory
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear

if TYPE_CHECKING:
    from hope_core.config.models import TitansModelSettings
    from hope_core.nn.state import State


A_TOKEN = ("surprise", "alpha", "eta", "theta")
"""Measurements with one number a token."""


class Mixer(nn.Module):
    """What stands before a block's MLP: x with the answers of memory and attention added."""

    @abstractmethod
    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The tokens and the state after the last of them; no state means a fresh one."""

    @abstractmethod
    def initial_state(self, batch: int) -> State:
        """The state before the first token, for `batch` sequences."""

    @abstractmethod
    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Fresh weights; `output_scale` shrinks what is added to x."""

    @abstractmethod
    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """What the memory measures about reading x from a fresh state."""

    @abstractmethod
    def flops_per_token(self, sequence_length: int) -> int:
        """Of one token's forward pass, outside the products with weights."""

    @abstractmethod
    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The parameters that may act only in texts of more than `length` tokens."""


class RememberedText(nn.Module):
    """A memory that has read the persistent tokens before any text (eq. 19).

    Shapes: x (B, T, D) -> (B, T, D); tokens (P, D).
    """

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.memory = build_memory(
            settings.memory,
            settings.width,
            heads=settings.heads,
            convolution=settings.convolution,
        )
        self.tokens = None
        if settings.persistent:
            self.tokens = nn.Parameter(torch.empty(settings.persistent, settings.width))

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The memory's answers and its state."""
        if state is not None:
            answer, state = self.memory(x, state)
            return answer, state
        answer, state = self.memory(self._whole(x))
        return answer[:, answer.shape[1] - x.shape[1] :], state

    def initial_state(self, batch: int) -> State:
        """The memory's state after the persistent tokens."""
        if self.tokens is None:
            return self.memory.initial_state(batch)
        _, state = self.memory(self.tokens.expand(batch, -1, -1))
        return cast("State", state)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """The memory's own; tokens normal, std 1, as normalised text."""
        self.memory.init_weights(generator, output_scale=output_scale)
        if self.tokens is not None:
            nn.init.normal_(self.tokens, generator=generator)

    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """The memory's measurements of the text, the persistent tokens left out."""
        found = self.memory.measure(self._whole(x))
        return {
            name: value[..., -x.shape[1] :] if name in A_TOKEN else value
            for name, value in found.items()
        }

    def _whole(self, x: Tensor) -> Tensor:
        """The text with the persistent tokens before it."""
        if self.tokens is None:
            return x
        return torch.cat([self.tokens.to(x.dtype).expand(len(x), -1, -1), x], dim=1)


class Gate(nn.Module):
    """W silu(norm(y) * norm(m)): attention y gated by memory m, both with learned scales (eq. 28).

    Shapes: y, m (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.attended = nn.LayerNorm(width, bias=False)
        self.remembered = nn.LayerNorm(width, bias=False)
        self.output = Linear(width, width)

    def forward(self, y: Tensor, m: Tensor) -> Tensor:
        """The gated tokens."""
        gated: Tensor = self.output(silu(self.attended(y) * self.remembered(m)))
        return gated

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norms at 1; output normal, std output_scale D^-1/2."""
        self.attended.reset_parameters()
        self.remembered.reset_parameters()
        init_linear(self.output, generator, scale=output_scale)
