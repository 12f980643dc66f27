from __future__ import annotations

import torch
from torch import Tensor

NAMES = ("q", "k", "z", "a", "b", "m", "w", "c", "M0", "S0")

Case = dict[str, Tensor | None]

ROWS = (
    "linear_attention",
    "delta",
    "gated_delta",
    "titans_exact",
    "titans_frozen",
    "hope_live",
    "hope_frozen",
    "hope_without_momentum",
)


def make_case(row: str, *, B: int = 2, T: int = 37, H: int = 2, K: int = 5, V: int = 3) -> Case:
    """Arguments in float64 for one row of the table of linear memories."""
    generator = torch.Generator().manual_seed(len(row) + T)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    def gate(low: float, high: float) -> Tensor:
        uniform = torch.rand(B, T, H, generator=generator, dtype=torch.float64)
        return low + (high - low) * uniform

    one, zero = torch.ones(B, T, H, dtype=torch.float64), torch.zeros(B, T, H, dtype=torch.float64)
    kept, step, momentum = gate(0.8, 1.0), gate(0.0, 0.5), gate(0.0, 0.9)
    gates = {
        "linear_attention": (kept, None, None, one, zero),
        "delta": (one, None, None, 4 * step, 4 * step),
        "gated_delta": (kept, None, None, step, kept * step),
        "titans_exact": (kept, None, momentum, step, step),
        "titans_frozen": (kept, None, momentum, step, zero),
        "hope_live": (kept, step, momentum, step, step),
        "hope_frozen": (kept, step, momentum, step, zero),
        "hope_without_momentum": (kept, step, None, step, step),
    }
    a, b, m, w, c = gates[row]
    k = torch.nn.functional.normalize(normal(B, T, H, K), dim=-1)
    state = normal(B, H, V, K)
    values = (normal(B, T, H, K), k, normal(B, T, H, V), a, b, m, w, c, state)
    S0 = None if m is None else normal(B, H, V, K)
    return dict(zip(NAMES, (*values, S0), strict=True))


def with_values(case: Case, dtype: torch.dtype = torch.float64, **changes: Tensor) -> Case:
    """A copy of the case whose tensors are leaves that want gradients."""
    return {
        name: None if x is None else x.detach().to(dtype).clone().requires_grad_()
        for name, x in (case | changes).items()
    }


def errors(one: list[Tensor], other: list[Tensor]) -> float:
    """The largest difference in proportion to the scale of each tensor (at least 1)."""
    return max(
        float((x.detach().double() - y.detach()).abs().max() / y.detach().abs().max().clamp(min=1))
        for x, y in zip(one, other, strict=True)
    )
