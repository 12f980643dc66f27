"""Writing without torch's overhead: one token through a memory or a perceptron in one call.

Notable: only where nobody asks for gradients, for one text, in float32 on a CPU; the state comes
back as new tensors. Everything else takes the memories' own way.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from hope_core.ops.choice import chosen
from hope_core.ops.proof import find_problem, largest_difference, warn_once
from hope_core.ops.step import reference


class Rule(NamedTuple):
    """How a memory makes its gates, and when it reads.

    size: the largest step; erase, grad: as in HOPE's rule, which alone looks at them.
    """

    kind: Literal["titans", "hope_dgd", "gated_delta"]
    read: str
    size: float
    erase: float = 0.0
    grad: float = 1.0


class StepParts(NamedTuple):
    """A memory's weights: D width, H heads, K = D / H, G gates a head.

    Shapes: convolution (width, 1, D), project (4 D, D), gates (G H, D), bias (G H,), scale (H, K),
    output (D, D); decay (H,), or None where the rule has none.
    """

    convolution: Tensor
    project: Tensor
    gates: Tensor
    bias: Tensor
    scale: Tensor
    output: Tensor
    decay: Tensor | None = None


def steps_alone(x: Tensor, *others: Tensor | None) -> bool:
    """Whether tokens x (B, T, D) and all that goes with them are for `memory_step`."""
    return (
        x.shape[:-1].numel() == 1
        and not torch.is_grad_enabled()
        and all(other is None or _is_plain(other) for other in (x, *others))
        and not torch.is_autocast_enabled("cpu")
        and not torch.compiler.is_compiling()
        and chosen("step", "auto") == "auto"
        and step_works()
    )


def _is_plain(x: Tensor) -> bool:
    return (
        type(x) in (Tensor, nn.Parameter)
        and x.dtype == torch.float32
        and x.device.type == "cpu"
        and (x.is_contiguous() or x.shape[0] == 1)
    )


def perceptron_step(x: Tensor, up: Tensor, down: Tensor) -> Tensor:
    """The product down relu(up x)^2 of one token x (1, 1, D)."""
    from hope_core.ops.step.kernels import perceptron

    y, hidden = x.new_empty(x.shape), np.empty(up.shape[0], np.float32)
    perceptron(_array(x).reshape(-1), _array(up), _array(down), hidden, y.numpy().reshape(-1))
    return y


def memory_step(
    x: Tensor,
    window: Tensor,
    memory: Tensor,
    momentum: Tensor | None,
    *,
    parts: StepParts,
    rule: Rule,
) -> tuple[Tensor, Tensor, Tensor | None, Tensor]:
    """One token x (1, 1, D) through a memory: its answer, and memory, momentum and window after.

    Shapes as in the memories' states: window (1, width - 1, D), memory, momentum (1, H, K, K).
    """
    from hope_core.ops.step.kernels import HOPE_DGD, TITANS, step

    D, (H, K) = x.shape[-1], parts.scale.shape
    kinds = {"titans": TITANS, "hope_dgd": HOPE_DGD}
    answer, window_after = x.new_empty(x.shape), window.new_empty(window.shape)
    memory_after = memory.new_empty(memory.shape)
    momentum_after = None if momentum is None else memory.new_empty(memory.shape)
    room = (
        np.empty(D, np.float32),
        np.empty((4, H, K), np.float32),
        np.empty((parts.bias.shape[0] // H, H), np.float32),
    )
    step(
        kinds.get(rule.kind, len(kinds)),
        rule.read == "before",
        np.array((rule.size, rule.erase, rule.grad), np.float32),
        _array(x).reshape(-1),
        (
            _array(parts.convolution)[:, 0],
            _array(parts.project),
            _array(parts.gates),
            _array(parts.bias),
            _array(parts.scale)[:, 0] if parts.decay is None else _array(parts.decay),
            _array(parts.scale),
            _array(parts.output),
        ),
        (_array(window)[0], _array(memory)[0], None if momentum is None else _array(momentum)[0]),
        (
            _array(window_after)[0],
            _array(memory_after)[0],
            None if momentum_after is None else _array(momentum_after)[0],
        ),
        room,
        _array(answer).reshape(-1),
    )
    return answer, memory_after, momentum_after, window_after


def _array(x: Tensor) -> np.ndarray:
    """The same numbers for the kernel; nothing is copied."""
    return x.detach().numpy()


def step_works() -> bool:
    """Whether the compiled step may be used; warns once when it may not."""
    problem = step_problem()
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=1)
def step_problem() -> str:
    """Why the compiled step cannot be used, as a sentence; empty when it can."""
    return find_problem(_difference, torch.float32)


def _difference(dtype: torch.dtype) -> float:
    """The largest difference from plain torch, of every rule, with momentum and without."""
    worst = 0.0
    for kind, momentum in product(("titans", "hope_dgd", "gated_delta"), (False, True)):
        rule = Rule(kind, "before" if momentum else "after", 0.7, 0.5, 0.9)  # type: ignore[arg-type]
        arguments, parts = _tiny(dtype, momentum=momentum)
        pairs = zip(
            memory_step(*arguments, parts=parts, rule=rule),
            reference.memory_step(*arguments, parts=parts, rule=rule),
            strict=True,
        )
        kept = [[one, other] for one, other in pairs if one is not None and other is not None]
        worst = max(worst, largest_difference([list(each) for each in zip(*kept, strict=True)]))
    x, up = torch.linspace(-1, 1, 6, dtype=dtype), torch.linspace(-1, 1, 24, dtype=dtype)
    hidden = torch.relu(up.view(4, 6) @ x).square()
    y = perceptron_step(x.view(1, 1, 6), up.view(4, 6), up.view(6, 4))
    return max(worst, float((y.view(6) - up.view(6, 4) @ hidden).abs().max()))


def _tiny(
    dtype: torch.dtype, *, momentum: bool
) -> tuple[tuple[Tensor, Tensor, Tensor, Tensor | None], StepParts]:
    """A token, a state and weights of two heads of three channels."""

    def wave(*shape: int) -> Tensor:
        count = int(torch.Size(shape).numel())
        return torch.sin(torch.arange(1.0, count + 1.0, dtype=dtype)).reshape(shape)

    gates = 3 if momentum else 2
    state = wave(1, 2, 3, 3).flip(-1), wave(1, 2, 3, 3) if momentum else None
    weights = wave(4, 1, 6), wave(24, 6), wave(2 * gates, 6), wave(2 * gates), wave(2, 3)
    return (wave(1, 1, 6), wave(1, 3, 6), *state), StepParts(*weights, wave(6, 6), wave(2))
