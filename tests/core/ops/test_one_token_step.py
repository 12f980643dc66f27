"""One token in one call gives what the memories' own way gives, and only where it may be used."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import GatedDeltaSettings, HopeDgdSettings, TitansSettings
from hope_core.config.models import HopeSettings
from hope_core.memories import build_memory
from hope_core.models import build_model
from hope_core.ops.choice import kernels_by
from hope_core.ops.step import Rule, StepParts, dispatch, memory_step, reference, steps_alone

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.memories.contract import Memory

SETTINGS = [
    TitansSettings(),
    TitansSettings(momentum=False, read="before"),
    HopeDgdSettings(),
    HopeDgdSettings(momentum=False, read="before", erase_scale=0.5),
    HopeDgdSettings(erase_scale=0.0, grad_scale=2.0),
    GatedDeltaSettings(),
]


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def made(settings: Any, *, width: int = 12, convolution: int = 4) -> Memory:
    memory = build_memory(settings, width, heads=3, convolution=convolution)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory


def test_the_compiled_step_is_in_use() -> None:
    assert dispatch.step_works()


@pytest.mark.parametrize(
    ("kind", "momentum", "read"),
    list(product(("titans", "hope_dgd", "gated_delta"), (True, False), ("before", "after"))),
)
def test_a_step_agrees_with_plain_torch(
    kind: Literal["titans", "hope_dgd", "gated_delta"], momentum: bool, read: str
) -> None:
    gates = 6 if momentum else 4
    weights = drawn(3, 1, 10), drawn(40, 10), drawn(gates, 10), drawn(gates), drawn(2, 5)
    parts = StepParts(*weights, drawn(10, 10, seed=1), drawn(2))
    state = drawn(1, 2, 5, 5, seed=2), drawn(1, 2, 5, 5, seed=3) if momentum else None
    arguments = drawn(1, 1, 10, seed=4), drawn(1, 2, 10, seed=5), *state
    rule = Rule(kind, read, 0.8, 0.5, 0.9)
    found = memory_step(*arguments, parts=parts, rule=rule)
    assert_close(
        found, reference.memory_step(*arguments, parts=parts, rule=rule), rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize("convolution", [1, 4])
@pytest.mark.parametrize("settings", SETTINGS)
def test_token_by_token_is_the_whole(settings: Any, convolution: int) -> None:
    memory, x = made(settings, convolution=convolution), drawn(1, 7, 12)
    with torch.inference_mode():
        expected, last = memory(x)
        state, answers = None, []
        for token in torch.split(x, 1, dim=1):
            answer, state = memory(token, state)
            answers.append(answer)
    assert_close(torch.cat(answers, dim=1), expected, rtol=1e-4, atol=1e-5)
    assert state is not None
    for name, tensor in state.named_tensors().items():
        assert_close(tensor, last.named_tensors()[name], rtol=1e-4, atol=1e-5)


def test_a_step_leaves_the_state_before_it_alone() -> None:
    memory = made(TitansSettings())
    with torch.inference_mode():
        _, state = memory(drawn(1, 5, 12))
        before = {name: tensor.clone() for name, tensor in state.named_tensors().items()}
        memory(drawn(1, 1, 12), state)
    assert all(torch.equal(before[name], tensor) for name, tensor in state.named_tensors().items())


def test_weights_that_move_are_seen() -> None:
    model = build_model(HopeSettings(width=16, layers=1, heads=2), 16)
    token = torch.zeros(1, 1, dtype=torch.int64)
    with torch.inference_mode():
        before, _ = model(token)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1.5)
    with torch.inference_mode():
        after, _ = model(token)
        with kernels_by("reference"):
            expected, _ = model(token)
    assert not torch.equal(before, after)
    assert_close(after, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    "x", [drawn(2, 1, 4), drawn(1, 2, 4), drawn(1, 1, 4).double(), drawn(1, 1, 4).to("meta")]
)
def test_only_one_token_of_one_text_in_float32_steps_alone(x: Tensor) -> None:
    with torch.no_grad():
        assert not steps_alone(x)
        assert steps_alone(drawn(1, 1, 4))


def test_nothing_steps_alone_where_gradients_are_wanted_or_a_proof_asks_for_the_loop() -> None:
    assert not steps_alone(drawn(1, 1, 4))
    with torch.no_grad(), kernels_by("reference"):
        assert not steps_alone(drawn(1, 1, 4))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        assert not steps_alone(drawn(1, 1, 4))
