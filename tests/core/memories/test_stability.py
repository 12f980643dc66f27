"""The read-outs of stability are what they say, and the bound tells what blows up."""

from __future__ import annotations

import math

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.memories import TitansSettings
from hope_core.config.models import HopeSettings
from hope_core.memories import build_memory
from hope_core.memories.stability import (
    SAFE,
    chunk_map_bound,
    half_life,
    network_bound,
    stability_bound,
)
from hope_core.memories.titans import Titans
from hope_core.nn.norms import unit_length
from hope_core.ops.mlp_memory import MlpWeights
from hope_core.ops.recurrence import recurrence


def keys(time: int = 50, *, mean: float = 0.0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(2, time, 3, 8, dtype=torch.float64, generator=generator)
    return unit_length(drawn + mean)


def steps(time: int = 50) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.rand(2, time, 3, dtype=torch.float64, generator=generator)


def test_bound_of_a_live_gradient_is_the_largest_step_times_the_keys_length() -> None:
    k, step = 1.5 * keys(), steps()
    expected = (1.5**2 * step).amax((0, 1))
    assert_close(stability_bound(k, step), expected, rtol=1e-5, atol=0.0)


@pytest.mark.parametrize("chunk", [2, 16, 64])
def test_bound_of_a_chunk_is_the_largest_eigenvalue_of_its_writes(chunk: int) -> None:
    k, step = keys(), steps()
    expected = torch.zeros(3, dtype=torch.float64)
    for row in range(2):
        for head in range(3):
            for start in range(0, 50, chunk):
                part = k[row, start : start + chunk, head]
                weights = step[row, start : start + chunk, head]
                gram = part.mT @ torch.diag(weights) @ part
                expected[head] = max(expected[head], torch.linalg.eigvalsh(gram)[-1])
    assert_close(stability_bound(k, step, chunk=chunk), expected)


def test_keys_with_a_common_mean_lower_the_step_that_a_long_chunk_bears() -> None:
    step = torch.full((2, 50, 3), 0.1, dtype=torch.float64)
    alike, apart = (stability_bound(keys(mean=m), step, chunk=16).min() for m in (3.0, 0.0))
    assert alike > 2 * apart


def test_keys_that_are_no_numbers_have_no_bound() -> None:
    k = keys()
    k[0, 3] = float("nan")
    assert stability_bound(k, steps(), chunk=4).isinf().all()


@pytest.mark.parametrize(("step", "grows"), [(1.9, False), (2.4, True)])
def test_memory_blows_up_only_past_the_bound(step: float, grows: bool) -> None:
    k = keys(400)[:, :, :1].clone()
    k[:] = k[:, :1]
    gate = torch.full(k.shape[:3], step, dtype=torch.float64)
    ones, M = torch.ones_like(gate), torch.ones(2, 1, 8, 8, dtype=torch.float64)
    _, end, _ = recurrence(k, k, k, ones, None, None, gate, gate, M, None, backend="reference")
    assert (float(stability_bound(k, gate).max()) > 2.0) is grows
    assert (float(end.norm()) > 1e6) is grows


def test_half_of_a_memory_is_left_after_its_half_life() -> None:
    alpha = torch.full((1, 4, 2), 0.01, dtype=torch.float64)
    assert_close(0.99 ** half_life(alpha), torch.full((2,), 0.5, dtype=torch.float64))
    assert float(half_life(torch.zeros(1, 4, 1))) == math.inf


@pytest.mark.parametrize("momentum", [True, False])
def test_titans_tells_its_stability(momentum: bool) -> None:
    settings = TitansSettings(momentum=momentum, theta_max=1.5)
    memory = Titans(16, heads=2, convolution=4, settings=settings)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    with torch.no_grad():
        memory.gates.bias.fill_(30.0)
        memory.gates.bias[:2] = -30.0
    told = memory.measure(torch.randn(2, 9, 16, generator=torch.Generator().manual_seed(2)))
    assert ("momentum_norm" in told) is momentum
    assert torch.isfinite(told["stability_bound"]).all()
    assert (told["half_life"] > 1e9).all()
    if not momentum:
        assert_close(told["stability_bound"], torch.full((2,), 1.5), rtol=1e-4, atol=0.0)


def test_bound_of_frozen_writes_without_erasure_is_that_of_their_chunk() -> None:
    k, write = keys(48), 0.3 * steps(48)
    ones, none = torch.ones_like(write), torch.zeros_like(write)
    found = chunk_map_bound(k, ones, none, write, chunk=16)
    assert_close(found, stability_bound(k, write, chunk=16))


def test_erasure_keeps_frozen_writes_to_one_key_from_blowing_up() -> None:
    k = keys(64)[:, :1].expand(-1, 64, -1, -1)
    write, kept = torch.full(k.shape[:3], 0.2), torch.full(k.shape[:3], 0.99)
    plain = chunk_map_bound(k, kept, torch.zeros_like(write), write, chunk=64)
    erasing = chunk_map_bound(k, kept, write, write, chunk=64)
    assert (plain > 5.0).all()
    assert (erasing < SAFE).all()


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("titans", {"momentum_norm", "stability_bound", "half_life", "alpha", "eta", "theta"}),
        ("hope_dgd", {"momentum_norm", "stability_bound", "half_life", "alpha", "eta", "theta"}),
        ("gated_delta", {"stability_bound", "half_life", "alpha", "theta"}),
        ("deep", {"momentum_norm", "stability_bound", "half_life", "alpha", "eta", "theta"}),
        ("self_modifying", {"stability_bound", "half_life", "alpha", "theta"}),
        ("ttt_linear", {"theta"}),
        ("ttt_mlp", {"theta"}),
    ],
)
def test_every_memory_tells_what_it_has(kind: str, named: set[str]) -> None:
    settings = HopeSettings.model_validate({"memory": {"kind": kind}}).memory
    memory = build_memory(settings, 16, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    told = memory.measure(torch.randn(2, 40, 16, generator=torch.Generator().manual_seed(2)))
    assert named | {"memory_norm"} <= told.keys()
    assert all(torch.isfinite(value).all() for value in told.values())


def test_network_whose_writes_are_too_strong_passes_its_bound() -> None:
    generator = torch.Generator().manual_seed(0)
    weights = MlpWeights(*(torch.randn(1, 3, *s, generator=generator) for s in ((16, 8), (8, 16))))
    k, step = keys()[:1].float(), steps()[:1].float()
    gentle, strong = (network_bound(weights, k, x * step, chunk=8) for x in (1e-4, 1.0))
    assert (gentle < SAFE).all()
    assert (strong > SAFE).all()
    broken = weights._replace(outer=weights.outer * float("nan"))
    assert network_bound(broken, k, step, chunk=8).isinf().all()
