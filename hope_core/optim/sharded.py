"""Optimizing a model in parts (fully_shard): what moves in parts, and what needs the whole.

AdamW moves each number by itself, so it moves parts. A rule for matrices (Muon, M3 ...) looks at
whole ones: it is given stand-ins, which are filled with the gathered matrix and its gradient before
its step; every process computes the same move and keeps its part of it. What such a rule remembers
is therefore whole in every process, and the same file fits any number of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.tensor import DTensor, distribute_tensor

from hope_core.optim.layout import square_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from torch import Tensor


class Sharded:
    """Tensors in parts (DTensors) beside plain ones that are the same in every process."""

    def __init__(self) -> None:
        self._stand_ins: list[list[tuple[DTensor, nn.Parameter]]] = []

    def add_level(
        self, parameters: Sequence[nn.Parameter], tables: Set[int]
    ) -> tuple[nn.Parameter, ...]:
        """The level as its rules see it: hidden matrices replaced by stand-ins."""
        stand_ins: list[tuple[DTensor, nn.Parameter]] = []
        members = []
        for parameter in parameters:
            if parameter.ndim == 2 and id(parameter) not in tables:
                empty = nn.Parameter(torch.empty(parameter.shape, device=parameter.device))
                stand_ins.append((cast("DTensor", parameter), empty))
                members.append(empty)
            else:
                members.append(parameter)
        self._stand_ins.append(stand_ins)
        return tuple(members)

    def here(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        """The local parts."""
        return [t.to_local() if isinstance(t, DTensor) else t for t in tensors]

    def norm(self, tensors: Sequence[Tensor]) -> Tensor:
        """Norm over the parts of all processes."""
        total = square_sum(self.here(tensors))
        dist.all_reduce(total)
        return total.sqrt()

    def whole(self, tensor: Tensor) -> Tensor:
        """Gathered from all processes; a plain tensor is whole already."""
        return tensor.full_tensor() if isinstance(tensor, DTensor) else tensor

    def part(self, value: Tensor, parameter: Tensor) -> Tensor:
        """Divided as its parameter is, when it has its shape."""
        value = value.to(parameter.device, copy=True)
        if isinstance(parameter, DTensor) and value.shape == parameter.shape:
            return divided_like(parameter, value)
        return value

    @contextmanager
    def matrices_in_one_piece(self, level: int) -> Iterator[None]:
        """Fill the level's stand-ins; afterwards take each part from them and let them go."""
        pairs = self._stand_ins[level] if self._stand_ins else []
        for parameter, stand_in in pairs:
            stand_in.data = parameter.full_tensor()
            grad = parameter.grad
            stand_in.grad = None if grad is None else self.whole(grad)
        yield
        with torch.no_grad():
            for parameter, stand_in in pairs:
                part = divided_like(parameter, stand_in.data)
                parameter.to_local().copy_(part.to_local())
                stand_in.grad = None
                stand_in.data = stand_in.data.new_empty(0)


def divided_like(parameter: DTensor, value: Tensor) -> DTensor:
    """A whole value, the same in every process, in parts as the parameter's lie."""
    return distribute_tensor(value, parameter.device_mesh, parameter.placements, src_data_rank=None)
