"""HOPE's delta gradient descent and Gated DeltaNet against their equations, token by token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import GatedDeltaSettings, HopeDgdSettings
from hope_core.memories import build_memory

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.memories import MemorySettings
    from hope_core.memories.contract import Memory


def make(settings: MemorySettings, *, width: int = 16) -> Memory:
    memory = build_memory(settings, width, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def randn(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def outer(x: Tensor, k: Tensor) -> Tensor:
    return x[..., None] * k[..., None, :]


@pytest.mark.parametrize("momentum", [True, False])
@pytest.mark.parametrize(("grad_scale", "erase_scale"), [(1.0, 1.0), (2.0, 0.5), (1.0, 0.0)])
def test_hope_dgd_is_equation_88(momentum: bool, grad_scale: float, erase_scale: float) -> None:
    settings = HopeDgdSettings(
        momentum=momentum, grad_scale=grad_scale, erase_scale=erase_scale, chunk=4
    )
    memory, x = make(settings), randn(2, 11, 16)
    start = memory.initial_state(2)
    inputs, _ = memory.intake(x, start.window)
    alpha, eta, mu = memory._gates(inputs)
    M, S, reads = start.memory, torch.zeros_like(start.memory), []
    for t in range(x.shape[1]):
        q, k, v = (part[:, t] for part in inputs[:3])
        a, e = (gate[:, t, :, None, None] for gate in (alpha, eta))
        m = torch.zeros_like(a) if mu is None else mu[:, t, :, None, None]
        old = (M @ k[..., None]).squeeze(-1)
        S = m * S - (1 - m) * e * grad_scale * outer(old - v, k)
        M = a * M - e * erase_scale * outer(old, k) + S
        reads.append((M @ q[..., None]).squeeze(-1))
    expected = memory.outlet(torch.stack(reads, dim=1), inputs.output_gate)
    y, state = memory(x)
    assert_close(y, expected, rtol=0, atol=1e-12)
    assert_close(state.memory, M, rtol=0, atol=1e-12)


def test_gated_delta_is_its_equation_10() -> None:
    memory, x = make(GatedDeltaSettings(chunk=4, beta_max=2.0)), randn(2, 11, 16)
    start = memory.initial_state(2)
    inputs, _ = memory.intake(x, start.window)
    alpha, beta = memory._gates(inputs)
    M, identity, reads = start.memory, torch.eye(8, dtype=torch.float64), []
    for t in range(x.shape[1]):
        q, k, v = (part[:, t] for part in inputs[:3])
        a, b = (gate[:, t, :, None, None] for gate in (alpha, beta))
        M = M @ (a * (identity - b * outer(k, k))) + b * outer(v, k)
        reads.append((M @ q[..., None]).squeeze(-1))
    expected = memory.outlet(torch.stack(reads, dim=1), inputs.output_gate)
    assert_close(memory(x)[0], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("settings", [HopeDgdSettings(), GatedDeltaSettings(beta_max=2.0)])
def test_memory_stays_bounded_over_a_long_text_of_similar_keys(settings: MemorySettings) -> None:
    memory = make(settings, width=32)
    with torch.no_grad():
        _, state = memory(randn(1, 2000, 32) * 0.1 + 1.0)
    assert state.memory.abs().max() < 100.0


def test_printed_rule_settles_at_half_the_value() -> None:
    memory = make(HopeDgdSettings(momentum=False, beta_max=1.0))
    x = torch.ones(1, 400, 16, dtype=torch.float64)
    _, state = memory(x)
    inputs, _ = memory.intake(x, memory.initial_state(1).window)
    k, v = inputs.k[:, -1], inputs.v[:, -1]
    share = (state.memory @ k[..., None]).squeeze(-1) / v
    assert ((share > 0.4) & (share < 0.5)).all()
