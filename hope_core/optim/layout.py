"""How the optimizer's tensors lie: whole in one process, or in parts over several."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class Layout(Protocol):
    """What the optimizer asks about tensors that may lie in parts."""

    def here(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        """The parts that this process holds, as plain tensors that share their memory."""

    def norm(self, tensors: Sequence[Tensor]) -> Tensor:
        """Norm of all of them together, the same in every process."""

    def whole(self, tensor: Tensor) -> Tensor:
        """The tensor with all its parts; every process has to ask."""

    def part(self, value: Tensor, parameter: Tensor) -> Tensor:
        """A whole value as this process keeps it beside its parameter; a tensor of its own."""

    def matrices_in_one_piece(self, level: int) -> AbstractContextManager[None]:
        """Inside it, rules that need whole matrices have them; afterwards each part has moved."""


class Whole:
    """Everything lies in this process."""

    def here(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        """All of them."""
        return list(tensors)

    def norm(self, tensors: Sequence[Tensor]) -> Tensor:
        """Their norm; 0 for none."""
        return square_sum(tensors).sqrt()

    def whole(self, tensor: Tensor) -> Tensor:
        """The tensor itself."""
        return tensor

    def part(self, value: Tensor, parameter: Tensor) -> Tensor:
        """A copy on the parameter's device."""
        return value.to(parameter.device, copy=True)

    def matrices_in_one_piece(self, level: int) -> AbstractContextManager[None]:  # noqa: ARG002
        """They are."""
        return nullcontext()


def square_sum(tensors: Sequence[Tensor]) -> Tensor:
    """Sum of the squares of everything in these plain tensors."""
    if not tensors:
        return torch.zeros(())
    norms: Tensor = torch.stack(torch._foreach_norm(list(tensors)))
    return norms.square().sum()
