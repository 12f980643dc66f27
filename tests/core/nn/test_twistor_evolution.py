"""The scales after a recurrence: pointwise in time, at a rate that each token sets."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models.twistor import RecurrenceSettings
from hope_core.nn.twistor_evolution import MultiScaleEvolution

WIDTH = 16


def evolution(**changes: object) -> MultiScaleEvolution:
    settings = RecurrenceSettings(**{"scales": 3, **changes})  # type: ignore[arg-type]
    made = MultiScaleEvolution(WIDTH, settings).double()
    made.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return made


def tokens() -> Tensor:
    return torch.randn(2, 7, WIDTH, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def test_every_token_evolves_by_itself() -> None:
    made, x = evolution(), tokens()
    alone = torch.cat([made(x[:, t : t + 1]) for t in range(7)], dim=1)
    assert_close(alone, made(x))


def test_rates_begin_at_one() -> None:
    with_rates, without = evolution(), evolution(adaptive_rate=False)
    assert_close(with_rates(tokens()), without(tokens()))


def test_each_token_sets_its_rate_between_nothing_and_twice() -> None:
    made, x = evolution(scales=1), tokens()
    (scale,) = made.scales
    once = made(x) - x
    for bias, factor in ((-60.0, 0.0), (60.0, 2.0)):
        with torch.no_grad():
            scale.bias.fill_(bias)
        assert_close(made(x) - x, factor * once)
    with torch.no_grad():
        scale.bias.zero_()
        scale.rate.normal_()
    shares = ((made(x) - x) / once).detach().mean(-1)
    assert float(shares.std()) > 0.05


@pytest.mark.parametrize("scales", [1, 4])
def test_gradient_reaches_every_weight(scales: int) -> None:
    made = evolution(scales=scales)
    made(tokens()).sin().sum().backward()
    assert len(made.scales) == scales
    assert all(p.grad is not None and p.grad.any() for p in made.parameters())
