"""The chunk form of the recurrence of pairs computes what the token loop computes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hope_core.errors import ConfigError
from hope_core.ops.choice import kernels_by
from hope_core.ops.matrix_scan import matrix_scan
from hope_core.ops.scan import complex_scan


def make_case(B: int, T: int, D: int) -> list[Tensor]:
    """x, A within the unit circle (0 for one token, a turn of length 1 for another) and h0."""
    generator = torch.Generator().manual_seed(T)
    x = torch.randn(B, T, 2, D, generator=generator, dtype=torch.float64)
    angle = torch.randn(B, T, D, generator=generator, dtype=torch.float64)
    kept = torch.rand(B, T, 2, D, generator=generator, dtype=torch.float64)
    kept[:, T // 2], kept[:, T // 3] = 0.0, 1.0
    rows = torch.stack([angle.cos(), angle.sin(), -angle.sin(), angle.cos()], dim=2)
    A = rows.view(B, T, 2, 2, D) * kept[:, :, None]
    return [x, A, torch.randn(B, 2, D, generator=generator, dtype=torch.float64)]


def run(case: list[Tensor], dtype: torch.dtype, backend: str) -> tuple[list[Tensor], list[Tensor]]:
    """Outputs, and gradients."""
    leaves = [x.detach().to(dtype).clone().requires_grad_() for x in case]
    outputs = matrix_scan(*leaves, backend=backend)
    loss = sum((x * (1 + i)).sin().sum() for i, x in enumerate(outputs))
    slopes = torch.autograd.grad(loss, leaves)
    return [x.detach().double() for x in outputs], [x.double() for x in slopes]


def furthest(found: list[Tensor], expected: list[Tensor]) -> float:
    return max(
        float((a - b).abs().max() / b.abs().max().clamp(min=1))
        for a, b in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(("B", "T", "D"), [(1, 1, 1), (2, 2, 3), (2, 37, 5), (1, 400, 9)])
@pytest.mark.parametrize(
    ("dtype", "value", "slope"), [(torch.float64, 1e-12, 1e-10), (torch.float32, 1e-5, 1e-4)]
)
def test_chunk_form_agrees_with_the_token_loop(
    B: int, T: int, D: int, dtype: torch.dtype, value: float, slope: float
) -> None:
    case = make_case(B, T, D)
    outputs, gradients = run(case, dtype, "chunked")
    expected, slopes = run(case, torch.float64, "reference")
    assert furthest(outputs, expected) <= value
    assert furthest(gradients, slopes) <= slope


@pytest.mark.parametrize("backend", ["reference", "chunked"])
def test_pieces_of_pairs_equal_the_whole(backend: str) -> None:
    x, A, h0 = make_case(2, 37, 5)
    whole, last = matrix_scan(x, A, h0, backend=backend)
    first, middle = matrix_scan(x[:, :11], A[:, :11], h0, backend=backend)
    second, end = matrix_scan(x[:, 11:], A[:, 11:], middle, backend=backend)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)
    torch.testing.assert_close(end, last)


def test_matrices_that_turn_and_shrink_alike_are_complex_numbers() -> None:
    x, A, h0 = make_case(2, 20, 4)
    size, angle = A[:, :, 0, 0], A[:, :, 1, 0]
    alike = torch.stack([size, -angle, angle, size], dim=2).view_as(A)
    pairs, _ = matrix_scan(x, alike, h0)
    re, im, *_ = complex_scan(x[:, :, 0], x[:, :, 1], size, angle, h0[:, 0], h0[:, 1])
    torch.testing.assert_close(pairs, torch.stack([re, im], dim=2))


def test_gradcheck_of_pairs_passes() -> None:
    case = [x.requires_grad_() for x in make_case(1, 5, 2)]
    assert torch.autograd.gradcheck(lambda *x: matrix_scan(*x, backend="chunked"), case)


def test_operator_of_pairs_keeps_its_promises_to_torch() -> None:
    case = [x.requires_grad_() for x in make_case(1, 4, 3)]
    torch.library.opcheck(torch.ops.hope.matrix_scan.default, tuple(case))


def test_a_proof_sees_that_pairs_were_scanned() -> None:
    with kernels_by("fused") as choice:
        matrix_scan(*make_case(1, 4, 3))
    assert choice.asked == {"matrix_scan"}


def test_shapes_of_pairs_are_demanded_by_name() -> None:
    x, A, h0 = make_case(2, 4, 3)
    with pytest.raises(ConfigError, match="h0"):
        matrix_scan(x, A, h0[..., :-1])
    with pytest.raises(ConfigError, match="chunked"):
        matrix_scan(x, A, h0, backend="chunk")
