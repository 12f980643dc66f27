"""Weights that learn while one talks: a copy of a model with an optimizer of its own."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch

from hope_core.errors import TeachingError
from hope_core.inference.study import LEARNED_ENOUGH, mean_surprise, refuse_length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

LONGEST_GRADIENT = 1.0
"""Gradients are cut to this length: one text must not throw the weights about."""


class LearningWeights:
    """The copy, and AdamW over all of its weights at one rate.

    Attributes:
        model: the copy; the model that was given never changes.
    """

    def __init__(self, model: LanguageModel, rate: float) -> None:
        self.model = copy.deepcopy(model).requires_grad_()
        self._rate = rate
        self._optimizer = self._fresh()

    def learn(
        self,
        tokens: Tensor,
        *,
        state: State,
        steps: int,
        check: Callable[[], None] = lambda: None,
    ) -> tuple[float, ...]:
        """Move the weights against the surprise of a text (1, T) read from a state.

        Returns:
            The text's mean surprise (nats a token) before each step, and after the last one.

        Raises:
            TeachingError: the text is too short or too long, or the surprise is no number any more.
        """
        refuse_length(tokens)
        surprise: list[float] = []
        for step in range(steps + 1):
            check()
            self._optimizer.zero_grad(set_to_none=True)
            with torch.enable_grad():
                loss = mean_surprise(self.model, tokens, state)
                surprise.append(float(loss.detach()))
                if step == steps or surprise[-1] < LEARNED_ENOUGH:
                    break
                if not bool(torch.isfinite(loss.detach())):
                    raise TeachingError(
                        "The surprise is no number any more. Lower the learning rate and roll back."
                    )
                loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), LONGEST_GRADIENT)
            self._optimizer.step()
        return tuple(surprise)

    def kept(self) -> dict[str, Tensor]:
        """A copy of all weights as they are."""
        return {name: p.detach().clone() for name, p in self.model.named_parameters()}

    def put_back(self, weights: Mapping[str, Tensor]) -> None:
        """Be as `kept` found it, bit for bit; the optimizer begins afresh."""
        own = dict(self.model.named_parameters())
        with torch.no_grad():
            for name, tensor in weights.items():
                own[name].copy_(tensor)
        self._optimizer = self._fresh()

    def _fresh(self) -> torch.optim.Optimizer:
        return torch.optim.AdamW(self.model.parameters(), lr=self._rate, weight_decay=0.0)
