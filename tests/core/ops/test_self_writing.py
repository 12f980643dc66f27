"""The fused self-writing memories give what the chunk form gives, values and gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from recurrence_cases import errors
from torch.testing import assert_close

from hope_core.config.memories import SelfModifyingSettings
from hope_core.memories import build_memory
from hope_core.ops.choice import kernels_by
from hope_core.ops.self_writing import available

if TYPE_CHECKING:
    from torch import Tensor


def answered(settings: SelfModifyingSettings, dtype: torch.dtype, backend: str) -> list[Tensor]:
    """Answers, state and all gradients of two pieces of text; the second begins inside a chunk."""
    memory = build_memory(settings, 12, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    memory.to(dtype)
    x = torch.randn(2, 23, 12, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    x = x.to(dtype).requires_grad_()
    with kernels_by(backend):
        one, state = memory(x[:, :13])
        other, state = memory(x[:, 13:], state)
        ends = [t for t in state.named_tensors().values() if t.is_floating_point()]
        outs = [one, other, *ends]
        total = torch.stack([out.sin().sum() for out in outs]).sum()
        slopes = torch.autograd.grad(total, [x, *memory.parameters()])
    return [*outs, *slopes]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"chunk_other": 5},
        {"chunk_other": 1},
        {"residual": False},
        {"unit_values": False, "eta_scale": 0.05},
        {"bounded_step": False},
        {"erase_scale": 0.0, "grad_scale": 2.0, "eta_scale": 0.1},
    ],
)
def test_fused_agrees_with_the_chunk_form(settings: dict[str, Any]) -> None:
    chosen = SelfModifyingSettings.model_validate(settings)
    expected = answered(chosen, torch.float64, "reference")
    assert errors(answered(chosen, torch.float32, "auto"), expected) < 1e-5


def test_the_fused_form_is_in_use() -> None:
    assert available.fused_works()
    with kernels_by("auto") as choice:
        build_memory(SelfModifyingSettings(), 12, heads=2, convolution=4)(torch.randn(1, 9, 12))
    assert "self_writing" in choice.asked


def test_without_gradients_no_starts_are_kept() -> None:
    memory = build_memory(SelfModifyingSettings(), 12, heads=2, convolution=4)
    memory.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    x = torch.randn(1, 20, 12, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        y, _ = memory(x)
    assert_close(y, memory(x)[0])
