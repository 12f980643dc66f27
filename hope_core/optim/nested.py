"""Nested optimization: each level of the model steps on its own clock, at its own learning rate.

A level with clock C adds up its gradients over C steps and then steps once with their mean
(Nested Learning, Behrouz et al. 2025, eq. 71: the continuum memory system). Level 0 of most models
has clock 1 and steps each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import torch

from hope_core.optim.layout import Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor, nn

    from hope_core.optim.layout import Layout


class Level(Protocol):
    """What the optimizer needs to know of a level of the model."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def clock(self) -> int:
        """Steps between two updates."""

    @property
    def learning_rate_factor(self) -> float:
        """The level's learning rate, as a multiple of the run's."""

    @property
    def parameters(self) -> tuple[nn.Parameter, ...]:
        """What moves when the level steps."""


@dataclass(frozen=True)
class StepReport:
    """One step of the optimizer, as told to whoever watches."""

    grad_norm: float
    """Norm before clipping, over the parameters that move in this step."""
    fired: tuple[int, ...]
    """Indices of the levels that stepped."""
    learning_rates: tuple[float, ...]
    """One a level, whether it stepped or not."""
    update_norms: tuple[float, ...] = ()
    """Length of each level's move (0 where it stood still); empty unless asked for."""


@dataclass(frozen=True)
class OptimizerState:
    """Everything an exact continuation needs: tensors for safetensors, the rest for JSON."""

    tensors: dict[str, Tensor] = field(default_factory=dict)
    scalars: dict[str, Any] = field(default_factory=dict)


class NestedOptimizer:
    """Steps each level of a model on its clock. Call `step` once after each backward pass."""

    def __init__(
        self,
        levels: Sequence[Level],
        parts: Sequence[Sequence[torch.optim.Optimizer]],
        layout: Layout | None = None,
    ) -> None:
        self.levels = tuple(levels)
        self.steps = 0
        self._layout: Layout = layout or Whole()
        self._parts = [tuple(optimizers) for optimizers in parts]
        self._sums: list[list[Tensor]] = [
            [torch.zeros_like(p) for p in level.parameters] if level.clock > 1 else []
            for level in levels
        ]

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """Every parameter, one group a level, as torch's GradScaler wants to see them."""
        return [{"params": list(level.parameters)} for level in self.levels]

    def zero_grad(self) -> None:
        """Forget this step's gradients; what slow levels have added up stays."""
        for level in self.levels:
            for parameter in level.parameters:
                parameter.grad = None

    def gradient_norm(self) -> Tensor:
        """Norm of this step's gradients over all levels; not finite if any of them is not."""
        return self._layout.norm(
            [p.grad for level in self.levels for p in level.parameters if p.grad is not None]
        )

    @torch.no_grad()
    def step(
        self, learning_rate: float, clip_norm: float, *, measure_updates: bool = False
    ) -> StepReport:
        """Add up the gradients of slow levels, move the levels whose clock strikes.

        Args:
            learning_rate: the run's rate at this step; a level's is this times its factor.
            clip_norm: largest norm of the gradient over all that moves; 0: no clipping.
            measure_updates: also measure how far each level moved (costs a copy of its weights).
        """
        self.steps += 1
        fired = [i for i, level in enumerate(self.levels) if self.steps % level.clock == 0]
        for index in range(len(self.levels)):
            self._accumulate(index, fires=index in fired)
        norm = self._clip(fired, clip_norm)
        rates = tuple(learning_rate * level.learning_rate_factor for level in self.levels)
        moved = [0.0] * len(self.levels) if measure_updates else []
        for index in fired:
            before = self._copy(index) if measure_updates else []
            self._move(index, rates[index])
            if measure_updates:
                moved[index] = self._distance(index, before)
        return StepReport(norm, tuple(fired), rates, tuple(moved))

    def state_dict(self) -> OptimizerState:
        """The moments, clocks and half-full sums, whole; tensors that are whole are not copied."""
        state = OptimizerState(scalars={"steps": self.steps})
        for index, sums in enumerate(self._sums):
            for place, tensor in enumerate(sums):
                state.tensors[f"level{index}.sum.{place}"] = self._layout.whole(tensor)
        for prefix, optimizer, place, parameter in self._entries():
            for name, value in optimizer.state[parameter].items():
                key = f"{prefix}.{place}.{name}"
                if isinstance(value, torch.Tensor):
                    state.tensors[key] = self._layout.whole(value)
                else:
                    state.scalars[key] = value
        return state

    def load_state_dict(self, state: OptimizerState) -> None:
        """Take over a state that `state_dict` gave for the same model and settings."""
        self.steps = int(state.scalars["steps"])
        for index, sums in enumerate(self._sums):
            for place, tensor in enumerate(sums):
                tensor.copy_(self._layout.part(state.tensors[f"level{index}.sum.{place}"], tensor))
        owned: dict[str, dict[str, Any]] = {}
        for key, value in (*state.tensors.items(), *state.scalars.items()):
            place_of, _, name = key.rpartition(".")
            owned.setdefault(place_of, {})[name] = value
        for prefix, optimizer, place, parameter in self._entries():
            values = owned.get(f"{prefix}.{place}", {})
            optimizer.state[parameter] = {
                name: self._layout.part(value, parameter)
                if isinstance(value, torch.Tensor)
                else value
                for name, value in values.items()
            }

    def _entries(self) -> list[tuple[str, torch.optim.Optimizer, int, nn.Parameter]]:
        return [
            (f"level{index}.{type(optimizer).__name__.lower()}", optimizer, place, parameter)
            for index, optimizers in enumerate(self._parts)
            for optimizer in optimizers
            for place, parameter in enumerate(
                p for group in optimizer.param_groups for p in group["params"]
            )
        ]

    def _accumulate(self, index: int, *, fires: bool) -> None:
        """Put the mean of the gradients since the last firing where the optimizers look for it."""
        level, sums = self.levels[index], self._sums[index]
        if not sums:
            return
        pairs = [
            (total, p.grad)
            for total, p in zip(sums, level.parameters, strict=True)
            if p.grad is not None
        ]
        if pairs:
            here = self._layout.here
            torch._foreach_add_(here([t for t, _ in pairs]), here([grad for _, grad in pairs]))
        if not fires:
            return
        for total, parameter in zip(sums, level.parameters, strict=True):
            parameter.grad = total / level.clock
            total.zero_()

    def _clip(self, fired: Sequence[int], clip_norm: float) -> float:
        gradients = [p.grad for i in fired for p in self.levels[i].parameters if p.grad is not None]
        norm = float(self._layout.norm(gradients))
        if clip_norm and norm > clip_norm:
            torch._foreach_mul_(self._layout.here(gradients), clip_norm / (norm + 1e-6))
        return norm

    def _move(self, index: int, rate: float) -> None:
        with self._layout.matrices_in_one_piece(index):
            for optimizer in self._parts[index]:
                for group in optimizer.param_groups:
                    group["lr"] = rate
                optimizer.step()

    def _copy(self, index: int) -> list[Tensor]:
        return [p.detach().clone() for p in self._layout.here(self.levels[index].parameters)]

    def _distance(self, index: int, before: list[Tensor]) -> float:
        after = self._layout.here(self.levels[index].parameters)
        return float(self._layout.norm(list(torch._foreach_sub(after, before))))
