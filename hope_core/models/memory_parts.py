"""What of a model's state is memory, part by part, whatever the family.

Notable: a part is found by what its state class calls `learned` (and by the twistors of a cell), so
that a new memory needs nothing here. Shapes: B sequences, L layers, H heads.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from hope_core.memories.twistor_cell import CellState
from hope_core.memories.twistor_slots import SlotsState
from hope_core.nn.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAYER = re.compile(r"(?:blocks|cells)\.(\d+)")
_LEVEL = re.compile(r"levels\.(\d+)")


class Part(NamedTuple):
    """One piece of memory.

    level: what it belongs to: "memory", "cells", "fast weight", "continuum 2", "slot 1"; layer: its
    block, or None; values (B, ...), (B, H, rows, columns) for a matrix a head.
    """

    level: str
    layer: int | None
    values: Tensor


def memory_parts(state: State) -> list[Part]:
    """Every part of a state that reading moves, in the order of the model."""
    return list(_walk(state.gathered(), ""))


def head_matrices(state: State, norms: Tensor) -> list[Tensor] | None:
    """The main memory of each layer (H, rows, columns), of the first sequence; None without one.

    Args:
        state: after some text.
        norms: (L, H) Frobenius norms of the main memory, which tell it from its helpers.
    """
    parts = memory_parts(state)
    found = []
    for layer, wanted in enumerate(norms):
        heads = [
            matrix
            for part in parts
            if part.layer == layer and (matrix := _by_head(part, len(wanted))) is not None
        ]
        if not heads:
            return None
        found.append(min(heads, key=lambda M: _distance(M, wanted)))
    return found


def twistor_ratios(state: State, norms: Tensor) -> Tensor | None:
    """The best z of omega = z pi over each head's channels (L, H, 2); None without twistors."""
    heads = head_matrices(state, norms)
    if heads is None or not any(part.level == "cells" for part in memory_parts(state)):
        return None
    rows = torch.stack(heads).double()
    omega, pi = (
        torch.complex(rows[:, :, 0], rows[:, :, 1]),
        torch.complex(rows[:, :, 2], rows[:, :, 3]),
    )
    ratio = (omega * pi.conj()).sum(-1) / pi.abs().square().sum(-1).clamp_min(1e-12)
    return torch.view_as_real(ratio).float()


def _walk(value: object, path: str) -> Iterator[Part]:
    if isinstance(value, CellState):
        yield Part("cells", _layer(path), torch.stack([value.omega, value.pi], dim=1))
    elif isinstance(value, SlotsState):
        for slot in range(value.slots.shape[1]):
            yield Part(f"slot {slot + 1}", None, value.slots[:, slot])
    elif isinstance(value, State):
        for field in fields(value):
            if field.name not in value.passing and field.name not in value.copies:
                inner = getattr(value, field.name)
                name = f"{path}.{field.name}"
                yield from (
                    _tensors(inner, name) if field.name in value.learned else _walk(inner, name)
                )
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}.{index}")


def _tensors(value: object, path: str) -> Iterator[Part]:
    if isinstance(value, Tensor):
        yield Part(_level(path), _layer(path), value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _tensors(item, f"{path}.{index}")


def _level(path: str) -> str:
    if "fast_weight" in path:
        return "fast weight"
    found = _LEVEL.search(path)
    return f"continuum {int(found[1]) + 1}" if found else "memory"


def _layer(path: str) -> int | None:
    found = _LAYER.search(path)
    return int(found[1]) if found else None


def _by_head(part: Part, heads: int) -> Tensor | None:
    """A matrix a head; of a cell: one row for each real part of omega and pi."""
    first = part.values[0]
    if part.level == "cells":
        quarters = torch.stack(first.reshape(-1).chunk(4))
        return quarters.view(4, heads, -1).transpose(0, 1)
    return first if first.dim() == 3 and len(first) == heads else None


def _distance(matrices: Tensor, norms: Tensor) -> float:
    return float((torch.linalg.matrix_norm(matrices.float().cpu()) - norms.cpu()).abs().sum())
