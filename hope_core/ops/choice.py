"""Which backend "auto" stands for: the fastest one, unless a proof asks for another.

One setting for the whole process: all backends compute the same, so whoever computes meanwhile is
at worst slower.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Choice:
    """The backend that "auto" stands for, and the kernels that asked meanwhile."""

    backend: str = "auto"
    asked: set[str] = field(default_factory=set)


_choices: list[Choice] = []


@contextmanager
def kernels_by(backend: str) -> Iterator[Choice]:
    """Compute by this backend wherever "auto" is asked for; tells which kernels were."""
    choice = Choice(backend)
    _choices.append(choice)
    try:
        yield choice
    finally:
        _choices.remove(choice)


def chosen(kernel: str, backend: str) -> str:
    """The backend to use where a caller of this kernel asks for `backend`."""
    if backend != "auto" or not _choices:
        return backend
    _choices[-1].asked.add(kernel)
    return _choices[-1].backend
