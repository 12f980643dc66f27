"""How much memory this process needs at most while it does something."""

from __future__ import annotations

import ctypes
import gc
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")
PEAK, NOW = "VmHWM:", "VmRSS:"


def growth(work: Callable[[], None], device: torch.device) -> int | None:
    """Bytes by which the memory in use grows at its peak while `work` runs.

    On a GPU what torch has allocated there; on a CPU the process's own memory, which only Linux
    tells. None where it cannot be told.
    """
    if device.type == "cuda":
        before = torch.cuda.memory_allocated(device)
        torch.cuda.reset_peak_memory_stats(device)
        work()
        return torch.cuda.max_memory_allocated(device) - before
    if not CLEAR.exists():
        return None
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    CLEAR.write_text("5", encoding="ascii")  # let the peak be what is held now
    before = _kilobytes(NOW)
    work()
    return 1024 * (_kilobytes(PEAK) - before)


def _kilobytes(field: str) -> int:
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))
