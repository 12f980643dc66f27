"""One step: gradients, number formats, and what happens when numbers are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.testing import assert_close

from hope_core.errors import TrainingDivergedError
from hope_core.models import build_model
from hope_core.optim import build_optimizer
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper, loss_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.config.run import RunConfig

    MakeConfig = Callable[..., RunConfig]


def stepper(config: RunConfig, precision: str = "fp32") -> Stepper:
    model = build_model(config.model, 256)
    optimizer = build_optimizer(config.optimizer, model.levels(), tables=model.tables())
    return Stepper(model, optimizer, Precision(precision, "cpu"), clip_norm=1.0)


def tokens(rows: int) -> Tensor:
    return torch.randint(256, (rows, 17), generator=torch.Generator().manual_seed(1))


def weights(steps: Stepper) -> Tensor:
    return torch.cat([p.detach().flatten() for p in steps.model.parameters()])


def last_norm(steps: Stepper) -> torch.nn.Parameter:
    return steps.model.get_parameter("norm.weight")


@pytest.mark.parametrize("model", ["hope", "transformer"])
def test_accumulation_equals_the_large_batch(make_config: MakeConfig, model: str) -> None:
    whole, parts = (stepper(make_config(model=model, optimizer="adamw")) for _ in range(2))
    batch = tokens(4)
    one = whole.step([batch], count=1, learning_rate=1e-3)
    two = parts.step([batch[:2], batch[2:]], count=2, learning_rate=1e-3)
    assert two.loss == pytest.approx(one.loss, abs=1e-5)
    for a, b in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
        assert_close(a.grad, b.grad, atol=1e-5, rtol=1e-4)


@torch.no_grad()
def test_loss_of_an_untrained_model_is_near_that_of_guessing(make_config: MakeConfig) -> None:
    model = build_model(make_config().model, 256)
    assert float(loss_of(model, tokens(4), Precision("fp32", "cpu"))) == pytest.approx(5.5, abs=1.0)


@torch.no_grad()
def test_bf16_loss_is_close_to_fp32(make_config: MakeConfig) -> None:
    model = build_model(make_config().model, 256)
    exact, rough = (float(loss_of(model, tokens(4), Precision(n, "cpu"))) for n in ("fp32", "bf16"))
    assert rough == pytest.approx(exact, abs=0.02)


def test_gradient_that_is_no_number_is_refused_before_the_weights_move(
    make_config: MakeConfig,
) -> None:
    steps = stepper(make_config())
    before = weights(steps)
    last_norm(steps).register_hook(lambda gradient: gradient * torch.nan)  # type: ignore[no-untyped-call]
    with pytest.raises(TrainingDivergedError, match=r"gradient.*norm\.weight"):
        steps.step([tokens(2)], count=1, learning_rate=0.1)
    assert torch.equal(weights(steps), before)


def test_fp16_that_overflows_for_ever_counts_as_diverged(make_config: MakeConfig) -> None:
    steps = stepper(make_config(model="transformer", optimizer="adamw"), "fp16")
    last_norm(steps).register_hook(lambda gradient: gradient * torch.inf)  # type: ignore[no-untyped-call]
    for _ in range(20):
        steps.step([tokens(2)], count=1, learning_rate=0.1)
    with pytest.raises(TrainingDivergedError, match="21 times in a row"):
        steps.step([tokens(2)], count=1, learning_rate=0.1)


def test_fp16_overflow_skips_the_step_and_lowers_the_scale(make_config: MakeConfig) -> None:
    steps = stepper(make_config(model="transformer", optimizer="adamw"), "fp16")
    handle = last_norm(steps).register_hook(lambda gradient: gradient * torch.inf)  # type: ignore[no-untyped-call]
    before = weights(steps)
    result = steps.step([tokens(2)], count=1, learning_rate=0.1)
    assert result.report is None
    assert torch.equal(weights(steps), before)
    scale = steps.scaler_state()["scale"]
    handle.remove()
    assert steps.step([tokens(2)], count=1, learning_rate=0.1).report is not None
    assert scale < 65536.0


def test_step_without_numbers_is_left_out_where_that_is_allowed(make_config: MakeConfig) -> None:
    steps = stepper(make_config())
    before = weights(steps)
    last_norm(steps).register_hook(lambda gradient: gradient * torch.nan)  # type: ignore[no-untyped-call]
    result = steps.step([tokens(2)], count=1, learning_rate=0.1, may_skip=True)
    assert result.report is None
    assert result.trouble == "The gradient's norm is nan."
    assert torch.equal(weights(steps), before)
    assert steps.optimizer.steps == 0
