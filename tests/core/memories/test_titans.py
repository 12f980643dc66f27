"""The Titans memory against its equations, token by token, and its stability."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import TitansSettings
from hope_core.config.models import HopeSettings
from hope_core.memories import titans
from hope_core.memories.titans import Titans
from hope_core.models import build_model
from hope_core.ops.recurrence import backends_for, recurrence

if TYPE_CHECKING:
    from torch import Tensor


def make_titans(*, width: int = 16, heads: int = 2, **settings: object) -> Titans:
    chosen = TitansSettings.model_validate(settings)
    memory = Titans(width, heads=heads, convolution=4, settings=chosen)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def randn(*shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def eq_13_and_14(memory: Titans, x: Tensor, *, read: str) -> tuple[Tensor, Tensor]:
    """The paper's loop for every token, with the gradient of eq. 12 taken by autograd."""
    start = memory.initial_state(len(x))
    inputs, _ = memory._inputs(x, start.window)
    M, S, reads = start.memory, torch.zeros_like(start.memory), []
    for q, k, v, alpha, eta, theta in zip(*(part.unbind(1) for part in inputs[:-1]), strict=True):
        answer_before = torch.einsum("bhvk,bhk->bhv", M, q)
        held = M.detach().requires_grad_()
        loss = 0.5 * (torch.einsum("bhvk,bhk->bhv", held, k) - v).square().sum()
        (surprise,) = torch.autograd.grad(loss, held)
        S = eta[..., None, None] * S - theta[..., None, None] * surprise
        M = (1 - alpha)[..., None, None] * M + S
        reads.append(torch.einsum("bhvk,bhk->bhv", M, q) if read == "after" else answer_before)
    return torch.stack(reads, dim=1), M


@pytest.mark.parametrize("read", ["after", "before"])
@pytest.mark.parametrize("momentum", [True, False])
def test_titans_follows_the_papers_equations(read: str, momentum: bool) -> None:
    memory = make_titans(read=read, momentum=momentum)
    x = randn(2, 20, 16)
    expected, last = eq_13_and_14(memory, x, read=read)
    inputs, _ = memory._inputs(x, memory.initial_state(2).window)
    answers, M, _ = memory._recur(inputs, memory.initial_state(2), q=inputs.q, read=read)
    assert_close(answers, expected, rtol=0, atol=1e-12)
    assert_close(M, last, rtol=0, atol=1e-12)


@pytest.mark.parametrize("backend", backends_for("cpu", torch.float64))
def test_every_backend_agrees_with_the_token_loop_inside_hope(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = HopeSettings(width=32, layers=2, heads=2, memory=TitansSettings(chunk=16))
    model = build_model(settings, 40).double()
    tokens = torch.randint(40, (2, 50), generator=torch.Generator().manual_seed(2))

    def run(name: str) -> tuple[Tensor, list[Tensor]]:
        monkeypatch.setattr(titans, "recurrence", partial(recurrence, backend=name))
        logits, _ = model(tokens)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
        return logits, list(torch.autograd.grad(loss, list(model.parameters())))

    logits, gradients = run(backend)
    expected, expected_gradients = run("reference")
    assert_close(logits, expected, rtol=0, atol=1e-12)
    for ours, theirs in zip(gradients, expected_gradients, strict=True):
        assert_close(ours, theirs, rtol=0, atol=1e-10)


def test_first_gates_forget_little_and_step_within_the_bound() -> None:
    memory = make_titans(width=64, heads=4)
    inputs, _ = memory._inputs(randn(2, 50, 64), memory.initial_state(2).window)
    assert inputs.alpha.max() < 0.02
    assert 0.3 < inputs.eta.mean() < 0.7
    assert (inputs.theta / (1 - inputs.eta)).max() < 2.0


def test_memory_stays_bounded_over_a_long_text_of_similar_keys() -> None:
    memory = make_titans(width=32, heads=2)
    x = randn(1, 2000, 32) * 0.1 + 1.0
    with torch.no_grad():
        _, state = memory(x)
    assert state.memory.abs().max() < 100.0


def test_memory_answers_a_key_with_the_value_written_under_it() -> None:
    memory = make_titans(momentum=False)
    q = k = torch.nn.functional.normalize(randn(1, 1, 2, 8), dim=-1)
    ones = torch.ones(1, 1, 2, dtype=torch.float64)
    inputs = titans.Inputs(q, k, randn(1, 1, 2, 8), 0 * ones, 0 * ones, ones, ones)
    answer, _, _ = memory._recur(inputs, memory.initial_state(1), q=q, read="after")
    assert_close(answer, inputs.v)


def test_surprise_falls_when_a_text_repeats() -> None:
    memory = make_titans(width=32, heads=2)
    x = randn(1, 8, 32).repeat(1, 4, 1)
    surprise = memory.measure(x)["surprise"]
    assert surprise[-8:].mean() < 0.9 * surprise[:8].mean()
