"""Levels step on their own clock, with the mean of their gradients, at their own rate."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from hope_core.config.optimizers import (
    AdamWSettings,
    DeltaMomentumSettings,
    DmgdSettings,
    M3EmaSettings,
    M3LiteralSettings,
    MuonSettings,
    OptimizerSettings,
)
from hope_core.optim import OPTIMIZERS, NestedOptimizer, OptimizerState, build_optimizer

EVERY_KIND: list[OptimizerSettings] = [
    AdamWSettings(),
    MuonSettings(),
    M3LiteralSettings(slow_every=2),
    M3EmaSettings(slow_every=2),
    DeltaMomentumSettings(),
    DmgdSettings(hidden=4),
]
every_kind = pytest.mark.parametrize("settings", EVERY_KIND, ids=lambda settings: settings.kind)


@dataclass(frozen=True)
class Level:
    name: str
    clock: int
    learning_rate_factor: float
    parameters: tuple[nn.Parameter, ...]


def parameter(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.ones(*shape))


def plain(levels: list[Level]) -> NestedOptimizer:
    """Nested levels over plain gradient descent, whose steps can be written down."""
    return NestedOptimizer(levels, [[torch.optim.SGD(lv.parameters, lr=0.0)] for lv in levels])


def two_levels() -> tuple[list[Level], nn.Parameter, nn.Parameter]:
    fast, slow = parameter(3), parameter(3)
    return [Level("fast", 1, 1.0, (fast,)), Level("slow", 4, 0.5, (slow,))], fast, slow


def give(gradient: float, *parameters: nn.Parameter) -> None:
    for p in parameters:
        p.grad = torch.full_like(p, gradient)


def test_level_fires_on_every_clock_th_step() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    fired = []
    for _ in range(8):
        give(1.0, fast, slow)
        fired.append(optimizer.step(0.1, 0.0).fired)
    assert fired == [(0,), (0,), (0,), (0, 1)] * 2


def test_slow_level_stands_still_between_its_steps() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    for _ in range(3):
        give(1.0, fast, slow)
        optimizer.step(0.1, 0.0)
    assert_close(slow.detach(), torch.ones(3))


def test_slow_level_steps_with_the_mean_gradient_at_its_own_rate() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    for gradient in (1.0, 2.0, 3.0, 6.0):
        give(gradient, fast, slow)
        report = optimizer.step(0.1, 0.0)
    assert_close(slow.detach(), torch.full((3,), 1.0 - 0.1 * 0.5 * 3.0))
    assert report.learning_rates == (0.1, 0.05)


def test_sum_starts_anew_after_firing() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    for gradient in (9.0,) * 4 + (1.0,) * 4:
        give(gradient, fast, slow)
        optimizer.step(1.0, 0.0)
    assert_close(slow.detach(), torch.full((3,), 1.0 - 0.5 * 9.0 - 0.5 * 1.0))


def test_clipping_counts_only_what_moves() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    give(1.0, fast)
    give(100.0, slow)
    report = optimizer.step(1.0, clip_norm=1.0)
    assert report.grad_norm == pytest.approx(3**0.5)
    assert float((fast.detach() - 1.0).norm()) == pytest.approx(1.0, rel=1e-4)


def test_update_norms_are_measured_when_asked_for() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    give(1.0, fast, slow)
    report = optimizer.step(0.1, 0.0, measure_updates=True)
    assert report.update_norms == pytest.approx((0.1 * 3**0.5, 0.0))


def test_gradient_norm_shows_a_gradient_that_is_not_a_number() -> None:
    levels, fast, slow = two_levels()
    optimizer = plain(levels)
    give(1.0, fast)
    give(float("nan"), slow)
    assert not torch.isfinite(optimizer.gradient_norm())


def test_muon_moves_matrices_and_adamw_the_rest() -> None:
    matrix, table, kernel, vector = (
        parameter(8, 8),
        parameter(16, 8),
        parameter(8, 1, 4),
        parameter(8),
    )
    levels = [Level("all", 1, 1.0, (matrix, table, kernel, vector))]
    optimizer = build_optimizer(MuonSettings(), levels, tables=[table])
    for p in levels[0].parameters:
        p.grad = torch.randn_like(p)
    optimizer.step(0.01, 1.0)
    keys = set(optimizer.state_dict().tensors)
    assert "level0.muon.0.momentum_buffer" in keys
    assert {f"level0.adamw.{i}.exp_avg" for i in range(3)} <= keys


def test_every_optimizer_of_the_table_is_tested_here() -> None:
    assert {settings.kind for settings in EVERY_KIND} == set(OPTIMIZERS.names())


@every_kind
def test_level_of_any_optimizer_keeps_its_clock_and_rate(settings: OptimizerSettings) -> None:
    torch.manual_seed(0)
    fast, slow = (nn.Parameter(torch.randn(6, 4)) for _ in range(2))
    still = slow.detach().clone()
    levels = [Level("fast", 1, 1.0, (fast,)), Level("slow", 2, 0.0, (slow,))]
    optimizer = build_optimizer(settings, levels)
    moved = []
    for _ in range(4):
        fast.grad, slow.grad = torch.randn(6, 4), torch.randn(6, 4)
        report = optimizer.step(0.01, 1.0, measure_updates=True)
        moved.append(tuple(norm > 0 for norm in report.update_norms))
    assert moved == [(True, False)] * 4
    assert torch.equal(slow.detach(), still)
    assert report.fired == (0, 1)


@every_kind
def test_level_of_any_optimizer_moves_in_proportion_to_its_rate(
    settings: OptimizerSettings,
) -> None:
    torch.manual_seed(0)
    start, gradient = torch.randn(6, 4), torch.randn(6, 4)
    whole, quarter = (nn.Parameter(start.clone()) for _ in range(2))
    levels = [Level("whole", 1, 1.0, (whole,)), Level("quarter", 1, 0.25, (quarter,))]
    optimizer = build_optimizer(settings.model_copy(update={"weight_decay": 0.0}), levels)
    whole.grad, quarter.grad = gradient.clone(), gradient.clone()
    optimizer.step(0.01, 0.0)
    assert_close(quarter.detach() - start, (whole.detach() - start) / 4, rtol=1e-3, atol=1e-6)


@every_kind
def test_optimizer_of_a_matrix_without_gradient_leaves_it_alone(
    settings: OptimizerSettings,
) -> None:
    read, unread = (nn.Parameter(torch.ones(4, 4)) for _ in range(2))
    optimizer = build_optimizer(settings, [Level("all", 1, 1.0, (read, unread))])
    read.grad = torch.randn(4, 4)
    optimizer.step(0.01, 1.0)
    assert torch.equal(unread.detach(), torch.ones(4, 4))


@every_kind
def test_gradient_of_zeros_moves_nothing_but_by_decay(settings: OptimizerSettings) -> None:
    weight = nn.Parameter(torch.ones(4, 4))
    plain_settings = settings.model_copy(update={"weight_decay": 0.0})
    optimizer = build_optimizer(plain_settings, [Level("all", 1, 1.0, (weight,))])
    weight.grad = torch.zeros(4, 4)
    optimizer.step(0.01, 0.0)
    assert_close(weight.detach(), torch.ones(4, 4))


@every_kind
def test_optimizer_continues_bit_for_bit_from_its_state(settings: OptimizerSettings) -> None:
    def run(stop_at: int | None) -> torch.Tensor:
        torch.manual_seed(0)
        weight, bias = parameter(6, 6), parameter(6)
        levels = [Level("fast", 1, 1.0, (bias,)), Level("slow", 3, 0.5, (weight,))]
        optimizer = build_optimizer(settings, levels)
        for step in range(10):
            if step == stop_at:
                kept = optimizer.state_dict()
                scalars = json.loads(json.dumps(kept.scalars))
                state = OptimizerState({k: t.clone() for k, t in kept.tensors.items()}, scalars)
                optimizer = build_optimizer(settings, levels)
                optimizer.load_state_dict(state)
            weight.grad, bias.grad = torch.randn(6, 6), torch.randn(6)
            optimizer.step(0.01, 1.0)
        return torch.cat([weight.detach().flatten(), bias.detach()])

    assert torch.equal(run(stop_at=5), run(stop_at=None))


def test_state_holds_only_tensors_and_json() -> None:
    levels, fast, slow = two_levels()
    optimizer = build_optimizer(AdamWSettings(), levels)
    give(1.0, fast, slow)
    optimizer.step(0.1, 1.0)
    state = optimizer.state_dict()
    assert all(isinstance(t, torch.Tensor) for t in state.tensors.values())
    assert state.scalars == {"steps": 1}
    assert "level1.sum.0" in state.tensors
