"""In what precision kernels compute: never below float32, whatever surrounds them."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def computing_type(*given: torch.dtype) -> torch.dtype:
    """Float64 if any of the types is float64, otherwise float32: states are never narrower."""
    return torch.float64 if torch.float64 in given else torch.float32


def full_precision(device: torch.device) -> AbstractContextManager[object]:
    """A block in which autocast does not narrow matrix products."""
    if not torch.amp.is_autocast_available(device.type):
        return nullcontext()
    return torch.autocast(device.type, enabled=False)
