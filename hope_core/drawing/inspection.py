"""What a model is made of, found by letting it read fake tokens: parts, shapes, order, edges.

Nothing is allocated: fake tensors have shapes and no values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode

from hope_core.models import MODELS
from hope_core.runs.events import LevelDescription

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch.utils.hooks import RemovableHandle

    from hope_core.config.run import RunConfig

Shape = tuple[int, ...]


@dataclass
class Part:
    """One module of the model."""

    path: str
    """Its name from the model on, with dots; empty for the model itself."""
    kind: str
    """Its class."""
    parameters: int
    children: list[Part] = field(default_factory=list)
    inputs: Shape = ()
    outputs: Shape = ()
    order: int = -1
    """When it was first called among all parts; -1: never by itself."""
    fed_by: tuple[str, ...] = ()
    """Paths of the parts whose results it was given unchanged."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]

    def walk(self) -> Iterator[Part]:
        """This part and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def called(self) -> list[Part]:
        """The nearest parts below that were called, in the order of their first call."""
        found: list[Part] = []
        for child in self.children:
            found += [child] if child.order >= 0 else child.called()
        return sorted(found, key=lambda part: part.order)


@dataclass(frozen=True)
class Inspection:
    """A model of one preset or run, seen from outside."""

    config: RunConfig
    root: Part
    batch: int
    length: int
    vocabulary: int
    state: dict[str, Shape]
    """Everything it carries from token to token, by name; the first dimension is the batch."""
    levels: tuple[LevelDescription, ...]


def inspect(config: RunConfig, *, batch: int = 1, length: int = 0) -> Inspection:
    """Build the model of these settings on fake tensors and let it read `length` tokens."""
    kind = config.data.tokenizer
    vocabulary = kind.vocabulary if kind.kind == "bpe" else 256
    length = length or min(config.data.sequence_length, 128)
    with FakeTensorMode(), torch.no_grad():
        model = MODELS.load(config.model.kind)(config.model, vocabulary)
        parts = {path: _part(path, module) for path, module in model.named_modules()}
        _nest(parts)
        watch = _Watch(parts)
        handles = watch.hook(model)
        _, state = model(torch.zeros((batch, length), dtype=torch.int64))
        for handle in handles:
            handle.remove()
        shapes = {name: tuple(tensor.shape) for name, tensor in state.named_tensors().items()}
    levels = tuple(
        LevelDescription(
            level.name,
            level.clock,
            level.learning_rate_factor,
            sum(p.numel() for p in level.parameters),
        )
        for level in model.levels()
    )
    return Inspection(config, parts[""], batch, length, vocabulary, shapes, levels)


def _part(path: str, module: nn.Module) -> Part:
    return Part(path, type(module).__name__, sum(p.numel() for p in module.parameters()))


def _nest(parts: dict[str, Part]) -> None:
    for path, part in parts.items():
        if path:
            parts[path.rpartition(".")[0]].children.append(part)


class _Watch:
    """Notes what goes into every module and comes out of it."""

    def __init__(self, parts: dict[str, Part]) -> None:
        self._parts = parts
        self._makers: dict[int, str] = {}
        self._kept: list[Tensor] = []
        """Results, held so that no two of them share an id."""
        self._count = 0

    def hook(self, model: nn.Module) -> list[RemovableHandle]:
        """Listen to every module."""
        handles: list[RemovableHandle] = []
        for path, module in model.named_modules():
            part = self._parts[path]
            handles.append(module.register_forward_pre_hook(_before(self, part)))
            handles.append(module.register_forward_hook(_after(self, part)))
        return handles

    def entered(self, part: Part, given: tuple[Any, ...]) -> None:
        """A module is called."""
        if part.order >= 0:
            return
        part.order = self._count
        self._count += 1
        tensors = [value for value in given if isinstance(value, Tensor)]
        part.inputs = tuple(tensors[0].shape) if tensors else ()
        part.fed_by = tuple(
            self._makers[id(tensor)] for tensor in tensors if id(tensor) in self._makers
        )

    def left(self, part: Part, result: Any) -> None:  # noqa: ANN401 - whatever it returns
        """A module is done."""
        first = result[0] if isinstance(result, tuple) else result
        if isinstance(first, Tensor):
            part.outputs = tuple(first.shape)
            self._makers[id(first)] = part.path
            self._kept.append(first)


def _before(watch: _Watch, part: Part) -> Any:  # noqa: ANN401 - torch's own type of a hook
    def hook(_module: nn.Module, given: tuple[Any, ...]) -> None:
        watch.entered(part, given)

    return hook


def _after(watch: _Watch, part: Part) -> Any:  # noqa: ANN401 - torch's own type of a hook
    def hook(_module: nn.Module, _given: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
        watch.left(part, result)

    return hook
