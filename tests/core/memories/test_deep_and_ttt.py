"""Deep memory and TTT layers against a loop whose gradients are autograd's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.nn.functional import gelu, layer_norm
from torch.testing import assert_close

from hope_core.config.memories import DeepSettings, TttLinearSettings, TttMlpSettings
from hope_core.memories import build_memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.config.memories import MemorySettings
    from hope_core.memories.contract import Memory

    Network = Callable[[tuple[Tensor, ...], Tensor], Tensor]

T, CHUNK = 11, 4


def make(settings: MemorySettings, *, width: int = 16) -> Memory:
    memory = build_memory(settings, width, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def randn(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def slopes(network: Network, layers: tuple[Tensor, ...], k: Tensor, v: Tensor) -> list[Tensor]:
    """The gradient of |network(k) - v|^2 / 2 in each layer, taken by autograd."""
    leaves = tuple(layer.detach().requires_grad_() for layer in layers)
    loss = (network(leaves, k) - v).square().sum() / 2
    return list(torch.autograd.grad(loss, leaves))


def times(W: Tensor, x: Tensor) -> Tensor:
    return (W @ x[..., None]).squeeze(-1)


def deep(layers: tuple[Tensor, ...], x: Tensor) -> Tensor:
    return x + times(layers[1], gelu(times(layers[0], x)))


@pytest.mark.parametrize("momentum", [True, False])
def test_deep_memory_descends_the_papers_loss(momentum: bool) -> None:
    memory, x = make(DeepSettings(chunk=CHUNK, momentum=momentum)), randn(2, T, 16)
    start = memory.initial_state(2)
    inputs, _ = memory.intake(x, start.window)
    alpha, eta, theta = memory._gates(inputs)
    eta = torch.zeros_like(theta) if eta is None else eta
    layers, reads = start.weights, []
    S = [torch.zeros_like(layer) for layer in layers]
    for t in range(T):
        frozen = layers if t % CHUNK == 0 else frozen  # noqa: F821 - set at t = 0
        a, m, step = (gate[:, t, :, None, None] for gate in (alpha, eta, theta))
        g = slopes(deep, frozen, inputs.k[:, t], inputs.v[:, t])
        S = [m * s - (1 - m) * step * slope for s, slope in zip(S, g, strict=True)]
        layers = tuple((1 - a) * W + s for W, s in zip(layers, S, strict=True))
        reads.append(deep(layers, inputs.q[:, t]))
    expected = memory.outlet(torch.stack(reads, dim=1), inputs.output_gate)
    assert_close(memory(x)[0], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "settings", [TttLinearSettings(chunk=CHUNK), TttMlpSettings(chunk=CHUNK, hidden=1.5)]
)
def test_ttt_layers_descend_their_loss_through_the_norm(settings: MemorySettings) -> None:
    memory, x = make(settings), randn(2, T, 16)
    torch.nn.init.normal_(memory.norm.scale, mean=1.0, std=0.3)
    torch.nn.init.normal_(memory.norm.shift, std=0.3)

    def network(layers: tuple[Tensor, ...], x: Tensor) -> Tensor:
        z = times(layers[0], x)
        z = times(layers[1], gelu(z)) if len(layers) == 2 else z
        return x + layer_norm(z, z.shape[-1:]) * memory.norm.scale + memory.norm.shift

    start = memory.initial_state(2)
    inputs, _ = memory.intake(x, start.window)
    eta = settings.eta_max * torch.sigmoid(inputs.gates[0])
    layers, reads = start.layers, []
    for t in range(T):
        frozen = layers if t % CHUNK == 0 else frozen  # noqa: F821 - set at t = 0
        g = slopes(network, frozen, inputs.k[:, t], inputs.v[:, t])
        step = eta[:, t, :, None, None]
        layers = tuple(W - step * slope for W, slope in zip(layers, g, strict=True))
        reads.append(network(layers, inputs.q[:, t]))
    expected = memory.outlet(torch.stack(reads, dim=1), inputs.output_gate)
    assert_close(memory(x)[0], expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("way", ["full", "first_order"])
@pytest.mark.parametrize("kind", [TttLinearSettings, TttMlpSettings])
def test_outer_gradient_of_ttt_is_that_of_a_loop(kind: type[TttMlpSettings], way: str) -> None:
    memory, x = make(kind(chunk=CHUNK, outer_gradient=way)), randn(2, T, 16)

    def network(layers: tuple[Tensor, ...], x: Tensor) -> Tensor:
        z = times(layers[0], x)
        z = times(layers[1], gelu(z)) if len(layers) == 2 else z
        return x + layer_norm(z, z.shape[-1:]) * memory.norm.scale + memory.norm.shift

    start = memory.initial_state(2)
    inputs, _ = memory.intake(x, start.window)
    eta = memory.settings.eta_max * torch.sigmoid(inputs.gates[0])
    layers, reads = start.layers, []
    for t in range(T):
        if t % CHUNK == 0:
            held = layers
            if way == "first_order":
                held = tuple(layer.detach().requires_grad_() for layer in layers)
        loss = (network(held, inputs.k[:, t]) - inputs.v[:, t]).square().sum() / 2
        g = torch.autograd.grad(loss, held, create_graph=True)
        step = eta[:, t, :, None, None]
        layers = tuple(W - step * slope for W, slope in zip(layers, g, strict=True))
        reads.append(network(layers, inputs.q[:, t]))
    expected = memory.outlet(torch.stack(reads, dim=1), inputs.output_gate)
    weights = list(memory.parameters())
    slopes_of = [torch.autograd.grad(y.sin().sum(), weights) for y in (memory(x)[0], expected)]
    for found, wanted in zip(*slopes_of, strict=True):
        assert_close(found, wanted, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "settings",
    [DeepSettings(), DeepSettings(rule="hope_dgd"), TttLinearSettings(), TttMlpSettings()],
    ids=["deep", "deep dgd", "ttt_linear", "ttt_mlp"],
)
def test_memory_stays_finite_over_a_long_text_of_similar_keys(settings: MemorySettings) -> None:
    memory = make(settings, width=32)
    with torch.no_grad():
        y, state = memory(randn(1, 1000, 32) * 0.1 + 1.0)
    assert y.isfinite().all()
    assert max(t.abs().max() for t in state.named_tensors().values()) < 2000.0
