"""Nested levels: branches, clocks, weights that follow the training's progress."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import NestingSettings
from hope_core.config.optimizers import AdamWSettings
from hope_core.models import build_model
from hope_core.nn.twistor_levels import TwistorNestedLearning
from hope_core.optim import build_optimizer

WIDTH = 16


def levels(**changes: object) -> TwistorNestedLearning:
    settings = NestingSettings(**{"levels": 3, **changes})  # type: ignore[arg-type]
    made = TwistorNestedLearning(WIDTH, settings).double()
    made.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return made


def twistors() -> Tensor:
    return torch.randn(2, 5, WIDTH, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def test_fused_branches_compute_what_two_branches_compute() -> None:
    fused, apart, x = levels(fused_branches=True), levels(fused_branches=False), twistors()
    assert_close(fused(x)[-1], apart(x)[-1])
    for made in (fused, apart):
        made(x)[-1].sin().sum().backward()
    for one, other in zip(fused.parameters(), apart.parameters(), strict=True):
        assert_close(one.grad, other.grad)


def test_omega_and_pi_do_not_meet_inside_the_levels() -> None:
    made, x = levels(), twistors()
    changed = x.clone()
    changed[..., WIDTH // 2 :] += 1.0
    assert torch.equal(made(changed)[-1][..., : WIDTH // 2], made(x)[-1][..., : WIDTH // 2])


def test_every_level_gives_its_twistors() -> None:
    assert len(levels()(twistors())) == 3


@pytest.mark.parametrize(("progress", "weight"), [(0.0, 0.1), (0.5, 0.55), (1.0, 1.0), (7.0, 1.0)])
def test_weight_grows_with_progress(progress: float, weight: float) -> None:
    made, x = levels(levels=1), twistors()
    whole = made(x)[-1] - x
    made.set_progress(progress)
    assert_close(made(x)[-1] - x, weight * whole)


def test_fixed_weights_do_not_follow_progress() -> None:
    made = levels(dynamic_weights=False)
    made.set_progress(0.0)
    assert float(made.dynamic_weight()) == 1.0


def test_progress_is_kept_with_the_weights() -> None:
    made, other = levels(), levels()
    made.set_progress(0.25)
    other.load_state_dict(made.state_dict())
    assert_close(other(twistors())[-1], made(twistors())[-1])


def test_clocks_and_rates_follow_their_laws() -> None:
    made = levels(levels=6, clock_growth=2, slowest_clock=16, learning_rate_decay=0.9)
    assert [made.clock(level) for level in range(6)] == [1, 2, 4, 8, 16, 16]
    assert made.learning_rate_factor(5) == pytest.approx(0.9**5)


def test_each_level_moves_on_its_own_clock() -> None:
    nesting = NestingSettings(levels=3)
    model = build_model(TwistorSettings(width=WIDTH, layers=1, heads=2, nesting=nesting), 11)
    optimizer = build_optimizer(AdamWSettings(), model.levels(), tables=model.tables())
    tokens = torch.randint(11, (2, 6), generator=torch.Generator().manual_seed(0))
    names = [level.name for level in model.levels()]
    assert names == ["every step", "omega 2", "pi 2", "omega 3", "pi 3"]
    fired = []
    for _ in range(4):
        optimizer.zero_grad()
        model(tokens)[0].logsumexp(-1).mean().backward()
        report = optimizer.step(1e-3, 1.0)
        fired.append(report.fired)
    assert fired == [(0,), (0, 1, 2), (0,), (0, 1, 2, 3, 4)]
    assert report.learning_rates == pytest.approx((1e-3, 9e-4, 9e-4, 8.1e-4, 8.1e-4))
