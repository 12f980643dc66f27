"""The four variants of Titans do with memory and attention what their formulas say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.nn.functional import layer_norm, silu
from torch.testing import assert_close

from hope_core.config.models import TitansModelSettings
from hope_core.models import build_model
from hope_core.nn.rotary import rotary_angles, rotate

if TYPE_CHECKING:
    from torch import Tensor, nn

T, D, H, K, P, C = 11, 16, 2, 8, 3, 4


def make_mixer(**settings: object) -> nn.Module:
    chosen = {"width": D, "heads": H, "layers": 1, "persistent": P, "segment": C} | settings
    model = build_model(TitansModelSettings.model_validate(chosen), 20)
    return model.double().blocks[0].mixer


def some_x() -> Tensor:
    return torch.randn(2, T, D, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def test_memory_alone_reads_the_persistent_tokens_first() -> None:
    mixer, x = make_mixer(variant="lmm"), some_x()
    whole = torch.cat([mixer.text.tokens.expand(2, -1, -1), mixer.norm(x)], dim=1)
    assert_close(mixer(x, None)[0], x + mixer.text.memory(whole)[0][:, P:], rtol=0, atol=1e-12)


def test_gate_multiplies_normalised_attention_and_memory() -> None:
    mixer, x = make_mixer(variant="mag"), some_x()
    n = mixer.norm(x)
    y, m = mixer.attention(n, None)[0], mixer.text(n, None)[0]
    gate = mixer.gate
    product = layer_norm(y, (D,), gate.attended.weight) * layer_norm(
        m, (D,), gate.remembered.weight
    )
    assert_close(mixer(x, None)[0], x + gate.output(silu(product)), rtol=0, atol=1e-12)


def test_layer_attends_to_what_the_memory_answered() -> None:
    mixer, x = make_mixer(variant="mal"), some_x()
    h, _ = mixer.memory(x, None)
    expected = h + mixer.attention(mixer.norm(h), None)[0]
    assert_close(mixer(x, None)[0], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("gate", ["segment", "token"])
def test_context_is_the_formula_segment_by_segment(gate: str) -> None:
    mixer, x = make_mixer(variant="mac", gate=gate), some_x()
    memory, n = mixer.memory, mixer.norm(x)
    live = reader = memory.initial_state(2)
    outputs = []
    for segment in n.split(C, dim=1):
        start = live
        h, reader = memory.recall(segment, reader, at=start)
        y = attend_by_hand(mixer.attention, segment, h)
        read = mixer.read_norm(y)
        before, _ = memory.recall(read, live, at=start)
        own, live = memory(read, live)
        outputs.append(mixer.gate(y, before if gate == "segment" else own))
    expected = x + torch.cat(outputs, dim=1)
    assert_close(mixer(x, None)[0], expected, rtol=0, atol=1e-12)


def attend_by_hand(attention: nn.Module, x: Tensor, h: Tensor) -> Tensor:
    """Token j attends to the persistent tokens, and to h and x up to j: softmax, one by one."""
    length = x.shape[1]
    q, k, v = (
        part.unflatten(-1, (H, K)).transpose(1, 2) for part in attention.project(x).chunk(3, -1)
    )
    _, k_h, v_h = (
        part.unflatten(-1, (H, K)).transpose(1, 2) for part in attention.project(h).chunk(3, -1)
    )
    angles = rotary_angles(1, length, K, like=x)
    q, k, k_h = (rotate(layer_norm(part, (K,)), angles) for part in (q, k, k_h))
    always_k, always_v = (part.expand(len(x), -1, -1, -1) for part in attention.persistent)
    rows = []
    for j in range(length):
        keys = torch.cat([always_k, k_h[:, :, : j + 1], k[:, :, : j + 1]], dim=2)
        values = torch.cat([always_v, v_h[:, :, : j + 1], v[:, :, : j + 1]], dim=2)
        weights = torch.softmax((keys @ q[:, :, j, :, None]) / K**0.5, dim=2)
        rows.append((weights * values).sum(2))
    return attention.output(torch.stack(rows, dim=1).flatten(-2))
