"""What every memory offers, whatever its rule."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from torch import Tensor, nn

if TYPE_CHECKING:
    import torch

    from hope_core.nn.state import State


class Memory(nn.Module):
    """Reads tokens one after the other and answers each from what it has stored so far.

    A whole sequence gives the same answers as the same sequence in pieces with the state carried.
    Shapes: x (B, T, width) -> y (B, T, width).
    """

    @abstractmethod
    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The answers and the state after the last token; no state means a fresh one."""

    @abstractmethod
    def initial_state(self, batch: int) -> State:
        """The state before the first token, for `batch` sequences."""

    @abstractmethod
    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Fresh weights, a pure function of the generator; `output_scale` shrinks what leaves."""

    @abstractmethod
    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """What the memory page shows about reading x; leaves the state as it is.

        Keys are those of `LanguageModel.probe`, without its leading axis of layers and averaged
        over the batch; {} when there is nothing to show.
        """

    @abstractmethod
    def flops_per_token(self, sequence_length: int) -> int:
        """Multiplications and additions of one token's forward pass outside its weights' products.

        Averaged over a sequence of this length, where the length matters.
        """

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:  # noqa: ARG002
        """The parameters that act only in texts of more than `length` tokens; most often none."""
        return ()


class Recalling(Memory):
    """A memory that can also be asked without writing to it."""

    @abstractmethod
    def recall(self, x: Tensor, state: State, *, at: State) -> tuple[Tensor, State]:
        """The answers to x of the memory as it stood in `at`, and `state` with x as last seen.

        Nothing is written: only the window of last tokens, which stands in `state`, moves on.
        """
