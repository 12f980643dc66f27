"""Where this process stands among those that train one run together; free of torch.

The words are torchrun's (RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT),
so that a cluster's launcher serves as well as our own (hope_core.training.crew).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass

from hope_core.errors import RunError

CREW = "HOPE_CREW"
"""Set by our own launcher: the number of its process, with which its trainers end."""
STORE_HANDLE = "HOPE_STORE_HANDLE"
"""Set by our own launcher: the listening socket that process 0 takes over."""
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Place:
    """One process of a team."""

    rank: int
    """0 leads."""
    size: int
    local_rank: int
    """Its number on this machine."""
    local_size: int
    """Processes of the team on this machine."""

    @property
    def leads(self) -> bool:
        """Whether it trains and the others follow it."""
        return self.rank == 0


def place_of_process() -> Place | None:
    """What the launcher said; None for a process that trains alone.

    Raises:
        RunError: the launcher's words make no sense.
    """
    if "RANK" not in os.environ or "WORLD_SIZE" not in os.environ:
        return None
    try:
        rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
        local_rank = int(os.environ.get("LOCAL_RANK", rank))
        local_size = int(os.environ.get("LOCAL_WORLD_SIZE", size))
    except ValueError as error:
        raise RunError(
            f"The launcher gave a RANK or WORLD_SIZE that is no number ({error}). "
            "Start with torchrun, or with hope train PRESET --processes N."
        ) from error
    return Place(rank, size, local_rank, local_size) if size > 1 else None


def is_in_a_crew() -> bool:
    """Whether our own launcher watches over this process and has the last word."""
    return CREW in os.environ


def end_with_the_crew() -> None:
    """Let the system end this process when its launcher dies, however that happens (Linux)."""
    if not is_in_a_crew() or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(os.environ[CREW]):  # it died before the system knew
        os._exit(1)
