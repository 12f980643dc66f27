"""Self-modifying two-layer networks: the chunk form against the loop over whole weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import SelfModifyingSettings
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError
from hope_core.memories import build_memory
from hope_core.memories.self_modifying_networks import NetworkBoxes, networks, project, remember
from hope_core.memories.self_modifying_networks_reference import reference
from hope_core.memories.self_modifying_parts import Biases

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.memories.self_modifying import SelfModifying

T = 13
VARIANTS = [
    {},
    {"erase_layers": "first", "bounded_step": False},
    {"query": "adaptive", "gate_form": "square", "erase_layers": "first", "momentum": 0.4},
    {"momentum": 0.7, "read": "snapshot", "bounded_step": False, "grad_scale": 2.0},
    {"residual": False, "unit_values": False, "gate_meaning": "forget", "erase_scale": 0.5},
    {"loss": "dot_product", "dot_sign": "minus", "query": "adaptive"},
    {"outer_gradient": "first_order", "gate_form": "square", "erase_scale": 0.0},
    {"outer_gradient": "first_order", "loss": "dot_product", "momentum": 0.3},
]
every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: " ".join(map(str, v)))


def make(variant: dict[str, object], **more: object) -> SelfModifying:
    settings = SelfModifyingSettings.model_validate(
        {"network": "mlp", "hidden": 1.5} | variant | more
    )
    memory = build_memory(settings, 12, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def randn(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def both_forms(memory: SelfModifying, x: Tensor, *, chunks: bool) -> list[Tensor]:
    """Everything the rule computes of x, by chunks or token by token."""
    start = memory.initial_state(len(x))
    seen = memory._see(x, start.window)
    momenta = None if start.momenta is None else networks(start.momenta)
    boxes = NetworkBoxes(networks(start.live), momenta, networks(start.frozen))
    biases = Biases(memory.step_bias, memory.retention_bias)
    options = {"settings": memory.settings, "position": 0}
    if chunks:
        inputs, boxes = project(seen.x, seen.q, biases, boxes, **options)
        answers, boxes = remember(inputs, boxes, ask=inputs.q, **options)
    else:
        inputs, answers, boxes = reference(seen.x, seen.q, biases, boxes, **options)
    ends = [boxes.live, boxes.momenta or {}]
    layers = [layer for end in ends for name in sorted(end) for layer in end[name]]
    return [*inputs, *answers, *layers]


@every_variant
@pytest.mark.parametrize(("chunk_memory", "chunk_other"), [(1, 1), (6, 3), (64, 8)])
def test_network_chunks_equal_the_loop_over_whole_weights(
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


def test_network_step_descends_the_loss_of_equation_89() -> None:
    memory = make({"erase_scale": 0.0, "erase_layers": "first"}, chunk_memory=4, chunk_other=4)
    x = randn(1, 1, 12)
    start = memory.initial_state(1)
    _, inputs, written = memory._learn(memory._see(x, start.window), start, position=0)
    W2, W1 = (W.detach().requires_grad_() for W in start.live[4::6])
    k, v = inputs.k[:, 0, :, :, None], inputs.v[:, 0, :, :, None]

    def answer(x: Tensor) -> Tensor:
        return x + W1 @ torch.nn.functional.gelu(W2 @ x)

    loss = (answer(k) - answer(v).detach()).square().sum() / 2
    alpha, eta = (gate[:, 0, :, None, None] for gate in (inputs.alpha, inputs.eta))
    for after, W, slope in zip(
        written.live[4::6], (W2, W1), torch.autograd.grad(loss, (W2, W1)), strict=True
    ):
        assert_close(after, alpha * W - eta * slope, rtol=0, atol=1e-12)


@every_variant
def test_networks_in_pieces_equal_the_whole_and_see_no_future(variant: dict[str, object]) -> None:
    memory = make(variant, chunk_memory=6, chunk_other=4)
    x = randn(2, T, 12)
    whole, end = memory(x)
    state, parts = None, []
    for piece in x.split([1, 6, 4, 2], dim=1):
        y, state = memory(piece, state)
        parts.append(y)
    assert_close(torch.cat(parts, dim=1), whole, rtol=0, atol=1e-12)
    carried, expected = state.named_tensors().values(), end.named_tensors().values()
    for one, other in zip(carried, expected, strict=True):
        assert_close(one, other, rtol=0, atol=1e-12)
    changed = x.index_fill(1, torch.arange(7, T), 0.0)
    assert_close(memory(changed)[0][:, :7], whole[:, :7], rtol=0, atol=1e-12)


def test_networks_stay_bounded_over_a_long_text() -> None:
    for spread in (0.1, 1.0):
        memory = make({})
        with torch.no_grad():
            y, state = memory(randn(1, 600, 12) * spread + (1.0 - spread))
        assert y.isfinite().all()
        assert max(t.abs().max() for t in state.named_tensors().values() if t.dim() == 4) < 100.0


def test_recalled_network_answers_as_it_would_before_a_write() -> None:
    memory = make({"query": "adaptive"}, chunk_memory=4, chunk_other=4)
    _, state = memory(randn(2, 8, 12))
    x = randn(2, 1, 12)
    assert_close(memory.recall(x, state, at=state)[0], memory(x, state)[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("memory", "place"),
    [
        ({"network": "mlp", "gradient": "live"}, "model.memory"),
        ({"snapshot": "chunk_end"}, "model.memory.snapshot"),
        ({"hidden": 0.0}, "model.memory.hidden"),
    ],
)
def test_rule_that_cannot_be_computed_is_refused_with_its_place(
    memory: dict[str, object], place: str
) -> None:
    model = {"kind": "hope", "memory": {"kind": "self_modifying"} | memory}
    with pytest.raises(ConfigError) as caught:
        parse_config({"version": 1, "model": model})
    (problem,) = caught.value.problems
    assert str(problem).startswith(place)
