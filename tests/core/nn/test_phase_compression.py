"""Phases in few bits: how large, how wrong, and with which gradient."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.nn.phase_compression import LinearBottleneck, PhaseCompression, compress, restore


def slots() -> Tensor:
    return torch.randn(4, 3, 32, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize(("bits", "error"), [(4, 0.5), (8, 0.04), (12, 0.003)])
def test_error_falls_with_the_bits(bits: int, error: float) -> None:
    report = PhaseCompression(bits=bits).report(slots())
    assert report["error"] < error
    assert report["error"] > error / 20


def test_eight_bits_are_a_quarter_of_the_bytes() -> None:
    report = PhaseCompression(bits=8).report(slots())
    scales = 4 * 4 * 3
    assert report["bytes"] == report["bytes_before"] / 4 + scales


def test_codes_fit_their_bits() -> None:
    codes = compress(slots(), bits=5)
    for code in (codes.phase, codes.size):
        assert 0 <= int(code.min()) <= int(code.max()) < 32


def test_phases_are_right_to_half_a_step() -> None:
    x = slots()
    before, after = (torch.complex(*v.chunk(2, dim=-1)) for v in (x, restore(compress(x, bits=6))))
    wrong = (after / before).angle().abs().max()
    assert float(wrong) <= torch.pi / 64 + 1e-5


def test_empty_slots_stay_empty() -> None:
    assert float(restore(compress(torch.zeros(2, 8), bits=8)).abs().max()) < 1e-10


def test_gradient_passes_straight_through() -> None:
    x = slots().requires_grad_()
    (slope,) = torch.autograd.grad((3.0 * PhaseCompression(bits=3)(x)).sum(), x)
    assert_close(slope, torch.full_like(x, 3.0))


def test_linear_bottleneck_has_half_the_rank() -> None:
    layer = LinearBottleneck(16)
    layer.init_weights(torch.Generator().manual_seed(0))
    assert int(torch.linalg.matrix_rank(layer(torch.eye(16)).detach())) == 8
