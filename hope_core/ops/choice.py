"""Which backend "auto" stands for: the fastest one, unless a proof asks for another.

A choice holds for the thread that made it, so that a proof and an estimate can go on side by side.
"""

from __future__ import annotations

import threading
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
    thread: int = field(default_factory=threading.get_ident)


_choices: list[Choice] = []


@contextmanager
def kernels_by(backend: str) -> Iterator[Choice]:
    """Compute by this backend wherever "auto" is asked for; tells which kernels were."""
    choice = Choice(backend)
    _choices.append(choice)
    try:
        yield choice
    finally:
        _choices[:] = [other for other in _choices if other is not choice]


def chosen(kernel: str, backend: str) -> str:
    """The backend to use where a caller of this kernel asks for `backend`."""
    if backend != "auto" or not _choices:
        return backend
    own = [choice for choice in _choices if choice.thread == threading.get_ident()]
    if not own:
        return backend
    own[-1].asked.add(kernel)
    return own[-1].backend
