"""Shared: one process of several, with the whole model (DDP) or a part of it (FSDP2)."""

from __future__ import annotations

import copy
import warnings
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, cast

import torch
import torch.distributed as dist
from torch import nn

from hope_core.training.orders import Gather, Show, Step, WriteShare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from torch import Tensor
    from torch.distributed.fsdp import FSDPModule
    from torch.nn.parallel import DistributedDataParallel

    from hope_core.training.share import M
    from hope_core.training.team import Team


class Shared:
    """One process of several, with the whole model (DDP) or a part of it (FSDP2)."""

    def __init__(self, team: Team, device: torch.device, *, divided: bool) -> None:
        self._team = team
        self._device = device
        self._parallel: DistributedDataParallel | None = None
        self._divided: nn.Module | None = None
        self._shown: nn.Module | None = None
        self._looks = 0
        self.processes = team.place.size
        self.rank = team.place.rank
        self.is_divided = divided

    def divide(self, model: M) -> M:
        """FSDP2: each block by itself, then what stands outside of them."""
        if not self.is_divided:
            return model
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        # nobody changes in place what a block or the model returns
        warnings.filterwarnings("ignore", message="FSDP2-wrapped module .* returned a view tensor")
        if self._device.type == "cpu":
            _let_numpy_keep_what_it_sees()
        if self.rank == 0:
            self._shown, model = model, copy.deepcopy(model)
        mesh = init_device_mesh(self._device.type, (self.processes,))
        lists = [child for child in model.children() if isinstance(child, nn.ModuleList)]
        for block in (block for members in lists for block in members):
            fully_shard(block, mesh=mesh)
        fully_shard(model, mesh=mesh)
        self._divided = model
        return model

    def wrap(self, loss: nn.Module) -> Callable[[Tensor], Tensor]:
        """DDP around the loss, so that gradients are only waited for where the loss has any."""
        if self.is_divided:
            return loss
        from torch.nn.parallel import DistributedDataParallel

        devices = [self._device] if self._device.type == "cuda" else None
        self._parallel = DistributedDataParallel(
            loss, device_ids=devices, find_unused_parameters=True
        )
        return self._parallel

    def rows(self, batch_size: int) -> slice:
        """By position, as even as can be."""
        first, last = (batch_size * r // self.processes for r in (self.rank, self.rank + 1))
        return slice(first, last)

    def weight(self, batch_size: int) -> float:
        """1 when every process has as many rows as the others."""
        rows = self.rows(batch_size)
        count: int = rows.stop - rows.start
        return count * self.processes / batch_size

    @contextmanager
    def exchanging(self, *, last: bool) -> Iterator[None]:
        """Only the last backward pass of a step exchanges: what came before was added up."""
        if self._parallel is not None:
            with nullcontext() if last else self._parallel.no_sync():
                yield
            return
        cast("FSDPModule", self._divided).set_requires_gradient_sync(last)
        yield

    def mean(self, value: Tensor) -> Tensor:
        """All-reduced, the same in every process."""
        value = value.detach().clone()
        dist.all_reduce(value)
        return value / self.processes

    def begin_step(
        self, number: int, learning_rate: float, *, measure: bool, progress: float = 1.0
    ) -> None:
        """An order, of process 0."""
        self._order(
            Step(number=number, learning_rate=learning_rate, measure=measure, progress=progress)
        )

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Fills the whole model that process 0 looks at; may be entered inside itself."""
        if not self.is_divided:
            yield
            return
        self._looks += 1
        try:
            if self._looks == 1:
                self._order(Show())
                self.show()
            yield
        finally:
            self._looks -= 1

    def show(self) -> None:
        """Every process: gather the weights; process 0 copies them into its whole model."""
        assert self._divided is not None, "a divided model comes before the first look"
        shown = dict(self._shown.named_parameters()) if self._shown is not None else {}
        with torch.no_grad():
            for name, parameter in self._divided.named_parameters():
                whole = self.whole({name: parameter})[name]
                if name in shown:
                    shown[name].copy_(whole)

    def begin_gathering(self) -> None:
        """An order, of process 0; a model that is whole in every process needs no help."""
        if self.is_divided:
            self._order(Gather())

    def whole(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Gathered one after the other."""
        if not self.is_divided:
            return dict(tensors)
        from torch.distributed.tensor import DTensor

        return {
            name: t.full_tensor() if isinstance(t, DTensor) else t for name, t in tensors.items()
        }

    def let_others_write(self, folder: Path) -> None:
        """An order, of process 0."""
        self._order(WriteShare(path=str(folder)))

    def wait_for_writing(self) -> list[str]:
        """Process 0 waits for all."""
        return self._team.troubles_of_writing()

    def _order(self, order: Step | Show | Gather | WriteShare) -> None:
        if self._team.place.leads:
            self._team.send(order)


def _let_numpy_keep_what_it_sees() -> None:
    """Do not free gathered weights that a numpy array looks at: torch cannot, and raises.

    The fused CPU kernels read weights through numpy. FSDP2 fills such memory again at the next
    gathering, so that nothing but room is lost; it offers no setting for this.
    """
    from torch.distributed.fsdp._fully_shard import _fsdp_param

    free = _fsdp_param.free_storage

    def free_unless_seen(tensor: Tensor) -> None:
        if tensor.untyped_storage().resizable():
            free(tensor)

    _fsdp_param.free_storage = free_unless_seen
