"""The rules for hidden matrices are their papers' equations, step by step, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch import Tensor, nn
from torch.testing import assert_close

from hope_core.config.optimizers import (
    DeltaMomentumSettings,
    DmgdSettings,
    M3EmaSettings,
    M3LiteralSettings,
)
from hope_core.optim.delta_momentum import DeltaMomentum
from hope_core.optim.dmgd import Dmgd
from hope_core.optim.m3 import M3
from hope_core.optim.matrix import MatrixOptimizer, orthogonalised

if TYPE_CHECKING:
    from hope_core.config.optimizers import M3Settings

RATE, STEPS, ROWS, COLUMNS = 0.05, 7, 5, 3


def some_gradients(rows: int = ROWS, columns: int = COLUMNS) -> list[Tensor]:
    generator = torch.Generator().manual_seed(3)
    return [
        torch.randn(rows, columns, dtype=torch.float64, generator=generator) for _ in range(STEPS)
    ]


def positions(optimizer: MatrixOptimizer, weight: nn.Parameter, rate: float = RATE) -> Tensor:
    """Where the optimizer leads a matrix of ones, (STEPS, ROWS, COLUMNS)."""
    path = []
    for gradient in some_gradients(*weight.shape):
        weight.grad = gradient.clone()
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
        path.append(weight.detach().clone())
    return torch.stack(path)


def ones() -> nn.Parameter:
    return nn.Parameter(torch.ones(ROWS, COLUMNS, dtype=torch.float64))


def newton_schulz(M: Tensor, settings: M3Settings) -> Tensor:
    """The polynomial on the singular values themselves."""
    U, s, Vh = torch.linalg.svd(M, full_matrices=False)
    s = s / s.norm() if s.any() else s
    for _ in range(settings.iterations):
        if settings.polynomial == "cubic":
            s = s * (3 - s**2) / 2
        else:
            s = 3.4445 * s - 4.7750 * s**3 + 2.0315 * s**5
    return U @ torch.diag(s) @ Vh


def m3_by_hand(settings: M3Settings) -> Tensor:
    """Algorithm 1, with the slow momentum at the start of each group of f steps, as printed."""
    literal, f = isinstance(settings, M3LiteralSettings), settings.slow_every
    b1, b2, b3 = settings.beta1, settings.beta2, settings.beta3
    keep = (1.0, 1.0, 1.0) if literal else (b1, b2, b3)
    add = (b1, b2, b3) if literal else (1 - b1, 1 - b2, 1 - b3)
    gradients = some_gradients()
    W = torch.ones_like(gradients[0])
    M1, M2, V, O2 = (torch.zeros_like(W) for _ in range(4))
    path = []
    for t, g in enumerate(gradients):
        if t and t % f == 0:
            M2 = keep[2] * M2 + add[2] * sum(gradients[t - f : t])
            O2 = newton_schulz(M2, settings)
        M1 = keep[0] * M1 + add[0] * g
        V = keep[1] * V + add[1] * g * g
        step = (newton_schulz(M1, settings) + settings.slow_weight * O2) / (
            V.sqrt() + settings.epsilon
        )
        if isinstance(settings, M3EmaSettings) and settings.update_rms:
            step = step * settings.update_rms / step.square().mean().sqrt()
        W = W * (1 - RATE * settings.weight_decay) - RATE * step
        path.append(W)
    return torch.stack(path)


@pytest.mark.parametrize(
    "settings",
    [
        M3LiteralSettings(slow_every=2, slow_weight=0.7),
        M3LiteralSettings(slow_every=3, polynomial="cubic", weight_decay=0.1),
        M3EmaSettings(slow_every=2, update_rms=0.0),
        M3EmaSettings(slow_every=3, slow_weight=0.7),
    ],
    ids=["literal", "literal cubic", "ema", "ema scaled"],
)
def test_m3_is_algorithm_1(settings: M3Settings) -> None:
    weight = ones()
    assert_close(
        positions(M3([weight], settings), weight), m3_by_hand(settings), rtol=1e-10, atol=1e-10
    )


def test_literal_m3_never_forgets_and_the_other_does() -> None:
    literal, ema = M3LiteralSettings(), M3EmaSettings()
    for settings, grows in ((literal, True), (ema, False)):
        weight = ones()
        optimizer = M3([weight], settings)
        sizes = []
        for _ in range(200):
            weight.grad = torch.ones_like(weight)
            optimizer.step()
            sizes.append(float(optimizer.state[weight]["squares"].mean()))
        assert (sizes[-1] > 1.9 * sizes[99]) is grows


@pytest.mark.parametrize("preconditioned", [True, False])
def test_delta_momentum_is_equation_49(preconditioned: bool) -> None:
    settings = DeltaMomentumSettings(decay=0.8, erasure=0.6, preconditioned=preconditioned)
    weight = ones()
    path = positions(DeltaMomentum([weight], settings), weight)
    W = torch.ones_like(path[0])
    m, V = torch.zeros_like(W), torch.zeros_like(W)
    for t, g in enumerate(some_gradients()):
        u = g / g.norm()
        V = settings.rest_beta2 * V + (1 - settings.rest_beta2) * g * g
        root = (V / (1 - settings.rest_beta2 ** (t + 1))).sqrt() + settings.epsilon
        P = 1 / root if preconditioned else torch.ones_like(g)
        forget = 0.8 * torch.eye(COLUMNS, dtype=g.dtype) - 0.6 * u.mT @ u
        m = m @ forget - (1 - 0.8) * RATE * P * g
        W = W * (1 - RATE * settings.weight_decay) + m
        assert_close(path[t], W, rtol=1e-10, atol=1e-10)


def test_delta_momentum_erases_what_it_holds_along_a_gradient() -> None:
    settings = DeltaMomentumSettings(decay=0.9, erasure=0.9, preconditioned=False)
    weight = nn.Parameter(torch.ones(1, 3))
    optimizer = DeltaMomentum([weight], settings)
    optimizer.param_groups[0]["lr"] = 1.0
    for gradient in ([1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]):
        weight.grad = torch.tensor([gradient])
        optimizer.step()
    assert_close(optimizer.state[weight]["momentum"], torch.tensor([[-0.09, -0.1, 0.0]]))


@pytest.mark.parametrize("update_rms", [0.0, 0.2])
def test_dmgd_learns_by_the_gradient_of_its_own_loss(update_rms: float) -> None:
    settings = DmgdSettings(hidden=4, decay=0.8, inner_rate=0.7, update_rms=update_rms)
    weight = ones()
    optimizer = Dmgd([weight], settings)
    path = positions(optimizer, weight)
    first = optimizer.state[weight]["first"]
    A, B = first.clone(), torch.zeros(COLUMNS, 4, dtype=torch.float64)
    W = torch.ones_like(path[0])

    def answer(u: Tensor, A: Tensor, B: Tensor) -> Tensor:
        return -(u + torch.tanh(u @ A.mT) @ B.mT)

    for t, g in enumerate(some_gradients()):
        u = g / g.square().sum(-1).mean().sqrt()
        A, B = A.detach().requires_grad_(), B.detach().requires_grad_()
        inner_loss = (answer(u, A, B) * u).sum() / ROWS
        to_A, to_B = torch.autograd.grad(inner_loss, (A, B))
        A = 0.8 * A + 0.2 * first - 0.7 * to_A
        B = 0.8 * B - 0.7 * to_B
        step = answer(u, A, B).detach()
        if update_rms:
            step = step * update_rms / step.square().mean().sqrt()
        W = W * (1 - RATE * settings.weight_decay) + RATE * step
        assert_close(path[t], W, rtol=1e-10, atol=1e-10)


def test_dmgd_without_inner_learning_is_gradient_descent() -> None:
    settings = DmgdSettings(inner_rate=0.0, update_rms=0.0, weight_decay=0.0)
    weight = ones()
    path = positions(Dmgd([weight], settings), weight)
    scaled = torch.stack([g * ROWS**0.5 / g.norm() for g in some_gradients()])
    assert_close(path, 1.0 - RATE * scaled.cumsum(0), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("shape", [(4, 9), (9, 4), (6, 6)])
def test_cubic_newton_schulz_converges_to_the_polar_factor(shape: tuple[int, int]) -> None:
    matrix = torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    U, _, Vh = torch.linalg.svd(matrix, full_matrices=False)
    found = orthogonalised(matrix, polynomial="cubic", iterations=60)
    assert_close(found, U @ Vh, rtol=0.0, atol=1e-9)


@pytest.mark.parametrize("shape", [(4, 9), (9, 4)])
def test_quintic_newton_schulz_brings_singular_values_near_one(shape: tuple[int, int]) -> None:
    matrix = torch.randn(*shape, generator=torch.Generator().manual_seed(1))
    values = torch.linalg.svdvals(orthogonalised(matrix, polynomial="quintic", iterations=5))
    assert 0.6 < float(values.min()) <= float(values.max()) < 1.3
