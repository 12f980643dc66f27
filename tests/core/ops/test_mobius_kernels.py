"""The compiled Moebius action computes what plain torch computes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hope_core.ops.choice import kernels_by
from hope_core.ops.mobius import act
from hope_core.ops.mobius.operators import mobius_act


def case(dtype: torch.dtype) -> list[Tensor]:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(2, 300, 20, generator=generator, dtype=torch.float64)
    x[0, 0] = 0.0
    matrix = torch.randn(4, 4, 5, generator=generator, dtype=torch.float64)
    return [value.to(dtype).requires_grad_() for value in (x, matrix)]


def outcome(dtype: torch.dtype) -> list[Tensor]:
    leaves = case(dtype)
    y = act(*leaves)
    return [y.detach(), *torch.autograd.grad(y.sin().sum(), leaves)]


@pytest.mark.parametrize(("dtype", "limit"), [(torch.float64, 1e-12), (torch.float32, 1e-5)])
def test_compiled_action_agrees_with_plain_torch(dtype: torch.dtype, limit: float) -> None:
    found = outcome(dtype)
    with kernels_by("reference"):
        expected = outcome(torch.float64)
    for one, other in zip(found, expected, strict=True):
        finite = other.abs() < 1e6  # the twistor of zeros has a slope without meaning
        assert float((one.double() - other)[finite].abs().max() / other[finite].abs().max()) < limit


def test_operator_keeps_its_promises_to_torch() -> None:
    x = torch.randn(3, 8, dtype=torch.float64, requires_grad=True)
    matrix = torch.randn(4, 4, 2, dtype=torch.float64, requires_grad=True)
    torch.library.opcheck(torch.ops.hope.mobius_act.default, (x, matrix))
    assert torch.autograd.gradcheck(lambda x, m: mobius_act(x, m), (x, matrix))
