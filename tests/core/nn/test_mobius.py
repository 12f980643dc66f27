"""Moebius maps on homogeneous coordinates: what the mathematics promises, on random maps."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models.twistor import MobiusSettings
from hope_core.nn.mobius import (
    MobiusLayer,
    affine,
    as_real,
    complex_matrices,
    determinant,
    normalised,
)
from hope_core.nn.twistor import parts, twist
from hope_core.ops.mobius import act

WIDTH = 24
CHANNELS = WIDTH // 4
quickly = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)


def draw(seed: int, *shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def random_maps(seed: int) -> Tensor:
    """Matrices of determinant 1, far from the identity."""
    return normalised(complex_matrices(draw(seed, 8, CHANNELS)))


def layer(**changes: object) -> MobiusLayer:
    made = MobiusLayer(WIDTH, MobiusSettings(**changes)).double()  # type: ignore[arg-type]
    made.init_weights(torch.Generator().manual_seed(0))
    return made


def affine_values(x: Tensor) -> Tensor:
    """z = omega / pi of every channel."""
    omega_re, omega_im, pi_re, pi_im = parts(x)
    return torch.complex(omega_re, omega_im) / torch.complex(pi_re, pi_im)


def cross_ratio(z: Tensor) -> Tensor:
    one, two, three, four = z.unbind(0)
    return (one - three) * (two - four) / ((one - four) * (two - three))


@quickly
@given(seeds)
def test_every_map_has_determinant_one(seed: int) -> None:
    det = determinant(random_maps(seed))
    assert_close(det, torch.ones_like(det))


@quickly
@given(seeds)
def test_maps_in_a_row_are_the_product_of_their_matrices(seed: int) -> None:
    x, one, other = draw(seed, 3, WIDTH), random_maps(seed + 1), random_maps(seed + 2)
    product = torch.einsum("ijc,jkc->ikc", one, other)
    assert_close(act(act(x, as_real(other)), as_real(one)), act(x, as_real(product)))


@quickly
@given(seeds)
def test_linear_action_is_the_fraction_of_the_affine_value(seed: int) -> None:
    x, matrix = draw(seed, 5, WIDTH), random_maps(seed + 1)
    expected = affine(affine_values(x), matrix, pole=0.0)
    assert_close(affine_values(act(x, as_real(matrix))), expected, rtol=1e-8, atol=1e-8)


@quickly
@given(seeds)
def test_cross_ratio_of_four_points_stays(seed: int) -> None:
    x = draw(seed, 4, WIDTH)
    moved = act(x, as_real(random_maps(seed + 1)))
    before, after = cross_ratio(affine_values(x)), cross_ratio(affine_values(moved))
    assert_close(after, before, rtol=1e-7, atol=1e-7)


@quickly
@given(seeds)
def test_lengths_of_channels_stay(seed: int) -> None:
    x = draw(seed, 4, WIDTH)
    before, after = (
        sum(part.square() for part in parts(value)) for value in (x, layer()(x).detach())
    )
    assert_close(after, before)


@quickly
@given(seeds)
def test_conjugate_map_of_a_conjugate_is_the_conjugate(seed: int) -> None:
    z, matrix = torch.complex(*draw(seed, 2, CHANNELS)), random_maps(seed + 1)
    assert_close(affine(z.conj(), matrix.conj()), affine(z, matrix).conj())


def test_twist_twice_is_minus_one() -> None:
    x = draw(0, 5, WIDTH)
    assert torch.equal(twist(twist(x)), -x)


def test_twist_turns_a_point_of_the_sphere_to_its_opposite() -> None:
    x = draw(1, 5, WIDTH)
    assert_close(affine_values(twist(x)), -1.0 / affine_values(x).conj())


def test_twist_stands_at_a_right_angle() -> None:
    x = draw(2, 5, WIDTH)
    assert_close((x * twist(x)).sum(-1), torch.zeros(5, dtype=torch.float64))


def test_cycles_folded_into_one_matrix_are_the_cycles_one_by_one() -> None:
    made, x = layer(cycles=3, coupling=0.4), draw(3, 7, WIDTH)
    with torch.no_grad():
        made.entries.add_(0.3 * draw(4, *made.entries.shape))
    y = x
    for matrix, coupling in zip(made.matrices(), made.coupling, strict=True):
        maps = as_real(matrix)
        z = torch.cat([sum(r * p for r, p in zip(row, parts(y), strict=True)) for row in maps], -1)
        z = z + coupling * twist(y)
        before, after = (sum(p.square() for p in parts(value)) for value in (y, z))
        y = z * (before / after).sqrt().repeat(1, 4)
    assert_close(made(x), y)


def test_different_cycles_hold_different_maps() -> None:
    one, two, three = layer(cycles=3).matrices().detach()
    assert not torch.allclose(one, two)
    assert not torch.allclose(two, three)


@pytest.mark.parametrize("distance", [0.0, 1e-300, 1e-12, 1e-6, 1e-3])
def test_pole_has_finite_value_and_slope(distance: float) -> None:
    matrix = random_maps(5)
    pole = -matrix[1, 1] / matrix[1, 0]
    z = (pole + distance).clone().requires_grad_()
    value = affine(z, matrix)
    (slope,) = torch.autograd.grad(value.abs().square().sum(), z)
    assert torch.isfinite(torch.view_as_real(value)).all()
    assert torch.isfinite(torch.view_as_real(slope)).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_homogeneous_action_has_no_pole(dtype: torch.dtype) -> None:
    made = layer().to(dtype)
    x = draw(6, 3, WIDTH).to(dtype)
    x[0, WIDTH // 2 :] = 0.0  # pi = 0: the point at infinity
    x[1] = 0.0  # no twistor at all
    x.requires_grad_()
    y = made(x)
    y.sin().sum().backward()
    assert torch.isfinite(y).all()
    assert x.grad is not None
    assert torch.isfinite(x.grad).all()


def test_collapsed_matrix_stays_finite_in_value_and_slope() -> None:
    entries = torch.zeros(8, CHANNELS, dtype=torch.float64)
    entries[0] = 1.0  # a = 1, all else 0: no determinant
    entries.requires_grad_()
    maps = normalised(complex_matrices(entries))
    maps.abs().sum().backward()
    assert torch.isfinite(torch.view_as_real(maps.detach())).all()
    assert entries.grad is not None
    assert torch.isfinite(entries.grad).all()


def test_degeneracy_grows_as_a_map_collapses() -> None:
    made = layer()
    before = float(made.degeneracy().detach())
    with torch.no_grad():
        made.entries[:, 6:] *= 0.01
    assert float(made.degeneracy().detach()) > before + 1.0


def test_gradients_are_those_of_small_differences() -> None:
    made = layer(cycles=2)
    x = draw(7, 2, WIDTH).requires_grad_()
    assert torch.autograd.gradcheck(lambda x, _: made(x), (x, made.entries))
