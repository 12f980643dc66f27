"""The small modules do what their equations say."""

from __future__ import annotations

import pytest
import torch
from torch.testing import assert_close

from hope_core.nn.convolution import CausalConvolution
from hope_core.nn.mlp import MLP
from hope_core.nn.norms import unit_length
from hope_core.nn.rotary import rotary_angles, rotate


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def randn(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64, generator=generator())


@pytest.mark.parametrize("width", [1, 2, 4])
def test_convolution_equals_the_librarys(width: int) -> None:
    layer = CausalConvolution(5, width)
    layer.init_weights(generator())
    layer.double()
    x = randn(2, 9, 5).requires_grad_()
    y, _ = layer(x, layer.initial_window(2))
    kernel = layer.weight.permute(2, 1, 0)
    padded = torch.nn.functional.pad(x.mT, (width - 1, 0))
    expected = torch.nn.functional.conv1d(padded, kernel, groups=5).mT
    assert_close(y, expected)
    wanted = (x, layer.weight)
    ours = torch.autograd.grad(y.sin().sum(), wanted)
    theirs = torch.autograd.grad(expected.sin().sum(), wanted)
    assert_close(ours, theirs)


def test_convolution_carries_its_window_and_the_windows_gradient() -> None:
    layer = CausalConvolution(5, 4)
    layer.init_weights(generator())
    layer.double()
    x = randn(2, 9, 5).requires_grad_()
    whole, _ = layer(x, layer.initial_window(2))
    first, window = layer(x[:, :2], layer.initial_window(2))
    second, _ = layer(x[:, 2:], window)
    pieces = torch.cat([first, second], dim=1)
    assert_close(pieces, whole)
    assert_close(
        torch.autograd.grad(pieces.sin().sum(), x), torch.autograd.grad(whole.sin().sum(), x)
    )


def test_unit_length_has_the_right_gradient() -> None:
    assert torch.autograd.gradcheck(unit_length, (randn(3, 6).requires_grad_(),))


def test_unit_length_is_one_and_zero_stays_zero() -> None:
    y = unit_length(torch.stack([randn(4) * 100, torch.zeros(4, dtype=torch.float64)]))
    assert_close(y.norm(dim=-1), torch.tensor([1.0, 0.0], dtype=torch.float64))


def test_rotation_keeps_lengths_and_depends_on_distance_only() -> None:
    q, k = randn(1, 1, 1, 8), randn(1, 1, 1, 8)

    def score(i: int, j: int) -> torch.Tensor:
        turned = [rotate(x, rotary_angles(at, 1, 8, like=x)) for x, at in ((q, i), (k, j))]
        return (turned[0] * turned[1]).sum()

    assert_close(score(5, 3), score(1005, 1003))
    assert_close(rotate(q, rotary_angles(7, 1, 8, like=q)).norm(), q.norm())


def test_angles_of_a_later_start_are_the_tail_of_the_whole() -> None:
    like = randn(1)
    whole = rotary_angles(0, 10, 6, like=like)
    tail = rotary_angles(7, 3, 6, like=like)
    assert_close(tail, tuple(part[7:] for part in whole))


def test_perceptron_is_positively_homogeneous_of_degree_two() -> None:
    mlp = MLP(4, 8)
    mlp.init_weights(generator(), down_scale=1.0)
    mlp.double()
    x = randn(3, 4)
    assert_close(mlp(2.0 * x), 4.0 * mlp(x))
