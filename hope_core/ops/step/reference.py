"""One token through a memory in plain torch, one formula after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn.functional import linear, softplus

from hope_core.ops.heads import reference as heads
from hope_core.ops.recurrence.arguments import Inputs
from hope_core.ops.recurrence.reference import reference as recurrence

if TYPE_CHECKING:
    from hope_core.ops.step.dispatch import Rule, StepParts


def memory_step(
    x: Tensor,
    window: Tensor,
    memory: Tensor,
    momentum: Tensor | None,
    *,
    parts: StepParts,
    rule: Rule,
) -> tuple[Tensor, Tensor, Tensor | None, Tensor]:
    """Arguments and results as in `dispatch`."""
    mixed = heads.causal_convolution(x, window, parts.convolution.squeeze(1))
    number = parts.scale.shape[0]
    q, k, v, gate = heads.split_heads(linear(mixed, parts.project), number)
    raw = torch.split(linear(mixed, parts.gates, parts.bias), number, dim=-1)
    a, b, m, w, c = _gates(raw, parts, rule)
    inputs = Inputs(q, k, v, a, b, m, w, c, memory, momentum)
    y, memory, momentum = recurrence(inputs, read_after=rule.read == "after")
    answer = linear(heads.gated_norm(y, parts.scale, gate), parts.output)
    return answer, memory, momentum, torch.cat([window, x], dim=1)[:, 1:]


def _gates(raw: tuple[Tensor, ...], parts: StepParts, rule: Rule) -> tuple[Tensor, ...]:
    """The recurrence's a, b, m, w, c, of raw numbers (1, 1, H)."""
    first, second, *rest = raw
    step = rule.size * torch.sigmoid(second)
    m = torch.sigmoid(rest[0]) if rest else torch.zeros_like(step)
    write = (1 - m) * step
    if rule.kind == "titans":
        return 1 - torch.sigmoid(first), torch.zeros_like(step), m, write, write
    if rule.kind == "hope_dgd":
        return torch.sigmoid(first), rule.erase * step, m, rule.grad * write, rule.grad * write
    assert parts.decay is not None
    a = torch.exp(-parts.decay.exp() * softplus(first))
    return a, torch.zeros_like(step), m, step, a * step
