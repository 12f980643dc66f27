"""Waiting for room on a full disk: the run goes on by itself as soon as there is some."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.disk_full import DiskFullError

TRY_ANYWAY_SECONDS = 30.0
"""A quota does not show in what is free, so after this long one simply tries again."""


class Room:
    """What a write that failed for want of room waits for.

    Args:
        folder: where it is to be written.
        error: how it failed.
    """

    def __init__(self, folder: Path, error: DiskFullError) -> None:
        self._folder = folder
        self._needed = error.megabytes_needed * 1_000_000
        self._try_at = time.monotonic() + TRY_ANYWAY_SECONDS
        self._was_short = self._free() < self._needed

    def is_there(self) -> bool:
        """Whether it is worth trying again."""
        enough = self._was_short and self._free() >= self._needed
        return enough or time.monotonic() > self._try_at

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:  # the folder is gone: trying again will say so
            return self._needed
