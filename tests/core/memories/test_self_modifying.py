"""Self-modifying Titans: the chunk form against the loop as printed, and its stability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import SelfModifyingSettings
from hope_core.memories import build_memory
from hope_core.memories.self_modifying_parts import Biases
from hope_core.memories.self_modifying_reference import reference
from hope_core.memories.self_modifying_rule import Boxes, Weights, project, remember

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.memories.self_modifying import SelfModifying

T = 13
VARIANTS = [
    {},
    {"query": "adaptive", "gate_form": "square"},
    {"read": "snapshot"},
    {"gradient": "live", "grad_scale": 2.0, "erase_scale": 0.5},
    {"momentum": 0.7, "query": "adaptive"},
    {"residual": False, "unit_values": False, "bounded_step": False},
    {"momentum": 0.3, "gradient": "live", "erase_scale": 0.0, "gate_form": "square"},
    {"outer_gradient": "first_order", "query": "adaptive"},
    {"outer_gradient": "first_order", "gradient": "live", "momentum": 0.3},
    {"loss": "dot_product"},
    {"loss": "dot_product", "dot_sign": "minus", "gradient": "live", "residual": False},
    {"loss": "dot_product", "outer_gradient": "first_order", "momentum": 0.5, "query": "adaptive"},
    {"gate_meaning": "forget", "erase_scale": 0.3},
]
every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: " ".join(map(str, v)))


def make(variant: dict[str, object], *, width: int = 12, **more: object) -> SelfModifying:
    settings = SelfModifyingSettings.model_validate(variant | more)
    memory = build_memory(settings, width, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def randn(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def both_forms(memory: SelfModifying, x: Tensor, *, chunks: bool) -> list[Tensor]:
    """Everything the rule computes of x, by chunks or token by token."""
    start = memory.initial_state(len(x))
    seen = memory._see(x, start.window)
    momenta = None if start.momenta is None else Weights(*start.momenta)
    boxes = Boxes(Weights(*start.live), momenta, Weights(*start.frozen))
    biases = Biases(memory.step_bias, memory.retention_bias)
    options = {"settings": memory.settings, "position": 0}
    if chunks:
        inputs, boxes = project(seen.x, seen.q, biases, boxes, **options)
        answers, boxes = remember(inputs, boxes, ask=inputs.q, **options)
    else:
        inputs, answers, boxes = reference(seen.x, seen.q, biases, boxes, **options)
    trees = [*inputs, *answers, *boxes.live, *(boxes.momenta or ())]
    return [tensor for tensor in trees if tensor is not None]


@every_variant
@pytest.mark.parametrize(("chunk_memory", "chunk_other"), [(1, 1), (6, 3), (4, 7), (64, 8)])
def test_chunk_form_equals_the_loop_as_printed(
    variant: dict[str, object], chunk_memory: int, chunk_other: int
) -> None:
    memory = make(variant, chunk_memory=chunk_memory, chunk_other=chunk_other)
    results = []
    for chunks in (True, False):
        values = both_forms(memory, randn(2, T, 12), chunks=chunks)
        weights = [p for n, p in memory.named_parameters() if not n.startswith("outlet")]
        slopes = torch.autograd.grad(sum(v.sin().sum() for v in values), weights)
        results.append((values, slopes))
    (values, slopes), (expected, expected_slopes) = results
    for one, other in zip(values, expected, strict=True):
        assert_close(one, other, rtol=0, atol=1e-12)
    for one, other in zip(slopes, expected_slopes, strict=True):
        assert_close(one, other, rtol=1e-10, atol=1e-10)


def test_inner_step_descends_the_loss_of_equation_89() -> None:
    memory = make({"erase_scale": 0.0, "bounded_step": False}, chunk_memory=4, chunk_other=4)
    x = randn(1, 1, 12)
    start = memory.initial_state(1)
    _, inputs, written = memory._learn(memory._see(x, start.window), start, position=0)
    M = start.live[4].detach().requires_grad_()
    k, v = inputs.k[:, 0, :, :, None], inputs.v[:, 0, :, :, None]
    target = (v + M @ v).detach()
    (slope,) = torch.autograd.grad((k + M @ k - target).square().sum() / 2, M)
    alpha, eta = (gate[:, 0, :, None, None] for gate in (inputs.alpha, inputs.eta))
    assert_close(written.live[4], alpha * M - eta * slope, rtol=0, atol=1e-12)


def test_dot_product_is_descended_unless_its_sign_is_the_printed_one() -> None:
    for sign, times in (("plus", 1.0), ("minus", -1.0)):
        variant = {"loss": "dot_product", "dot_sign": sign, "erase_scale": 0.0}
        memory = make(variant, chunk_memory=4, chunk_other=4)
        x = randn(1, 1, 12)
        start = memory.initial_state(1)
        _, inputs, written = memory._learn(memory._see(x, start.window), start, position=0)
        M = start.live[4].detach().requires_grad_()
        k, v = inputs.k[:, 0, :, :, None], inputs.v[:, 0, :, :, None]
        target = (v + M @ v).detach()
        (slope,) = torch.autograd.grad(-((k + M @ k) * target).sum(), M)
        alpha, eta = (gate[:, 0, :, None, None] for gate in (inputs.alpha, inputs.eta))
        assert_close(written.live[4], alpha * M - times * eta * slope, rtol=0, atol=1e-12)


@pytest.mark.parametrize("network", ["linear", "mlp"])
@pytest.mark.parametrize("meaning", ["retain", "forget"])
def test_first_step_and_retention_are_those_of_the_settings(meaning: str, network: str) -> None:
    variant = {"eta_scale": 0.3, "gate_meaning": meaning, "network": network}
    memory = make(variant | {"bounded_step": False}, width=64)
    found = memory.measure(0.1 * randn(2, 1, 64))
    assert_close(found["theta"].mean(), torch.tensor(0.3, dtype=torch.float64), rtol=0.1, atol=0)
    assert_close(found["alpha"].mean(), torch.tensor(0.01, dtype=torch.float64), rtol=0.2, atol=0)


def test_memory_without_residual_and_first_value_stays_empty() -> None:
    memory = make({"residual": False})
    torch.nn.init.zeros_(memory.memory)
    _, state = memory(randn(2, 40, 12))
    assert not state.live[4].any()


@pytest.mark.parametrize("variant", [{}, {"gradient": "live"}, {"query": "adaptive"}], ids=str)
@pytest.mark.parametrize("spread", [0.1, 1.0])
def test_memories_stay_bounded_over_a_long_text(variant: dict[str, object], spread: float) -> None:
    memory = make(variant, width=32)
    with torch.no_grad():
        y, state = memory(randn(1, 1500, 32) * spread + (1.0 - spread))
    assert y.isfinite().all()
    assert max(t.abs().max() for t in state.named_tensors().values() if t.dim() == 4) < 100.0


def test_every_first_memory_receives_a_gradient_through_the_writes() -> None:
    memory = make({"query": "adaptive"}, chunk_memory=8, chunk_other=4)
    memory(randn(2, 20, 12))[0][:, 16:].sin().sum().backward()
    boxes = ("key", "value", "step", "retention", "memory", "query")
    assert all(getattr(memory, name).grad.abs().max() > 1e-9 for name in boxes)
