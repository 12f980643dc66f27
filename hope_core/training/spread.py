"""One look at how large a model's weights and gradients are, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.analysis.spread import BINS, HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor, nn

MOST = 65_536
"""Values of a part that are counted, evenly spaced; more would tell no more."""
MOST_PARTS = 64


@torch.no_grad()
def measure_spread(model: nn.Module) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """Shares of the values in each bin of `analysis.spread`, and the names of the parts.

    Returns:
        weight_spread and, after a step, gradient_spread, each (parts, BINS); a part without
        gradients has none in any bin.
    """
    parts: dict[str, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        parts.setdefault(part_of(name), []).append(parameter)
    names = tuple(parts)[:MOST_PARTS]
    found = {"weight_spread": torch.stack([_shares(parts[name]) for name in names])}
    gradients = [[p.grad for p in parts[name] if p.grad is not None] for name in names]
    if any(gradients):
        found["gradient_spread"] = torch.stack([_shares(tensors) for tensors in gradients])
    return found, names


def part_of(name: str) -> str:
    """The part of a model that a parameter belongs to: a block, or what stands beside them."""
    head, _, rest = name.partition(".")
    number = rest.partition(".")[0]
    return f"{head}.{number}" if number.isdecimal() else head


def _shares(tensors: Sequence[Tensor]) -> Tensor:
    """Of all values (...) of some tensors, the share (BINS,) of each size; float16."""
    count = sum(tensor.numel() for tensor in tensors)
    if not count:
        return torch.zeros(BINS, dtype=torch.float16)
    stride = -(-count // MOST)
    values = torch.cat([tensor.detach().reshape(-1)[::stride].float() for tensor in tensors])
    sizes = values.abs().nan_to_num(nan=0.0).clamp(10.0**LOWEST, 10.0**HIGHEST).log10().cpu()
    return (sizes.histc(BINS, LOWEST, HIGHEST) / len(sizes)).half()
