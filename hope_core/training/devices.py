"""Where a run trains: from the word in its settings to a device that is really there."""

from __future__ import annotations

import ctypes
import sys

import torch

from hope_core.errors import ConfigError, Problem


def resolve_device(name: str, local_rank: int = 0) -> torch.device:
    """The device that a setting names; `auto` is the first GPU, or the CPU where there is none.

    Args:
        name: auto, cpu, cuda or cuda:N.
        local_rank: of several processes on this machine, this one's number: each takes the GPU so
            many places further on.

    Raises:
        ConfigError: the machine has no such device.
    """
    if name == "cpu" or (name == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    number = int(name.partition(":")[2] or 0) + local_rank
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if number >= count:
        wanted = f"cuda:{number}" if local_rank else name
        problem = Problem("device", f"there is no GPU '{wanted}' here.", _what_is(count))
        raise ConfigError([problem])
    return torch.device("cuda", number)


def synchronize(device: torch.device) -> None:
    """Wait until the device has done all it was given, so that a clock tells the truth."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def give_back_memory(device: torch.device) -> None:
    """Give freed memory back to the system instead of keeping it for the next step.

    On a GPU torch's cache; on Linux the heap's free pages, where the C library can; else nothing.
    """
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _what_is(count: int) -> str:
    if not count:
        return "This machine offers the CPU only: choose device=cpu or device=auto."
    last = f" to cuda:{count - 1}" if count > 1 else ""
    return f"This machine offers cuda:0{last} and cpu."
