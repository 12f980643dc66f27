"""What a state has learned from the text, apart from what it merely carries along.

Notable: a learned tensor may be repeated in a state as it was at a chunk's start (`State.copies`);
such a copy moves by as much as the tensor it repeats, so that both go on telling of one memory.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, cast

from torch import Tensor

from hope_core.errors import ConfigError, Problem
from hope_core.nn.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def learned_tensors(state: State) -> dict[str, Tensor]:
    """Every tensor that learning moves, under its dotted path; {} for a state that never learns."""
    return dict(_learned(state.gathered(), ""))


def moved_by(state: State, changes: Mapping[str, Tensor]) -> State:
    """The state with learned tensors moved: by path, as `learned_tensors` names them."""
    return cast("State", _moved(state.gathered(), changes, "", within=False))


def restored(template: State, tensors: Mapping[str, Tensor]) -> State:
    """A state of the template's kind that holds these tensors (`State.named_tensors`).

    A length may differ only where the template's is 0, as that of a text not read yet.

    Raises:
        ConfigError: tensors are missing, left over, or of another shape; names the first.
    """
    left = dict(tensors)
    state = cast("State", _restored(template, left, ""))
    if left:
        raise _misfit(min(left), "has no place in this model's memory")
    return state


def _learned(value: object, path: str, *, within: bool = False) -> Iterator[tuple[str, Tensor]]:
    if isinstance(value, Tensor) and within:
        yield path, value
    elif isinstance(value, State):
        for field in fields(value):
            if field.name not in value.copies and field.name not in value.passing:
                yield from _learned(
                    getattr(value, field.name),
                    f"{path}.{field.name}" if path else field.name,
                    within=field.name in value.learned,
                )
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _learned(item, f"{path}.{index}", within=within)


def _moved(value: object, changes: Mapping[str, Tensor], path: str, *, within: bool) -> object:
    if isinstance(value, Tensor) and within and path in changes:
        return value + changes[path]
    if isinstance(value, State):
        after = {}
        for field in fields(value):
            source = value.copies.get(field.name, field.name)
            below = f"{path}.{source}" if path else source
            part = getattr(value, field.name)
            if field.name not in value.passing:
                part = _moved(part, changes, below, within=source in value.learned)
            after[field.name] = part
        return replace(value, **after)
    if isinstance(value, tuple):
        return tuple(
            _moved(item, changes, f"{path}.{index}", within=within)
            for index, item in enumerate(value)
        )
    return value


def _restored(value: object, tensors: dict[str, Tensor], path: str) -> object:
    if isinstance(value, State):
        return replace(
            value,
            **{
                field.name: _restored(
                    getattr(value, field.name),
                    tensors,
                    f"{path}.{field.name}" if path else field.name,
                )
                for field in fields(value)
            },
        )
    if isinstance(value, tuple):
        return tuple(
            _restored(item, tensors, f"{path}.{index}") for index, item in enumerate(value)
        )
    found = tensors.pop(path, None)
    if isinstance(value, Tensor):
        return _fitting(value, found, path)
    return found


def _fitting(value: Tensor, found: Tensor | None, path: str) -> Tensor:
    if found is None:
        raise _misfit(path, "is missing")
    lengths = zip(value.shape, found.shape, strict=False)
    if found.ndim != value.ndim or any(a not in (0, b) for a, b in lengths):
        raise _misfit(path, f"is {tuple(found.shape)} there, {tuple(value.shape)} in this model")
    if found.dtype.is_floating_point != value.dtype.is_floating_point:
        raise _misfit(path, f"holds {found.dtype} there, {value.dtype} in this model")
    return found.to(value.device, value.dtype)


def _misfit(path: str, reason: str) -> ConfigError:
    return ConfigError([Problem("memory", f"'{path}' {reason}.", "Use a memory of this model.")])
