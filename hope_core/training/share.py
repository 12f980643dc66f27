"""Share: what one process does of a run's work, all of it or a part, by position and exactly.

A batch of B sequences goes to N processes by position: process r takes rows B r / N to B (r + 1) /
N. Each weighs its mean loss by its rows, and gradients are averaged: the sum is the gradient of the
whole batch, whatever N is.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol, TypeVar

from torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from torch import Tensor


M = TypeVar("M", bound=nn.Module)


class Share(Protocol):
    """What the trainer's parts ask about the other processes, if there are any."""

    @property
    def processes(self) -> int:
        """How many train together."""

    @property
    def rank(self) -> int:
        """The number of this one."""

    @property
    def is_divided(self) -> bool:
        """Whether each process keeps a part of the model only."""

    def divide(self, model: M) -> M:
        """The model that learns, of which each process may keep a part only.

        Process 0 keeps `model` whole beside it, to look at.
        """

    def wrap(self, loss: nn.Module) -> Callable[[Tensor], Tensor]:
        """The loss whose backward pass also exchanges gradients."""

    def rows(self, batch_size: int) -> slice:
        """The rows of a batch that are this process's."""

    def weight(self, batch_size: int) -> float:
        """By what to multiply the mean loss over those rows."""

    def exchanging(self, *, last: bool) -> AbstractContextManager[None]:
        """Around a backward pass: gradients are exchanged in the last one of a step."""

    def mean(self, value: Tensor) -> Tensor:
        """The mean over all processes of a number that each has."""

    def begin_step(
        self, number: int, learning_rate: float, *, measure: bool, progress: float = 1.0
    ) -> None:
        """Let the others do this step too."""

    def looking(self) -> AbstractContextManager[None]:
        """Inside it, the model that process 0 looks at has the weights of now."""

    def begin_gathering(self) -> None:
        """Let the others help to gather what follows."""

    def whole(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The tensors with all their parts; every process has to ask."""

    def let_others_write(self, folder: Path) -> None:
        """Let the others write what only they know into this folder."""

    def wait_for_writing(self) -> list[str]:
        """Wait until they have; what went wrong, most often nothing."""


class Alone:
    """One process: everything is its share."""

    processes = 1
    rank = 0
    is_divided = False

    def divide(self, model: M) -> M:
        """The model as it is."""
        return model

    def wrap(self, loss: nn.Module) -> Callable[[Tensor], Tensor]:
        """The loss as it is."""
        return loss

    def rows(self, batch_size: int) -> slice:
        """All rows."""
        return slice(0, batch_size)

    def weight(self, batch_size: int) -> float:  # noqa: ARG002 - the whole batch is here
        """As it is."""
        return 1.0

    def exchanging(self, *, last: bool) -> AbstractContextManager[None]:  # noqa: ARG002
        """Nobody to exchange with."""
        return nullcontext()

    def mean(self, value: Tensor) -> Tensor:
        """The number itself."""
        return value

    def begin_step(
        self, number: int, learning_rate: float, *, measure: bool, progress: float = 1.0
    ) -> None:
        """Nobody to tell."""

    def looking(self) -> AbstractContextManager[None]:
        """The model is whole."""
        return nullcontext()

    def begin_gathering(self) -> None:
        """Nobody to tell."""

    def whole(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The tensors as they are."""
        return dict(tensors)

    def let_others_write(self, folder: Path) -> None:
        """Nobody to tell."""

    def wait_for_writing(self) -> list[str]:
        """Nobody to wait for."""
        return []
