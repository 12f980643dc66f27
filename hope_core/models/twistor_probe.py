"""What the memory page and the pictures show of a TwistorHope while it reads a text.

Shapes: L blocks, H heads, N complex channels of a state, K slots, T tokens.
memory_norm, half_life (L, H), surprise (L, T), alpha, eta, theta (L, H, T) of the cells;
fast_norm, fast_bound (1, H) of the self-modified matrix; helicity (L, T) of each block's twistors;
mobius (L, cycles, 2, 2, C, 2): every map's matrix, real and imaginary part, determinant 1;
mobius_degeneracy (L,): how far the stored matrices are from determinant 1;
trajectory (L, T, 2, 2): omega and pi of one channel in the complex plane;
slot_norm (K,), slots (K, W), slot_write (K, T), slot_half_life (K,) of the memory system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch

from hope_core.memories.twistor_cell import TwistorCell
from hope_core.nn.twistor import helicity, parts

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.memories.twistor_recurrent import TwistorBlock
    from hope_core.models.twistor_hope import TwistorHope


def probe(model: TwistorHope, tokens: Tensor) -> dict[str, Tensor]:
    """All measurements of a fresh reading of tokens (B, T), CPU float32."""
    x = model.embedding(tokens)
    found = model.recurrent.measure(x)
    found |= _twistors(model, x)
    x, _ = model.recurrent(x)
    if hasattr(model, "fast_weight"):
        measured = model.fast_weight.measure(model.fast_norm(x.chunk(2, dim=-1)[0]))
        found["fast_norm"] = measured["memory_norm"][None]
        found["fast_bound"] = measured["stability_bound"][None]
        x, _ = model.self_modified(x, None)
    if hasattr(model, "memory_system"):
        found |= _slots(model, model.slots_norm(x))
    return {name: value.detach().float().cpu() for name, value in found.items()}


def _twistors(model: TwistorHope, x: Tensor) -> dict[str, Tensor]:
    """Helicity, maps and one channel's path of every block; nothing where cells have none."""
    found: dict[str, list[Tensor]] = {}
    for block in model.recurrent.blocks:
        block = cast("TwistorBlock", block)
        if not isinstance(block.cell, TwistorCell):
            return {}
        twistors = block.cell.trajectory(block.norm(x))
        found.setdefault("helicity", []).append(helicity(twistors).mean(0))
        path = torch.stack([part[0, :, 0] for part in parts(twistors)], dim=-1)
        found.setdefault("trajectory", []).append(path.view(-1, 2, 2))
        if hasattr(block.cell, "mobius"):
            matrices = torch.view_as_real(block.cell.mobius.matrices().contiguous())
            found.setdefault("mobius", []).append(matrices)
            found.setdefault("mobius_degeneracy", []).append(block.cell.mobius.degeneracy())
        x, _ = block(x, None, 0)
    return {name: torch.stack(values) for name, values in found.items()}


def _slots(model: TwistorHope, seen: Tensor) -> dict[str, Tensor]:
    """What the slots hold after the text (of its first sequence), and who wrote to them."""
    measured = model.memory_system.measure(seen)
    _, after = model.memory_system(seen)
    found = {
        "slot_norm": measured["memory_norm"],
        "slot_half_life": measured["half_life"],
        "slot_write": measured["theta"],
        "slots": after.slots[0],
    }
    extras = ("compression_bytes", "compression_error")
    return found | {name: measured[name][None] for name in extras if name in measured}
