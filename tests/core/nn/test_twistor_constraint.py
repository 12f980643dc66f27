"""Losses on the angle between omega and pi: lengths do not matter to them."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models.twistor import ConstraintSettings
from hope_core.nn.twistor import helicity, incidence, twist, unit_incidence
from hope_core.nn.twistor_constraint import constant_loss, constraint_loss, null_loss

WIDTH = 16
quickly = settings(max_examples=25, deadline=None)
LOSSES = {"null": null_loss, "constant": lambda x: constant_loss(x, 0.5)}
every_loss = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


def twistors(seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(6, WIDTH, dtype=torch.float64, generator=generator)


def scaled(x: Tensor, omega: float, pi: float) -> Tensor:
    return torch.cat([omega * x[..., : WIDTH // 2], pi * x[..., WIDTH // 2 :]], dim=-1)


def turned(x: Tensor, angle: float) -> Tensor:
    """Both vectors times e^(i angle)."""
    pairs = torch.view_as_complex(x.view(-1, 2, 2, WIDTH // 4).transpose(-1, -2).contiguous())
    pairs = pairs * torch.polar(torch.ones((), dtype=x.dtype), torch.tensor(angle, dtype=x.dtype))
    return torch.view_as_real(pairs).transpose(-1, -2).reshape(x.shape)


@every_loss
@quickly
@given(seed=st.integers(0, 10_000), omega=st.floats(1e-3, 1e3), pi=st.floats(1e-3, 1e3))
def test_lengths_do_not_matter(loss, seed: int, omega: float, pi: float) -> None:
    x = twistors(seed)
    assert_close(loss(scaled(x, omega, pi)), loss(x))


@every_loss
@quickly
@given(seed=st.integers(0, 10_000), angle=st.floats(-7, 7))
def test_a_common_phase_does_not_matter(loss, seed: int, angle: float) -> None:
    x = twistors(seed)
    assert_close(loss(turned(x, angle)), loss(x))


@every_loss
def test_slope_never_points_to_shorter_twistors(loss) -> None:
    x = twistors(1).requires_grad_()
    (slope,) = torch.autograd.grad(loss(x).sum(), x)
    omega, pi = (slope * x).detach().chunk(2, dim=-1)
    assert_close(omega.sum(-1), torch.zeros(6, dtype=x.dtype), atol=1e-12, rtol=0)
    assert_close(pi.sum(-1), torch.zeros(6, dtype=x.dtype), atol=1e-12, rtol=0)


@every_loss
def test_descent_solves_the_constraint_and_not_the_lengths(loss) -> None:
    x = twistors(2).requires_grad_()
    lengths = torch.linalg.vector_norm(x.detach(), dim=-1)
    for _ in range(200):
        (slope,) = torch.autograd.grad(loss(x).sum(), x)
        x = (x - 0.5 * slope).detach().requires_grad_()
    assert float(loss(x).mean().detach()) < 1e-4
    assert (torch.linalg.vector_norm(x.detach(), dim=-1) >= lengths - 1e-9).all()


def test_null_loss_is_zero_exactly_for_null_twistors() -> None:
    x = twistors(3)
    omega_re, omega_im, _, _ = x.chunk(4, dim=-1)
    null = torch.cat([omega_re, omega_im, -omega_im, omega_re], dim=-1)  # pi = i omega
    assert_close(null_loss(null), torch.zeros(6, dtype=x.dtype), atol=1e-20, rtol=0)
    assert (null_loss(x) > 0).all()


def test_constant_loss_is_zero_at_its_target() -> None:
    omega = torch.zeros(1, WIDTH // 2, dtype=torch.float64)
    pi = omega.clone()
    omega[0, 0] = 1.0
    pi[0, :2] = torch.tensor([0.6, 0.8])
    x = torch.cat([omega, pi], dim=-1)
    assert float(constant_loss(x, 0.6)) < 1e-12
    assert float(constant_loss(x, 0.2)) == pytest.approx(0.16)


def test_no_twistor_has_a_finite_slope() -> None:
    for loss in LOSSES.values():
        x = torch.zeros(2, WIDTH, requires_grad=True)
        (slope,) = torch.autograd.grad(loss(x).sum(), x)
        assert torch.isfinite(slope).all()


def test_half_precision_is_computed_in_single() -> None:
    assert null_loss(twistors(4).bfloat16()).dtype == torch.float32


def test_switched_off_constraint_costs_nothing() -> None:
    off = ConstraintSettings(kind="none")
    assert not constraint_loss(twistors(5), off).any()


def test_helicity_lies_between_minus_one_and_one() -> None:
    x = twistors(6)
    both = torch.cat([x[:, : WIDTH // 2]] * 2, dim=-1)
    assert_close(helicity(both), torch.ones(6, dtype=x.dtype))
    assert (helicity(x).abs() < 1).all()


def test_twist_keeps_the_size_of_the_incidence() -> None:
    x = twistors(7)
    before, after = (torch.hypot(*incidence(value)) for value in (x, twist(x)))
    assert_close(after, before)
    assert_close(torch.hypot(*unit_incidence(twist(x))), torch.hypot(*unit_incidence(x)))
