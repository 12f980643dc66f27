"""State: what a model carries from one piece of text to the next, as an explicit tree of tensors.

A state is a frozen dataclass whose fields are tensors, further states, tuples of either, or None.
The first axis of every tensor is the batch, so that sequences can be picked out and reordered.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, ClassVar, Self

from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensor

from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import torch


@dataclass(frozen=True)
class State:
    """Base of every carried state. Nothing is changed in place: each method returns a new tree.

    Attributes:
        learned: fields whose tensors learning moves while the text is read.
        copies: fields that repeat a learned one as it was at a chunk's start, with that one's name.
        passing: fields that hold no more than what waits to be learned.
    """

    learned: ClassVar[tuple[str, ...]] = ()
    copies: ClassVar[Mapping[str, str]] = {}
    passing: ClassVar[tuple[str, ...]] = ()

    def gathered(self) -> Self:
        """The same values, with each learned part as one tensor (`Change` keeps factors)."""
        return replace(
            self, **{field.name: _gather(getattr(self, field.name)) for field in fields(self)}
        )

    def map(self, fn: Callable[[Tensor], Tensor]) -> Self:
        """The same tree with `fn` applied to every tensor."""
        return replace(
            self, **{field.name: _map(getattr(self, field.name), fn) for field in fields(self)}
        )

    def detach(self) -> Self:
        """The same values, cut off from the gradient of what came before."""
        return self.map(lambda tensor: tensor.detach())

    def to(self, device: torch.device | str, dtype: torch.dtype | None = None) -> Self:
        """The tree on another device; `dtype` changes the floating-point tensors only."""
        return self.map(
            lambda tensor: tensor.to(device, dtype if tensor.is_floating_point() else None)
        )

    def select(self, index: Tensor) -> Self:
        """The sequences named by `index` (N,) int64, in that order."""
        return self.map(lambda tensor: tensor.index_select(0, index))

    def named_tensors(self) -> dict[str, Tensor]:
        """Every tensor under its dotted path, e.g. `blocks.0.memory.matrix`."""
        return dict(_walk(self, ""))


def common_position(position: Tensor) -> int:
    """Where the sequences of one batch stand, given as (B,) int64.

    Positions without values, which stand for shapes alone, count as 0.

    Raises:
        ConfigError: they stand at different tokens, so that they cannot be read on side by side.
    """
    if isinstance(position, FakeTensor):
        return 0
    places = set(position.tolist())
    if len(places) > 1:
        what = f"its sequences stand at different tokens: {sorted(places)}."
        raise ConfigError([Problem("state", what, "Read them one after the other.")])
    return int(places.pop())


def _gather(value: object) -> object:
    if isinstance(value, State):
        return value.gathered()
    if isinstance(value, tuple):
        return tuple(_gather(item) for item in value)
    return value


def _map(value: object, fn: Callable[[Tensor], Tensor]) -> object:
    if isinstance(value, Tensor):
        return fn(value)
    if isinstance(value, State):
        return value.map(fn)
    if isinstance(value, tuple):
        return tuple(_map(item, fn) for item in value)
    assert value is None, f"a state may not hold a {type(value).__name__}"
    return None


def _walk(value: object, path: str) -> Iterator[tuple[str, Tensor]]:
    if isinstance(value, Tensor):
        yield path.removesuffix("."), value
    elif isinstance(value, State):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), f"{path}{field.name}.")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}{index}.")
