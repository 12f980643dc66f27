"""Every backend of the complex scan computes what the token loop computes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hope_core.errors import ConfigError
from hope_core.ops.scan import complex_scan

FAST = ("chunked", "fused")


def make_case(B: int, T: int, D: int) -> list[Tensor]:
    """x, a inside the unit circle (0 for some tokens) and h0, as real and imaginary parts."""
    generator = torch.Generator().manual_seed(T)
    x_re, x_im, size, angle = torch.randn(4, B, T, D, generator=generator, dtype=torch.float64)
    size = torch.sigmoid(size)
    size[:, T // 2] = 0.0
    size[:, T // 3] = 1.0
    h0 = torch.randn(2, B, D, generator=generator, dtype=torch.float64)
    return [x_re, x_im, size * torch.cos(angle), size * torch.sin(angle), *h0]


def run(case: list[Tensor], dtype: torch.dtype, backend: str) -> list[Tensor]:
    """Outputs and gradients."""
    leaves = [x.detach().to(dtype).clone().requires_grad_() for x in case]
    outputs = complex_scan(*leaves, backend=backend)
    loss = sum((x * (1 + i)).sin().sum() for i, x in enumerate(outputs))
    return [x.detach().double() for x in (*outputs, *torch.autograd.grad(loss, leaves))]


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize(("B", "T", "D"), [(1, 1, 1), (2, 37, 5), (2, 64, 70), (3, 3, 600)])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-12), (torch.float32, 1e-5)])
def test_scan_agrees_with_the_reference(
    B: int, T: int, D: int, dtype: torch.dtype, tolerance: float, backend: str
) -> None:
    case = make_case(B, T, D)
    for value, expected in zip(
        run(case, dtype, backend), run(case, torch.float64, "reference"), strict=True
    ):
        scale = expected.abs().max().clamp(min=1)
        assert float((value - expected).abs().max() / scale) < tolerance


@pytest.mark.parametrize("backend", ["reference", *FAST])
def test_pieces_equal_the_whole(backend: str) -> None:
    case = make_case(2, 37, 5)
    whole = complex_scan(*case, backend=backend)
    first = complex_scan(*(x[:, :11] for x in case[:4]), *case[4:], backend=backend)
    second = complex_scan(*(x[:, 11:] for x in case[:4]), *first[2:], backend=backend)
    torch.testing.assert_close(torch.cat([first[0], second[0]], dim=1), whole[0])
    torch.testing.assert_close(second[2:], whole[2:])


@pytest.mark.parametrize("backend", FAST)
def test_gradcheck_passes(backend: str) -> None:
    case = [x.requires_grad_() for x in make_case(1, 3, 2)]
    assert torch.autograd.gradcheck(lambda *x: complex_scan(*x, backend=backend), case)


@pytest.mark.parametrize("compiled", [False, True])
def test_operator_keeps_its_promises_to_torch(compiled: bool) -> None:
    case = [x.requires_grad_() for x in make_case(1, 4, 3)]
    torch.library.opcheck(torch.ops.hope.complex_scan.default, (*case, compiled))


def test_fitting_shapes_are_demanded_by_name() -> None:
    case = make_case(2, 4, 3)
    case[5] = case[5][:, :-1]
    with pytest.raises(ConfigError, match="h0_im"):
        complex_scan(*case)
