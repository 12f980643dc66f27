"""What a process that trains asks of its system at its start; this file loads no torch."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

OOM_SCORE = 500
"""Linux ends the process with the highest score first when memory runs out; a window has 0."""
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""What glibc's mallopt(3) calls its settings."""
LARGEST_BLOCK = 32 << 20
"""The most bytes that glibc takes from its heap and not from the system at once."""


def let_idle_threads_sleep() -> None:
    """Make OpenMP's threads wait asleep, not spinning; a choice of the user's own stands.

    On two busy cores a training pass took 1.7 s with spinning threads and 0.3 s with sleeping ones.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def keep_freed_memory() -> None:
    """Let the C library keep what one step frees for the next, instead of asking for it anew.

    Left alone, glibc may give large tensors back to the system and fetch them again, page by page:
    of six runs with a million parameters five met 5,200 to 7,600 page faults a step, which took 11
    to 16 ms of some 135; with this none did, and the peak rose by at most 3 %. `malloc_trim` still
    gives back what is free. Only for processes of our own; other C libraries are left as they are.
    """
    if sys.platform == "linux":
        choose = getattr(ctypes.CDLL(None), "mallopt", None)
        if choose is not None:
            choose(M_MMAP_THRESHOLD, LARGEST_BLOCK)
            choose(M_TRIM_THRESHOLD, 2**31 - 1)


def be_first_to_go() -> None:
    """When memory runs out, let Linux end this process and not the window."""
    if sys.platform == "linux":
        with suppress(OSError):  # not allowed in some containers; then the system chooses
            score = Path("/proc/self/oom_score_adj")
            higher = max(OOM_SCORE, int(score.read_text(encoding="ascii")))
            score.write_text(str(higher), encoding="ascii")
