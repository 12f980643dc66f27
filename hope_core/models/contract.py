"""What every language model offers to training, generation and the studio."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import Tensor, nn

if TYPE_CHECKING:
    import torch

    from hope_core.nn.state import State


@dataclass(frozen=True)
class Level:
    """Parameters that learn together: every `clock` steps, at the run's rate times the factor."""

    name: str
    clock: int
    learning_rate_factor: float
    parameters: tuple[nn.Parameter, ...]


class LanguageModel(nn.Module):
    """Predicts each next token from those before it; all memory of them is in an explicit state.

    A whole sequence gives the same logits as the same sequence in pieces with the state carried.
    Shapes: tokens (B, T) int64 -> logits (B, T, V).
    """

    vocabulary: int
    gradient_span: int = 0
    """Tokens after which training cuts off the gradient of what was read before; 0: never."""

    @abstractmethod
    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The logits of the token after each one, and the state after the last; None is fresh."""

    @abstractmethod
    def initial_state(self, batch: int) -> State:
        """The state before the first token, for `batch` sequences."""

    @abstractmethod
    def init_weights(self, generator: torch.Generator) -> None:
        """Fresh weights, a pure function of the (CPU) generator."""

    @abstractmethod
    def levels(self) -> tuple[Level, ...]:
        """All parameters, each in exactly one level; level 0 holds what moves at every step."""

    @abstractmethod
    def tables(self) -> tuple[nn.Parameter, ...]:
        """The matrices with one row a token (embedding, output layer): not a hidden layer's."""

    @abstractmethod
    def probe(self, tokens: Tensor) -> dict[str, Tensor]:
        """What the memory page shows about reading tokens (B, T) from a fresh state.

        CPU float32, averaged over the batch: memory_norm, momentum_norm, half_life (layers, heads),
        surprise (layers, T), alpha, eta, theta (layers, heads, T); stability_bound (layers, heads),
        the largest over the batch. What a rule does not have is left out; {} for a model without
        a memory. Touches no state, no gradient and no random number.
        """

    @abstractmethod
    def flops_per_token(self, sequence_length: int) -> int:
        """Floating-point operations of one token's training: forward and backward pass."""

    def penalty(self, state: State) -> Tensor | None:  # noqa: ARG002
        """What training adds to the loss of the text read up to `state`: a scalar, or nothing."""
        return None

    def set_progress(self, progress: float) -> None:
        """Told before each training step how much of the run is done, 0 to 1; most do not care."""

    def next_document(self, state: State, *, keep_memory: bool = False) -> State:
        """The state before another document, after `state`: fresh, or with its memory carried on.

        What the settings say about the end of a document holds either way.
        """
        if keep_memory:
            return state
        return self.initial_state(len(next(iter(state.named_tensors().values()))))

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:  # noqa: ARG002
        """The parameters that act only in texts of more than `length` tokens; most often none."""
        return ()

    def parameter_count(self) -> int:
        """Number of trained values."""
        return sum(parameter.numel() for parameter in self.parameters())
