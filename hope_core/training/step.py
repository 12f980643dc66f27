"""One step: gradients of a few batches, a look whether they are numbers, one move."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from hope_core.errors import TrainingDivergedError
from hope_core.training.diagnosis import why_diverged
from hope_core.training.share import Alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.optim import NestedOptimizer, StepReport
    from hope_core.training.precision import Precision
    from hope_core.training.share import Share


MAX_SKIPPED = 20
"""fp16 steps in a row that may overflow: each halves the scale of the loss."""


@dataclass(frozen=True)
class StepResult:
    """What one step did."""

    loss: float
    """Mean over the step's batches (nats a token)."""
    report: StepReport | None
    """None: something was no number and the weights did not move."""
    penalty: float = 0.0
    """What the model's own second loss added to the first; 0 for a model without one."""
    trouble: str = ""
    """Why the weights did not move, as a sentence."""


def loss_of(model: LanguageModel, tokens: Tensor, precision: Precision) -> Tensor:
    """Mean cross entropy of each next token (nats); tokens (B, T + 1), a scalar in fp32."""
    with precision.autocast():
        logits, _ = model(tokens[:, :-1])
    return cross_entropy(logits.float().flatten(0, 1), tokens[:, 1:].flatten())


class LossOf(nn.Module):
    """The losses as a module, for wrappers that exchange gradients between processes.

    Args:
        model: what learns.
        precision: the number format of its forward pass.
        read: the compiled form of that pass; None: the model's own.
    """

    def __init__(
        self, model: LanguageModel, precision: Precision, read: Callable[..., Any] | None = None
    ) -> None:
        super().__init__()
        self.model = model
        self._precision = precision
        self._compiled = read

    def forward(self, tokens: Tensor) -> Tensor:
        """The loss of tokens (B, T + 1), and what the model adds to it: (2,) in fp32."""
        with self._precision.autocast():
            logits, state = (self._compiled or self.model)(tokens[:, :-1])
            penalty = self.model.penalty(state)
        loss = cross_entropy(logits.float().flatten(0, 1), tokens[:, 1:].flatten())
        return torch.stack([loss, loss.new_zeros(()) if penalty is None else penalty.to(loss)])


class Stepper:
    """Does the steps of a run: a model, its optimizer and the number format they meet in.

    Args:
        model: what learns.
        optimizer: what moves it.
        precision: the number format.
        clip_norm: largest norm of the gradient; 0: no clipping.
        share: what this process does of each step; None: all of it.
        weight: by what to multiply the mean loss over this process's rows.
        read: the model's forward pass, compiled; None: as it is.
    """

    def __init__(
        self,
        model: LanguageModel,
        optimizer: NestedOptimizer,
        precision: Precision,
        *,
        clip_norm: float,
        share: Share | None = None,
        weight: float = 1.0,
        read: Callable[..., Any] | None = None,
    ) -> None:
        self.model = model
        self.optimizer = optimizer
        self.precision = precision
        self.clip_norm = clip_norm
        self.share: Share = share or Alone()
        self._weight = weight
        self._loss = self.share.wrap(LossOf(model, precision, read))
        self._scaler = precision.scaler()
        self._skipped = 0

    def step(
        self,
        batches: Iterable[Tensor],
        *,
        count: int,
        learning_rate: float,
        measure: bool = False,
        progress: float = 1.0,
        may_skip: bool = False,
    ) -> StepResult:
        """Move the weights once, by the mean gradient of `count` batches (B, T + 1).

        The model is told how much of the training is done, `progress`, 0 to 1. With `may_skip` a
        loss or gradient that is not a number leaves the step out; fp16's overflows always do.

        Raises:
            TrainingDivergedError: the loss or a gradient is not a number; nothing has moved.
        """
        self.optimizer.zero_grad()
        self.model.set_progress(progress)
        loss, penalty, last = self._backward(batches, count)
        if not math.isfinite(loss + penalty):
            trouble = self._refuse(f"The loss is {loss + penalty}", last, may_skip=may_skip)
            return StepResult(loss, None, penalty, trouble)
        if self._scaler.is_enabled():
            report = self._scaled_step(learning_rate, measure)
            return StepResult(loss, report, penalty, "" if report else "fp16 overflowed.")
        if not math.isfinite(norm := float(self.optimizer.gradient_norm())):
            trouble = self._refuse(f"The gradient's norm is {norm}", last, may_skip=may_skip)
            return StepResult(loss, None, penalty, trouble)
        report = self.optimizer.step(learning_rate, self.clip_norm, measure_updates=measure)
        return StepResult(loss, report, penalty)

    def scaler_state(self) -> dict[str, Any]:
        """What fp16 needs to go on as before; empty in other formats."""
        return self._scaler.state_dict()

    def load_scaler_state(self, state: dict[str, Any]) -> None:
        """Take over `scaler_state`, unless the run changed its format."""
        if state and self._scaler.is_enabled():
            self._scaler.load_state_dict(state)

    def _backward(self, batches: Iterable[Tensor], count: int) -> tuple[float, float, Tensor]:
        """Gradients of the mean loss; that loss, the model's own, and the last batch."""
        total = torch.zeros(2)
        for number, tokens in enumerate(batches, 1):
            with self.share.exchanging(last=number == count):
                losses = self._loss(tokens) * self._weight / count
                self._scaler.scale(losses.sum()).backward()  # type: ignore[no-untyped-call]
            total = total.to(losses.device) + losses.detach()
        loss, penalty = self.share.mean(total).tolist()
        return loss, penalty, tokens

    def _refuse(self, what: str, tokens: Tensor, *, may_skip: bool) -> str:
        """Why the step is left out, where it may be."""
        if may_skip:
            return f"{what}."
        raise TrainingDivergedError(f"{what}{self._why(tokens)}")

    def _why(self, tokens: Tensor) -> str:
        """What a look into the model tells; a process that holds a part cannot look alone."""
        return "." if self.share.is_divided else why_diverged(self.model, tokens[:, :-1])

    def _scaled_step(self, learning_rate: float, measure: bool) -> StepReport | None:
        """An fp16 step; None when a gradient overflowed: the scale falls, the weights stay."""
        self._scaler.unscale_(self.optimizer)  # type: ignore[arg-type]
        report: Any = self._scaler.step(
            self.optimizer,  # type: ignore[arg-type]
            learning_rate,
            self.clip_norm,
            measure_updates=measure,
        )
        self._scaler.update()
        self._skipped = 0 if report else self._skipped + 1
        if self._skipped > MAX_SKIPPED:
            raise TrainingDivergedError(f"fp16 overflowed {self._skipped} times in a row.")
        return cast("StepReport | None", report)
