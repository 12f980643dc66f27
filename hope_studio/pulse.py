"""Whether the trainer is still heard."""

from __future__ import annotations

import time
from enum import Enum

SILENT_SECONDS = 10.0
"""A trainer that told nothing for so long, and longer than it ever did, has lost its signal."""


class Pulse(Enum):
    """Whether the trainer is heard."""

    BEATING = "beating"
    SILENT = "silent"


class Silence:
    """Notices when a trainer has been quiet for longer than it ever was."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._longest = 0.0
        self._silent = False

    def heard(self, something: bool) -> Pulse | None:
        """Called at each look; a Pulse when it changed."""
        now = time.monotonic()
        quiet = now - self._last
        if something:
            self._last = now
            self._longest = max(self._longest, quiet)
            if self._silent:
                self._silent = False
                return Pulse.BEATING
        elif not self._silent and quiet > max(SILENT_SECONDS, 3.0 * self._longest):
            self._silent = True
            return Pulse.SILENT
        return None
