"""The twistor memories: scan and token loop agree, chunks are what they say, slots differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import (
    MemorySystemSettings,
    MobiusSettings,
    RecurrenceSettings,
    SelfModificationSettings,
)
from hope_core.memories.twistor_cell import TwistorCell
from hope_core.memories.twistor_encoder import TwistorEncoder
from hope_core.memories.twistor_fast_weight import TwistorFastWeight
from hope_core.memories.twistor_recurrent import TwistorRecurrent, in_chunks
from hope_core.memories.twistor_slots import TwistorMemorySystem
from hope_core.memories.twistor_titans_cell import TwistorTitansCell
from hope_core.nn.adaptive_mobius import AdaptiveMobiusLayer
from hope_core.nn.twistor import parts
from hope_core.ops.choice import kernels_by

if TYPE_CHECKING:
    from hope_core.memories.contract import Memory

WIDTH = 16


def prepared(memory):
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return memory.double()


def inputs(length: int = 40, seed: int = 1) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(2, length, WIDTH, dtype=torch.float64, generator=generator)


def cell(**changes: object) -> TwistorCell:
    mobius = MobiusSettings(**changes)  # type: ignore[arg-type]
    return prepared(TwistorCell(WIDTH, channels=8, heads=2, convolution=4, mobius=mobius))


def recurrent(**changes: object) -> TwistorRecurrent:
    recurrence = RecurrenceSettings(**changes)  # type: ignore[arg-type]
    settings = TwistorSettings(width=WIDTH, layers=2, heads=2, recurrence=recurrence)
    return prepared(TwistorRecurrent(settings))


def answers_and_gradients(memory: Memory, x: Tensor) -> list[Tensor]:
    memory.zero_grad()
    y, _ = memory(x)
    y.sin().sum().backward()
    return [y.detach(), *(p.grad.clone() for p in memory.parameters() if p.grad is not None)]


@pytest.mark.parametrize(
    ("dtype", "value", "slope"), [(torch.float64, 1e-12, 1e-10), (torch.float32, 1e-5, 1e-4)]
)
def test_scan_is_the_token_loop_in_value_and_gradient(
    dtype: torch.dtype, value: float, slope: float
) -> None:
    memory, x = cell().to(dtype), inputs(length=70).to(dtype)
    scan = answers_and_gradients(memory, x)
    with kernels_by("reference"):
        loop = answers_and_gradients(memory, x)
    differences = [
        float((a - b).abs().max() / b.abs().max().clamp(min=1))
        for a, b in zip(scan, loop, strict=True)
    ]
    assert differences[0] <= value
    assert max(differences[1:]) <= slope


def test_sequential_mode_computes_what_the_scan_computes() -> None:
    x = inputs()
    assert_close(recurrent(mode="sequential")(x)[0], recurrent(mode="scan")(x)[0])


def test_state_never_grows_without_end() -> None:
    memory = cell()
    _, state = memory(100.0 * inputs(length=600))
    assert float(torch.hypot(state.omega, state.pi).detach().max()) < 1e4
    assert torch.isfinite(state.omega).all()


def test_maps_can_be_left_out() -> None:
    assert not [n for n, _ in cell(enabled=False).named_parameters() if "mobius" in n]
    assert not [n for n, _ in cell(antilinear=False).named_parameters() if "coupling" in n]
    assert not [n for n, _ in cell(adaptive=False).named_parameters() if "adaptive" in n]


@pytest.mark.parametrize("chunk", [7, 10, 64])
def test_chunks_forget_what_was_before_them(chunk: int) -> None:
    memory, x = cell(), inputs()
    expected = torch.cat([memory(piece)[0] for piece in x.split(chunk, dim=1)], dim=1)
    assert_close(in_chunks(memory, x, None, 0, chunk=chunk)[0], expected)


def test_adaptive_twist_stays_in_its_range_and_keeps_lengths() -> None:
    layer = AdaptiveMobiusLayer(WIDTH, MobiusSettings(adaptive_largest=0.3)).double()
    layer.init_weights(torch.Generator().manual_seed(0))
    x, Z = inputs(), inputs(seed=2)
    strength, _ = layer.strength(50.0 * x, None)
    assert float((strength - 0.1).detach().abs().max()) <= 0.3
    before, after = (sum(p.square() for p in parts(v)) for v in (Z, layer(Z, x)[0]))
    assert_close(after, before)


def test_adaptive_twist_reads_the_past_alone() -> None:
    layer = AdaptiveMobiusLayer(WIDTH, MobiusSettings()).double()
    layer.init_weights(torch.Generator().manual_seed(0))
    x = inputs()
    changed = x.clone()
    changed[:, 20:] += 5.0
    before, after = (layer.strength(value, None)[0] for value in (x, changed))
    assert_close(before[:, :20], after[:, :20], atol=1e-12, rtol=0)
    assert not torch.allclose(before[:, 20:], after[:, 20:])


def test_reference_cell_steps_as_it_reads() -> None:
    memory = prepared(TwistorTitansCell(WIDTH, hidden=8))
    x = inputs(length=6)
    state = memory.initial_state(2)
    for token in x.unbind(1):
        state = memory.step(token, state)
    assert_close(state.answer, memory(x)[1].answer)


def test_cell_state_remembers_more_than_the_answer() -> None:
    with_state, without = (
        prepared(TwistorTitansCell(WIDTH, hidden=8, cell_state=own)) for own in (True, False)
    )
    assert not torch.allclose(with_state(inputs())[0], without(inputs())[0])


def fast_weight() -> TwistorFastWeight:
    settings = SelfModificationSettings()
    return prepared(TwistorFastWeight(WIDTH, heads=2, convolution=1, settings=settings))


def test_fast_weight_follows_its_rule() -> None:
    memory = prepared(
        TwistorFastWeight(WIDTH, heads=2, convolution=1, settings=SelfModificationSettings())
    )
    x = inputs(length=3)
    given, _ = memory.intake(x, memory.intake.initial_window(2))
    erase, write = memory._gates(given)
    M = memory.first.expand(2, 2, 8, 8)
    for t in range(3):
        k, v = given.k[:, t, :, :, None], given.v[:, t, :, :, None]
        eye = torch.eye(8, dtype=x.dtype)
        M = (
            M @ (eye - erase[:, t, :, None, None] * k @ k.mT)
            + write[:, t, :, None, None] * v @ k.mT
        )
    assert_close(memory(x)[1].matrix, M)


def test_fast_weight_answers_before_it_writes() -> None:
    memory = prepared(
        TwistorFastWeight(WIDTH, heads=2, convolution=1, settings=SelfModificationSettings())
    )
    with torch.no_grad():
        memory.first.zero_()
    assert not memory(inputs())[0][:, 0].any()


def slots(**changes: object) -> TwistorMemorySystem:
    settings = MemorySystemSettings(**changes)  # type: ignore[arg-type]
    return prepared(TwistorMemorySystem(WIDTH, settings=settings, mobius=MobiusSettings()))


def test_slots_follow_their_rule() -> None:
    memory, x = slots(), inputs(length=5)
    write, values = memory._writes(x), memory.values(x)
    held = torch.zeros(2, 3, WIDTH, dtype=x.dtype)
    for t in range(5):
        share = write[:, t, :, None]
        held = (1 - share) * held + share * values[:, t, None]
    assert_close(memory(x)[1].slots, held)


def test_later_slots_change_more_slowly() -> None:
    half_lives = slots(slots=4).measure(inputs())["half_life"]
    assert (half_lives.diff() > 0).all()


def test_slots_differ_after_a_little_training() -> None:
    memory = slots().float()
    x = inputs().float()
    optimizer = torch.optim.Adam(memory.parameters(), lr=1e-2)
    for _ in range(5):
        optimizer.zero_grad()
        (memory(x)[0] - x.roll(1, dims=1)).square().mean().backward()
        optimizer.step()
    held = memory(x)[1].slots
    for one in range(3):
        for other in range(one):
            apart = torch.linalg.vector_norm(held[:, one] - held[:, other], dim=-1)
            length = torch.linalg.vector_norm(held[:, one], dim=-1)
            assert (apart > 0.1 * length).all()


def test_phase_compression_tells_its_bytes_and_error() -> None:
    found = slots(compression="phase", bits=8).measure(inputs())
    pairs, scales = 2 * 3 * WIDTH * 4, 2 * 3 * 4
    assert float(found["compression_bytes"]) == pairs / 4 + scales
    assert 0 < float(found["compression_error"]) < 0.05


def test_encoder_sees_the_text_from_both_ends() -> None:
    encoder = TwistorEncoder(TwistorSettings(width=WIDTH, layers=2, heads=2)).double()
    encoder.init_weights(torch.Generator().manual_seed(0))
    x = inputs(length=9)
    for place in (0, 8):
        changed = x.clone()
        changed[:, place] *= -1.0
        moved = (encoder(changed) - encoder(x)).abs().amax((0, 2))
        assert (moved > 1e-9).all()


def test_encoder_reads_a_text_backwards_as_forwards_but_for_the_weights() -> None:
    encoder = TwistorEncoder(TwistorSettings(width=WIDTH, layers=1, heads=2)).double()
    encoder.init_weights(torch.Generator().manual_seed(0))
    layer = encoder.layers[0]
    x = inputs(length=9)
    swapped = layer.join.weight.data.chunk(2, dim=1)
    expected = encoder(x)
    layer.onward, layer.backward_cell = layer.backward_cell, layer.onward
    layer.join.weight.data = torch.cat(swapped[::-1], dim=1)
    assert_close(encoder(x.flip(1)).flip(1), expected)
