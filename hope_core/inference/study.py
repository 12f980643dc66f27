"""Teaching beyond what reading writes: a few gradient steps on the memory, all weights frozen.

Notable: it is the memory's own kind of learning (a state that moves against the gradient of a
loss), with the surprise of the model's answer in place of the memory's local loss, and with steps
of its own in place of the trained gates.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import cross_entropy

from hope_core.errors import TeachingError
from hope_core.nn.learned import learned_tensors, moved_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

LEARNED_ENOUGH = 0.05
"""Mean surprise (nats a token) at which a text counts as learned."""
LONGEST = 2048
"""Most tokens that are studied at once: a gradient keeps all of them in mind."""


@dataclass(frozen=True)
class Study:
    """A memory that studied, and how surprising the text was with each one that was tried."""

    state: State
    surprise: tuple[float, ...]
    """Mean surprise of the text (nats a token) before, and after each step; the least counts."""


def study(
    model: LanguageModel,
    state: State,
    tokens: Tensor,
    *,
    steps: int,
    rate: float,
    check: Callable[[], None] = lambda: None,
) -> Study:
    """Move a memory against the surprise of a text read from it; weights stay as they are.

    The first step has the length `rate` times that of all learned tensors (at least 1), along the
    gradient; a step that makes the text more surprising is taken back and halved. It ends early
    once the text is learned. The text itself is not read.

    Args:
        model: its weights are left alone, bit for bit.
        state: what it carries, of one sequence.
        tokens: the text (1, T), T >= 2.
        steps: at most so many.
        rate: length of the first step, as a share of the memory's length.
        check: called between steps; stops the work by raising.

    Raises:
        TeachingError: the text is too short or too long, or nothing in the state learns.
    """
    refuse_length(tokens)
    start = learned_tensors(state)
    if not start:
        raise TeachingError("Nothing in this model's state learns, so that it cannot study.")
    length = rate * max(1.0, float(_length(start.values())))
    moved = {path: torch.zeros_like(tensor) for path, tensor in start.items()}
    best, slopes, surprise = moved, moved, [inf]
    with _standing_still(model):
        for step in range(steps + 1):
            check()
            found, found_slopes = _look(model, state, tokens, moved, last=step == steps)
            if found < min(surprise):
                best, slopes = moved, found_slopes
            else:
                length /= 2
            surprise.append(found)
            if step == steps or found < LEARNED_ENOUGH:
                break
            reach = length / max(float(_length(slopes.values())), 1e-30)
            moved = {path: tensor - reach * slopes[path] for path, tensor in best.items()}
    return Study(moved_by(state, best).detach(), tuple(surprise[1:]))


def mean_surprise(model: LanguageModel, tokens: Tensor, state: State) -> Tensor:
    """Mean of -ln p (nats) over the tokens (1, T) but the first, which nothing told of."""
    logits, _ = model(tokens[:, :-1], state)
    return cross_entropy(logits[0].float(), tokens[0, 1:])


def refuse_length(tokens: Tensor) -> None:
    """Refuse a text (1, T) that no gradient can be taken of.

    Raises:
        TeachingError: it is too short or too long.
    """
    if not 2 <= tokens.shape[1] <= LONGEST:
        raise TeachingError(
            f"A text of {tokens.shape[1]:,} tokens cannot be studied: give it 2 to {LONGEST:,}."
        )


def _look(
    model: LanguageModel,
    state: State,
    tokens: Tensor,
    moved: Mapping[str, Tensor],
    *,
    last: bool,
) -> tuple[float, dict[str, Tensor]]:
    """The text's surprise with the memory moved so, and its slope at each learned tensor."""
    leaves = {path: tensor.clone().requires_grad_(not last) for path, tensor in moved.items()}
    with torch.set_grad_enabled(not last):
        loss = mean_surprise(model, tokens, moved_by(state, leaves))
        if last:
            return float(loss), {}
        slopes = torch.autograd.grad(loss, list(leaves.values()), materialize_grads=True)
    return float(loss.detach()), dict(zip(leaves, slopes, strict=True))


@contextmanager
def _standing_still(model: LanguageModel) -> Iterator[None]:
    """No weight takes part in a gradient."""
    wanted = [parameter.requires_grad for parameter in model.parameters()]
    model.requires_grad_(requires_grad=False)
    try:
        yield
    finally:
        for parameter, before in zip(model.parameters(), wanted, strict=True):
            parameter.requires_grad_(before)


def _length(tensors: Iterable[Tensor]) -> Tensor:
    squares = [tensor.square().sum() for tensor in tensors]
    return torch.stack(squares).sum().sqrt()
